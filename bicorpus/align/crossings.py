"""The bounded repair after the best path: sentences that moved over a few neighbours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from bicorpus.align.bags import dots
from bicorpus.align.beads import AlignedBead
from bicorpus.align.evidence import Evidence
from bicorpus.align.likeness import Signal
from bicorpus.align.reasons import reason_for
from bicorpus.align.scoring import block_scores
from bicorpus.align.weights import WeightSet

# A sentence that moved further than over so many beads is rather two sentences.
_REACH = 4
# The dropped and the added sentence are each other's best counterpart, or nearly so.
_SHARE_OF_BEST = 0.95


def find_moved(
    beads: Sequence[AlignedBead], evidence: Evidence, weights: WeightSet
) -> list[AlignedBead]:
    """Return the beads with a drop and an addition near by joined where they say the same."""
    taken: dict[int, AlignedBead | None] = {}
    for first, second in _candidates(beads):
        if first in taken or second in taken:
            continue
        i, j = beads[first].source.start, beads[second].target.start
        if not _look_alike(evidence, i, j):
            continue
        gain = _gain(evidence, weights, i, j)
        if gain > 0:
            score = weights.calibrated(1 / (1 + math.exp(-gain)))
            reason = reason_for(1, 1, crossing=True)
            taken[first] = AlignedBead(
                beads[first].source, beads[second].target, score, reason, crossing=True
            )
            taken[second] = None
    kept = (taken.get(index, bead) for index, bead in enumerate(beads))
    return [bead for bead in kept if bead is not None]


def _candidates(beads: Sequence[AlignedBead]) -> Iterator[tuple[int, int]]:
    """Yield (index of a drop, index of an addition) with something between them, nearest first."""
    drops = [index for index, bead in enumerate(beads) if not bead.target]
    additions = {index for index, bead in enumerate(beads) if not bead.source}
    for distance in range(1, _REACH + 1):
        for drop in drops:
            for other in (drop - distance, drop + distance):
                if other in additions:
                    yield drop, other


def _look_alike(evidence: Evidence, i: int, j: int) -> bool:
    return any(_is_best(signal, evidence, i, j) for signal in evidence.likeness)


def _is_best(signal: Signal, evidence: Evidence, i: int, j: int) -> bool:
    shared = float(dots(signal.source, (i, i + 1), signal.target, (j, j + 1))[0, 0])
    size = float(signal.source_masses[1, i] * signal.target_masses[1, j])
    source_best, target_best = evidence.best[signal.name]
    best = max(float(source_best[i]), float(target_best[j]))
    return size > 0 and best > 0 and shared / math.sqrt(size) >= _SHARE_OF_BEST * best


def _gain(evidence: Evidence, weights: WeightSet, i: int, j: int) -> float:
    """Return by how much the log odds of the pair beat those of the drop and the addition."""
    block = block_scores(evidence, weights.weights, (i, i + 1), (j, j + 1))[:, 0, 0]
    pair = block[evidence.shapes.index((1, 1))]
    nothing = block[evidence.shapes.index((0, 1))] + block[evidence.shapes.index((1, 0))]
    return float(pair - nothing + weights.weights.get("crossing.2", 0.0))
