"""The score of segments against gold."""

from __future__ import annotations

import pytest

from bicorpus.data import Segment, SegmentKind, Span
from bicorpus.evaluate.segments import score_segments

TEXT = "# Titel\n\nabc def\n\n• xy"
GOLD = [
    Segment(Span(2, 7), SegmentKind.HEADLINE),
    Segment(Span(9, 16), SegmentKind.BODY),
    Segment(Span(20, 22), SegmentKind.LIST),
]


def test_signs_before_a_segment_are_no_edges() -> None:
    predicted = [
        Segment(Span(0, 7), SegmentKind.HEADLINE),
        Segment(Span(9, 16), SegmentKind.BODY),
        Segment(Span(18, 22), SegmentKind.LIST),
    ]
    score = score_segments(TEXT, GOLD, predicted)
    assert (score.exact, score.kind, score.characters) == (1.0, 1.0, 13)


def test_characters_count_not_segments() -> None:
    predicted = [
        Segment(Span(0, 7), SegmentKind.BODY),
        Segment(Span(9, 12), SegmentKind.BODY),
        Segment(Span(13, 16), SegmentKind.BODY),
        Segment(Span(18, 22), SegmentKind.LIST),
    ]
    score = score_segments(TEXT, GOLD, predicted)
    assert score.exact == pytest.approx(2 / 13)
    assert score.kind == pytest.approx(8 / 13)


def test_nothing_predicted_scores_nothing() -> None:
    assert score_segments(TEXT, GOLD, []).kind == 0.0
    assert score_segments("", [], []).exact == 1.0
