"""Asks a translator about single words by leaving them out, where there is a doubt about them.

Contrastive conditioning (Vamvas and Sennrich 2022): where a source word is not rendered, the
target is more probable from a source without it; a target word too many makes the target more
probable by going. Of 24 adjectives and adverbs dropped from good translations, the word behind
fifteen was the one whose going gained most, by 1.4 to 9 nats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bicorpus.data import Span

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from bicorpus.checks.coverage import Coverage

    Matrix = NDArray[numpy.float32]

# A word of a lower chance to be amiss is not asked about, nor more words of a side than this.
LEAST_DOUBT = 0.025
_MOST = 5


@dataclass(frozen=True, slots=True)
class Contrasts:
    """By how many nats the target gets more probable without a source word, or a target word.

    By the number of the word; words that nobody doubts are not in it.
    """

    lost: dict[int, float] = field(default_factory=dict)
    added: dict[int, float] = field(default_factory=dict)


NO_CONTRASTS = Contrasts()


class Scorer(Protocol):
    """What `ForcedDecoder` offers for whole texts."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return the natural logarithm of each target's probability, given its source."""
        ...


def doubted(is_content: NDArray[numpy.bool_], chances: Matrix) -> list[int]:
    """Return the numbers of the content words to ask about, in order."""
    places = (is_content & (chances >= LEAST_DOUBT)).nonzero()[0].tolist()
    most = sorted(places, key=lambda place: -chances[place])[:_MOST]
    return sorted(most)


def ask(
    coverages: Sequence[Coverage], doubts: Sequence[tuple[list[int], list[int]]], scorer: Scorer
) -> list[Contrasts]:
    """Return what leaving out each doubted word (of the source, of the target) gains."""
    pairs: list[tuple[str, str]] = []
    for coverage, (lost, added) in zip(coverages, doubts, strict=True):
        source, target = coverage.source, coverage.target
        if lost or added:
            pairs.append((source.text, target.text))
        pairs += [(_without(source.text, source.spans[place]), target.text) for place in lost]
        pairs += [(source.text, _without(target.text, target.spans[place])) for place in added]
    scores = iter(scorer.score(pairs))
    contrasts = []
    for lost, added in doubts:
        whole = next(scores) if lost or added else 0.0
        contrasts.append(
            Contrasts(
                {place: next(scores) - whole for place in lost},
                {place: next(scores) - whole for place in added},
            )
        )
    return contrasts


def _without(text: str, span: Span) -> str:
    """Return the text without a word and the blank behind it."""
    end = span.end + (text[span.end : span.end + 1] == " ")
    return text[: span.start] + text[end:]


def gains(asked: dict[int, float], size: int) -> Matrix:
    """Return what the weights judge asked words by beside the rest: float32 [words, 3].

    The gain; that of the best other word asked about; how many were asked about. Rows of words
    that were not asked about are zero.
    """
    import numpy

    table = numpy.zeros((size, 3), dtype=numpy.float32)
    for place, gain in asked.items():
        others = [one for other, one in asked.items() if other != place]
        table[place] = gain, max(others, default=-5.0), len(asked)
    return table
