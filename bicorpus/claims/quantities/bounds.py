"""Reads how exact a figure is meant to be: "rund", "mehr als", "up to", "or so"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from bicorpus.claims.quantities.phrases import Phrases, load_table
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.data import Language

Bound = Literal["exact", "about", "over", "under"]


@dataclass(frozen=True, slots=True)
class BoundCue:
    """A cue: the bound it sets, and the bounds a translation may take for it ("knapp": under)."""

    bound: Bound
    soft: frozenset[Bound]


def bound_before(tokens: Tokens, index: int) -> tuple[int, BoundCue] | None:
    """Return the start and the meaning of the cue that stands right before `index`."""
    return _cues(tokens.language, "before").before(tokens, index)


def bound_after(tokens: Tokens, index: int) -> tuple[int, BoundCue] | None:
    """Return the end and the meaning of the cue that stands at `index`."""
    return _cues(tokens.language, "after").at(tokens, index)


@cache
def _cues(language: Language, place: str) -> Phrases[BoundCue]:
    table: Phrases[BoundCue] = Phrases()
    for bound, where, cue, *soft in load_table(language, "quantity_bounds"):
        if where == place:
            others = frozenset(cast(Bound, other) for other in soft)
            table.add(cue, BoundCue(cast(Bound, bound), others), language)
    return table
