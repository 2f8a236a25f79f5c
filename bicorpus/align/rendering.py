"""Lays out a machine's rendering as a document of its own and pairs it with its source.

The pairing is known, sentence by sentence; a sentence that the machine rendered as two makes a
1-2 bead. The checks and the confirmation say how far the pair can be believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from bicorpus.data import (
    Bead,
    Document,
    Language,
    Segment,
    SegmentKind,
    Sentence,
    Side,
    Span,
    Translation,
)
from bicorpus.protocols import Splitter

BETWEEN_SENTENCES = " "
BETWEEN_SEGMENTS = "\n\n"
# A heading is one sentence, however many full stops its abbreviations have.
_ONE_SENTENCE = frozenset({SegmentKind.HEADLINE, SegmentKind.KICKER, SegmentKind.SUBHEADING})


def to_translate(source: Side) -> list[Sentence]:
    """Return the sentences that are content: by the kind of their segment, repetitions apart."""

    def is_content(sentence: Sentence) -> bool:
        segment = source.segments[sentence.segment]
        return segment.kind.is_translated and not segment.repeat

    return [sentence for sentence in source.sentences if is_content(sentence)]


def lay_out(
    source: Side,
    translated: Iterable[tuple[Sentence, Translation]],
    *,
    splitter: Splitter,
    language: Language,
) -> tuple[Side, tuple[Bead, ...]]:
    """Return the target side and the beads of a source side and its translations.

    The target text has a blank between sentences and an empty line between segments.
    """
    text = ""
    segments: list[Segment] = []
    sentences: list[Sentence] = []
    beads: list[Bead] = []
    for segment_index, pairs in groupby(translated, key=lambda pair: pair[0].segment):
        kind = source.segments[segment_index].kind
        text += BETWEEN_SEGMENTS if text else ""
        segment_start = len(text)
        for sentence, translation in pairs:
            rendering = translation.text.strip()
            if rendering and len(text) > segment_start:
                text += BETWEEN_SENTENCES
            first = len(sentences)
            for span in _sentence_spans(rendering, kind, splitter, language):
                number = len(sentences) + 1
                sentences.append(Sentence(number, span.shifted(len(text)), len(segments)))
            text += rendering
            index = sentence.number - 1
            beads.append(
                Bead(
                    Span(index, index + 1),
                    Span(first, len(sentences)),
                    known=True,
                    translation_score=translation.score,
                    flags=translation.flags,
                )
            )
        if len(text) > segment_start:
            segments.append(Segment(Span(segment_start, len(text)), kind))
        else:
            text = text.removesuffix(BETWEEN_SEGMENTS)
    target = Document(language, text, source.document.origin, title=source.document.title)
    return Side(target, tuple(segments), tuple(sentences)), tuple(beads)


def _sentence_spans(
    rendering: str, kind: SegmentKind, splitter: Splitter, language: Language
) -> list[Span]:
    if not rendering:
        return []
    if kind in _ONE_SENTENCE:
        return [Span(0, len(rendering))]
    return splitter.split(rendering, language)
