"""Who says which clause of a sentence: what the finders of frames fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.verbs import read_finite
from bicorpus.claims.wording import Word


class Ties:
    """The frames of a sentence's clauses.

    `frames` gives a clause the frame that holds for it and what hangs on it; `saying` are the
    clauses that are frames and no claims; `said` the complements; `quotations` the frames of
    quotations by number; `guessed` the clauses whose frame is only the subject before them, which
    any other frame overrides; `framed` the words that are frames themselves ("laut Polizei").
    """

    def __init__(
        self, words: Sequence[Word], clauses: Sequence[Clause], framed: frozenset[int]
    ) -> None:
        """Begin with nobody saying anything."""
        self.words = words
        self.clauses = clauses
        self.framed = framed
        self.frames: dict[int, Frame] = {}
        self.saying: set[int] = set()
        self.said: set[int] = set()
        self.quotations: dict[int, Frame] = {}
        self.guessed: set[int] = set()

    def mood(self, clause: Clause) -> str:
        """Return the mood of a clause's finite verb."""
        return "none" if clause.verb is None else read_finite(self.words, clause.verb).mood

    def indices(self, clause: Clause) -> list[int]:
        """Return the clause's words without those of frames."""
        return [index for index in clause.indices() if index not in self.framed]

    def quotation_of(self, clause: Clause) -> int | None:
        """Return the quotation that the clause's verb and beginning stand in."""
        first = self.words[clause.first].quotation
        verb = self.words[clause.verb].quotation if clause.verb is not None else first
        return verb if verb == first else None

    def is_clausal(self, number: int) -> bool:
        """Return whether the quotation holds more than a phrase of a clause outside."""
        partial = any(
            clause.verb is not None
            and self.words[clause.verb].quotation != number
            and not clause.is_inserted
            and any(self.words[index].quotation == number for index in clause.indices())
            for clause in self.clauses
        )
        return not partial

    def give(self, number: int, frame: Frame) -> None:
        """Give the frame to the clauses in the quotation with `number` that have none."""
        for place, other in enumerate(self.clauses):
            if place not in self.frames and self.quotation_of(other) == number:
                self.frames[place] = frame

    def say(self, index: int, place: int, frame: Frame) -> None:
        """Note that the clause at `index` says the one at `place`."""
        self.saying.add(index)
        self.said.add(place)
        around = self.frames.get(place)
        if around is not None and frame.is_first_person:
            frame = replace(around, hedges=around.hedges or frame.hedges)
        self.frames[place] = frame
