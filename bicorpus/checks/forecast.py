"""What a translator expects at each place of a given translation, cut to what checks ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

from bicorpus.checks.words import find_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bicorpus.data import Span

    Matrix = NDArray[numpy.float32]
    Piece = tuple[int, int, str]
    """Where a piece of a text starts and ends, and the piece."""

UNKNOWN = -3.0
"""What a word scores on average; stands where nothing was computed."""
SKIPS = 4
"""How many words in a row may be one too many."""
# A place where the translator would have said the very word more often than not hides no other.
_EXPECTED = -0.7
_WISHES = 12
_LEAST_WISH = -6.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """The natural logarithms of a translator's probabilities, for the words of `find_words`.

    `scores` float32 [target words + 1, 3]: how probable is what comes behind the word before (a
    mark, or this word's first piece), its first piece, its least probable piece; the last row is
    for the end. `skips` float32 [target words, SKIPS]: in this word's place, what comes behind the
    next 1, 2 … words from here. `wishes` has for each row of `scores` the beginnings of words that
    were most probable there; none where what stands there was. `attention` float32 [target words
    + 1, 2, source words + 1] is how much the decoder looked at each source word (the last column:
    at marks and the end) where something may stand before the word, and for the word itself.
    """

    scores: Matrix
    skips: Matrix
    wishes: tuple[dict[str, float], ...]
    attention: Matrix


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A translator's pieces: the number of each, and which of them begin a word."""

    numbers: dict[str, int]
    unknown: int
    beginnings: NDArray[numpy.int64]
    words: tuple[str, ...]


def make_vocabulary(pieces: Sequence[str]) -> Vocabulary:
    """Return the vocabulary of a list of pieces, "\u2581" for the blank before a word."""
    starts = [
        (number, piece[1:])
        for number, piece in enumerate(pieces)
        if piece.startswith("\u2581") and len(piece) > 2 and piece[1:].isalpha()
    ]
    return Vocabulary(
        {piece: number for number, piece in enumerate(pieces)},
        pieces.index("<unk>"),
        numpy.array([number for number, _ in starts], dtype=numpy.int64),
        tuple(word for _, word in starts),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a decoder made of a target that it was handed.

    `pieces` are the target's; `logits` float32 [pieces + 1, vocabulary], the last row for the end;
    `attention` float32 [pieces or more, source pieces or more] where the decoder looked.
    """

    pieces: Sequence[Piece]
    logits: Matrix
    source_pieces: Sequence[Piece]
    attention: Matrix


def read_forecast(source: str, target: str, reading: Reading, vocabulary: Vocabulary) -> Forecast:
    """Return the forecast of a target.

    Words beyond the last piece are taken for neither probable nor improbable.
    """
    pieces, logits = reading.pieces, reading.logits
    spans = find_words(target)
    size, rows = len(spans), len(pieces)
    scores = numpy.full((size + 1, 3), UNKNOWN, dtype=numpy.float32)
    skips = numpy.full((size, SKIPS), UNKNOWN, dtype=numpy.float32)
    wishes: list[dict[str, float]] = [{} for _ in range(size + 1)]
    looks = numpy.zeros((size + 1, 2, len(find_words(source)) + 1), dtype=numpy.float32)
    if not len(logits):
        return Forecast(scores, skips, tuple(wishes), looks)
    attention = _by_words(reading.attention, find_words(source), reading.source_pieces)
    chances = _log_softmax(logits)
    said = [vocabulary.numbers.get(piece, vocabulary.unknown) for _, _, piece in pieces]
    said.append(vocabulary.numbers["</s>"])
    own = chances[numpy.arange(rows + 1), said]
    marks, words = _places(spans, pieces)
    for number in range(size + 1):
        first = (marks[number] + words[number])[:1]
        if not first:
            continue
        start = words[number][0] if words[number] else marks[number][-1]
        low = min((own[at] for at in words[number]), default=own[start])
        scores[number] = own[first[0]], own[start], low
        looks[number, 0] = attention[min(first[0], len(attention) - 1)]
        looks[number, 1] = attention[words[number]].max(axis=0, initial=0.0)
        for place in {first[0], start}:
            if own[place] < _EXPECTED:
                wishes[number] |= _wishes(chances[place], vocabulary)
        for skip in range(min(SKIPS, size - number)):
            behind = (marks[number + skip + 1] + words[number + skip + 1])[:1]
            if behind:
                skips[number, skip] = chances[start, said[behind[0]]]
    return Forecast(scores, skips, tuple(wishes), looks)


def _by_words(attention: Matrix, spans: Sequence[Span], pieces: Sequence[Piece]) -> Matrix:
    """Return the attention [target pieces, source words + 1], summed over each word's pieces."""
    _, words = _places(spans, pieces)
    looks = numpy.zeros((len(attention), len(spans) + 1), dtype=numpy.float32)
    for number, places in enumerate(words[:-1]):
        looks[:, number] = attention[:, places].sum(axis=1)
    looks[:, -1] = attention.sum(axis=1) - looks[:, :-1].sum(axis=1)
    return looks


def _places(
    spans: Sequence[Span], pieces: Sequence[Piece]
) -> tuple[list[list[int]], list[list[int]]]:
    """Return which pieces are the marks before each word (and behind the last), and its own."""
    words: list[list[int]] = [[] for _ in range(len(spans) + 1)]
    marks: list[list[int]] = [[] for _ in range(len(spans) + 1)]
    number = 0
    for place, (start, end, _) in enumerate(pieces):
        while number < len(spans) and spans[number].end <= start:
            number += 1
        is_word = number < len(spans) and end > spans[number].start
        (words if is_word else marks)[number].append(place)
    marks[len(spans)].append(len(pieces))
    return marks, words


def _log_softmax(logits: Matrix) -> Matrix:
    beyond = logits - logits.max(axis=1, keepdims=True)
    result: Matrix = beyond - numpy.log(numpy.exp(beyond).sum(axis=1, keepdims=True))
    return result


def _wishes(chances: Matrix, vocabulary: Vocabulary) -> dict[str, float]:
    """Return the most probable beginnings of words in a place."""
    some = chances[vocabulary.beginnings]
    most = min(_WISHES, len(some))
    top = numpy.argpartition(some, -most)[-most:]
    return {
        vocabulary.words[at]: float(some[at])
        for at in sorted(top, key=lambda at: -some[at])
        if some[at] > _LEAST_WISH
    }
