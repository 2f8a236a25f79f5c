"""Tests of glosses: what is found for a word, and where it stands among the pieces."""

import lzma
from collections.abc import Sequence
from pathlib import Path

import pytest

from bicorpus.data import Span
from bicorpus.errors import ModelError
from bicorpus.models.glosses import Gloss, GlossedPieces, Glosses

GLOSSES = Glosses(
    {
        "Habicht": ["hawk", "goshawk", "raptor"],
        "Waldrand": ["edge of the forest"],
        "Mühle": ["mill"],
        "Stein": ["stone"],
        "streiten": ["argue", "quarrel"],
        "behutsam": ["gentle"],
        "Wind": ["wind"],
        "Dorf": ["village"],
        "Bergstadt": ["Bergstadt on the Lahn"],
    },
    known=["Stein", "alte"],
)


def english(word: str) -> tuple[str, ...]:
    """Return the gloss of a word that stands alone."""
    found = GLOSSES.find(word)
    return found[0].english if found else ()


@pytest.mark.parametrize(
    ("word", "gloss"),
    [
        ("Habicht", ("hawk", "goshawk")),  # two at most
        ("Habichts", ("hawk", "goshawk")),
        ("Stritten", ("argue", "quarrel")),  # at the head of a sentence
        ("Behutsames", ("gentle",)),
        ("stritten", ()),  # nouns alone
        ("behutsames", ()),
        ("Mühlstein", ("mill stone",)),
        ("Windmühlen", ("wind mill",)),
        ("Steine", ("stone",)),
        ("Stein", ()),  # known as it stands
        ("STEIN", ()),  # an acronym, or a kicker
        ("Mühldorf", ()),  # a town
        ("Wind", ()),  # the same in English
        ("Bergstadt", ()),  # the same and more
        ("Xylokarp", ()),
        ("am", ()),
    ],
)
def test_a_word_is_found_in_its_forms_and_in_compounds(word: str, gloss: tuple[str, ...]) -> None:
    assert english(word) == gloss


def test_glosses_tell_where_their_words_begin() -> None:
    text = "Der Habicht sitzt am Waldrand."
    assert GLOSSES.find(text) == [
        Gloss(Span(4, 11), ("hawk", "goshawk")),
        Gloss(Span(21, 29), ("edge of the forest",)),
    ]


class Letters:
    """A vocabulary whose pieces are words and marks, a blank before each word shown as "_"."""

    def encode(self, texts: Sequence[str], *, out_type: type[str]) -> list[list[str]]:
        """Return the pieces of each text."""
        assert out_type is str
        return [["_" + word for word in text.split()] for text in texts]


def test_a_gloss_stands_between_its_marks_before_all_that_hangs_together_with_the_word() -> None:
    pieces = GlossedPieces(Letters(), GLOSSES)
    assert pieces.encode(["Ein „Habicht“ und die Eck-Mühle.", "Nur so."]) == [
        ["_Ein", "<0x02>", "_hawk", "<0x04>", "_goshawk", "<0x03>", "_„Habicht“", "_und", "_die",
         "<0x02>", "_mill", "<0x03>", "_Eck-Mühle."],
        ["_Nur", "_so."],
    ]  # fmt: skip


def test_two_words_of_one_chunk_have_their_glosses_before_it() -> None:
    assert GlossedPieces(Letters(), GLOSSES).encode(["Habicht/Mühle"]) == [
        ["<0x02>", "_hawk", "<0x04>", "_goshawk", "<0x03>", "<0x02>", "_mill", "<0x03>",
         "_Habicht/Mühle"]
    ]  # fmt: skip


def test_without_glosses_pieces_are_those_of_the_vocabulary() -> None:
    assert GlossedPieces(Letters(), None).encode(["Ein Habicht."]) == [["_Ein", "_Habicht."]]


def test_what_is_written_is_read_again_with_the_same_bytes(tmp_path: Path) -> None:
    GLOSSES.write(tmp_path / "one")
    again = Glosses.read(tmp_path / "one")
    again.write(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    text = "Am Waldrand streiten Mühle und Stein."
    assert again.find(text) == GLOSSES.find(text)


@pytest.mark.parametrize(
    "content", [b"no xz", lzma.compress(b"\xff\xfe"), lzma.compress(b"a")[:-9]]
)
def test_a_damaged_file_is_told_of_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "glosses.tsv.xz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"glosses\.tsv\.xz"):
        Glosses.read(path)
