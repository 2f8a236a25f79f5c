"""Where a text quotes: „…“, »…«, «…», “…”, "…", over sentences and over paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bicorpus.data import Span

# What closes each opening mark. „…” and „…" are slips that papers print every day.
_CLOSERS = {
    "„": '“”"',
    "»": "«",
    "«": "»",
    "“": '”"',
    "”": "”",
    '"': '"',
}
_NESTED = "‚‘’›‹'"
MARKS = frozenset('„“”»«"‟' + _NESTED)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation's words: code points `start` to `end`, its marks left out.

    `number` is the same for the parts of one quotation that goes on over paragraphs; `is_broken`
    tells that its paragraph leaves it open and the next one does not go on with it.
    """

    number: int
    start: int
    end: int
    is_broken: bool = False


def find_quotations(text: str, places: Sequence[Span]) -> list[Quotation]:
    """Return the quotations in the stretches `places` of `text` (its paragraphs), in order.

    A quotation that its paragraph leaves open ends there; where the next one begins with an
    opening mark, both are one quotation, as in print.
    """
    found: list[Quotation] = []
    is_open = False
    for place in places:
        goes_on = is_open and place.of(text).lstrip()[:1] in _CLOSERS
        if is_open and not goes_on:
            found[-1] = replace(found[-1], is_broken=True)
        inner, is_open = _in_paragraph(text, place)
        for position, span in enumerate(inner):
            same = goes_on and position == 0
            number = found[-1].number if same else (found[-1].number + 1 if found else 1)
            found.append(Quotation(number, span.start, span.end))
    if is_open and found:
        found[-1] = replace(found[-1], is_broken=True)
    return found


def _in_paragraph(text: str, place: Span) -> tuple[list[Span], bool]:
    inner: list[Span] = []
    opened: int | None = None
    closers = ""
    for index in range(place.start, place.end):
        character = text[index]
        if opened is None:
            if character in _CLOSERS and _opens(text, index, place):
                opened, closers = index + 1, _CLOSERS[character]
        elif character in closers and _closes(text, index, place):
            inner.append(Span(opened, index))
            opened = None
    if opened is not None and opened < place.end:
        inner.append(Span(opened, place.end))
    return inner, opened is not None


def _opens(text: str, index: int, place: Span) -> bool:
    """Return whether a word follows: a straight or stray closing mark does not open."""
    following = text[index + 1 : index + 2] if index + 1 < place.end else ""
    return bool(following) and not following.isspace()


def _closes(text: str, index: int, place: Span) -> bool:
    """Return whether the mark does not stand before a word, as the inch sign and openers do."""
    following = text[index + 1 : index + 2] if index + 1 < place.end else ""
    return not following.isalnum() or text[index] != '"'
