"""How well each word of a pair is rendered on the other side, as numbers that weights judge.

Three witnesses: the lexicon, the encoder's cosines, and the spelling (names, borrowings). A word
is lost when none of them finds it and no other word stands free that may render it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy

from bicorpus.checks.lemmas import lemma_of
from bicorpus.checks.lexicon import Entry, Lexicon, load_lexicon
from bicorpus.checks.words import find_words, function_words
from bicorpus.data import Language, Span
from bicorpus.languages import load_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float32]

_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "-": None})
# Below this the spelling of two words is alike by chance.
_LEAST_ALIKE = 0.8
_SHORTEST_ALIKE = 4
# How far away, in shares of the text, a free word may render another.
_REACH = 0.15
_FREE = 0.55
_LONG = 9


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one side, with what the lexicon knows of each."""

    text: str
    spans: tuple[Span, ...]
    lemmas: tuple[str, ...]
    is_content: NDArray[numpy.bool_]
    entries: tuple[Entry | None, ...]
    meanings: tuple[tuple[str, ...], ...]
    """The lemma of each word; also what it is short for."""

    def word(self, index: int) -> str:
        """Return the word at `index` as it stands."""
        return self.spans[index].of(self.text)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A pair's words and how strongly each two are linked: float32 [source, target]."""

    source: Words
    target: Words
    lexical: Matrix
    spelling: Matrix
    cosines: Matrix

    @property
    def strength(self) -> Matrix:
        """The three witnesses in one figure; 0.5 and less is no link, 1 and more a sure one."""
        joint: Matrix = self.cosines + 1.2 * numpy.sqrt(self.lexical) + 0.8 * self.spelling
        return joint


def read_side(text: str, language: Language, lexicon: Lexicon) -> Words:
    """Return the words of a text."""
    spans = tuple(find_words(text))
    words = [span.of(text) for span in spans]
    lemmas = tuple(lemma_of(word, language) for word in words)
    functions = function_words(language)
    is_content = numpy.array(
        [len(word) > 1 and word[0].isalpha() and word.lower() not in functions for word in words],
        dtype=bool,
    )
    entries = tuple(lexicon.entry(lemma, language) for lemma in lemmas)
    meanings = _meanings(text, spans, lemmas, language)
    return Words(text, spans, lemmas, is_content, entries, meanings)


def _meanings(
    text: str, spans: tuple[Span, ...], lemmas: tuple[str, ...], language: Language
) -> tuple[tuple[str, ...], ...]:
    """Return the lemmas that each word may stand for: "Aug." is August, "U.S." is US."""
    known = _short_forms(language)
    words = [span.of(text).lower() for span in spans]
    meanings = [
        (lemma, known[word]) if word in known else (lemma,)
        for word, lemma in zip(words, lemmas, strict=True)
    ]
    for first, end in _dotted(text, spans):
        meanings[first:end] = [("".join(words[first:end]),)] * (end - first)
    return tuple(meanings)


def _dotted(text: str, spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    """Return the runs of single letters with points between: "U.S.", "z.B."."""
    runs: list[tuple[int, int]] = []
    for place, span in enumerate(spans):
        if len(span) != 1 or text[span.end : span.end + 1] != ".":
            continue
        if runs and runs[-1][1] == place and spans[place - 1].end + 1 == span.start:
            runs[-1] = runs[-1][0], place + 1
        else:
            runs.append((place, place + 1))
    return [(first, end) for first, end in runs if end - first > 1]


@cache
def _short_forms(language: Language) -> dict[str, str]:
    lines = (line.partition(":") for line in load_words(language, "check_short_forms"))
    return {short.strip(): word.strip() for short, _, word in lines}


def cover(source: str, target: str, cosines: Matrix) -> Coverage:
    """Return the links of a German and an English text; `cosines` as `Evidence` has them."""
    lexicon = load_lexicon()
    first, second = read_side(source, "de", lexicon), read_side(target, "en", lexicon)
    lexical = numpy.zeros(cosines.shape, dtype=numpy.float32)
    known = [_strengths(some, lexicon) for some in first.meanings]
    for row, own in enumerate(known):
        lexical[row] = [own.get(lemma, 0.0) for lemma in second.lemmas]
    for column, others in enumerate(second.meanings):
        if others != (second.lemmas[column],):
            for row, own in enumerate(known):
                lexical[row, column] = max(own.get(other, 0.0) for other in others)
    return Coverage(first, second, lexical, _spelling(first, second), cosines)


def _strengths(meanings: tuple[str, ...], lexicon: Lexicon) -> dict[str, float]:
    """Return what a word is linked to, by all that it may stand for."""
    known = lexicon.strengths(meanings[0])
    for other in meanings[1:]:
        more = lexicon.strengths(other)
        known = known | {lemma: max(known.get(lemma, 0.0), more[lemma]) for lemma in more}
    return known


def _spelling(source: Words, target: Words) -> Matrix:
    """Return how alike the words are spelled, from 0 (not more than chance) to 1 (the same)."""
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cdist

    if not source.spans or not target.spans:
        return numpy.zeros((len(source.spans), len(target.spans)), dtype=numpy.float32)
    forms = [
        [words.word(index).casefold().translate(_FOLDED) for index in range(len(words.spans))]
        for words in (source, target)
    ]
    alike = cdist(forms[0], forms[1], scorer=JaroWinkler.similarity, dtype=numpy.float32)
    beyond = numpy.maximum(alike - _LEAST_ALIKE, 0) / (1 - _LEAST_ALIKE)
    result: Matrix = beyond.astype(numpy.float32)
    lengths = [numpy.array([len(form) for form in side]) for side in forms]
    is_short = numpy.minimum(lengths[0][:, None], lengths[1][None, :]) < _SHORTEST_ALIKE
    result[is_short & (alike < 1)] = 0
    return result


FEATURES = (
    "lexical", "lexical_own", "spelling", "cosine", "cosine_margin", "strength", "strength_own",
    "is_mutual", "count", "is_unknown", "coverage", "is_capital", "is_first", "length",
    "free_near", "free_share", "free_cosine", "balance", "words", "rest", "rest_least",
    "previous", "next", "room", "lexical_compound",
)  # fmt: skip


def features(coverage: Coverage, *, of_target: bool = False) -> Matrix:
    """Return what the weights judge by: float32 [words of the side, features]."""
    own, other = coverage.source, coverage.target
    matrices = [coverage.lexical, coverage.spelling, coverage.cosines, coverage.strength]
    if of_target:
        own, other = other, own
        matrices = [matrix.T for matrix in matrices]
    lexical, spelling, cosines, strength = matrices
    size, width = cosines.shape
    if not size or not width:
        return numpy.zeros((size, len(FEATURES)), dtype=numpy.float32)
    best = strength.argmax(axis=1)
    places = numpy.arange(size)
    rest = _second_best(strength)
    cosine_rest = _second_best(cosines)
    top_cosine = cosines.argmax(axis=1)
    shares = lexical / numpy.maximum(lexical.sum(axis=0, keepdims=True), 1e-6)
    top = strength.max(axis=1)
    free = _free(strength, other)
    near = _near(size, width)
    columns = [
        numpy.log10(numpy.maximum(lexical.max(axis=1), 1e-3)),
        (lexical * shares).max(axis=1),
        spelling.max(axis=1),
        cosines.max(axis=1),
        cosines[places, top_cosine] - cosine_rest[places, top_cosine],
        top,
        (strength - rest).max(axis=1),
        strength.argmax(axis=0)[best] == places,
        [math.log10(1 + (entry.count if entry else 0)) for entry in own.entries],
        [entry is None for entry in own.entries],
        [_logit(entry.covered, entry.count) if entry else 0.0 for entry in own.entries],
        [own.word(index)[0].isupper() for index in range(size)],
        places == 0,
        [min(len(span), 20) / 10 for span in own.spans],
        (free[None, :] * near).max(axis=1),
        numpy.full(size, free.sum() / max(other.is_content.sum(), 1)),
        (free[None, :] * cosines).max(axis=1),
        numpy.full(size, _balance(own, other)),
        numpy.full(size, math.log(size + 1)),
        *_rest(top, own),
        numpy.concatenate([[1.0], top[:-1]]),
        numpy.concatenate([top[1:], [1.0]]),
        _room(best, top, width),
        [entry is None and len(span) > _LONG
         for entry, span in zip(own.entries, own.spans, strict=True)],
    ]  # fmt: skip
    return numpy.stack([numpy.asarray(one, dtype=numpy.float32) for one in columns], axis=1)


def _second_best(matrix: Matrix) -> Matrix:
    """Return for each cell the greatest value of its column in any other row."""
    if len(matrix) == 1:
        return numpy.zeros_like(matrix)
    ordered = numpy.sort(matrix, axis=0)
    second: Matrix = numpy.where(matrix == ordered[-1], ordered[-2], ordered[-1])
    return second


def _free(strength: Matrix, other: Words) -> NDArray[numpy.float64]:
    """Return how free each content word of the other side is, from 0 (taken) to 1."""
    taken = strength.max(axis=0)
    free = numpy.clip((_FREE + 0.35 - taken) / 0.35, 0, 1) * other.is_content
    return numpy.asarray(free, dtype=numpy.float64)


def _near(size: int, width: int) -> NDArray[numpy.float64]:
    one = (numpy.arange(size) + 0.5) / size
    two = (numpy.arange(width) + 0.5) / width
    return numpy.exp(-numpy.abs(one[:, None] - two[None, :]) / _REACH)


def _logit(share: float, count: int) -> float:
    smoothed = (share * count + 1.4) / (count + 2)
    return math.log(smoothed / (1 - smoothed))


def _balance(own: Words, other: Words) -> float:
    return math.log((int(own.is_content.sum()) + 1) / (int(other.is_content.sum()) + 1))


def _rest(top: Matrix, own: Words) -> tuple[Matrix, Matrix]:
    """Return the mean and the least strength of the other content words, for each word."""
    indices = numpy.flatnonzero(own.is_content)
    if len(indices) < 2:
        return numpy.ones(len(top), numpy.float32), numpy.ones(len(top), numpy.float32)
    values = top[indices]
    ordered = numpy.sort(values)
    means = (values.sum() - numpy.where(own.is_content, top, values.mean())) / (len(values) - 1)
    least = numpy.where(own.is_content & (top <= ordered[0]), ordered[1], ordered[0])
    return means.astype(numpy.float32), least.astype(numpy.float32)


def _room(best: NDArray[numpy.int64], top: Matrix, width: int) -> NDArray[numpy.float64]:
    """Return how many words lie between those that render the neighbours, at most 5.

    Where the neighbours' renderings are adjacent there is no room for this word's.
    """
    room = numpy.full(len(best), 2.0)
    for index in range(1, len(best) - 1):
        if min(top[index - 1], top[index + 1]) > _FREE:
            room[index] = min(abs(int(best[index + 1]) - int(best[index - 1])), 5)
    most: NDArray[numpy.float64] = numpy.minimum(room, width)
    return most
