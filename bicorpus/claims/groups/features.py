"""What speaks for two claims reporting one fact: a row of features for each pair."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy
from numpy.typing import NDArray

from bicorpus.claims.groups.figures import Figures, compare_figures
from bicorpus.claims.groups.words import Floats, Statement, Words

FEATURES = (
    "shared", "most_shared", "strongly_shared", "content_shared", "best_word", "names_shared",
    "figure_same", "figure_near", "date_same", "polarity_differs", "speaker_same",
    "same_document", "heading_repeats", "other_language",
)  # fmt: skip

# Below the first, vectors of any two words are that alike; above the second, forms of one word.
_STRANGE, _SAME = 0.4, 0.9
# Below this, two words are at most of one field: "Feuer" and "smoke".
_STRONG = 0.5
# A claim whose words weigh less ("das bleibt so") says so little that sharing all of it is no sign.
_LEAST_TOTAL = 1.0
# Two names with nothing in common stand near each other for being names.
_OTHER_NAME = 0.4
# As many nearest neighbours tell how near a claim is to all (Conneau et al., 2018: CSLS).
_NEIGHBOURS = 10
_BLOCK = 512
# In a large corpus, neighbours are sought among so many claims, spread evenly over it.
SAMPLE = 5000


Places = tuple[NDArray[numpy.int64], NDArray[numpy.int64]]


class Pairs:
    """Computes the features of pairs of statements; all tables are made at first use."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        """Read `statements`, each with one word or more."""
        self.statements = statements
        self.words = Words(statements)
        self._figures = [Figures(one.quantities) for one in statements]

    @cached_property
    def means(self) -> Floats:
        """Float32 [statements, d]: weighted means of the word vectors, centred, unit rows."""
        words = self.words
        weighted = words.vectors * words.weights[:, None]
        if not self.statements:
            return weighted
        sums: Floats = numpy.add.reduceat(weighted, words.starts[:-1], axis=0)
        sums /= numpy.maximum(numpy.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        sums -= sums.mean(axis=0, dtype=numpy.float64).astype(numpy.float32)
        sums /= numpy.maximum(numpy.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return sums

    @cached_property
    def hubness(self) -> Floats:
        """Float32 [statements]: mean likeness of each to its nearest neighbours."""
        total = len(self.statements)
        sample = numpy.unique(numpy.linspace(0, max(total - 1, 0), SAMPLE).astype(int))
        nearest = min(_NEIGHBOURS, total - 1)
        made = numpy.zeros(total, dtype=numpy.float32)
        if nearest < 1:
            return made
        for start in range(0, total, _BLOCK):
            stop = min(start + _BLOCK, total)
            block = self.means[start:stop] @ self.means[sample].T
            block[sample[None, :] == numpy.arange(start, stop)[:, None]] = -1.0
            made[start:stop] = numpy.sort(block, axis=1)[:, -nearest:].mean(axis=1)
        return made

    def features(self, index: int, others: NDArray[numpy.int64]) -> Floats:
        """Return float32 [others, features] for the pairs of a statement with `others`."""
        table = numpy.zeros((len(others), len(FEATURES)), dtype=numpy.float32)
        shared = self._shared(index, others)
        table[:, : shared.shape[1]] = shared
        for row, other in enumerate(others):
            table[row, shared.shape[1] :] = self._plain(index, int(other))
        return table

    def are_of_other_stories(self, places: Places) -> NDArray[numpy.bool_]:
        """Return for each pair, by its two indices, whether the documents tell of other events."""
        if not len(places[0]):
            return numpy.zeros(0, dtype=bool)
        ones, others = ([self.statements[at].document for at in side] for side in places)
        return ~self.words.stories.are_near(ones, others)

    def _shared(self, index: int, others: NDArray[numpy.int64]) -> Floats:
        """Return the weighted shares of the words of either side that the other side has."""
        starts, weights = self.words.starts, self.words.weights
        own = slice(int(starts[index]), int(starts[index + 1]))
        places = numpy.concatenate([numpy.arange(starts[o], starts[o + 1]) for o in others])
        cuts = numpy.cumsum([0, *(starts[o + 1] - starts[o] for o in others)])[:-1]
        alike = self._alike(own, places)
        forth = numpy.maximum.reduceat(alike, cuts, axis=1).T  # [others, own words]
        back = alike.max(axis=0)
        here, there = weights[own], weights[places]
        content_here = here * ~self._is_name[own]
        content_there = there * ~self._is_name[places]
        sizes = numpy.add.reduceat(there, cuts)
        own_size, sizes = max(float(here.sum()), _LEAST_TOTAL), numpy.maximum(sizes, _LEAST_TOTAL)
        first = forth @ here / own_size
        second = numpy.add.reduceat(back * there, cuts) / sizes
        strong = numpy.sqrt(
            (_strong(forth) @ here / own_size)
            * (numpy.add.reduceat(_strong(back) * there, cuts) / sizes)
        )
        content = numpy.sqrt(
            (forth @ content_here / max(float(content_here.sum()), _LEAST_TOTAL))
            * (
                numpy.add.reduceat(back * content_there, cuts)
                / numpy.maximum(numpy.add.reduceat(content_there, cuts), _LEAST_TOTAL)
            )
        )
        best = (forth * here).max(axis=1)
        columns = (
            numpy.sqrt(first * second),
            numpy.maximum(first, second),
            strong,
            content,
            best,
        )
        return numpy.stack(columns, axis=1).astype(numpy.float32)

    @cached_property
    def _is_name(self) -> NDArray[numpy.bool_]:
        return numpy.array([word.is_name for one in self.statements for word in one.words])

    def _alike(self, own: slice, places: NDArray[numpy.int64]) -> Floats:
        """Return float32 [own words, other words]: how alike they are, by senses or by vectors."""
        vectors = self.words.vectors
        near = numpy.clip((vectors[own] @ vectors[places].T - _STRANGE) / (_SAME - _STRANGE), 0, 1)
        senses = self.words.senses
        same = (senses[own] @ senses[places].T).toarray()
        names = self._is_name[own][:, None] & self._is_name[places][None, :]
        near = numpy.where(names, near * _OTHER_NAME, near)
        made: Floats = numpy.maximum(near, same).astype(numpy.float32)
        return made

    def _plain(self, index: int, other: int) -> tuple[float, ...]:
        here, there = self.statements[index], self.statements[other]
        common = here.names & there.names
        rarity = self.words.stories.rarity
        known = max((rarity(name, here.document) for name in common), default=0.0)
        figures = compare_figures(self._figures[index], self._figures[other])
        is_same_document = here.document == there.document
        return (
            known,
            figures.number_same,
            figures.number_near,
            figures.date_same,
            # "denied that the dyke had broken" and "the dyke had not broken" are one fact.
            float((here.is_negated != here.is_denied) != (there.is_negated != there.is_denied)),
            float(bool(here.speakers & there.speakers)),
            float(is_same_document),
            float(is_same_document and here.is_heading != there.is_heading),
            float(here.language != there.language),
        )


def _strong(alike: Floats) -> Floats:
    """Return how far words are more alike than words of one field are."""
    made: Floats = numpy.clip((alike - _STRONG) / (1 - _STRONG), 0, 1)
    return made
