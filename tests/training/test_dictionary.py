"""Pairs from a dictionary, and words of it in the sentences of others."""

import json
import lzma
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from train_translator import main
from training.corpora import Pair
from training.dictionary import Entry, Word, phrases, read_entries, sentences, words
from training.substitution import Exchange

LINES = """\
# Version :: of our own
Kutsche {f} [hist.] (mit Dach); Chaise {f} [Süddt.] | Kutschen {pl} :: carriage; coach \
| carriages; coaches
zahm; zutraulich {adj} | Der Fuchs ist zahm/zutraulich. | Was kostet er/sie/es? :: tame \
| The fox is tame / trusting. | How much is he/she/it?
etw. verzollen {vt} | verzollt | jdm. etw. schenken :: to pay duty on sth. | cleared \
| to give sb. sth. as a present
Steinrötel {m} [ornith.] :: rock thrush
Brutto… :: gross
Gleise {pl} :: tracks | rails
dunkel {adj} :: dark
Forschungszentrum {n}; Bude {f} :: research centre [Br.]; research center [Am.]; shack
"""


@pytest.fixture
def entries(tmp_path: Path) -> list[Entry]:
    path = tmp_path / "de-en"
    path.write_text(LINES, encoding="utf-8")
    return list(read_entries(path))


def test_entries_are_read_in_parallel_and_lines_that_are_not_are_left_out(
    entries: list[Entry],
) -> None:
    assert entries[0] == Entry(("Kutsche",), ("f",), ("carriage", "coach"), far=False)
    assert entries[1] == Entry(("Kutschen",), ("pl",), ("carriages", "coaches"), far=False)
    assert not any("Gleise" in entry.german for entry in entries)
    assert (
        Entry(
            ("Forschungszentrum", "Bude"),
            ("n", "f"),
            ("research centre", "research center", "shack"),
            far=False,
        )
        in entries
    )


def test_example_sentences_are_those_that_are_whole_on_both_sides(entries: list[Entry]) -> None:
    assert list(sentences(entries)) == [
        Pair("Der Fuchs ist zahm.", "The fox is tame."),
        Pair("Was kostet er?", "How much is he?"),
    ]


def test_phrases_write_out_the_short_forms_and_leave_far_fields(entries: list[Entry]) -> None:
    found = list(phrases(entries))
    assert Pair("etwas verzollen", "to pay duty on something") in found
    assert Pair("jemandem etwas schenken", "to give someone something as a present") in found
    assert Pair("zutraulich", "tame") in found
    assert not {"Steinrötel", "Chaise", "Brutto", "Der Fuchs ist zahm."} & {
        pair.source for pair in found
    }


def test_words_are_nouns_with_their_gender_and_adjectives_that_take_endings(
    entries: list[Entry],
) -> None:
    found = set(words(entries))
    assert Word("Kutschen", "coaches", "pl") in found
    assert Word("Bude", "shack", "f") in found
    assert Word("zutraulich", "tame", "adj") in found
    assert not any(word.german in {"dunkel", "Steinrötel"} for word in found)


# The text knows "ambassador" and "cautious" between the words that the sentences have.
KNOWN = 4 * [
    Pair("Ein Satz.", "He saw an ambassador in the garden."),
    Pair("Noch ein Satz.", "The mayor is a cautious man, and a quiet man."),
]
WORDS = [
    Word("Bürgermeister", "mayor", "m"),
    Word("Botschafter", "ambassador", "m"),
    Word("Ruhe", "quiet", "f"),
    Word("vorsichtig", "cautious", "adj"),
    Word("mutig", "brave", "adj"),
]


@pytest.mark.parametrize(
    ("source", "target", "made"),
    [
        (
            "Sie sah einen Bürgermeister.",
            "She saw a mayor.",
            ("Sie sah einen Botschafter.", "She saw an ambassador."),
        ),
        (
            "Er ist ein mutiger Mann.",
            "He is a brave man.",
            ("Er ist ein vorsichtiger Mann.", "He is a cautious man."),
        ),
        # Twice on one side: which belongs to which?
        ("Sie sah einen Bürgermeister.", "She saw a mayor, that mayor.", None),
        # The English text never has these neighbours.
        ("Gib dem Bürgermeister Wasser.", "Give the mayor water.", None),
        # A part of a compound is no word.
        ("Sie sah die Bürgermeister-Kette.", "She saw a mayor.", None),
    ],
)
def test_words_change_on_both_sides_and_fit_in(
    source: str, target: str, made: tuple[str, str] | None
) -> None:
    exchange = Exchange(WORDS, [*KNOWN, Pair("Er sieht.", "She saw a mayor.")])
    lot = random.Random(1)
    found = {exchange.other(Pair(source, target), lot) for _ in range(20)}
    changed = {tuple(pair) for pair in found if pair and pair != (source, target)}
    assert changed == ({made} if made else set())


def test_phrases_are_useful_that_have_usual_english_and_rare_german() -> None:
    text = 100 * [Pair("Das Haus steht.", "A house of cards stands.")]
    exchange = Exchange([], text)
    assert exchange.is_useful(Pair("Kartenhaus", "house of cards"))
    assert not exchange.is_useful(Pair("Haus", "house"))
    assert not exchange.is_useful(Pair("Zinshaus", "tenement house"))


def test_a_dictionary_joins_the_training_text(world: Path, tmp_path: Path) -> None:
    ding = tmp_path / "de-en"
    ding.write_text(LINES + "Polizei {f} :: police\nFeuerwehr {f} :: police\n", encoding="utf-8")
    config = tmp_path / "tiny.toml"
    config.write_text(
        (world / "tiny.toml").read_text(encoding="utf-8")
        + "dictionary-sentences = 1.0\ndictionary-phrases = 0.5\n",
        encoding="utf-8",
    )
    arguments = ["prepare", "--work", tmp_path / "work", "--config", config, "--dictionary", ding]
    arguments += ["--parallel", world / "parallel", "--held-out", world / "held_out"]
    result = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    counts = json.loads((tmp_path / "work" / "prepare.json").read_text(encoding="utf-8"))
    assert counts["dictionary-sentences"]["kept"] == 2
    # The tiny text has no English word a hundred times.
    phrases_read = counts["dictionary-phrases"]
    assert phrases_read["kept"] == 0
    assert phrases_read["unusual, or known"] > 5


def test_a_file_that_is_no_dictionary_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Haus: house\n", encoding="utf-8")
    arguments = ["prepare", "--work", tmp_path / "work", "--dictionary", path]
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exit_code == 1
    assert "notes.txt" in result.output
    assert "is it a Ding dictionary?" in result.output


def test_a_packed_dictionary_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "de-en.xz"
    path.write_bytes(lzma.compress(LINES.encode()))
    assert next(read_entries(path)).german == ("Kutsche",)
