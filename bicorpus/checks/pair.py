"""All checks on one pair of texts, as findings for people, errors first."""

from __future__ import annotations

from bicorpus.align.confirm import length_deviation
from bicorpus.checks import surface
from bicorpus.checks.figures import check_figures
from bicorpus.data import Finding, Language, Severity

# On 1,800 translated pairs 99% lie within -2.4 and 3.2 (see align.confirm): beyond 4 something is
# missing or added rather than said in fewer words. Short texts vary more than the model has it.
_OUTLIER = 4.0
_SHORT = 25
_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def check_pair(
    source: str, target: str, source_language: Language = "de", target_language: Language = "en"
) -> tuple[Finding, ...]:
    """Return the findings about a source text and its translation, errors first.

    Spans count code points of `source` and `target`.
    """
    if not target.strip():
        problem = Finding("empty", "error", "the target is empty") if source.strip() else None
        return (problem,) if problem else ()
    findings = [
        *check_figures(source, target, source_language, target_language),
        *_surface(source, target),
        *_lengths(source, target),
    ]
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))


def _surface(source: str, target: str) -> list[Finding]:
    findings = [
        Finding("address", "error", f'"{span.of(source)}" is not in the target', source_span=span)
        for span in surface.lost_addresses(source, target)
    ]
    loop = surface.find_repetition(target)
    if loop and not surface.find_repetition(source):
        message = f'"{loop.of(target)}" repeats itself'
        findings.append(Finding("repetition", "error", message, target_span=loop))
    if surface.is_copied(source, target):
        findings.append(Finding("copied", "error", "the target is the source, left untranslated"))
    return findings


def _lengths(source: str, target: str) -> list[Finding]:
    deviation = length_deviation(source, target)
    if max(len(source), len(target)) < _SHORT or abs(deviation) < _OUTLIER:
        return []
    share = round(100 * len(target) / max(len(source), 1))
    if deviation < 0:
        message = f"the target has {share}% of the source's length: something may be left out"
        return [Finding("omission", "warning", message)]
    message = f"the target has {share}% of the source's length: something may be added"
    return [Finding("addition", "warning", message)]
