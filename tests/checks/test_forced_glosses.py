"""A decoder that is handed a translation reads the source with its package's glosses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bicorpus.checks.forced import ForcedDecoder
from bicorpus.checks.words import find_words
from bicorpus.models.glosses import GLOSSES, Glosses
from bicorpus.models.packages import find_package

SOURCE = "Im Ort sah man „Xylokarpe“ und Xylokarp-Bäume."
TARGET = "In the village they saw xylocarps and trees."


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The embedded package with other glosses."""
    folder = tmp_path / "package"
    shutil.copytree(find_package("embedded").folder, folder)
    Glosses({"Xylokarp": ["xylocarp", "hard fruit"]}, []).write(folder / GLOSSES)
    return folder


def test_looking_at_a_gloss_is_looking_at_its_word(package: Path) -> None:
    source = ForcedDecoder(package)._source(SOURCE)
    words = [SOURCE[start:end] for start, end, _ in source]
    pieces = [piece for _, _, piece in source]
    for begin, end in zip(
        [at for at, piece in enumerate(pieces) if piece == "<0x02>"],
        [at for at, piece in enumerate(pieces) if piece == "<0x03>"],
        strict=True,
    ):
        assert "<0x04>" in pieces[begin:end]
        assert set(words[begin : end + 1]) <= {"Xylokarpe", "Xylokarp"}
    assert pieces.count("<0x02>") == 2
    # Before what hangs together with the word, as the translator itself has it.
    assert pieces[pieces.index("<0x03>") + 1].startswith("\u2581")
    assert SOURCE[source[pieces.index("<0x03>") + 1][0]] == "„"


def test_without_the_glosses_the_pieces_are_the_same_but_for_them(package: Path) -> None:
    glossed = [piece for _, _, piece in ForcedDecoder(package)._source(SOURCE)]
    (package / GLOSSES).unlink()
    plain = [piece for _, _, piece in ForcedDecoder(package)._source(SOURCE)]
    kept, inside = [], False
    for piece in glossed:
        inside = inside or piece == "<0x02>"
        if not inside:
            kept.append(piece)
        inside = inside and piece != "<0x03>"
    assert kept == plain


def test_a_gloss_makes_its_english_more_probable(package: Path) -> None:
    (forecast,) = ForcedDecoder(package).forecast([(SOURCE, TARGET)])
    (package / GLOSSES).unlink()
    (plain,) = ForcedDecoder(package).forecast([(SOURCE, TARGET)])
    place = [span.of(TARGET) for span in find_words(TARGET)].index("xylocarps")
    assert forecast.scores[place, 1] > plain.scores[place, 1]
    assert forecast.attention.shape == plain.attention.shape
