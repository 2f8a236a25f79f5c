"""Cuts what goes into the decoder: nothing for symbols, parts for sentences that are too long."""

from __future__ import annotations

import re
from collections.abc import Callable

from bicorpus.checks.surface import find_addresses

# Where a long sentence is cut, best place first: between clauses, then before a conjunction,
# after a comma, then at any blank. The cut comes behind the match.
_BORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[;:]\s+|\s+[–—-]\s+",
        r",\s+(?=(?:und|oder|aber|denn|sondern|doch|weil|während|nachdem|obwohl|dass|wobei|sodass"
        r"|and|or|but|because|while|after|although|that|which)\b)",
        r",\s+",
        r"\s+(?=(?:und|oder|sowie|and|or)\b)",
        r"\s+",
    )
)
# A cut near an end leaves a stump without context.
_MIDDLE = (0.2, 0.8)
# Marks that frame a line ("+++ 14:05 Uhr: … +++", "**Frage**") and say nothing.
_FRAME = re.compile(
    r"(?P<before>(?:[+*=_~#|]{2,}\s*)?)(?P<core>.*?)(?P<after>(?:\s*[+*=_~#|]{2,})?)"
)
_LETTERS = re.compile(r"[^\W\d_]")


def has_words(text: str) -> bool:
    """Return whether `text` holds a letter outside web and e-mail addresses."""
    for span in reversed(find_addresses(text)):
        text = text[: span.start] + text[span.end :]
    return bool(_LETTERS.search(text))


def unframe(text: str) -> tuple[str, str, str]:
    """Return what frames a line before it, the line itself, and what frames it behind."""
    match = _FRAME.fullmatch(text)
    return (match["before"], match["core"], match["after"]) if match else ("", text, "")


def cut(text: str, *, limit: int, length: Callable[[str], int]) -> list[str]:
    """Cut `text` into parts of at most `limit` by `length`, at clause borders where there are any.

    `length` counts what the model counts (pieces). The parts joined by blanks are the text, its
    white space folded; a stretch without any white space is cut between code points.
    """
    if length(text) <= limit or len(text) < 2:
        return [text]
    at = _best_cut(text)
    left, right = text[:at].strip(), text[at:].strip()
    return [
        part for half in (left, right) if half for part in cut(half, limit=limit, length=length)
    ]


def _best_cut(text: str) -> int:
    middle = len(text) / 2
    for border in _BORDERS:
        ends = [match.end() for match in border.finditer(text)]
        inside = [end for end in ends if _MIDDLE[0] < end / len(text) < _MIDDLE[1]]
        if inside:
            return min(inside, key=lambda end: abs(end - middle))
    return int(middle)
