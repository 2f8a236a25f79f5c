"""The aligner's own noun: a bead that was found, with its score and its reason."""

from __future__ import annotations

from dataclasses import dataclass

from bicorpus.data import Span


@dataclass(frozen=True, slots=True)
class AlignedBead:
    """Sentences that translate each other, by index; an empty span is a drop or an addition.

    `score` in [0, 1] is the calibrated probability that the bead is right; `crossing` is true
    where the sentences changed places with others; `reason` says in words what was found.
    """

    source: Span
    target: Span
    score: float
    reason: str
    crossing: bool = False
