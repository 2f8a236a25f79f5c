"""Findings about single pairs, written by hand: what is wrong is named, what is right is not."""

from __future__ import annotations

import pytest

from bicorpus.checks import check_pair

RIGHT = [
    ("Mehr als 1.000 Helfer kamen am 17.3.1999.", "More than 1,000 helpers came on 17 March 1999."),
    ("Zwölf Häuser brannten.", "12 houses burned."),
    ("Um 14.30 Uhr begann es.", "It began at 2:30 pm."),
    ("Der Umsatz stieg auf 1,3 Mio. Euro.", "Turnover rose to €1.3m."),
    ("Das Spiel endete 2:0.", "The match ended 2-0."),
    ("Schreiben Sie an info@example.org!", "Write to info@example.org!"),
    ("Nie, nie, nie wieder!", "Never, never, never again!"),
    ("München", "Munich"),
    ("", ""),
]
WRONG = [
    ("Es kamen 3.800 Menschen.", "3,900 people came.", "figure", "3.800"),
    ("Es kamen 1.000 Menschen.", "1.000 people came.", "figure", "1.000"),
    ("Am 6. August 2024 begann es.", "It began in August 2024.", "figure", "6"),
    ("Mehr auf www.example.org/a.", "More on www.example.org.", "address", "www.example.org/a"),
    ("Das ist sehr schlecht.", "Poor, poor, poor.", "repetition", "Poor, poor, poor"),
    ("Er will nicht mehr gehen.", "Er will nicht mehr gehen.", "copied", "untranslated"),
    ("Alle gingen früh nach Hause.", " ", "empty", "empty"),
    (
        "Der Minister sagte am Montag, die Brücke werde erst im Herbst fertig, weil Stahl fehle.",
        "The minister said.",
        "omission",
        "left out",
    ),
    (
        "Es regnete den ganzen Tag über.",
        "It rained all day, and the river rose until the people in the valley left their houses.",
        "addition",
        "added",
    ),
]


@pytest.mark.parametrize(("source", "target"), RIGHT)
def test_right_pairs_get_no_finding(source: str, target: str) -> None:
    assert check_pair(source, target) == ()


@pytest.mark.parametrize(("source", "target", "check", "named"), WRONG)
def test_wrong_pairs_get_a_finding_that_names_it(
    source: str, target: str, check: str, named: str
) -> None:
    findings = [finding for finding in check_pair(source, target) if finding.check == check]
    assert findings
    assert any(named in finding.message for finding in findings)


def test_findings_stand_where_their_spans_say() -> None:
    source, target = "Rund 500 von 700 blieben.", "About 500 of 900 stayed."
    (changed,) = check_pair(source, target)
    assert changed.source_span is not None
    assert changed.source_span.of(source) == "700"
    assert changed.target_span is not None
    assert changed.target_span.of(target) == "900"
