"""What the grouping of claims reads: plain values of each claim, and tables over all of them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array

from bicorpus.claims.quantities.reading import Quantity
from bicorpus.data import Language

Floats = NDArray[numpy.float32]

# Counts of words in a few claims are chance: so many claims are taken to lack every word.
_SMOOTHING = 10
# A word that stands in every claim of the story still says a little.
_LEAST_WEIGHT = 0.05
# Likeness of documents from which they tell of the same; reports of one event have
# 0.16 to 0.7, of others 0.16 at most (nineteen documents of eight events).
_SAME_STORY = 0.15


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a claim.

    `senses` are what it may stand for in a vocabulary that both languages share, each with a
    strength in (0, 1]; the first is its key. `rarity` in [0, 1] is that of the word in the language
    at large: 1 for names and words that no list knows.
    """

    senses: Mapping[str, float]
    rarity: float
    is_name: bool = False

    @property
    def key(self) -> str:
        """The sense by which the word is counted."""
        return next(iter(self.senses))


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as the grouping reads it.

    `document` is the document's id; `place` is the claim's place in it, in [0, 1]; `is_heading` is
    true for headlines and subheadings. `vectors` is float32 [words, d], unit rows, in one space for
    both languages.
    `names` and `speakers` are keys that are equal for one name in both languages.
    """

    document: str
    language: Language
    place: float
    is_heading: bool
    words: tuple[Word, ...]
    vectors: Floats
    quantities: tuple[Quantity, ...]
    names: frozenset[str]
    speakers: frozenset[str]
    is_negated: bool
    is_denied: bool
    text: str = ""


class Stories:
    """In how many claims of a document and of those like it each key stands.

    What all reports of one event say ("Kursk") tells none of their claims from another, however
    rare it is in the corpus.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        """Count the keys of `statements` by document."""
        columns: dict[str, int] = defaultdict(lambda: len(columns))
        self._rows = {one: row for row, one in enumerate(sorted({s.document for s in statements}))}
        cells: Counter[tuple[int, int]] = Counter()
        telling: dict[tuple[int, int], float] = defaultdict(float)
        sizes = numpy.zeros(len(self._rows))
        for one in statements:
            row = self._rows[one.document]
            sizes[row] += 1
            keys = {sense for word in one.words if word.is_name for sense in word.senses}
            keys |= {word.key for word in one.words}
            cells.update((row, columns[key]) for key in keys)
            for word in one.words:
                for sense, strength in word.senses.items():
                    telling[row, columns[sense]] += strength * word.rarity
        self._columns = dict(columns)
        shape = (len(self._rows), max(len(columns), 1))
        counts = _table(cells, shape)
        self._near = near = _near_documents(_table(telling, shape))
        self._counts = csr_array(near @ counts)
        self._sizes = near @ sizes + _SMOOTHING
        self._cells: dict[int, dict[int, float]] = {}

    def are_near(self, ones: Sequence[str], others: Sequence[str]) -> NDArray[numpy.bool_]:
        """Return for each pair of documents whether both tell of the same."""
        rows = [self._rows[one] for one in ones]
        columns = [self._rows[other] for other in others]
        near: NDArray[numpy.bool_] = numpy.asarray(self._near[rows, columns], dtype=bool).ravel()
        return near

    def rarity(self, key: str, document: str) -> float:
        """Return how rare `key` is in the story that `document` tells, in [0, 1]."""
        row = self._rows[document]
        if row not in self._cells:
            place = slice(self._counts.indptr[row], self._counts.indptr[row + 1])
            found = zip(self._counts.indices[place], self._counts.data[place], strict=True)
            self._cells[row] = {int(column): float(count) for column, count in found}
        count = self._cells[row].get(self._columns.get(key, -1), 0.0)
        return math.log(self._sizes[row] / (count + 1)) / math.log(self._sizes[row])


def _table(cells: Mapping[tuple[int, int], float], shape: tuple[int, int]) -> csr_array:
    places = numpy.array(list(cells), dtype=numpy.int64).reshape(-1, 2).T
    return csr_array((numpy.array(list(cells.values()), float), tuple(places)), shape=shape)


def _near_documents(telling: csr_array) -> csr_array:
    """Return documents x documents: 1 where both tell of the same, as their rarer words show."""
    documents = telling.shape[0]
    spread = numpy.bincount(telling.indices, minlength=telling.shape[1])
    # In a corpus of one event, all documents share what it is about: that keeps some weight.
    rarity = numpy.log(1 + documents / numpy.maximum(spread, 1))
    weighted = csr_array(telling.log1p().multiply(rarity[None, :]))
    lengths = numpy.sqrt(weighted.multiply(weighted).sum(axis=1))
    units = csr_array(weighted.multiply(1 / numpy.maximum(lengths, 1e-9)[:, None]))
    near = csr_array(units @ units.T)
    near.data = (near.data >= _SAME_STORY).astype(float)
    near.eliminate_zeros()
    # A document without a single telling word is still near itself.
    return csr_array(near.maximum(eye_array(documents, format="csr")))


class Words:
    """The words of all statements in one row, with their weights.

    `starts` int [statements + 1] are the places of each statement's first word in the row.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        """Read `statements`; each must have one word or more."""
        self.statements = statements
        self.starts = numpy.cumsum([0, *(len(one.words) for one in statements)])
        self.vectors: Floats = (
            numpy.concatenate([one.vectors for one in statements])
            if statements
            else numpy.zeros((0, 1), numpy.float32)
        )

    @cached_property
    def stories(self) -> Stories:
        """How rare a key is among the documents that tell of the same."""
        return Stories(self.statements)

    @cached_property
    def weights(self) -> Floats:
        """Float32 [words]: rarity in the language times rarity in the story."""
        made = [
            max(word.rarity * self.stories.rarity(word.key, one.document), _LEAST_WEIGHT)
            for one in self.statements
            for word in one.words
        ]
        return numpy.array(made, dtype=numpy.float32)

    @cached_property
    def senses(self) -> csr_array:
        """Float32 [words, senses], unit rows."""
        columns: dict[str, int] = defaultdict(lambda: len(columns))
        rows, places, values = [0], [], []
        for one in self.statements:
            for word in one.words:
                length = math.sqrt(sum(value * value for value in word.senses.values()))
                for sense, value in word.senses.items():
                    places.append(columns[sense])
                    values.append(value / length)
                rows.append(len(places))
        shape = (len(rows) - 1, max(len(columns), 1))
        data = numpy.array(values, dtype=numpy.float32)
        return csr_array((data, numpy.array(places, dtype=numpy.int64), rows), shape=shape)
