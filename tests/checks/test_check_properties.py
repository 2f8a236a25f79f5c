"""What holds for all pairs: findings stand inside the texts, and marks do not make errors."""

from __future__ import annotations

from pathlib import Path

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from bicorpus.checks import Evidence, check_pair
from bicorpus.checks.contrast import DETAILS, Contrasts, Gain
from bicorpus.checks.forecast import SKIPS, Forecast
from bicorpus.checks.words import find_words
from bicorpus.data import Finding

DATA = Path(__file__).parents[1] / "data" / "checks"
GOOD = [
    tuple(line.split("\t"))
    for line in (DATA / "good.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
WORDS = [
    "nicht",
    "kein",
    "nie",
    "not",
    "never",
    "und",
    "der",
    "die",
    "das",
    "the",
    "of",
    "Haus",
    "house",
    "gut",
    "bad",
    "stieg",
    "fell",
    "17",
    "1.000",
    "München",
    "Angeblich",
    "perhaps",
    "ohne",
    "n't",
    "\t",
    "…",
    "„",
    "“",
    "\xa0",
    "🙂",
    "ß",
    "É",
    "-",
    "–",
]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=14).map(" ".join)


def assert_inside(findings: tuple[Finding, ...], source: str, target: str) -> None:
    for one in findings:
        assert one.message
        for span, text in ((one.source_span, source), (one.target_span, target)):
            assert span is None or 0 <= span.start < span.end <= len(text)


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS)
def test_spans_lie_inside_the_texts(source: str, target: str) -> None:
    assert_inside(check_pair(source, target), source, target)


@settings(deadline=None, max_examples=80)
@given(TEXTS, TEXTS, st.integers(0, 2**31))
def test_spans_lie_inside_the_texts_whatever_the_models_say(
    source: str, target: str, seed: int
) -> None:
    chance = numpy.random.default_rng(seed)
    shape = len(find_words(source)), len(find_words(target))
    likeness = chance.uniform(-0.2, 1, shape).astype(numpy.float32)
    forecast = Forecast(
        -chance.exponential(3, (shape[1] + 1, 3)).astype(numpy.float32),
        -chance.exponential(3, (shape[1], SKIPS)).astype(numpy.float32),
        tuple({"good": -chance.exponential(3)} for _ in range(shape[1] + 1)),
        chance.uniform(0, 1, (shape[1] + 1, 2, shape[0] + 1)).astype(numpy.float32),
    )

    def gain(details: int) -> Gain:
        return Gain(chance.normal(0, 5), tuple(chance.normal(0, 2, details)))

    contrasts = Contrasts(
        {place: gain(DETAILS["omission"]) for place in range(0, shape[0], 2)},
        {place: gain(DETAILS["addition"]) for place in range(0, shape[1], 3)},
        {place: ("good", chance.normal(0, 5)) for place in range(0, shape[1], 2)},
    )
    for evidence in (Evidence(likeness), Evidence(likeness, None, forecast, contrasts)):
        assert_inside(check_pair(source, target, evidence=evidence), source, target)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(GOOD), st.sampled_from(GOOD))
def test_two_good_pairs_in_a_row_have_no_error(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    if first != second:
        source, target = (f"{one} {two}" for one, two in zip(first, second, strict=True))
        assert [one for one in check_pair(source, target) if one.severity == "error"] == []
