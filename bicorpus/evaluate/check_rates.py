"""How often the checks find something in a system's lines: any check, and figures by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bicorpus.checks import check_pair
from bicorpus.claims.quantities.matching import match_quantities
from bicorpus.claims.quantities.reading import read_quantities
from bicorpus.data import Finding, Language
from bicorpus.evaluate.features import FEATURE_OF_CHECK
from bicorpus.evaluate.tally import Accuracy

_COUNTED = frozenset({"error", "warning"})


@dataclass(frozen=True, slots=True)
class CheckRate:
    """What one check found: `lines` with an error or a warning of it; findings by severity.

    `kept` counts the lines that hold what the check is about and have no such finding; None where
    nobody can tell which lines those are.
    """

    check: str
    lines: int
    errors: int
    warnings: int
    infos: int
    kept: Accuracy | None


@dataclass(frozen=True, slots=True)
class CheckRates:
    """The rates of all checks on one system's lines, by name of the check.

    `figures` counts the source's quantities whose value and unit are in the target, be it under
    another bound ("about" for "over"), which the figure check tells; `clean` counts the lines
    without an error or a warning.
    """

    checks: tuple[CheckRate, ...]
    figures: Accuracy
    clean: Accuracy


def rate_checks(
    source: Sequence[str],
    target: Sequence[str],
    held: Mapping[str, Sequence[bool]],
    *,
    languages: tuple[Language, Language],
) -> CheckRates:
    """Check each line of `target` against `source`; `held` says which lines hold what.

    Whatever checks `bicorpus.checks` has are rated, under their own names.
    """
    found = [
        check_pair(line, other, *languages) for line, other in zip(source, target, strict=True)
    ]
    names = sorted(
        {finding.check for findings in found for finding in findings} | _always(held, languages)
    )
    figures = sum(
        (_figures(line, other, languages) for line, other in zip(source, target, strict=True)),
        start=Accuracy(),
    )
    clean = sum(not any(one.severity in _COUNTED for one in findings) for findings in found)
    return CheckRates(
        tuple(_rate(name, found, held) for name in names), figures, Accuracy(clean, len(found))
    )


def _always(held: Mapping[str, Sequence[bool]], languages: tuple[Language, Language]) -> set[str]:
    """Return the checks that are rated where they found nothing, too: what they guard was kept."""
    names = {check for check, feature in FEATURE_OF_CHECK.items() if feature in held}
    # Names and negation are compared between German and English alone.
    return names if languages == ("de", "en") else names & {"figure"}


def _rate(
    check: str, found: Sequence[Sequence[Finding]], held: Mapping[str, Sequence[bool]]
) -> CheckRate:
    severities = Counter(
        finding.severity for findings in found for finding in findings if finding.check == check
    )
    flagged = [
        any(one.check == check and one.severity in _COUNTED for one in findings)
        for findings in found
    ]
    holding = held.get(FEATURE_OF_CHECK.get(check, ""))
    kept = None
    if holding is not None:
        clean = sum(has and not bad for has, bad in zip(holding, flagged, strict=True))
        kept = Accuracy(clean, sum(holding))
    return CheckRate(
        check, sum(flagged), severities["error"], severities["warning"], severities["info"], kept
    )


def _figures(source: str, target: str, languages: tuple[Language, Language]) -> Accuracy:
    matches = match_quantities(
        read_quantities(source, languages[0]), read_quantities(target, languages[1])
    )
    own = [match for match in matches if match.source is not None]
    kept = [match for match in own if match.fate != "lost" and {"bound"}.issuperset(match.changes)]
    return Accuracy(len(kept), len(own))
