"""How well sentences were aligned, against gold: strict and lax, as vecalign counts.

Strict: a bead is right if gold has the same one. Lax: it is right, too, if it shares a source
sentence and a target sentence with a gold bead. Drops and additions count for precision only (an
invented one is wrong), since recall asks for what was paired (Thompson & Koehn, 2019).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

NumberedBead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean, each in [0, 1]; 1 where nothing was asked."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class BeadScore:
    """Counts of beads, pooled over texts; they add up."""

    predicted: int = 0
    predicted_right: int = 0
    predicted_lax: int = 0
    gold: int = 0
    gold_found: int = 0
    gold_lax: int = 0

    def __add__(self, other: BeadScore) -> BeadScore:
        return BeadScore(
            self.predicted + other.predicted,
            self.predicted_right + other.predicted_right,
            self.predicted_lax + other.predicted_lax,
            self.gold + other.gold,
            self.gold_found + other.gold_found,
            self.gold_lax + other.gold_lax,
        )

    @property
    def strict(self) -> Rates:
        """Rates of the beads that are the same on both sides."""
        return Rates(
            _share(self.predicted_right, self.predicted), _share(self.gold_found, self.gold)
        )

    @property
    def lax(self) -> Rates:
        """Rates of the beads that overlap on both sides."""
        return Rates(_share(self.predicted_lax, self.predicted), _share(self.gold_lax, self.gold))


def score_beads(gold: Iterable[NumberedBead], predicted: Iterable[NumberedBead]) -> BeadScore:
    """Compare the beads of one text, given as sentence numbers; empty on both sides is no bead."""
    wanted = {bead for bead in gold if any(bead)}
    found = {bead for bead in predicted if any(bead)}
    wanted_pairs = {bead for bead in wanted if all(bead)}
    found_pairs = {bead for bead in found if all(bead)}
    right, lax = _agree(found, wanted)
    gold_right, gold_lax = _agree(wanted_pairs, found_pairs)
    return BeadScore(len(found), right, lax, len(wanted_pairs), gold_right, gold_lax)


def _agree(beads: set[NumberedBead], others: set[NumberedBead]) -> tuple[int, int]:
    """Return how many of `beads` are among `others`, and how many are or overlap with one."""
    linked: dict[int, set[int]] = defaultdict(set)
    for source, target in others:
        for number in source:
            linked[number].update(target)
    same = lax = 0
    for source, target in beads:
        if (source, target) in others:
            same += 1
            lax += 1
        elif any(linked[number].intersection(target) for number in source):
            lax += 1
    return same, lax


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
