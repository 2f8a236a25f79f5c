"""Glosses made of a dictionary, and put beside the words of the text to train on."""

# ruff: noqa: E402  -- what the training needs may be missing; then these imports would fail
import zipfile
from pathlib import Path

import pytest

for library in ("torch", "sacrebleu"):
    pytest.importorskip(library, reason=f"the training needs {library}")

from click.testing import CliRunner
from train_translator import main
from training.corpora import Pair
from training.dictionary import read_entries
from training.glossing import encode_sources, make_glosses
from training.packing import Packed
from training.preparation import read_vocabulary

from bicorpus.data import Span
from bicorpus.models.glosses import GLOSSES, Gloss, Glosses

LINES = """\
Klage {f} | Klagen {pl} :: action; complaint; complaining | actions
Anzeige {f} :: advertisement; complaint
etw. verzollen {vt} :: to clear sth.
sich etw. leisten {vr} :: to afford sth.
Ergebnis {n} [min.] :: dyscrasite
Zunder {m} :: tinder
"""
TEXT = [
    *20 * [Pair("Ein Brief kam an.", "An action, a complaint and an advertisement arrived.")],
    *2 * [Pair("Der Zoll kam.", "Customs clear what people afford and keep complaining of.")],
    *98 * [Pair("Klagen", "Actions")],
]


@pytest.fixture
def glosses(tmp_path: Path) -> Glosses:
    path = tmp_path / "de-en"
    path.write_text(LINES, encoding="utf-8")
    return make_glosses(read_entries(path), TEXT)


def english(glosses: Glosses, word: str) -> tuple[str, ...]:
    """Return the gloss of a word that stands alone."""
    found = glosses.find(word)
    return found[0].english if found else ()


def test_usual_translations_come_first_and_not_two_that_begin_alike(glosses: Glosses) -> None:
    assert english(glosses, "Klage") == ("action", "complaint")
    assert english(glosses, "Anzeige") == ("advertisement", "complaint")


def test_placeholders_are_no_part_of_a_gloss(glosses: Glosses) -> None:
    assert english(glosses, "Verzollen") == ("clear",)
    assert english(glosses, "Leisten") == ("afford",)


def test_fields_far_from_news_and_words_that_english_text_lacks_give_none(
    glosses: Glosses,
) -> None:
    assert english(glosses, "Ergebnis") == ()
    assert english(glosses, "Zunder") == ()


def test_a_word_that_the_text_has_a_hundred_times_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "de-en"
    path.write_text(LINES, encoding="utf-8")
    entries = list(read_entries(path))
    assert english(make_glosses(entries, TEXT), "Klagen") == ("actions",)
    assert english(make_glosses(entries, [*TEXT, *TEXT]), "Klagen") == ()


@pytest.fixture
def glossed(world: Path, tmp_path: Path) -> Path:
    """A folder that was prepared with glosses."""
    ding = tmp_path / "de-en"
    ding.write_text("Stimmen {pl} :: votes; voices\nBusse {pl} :: buses\n", encoding="utf-8")
    config = tmp_path / "tiny.toml"
    text = (world / "tiny.toml").read_text(encoding="utf-8")
    config.write_text(text.replace("quotes = 0.5", "quotes = 0.5\nglosses = 0.9"), "utf-8")
    arguments = ["prepare", "--work", tmp_path / "work", "--config", config, "--dictionary", ding]
    arguments += ["--parallel", world / "parallel", "--held-out", world / "held_out"]
    result = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return tmp_path


def test_glosses_stand_in_the_share_of_texts_that_is_asked_for(glossed: Path) -> None:
    vocabulary = read_vocabulary(glossed / "work" / "sentencepiece.model")
    glosses = Glosses({"Boote": ["buses"]}, [])
    texts = ["Die Boote"] * 400
    plain = vocabulary.encode("Die Boote")
    begin, end = (vocabulary.piece_to_id(mark) for mark in ("<0x02>", "<0x03>"))
    assert vocabulary.unk_id() not in {begin, end}
    glossed = [*vocabulary.encode("Die"), begin, *vocabulary.encode("buses"), end,
               *vocabulary.encode("Boote")]  # fmt: skip
    encoded = encode_sources(texts, vocabulary, glosses, chance=0.25, seed="one")
    assert 70 < encoded.count(glossed) < 130
    assert encoded.count(plain) == 400 - encoded.count(glossed)
    assert encode_sources(texts, vocabulary, glosses, chance=0.25, seed="one") == encoded
    assert encode_sources(texts, vocabulary, None, chance=0.25, seed="one") == [plain] * 400


def test_prepare_writes_the_glosses_that_stand_in_the_packed_text(glossed: Path) -> None:
    made = Glosses.read(glossed / "work" / GLOSSES)
    assert made.find("Zwei Busse") == [Gloss(Span(5, 10), ("buses",))]
    packed = Packed.load(glossed / "work" / "packed.npz")
    vocabulary = read_vocabulary(glossed / "work" / "sentencepiece.model")
    mark = vocabulary.piece_to_id("<0x02>")
    assert 0.3 < (packed.source_pieces == mark).sum() / len(packed.corpus) < 0.6
    assert mark not in packed.target_pieces


def test_the_package_holds_the_glosses_and_the_other_direction_refuses_them(glossed: Path) -> None:
    work, config = glossed / "work", glossed / "tiny.toml"
    train = ["train", "--work", work, "--config", config, "--held-out", glossed, "--tokens", "300"]
    refused = CliRunner().invoke(main, [*map(str, train), "--reverse"])
    assert refused.exit_code == 2
    assert "was prepared with glosses" in refused.output
    (glossed / "newstest2015.docs.tsv").write_text("de\ten_ref\nBusse.\tBuses.\n", "utf-8")
    for arguments in (train, ["export", "--work", work, "--out", glossed, "--version", "0.1"]):
        result = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
    with zipfile.ZipFile(glossed / "translate-de_en-0_1.argosmodel") as archive:
        packed = archive.read(f"translate-de_en-0_1/{GLOSSES}")
    assert packed == (work / GLOSSES).read_bytes()


@pytest.mark.parametrize(
    ("german", "expected"),
    [
        ("Kiews", ("Kyiv",)),  # any form
        ("Selenskyj", ("Zelenskyy",)),  # of "Volodymyr Zelenskyy" what stands for it
        ("Sowjetunion", ("Soviet Union",)),  # the usual name of a place, of one word or of two
        ("Graubünden", ("Grisons",)),  # and no "grey league"
        ("Rheinland-Pfalz", ("Rhineland-Palatinate",)),  # as one, and so is
        ("Baden-Württemberg", ()),  # the name that has no other,
        ("Baden-Württembergs", ("Baden-Württemberg",)),  # but for its case
        ("Salzburg", ()),  # the same in English: no "salt castle"
        ("Essen", ()),  # a meal as well as a city
    ],
)
def test_names_have_glosses_that_no_dictionary_has(
    glosses: Glosses, german: str, expected: tuple[str, ...]
) -> None:
    assert english(glosses, german) == expected


def test_of_a_second_name_a_dictionary_knows_more(tmp_path: Path) -> None:
    path = tmp_path / "de-en"
    path.write_text("Vorpommern {n} :: Western Pomerania\nPommern {n} :: spitzes\n", "utf-8")
    text = [*8 * [Pair("Dort.", "In Western Pomerania spitzes are few.")], *TEXT]
    made = make_glosses(read_entries(path), text)
    assert english(made, "Vorpommern") == ("Western Pomerania",)
    assert english(made, "Pommern") == ("Pomerania",)
