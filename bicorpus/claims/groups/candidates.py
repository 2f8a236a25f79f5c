"""Which pairs of claims are worth a closer look: never all of a large corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bicorpus.claims.groups.features import Pairs

# Up to here every pair is weighed.
FEW = 400
# Up to here every pair is compared by its mean vectors; beyond, only those that share a rare word.
MANY = 5000
# So many partners of a claim are weighed; reports of one fact in 40 articles still fit.
MOST = 40
# A key in more claims than this tells nothing in a large corpus.
_MOST_POSTINGS = 300
_BLOCK = 256


def find_candidates(pairs: Pairs) -> tuple[list[tuple[int, NDArray[numpy.int64]]], int]:
    """Return (claim, its partners with a higher index), and for how many claims some were cut off.

    A pair is kept where either side has the other among its nearest. Cut off are partners that
    share a rarer word; those that are not near are not counted.
    """
    total = len(pairs.statements)
    if total <= FEW:
        return [(one, numpy.arange(one + 1, total)) for one in range(total - 1)], 0
    kept: dict[int, set[int]] = defaultdict(set)
    cut = 0
    keys = _shared_keys(pairs)
    for start in range(0, total, _BLOCK):
        stop = min(start + _BLOCK, total)
        shared = csr_array(keys[start:stop] @ keys.T)
        if total <= MANY:
            near = pairs.means[start:stop] @ pairs.means.T - pairs.hubness[None, :] / 2
            rows = _nearest(shared.toarray() + near, start)
        else:
            rows, were_cut = _most_shared(shared, start)
            cut += were_cut
        for one, others in enumerate(rows, start):
            for other in others:
                kept[min(one, other)].add(max(one, other))
    return [(one, numpy.array(sorted(kept[one]))) for one in sorted(kept)], cut


def _nearest(scores: NDArray[numpy.floating[Any]], start: int) -> list[list[int]]:
    """Return for each row its `MOST` highest, without itself; equal ones by index."""
    rows = []
    for offset, row in enumerate(scores):
        order = numpy.argsort(-row, kind="stable")[: MOST + 1]
        rows.append([int(one) for one in order if one != start + offset][:MOST])
    return rows


def _most_shared(scores: csr_array, start: int) -> tuple[list[list[int]], int]:
    """Return for each row the `MOST` that share most with it, and how many rows have more."""
    rows, cut = [], 0
    for offset in range(scores.shape[0]):
        place = slice(scores.indptr[offset], scores.indptr[offset + 1])
        found = sorted(
            (-float(score), int(other))
            for other, score in zip(scores.indices[place], scores.data[place], strict=True)
            if other != start + offset
        )
        rows.append([other for _, other in found[:MOST]])
        cut += len(found) > MOST
    return rows, cut


def _shared_keys(pairs: Pairs) -> csr_array:
    """Return float32 [claims, keys], unit rows: its rarer words, names and figures."""
    columns: dict[object, int] = defaultdict(lambda: len(columns))
    weighted: list[dict[int, float]] = []
    counts: Counter[int] = Counter()
    for index, one in enumerate(pairs.statements):
        first = int(pairs.words.starts[index])
        own: dict[int, float] = {}
        for offset, word in enumerate(one.words):
            weight = float(pairs.words.weights[first + offset])
            for sense, strength in word.senses.items():
                column = columns[sense]
                own[column] = max(own.get(column, 0.0), weight * strength)
        for quantity in one.quantities:
            if isinstance(quantity.value, (float, str)) and quantity.value not in {1.0, 2.0}:
                own[columns[("=", quantity.value)]] = 0.5
        counts.update(own)
        weighted.append(own)
    rows, places, values = [0], [], []
    for own in weighted:
        known = {at: value for at, value in own.items() if counts[at] <= _MOST_POSTINGS}
        length = numpy.sqrt(sum(value * value for value in known.values())) or 1.0
        places += list(known)
        values += [value / length for value in known.values()]
        rows.append(len(places))
    shape = (len(weighted), max(len(columns), 1))
    data = numpy.array(values, dtype=numpy.float32)
    return csr_array((data, numpy.array(places, dtype=numpy.int64), rows), shape=shape)
