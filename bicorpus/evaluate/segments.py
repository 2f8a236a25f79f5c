"""How much of a text lies in segments that are right.

Counted in characters that are not white space, as a short credit matters less than a paragraph.
The markers of lists, headings and quotes do not count as edges: whether a bullet belongs to its
item is a matter of style (gold spans begin where the first sentence begins).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bicorpus.data import Segment, SegmentKind, Span
from bicorpus.segments.sentences import unmarked


@dataclass(frozen=True, slots=True)
class SegmentScore:
    """Shares of the characters that lie in gold segments, in [0, 1].

    `exact`: in a predicted segment of the right kind with the right edges. `kind`: in one of the
    right kind. `characters`: how many were counted.
    """

    exact: float
    kind: float
    characters: int


def score_segments(
    text: str, gold: Iterable[Segment], predicted: Iterable[Segment]
) -> SegmentScore:
    """Compare predicted with gold segments of `text`; an empty gold scores 1 on nothing."""
    found = {(unmarked(text, segment.span), segment.kind) for segment in predicted}
    kind_at: dict[int, SegmentKind] = {
        position: kind for span, kind in found for position in range(span.start, span.end)
    }
    exact = right = total = 0
    for segment in gold:
        span = unmarked(text, segment.span)
        positions = _inked(text, span)
        total += len(positions)
        exact += len(positions) * ((span, segment.kind) in found)
        right += sum(kind_at.get(position) is segment.kind for position in positions)
    if not total:
        return SegmentScore(1.0, 1.0, 0)
    return SegmentScore(exact / total, right / total, total)


def _inked(text: str, span: Span) -> list[int]:
    return [position for position in range(span.start, span.end) if not text[position].isspace()]
