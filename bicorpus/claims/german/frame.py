"""What a claim is attributed by: who says it, with what words."""

from __future__ import annotations

from dataclasses import dataclass

from bicorpus.data import Span, Stance


@dataclass(frozen=True, slots=True)
class Frame:
    """Who says something: `source` and `cue` as spans, what it does to the claim.

    `indices` are the words that the frame takes out of the claim; `takes_subject` and
    `takes_speaker` mean that the source is the clause's subject, or who spoke last;
    `is_first_person` that it is "ich", "wir", "man" or what shows something: inside a quotation its
    speaker vouches.
    """

    source: Span | None
    cue: Span | None
    stance: Stance = "asserted"
    hedges: bool = False
    indices: frozenset[int] = frozenset()
    takes_subject: bool = False
    takes_speaker: bool = False
    is_first_person: bool = False
