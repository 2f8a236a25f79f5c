"""Where a translator looked while it was handed a target, as numbers that weights judge.

A source word that is rendered is looked at for a word that was then said; one that is left out is
looked at where the target stumbles, or not at all. What the lexicon does not know, this may show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from bicorpus.checks.coverage import Coverage
from bicorpus.checks.forecast import Forecast
from bicorpus.checks.gaps import regrets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float32]

# From so many nats on that another word was likelier a place is as bad as can be.
_WORST = 8.0
_LEAST = -9.0


def source_looks(coverage: Coverage, forecast: Forecast) -> Matrix:
    """Return for each source word where it was looked at: float32 [source words, features]."""
    gap, word = forecast.attention[:, 0, :-1], forecast.attention[:, 1, :-1]
    stumbles = numpy.clip(regrets(forecast), 0, _WORST) / _WORST
    said = _said(forecast)
    content = _content(coverage)
    is_most = word == word.max(axis=1, keepdims=True)
    columns = (
        word.sum(axis=0), content @ word, word.max(axis=0),
        (word * said[:, None]).max(axis=0), (word * (said * content)[:, None]).max(axis=0),
        (gap * stumbles[:, None]).max(axis=0), stumbles[gap.argmax(axis=0)], gap.max(axis=0),
        content @ is_most,
    )  # fmt: skip
    return numpy.stack(columns, axis=1).astype(numpy.float32)


def gap_looks(coverage: Coverage, forecast: Forecast, lost: Matrix) -> Matrix:
    """Return for each gap what was looked at there: float32 [target words + 1, features].

    `lost` are the chances of the source words.
    """
    gap, word = forecast.attention[:, 0, :-1], forecast.attention[:, 1, :-1]
    doubts = lost * coverage.source.is_content
    claims = word * _said(forecast)[:, None]
    unclaimed = (1 - _best_other(claims)) * coverage.source.is_content
    columns = (
        (gap * doubts).max(axis=1), gap @ doubts, forecast.attention[:, 0, -1],
        gap @ coverage.source.is_content, (gap * unclaimed).max(axis=1), gap.max(axis=1),
        doubts[gap.argmax(axis=1)],
    )  # fmt: skip
    return numpy.stack(columns, axis=1).astype(numpy.float32)


def _said(forecast: Forecast) -> Matrix:
    """Return how probable each target word was, and the end."""
    chances: Matrix = numpy.exp(numpy.clip(forecast.scores[:, 2], _LEAST, 0))
    return chances


def _content(coverage: Coverage) -> Matrix:
    return numpy.append(coverage.target.is_content, False).astype(numpy.float32)


def _best_other(claims: Matrix) -> Matrix:
    """Return for each row the greatest value of each column in any other row."""
    if len(claims) < 2:
        return numpy.zeros_like(claims)
    ordered = numpy.sort(claims, axis=0)
    best: Matrix = numpy.where(claims == ordered[-1], ordered[-2], ordered[-1])
    return best
