"""A clause of a German sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from bicorpus.claims.german.openers import Kind, Opener

_FINAL = frozenset({Kind.ADVERBIAL, Kind.CONDITION, Kind.COMPLEMENT, Kind.QUESTION, Kind.RELATIVE})


@dataclass(eq=False, slots=True)
class Clause:
    """A clause of a sentence, still growing.

    `parts` are its word ranges; `verb` its finite verb; `parent` the clause that it depends on;
    `joined_to` the clause that a coordinator ties it to; `before` the mark in front of it.
    """

    kind: Kind
    parts: list[tuple[int, int]]
    verb: int | None
    opener: Opener | None
    parent: Clause | None
    before: str
    joiner: int | None = None
    joined_to: Clause | None = None
    quotation: int | None = None
    children: list[Clause] = field(default_factory=list)
    is_inserted: bool = False

    @property
    def first(self) -> int:
        """Index of its first word."""
        return self.parts[0][0]

    @property
    def last(self) -> int:
        """Index behind its last word."""
        return self.parts[-1][1]

    @property
    def is_final(self) -> bool:
        """Whether it is a clause with its verb at the end."""
        return self.kind in _FINAL

    @property
    def is_verb_first(self) -> bool:
        """Whether the finite verb is its first word."""
        return self.verb == self.first

    def indices(self) -> list[int]:
        """Return the indices of its own words and the marks inside its parts."""
        return [index for first, last in self.parts for index in range(first, last)]
