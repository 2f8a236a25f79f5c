"""Finding claims in German: parts, clauses, who says what, then who speaks over sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bicorpus.claims.finding import sentences_of_running_text
from bicorpus.claims.german.sentence import Reading, read_sentence
from bicorpus.claims.german.speech import Speech
from bicorpus.claims.quotations import Quotation, find_quotations
from bicorpus.claims.wording import tag_words
from bicorpus.data import Attribution, Claim, SegmentKind, Side
from bicorpus.protocols import Lemmatizer

_TITLES = frozenset({SegmentKind.HEADLINE, SegmentKind.SUBHEADING, SegmentKind.KICKER})


def draft_claims(side: Side, lemmatizer: Lemmatizer) -> list[Claim]:
    """Return the claims of a German document without their quantities and names."""
    text = side.document.text
    indices = sentences_of_running_text(side)
    quotations = find_quotations(text, [segment.span for segment in side.segments])
    speech = Speech()
    claims: list[Claim] = []
    for _, group in groupby(indices, key=lambda index: side.sentences[index].segment):
        paragraph = list(group)
        readings = _read(side, paragraph, lemmatizer, quotations)
        closed = _closed(quotations, readings)
        if closed is not quotations:
            readings = _read(side, paragraph, lemmatizer, closed)
        speech.follow(readings)
        for index, reading in zip(paragraph, readings, strict=True):
            claims.extend(_claims(index, reading))
    return claims


def _read(
    side: Side, indices: Sequence[int], lemmatizer: Lemmatizer, quotations: list[Quotation]
) -> list[Reading]:
    """Return the sentences of one paragraph, read."""
    readings = []
    for index in indices:
        sentence = side.sentences[index]
        document = side.document
        words = tag_words(document.text, sentence.span, lemmatizer, document.language, quotations)
        is_title = side.segments[sentence.segment].kind in _TITLES
        readings.append(read_sentence(words, is_title=is_title))
    return readings


def _closed(quotations: list[Quotation], readings: Sequence[Reading]) -> list[Quotation]:
    """Return the quotations, those that nothing closes ended at the frame in them.

    „Wir bauen, sagte der Chef. Die Arbeiten …“ without its first closing mark.
    """
    frames = {number: frame for each in readings for number, frame in each.quotations.items()}
    closed = []
    for each in quotations:
        frame = frames.get(each.number) if each.is_broken else None
        cue = frame.cue if frame is not None else None
        is_inside = cue is not None and each.start < cue.start < each.end
        closed.append(replace(each, end=cue.start) if cue is not None and is_inside else each)
    return closed if closed != quotations else quotations


def _claims(index: int, reading: Reading) -> list[Claim]:
    claims = []
    for draft in reading.drafts:
        if not draft.spans:
            continue
        frame = draft.frame
        claims.append(
            Claim(
                index,
                draft.spans,
                Attribution(frame.source, frame.cue) if frame is not None else None,
                frame.stance if frame is not None else None,
                hedged=draft.hedged,
                negated=draft.negated,
            )
        )
    return claims
