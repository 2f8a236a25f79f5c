"""What models have to say about a pair: word vectors, word links, probabilities.

The checks themselves load nothing. What they are not given they say nothing about; `checks_run`
tells which ones spoke.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bicorpus.checks.contrast import NO_CONTRASTS, Contrasts, Scorer
from bicorpus.checks.words import find_words
from bicorpus.data import WordLink
from bicorpus.protocols import WordAligner

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from bicorpus.checks.forecast import Forecast

    Matrix = NDArray[numpy.float32]


class PieceVectors(Protocol):
    """The vectors of a sentence's pieces, and the word that each belongs to."""

    @property
    def vectors(self) -> Matrix:
        """Float32 [pieces, d], not normalised."""
        ...

    @property
    def tokens(self) -> NDArray[numpy.int64]:
        """Int64 [pieces], ascending."""
        ...


class TokenEncoder(Protocol):
    """What `FolderEmbedder` offers beside whole sentences."""

    def token_vectors(self, sentences: Sequence[Sequence[str]]) -> Iterable[PieceVectors]:
        """Yield the pieces' vectors of each sentence of words."""
        ...


class Forecaster(Scorer, Protocol):
    """What `ForcedDecoder` offers."""

    def forecast(self, pairs: Sequence[tuple[str, str]]) -> list[Forecast]:
        """Return what a translator expects at each place of each pair's target."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found out about a pair; None where nothing was asked.

    `similarities` are cosines [source words, target words] of the words of `find_words`; `links`
    are word links; `forecast` is what a translator expects at each place of the target, `contrasts`
    what it says of words in doubt.
    """

    similarities: Matrix | None = None
    links: tuple[WordLink, ...] | None = None
    forecast: Forecast | None = None
    contrasts: Contrasts = NO_CONTRASTS


NO_EVIDENCE = Evidence()
# Every word is compared with every other: of two lines of 10,000 words, that is 100 million pairs.
MOST_WORDS = 1000

_ALWAYS = (
    "address", "antonym", "copied", "direction", "empty", "figure", "hedging", "language",
    "length", "negation", "repetition", "truncation", "untranslated",
)  # fmt: skip


def checks_run(evidence: Evidence) -> tuple[str, ...]:
    """Return the kinds of findings that `check_pair` can give with this evidence."""
    kinds = list(_ALWAYS)
    if evidence.similarities is not None:
        kinds += ["addition", "omission", "unrelated", "wording"]
    return tuple(sorted(kinds))


def gather(
    pairs: Sequence[tuple[str, str]],
    *,
    encoder: TokenEncoder | None = None,
    aligner: WordAligner | None = None,
    decoder: Forecaster | None = None,
) -> list[Evidence]:
    """Return what these models say about each (source text, target text)."""
    nothing = [None] * len(pairs)
    similarities = list(_similarities(pairs, encoder)) if encoder else nothing
    links = aligner.link(pairs) if aligner else nothing
    forecasts = decoder.forecast(pairs) if decoder else nothing
    found = [Evidence(*parts) for parts in zip(similarities, links, forecasts, strict=True)]
    return with_contrasts(pairs, found, decoder) if encoder and decoder else found


def with_contrasts(
    pairs: Sequence[tuple[str, str]], found: Sequence[Evidence], scorer: Scorer
) -> list[Evidence]:
    """Return the evidence with what leaving out each word that it makes doubtful would gain."""
    from bicorpus.checks.contrast import ask
    from bicorpus.checks.coverage import cover
    from bicorpus.checks.judging import doubts

    judged = [
        (number, cover(*pairs[number], one.similarities), one.forecast)
        for number, one in enumerate(found)
        if one.similarities is not None and one.forecast and 0 not in one.similarities.shape
    ]
    coverages = [coverage for _, coverage, _ in judged]
    doubted = [doubts(coverage, forecast) for _, coverage, forecast in judged]
    whole = list(found)
    for (number, _, _), contrasts in zip(judged, ask(coverages, doubted, scorer), strict=True):
        whole[number] = replace(whole[number], contrasts=contrasts)
    return whole


def _similarities(pairs: Sequence[tuple[str, str]], encoder: TokenEncoder) -> Iterator[Matrix]:
    """Yield the cosines of the words of each pair; a word's vector is its pieces' mean.

    Of a pair with more words on a side than `MOST_WORDS` there are none: float32 [0, 0].
    """
    sides = [side for pair in pairs for side in _words(*pair)]
    vectors = iter(encoder.token_vectors(sides))
    for number in range(len(pairs)):
        words = sides[2 * number], sides[2 * number + 1]
        first = _word_vectors(next(vectors), len(words[0]))
        second = _word_vectors(next(vectors), len(words[1]))
        yield first @ second.T


def _words(source: str, target: str) -> tuple[list[str], list[str]]:
    """Return the words of both sides; none where either side has too many."""
    words = [span.of(source) for span in find_words(source)]
    others = [span.of(target) for span in find_words(target)]
    return ([], []) if max(len(words), len(others)) > MOST_WORDS else (words, others)


def _word_vectors(pieces: PieceVectors, words: int) -> Matrix:
    import numpy

    sums = numpy.zeros((words, pieces.vectors.shape[1]), dtype=numpy.float32)
    numpy.add.at(sums, pieces.tokens, pieces.vectors)
    lengths = numpy.linalg.norm(sums, axis=1, keepdims=True)
    units: Matrix = sums / numpy.maximum(lengths, 1e-9)
    return units
