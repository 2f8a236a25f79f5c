"""The figure check on pairs written by hand: every trap is found, nothing right is flagged."""

from __future__ import annotations

from pathlib import Path

import pytest

from bicorpus.checks.figures import check_figures
from bicorpus.claims.quantities.matching import match_quantities
from bicorpus.claims.quantities.reading import read_quantities
from bicorpus.data import Finding

LINES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data" / "figures" / "pairs.tsv")
    .read_text("utf-8")
    .splitlines()
    if line and not line.startswith("#")
]
RIGHT = [(source, right) for _, source, right, _ in LINES]
WRONG = [(trap, source, wrong) for trap, source, _, wrong in LINES]
# What the check may call the change; a trap of digits can show as several.
CHANGES = {
    "value": {"value", "order", "magnitude"},
    "magnitude": {"magnitude", "value", "order"},
    "unit": {"unit", "value"},
    "currency": {"unit", "value", "magnitude"},
    "bound": {"bound"},
    "date": {"date", "value", "order", "magnitude", "detail"},
    "range": {"value", "order", "magnitude"},
    "order": {"order"},
}


def grave(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity != "info"]


def test_there_are_pairs_enough() -> None:
    assert len(RIGHT) + len(WRONG) >= 200


@pytest.mark.parametrize(("source", "target"), RIGHT)
def test_right_translations_get_no_alarm(source: str, target: str) -> None:
    assert grave(check_figures(source, target)) == []


@pytest.mark.parametrize(("trap", "source", "target"), WRONG)
def test_every_trap_is_found(trap: str, source: str, target: str) -> None:
    assert grave(check_figures(source, target))
    matches = match_quantities(read_quantities(source, "de"), read_quantities(target, "en"))
    if trap in CHANGES:
        found = {change for match in matches for change in match.changes}
        assert found & CHANGES[trap]
    else:
        assert trap in {match.fate for match in matches}


MESSAGES = [
    (
        "Schätzungsweise 11.000 Soldaten kamen.",
        "More than 10,000 soldiers came.",
        "error",
        "11.000 (about) became 10,000 (over)",
    ),
    ("Rund 500 Leute kamen.", "Over 500 people came.", "warning", "500 (about) became 500 (over)"),
    ("Das sind 5 Kilometer.", "That is 5 miles.", "warning", "5 km became 5 miles"),
    (
        "Das sind 90 km².",
        "That is 35 square miles.",
        "info",
        "90 km2 is written as 35 square miles",
    ),
    ("Es waren 37 Gäste.", "There were guests.", "error", '"37" is not in the target'),
    ("Es waren Gäste.", "There were 37 guests.", "error", '"37" is not in the source'),
    ("Drei Gäste blieben.", "The guests stayed.", "warning", '"Drei" is not in the target'),
    ("Gäste blieben.", "Three guests stayed.", "info", '"Three" is not in the source'),
    (
        "Am 6. August 2024 begann es.",
        "It began on 6 August.",
        "info",
        "6. August 2024 is written as 6 August",
    ),
    (
        "Am 6. August 2024 begann es.",
        "It began in August 2024.",
        "error",
        "6. August 2024 became August 2024",
    ),
    ("Es stieg von 5 auf 7.", "It rose from 7 to 5.", "error", "from 5 became to 5"),
]


@pytest.mark.parametrize(("source", "target", "severity", "message"), MESSAGES)
def test_findings_say_what_became_of_a_figure(
    source: str, target: str, severity: str, message: str
) -> None:
    finding = check_figures(source, target)[0]
    assert (finding.check, finding.severity, finding.message) == ("figure", severity, message)


def test_findings_stand_on_the_figures_of_both_sides() -> None:
    source, target = "Rund 500 von 700 blieben.", "About 500 of 900 stayed."
    (finding,) = check_figures(source, target)
    assert finding.source_span is not None
    assert finding.target_span is not None
    assert finding.source_span.of(source) == "700"
    assert finding.target_span.of(target) == "900"


EQUAL = [
    ("1,5 Mio. Euro", "€1.5m"),
    ("1,5 Mio. Euro", "1.5 million euros"),
    ("eine Billion Euro", "one trillion euros"),
    ("ein Drittel", "33 percent"),
    ("einer von 15 Fahrern", "one of the 15 drivers"),
    ("die beiden Brüder", "the two brothers"),
    ("zehn Jahre", "a decade"),
    ("24 Stunden", "one day"),
    ("um 20 Uhr", "at 8"),
    ("zwischen 17 und 18 Uhr", "between 5 and 6 pm"),
    ("im Achtelfinale", "in the round of 16"),
    ("Kapitel IV", "Chapter 4"),
    ("Ende des 19. Jahrhunderts", "in the late 1800s"),
    ("die Septemberfeier", "the celebration in September"),
    ("am ersten November", "on November 1"),
    ("über drei Jahre", "for three years"),
    ("gut 50 Gäste", "some 50 guests"),
    ("in den 50ern", "in the 1950s"),
    ("kein Tor fiel", "the score was 0"),
    ("die F16", "the F-16"),
    ("40 000 Bäume", "40,000 trees"),
    ("am 6. August des Jahres 2024", "on 6 August 2024"),
    ("von 2000 bis 2008", "in 2000-08"),
    ("die Jahre 1985-87", "the years 1985 to 1987"),
    ("im Frühjahr 2005", "in early 2005"),
    ("300-450 Euro", "300/450 euros"),
]


@pytest.mark.parametrize(("source", "target"), EQUAL)
def test_what_is_said_in_other_words_is_kept(source: str, target: str) -> None:
    assert grave(check_figures(source, target)) == []
