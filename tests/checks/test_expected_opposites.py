"""Words in whose place a translator expected their opposites."""

from __future__ import annotations

from functools import cache

import numpy
import pytest

from bicorpus.checks import Evidence, check_pair
from bicorpus.checks.contrast import Contrasts, Gain
from bicorpus.checks.evidence import gather
from bicorpus.checks.expected_opposites import check_expected_opposites, weighed
from bicorpus.checks.forced import ForcedDecoder
from bicorpus.checks.forecast import SKIPS, Forecast
from bicorpus.checks.inflection import in_form_of
from bicorpus.checks.words import find_words
from bicorpus.data import Finding, Span
from bicorpus.embedders.folder import FolderEmbedder
from bicorpus.models.packages import find_package

PAIRS = [
    ("Der Richter war geduldig.", "The judge was patient.", "impatient"),
    ("Die Preise sind gefallen.", "Prices have fallen.", "risen"),
    ("Sie öffneten alle Türen.", "They opened all the doors.", "closed"),
    ("Das Ergebnis war genau.", "The result was accurate.", "inaccurate"),
    ("Leider kam niemand.", "Unfortunately nobody came.", "fortunately"),
    ("Die Firma ist abhängig vom Export.", "The company is dependent on exports.", "independent"),
    ("Er hat den Schlüssel verloren.", "He lost the key.", "found"),
]


@cache
def models() -> tuple[FolderEmbedder, ForcedDecoder]:
    return FolderEmbedder(), ForcedDecoder(find_package("embedded").folder)


def checked(source: str, target: str) -> tuple[Finding, ...]:
    encoder, decoder = models()
    (evidence,) = gather([(source, target)], encoder=encoder, decoder=decoder)
    return check_pair(source, target, evidence=evidence)


def turned(target: str, opposite: str) -> str:
    """Return the target with the word that the opposite belongs to in its place."""
    right = {
        "impatient": "patient", "risen": "fallen", "closed": "opened", "inaccurate": "accurate",
        "fortunately": "Unfortunately", "independent": "dependent", "found": "lost",
    }[opposite]  # fmt: skip
    shown = opposite.capitalize() if right[0].isupper() else opposite
    return target.replace(right, shown)


@pytest.mark.parametrize(("source", "target", "opposite"), PAIRS)
def test_a_word_turned_round_is_found(source: str, target: str, opposite: str) -> None:
    wrong = turned(target, opposite)
    (start,) = [wrong.lower().index(opposite)]
    place = Span(start, start + len(opposite))
    found = [one for one in checked(source, wrong) if one.check in {"antonym", "direction"}]
    assert place in {one.target_span for one in found}


@pytest.mark.parametrize(("source", "target", "opposite"), PAIRS)
def test_a_word_that_is_right_is_no_opposite(source: str, target: str, opposite: str) -> None:
    found = {one.check for one in checked(source, target)}
    assert not found & {"antonym", "direction"}


@pytest.mark.parametrize(
    ("gain", "severities"), [(6.0, ["error"]), (4.0, ["warning"]), (2.0, []), (-4.0, [])]
)
def test_the_gain_decides(gain: float, severities: list[str]) -> None:
    contrasts = Contrasts({}, {}, {2: ("good", gain)})
    found = check_expected_opposites("Gute Nachrichten.", "It was bad news.", contrasts)
    assert [one.severity for one in found] == severities
    assert all(one.target_span == Span(7, 10) for one in found)


@pytest.mark.parametrize(("gone", "check"), [(4.0, "antonym"), (13.0, "addition")])
def test_a_word_that_had_better_go_was_put_in(gone: float, check: str) -> None:
    """The figures are those of two real cases: a word turned round, and "happily returned"."""
    contrasts = Contrasts({}, {6: Gain(gone)}, {6: ("sadly", 4.0)})
    target = "The person has now come back happily."
    (found,) = check_expected_opposites("Die Person ist nun zurück.", target, contrasts)
    assert (found.check, found.severity) == (check, "warning")
    assert found.target_span == Span(29, 36)


def test_a_denial_makes_an_expected_opposite_doubtful() -> None:
    contrasts = Contrasts({}, {}, {3: ("consistent", 9.0)})
    found = check_expected_opposites(
        "Die Aussage stimmt nicht.", "The statement is inconsistent.", contrasts
    )
    assert [one.severity for one in found] == ["warning"]


@pytest.mark.parametrize(
    ("said", "gain", "severity"),
    [(-6.0, 0.5, "error"), (-1.0, 0.5, "warning"), (-6.0, -0.5, "warning")],
)
def test_a_translator_at_ease_makes_a_listed_opposite_a_warning(
    said: float, gain: float, severity: str
) -> None:
    size = len(find_words("It was bad news."))
    scores = numpy.full((size + 1, 3), said, dtype=numpy.float32)
    skips = numpy.full((size, SKIPS), -5.0, dtype=numpy.float32)
    looks = numpy.zeros((size + 1, 2, 4), dtype=numpy.float32)
    forecast = Forecast(scores, skips, ({},) * (size + 1), looks)
    evidence = Evidence(None, None, forecast, Contrasts({}, {}, {2: ("good", gain)}))
    finding = Finding("antonym", "error", "message", Span(0, 3), Span(7, 10))
    assert weighed(finding, "It was bad news.", evidence).severity == severity
    assert weighed(finding, "It was bad news.", Evidence()).severity == "error"


@pytest.mark.parametrize(
    ("lemma", "word", "form"),
    [
        ("open", "closed", "opened"), ("lose", "won", "lost"), ("forget", "remembering",
        "forgetting"), ("deny", "admits", "denies"), ("watch", "ignores", "watches"),
        ("happy", "sadder", "happier"), ("big", "smallest", "biggest"), ("difficult", "easier",
        "more difficult"), ("begin", "ended", "began"), ("untie", "tying", "untying"),
        ("sad", "happily", None), ("freeze", "thawing", "freezing"), ("see", "hiding", "seeing"),
        ("admit", "denied", "admitted"), ("offer", "refusing", "offering"),
    ],
)  # fmt: skip
def test_a_lemma_takes_the_form_of_a_word(lemma: str, word: str, form: str | None) -> None:
    assert in_form_of(lemma, word) == form
