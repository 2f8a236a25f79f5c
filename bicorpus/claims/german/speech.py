"""Who speaks over sentence borders: quotations, chains of Konjunktiv I, "demnach"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.sentence import Draft, Reading

_NOBODY = Frame(None, None)


class Speech:
    """Follows the readings of a document and fills in the frames that a sentence lacks."""

    def __init__(self) -> None:
        """Begin with nobody speaking."""
        self._speaker: Frame | None = None
        self._quoted: Frame | None = None
        self._is_chain = False

    def follow(self, paragraph: Sequence[Reading]) -> None:
        """Fill in the frames of the sentences of one paragraph, in order."""
        quotations = _quotation_frames(paragraph)
        self._quoted = None
        for reading in paragraph:
            self._fill_speaker(reading, quotations)
            for number, frame in reading.quotations.items():
                quotations[number] = reading.quotations[number]
                self._quoted = quotations.get(number, frame)
            is_chain = False
            before: Frame | None = None
            for draft in reading.drafts:
                if draft.frame is None and draft.mood in {"reported", "unreal"}:
                    draft.frame = before if draft.quotation is None else None
                if reading.is_title and draft.quotation is not None and draft.frame is None:
                    # Who spoke in the text above is not who a heading quotes.
                    draft.frame = quotations.get(draft.quotation, _NOBODY)
                draft.frame = self._frame(draft, quotations, reading.speaker)
                is_reported = draft.mood == "reported" and draft.quotation is None
                before = draft.frame if is_reported and draft.is_main else before
                is_told = draft.frame is not None and draft.quotation is None
                is_chain |= draft.is_main and (is_told or draft.mood == "reported")
                draft.hedged |= draft.frame is not None and draft.frame.hedges
            self._is_chain = is_chain or (self._is_chain and not reading.drafts)
            if reading.speaker is not None and not reading.is_title:
                self._speaker = reading.speaker
        for place, reading in enumerate(paragraph):
            if reading.tells_before is not None:
                _tell(paragraph[:place], reading.tells_before)

    def _fill_speaker(self, reading: Reading, quotations: dict[int, Frame]) -> None:
        """Give "demnach" and "hieß es" the one who spoke before."""
        before = self._speaker

        def filled(frame: Frame | None) -> Frame | None:
            if frame is None or not frame.takes_speaker or frame.source is not None:
                return frame
            return replace(frame, source=before.source if before is not None else None)

        for draft in reading.drafts:
            draft.frame = filled(draft.frame)
        reading.speaker = filled(reading.speaker)
        for number, frame in list(reading.quotations.items()):
            new = filled(frame)
            if new is not None:
                reading.quotations[number] = new
                if quotations.get(number) is frame:
                    quotations[number] = new

    def _frame(  # noqa: PLR0911 - one return a way to speak on
        self, draft: Draft, quotations: dict[int, Frame], speaker: Frame | None
    ) -> Frame | None:
        if draft.frame is not None:
            around = quotations.get(draft.quotation or 0) or self._quoted
            if draft.frame.is_first_person and draft.quotation is not None and around:
                return replace(around, hedges=around.hedges or draft.frame.hedges)
            return draft.frame
        if draft.quotation is not None:
            frame = quotations.get(draft.quotation)
            return frame or self._quoted or self._speaker_or_nobody()
        if draft.mood == "reported" and not draft.is_main and speaker is not None:
            return speaker
        if draft.mood == "reported":
            return self._speaker_or_nobody()
        if draft.mood == "unreal" and self._is_chain and draft.is_main:
            return self._speaker
        return None

    def _speaker_or_nobody(self) -> Frame:
        return self._speaker or _NOBODY


def _tell(paragraph: Sequence[Reading], frame: Frame) -> None:
    """Give the claims that nobody vouches for to who is named behind them.

    "Das teilte die Stadt mit" tells the sentence in front of it, and what the paragraph began
    with where it is all of one kind: a lead of several sentences.
    """
    for reading in reversed(paragraph):
        if any(draft.frame not in {None, _NOBODY} for draft in reading.drafts):
            return
        if reading is not paragraph[-1] and reading.speaks:
            return
        for draft in reading.drafts:
            draft.frame = frame


def _quotation_frames(paragraph: Sequence[Reading]) -> dict[int, Frame]:
    """Return the frames of the paragraph's quotations; one behind a colon is the speaker's."""
    frames: dict[int, Frame] = {}
    for reading in paragraph:
        frames.update(reading.quotations)
    for before, after in itertools.pairwise(paragraph):
        if before.opens is not None and after.words:
            number = after.words[0].quotation
            if number is not None:
                frames.setdefault(number, before.opens)
    return frames
