"""The figure check: quantities of a source text and its translation, compared by value."""

from __future__ import annotations

from bicorpus.claims.quantities.matching import QuantityMatch, match_quantities
from bicorpus.claims.quantities.reading import Quantity, Reading, read_quantities
from bicorpus.data import Finding, Language, Severity

CHECK = "figure"
# What changes the fact that a figure states; the others change how it is put.
_GRAVE = frozenset({"value", "magnitude", "order", "date", "detail"})


def check_figures(
    source: str, target: str, source_language: Language = "de", target_language: Language = "en"
) -> tuple[Finding, ...]:
    """Return the findings about the figures of a pair, in source order, then what was added.

    A digit that is wrong, lost or added is an error; another bound or unit, and a word that is
    lost, a warning; a word that is added or a unit that is converted, an info. Spans count code
    points of `source` and `target`.
    """
    return judge_figures(
        read_quantities(source, source_language), read_quantities(target, target_language)
    )


def judge_figures(source: Reading, target: Reading) -> tuple[Finding, ...]:
    """Return the findings about two readings; see `check_figures`."""
    findings = []
    for match in match_quantities(source, target):
        severity = _severity(match)
        if severity is not None:
            findings.append(
                Finding(
                    CHECK,
                    severity,
                    match.message,
                    source_span=match.source.figure if match.source else None,
                    target_span=match.target.figure if match.target else None,
                )
            )
    return tuple(findings)


def missing_figures(source: Reading, target: Reading) -> tuple[tuple[Quantity, ...], int]:
    """Return the source's digits that the target lacks or has wrong, and how many it has right.

    Numerals in words do not count: a translation has many ways to say them.
    """
    matches = [
        match
        for match in match_quantities(source, target)
        if match.source is not None and not match.source.in_words
    ]
    missing = tuple(
        match.source
        for match in matches
        if match.source is not None
        and (match.fate == "lost" or bool(_GRAVE.intersection(match.changes)))
    )
    return missing, len(matches) - len(missing)


def _severity(match: QuantityMatch) -> Severity | None:
    if match.fate == "kept":
        is_date = match.source is not None and match.source.kind == "date"
        return "info" if match.is_converted or (match.is_looser and is_date) else None
    if match.fate == "changed":
        return _of_change(match)
    quantity = match.source or match.target
    if quantity is None or quantity.vague is not None or _is_small(quantity):
        return None
    if quantity.kind == "label" and not str(quantity.value)[:1].isdigit():
        return "warning"  # names with a figure ("hr4") come and go like names
    if match.fate == "lost":
        return "warning" if quantity.in_words else "error"
    return "info" if quantity.in_words else "error"


def _of_change(match: QuantityMatch) -> Severity:
    """Grade a change: numerals in words are read less surely, and weigh less."""
    if not _GRAVE.intersection(match.changes):
        return "warning"
    sides = [side for side in (match.source, match.target) if side is not None]
    in_words = any(side.in_words for side in sides)
    # Names of months are read surely enough.
    is_date = all(side.kind == "date" for side in sides) and "date" in match.changes
    return "warning" if in_words and not is_date else "error"


def _is_small(quantity: Quantity) -> bool:
    """Return whether it is "first" or "null" in words: those come and go in any translation."""
    return quantity.in_words and (quantity.kind == "ordinal" or quantity.value == 0)
