"""Sentences as rows of numbers whose dot products add up over spans.

A bag is a sparse row of weighted features (words, character n-grams, figures); a vector from an
encoder is a dense one. The likeness of two spans of sentences follows from the dot products of
their sentences alone, so every bead of a text costs a few additions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
Integers = NDArray[numpy.int64]
Ids = NDArray[numpy.integer[Any]]


class Rows(Protocol):
    """One row of features a sentence."""

    def __len__(self) -> int: ...

    def dense(self, start: int, end: int, features: Ids | None) -> Floats:
        """Return rows `start` to `end` as a matrix with a column for each of `features`."""
        ...

    def features(self, start: int, end: int) -> Ids | None:
        """Return the features that occur in rows `start` to `end`, sorted; None means all."""
        ...

    def total(self) -> Floats | tuple[Ids, Floats]:
        """Return the mean row: dense, or as features and weights."""
        ...


@dataclass(frozen=True, slots=True)
class Bags:
    """Sparse rows: row i has `ids[starts[i]:starts[i + 1]]` (sorted) with these `weights`."""

    starts: Integers
    ids: Ids
    weights: NDArray[numpy.float32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def dense(self, start: int, end: int, features: Ids | None) -> Floats:
        """Return rows `start` to `end` as a matrix with a column for each of `features`."""
        if features is None:
            raise ValueError("sparse rows need the features that are wanted")
        matrix = numpy.zeros((end - start, len(features)))
        first, last = self.starts[start], self.starts[end]
        ids = self.ids[first:last]
        rows = numpy.repeat(numpy.arange(end - start), numpy.diff(self.starts[start : end + 1]))
        columns = numpy.searchsorted(features, ids)
        columns[columns == len(features)] = 0
        known = features[columns] == ids if len(features) else numpy.zeros(len(ids), dtype=bool)
        matrix[rows[known], columns[known]] = self.weights[first:last][known]
        return matrix

    def features(self, start: int, end: int) -> Ids | None:
        """Return the features that occur in rows `start` to `end`, sorted."""
        return numpy.unique(self.ids[self.starts[start] : self.starts[end]])

    def total(self) -> tuple[Ids, Floats]:
        """Return the mean row as features and weights."""
        features, places = numpy.unique(self.ids, return_inverse=True)
        sums = numpy.bincount(places, weights=self.weights, minlength=len(features))
        return features, sums / max(len(self), 1)


@dataclass(frozen=True, slots=True)
class DenseRows:
    """Vectors of an encoder: shape (sentences, d)."""

    vectors: NDArray[numpy.float32]

    def __len__(self) -> int:
        return len(self.vectors)

    def dense(self, start: int, end: int, features: Ids | None) -> Floats:
        """Return rows `start` to `end`."""
        del features
        rows: Floats = self.vectors[start:end].astype(numpy.float64)
        return rows

    def features(self, start: int, end: int) -> Ids | None:
        """Return None: every row has all features."""
        del start, end
        return None

    def total(self) -> Floats:
        """Return the mean row."""
        mean: Floats = self.vectors.mean(axis=0, dtype=numpy.float64)
        return mean


def dots(source: Rows, rows: tuple[int, int], target: Rows, columns: tuple[int, int]) -> Floats:
    """Return the dot products of source rows and target rows, shape (rows, columns)."""
    wanted = source.features(*rows)
    if wanted is not None:
        # What only one side has adds nothing to a dot product.
        others = target.features(*columns)
        wanted = (
            numpy.intersect1d(wanted, others, assume_unique=True) if others is not None else wanted
        )
    left = source.dense(*rows, wanted)
    right = target.dense(*columns, wanted)
    product: Floats = left @ right.T
    return product


def make_bags(
    source: tuple[Ids, Ids], target: tuple[Ids, Ids], sizes: tuple[int, int]
) -> tuple[Bags, Bags]:
    """Return the bags of both sides from occurrences: (row, hash of the feature) on each side.

    A feature weighs the root of its information, log(1 + sentences / sentences that have it), so
    that a dot product is the information that two sentences share.
    """
    total = sum(sizes)
    _, ids = numpy.unique(numpy.concatenate([source[1], target[1]]), return_inverse=True)
    count = int(ids.max(initial=0)) + 1
    # A long text has tens of millions of occurrences: they are counted in place, as one number.
    pairs = ids
    pairs[: len(source[0])] += source[0].astype(numpy.int64) * count
    pairs[len(source[0]) :] += (target[0].astype(numpy.int64) + sizes[0]) * count
    pairs.sort()
    first = numpy.flatnonzero(numpy.diff(pairs, prepend=-1))
    counts = numpy.diff(first, append=len(pairs)).astype(numpy.float32)
    pairs = pairs[first]
    starts = numpy.searchsorted(pairs, numpy.arange(total + 1) * count)
    ids = (pairs % count).astype(numpy.int32)
    holders = numpy.bincount(ids, minlength=count)
    information = numpy.log1p(total / numpy.maximum(holders, 1)).astype(numpy.float32)
    weights = numpy.sqrt(information[ids] * counts)
    cut = starts[sizes[0]]
    left = Bags(starts[: sizes[0] + 1], ids[:cut], weights[:cut])
    return left, Bags(starts[sizes[0] :] - cut, ids[cut:], weights[cut:])


def span_masses(rows: Rows, most: int) -> Floats:
    """Return the squared length of every span: [m, i] is that of rows i to i + m, 0 past the end.

    Shape (most + 1, len(rows)).
    """
    count = len(rows)
    bands = numpy.zeros((most, count))
    step = 32
    for start in range(0, count, step):
        end = min(start + step, count)
        last = min(end + most - 1, count)
        block = dots(rows, (start, end), rows, (start, last))
        for distance in range(min(most, last - start)):
            width = min(end, count - distance) - start
            index = numpy.arange(max(width, 0))
            bands[distance, start : start + len(index)] = block[index, index + distance]
    masses = numpy.zeros((most + 1, count))
    for size in range(1, most + 1):
        width = count - size + 1
        if width <= 0:
            break
        index = numpy.arange(width)
        added = bands[0, index + size - 1].copy()
        for distance in range(1, size):
            added += 2 * bands[distance, index + size - 1 - distance]
        masses[size, :width] = masses[size - 1, :width] + added
    return masses


def chances(rows: Rows, others: Rows) -> Floats:
    """Return each row's dot product with the mean of `others`: what it shares with anything."""
    mean = others.total()
    step = 4096
    result = numpy.zeros(len(rows))
    for start in range(0, len(rows), step):
        end = min(start + step, len(rows))
        if isinstance(mean, tuple):
            if isinstance(rows, Bags):
                result[start:end] = _sparse_product(rows, start, end, *mean)
        else:
            result[start:end] = rows.dense(start, end, None) @ mean
    return result


def _sparse_product(rows: Bags, start: int, end: int, features: Ids, weights: Floats) -> Floats:
    first, last = rows.starts[start], rows.starts[end]
    ids = rows.ids[first:last]
    if not len(features) or not len(ids):
        return numpy.zeros(end - start)
    places = numpy.minimum(numpy.searchsorted(features, ids), len(features) - 1)
    shared = numpy.where(features[places] == ids, weights[places], 0.0) * rows.weights[first:last]
    index = numpy.repeat(numpy.arange(end - start), numpy.diff(rows.starts[start : end + 1]))
    sums: Floats = numpy.bincount(index, weights=shared, minlength=end - start).astype(float)
    return sums


def hash_grams(texts: Sequence[str], size: int) -> tuple[Ids, Ids]:
    """Return row and hash of every run of `size` characters within a text."""
    joined = "\0".join(texts)
    codes = numpy.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=numpy.uint32)
    if len(codes) < size:
        return numpy.zeros(0, dtype=numpy.int32), numpy.zeros(0, dtype=numpy.uint32)
    wide = codes.astype(numpy.int64)
    rows = numpy.cumsum(wide == 0)
    width = len(wide) - size + 1
    hashes = numpy.zeros(width, dtype=numpy.int64)
    crosses = numpy.zeros(width, dtype=bool)
    with numpy.errstate(over="ignore"):
        for offset in range(size):
            part = wide[offset : offset + width]
            hashes = hashes * 1_000_003 + part
            crosses |= part == 0
    # Four bytes are enough: of two million runs one in two thousand shares its number.
    folded = ((hashes ^ (hashes >> 32)) & 0xFFFFFFFF).astype(numpy.uint32)
    return rows[:width][~crosses].astype(numpy.int32), folded[~crosses]


def hash_tokens(tokens: Sequence[Sequence[str]]) -> tuple[Ids, Ids]:
    """Return row and hash of every token; equal tokens have equal hashes in any process."""
    rows = numpy.repeat(
        numpy.arange(len(tokens), dtype=numpy.int64),
        numpy.array([len(one) for one in tokens], dtype=numpy.int64),
    )
    table: dict[str, int] = {}
    for token in chain.from_iterable(tokens):
        if token not in table:
            table[token] = _stable_hash(token)
    ids = [table[token] for token in chain.from_iterable(tokens)]
    return rows, numpy.array(ids, dtype=numpy.int64)


def _stable_hash(token: str) -> int:
    from hashlib import blake2b

    digest = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return int.from_bytes(digest, "big")
