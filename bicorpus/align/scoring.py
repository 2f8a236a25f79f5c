"""Joins the evidence with the fitted weights into the lattice of a text pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy
from numpy.typing import NDArray

from bicorpus.align.bags import Floats
from bicorpus.align.corridor import Corridor
from bicorpus.align.evidence import Evidence
from bicorpus.align.lattice import CLOSED, Lattice
from bicorpus.align.likeness import Shape

# Two or three neighbours in reverse order: pairs that are scored as 1-1 beads, each in its place.
CROSSINGS = (2, 3)
_ROWS = 32


def lattice_shapes(evidence: Evidence) -> tuple[Shape, ...]:
    """Return the shapes of a lattice: the plain beads, then the crossings."""
    return (*evidence.shapes, *((size, size) for size in CROSSINGS))


def block_scores(
    evidence: Evidence,
    weights: Mapping[str, float],
    rows: tuple[int, int],
    columns: tuple[int, int],
) -> Floats:
    """Return the scores of the beads that start in a block of nodes.

    Shape (shapes, rows, columns); beads that lead over the end of a side are closed.
    """
    shapes = lattice_shapes(evidence)
    reach = max(CROSSINGS) - 1
    wide = (rows[0], rows[1] + reach), (columns[0], columns[1] + reach)
    height, width = rows[1] - rows[0], columns[1] - columns[0]
    scores = numpy.zeros((len(evidence.shapes), height + reach, width + reach))
    for index, name, values in evidence.features(*wide):
        weight = weights.get(name, 0.0)
        if weight:
            scores[index] += weight * values
    single = scores[evidence.shapes.index((1, 1))]
    result = numpy.full((len(shapes), height, width), CLOSED)
    result[: len(evidence.shapes)] = scores[:, :height, :width]
    for index, size in enumerate(CROSSINGS, start=len(evidence.shapes)):
        result[index] = weights.get(f"crossing.{size}", CLOSED)
        for step in range(size):
            back = size - 1 - step
            result[index] += single[step : step + height, back : back + width]
    for index, shape in enumerate(shapes):
        result[index][~evidence.fits(rows, columns, shape)] = CLOSED
    return result


def make_lattice(evidence: Evidence, weights: Mapping[str, float], corridor: Corridor) -> Lattice:
    """Return the lattice of a text pair within the corridor."""
    scores: list[NDArray[numpy.float32]] = []
    count = evidence.size[0] + 1
    for start, end in _stretches(corridor, count):
        first, last = corridor.low[start], corridor.high[end - 1]
        block = block_scores(evidence, weights, (start, end), (first, last))
        for i in range(start, end):
            row = block[:, i - start, corridor.low[i] - first : corridor.high[i] - first]
            # Single precision halves the memory; the paths are summed in double.
            scores.append(row.astype(numpy.float32))
    return Lattice(lattice_shapes(evidence), corridor.low, scores)


def _stretches(corridor: Corridor, count: int) -> Iterable[tuple[int, int]]:
    """Yield runs of rows whose columns lie close together."""
    start = 0
    while start < count:
        end = min(start + _ROWS, count)
        # Where the corridor leaps, a block of many rows would be mostly outside of it.
        while end - start > 1 and _is_wasteful(corridor, start, end):
            end = start + (end - start + 1) // 2
        yield start, end
        start = end


def _is_wasteful(corridor: Corridor, start: int, end: int) -> bool:
    area = (end - start) * (corridor.high[end - 1] - corridor.low[start])
    inside = sum(corridor.high[i] - corridor.low[i] for i in range(start, end))
    return area > 4 * inside + 20_000


def null_scores(evidence: Evidence, weights: Mapping[str, float]) -> tuple[Floats, Floats]:
    """Return the score of leaving out each sentence of the source, and of the target."""
    scores = [numpy.zeros(size) for size in evidence.size]
    for index, name, values in evidence.null_features((0, evidence.size[0]), (0, evidence.size[1])):
        # The first shape is the addition, which is the target's.
        scores[1 - index] += weights.get(name, 0.0) * values.reshape(-1)
    return scores[0], scores[1]
