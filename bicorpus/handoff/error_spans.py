"""Findings as error spans on a translation, as the tools for ESA show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bicorpus.data import Finding

_SEVERITIES: dict[str, Literal["major", "minor"]] = {"error": "major", "warning": "minor"}


@dataclass(frozen=True, slots=True)
class ErrorSpan:
    """The UTF-16 units `first` to `last` of a text, both included, as browsers count.

    What is missing from the text has no place in it: both are then the length of the text, where
    the tools show an item of their own for it.
    """

    first: int
    last: int
    severity: Literal["major", "minor"]
    is_missing: bool = False


def error_spans(text: str, findings: Iterable[Finding]) -> list[ErrorSpan]:
    """Return the spans of `findings` on `text`, in order, apart: the tools have one a character.

    Errors are major, warnings minor, infos are no errors. Of two that overlap, the first keeps its
    place and takes the graver severity.
    """
    found: list[ErrorSpan] = []
    for span in sorted(_spans(text, findings), key=lambda one: (one.first, one.last)):
        if found and span.first <= found[-1].last:
            if span.severity == "major":
                found[-1] = replace(found[-1], severity="major")
        else:
            found.append(span)
    return found


def _spans(text: str, findings: Iterable[Finding]) -> Iterable[ErrorSpan]:
    for finding in findings:
        if finding.severity not in _SEVERITIES:
            continue
        severity, span = _SEVERITIES[finding.severity], finding.target_span
        if span:
            yield ErrorSpan(utf16(text[: span.start]), utf16(text[: span.end]) - 1, severity)
        else:
            end = utf16(text)
            yield ErrorSpan(end, end, severity, is_missing=True)


def utf16(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
