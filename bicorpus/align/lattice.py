"""The lattice of all alignments: best path, and how probable each bead is.

A node (i, j) stands between sentences: i of the source and j of the target are behind it. A bead
of shape (m, n) leads from (i, j) to (i + m, j + n). Row i holds the nodes (i, j) for the columns
`low[i]` to `low[i] + width - 1`; what lies outside is not looked at. Arrays may have further
axes before the columns: several lattices of one size at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
# Closed, as a log weight: exp() of it is 0, and sums of it keep their decimals.
CLOSED = -1e4


@dataclass(frozen=True, slots=True)
class Lattice:
    """Scores of the beads that start at each node.

    `scores[i]` has shape (shapes, ..., width of row i); `shapes` are (m, n), the addition (0, 1)
    first. The last row is that of the end of the source.
    """

    shapes: Sequence[tuple[int, int]]
    low: Sequence[int]
    scores: Sequence[NDArray[numpy.floating[Any]]]

    def __post_init__(self) -> None:
        if self.shapes[0] != (0, 1):
            raise ValueError("the addition (0, 1) comes first")


def _overlap(low: int, width: int, to_low: int, to_width: int, step: int) -> tuple[slice, slice]:
    """Return which columns of a row reach which of another when `step` columns are added."""
    start = max(low + step, to_low)
    end = max(min(low + width + step, to_low + to_width), start)
    return slice(start - step - low, end - step - low), slice(start - to_low, end - to_low)


def forward(lattice: Lattice) -> list[Floats]:
    """Return the log of the summed weight of all paths from the start to each node."""
    rows: list[Floats] = []
    for i, scores in enumerate(lattice.scores):
        base = numpy.full(scores.shape[1:], CLOSED * 10)
        if i == 0:
            base[..., 0] = 0.0
        for index, (m, n) in enumerate(lattice.shapes):
            if 1 <= m <= i:
                here, there = _reach(lattice, i - m, i, n)
                reached = rows[i - m][..., here] + lattice.scores[i - m][index][..., here]
                base[..., there] = numpy.logaddexp(base[..., there], reached)
        walked = _walked(scores[0])
        rows.append(numpy.logaddexp.accumulate(base - walked, axis=-1) + walked)
    return rows


def backward(lattice: Lattice) -> list[Floats]:
    """Return the log of the summed weight of all paths from each node to the end."""
    count = len(lattice.scores)
    rows: list[Floats] = [numpy.zeros(0)] * count
    for i in range(count - 1, -1, -1):
        scores = lattice.scores[i]
        base = numpy.full(scores.shape[1:], CLOSED * 10)
        if i == count - 1:
            base[..., -1] = 0.0
        for index, (m, n) in enumerate(lattice.shapes):
            if m >= 1 and i + m < count:
                here, there = _reach(lattice, i, i + m, n)
                reached = rows[i + m][..., there] + scores[index][..., here]
                base[..., here] = numpy.logaddexp(base[..., here], reached)
        walked = _walked(scores[0])
        turned = numpy.flip(base + walked, axis=-1)
        rows[i] = numpy.flip(numpy.logaddexp.accumulate(turned, axis=-1), axis=-1) - walked
    return rows


def _reach(lattice: Lattice, i: int, to: int, step: int) -> tuple[slice, slice]:
    return _overlap(
        lattice.low[i],
        lattice.scores[i].shape[-1],
        lattice.low[to],
        lattice.scores[to].shape[-1],
        step,
    )


def _walked(additions: NDArray[numpy.floating[Any]]) -> Floats:
    """Return the sum of the additions from the row's first column to each."""
    walked = numpy.zeros(additions.shape)
    numpy.cumsum(additions[..., :-1], axis=-1, out=walked[..., 1:])
    return walked


def posteriors(lattice: Lattice) -> tuple[list[Floats], Floats]:
    """Return the probability of each bead, shaped as the scores, and the log of the whole."""
    before, after = forward(lattice), backward(lattice)
    whole = after[0][..., 0]
    rows = []
    for i, scores in enumerate(lattice.scores):
        row = numpy.zeros(scores.shape)
        for index, (m, n) in enumerate(lattice.shapes):
            if i + m < len(lattice.scores):
                here, there = _reach(lattice, i, i + m, n)
                log = before[i][..., here] + scores[index][..., here] + after[i + m][..., there]
                row[index][..., here] = numpy.exp(numpy.minimum(log - whole[..., None], 0.0))
        rows.append(row)
    return rows, whole


def best_path(lattice: Lattice) -> list[tuple[int, int, int]]:
    """Return the best path as (i, j, index of the shape), in order.

    Of equal paths the one with the earlier shape is taken, so that the result is always the same.
    """
    rows: list[Floats] = []
    choices: list[NDArray[numpy.int8]] = []
    for i, scores in enumerate(lattice.scores):
        base = numpy.full(scores.shape[-1], -numpy.inf)
        choice = numpy.zeros(scores.shape[-1], dtype=numpy.int8)
        if i == 0:
            base[0] = 0.0
        for index, (m, n) in enumerate(lattice.shapes):
            if 1 <= m <= i:
                here, there = _reach(lattice, i - m, i, n)
                reached = rows[i - m][here] + lattice.scores[i - m][index][here]
                better = reached > base[there]
                base[there][better] = reached[better]
                choice[there][better] = index
        walked = _walked(scores[0])
        reached_best = numpy.maximum.accumulate(base - walked)
        choice[reached_best > base - walked] = 0
        rows.append(reached_best + walked)
        choices.append(choice)
    return _trace(lattice, choices)


def _trace(lattice: Lattice, choices: list[NDArray[numpy.int8]]) -> list[tuple[int, int, int]]:
    i = len(choices) - 1
    j = lattice.low[i] + len(choices[i]) - 1
    path = []
    while (i, j) != (0, 0):
        index = int(choices[i][j - lattice.low[i]])
        m, n = lattice.shapes[index]
        i, j = i - m, j - n
        if i < 0 or j < lattice.low[i]:
            raise ValueError("the corridor is cut: no path leads through it")
        path.append((i, j, index))
    path.reverse()
    return path
