"""Puts claims that report the same fact into groups, over documents and both languages.

Pairs that may match are found, each is weighed by features whose weights were fitted to groups
made by reading (`scripts/fit_groups.py`), and the weighed pairs are clustered by average linkage:
a claim joins a group that it is like as a whole, not one that it shares a single member with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from bicorpus.claims.groups.candidates import find_candidates
from bicorpus.claims.groups.conflicts import Conflict, find_conflicts
from bicorpus.claims.groups.features import FEATURES, Pairs, Places
from bicorpus.claims.groups.words import Statement

# Raised when the same claims give other groups or conflicts.
GROUPS_VERSION = 2
# Log-odds are divided before they are averaged: one sure pair shall not carry many doubtful ones.
_SOFTENED = 2.5
# Weaker pairs cannot bring an average to the threshold.
_LEAST = 0.01
# Clustering takes memory square in the size of what hangs together.
MOST_TOGETHER = 2000
_STRICTER = 1.3


@dataclass(frozen=True, slots=True)
class Group:
    """Statements, by index in ascending order, that report one fact, and their conflicts."""

    members: tuple[int, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups in order of their first member, and what was limited.

    `cut` counts the claims with more likely partners than are weighed, `split` the claims in
    chains that were too long to be clustered at the usual threshold.
    """

    groups: tuple[Group, ...]
    cut: int = 0
    split: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each feature, the constant, and the likeness from which claims are one.

    `mutual` is what it counts that each is the other's nearest in the other's document,
    `other_story` that their documents tell of other events.
    """

    features: NDArray[numpy.float64]
    constant: float
    mutual: float
    other_story: float
    threshold: float


@cache
def load_weights() -> Weights:
    """Return the weights that come with bicorpus."""
    table = tomllib.loads((files(__package__) / "weights.toml").read_text("utf-8"))
    features = numpy.array([float(table["features"][name]) for name in FEATURES])
    numbers = (float(table[name]) for name in ("constant", "mutual", "other_story", "threshold"))
    return Weights(features, *numbers)


def group_claims(statements: Sequence[Statement], weights: Weights | None = None) -> Grouping:
    """Return the groups of two and more; each statement needs one content word or more.

    The order of the statements decides the order of the groups, not who is in them.
    """
    order = sorted(range(len(statements)), key=lambda one: _identity(statements[one]))
    ordered = [statements[one] for one in order]
    weights = weights or load_weights()
    weighed, cut = weigh_pairs(ordered, weights)
    labels, split = cluster(weighed, weights.threshold)
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        groups.setdefault(label, []).append(order[place])
    members = sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)
    return Grouping(
        tuple(Group(one, tuple(find_conflicts(statements, one))) for one in members), cut, split
    )


def _identity(statement: Statement) -> tuple[str, float, str]:
    return statement.document, statement.place, statement.text


def weigh_pairs(statements: Sequence[Statement], weights: Weights) -> tuple[coo_array, int]:
    """Return the likeness of pairs (upper triangle, sparse), and for how many claims cut off."""
    pairs = Pairs(statements)
    candidates, cut = find_candidates(pairs)
    rows = [numpy.zeros(0, numpy.int64)]
    columns, values = [rows[0]], [numpy.zeros(0)]
    for one, others in candidates:
        rows.append(numpy.full(len(others), one))
        columns.append(others)
        values.append(pairs.features(one, others) @ weights.features + weights.constant)
    places = numpy.concatenate(rows), numpy.concatenate(columns)
    odds = numpy.concatenate(values)
    odds += weights.other_story * pairs.are_of_other_stories(places)
    odds += weights.mutual * are_mutual(statements, places, odds)
    return as_likeness(places, odds, len(statements)), cut


def as_likeness(places: Places, odds: NDArray[numpy.float64], total: int) -> coo_array:
    """Return the likeness of pairs by their log-odds, a square table without those near 0."""
    likeness = 1 / (1 + numpy.exp(-odds / _SOFTENED))
    kept = likeness >= _LEAST
    return coo_array((likeness[kept], (places[0][kept], places[1][kept])), shape=(total, total))


def are_mutual(
    statements: Sequence[Statement], places: Places, odds: NDArray[numpy.float64]
) -> NDArray[numpy.bool_]:
    """Return for each pair whether either is the other's nearest in the other's document.

    Two reports mostly tell a fact once each: of the claims that are somewhat like it, the one that
    has no better partner is the one. Pairs inside a document are not. The claims of a document must
    stand together in `statements`: each pair is looked at from its lower index and from its higher.
    """
    numbers: dict[str, int] = {}
    documents = numpy.array(
        [numbers.setdefault(one.document, len(numbers)) for one in statements], numpy.int64
    )
    mutual: NDArray[numpy.bool_] = documents[places[0]] != documents[places[1]]
    for one, other in (places, places[::-1]):
        seen_from = one * len(numbers) + documents[other]
        order = numpy.lexsort((-odds, seen_from))
        firsts = numpy.unique(seen_from[order], return_index=True)[1]
        best = numpy.zeros(len(odds), dtype=bool)
        best[order[firsts]] = True
        mutual &= best
    return mutual


def cluster(weighed: coo_array, threshold: float) -> tuple[list[int], int]:
    """Return the number of each claim's cluster, and how many claims were in chains too long."""
    total = weighed.shape[0]
    labels = [-one - 1 for one in range(total)]
    waiting = [(numpy.arange(total), threshold)] if total else []
    next_label, split = 0, 0
    cells = weighed.tocsr()
    while waiting:
        members, least = waiting.pop()
        for part in _connected(cells, members, least):
            if len(part) > MOST_TOGETHER:
                split += len(part) if least == threshold else 0
                waiting.append((part, min(least * _STRICTER, (1 + least) / 2)))
                continue
            found = _average_linkage(cells[part][:, part].toarray(), threshold)
            for place, label in zip(part, found, strict=True):
                labels[int(place)] = next_label + int(label)
            next_label += len(part) + 1
    return labels, split


def _connected(
    cells: coo_array, members: NDArray[numpy.int64], least: float
) -> list[NDArray[numpy.int64]]:
    """Return the parts, of two and more, that pairs of at least this likeness hold together."""
    own = cells[members][:, members].tocsr()
    own.data = numpy.where(own.data >= least, own.data, 0.0)
    own.eliminate_zeros()
    _, parts = connected_components(own, directed=False)
    order = numpy.argsort(parts, kind="stable")
    cuts = numpy.nonzero(numpy.diff(parts[order]))[0] + 1
    return [members[part] for part in numpy.split(order, cuts) if len(part) > 1]


def _average_linkage(likeness: NDArray[numpy.float64], threshold: float) -> NDArray[numpy.int32]:
    """Return the number of the cluster of each; pairs that were not weighed are unlike."""
    distances = 1 - numpy.maximum(likeness, likeness.T)
    numpy.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), "average")
    made: NDArray[numpy.int32] = fcluster(tree, 1 - threshold, "distance")
    return made
