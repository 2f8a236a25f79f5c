"""Which words of two texts are linked, from the vectors of their pieces: simalign's methods.

Jalili Sabet et al. (2020), "SimAlign". The links are those of simalign 0.4, whose matching cannot
be imported without torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy
from numpy.typing import NDArray

Method = Literal["inter", "itermax", "mwmf"]
METHODS: tuple[Method, ...] = get_args(Method)

Vectors = NDArray[numpy.float32]
Floats = NDArray[numpy.float64]
Integers = NDArray[numpy.int64]
Flags = NDArray[numpy.bool_]

# OpenBLAS takes all cores for a product of more than so many multiplications, and waking them costs
# ten times what a sentence's table does (2 ms for 0.2 on two busy cores); small ones go in strips.
_ONE_THREAD = 2**18
_SMALL = 2**24
# simalign's discount for a word that is linked already, in the second round of itermax.
_DISCOUNT = 0.9


@dataclass(frozen=True, slots=True)
class PieceLinks:
    """Linked pieces: indices of either side (int64 [links]) and their cosines (float64)."""

    sources: Integers
    targets: Integers
    cosines: Floats


@dataclass(frozen=True)
class Table:
    """The similarities of all pieces of two texts: unit rows float32 [m, d] and [n, d].

    A similarity is (cosine + 1) / 2 in single precision, as simalign has it.
    """

    source: Vectors
    target: Vectors

    @property
    def shape(self) -> tuple[int, int]:
        """Pieces of the source and of the target."""
        return len(self.source), len(self.target)

    @cached_property
    def similarities(self) -> Vectors:
        """All similarities, [m, n]."""
        return _similarities(self.source, self.target)


def _similarities(source: Vectors, target: Vectors) -> Vectors:
    made = numpy.empty((len(source), len(target)), dtype=numpy.float32)
    each = max(target.size, 1)
    step = max(_ONE_THREAD // each, 1) if len(source) * each <= _SMALL else len(source)
    columns = target.T
    for start in range(0, len(source), max(step, 1)):
        numpy.matmul(source[start : start + step], columns, out=made[start : start + step])
    made += numpy.float32(1)
    made /= numpy.float32(2)
    return made


def unit_rows(vectors: Vectors) -> Vectors:
    """Return the rows of `vectors` with length one; a row of zeros stays."""
    lengths = numpy.sqrt(numpy.einsum("ij,ij->i", vectors, vectors))[:, numpy.newaxis]
    units: Vectors = (vectors / numpy.where(lengths > 0, lengths, 1)).astype(numpy.float32)
    return units


def link_pieces(table: Table, method: Method) -> PieceLinks:
    """Return the links of the pieces that `table` compares.

    "inter" links two pieces that are each other's nearest; "itermax" adds, in a second round, such
    links of pieces that have none; "mwmf" finds the matching of the greatest sum.
    """
    rows, columns = table.shape
    if not rows or not columns:
        none = numpy.zeros(0, dtype=numpy.int64)
        return PieceLinks(none, none, numpy.zeros(0))
    if method == "mwmf":
        sources, targets = _heaviest(table)
    else:
        sources, targets = _mutual(table.similarities)
        if method == "itermax" and min(rows, columns) > 2:
            sources, targets = _second_round(table, sources, targets)
    order = numpy.lexsort((targets, sources))
    sources, targets = sources[order], targets[order]
    cosines = numpy.einsum(
        "ij,ij->i", table.source[sources], table.target[targets], dtype=numpy.float64
    )
    return PieceLinks(sources, targets, numpy.clip(cosines, -1.0, 1.0))


def _mutual(similarities: Vectors | Floats) -> tuple[Integers, Integers]:
    """Return the pairs that are each other's nearest; the first of equals, as argmax takes it."""
    forward, backward = similarities.argmax(axis=1), similarities.argmax(axis=0)
    sources = numpy.flatnonzero(backward[forward] == numpy.arange(len(forward)))
    return sources, forward[sources]


def _second_round(table: Table, sources: Integers, targets: Integers) -> tuple[Integers, Integers]:
    """Add the links that simalign's itermax finds between pieces of which one has none yet."""
    rows, columns = table.shape
    free_rows, free_columns = numpy.ones(rows, dtype=bool), numpy.ones(columns, dtype=bool)
    free_rows[sources] = False
    free_columns[targets] = False
    if not free_rows.any() or not free_columns.any():
        return sources, targets
    free = free_rows[:, numpy.newaxis].astype(float) + free_columns
    more, others = _mutual(table.similarities * numpy.minimum(_DISCOUNT * free, 1.0))
    fresh = free_rows[more] | free_columns[others]
    return (
        numpy.concatenate([sources, more[fresh]]),
        numpy.concatenate([targets, others[fresh]]),
    )


def _heaviest(table: Table) -> tuple[Integers, Integers]:
    """Return the matching of the greatest sum; every piece of the shorter side has a link."""
    from scipy.optimize import linear_sum_assignment

    sources, targets = linear_sum_assignment(table.similarities, maximize=True)
    return sources.astype(numpy.int64), targets.astype(numpy.int64)


def join_pieces(
    links: PieceLinks, source_words: Integers, target_words: Integers, evidence: Floats
) -> tuple[Integers, Integers, Integers]:
    """Return the links of the words that pieces belong to, in order: source, target, best link.

    `source_words` and `target_words` give each piece's word (int64 [pieces]). Two words are linked
    where any of their pieces are; the best link is the index of that with the most `evidence`
    (float64 [links]).
    """
    if not len(links.sources):
        return links.sources, links.targets, links.sources
    sources, targets = source_words[links.sources], target_words[links.targets]
    order = numpy.lexsort((-evidence, targets, sources))
    sources, targets = sources[order], targets[order]
    is_first = numpy.ones(len(order), dtype=bool)
    is_first[1:] = (numpy.diff(sources) != 0) | (numpy.diff(targets) != 0)
    return sources[is_first], targets[is_first], order[is_first]
