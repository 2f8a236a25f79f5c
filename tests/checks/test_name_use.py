"""Names that are spelled like nouns are no German left standing; a slip is no other name."""

from __future__ import annotations

import pytest

from bicorpus.checks import check_pair

NAMES = [
    ("Außenminister Blinken reiste ab.", "Foreign Minister Blinken left."),
    ("Blinken sagte, er hoffe auf Regen.", "Blinken said he hoped for rain."),
    ("Nach der Probe sagte Blinken nichts.", "After the rehearsal, Blinken said nothing."),
    ("Cheftrainer Teich kam zu spät, wie Streich mitteilte.",
     "Head coach Teich was late, as Streich announced."),
]  # fmt: skip
WORDS = [
    ("Die Strecke führt über die Brücke.", "The route leads across the Brücke."),
    ("Das Blinken der Lampe störte ihn.", "The Blinken of the lamp bothered him."),
    ("Viele Bürger sagten ab.", "Many Bürger cancelled."),
    ("Der Teich sagte ihm nichts.", "The Teich meant nothing to him."),
]


@pytest.mark.parametrize(("source", "target"), NAMES)
def test_a_name_is_not_left_standing(source: str, target: str) -> None:
    assert "untranslated" not in {one.check for one in check_pair(source, target)}


@pytest.mark.parametrize(("source", "target"), WORDS)
def test_a_noun_is_left_standing(source: str, target: str) -> None:
    assert "untranslated" in {one.check for one in check_pair(source, target)}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Sechs nordkoreanische Köche kamen.", "Six north Korean cooks came."),
        ("Er reiste nach Südafrika.", "He went to south Africa."),
    ],
)
def test_a_small_letter_makes_no_other_country(source: str, target: str) -> None:
    assert "name" not in {one.check for one in check_pair(source, target)}


def test_another_country_is_another_name() -> None:
    found = check_pair("Sechs nordkoreanische Köche kamen.", "Six south Korean cooks came.")
    assert "name" in {one.check for one in found}
