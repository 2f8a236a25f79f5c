"""What speaks for and against every bead of a text, as numbers that the fitted weights join.

Every number of a bead is scaled so that the beads of a path add up: likeness counts once a
sentence (half a sentence of either side), so that no path gains by having more or fewer beads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy
from numpy.typing import NDArray

from bicorpus.align.bags import Floats, dots
from bicorpus.align.lengths import CHARACTERS_PER_CHARACTER, VARIANCE_PER_CHARACTER
from bicorpus.align.likeness import (
    Limits,
    Shape,
    Signal,
    make_block,
    padded,
    root_of,
    span_sums,
    turned,
)

# Beyond five standard deviations a length says "no", and no louder.
_MOST_DEVIATION = 5.0


def shapes_up_to(most: int) -> tuple[Shape, ...]:
    """Return the shapes of beads with at most `most` sentences a side, the addition first.

    Where both sides have two or more, they have `most` together: larger ones are for the most
    part two beads.
    """
    uneven = [(1, n) for n in range(1, most + 1)] + [(m, 1) for m in range(2, most + 1)]
    even = [(m, n) for m in range(2, most) for n in range(2, most) if m + n <= most]
    return ((0, 1), (1, 0), *uneven, *even)


@dataclass(slots=True)
class Evidence:
    """All signals of a text pair. Sentences are rows; `marks` counts punctuation by kind.

    `likeness` are the signals compared by angle, `figures` is compared by what is shared and what
    is missing. `starts` are 1 where a sentence begins a paragraph, None where that is not known.
    """

    lengths: tuple[Floats, Floats]
    marks: tuple[Floats, Floats]
    likeness: Sequence[Signal]
    figures: Signal | None
    starts: tuple[Floats, Floats] | None
    most: int
    shapes: tuple[Shape, ...] = field(init=False)
    best: dict[str, tuple[Floats, Floats]] = field(init=False)

    def __post_init__(self) -> None:
        self.shapes = shapes_up_to(self.most)
        self.best = {
            signal.name: (numpy.zeros(self.size[0]), numpy.zeros(self.size[1]))
            for signal in self.likeness
        }

    @property
    def size(self) -> tuple[int, int]:
        """Number of sentences on either side."""
        return len(self.lengths[0]), len(self.lengths[1])

    def look_for_best(self, low: Sequence[int], high: Sequence[int], step: int = 32) -> None:
        """Note every sentence's greatest likeness to one of the other side, within the corridor.

        Sentence i of the source is compared with those from `low[i]` to `high[i]` (exclusive; the
        corridor's columns are nodes, so the last may lie behind the end).
        """
        for start in range(0, self.size[0], step):
            end = min(start + step, self.size[0])
            first, last = low[start], min(max(high[start:end]), self.size[1])
            if last <= first:
                continue
            columns = numpy.arange(first, last)
            inside = (columns >= numpy.array(low[start:end])[:, None]) & (
                columns < numpy.array(high[start:end])[:, None]
            )
            for signal in self.likeness:
                block = dots(signal.source, (start, end), signal.target, (first, last))
                root = root_of(
                    signal.source_masses[1, start:end], signal.target_masses[1, first:last]
                )
                cosine = numpy.where(inside, block / root, 0.0)
                source_best, target_best = self.best[signal.name]
                source_best[start:end] = cosine.max(axis=1)
                view = target_best[first:last]
                numpy.maximum(view, cosine.max(axis=0), out=view)

    def features(self, rows: Limits, columns: Limits) -> Iterator[tuple[int, str, Floats]]:
        """Yield (index of shape, name, values) for the beads that start in a block of nodes.

        The values have shape (rows, columns) or one that broadcasts to it. Beads that lead over
        the end have values without meaning; `fits` says which.
        """
        yield from self.null_features(rows, columns)
        blocks = [make_block(signal, rows, columns, self.most) for signal in self.likeness]
        figures = self.figures and make_block(self.figures, rows, columns, self.most)
        for index, shape in enumerate(self.shapes):
            if 0 in shape:
                continue
            yield index, f"shape.{min(shape)}-{max(shape)}", numpy.ones((1, 1))
            found = [self._surface(shape, rows, columns), *(one.likeness(shape) for one in blocks)]
            if figures:
                found.append(figures.balance(shape))
            for name, values in chain.from_iterable(found):
                yield index, name, values

    def fits(self, rows: Limits, columns: Limits, shape: Shape) -> NDArray[numpy.bool_]:
        """Return which nodes of a block have room for a bead of `shape`."""
        i = numpy.arange(*rows)[:, None] + shape[0] <= self.size[0]
        j = numpy.arange(*columns)[None, :] + shape[1] <= self.size[1]
        return numpy.asarray(i & j)

    def null_features(self, rows: Limits, columns: Limits) -> Iterator[tuple[int, str, Floats]]:
        """Yield (index of shape, name, values) of additions and drops; see `features`."""
        for index, side in ((0, 1), (1, 0)):
            limits = columns if side else rows
            name = "addition" if side else "drop"
            yield index, name, numpy.ones((1, 1))
            length = padded(self.lengths[side], limits)
            yield index, "null.length", turned(numpy.log1p(length) - 4.0, side)
            for signal in self.likeness:
                best = padded(self.best[signal.name][side], limits)
                yield index, f"{signal.name}.best", turned(signal.beyond_chance(best), side)

    def _surface(self, shape: Shape, rows: Limits, columns: Limits) -> Iterator[tuple[str, Floats]]:
        source = span_sums(self.lengths[0], rows, shape[0])[:, None]
        target = span_sums(self.lengths[1], columns, shape[1])[None, :]
        # Both sides vary; the mean of the two expectations treats them alike.
        expected = source * CHARACTERS_PER_CHARACTER
        spread = numpy.sqrt(VARIANCE_PER_CHARACTER * 0.5 * (source + target) + 1.0)
        deviation = numpy.minimum(numpy.abs(target - expected) / spread, _MOST_DEVIATION)
        yield "length.near", deviation
        yield "length.far", deviation**2
        if len(self.marks[0]):
            kinds = self.marks[0].shape[1]
            for kind in range(kinds):
                left = span_sums(self.marks[0][:, kind], rows, shape[0])[:, None]
                right = span_sums(self.marks[1][:, kind], columns, shape[1])[None, :]
                yield f"mark.{kind}", numpy.minimum(numpy.abs(left - right), 3.0)
        if self.starts is not None:
            left = padded(self.starts[0], rows)[:, None]
            right = padded(self.starts[1], columns)[None, :]
            yield "paragraph", left * right - numpy.abs(left - right)
