"""The lattice against plain enumeration of all its paths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bicorpus.align.lattice import Lattice, best_path, posteriors

SHAPES = ((0, 1), (1, 0), (1, 1), (2, 1), (1, 2), (2, 2))


def lattice_of(size: tuple[int, int], seed: int) -> Lattice:
    random = numpy.random.default_rng(seed)
    shape = (len(SHAPES), size[1] + 1)
    rows = [random.normal(size=shape) for _ in range(size[0] + 1)]
    return Lattice(SHAPES, [0] * (size[0] + 1), rows)


def paths(
    size: tuple[int, int], at: tuple[int, int] = (0, 0)
) -> Iterator[list[tuple[int, int, int]]]:
    if at == size:
        yield []
    for index, (m, n) in enumerate(SHAPES):
        to = at[0] + m, at[1] + n
        if to[0] <= size[0] and to[1] <= size[1]:
            for rest in paths(size, to):
                yield [(*at, index), *rest]


def weight(lattice: Lattice, path: list[tuple[int, int, int]]) -> float:
    return float(sum(lattice.scores[i][index][j] for i, j, index in path))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 10_000))
def test_best_path_is_the_best_of_all(rows: int, columns: int, seed: int) -> None:
    lattice = lattice_of((rows, columns), seed)
    best = max(paths((rows, columns)), key=lambda path: weight(lattice, path))
    assert best_path(lattice) == best


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 10_000))
def test_probabilities_are_shares_of_all_paths(rows: int, columns: int, seed: int) -> None:
    lattice = lattice_of((rows, columns), seed)
    every = list(paths((rows, columns)))
    weights = numpy.exp([weight(lattice, path) for path in every])
    found, whole = posteriors(lattice)
    assert float(whole) == pytest.approx(float(numpy.log(weights.sum())))
    expected = [numpy.zeros_like(row) for row in found]
    for path, share in zip(every, weights / weights.sum(), strict=True):
        for i, j, index in path:
            expected[i][index][j] += share
    for row, wanted in zip(found, expected, strict=True):
        numpy.testing.assert_allclose(row, wanted, atol=1e-9)


def test_a_corridor_holds_the_path_inside() -> None:
    full = lattice_of((4, 4), 7)
    low, high = [0, 0, 1, 2, 3], [3, 4, 5, 5, 5]
    rows = [
        numpy.ascontiguousarray(row[:, start:end])
        for row, start, end in zip(full.scores, low, high, strict=True)
    ]

    def is_inside(path: list[tuple[int, int, int]]) -> bool:
        nodes = [(i, j) for i, j, _ in path]
        return all(low[i] <= j < high[i] for i, j in nodes)

    best = max(filter(is_inside, paths((4, 4))), key=lambda path: weight(full, path))
    assert best_path(Lattice(SHAPES, low, rows)) == best
