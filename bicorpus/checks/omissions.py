"""Finds what is left out, put in, or rendered by another word, as fitted weights judge it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy

from bicorpus.checks.coverage import Coverage, Words, cover
from bicorpus.checks.evidence import MOST_WORDS, Evidence
from bicorpus.checks.judging import Weights, joint_chance, joint_warning, judge, weights_of
from bicorpus.checks.messages import added_message, lost_message
from bicorpus.checks.words import find_words
from bicorpus.data import Finding, Severity, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bicorpus.checks.forecast import Forecast

    Matrix = NDArray[numpy.float32]

# Texts of which so great a share of the content words is not rendered have little in common.
_UNRELATED = 0.7
_FEWEST_CONTENT = 4
# A translator finds the words of a translation likelier than this on the average, and not those of
# another sentence's: 1,051 of 1,067, and none of 80.
_UNEXPECTED = -4.6
_UNLINKED = 0.75
# From this chance on a lost word names what is missing in a gap.
_NAMED = 0.1
_MISSING = frozenset({"omission", "wording"})
# Two words that are in doubt on both sides are one finding when they lie so near each other.
_BESIDE = 0.2


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Words in a row that seem to have no counterpart: their numbers, and how sure that is."""

    first: int
    end: int
    chance: float
    severity: Severity


def check_omissions(source: str, target: str, evidence: Evidence) -> tuple[Finding, ...]:
    """Return findings about content words without a counterpart; none without `similarities`."""
    if evidence.similarities is None:
        return ()
    if 0 in evidence.similarities.shape:
        return _told_as_too_long(source, target)
    coverage = cover(source, target, evidence.similarities)
    if _is_unrelated(coverage, evidence.forecast):
        return (Finding("unrelated", "error", "the target has little in common with the source"),)
    source_chances, target_chances, gap_chances = judge(coverage, evidence)
    lost = _doubts(coverage.source, source_chances, weights_of("omission", evidence))
    added = _doubts(coverage.target, target_chances, weights_of("addition", evidence))
    findings = _findings(coverage, lost, added)
    for one in _breaks(coverage, gap_chances, weights_of("break", evidence)):
        if not _is_told(one, findings):
            findings = _joined(one, findings, coverage, source_chances)
    if evidence.forecast is not None and not any(one.check in _MISSING for one in findings):
        findings += _together(coverage, source_chances, gap_chances)
    return tuple(findings)


def _told_as_too_long(source: str, target: str) -> tuple[Finding, ...]:
    """Return what there is to say where no word was compared: nothing of an empty side."""
    most = max(len(find_words(source)), len(find_words(target)))
    if most <= MOST_WORDS:
        return ()
    message = f"{most:,} words are too many: what is left out or added is not looked for"
    return (Finding("omission", "info", message),)


def _together(coverage: Coverage, lost: Matrix, gaps: Matrix) -> list[Finding]:
    """Return a finding where a lost word and a gap, neither sure alone, speak for each other."""
    contents = numpy.where(coverage.source.is_content, lost, 0.0)
    if joint_chance(contents, gaps) < joint_warning():
        return []
    place = int(contents.argmax())
    here = coverage.source.spans[place]
    message = lost_message(here.of(coverage.source.text))
    around = _around(coverage, int(gaps.argmax()))
    return [Finding("omission", "warning", message, source_span=here, target_span=around)]


def _doubts(words: Words, chances: Matrix, weights: Weights) -> list[_Doubt]:
    """Return the content words in doubt; neighbours make one."""
    doubts: list[_Doubt] = []
    for place in numpy.flatnonzero(words.is_content & (chances >= weights.warning)):
        number, chance = int(place), float(chances[place])
        severity: Severity = "error" if chance >= weights.error else "warning"
        if doubts and doubts[-1].end == number:
            last = doubts.pop()
            chance = max(chance, last.chance)
            severity = "error" if "error" in {severity, last.severity} else "warning"
            number, end = last.first, number + 1
            doubts.append(_Doubt(number, end, chance, severity))
        else:
            doubts.append(_Doubt(number, number + 1, chance, severity))
    return doubts


def _findings(coverage: Coverage, lost: list[_Doubt], added: list[_Doubt]) -> list[Finding]:
    findings = []
    free = list(added)
    for one in lost:
        here = _span(coverage.source, one)
        shown = here.of(coverage.source.text)
        other = _counterpart(coverage, one, free)
        if other is None:
            message = lost_message(shown)
            findings.append(Finding("omission", one.severity, message, source_span=here))
            continue
        free.remove(other)
        there = _span(coverage.target, other)
        message = f"„{shown}“ and “{there.of(coverage.target.text)}” do not seem to say the same"
        severity: Severity = "error" if one.severity == other.severity == "error" else "warning"
        findings.append(Finding("wording", severity, message, here, there))
    for one in free:
        there = _span(coverage.target, one)
        shown = there.of(coverage.target.text)
        message = added_message(shown)
        findings.append(Finding("addition", one.severity, message, target_span=there))
    return findings


def _counterpart(coverage: Coverage, lost: _Doubt, added: list[_Doubt]) -> _Doubt | None:
    """Return the doubt of the target that stands where the source's would."""
    size, width = coverage.cosines.shape
    place = (lost.first + lost.end) / 2 / size
    near = [(abs((one.first + one.end) / 2 / width - place), one) for one in added]
    near = [pair for pair in near if pair[0] <= _BESIDE]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _breaks(coverage: Coverage, chances: Matrix, weights: Weights) -> list[Finding]:
    """Return a finding for the gap between two target words that most seems to lack one."""
    gap = int(chances.argmax())
    if chances[gap] < weights.warning:
        return []
    around = _around(coverage, gap)
    severity: Severity = "error" if chances[gap] >= weights.error else "warning"
    message = f"a word seems to be missing in “{around.of(coverage.target.text)}”"
    return [Finding("omission", severity, message, target_span=around)]


def _around(coverage: Coverage, gap: int) -> Span:
    """Return the span from the word before a gap to the one behind it."""
    spans = coverage.target.spans
    return Span(spans[max(gap - 1, 0)].start, spans[min(gap, len(spans) - 1)].end)


def _joined(
    gap: Finding, findings: list[Finding], coverage: Coverage, lost: Matrix
) -> list[Finding]:
    """Return the findings with the gap: as the place of a lost word near it, or by itself."""
    for number, one in enumerate(findings):
        if one.check != "omission" or one.source_span is None or gap.target_span is None:
            continue
        places = (
            one.source_span.start / len(coverage.source.text),
            gap.target_span.start / len(coverage.target.text),
        )
        if abs(places[0] - places[1]) <= _BESIDE:
            severity: Severity = "error" if "error" in {one.severity, gap.severity} else "warning"
            whole = replace(one, severity=severity, target_span=gap.target_span)
            return [*findings[:number], whole, *findings[number + 1 :]]
    return [*findings, _named(gap, findings, coverage, lost)]


def _named(gap: Finding, findings: list[Finding], coverage: Coverage, lost: Matrix) -> Finding:
    """Return the finding of a gap with the source word that most likely belongs there, if any."""
    contents = numpy.where(coverage.source.is_content, lost, 0.0)
    place = int(contents.argmax())
    here = coverage.source.spans[place]
    is_known = any(_overlap(one.source_span, here) for one in findings)
    if contents[place] < _NAMED or is_known:
        return gap
    return replace(gap, message=lost_message(here.of(coverage.source.text)), source_span=here)


def _is_told(one: Finding, findings: list[Finding]) -> bool:
    """Return whether a stumble is that of a word put in or rendered otherwise."""
    return any(_overlap(finding.target_span, one.target_span) for finding in findings)


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end


def _span(words: Words, doubt: _Doubt) -> Span:
    return Span(words.spans[doubt.first].start, words.spans[doubt.end - 1].end)


def _is_unrelated(coverage: Coverage, forecast: Forecast | None) -> bool:
    if forecast is not None and forecast.scores[:, 1].mean() > _UNEXPECTED:
        return False
    strength = coverage.strength
    shares = []
    for words, top in (
        (coverage.source, strength.max(axis=1)),
        (coverage.target, strength.max(axis=0)),
    ):
        if words.is_content.sum() < _FEWEST_CONTENT:
            return False
        shares.append(float((top[words.is_content] < _UNLINKED).mean()))
    return min(shares) >= _UNRELATED
