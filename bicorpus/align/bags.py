"""Sentences as rows of numbers whose dot products add up over spans.

A bag is a sparse row of weighted features (words, character n-grams, figures); a vector from an
encoder is a dense one. The likeness of two spans of sentences follows from the dot products of
their sentences alone, so every bead of a text costs a few additions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
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

    def mean(self) -> Floats:
        """Return the mean row, a number a feature."""
        ...


@dataclass(frozen=True, slots=True)
class Bags:
    """Sparse rows: row i has `ids[starts[i]:starts[i + 1]]` (sorted) with these `weights`.

    The ids are below `count`, the number of features that either side of the text pair has.
    """

    starts: Integers
    ids: Ids
    weights: NDArray[numpy.float32]
    count: int

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

    def mean(self) -> Floats:
        """Return the mean row, a number a feature."""
        sums = numpy.bincount(self.ids, weights=self.weights, minlength=self.count).astype(float)
        return sums / max(len(self), 1)


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

    def mean(self) -> Floats:
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
    known = _different([*_stretches(source, sizes[0]), *_stretches(target, sizes[1])])
    count = max(len(known), 1)
    counted = [_count(*side, known) for side in zip((source, target), sizes, strict=True)]
    holders = sum(numpy.bincount(ids, minlength=count) for _, ids, _ in counted)
    information = numpy.log1p(sum(sizes) / numpy.maximum(holders, 1)).astype(numpy.float32)
    left, right = (
        Bags(starts, ids, numpy.sqrt(information[ids] * times), count)
        for starts, ids, times in counted
    )
    return left, right


# A long text has tens of millions of occurrences; so many rows of it are looked at in one go.
_STRETCH = 2048


def _stretches(side: tuple[Ids, Ids], size: int) -> Iterator[tuple[int, Ids, Ids]]:
    """Yield a first row, and rows (from it) and hashes of the occurrences in `_STRETCH` rows.

    The occurrences of `side` are in order of their rows.
    """
    firsts = range(0, size, _STRETCH)
    cuts = numpy.searchsorted(side[0], [*firsts, size])
    for first, (start, end) in zip(firsts, pairwise(cuts), strict=True):
        yield first, side[0][start:end].astype(numpy.int64) - first, side[1][start:end]


def _different(stretches: Iterable[tuple[int, Ids, Ids]]) -> Ids:
    """Return all hashes that occur, each once and sorted."""
    found = [numpy.unique(hashes) for _, _, hashes in stretches]
    return numpy.unique(numpy.concatenate(found)) if found else numpy.zeros(0, dtype=numpy.int64)


def _count(
    side: tuple[Ids, Ids], size: int, known: Ids
) -> tuple[Integers, NDArray[numpy.int32], NDArray[numpy.float32]]:
    """Return where each row starts, the features of each (their place in `known`), how often."""
    lengths = numpy.zeros(size + 1, dtype=numpy.int64)
    ids, times = [numpy.zeros(0, dtype=numpy.int32)], [numpy.zeros(0, dtype=numpy.float32)]
    count = max(len(known), 1)
    for first, rows, hashes in _stretches(side, size):
        here, places = numpy.unique(hashes, return_inverse=True)
        # One number for row and feature: sorted, each row has its features in order.
        pairs = rows * count + numpy.searchsorted(known, here)[places]
        pairs, counts = numpy.unique(pairs, return_counts=True)
        ids.append((pairs % count).astype(numpy.int32))
        times.append(counts.astype(numpy.float32))
        held = numpy.bincount(pairs // count)
        lengths[first + 1 : first + 1 + len(held)] = held
    return numpy.cumsum(lengths), numpy.concatenate(ids), numpy.concatenate(times)


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
    mean = others.mean()
    step = 4096
    result = numpy.zeros(len(rows))
    for start in range(0, len(rows), step):
        end = min(start + step, len(rows))
        if isinstance(rows, Bags):
            result[start:end] = _sparse_product(rows, start, end, mean)
        else:
            result[start:end] = rows.dense(start, end, None) @ mean
    return result


def _sparse_product(rows: Bags, start: int, end: int, mean: Floats) -> Floats:
    first, last = rows.starts[start], rows.starts[end]
    shared = mean[rows.ids[first:last]] * rows.weights[first:last]
    index = numpy.repeat(numpy.arange(end - start), numpy.diff(rows.starts[start : end + 1]))
    sums: Floats = numpy.bincount(index, weights=shared, minlength=end - start).astype(float)
    return sums


def hash_grams(texts: Sequence[str], size: int) -> tuple[Ids, Ids]:
    """Return row and hash of every run of `size` characters within a text."""
    found = [_grams(texts[start : start + _STRETCH], size, start)
             for start in range(0, len(texts), _STRETCH)]  # fmt: skip
    if not found:
        return numpy.zeros(0, dtype=numpy.int32), numpy.zeros(0, dtype=numpy.uint32)
    rows, hashes = zip(*found, strict=True)
    return numpy.concatenate(rows), numpy.concatenate(hashes)


def _grams(texts: Sequence[str], size: int, first: int) -> tuple[Ids, Ids]:
    joined = "\0".join(texts)
    codes = numpy.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=numpy.uint32)
    if len(codes) < size:
        return numpy.zeros(0, dtype=numpy.int32), numpy.zeros(0, dtype=numpy.uint32)
    wide = codes.astype(numpy.int64)
    rows = first + numpy.cumsum(wide == 0)
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
