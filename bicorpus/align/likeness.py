"""How alike spans of sentences are, for all beads that start in a block of nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy

from bicorpus.align.bags import DenseRows, Floats, Rows, chances, dots, span_masses

_TINY = 1e-9
# A list of twenty figures says no more than some four do.
_MOST_BALANCE = 12.0
Shape = tuple[int, int]
Limits = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of likeness: the rows of both sides, the mass of their spans, likeness by chance.

    `masses` have shape (most + 1, sentences); `chances` are each row's mean dot product with the
    other side's rows, over the usual length of those; `usual` is the likeness of any two sentences
    where that is more than next to nothing (vectors), else 0.
    """

    name: str
    source: Rows
    target: Rows
    source_masses: Floats
    target_masses: Floats
    source_chances: Floats
    target_chances: Floats
    usual: float = 0.0

    def beyond_chance(self, cosine: Floats, chance: Floats | None = None) -> Floats:
        """Return the share of the way from chance to sameness that a likeness is; 0 at chance.

        Vectors of an encoder share a direction, and any two sentences look alike: the margin
        over chance tells (Artetxe & Schwenk, 2019). Bags have next to none in common.
        """
        if not self.usual:
            return cosine
        level = self.usual if chance is None else numpy.minimum(chance, 0.9)
        margin: Floats = (cosine - level) / (1.0 - level)
        return margin


def make_signal(name: str, source: Rows, target: Rows, most: int) -> Signal:
    """Return the signal of two sides' rows for beads of up to `most` sentences a side."""
    source_masses, target_masses = span_masses(source, most), span_masses(target, most)
    by_source = chances(source, target) / _usual_length(target_masses)
    by_target = chances(target, source) / _usual_length(source_masses)
    usual = 0.0
    if isinstance(source, DenseRows) and len(source) and len(target):
        lengths = numpy.sqrt(numpy.maximum(source_masses[1], _TINY))
        usual = float(numpy.clip((by_source / lengths).mean(), 0.0, 0.9))
    return Signal(name, source, target, source_masses, target_masses, by_source, by_target, usual)


def _usual_length(masses: Floats) -> float:
    return float(numpy.sqrt(max(masses[1].mean() if masses.shape[1] else 0.0, _TINY)))


@dataclass(frozen=True, slots=True)
class Block:
    """The nodes `rows` x `columns` with a signal's dot products, summed from the first of each."""

    signal: Signal
    rows: Limits
    columns: Limits
    summed: Floats

    def shared(self, start: Shape, size: Shape) -> Floats:
        """Return the dot product of the spans of `size` that start `start` behind each node."""
        height, width = self.rows[1] - self.rows[0], self.columns[1] - self.columns[0]
        top, bottom = slice(start[0], start[0] + height), start[0] + size[0]
        left, right = slice(start[1], start[1] + width), start[1] + size[1]
        below, beyond = slice(bottom, bottom + height), slice(right, right + width)
        summed = self.summed
        shared: Floats = (
            summed[below, beyond] - summed[top, beyond] - summed[below, left] + summed[top, left]
        )
        return shared

    def likeness(self, shape: Shape) -> Iterator[tuple[str, Floats]]:
        """Yield name and values of the beads of a shape: their angle, and that of chance."""
        m, n = shape
        signal = self.signal
        source = padded(signal.source_masses[m], self.rows)
        target = padded(signal.target_masses[n], self.columns)
        cosine = numpy.minimum(self.shared((0, 0), shape) / root_of(source, target), 1.0)
        by_source = span_sums(signal.source_chances, self.rows, m)
        by_target = span_sums(signal.target_chances, self.columns, n)
        chance = 0.5 * (
            (by_source / numpy.sqrt(numpy.maximum(source, _TINY)))[:, None]
            + (by_target / numpy.sqrt(numpy.maximum(target, _TINY)))[None, :]
        )
        # Half a sentence of either side counts alike, whatever the bead.
        mass = 0.5 * (m + n)
        yield f"{signal.name}.likeness", mass * signal.beyond_chance(cosine, chance)
        yield f"{signal.name}.chance", mass * chance
        if m + n > 2:
            yield f"{signal.name}.weakest", self._weakest(shape, source, target)

    def _weakest(self, shape: Shape, source: Floats, target: Floats) -> Floats:
        """Return the angle of the member that least belongs to the other side's span."""
        m, n = shape
        weakest = numpy.full((len(source), len(target)), numpy.inf)
        for member in range(m if m > 1 else 0):
            limits = self.rows[0] + member, self.rows[1] + member
            own = root_of(padded(self.signal.source_masses[1], limits), target)
            numpy.minimum(weakest, self.shared((member, 0), (1, n)) / own, out=weakest)
        for member in range(n if n > 1 else 0):
            limits = self.columns[0] + member, self.columns[1] + member
            own = root_of(source, padded(self.signal.target_masses[1], limits))
            numpy.minimum(weakest, self.shared((0, member), (m, 1)) / own, out=weakest)
        return self.signal.beyond_chance(weakest)

    def balance(self, shape: Shape) -> Iterator[tuple[str, Floats]]:
        """Yield what the spans share, and what either has alone, by the information in it."""
        name = self.signal.name
        source = padded(self.signal.source_masses[shape[0]], self.rows)[:, None]
        target = padded(self.signal.target_masses[shape[1]], self.columns)[None, :]
        kept = numpy.minimum(self.shared((0, 0), shape), numpy.minimum(source, target))
        yield f"{name}.kept", numpy.minimum(kept, _MOST_BALANCE)
        yield f"{name}.lost", numpy.minimum(source - kept, _MOST_BALANCE)
        yield f"{name}.added", numpy.minimum(target - kept, _MOST_BALANCE)


def make_block(signal: Signal, rows: Limits, columns: Limits, most: int) -> Block:
    """Return the block of nodes `rows` x `columns`, ready for beads of `most` sentences a side."""
    last_row = min(rows[1] + most, len(signal.source))
    last_column = min(columns[1] + most, len(signal.target))
    shape = (rows[1] - rows[0] + most + 1, columns[1] - columns[0] + most + 1)
    summed = numpy.zeros(shape)
    first_row, first_column = min(rows[0], last_row), min(columns[0], last_column)
    if last_row > first_row and last_column > first_column:
        block = dots(
            signal.source, (first_row, last_row), signal.target, (first_column, last_column)
        )
        summed[1 : block.shape[0] + 1, 1 : block.shape[1] + 1] = block
    return Block(signal, rows, columns, summed.cumsum(axis=0).cumsum(axis=1))


def root_of(source: Floats, target: Floats) -> Floats:
    """Return the products of two sides' lengths, from the squares: shape (rows, columns)."""
    root: Floats = numpy.sqrt(numpy.maximum(source[:, None] * target[None, :], _TINY))
    return root


def turned(values: Floats, side: int) -> Floats:
    """Return one side's values (0 is the source) so that they broadcast over the other."""
    return values[None, :] if side else values[:, None]


def padded(values: Floats, limits: tuple[int, int]) -> Floats:
    """Return the values from limit to limit, with zeros behind the end."""
    found = values[limits[0] : limits[1]]
    missing = limits[1] - limits[0] - len(found)
    return numpy.pad(found, (0, missing)) if missing else found


def span_sums(values: Floats, limits: tuple[int, int], size: int) -> Floats:
    """Return for each start between the limits the sum over `size` values from there."""
    summed = numpy.concatenate([[0.0], numpy.cumsum(padded(values, (limits[0], limits[1] + size)))])
    width = limits[1] - limits[0]
    sums: Floats = summed[size : size + width] - summed[:width]
    return sums
