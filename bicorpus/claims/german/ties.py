"""Who says which clause of a sentence: what the finders of frames fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.saying import subject_span
from bicorpus.claims.german.verbs import read_finite
from bicorpus.claims.wording import Word
from bicorpus.data import Span


def shared_subject(ties: Ties, index: int) -> Span | None:
    """Return the subject of the clause that "… und sagte, …" at `index` goes on with."""
    clause = ties.clauses[index]
    for before in reversed(ties.clauses[:index]):
        if before.kind is clause.kind and before.verb is not None:
            source = subject_span(ties.words, before, before.indices())
            if source is not None:
                return source
    return None


class Ties:
    """The frames of a sentence's clauses.

    `frames` gives a clause the frame that holds for it and what hangs on it; `saying` are the
    clauses that are frames and no claims; `said` the complements; `quotations` the frames of
    quotations by number; `guessed` the clauses whose frame is only the subject before them, which
    any other frame overrides; `framed` the words that are frames themselves ("laut Polizei");
    `left_out` those that open a clause and are its frame ("…, laut dem").
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
        self.left_out: set[int] = set()

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
        """Give the frame to the clauses in the quotation with `number` that have none.

        „… dass die Brücke hält“: a complement that the quotation begins with is said, too.
        """
        for place, other in enumerate(self.clauses):
            if place in self.frames or self.quotation_of(other) != number:
                continue
            self.frames[place] = frame
            parent = other.parent
            if other.kind is Kind.COMPLEMENT and (
                parent is None or self.quotation_of(parent) != number
            ):
                self.said.add(place)

    def say(self, index: int, place: int, frame: Frame) -> None:
        """Note that the clause at `index` says the one at `place`."""
        self.saying.add(index)
        self.said.add(place)
        around = self.frames.get(place)
        if around is not None and frame.is_first_person:
            frame = replace(around, hedges=around.hedges or frame.hedges)
        self.frames[place] = frame
