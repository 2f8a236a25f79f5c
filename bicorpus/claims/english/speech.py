"""Direct speech over sentences: which claims a frame vouches for, and who speaks where none is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bicorpus.claims.english.according import Frame
from bicorpus.claims.english.attributing import Draft
from bicorpus.claims.english.drafting import Reading
from bicorpus.claims.english.lexicon import verbs
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.words import Word
from bicorpus.claims.quotations import Quotation, find_quotations
from bicorpus.data import Span

# ‘We won’t go,’ – closed behind a mark, so that no apostrophe is taken for the end.
_SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)([^\n]+?)(?<=[.,!?…])[’'](?!\w)")
_FIRST_PERSONS = frozenset({"i", "we", "you"})
# A quotation without a frame is the last speaker's, if no more sentences stand between.
_FORGOTTEN = 3
# A coordinator behind a frame stands with the clause before, but is none of its words.
_LOOSE = frozenset({"CJC", "PUN", "PUQ", "QUO"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it and by what word: spans in the document, None where not named."""

    source: Span | None
    cue: Span | None
    lemma: str


def mark_quotations(text: str, places: Sequence[Span], words: Sequence[Word]) -> frozenset[int]:
    """Give each word the number of its quotation; return the quotations that nothing closes."""
    quotations = find_quotations(text, places)
    if not quotations:
        quotations = [
            Quotation(number, match.start(1), match.end(1))
            for number, match in enumerate(_SINGLE.finditer(text))
        ]
    position = 0
    for word in words:
        while position < len(quotations) and quotations[position].end <= word.span.start:
            position += 1
        if position < len(quotations) and quotations[position].start <= word.span.start:
            word.quotation = quotations[position].number
    return frozenset(each.number for each in quotations if each.is_broken)


def attribute_speech(
    readings: Sequence[Reading], segments: Sequence[int], broken: frozenset[int] = frozenset()
) -> dict[int, Speaker]:
    """Return the speaker of each draft by its identity (`id`), over all sentences of a text.

    `segments` has the paragraph of each sentence: a quotation without a frame is the last
    speaker's of its paragraph, or of the sentence right before. `broken` are the quotations that
    nothing closes.
    """
    for number in broken:
        _close(readings, number)
    speakers: dict[int, Speaker] = {}
    by_quotation: dict[int, Speaker] = {}
    for reading in readings:
        _by_frames(reading, speakers, by_quotation)
    chain: Speaker | None = None
    previous, silent = -1, 0
    for reading, segment in zip(readings, segments, strict=True):
        silent = silent + 1 if segment != previous and not _begins_quoted(reading.sentence) else 0
        if silent == _FORGOTTEN or reading.sentence.is_heading:
            chain = None
        previous = segment
        for draft in reading.drafts:
            _by_quotation(reading, draft, speakers, by_quotation, chain)
        last = _last_quotation(reading.sentence)
        if last in by_quotation:
            chain = by_quotation[last]
        elif reading.drafts and id(reading.drafts[-1]) in speakers:
            said = speakers[id(reading.drafts[-1])]
            chain = said if said.source is not None and said.lemma else chain
    for place in range(1, len(readings)):
        if segments[place] == segments[place - 1]:
            _by_report(readings[place - 1], readings[place], speakers)
    return speakers


def _close(readings: Sequence[Reading], number: int) -> None:
    """End a quotation that nothing closes at the first frame in it: “We build, the mayor said."""
    for reading in readings:
        words = reading.sentence.words
        for place, frame in enumerate(reading.frames):
            spoken = any(word.quotation == number for word in words[: frame.start])
            if not spoken or words[frame.start].quotation != number or frame.quotes:
                continue
            reading.frames[place] = replace(frame, quotes=True)
            behind = words[frame.start].span.start
            for word in (each for other in readings for each in other.sentence.words):
                if word.quotation == number and word.span.start >= behind:
                    word.quotation = -1
            return


def _by_report(before: Reading, reading: Reading, speakers: dict[int, Speaker]) -> None:
    """Attribute a sentence that nobody vouches for to who is named behind it."""
    report = reading.report
    if report is None or any(id(draft) in speakers for draft in before.drafts):
        return
    source, cue = (span_of(reading.sentence, words) for words in report)
    lemma = verbs("reporting")[reading.sentence.lower(report[1][0])]
    speakers.update({id(draft): Speaker(source, cue, lemma) for draft in before.drafts})


def _by_quotation(
    reading: Reading,
    draft: Draft,
    speakers: dict[int, Speaker],
    by_quotation: dict[int, Speaker],
    chain: Speaker | None,
) -> None:
    """Attribute a claim in quotation marks to the quotation's speaker, or the last one's."""
    quotation = _quotation(reading.sentence, draft)
    if quotation < 0 or (id(draft) in speakers and not _is_first_person(reading, draft)):
        return
    known = by_quotation.get(quotation)
    if known is None and chain is not None:
        known = by_quotation[quotation] = chain
    if known is not None:
        speakers[id(draft)] = known
    elif id(draft) not in speakers and _is_speech(reading, draft):
        speakers[id(draft)] = Speaker(None, None, "")


def _by_frames(
    reading: Reading, speakers: dict[int, Speaker], by_quotation: dict[int, Speaker]
) -> None:
    """Attribute by complements and by the frames inside the sentence."""
    sentence = reading.sentence
    for draft in reading.drafts:
        if draft.said:
            speaker = Speaker(
                span_of(sentence, draft.source), span_of(sentence, draft.cue), draft.lemma
            )
            speakers[id(draft)] = speaker
            quotation = _quotation(sentence, draft)
            outside = draft.cue is None or sentence.words[draft.cue[0]].quotation != quotation
            if quotation >= 0 and outside:
                by_quotation.setdefault(quotation, speaker)
            goes_on = sentence.words[draft.words[-1]].quotation
            if goes_on >= 0 and goes_on == _last_quotation(sentence) and quotation < 0:
                by_quotation.setdefault(goes_on, speaker)  # said it would come "soon. But not …"
    for frame in reading.frames:
        speaker = Speaker(
            span_of(sentence, frame.source), span_of(sentence, frame.cue), frame.lemma
        )
        for quotation in _beside(sentence, frame) if frame.quotes else ():
            by_quotation.setdefault(quotation, speaker)
        for draft in reading.drafts:
            is_free = id(draft) not in speakers or _is_first_person(reading, draft)
            if is_free and _covers(reading, frame, draft):
                speakers[id(draft)] = speaker


def _beside(sentence: Sentence, frame: Frame) -> set[int]:
    """Return the numbers of the quotations of the sentence, where the frame itself is in none."""
    own = sentence.words[frame.start].quotation
    return {word.quotation for word in sentence.words if word.quotation >= 0} - {own}


def _covers(reading: Reading, frame: Frame, draft: Draft) -> bool:
    """Return whether an inserted frame vouches for a claim outside quotations."""
    sentence = reading.sentence
    quotation = _quotation(sentence, draft)
    if sentence.lower(frame.end) == ":" and draft.words[0] < frame.start:
        return False  # "Dunne is keen and said: …"
    if quotation >= 0:
        return (
            quotation in _beside(sentence, frame)
            if frame.quotes
            else (
                sentence.words[frame.start].quotation == quotation and draft.words[0] < frame.start
            )
        )
    first = min((word for other in reading.drafts for word in other.words), default=0)
    if first > frame.start:
        return True  # it stands in front
    if draft.words[0] < frame.start:
        return not _hard_between(sentence, draft.words[-1], frame.start)
    inserted = any(
        other.words[0] < frame.start
        and any(w > frame.end and sentence.tag(w) not in _LOOSE for w in other.words)
        for other in reading.drafts
    )
    return inserted and draft.words[0] > frame.end + 1


def _hard_between(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.lower(index) in {";", ":"} for index in range(first, last))


def _quotation(sentence: Sentence, draft: Draft) -> int:
    """Return the quotation that most of the claim's words stand in, or -1."""
    numbers = [
        sentence.words[word].quotation for word in draft.words if not sentence.words[word].is_mark
    ]
    inside = [number for number in numbers if number >= 0]
    return max(set(inside), key=inside.count) if 3 * len(inside) > 2 * len(numbers) else -1


def _is_speech(reading: Reading, draft: Draft) -> bool:
    """Return whether the quotation is a sentence of its own, not words in another's sentence."""
    if reading.sentence.is_heading:
        return True
    outside = [word for word in reading.sentence.words if word.quotation < 0 and not word.is_mark]
    return not outside or reading.sentence.is_hard(min(draft.words) - 2)


def _is_first_person(reading: Reading, draft: Draft) -> bool:
    source = draft.source
    return source is not None and all(
        reading.sentence.lower(word) in _FIRST_PERSONS for word in range(*source)
    )


def _begins_quoted(sentence: Sentence) -> bool:
    first = next((word for word in sentence.words if not word.is_mark), None)
    return first is not None and first.quotation >= 0


def _last_quotation(sentence: Sentence) -> int:
    numbers = [word.quotation for word in sentence.words if word.quotation >= 0]
    return numbers[-1] if numbers else -1


def span_of(sentence: Sentence, words: tuple[int, int] | None) -> Span | None:
    """Return the span of a range of words, without marks at its edges; None for None."""
    if words is None:
        return None
    start, end = words
    while start < end and sentence.words[start].is_mark:
        start += 1
    while end > start and sentence.words[end - 1].is_mark:
        if sentence.closes_bracket(start, end - 1):
            break
        end -= 1
    if start == end:
        return None
    return Span(sentence.words[start].span.start, sentence.words[end - 1].span.end)
