"""Small things that the decoder gets wrong, and what helps it."""

from __future__ import annotations

import pytest

from bicorpus.translators.capitals import with_capital_nations, with_capital_start
from bicorpus.translators.loosening import loosened
from bicorpus.translators.lost_blanks import with_lost_blanks


@pytest.mark.parametrize(
    ("pieces", "source", "expected"),
    [
        ("▁of uk rain ian ▁units", "▁ uk rain ischer ▁Einheiten", "▁of ▁ uk rain ian ▁units"),
        ("▁of ▁ uk rain ian", "▁ uk rain isch", "▁of ▁ uk rain ian"),  # nothing was lost
        ("uk rain ian ▁units", "▁ uk rain isch", "uk rain ian ▁units"),  # where a text begins
        ("▁pro uk rain ian", "▁pro uk rain isch", "▁pro uk rain ian"),  # no word begins so
        ("▁ 2 1 0", "▁ 1 0 ▁Euro", "▁ 2 1 0"),  # a figure is no word
        ("▁of uk ▁rain", "▁ uk rain isch", "▁of uk ▁rain"),
        ("▁of ▁units", "", "▁of ▁units"),
    ],
)
def test_a_lost_blank_comes_back(pieces: str, source: str, expected: str) -> None:
    assert with_lost_blanks(pieces.split(), source.split()) == expected.split()


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Die ukrainische Armee", "The ukrainian army", "The Ukrainian army"),
        ("Der Nordkoreaner sprach.", "The north Korean spoke.", "The North Korean spoke."),
        ("Er musste die Schuhe putzen.", "He had to polish his shoes.", None),
        ("Polnische Schuhe", "polish shoes", "Polish shoes"),
        ("Die Armee", "The ukrainian army", None),  # the source does not say so
        ("Die Russen kamen.", "The Russians came.", None),
        ("Im Norden sind Koreaner.", "In the north Koreans live.", None),
        ("", "", None),
    ],
)
def test_nations_get_their_capitals(source: str, target: str, expected: str | None) -> None:
    assert with_capital_nations(source, target) == (expected or target)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Ukraine-Krieg dauert an.", "Der Ukraine Krieg dauert an."),
        ("CDU-Vize und NPD-Verbot", "CDU Vize und NPD Verbot"),
        ("Im Ukraine-Kriegs.", "Im Ukraine Kriegs."),
        ("Aus Sachsen-Anhalt kam er.", None),  # a name
        ("Kim Jong-un", None),
        ("eine Black-Lives-Matter-Demonstration", None),
        ("die 0-auf-100-Einstimmung", None),
        ("ein St.-Georgs-Band", None),
    ],
)
def test_compounds_of_two_are_loosened(text: str, expected: str | None) -> None:
    assert loosened(text, lambda word: word == "Sachsen-Anhalt") == (expected or text)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Ermittlungen laufen.", "investigations go on.", "Investigations go on."),
        ("„Ja“, sagte er.", '"yes," he said.', '"Yes," he said.'),
        ("Das Telefon", "iPhone", None),
        ("105 Menschen starben.", "105 people died.", None),  # it begins with a figure
        ("Menschen starben: 105.", "105 people died.", None),
        ("und sonst?", "and otherwise?", None),
        ("Ja", "", None),
    ],
)
def test_a_text_begins_as_its_source_does(source: str, target: str, expected: str | None) -> None:
    assert with_capital_start(source, target) == (target if expected is None else expected)
