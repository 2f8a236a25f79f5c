"""The sentences of each segment: what counts as one depends on the segment's kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bicorpus.data import Language, Segment, SegmentKind, Sentence, Span
from bicorpus.protocols import Splitter
from bicorpus.segments.features import (
    NUMBER,
    has_several_sentences,
    is_open,
)

LABELS = frozenset(
    {SegmentKind.NAVIGATION, SegmentKind.BOILERPLATE, SegmentKind.BYLINE, SegmentKind.CREDIT}
)
TITLES = frozenset({SegmentKind.HEADLINE, SegmentKind.KICKER, SegmentKind.SUBHEADING})
# Signs of a line's role belong to the segment, not to the sentence: "# ", "> ", "• ", "**".
MARK_BEFORE = re.compile(r"(?:(?:#{1,6}|>|[•‣▪▫●○◦∙·■□–—*+-]|[▶►➤→»])\s+|>)+(?=\S)")
EMPHASIS = re.compile(r"(\*\*|__)(?!\s)(.+?)(?<!\s)\1")


def split_sentences(
    text: str, segments: tuple[Segment, ...], splitter: Splitter, language: Language
) -> tuple[Sentence, ...]:
    """Return the sentences of `text`, numbered from 1, none across two segments.

    Navigation, boilerplate, bylines and credits are a sentence a line; titles, too, unless a
    line holds several complete sentences. An image has none of its own words: it is one
    sentence. A list is split item by item; a bullet, heading or quote sign is in the segment
    but in no sentence, while an item's number stays ("1. Startseite").
    """
    sentences: list[Sentence] = []
    for index, segment in enumerate(segments):
        for span in _spans(text, segment, splitter, language):
            sentences.append(Sentence(len(sentences) + 1, span, index))
    return tuple(sentences)


def _spans(text: str, segment: Segment, splitter: Splitter, language: Language) -> Iterator[Span]:
    kind = segment.kind
    if kind is SegmentKind.IMAGE:
        yield segment.span
    elif kind in LABELS:
        for line in _lines(text, segment.span):
            yield unmarked(text, line)
    elif kind in TITLES:
        # A title of several lines was wrapped: no two titles are in one segment.
        title = _without_emphasis(text, unmarked(text, segment.span))
        if has_several_sentences(title.of(text)) and not is_open(title.of(text)):
            yield from _split(text, title, splitter, language)
        else:
            yield title
    elif kind in {SegmentKind.LIST, SegmentKind.QUOTE}:
        for item in _items(text, segment.span):
            yield from _numbered(text, unmarked(text, item), splitter, language)
    else:
        yield from _split(text, segment.span, splitter, language)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in span.of(text).splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            begin = start + len(line) - len(line.lstrip())
            yield Span(begin, begin + len(stripped))
        start += len(line)


def _items(text: str, span: Span) -> Iterator[Span]:
    """Yield the items of a list or quote; a line without a sign goes on with the item above."""
    lines = list(_lines(text, span))
    is_marked = [bool(_mark(line.of(text))) for line in lines]
    item: Span | None = None
    for line, marked in zip(lines, is_marked, strict=True):
        if item is not None and not marked and is_marked[0]:
            item = Span(item.start, line.end)
            continue
        if item is not None:
            yield item
        item = line
    if item is not None:
        yield item


def _mark(line: str) -> re.Match[str] | None:
    return MARK_BEFORE.match(line) or NUMBER.match(line)


def unmarked(text: str, span: Span) -> Span:
    """Return `span` without the sign of a bullet, heading or quote at its beginning."""
    mark = MARK_BEFORE.match(span.of(text))
    return Span(span.start + mark.end(), span.end) if mark else span


def _without_emphasis(text: str, span: Span) -> Span:
    found = EMPHASIS.fullmatch(span.of(text))
    return Span(*found.span(2)).shifted(span.start) if found else span


def _numbered(text: str, span: Span, splitter: Splitter, language: Language) -> Iterator[Span]:
    number = NUMBER.match(span.of(text))
    if number is None:
        yield from _split(text, span, splitter, language)
        return
    # The number is kept out of the splitter, which would see a sentence end or an ordinal in it.
    rest = _split(text, Span(span.start + number.end(), span.end), splitter, language)
    first = next(rest)
    yield Span(span.start, first.end)
    yield from rest


def _split(text: str, span: Span, splitter: Splitter, language: Language) -> Iterator[Span]:
    for part in splitter.split(span.of(text), language):
        yield part.shifted(span.start)
