"""A conditional random field over the alignments of a text pair, fitted by L-BFGS.

The features are those of `bicorpus.align.evidence`, the paths those of `bicorpus.align.lattice`.
Texts are cut into pieces at gold borders and laid side by side, so that numpy does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy
from numpy.typing import NDArray
from scipy.optimize import minimize

from bicorpus.align.evidence import Evidence
from bicorpus.align.lattice import CLOSED, Lattice, posteriors
from bicorpus.align.scoring import CROSSINGS, lattice_shapes

Floats = NDArray[numpy.float64]
# Pieces of some twenty sentences: the field's rows stay short, the borders are few.
_PIECE = 20
_BATCHES = 6
# Steps until the axes are turned anew.
_STAGES = (8, 8, 8, 16)
# A stage ends with a step that gains less than this share of the loss.
_TOLERANCE = 1e-5
# Beads this sure, or this unlikely, curve nothing.
_NEGLIGIBLE = 1e-4


@dataclass(frozen=True)
class Piece:
    """A stretch between gold borders: features (shapes, rows, columns, names), gold shapes."""

    features: NDArray[numpy.float32]
    shapes: tuple[tuple[int, int], ...]
    gold: list[tuple[int, int]]


def feature_names(evidence: Evidence) -> list[str]:
    """Return the names of all features that the evidence has, and those of the crossings."""
    names = {name for _, name, _ in evidence.features((0, 1), (0, 1))}
    return [*sorted(names), *(f"crossing.{size}" for size in CROSSINGS)]


def make_pieces(
    evidence: Evidence, gold: Sequence[tuple[int, int]], names: Sequence[str]
) -> list[Piece]:
    """Return the pieces of a text pair whose beads have the shapes `gold`, in order."""
    pieces = []
    start = here = (0, 0)
    beads: list[tuple[int, int]] = []
    for number, (m, n) in enumerate(gold, 1):
        here = (here[0] + m, here[1] + n)
        beads.append((m, n))
        is_border = (m, n) == (1, 1) and here[0] - start[0] >= _PIECE
        if number == len(gold) or (is_border and evidence.size[0] - here[0] > _PIECE // 2):
            pieces.append(_make_piece(evidence, start, here, beads, names))
            start, beads = here, []
    return pieces


def _make_piece(
    evidence: Evidence,
    start: tuple[int, int],
    end: tuple[int, int],
    gold: list[tuple[int, int]],
    names: Sequence[str],
) -> Piece:
    shapes = lattice_shapes(evidence)
    index = {name: place for place, name in enumerate(names)}
    height, width = end[0] - start[0] + 1, end[1] - start[1] + 1
    reach = max(CROSSINGS) - 1
    wide = numpy.zeros(
        (len(shapes), height + reach, width + reach, len(names)), dtype=numpy.float32
    )
    block = (start[0], end[0] + 1 + reach), (start[1], end[1] + 1 + reach)
    for shape, name, values in evidence.features(*block):
        if name in index:
            wide[shape, :, :, index[name]] += values
    single = wide[shapes.index((1, 1))]
    features = wide[:, :height, :width].copy()
    for place, size in enumerate(CROSSINGS, start=len(evidence.shapes)):
        features[place, ..., index[f"crossing.{size}"]] = 1.0
        for step in range(size):
            back = size - 1 - step
            features[place] += single[step : step + height, back : back + width]
    return Piece(features, shapes, gold)


class Batch:
    """Pieces side by side, padded: beyond its end a piece has one free way to the common end.

    `features` have the axes (piece, row, shape, column, name), all else (row, shape, piece,
    column), as a lattice of several pieces wants it.
    """

    def __init__(self, pieces: Sequence[Piece], columns: Sequence[int]) -> None:
        self.shapes = pieces[0].shapes
        rows = max(piece.features.shape[1] for piece in pieces)
        width = max(piece.features.shape[2] for piece in pieces)
        size = (rows, len(self.shapes), len(pieces), width)
        self.features = numpy.zeros(
            (len(pieces), rows, len(self.shapes), width, len(columns)), dtype=numpy.float32
        )
        self.closed = numpy.full(size, CLOSED, dtype=numpy.float32)
        self.gold = numpy.zeros(size, dtype=numpy.float32)
        self.either: list[tuple[int, int, int, int, int]] = []
        for number, piece in enumerate(pieces):
            self._lay(number, piece, columns)

    def _lay(self, number: int, piece: Piece, columns: Sequence[int]) -> None:
        _, rows, width, _ = piece.features.shape
        laid = self.features[number]
        laid[:rows, :, :width] = piece.features[..., columns].transpose(1, 0, 2, 3)
        for index, (m, n) in enumerate(self.shapes):
            self.closed[: max(rows - m, 0), index, number, : max(width - n, 0)] = 0.0
        # The free way: additions along the piece's last row, then drops along the last column.
        self.closed[rows - 1, 0, number, width - 1 :] = 0.0
        laid[rows - 1, 0, width - 1 :] = 0.0
        self.closed[rows - 1 :, 1, number, -1] = 0.0
        laid[rows - 1 :, 1, -1] = 0.0
        self.gold[rows - 1, 0, number, width - 1 : -1] = 1.0
        self.gold[rows - 1 : -1, 1, number, -1] = 1.0
        i = j = 0
        for m, n in piece.gold:
            index = self.shapes.index((m, n))
            if (m, n) in {(size, size) for size in CROSSINGS}:
                # Gold does not say whether a 2-2 bead is crossed: what fits better is taken.
                crossed = len(self.shapes) - len(CROSSINGS) + CROSSINGS.index(m)
                self.either.append((i, j, number, index, crossed))
            self.gold[i, index, number, j] = 1.0
            i, j = i + m, j + n

    def likelihood(self, weights: Floats) -> tuple[float, Floats]:
        """Return the log likelihood of the gold paths and its gradient."""
        gold, chances, whole = self._weigh(weights)
        surplus = (self.gold - chances).transpose(2, 0, 1, 3).reshape(-1)
        return gold - whole, (surplus @ self._every).astype(numpy.float64)

    def curvature(self, weights: Floats) -> Floats:
        """Return the curvature of the likelihood, as if each bead were right or not by itself."""
        _, chances, _ = self._weigh(weights)
        spread = (chances * (1 - chances)).transpose(2, 0, 1, 3).reshape(-1)
        kept = spread > _NEGLIGIBLE
        rows = self._every[kept].astype(numpy.float64)
        curvature: Floats = (rows * spread[kept, None]).T @ rows
        return curvature

    @property
    def _every(self) -> NDArray[numpy.float32]:
        return self.features.reshape(-1, self.features.shape[-1])

    def _weigh(self, weights: Floats) -> tuple[float, NDArray[numpy.float32], float]:
        """Return the log weight of the gold paths, each bead's probability, and the whole's log."""
        single = weights.astype(numpy.float32)
        scores = (self.features @ single).transpose(1, 2, 0, 3) + self.closed
        for i, j, number, plain, crossed in self.either:
            is_crossed = scores[i, crossed, number, j] >= scores[i, plain, number, j]
            self.gold[i, crossed, number, j] = is_crossed
            self.gold[i, plain, number, j] = not is_crossed
        lattice = Lattice(self.shapes, [0] * len(scores), list(scores.astype(numpy.float64)))
        chances, whole = posteriors(lattice)
        gold = float((self.gold * scores).sum(dtype=numpy.float64))
        return gold, numpy.array(chances, dtype=numpy.float32), float(whole.sum())


def fit(
    pieces: Sequence[Piece],
    columns: Sequence[int],
    *,
    penalty: float,
    start: Floats | None = None,
) -> tuple[Floats, float]:
    """Return the weights of the features `columns`, and the loss that they leave.

    `penalty` is the weight of half the squared length of the weights (a Gaussian prior). The
    search begins at `start`, which saves most of its steps where that is near (the weights with
    one signal more). The loss has one minimum but for the crossings.
    """
    ordered = sorted(pieces, key=lambda piece: piece.features.shape[1:3])
    cuts = [len(ordered) * k // _BATCHES for k in range(_BATCHES + 1)]
    batches = [Batch(ordered[start:end], columns) for start, end in pairwise(cuts) if end > start]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.5 * penalty * float(weights @ weights), penalty * weights
        for batch in batches:
            likelihood, gradient = batch.likelihood(weights)
            total, slope = total - likelihood, slope - gradient
        return total, slope

    point = numpy.zeros(len(columns)) if start is None else start
    value = numpy.inf
    # The signals go together, and in their own axes the search creeps along valleys (230
    # evaluations, and not there yet); in those of the curvature forty will do.
    for steps in _STAGES:
        curvature = penalty * numpy.eye(len(columns))
        curvature += sum(batch.curvature(point) for batch in batches)
        axes = numpy.linalg.inv(numpy.linalg.cholesky(curvature)).T
        point, value = _descend_along(loss, point, axes, steps)
    return point, value


def _descend_along(
    loss: Callable[[Floats], tuple[float, Floats]], start: Floats, axes: Floats, steps: int
) -> tuple[Floats, float]:
    def turned(shift: Floats) -> tuple[float, Floats]:
        value, slope = loss(start + axes @ shift)
        return value, axes.T @ slope

    found = minimize(
        turned, numpy.zeros(len(start)), jac=True, method="L-BFGS-B",
        options={"maxiter": steps, "ftol": _TOLERANCE},
    )  # fmt: skip
    return start + axes @ found.x, float(found.fun)
