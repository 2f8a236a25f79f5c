"""Asks a translator about single words by leaving them out or turning them, where in doubt.

Contrastive conditioning (Vamvas and Sennrich 2022): where a source word is not rendered, the
target is more probable from a source without it; a target word too many makes the target more
probable by going, a word that became its opposite by being turned back. Of 24 adjectives and
adverbs dropped from good translations, the word behind fifteen was the one whose going gained
most, by 1.4 to 9 nats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
_NO_OTHER = -5.0
DETAILS = {"omission": 8, "addition": 0}
"""How many details the gains have that each kind of word is judged by."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """The words to ask about, by number: of the source, of the target, and with an opposite."""

    lost: Sequence[int] = ()
    added: Sequence[int] = ()
    opposed: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True)
class Gain:
    """What the target gains when a word goes: nats in all; `details` by the target's pieces.

    The two least gains of a piece, the greatest, all above zero, all below; the least and greatest
    gain of a probability; how many pieces. What renders a word loses much without it.
    """

    nats: float
    details: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Contrasts:
    """By how much the target gets more probable without a source word, or a target word.

    By the number of the word; words that nobody doubts are not in it. `opposed` has the opposite
    of a target word that gains most in its place, and the nats that it gains.
    """

    lost: dict[int, Gain] = field(default_factory=dict)
    added: dict[int, Gain] = field(default_factory=dict)
    opposed: dict[int, tuple[str, float]] = field(default_factory=dict)


NO_CONTRASTS = Contrasts()


class Scorer(Protocol):
    """What `ForcedDecoder` offers for whole texts."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        """Return the natural logarithm of the probability of each piece of each target."""
        ...


def doubted(is_content: NDArray[numpy.bool_], chances: Matrix) -> list[int]:
    """Return the numbers of the content words to ask about, in order."""
    places = (is_content & (chances >= LEAST_DOUBT)).nonzero()[0].tolist()
    most = sorted(places, key=lambda place: -chances[place])[:_MOST]
    return sorted(most)


def ask(coverages: Sequence[Coverage], doubts: Sequence[Doubts], scorer: Scorer) -> list[Contrasts]:
    """Return what leaving out or turning each doubted word gains."""
    import numpy

    pairs = [
        pair
        for coverage, one in zip(coverages, doubts, strict=True)
        for pair in _questions(coverage.source.text, coverage.target.text, coverage, one)
    ]
    scores = (numpy.array(score, dtype=numpy.float32) for score in scorer.score(pairs))
    return [_answers(one, scores) for one in doubts]


def _questions(
    source: str, target: str, coverage: Coverage, doubts: Doubts
) -> Iterator[tuple[str, str]]:
    """Yield the pair as it is and with each word that is in doubt gone or turned."""
    if doubts.lost or doubts.added or doubts.opposed:
        yield source, target
    for place in doubts.lost:
        yield _without(source, coverage.source.spans[place]), target
    for place in doubts.added:
        yield source, _without(target, coverage.target.spans[place])
    for place, opposite in doubts.opposed:
        span = coverage.target.spans[place]
        yield source, target[: span.start] + opposite + target[span.end :]


def _answers(doubts: Doubts, scores: Iterator[Matrix]) -> Contrasts:
    """Take the scores of the questions and return what they say."""
    found = Contrasts({}, {}, {})
    if not (doubts.lost or doubts.added or doubts.opposed):
        return found
    whole = next(scores)
    for place in doubts.lost:
        without = next(scores)
        found.lost[place] = Gain(float(without.sum() - whole.sum()), _details(whole, without))
    for place in doubts.added:
        found.added[place] = Gain(float(next(scores).sum() - whole.sum()))
    for place, opposite in doubts.opposed:
        gain = float(next(scores).sum() - whole.sum())
        if place not in found.opposed or gain > found.opposed[place][1]:
            found.opposed[place] = opposite, gain
    return found


def _details(whole: Matrix, without: Matrix) -> tuple[float, ...]:
    """Return the details of a `Gain`, of two scores of the same pieces."""
    import numpy

    nats, chances = without - whole, numpy.exp(without) - numpy.exp(whole)
    ordered = numpy.append(numpy.sort(nats), 0.0)
    return (
        float(ordered[0]), float(ordered[1]), float(nats.max(initial=0.0)),
        float(numpy.maximum(nats, 0).sum()), float(numpy.minimum(nats, 0).sum()),
        float(chances.min(initial=0.0)), float(chances.max(initial=0.0)), float(len(nats)),
    )  # fmt: skip


def _without(text: str, span: Span) -> str:
    """Return the text without a word and the blank behind it."""
    end = span.end + (text[span.end : span.end + 1] == " ")
    return text[: span.start] + text[end:]


def gains(asked: Mapping[int, Gain], size: int, *, details: int) -> Matrix:
    """Return what the weights judge asked words by beside the rest: float32 [words, features].

    The gain; that of the best other word asked about; how many were asked about; so many details.
    Rows of words that were not asked about are zero.
    """
    import numpy

    table = numpy.zeros((size, 3 + details), dtype=numpy.float32)
    for place, gain in asked.items():
        others = [one.nats for other, one in asked.items() if other != place]
        table[place] = gain.nats, max(others, default=_NO_OTHER), len(asked), *gain.details
    return table
