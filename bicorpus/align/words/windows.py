"""Long pairs in windows: which pieces of two texts are compared with each other.

simalign cuts a text at 512 pieces. Here a pair of up to `MOST_CELLS` comparisons is one table, as
in simalign; a longer one is cut into windows that overlap and follow the likeness of the texts'
stretches, so that cost grows with the length and no word is linked with one pages away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy

from bicorpus.align.words.linking import Floats, Integers, Vectors

# 1,024 pieces a side: five times the longest sentence, and twice what simalign takes.
MOST_CELLS = 2**20
# Pieces of a stretch, some two sentences: enough that its mean vector tells it from others. A text
# of more than a thousand stretches has longer ones.
_STRETCH = 64
_MOST_STRETCHES = 1000
# Stretches of a window whose links are kept, and those around them that are compared, too.
_CORE = 6
_MARGIN = 1
_TARGET_MARGIN = 2


@dataclass(frozen=True, slots=True)
class PairWindow:
    """Pieces of either side that are compared; links from source pieces of `core` are kept."""

    source: slice
    target: slice
    core: slice


def cut_pair(source: Vectors, target: Vectors) -> Iterator[PairWindow]:
    """Yield the windows of a pair of unit rows float32 [m, d], [n, d]; the cores tile the source.

    Nothing is yielded where a side has no pieces.
    """
    rows, columns = len(source), len(target)
    if not rows or not columns:
        return
    if rows * columns <= MOST_CELLS:
        yield PairWindow(slice(0, rows), slice(0, columns), slice(0, rows))
        return
    size = max(_STRETCH, -(-max(rows, columns) // _MOST_STRETCHES))
    first, last = _likely_path(_stretches(source, size), _stretches(target, size))
    for start in range(0, len(first), _CORE):
        end = min(start + _CORE, len(first))
        outer = slice(max(start - _MARGIN, 0), end + _MARGIN)
        left = max(int(first[outer].min()) - _TARGET_MARGIN, 0)
        right = int(last[outer].max()) + 1 + _TARGET_MARGIN
        yield PairWindow(
            slice(outer.start * size, min(outer.stop * size, rows)),
            slice(left * size, min(right * size, columns)),
            slice(start * size, min(end * size, rows)),
        )


def _stretches(vectors: Vectors, size: int) -> Floats:
    """Return the mean directions of stretches, without what they all share: [stretches, d]."""
    sums = numpy.add.reduceat(vectors, numpy.arange(0, len(vectors), size), dtype=numpy.float64)
    means = sums / numpy.linalg.norm(sums, axis=1, keepdims=True).clip(1e-9)
    means -= means.mean(axis=0)
    units: Floats = means / numpy.linalg.norm(means, axis=1, keepdims=True).clip(1e-9)
    return units


def _likely_path(source: Floats, target: Floats) -> tuple[Integers, Integers]:
    """Return the first and the last target stretch of each source stretch.

    They are those of the monotone path whose steps in both texts at once have the greatest sum of
    likenesses, as for a longest common subsequence.
    """
    likeness = (source @ target.T).clip(0.0) + 1e-3
    rows, columns = likeness.shape
    sums = numpy.zeros((rows + 1, columns + 1))
    for row in range(rows):
        reached = numpy.maximum(sums[row, 1:], sums[row, :-1] + likeness[row])
        sums[row + 1, 1:] = numpy.maximum.accumulate(reached)
    first = numpy.full(rows, columns - 1, dtype=numpy.int64)
    last = numpy.zeros(rows, dtype=numpy.int64)
    row, column = rows, columns
    while row and column:
        first[row - 1] = min(first[row - 1], column - 1)
        last[row - 1] = max(last[row - 1], column - 1)
        if sums[row, column] == sums[row, column - 1]:
            column -= 1
        elif sums[row, column] == sums[row - 1, column]:
            row -= 1
        else:
            row, column = row - 1, column - 1
    first[: max(row, 1)] = 0  # what the path left when it reached either beginning
    return first, last
