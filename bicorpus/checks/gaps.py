"""Where a translation stumbles, by what a translator expected there, as numbers that weights judge.

A word too few leaves a place where the translator would have said it; at a word too many it would
have said what comes behind. See `forecast.Forecast`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy

from bicorpus.checks.coverage import Coverage
from bicorpus.checks.forecast import SKIPS, Forecast
from bicorpus.checks.lemmas import lemma_of
from bicorpus.checks.lexicon import load_lexicon
from bicorpus.checks.words import function_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float32]

# A source word's neighbours whose renderings show where its own should be.
_LINKED = 0.7
_SURE = 0.85
_NEIGHBOURS = 4
_REACH = 0.15
# A wish below this chance is as good as none.
_LEAST = 1e-3
_SHORTEST_BEGINNING = 4


def wish_table(coverage: Coverage, forecast: Forecast) -> Matrix:
    """Return how likely each source word was to be rendered in each gap, where it was not.

    float32 [source words, target words + 1]: the chance of the lexicon's renderings of the word.
    """
    table = numpy.zeros((len(coverage.source.spans), len(forecast.wishes)), dtype=numpy.float32)
    renderings = _renderings(coverage)
    for gap, wishes in enumerate(forecast.wishes):
        for word, log in wishes.items():
            for row, strength in _meant(word, renderings):
                table[row, gap] += math.exp(log) * math.sqrt(min(1.0, 2 * strength))
    result: Matrix = numpy.minimum(table, 1)
    return result


def _renderings(coverage: Coverage) -> dict[str, list[tuple[int, float]]]:
    """Return the English lemmas that the lexicon has for the source's content words, with those."""
    lexicon = load_lexicon()
    found: dict[str, list[tuple[int, float]]] = {}
    for row in numpy.flatnonzero(coverage.source.is_content).tolist():
        for lemma, strength in lexicon.strengths(coverage.source.lemmas[row]).items():
            found.setdefault(lemma, []).append((row, strength))
    return found


def _meant(
    word: str, renderings: dict[str, list[tuple[int, float]]]
) -> Iterable[tuple[int, float]]:
    """Return the source words that a wish renders; it may be the beginning of a rendering only."""
    lemma = lemma_of(word, "en")
    if lemma in renderings or len(word) < _SHORTEST_BEGINNING:
        return renderings.get(lemma, ())
    if load_lexicon().entry(lemma, "en") is not None:
        return ()
    best: dict[int, float] = {}
    for other, rows in renderings.items():
        if other.startswith(lemma):
            for row, strength in rows:
                best[row] = max(best.get(row, 0.0), strength)
    return best.items()


def target_features(coverage: Coverage, forecast: Forecast, wishes: Matrix) -> Matrix:
    """Return for each target word how improbable it and its neighbourhood are, and what was wished.

    float32 [target words, features].
    """
    scores, size = forecast.scores, len(forecast.scores) - 1
    gap, first, low = scores[:size].T
    behind = scores[1:, 0]
    median = numpy.median(low) if size else 0.0
    mean = numpy.full(size, scores[:, 1].mean())
    before = numpy.concatenate([numpy.array([-1.0]), low[:-1]])[:size]
    open_wishes = (wishes * _openness(coverage)[:, None]).max(axis=0, initial=0.0)[:size]
    columns = (
        gap, first, low, behind, low - median, mean, before,
        forecast.skips[:, 0] - first, forecast.skips[:, 0], _skipped(forecast),
        regrets(forecast)[:size], _log(wishes.max(axis=0, initial=0.0)[:size]), _log(open_wishes),
    )  # fmt: skip
    return numpy.stack(columns, axis=1).astype(numpy.float32)


def _log(chances: Matrix) -> Matrix:
    logs: Matrix = numpy.log(numpy.maximum(chances, _LEAST))
    return logs


def _openness(coverage: Coverage) -> Matrix:
    """Return how far each source word is without a counterpart, from 0 to 1."""
    top = coverage.strength.max(axis=1, initial=0.0)
    openness: Matrix = numpy.clip((1.1 - top) / 0.5, 0, 1)
    return openness


def _skipped(forecast: Forecast) -> Matrix:
    """Return for each word how much likelier is what follows a run of words that it is in."""
    size = len(forecast.skips)
    best = numpy.full(size, -20.0, dtype=numpy.float32)
    for start in range(size):
        for count in range(min(SKIPS, size - start)):
            gain = forecast.skips[start, count] - forecast.scores[start, 1]
            run = slice(start, start + count + 1)
            best[run] = numpy.maximum(best[run], gain)
    return best


def regrets(forecast: Forecast) -> Matrix:
    """Return by how many nats the best other word was likelier in each gap."""
    return numpy.array(
        [max(wishes.values(), default=score) - score
         for wishes, score in zip(forecast.wishes, forecast.scores[:, 0].tolist(), strict=True)],
        dtype=numpy.float32,
    )  # fmt: skip


def source_features(coverage: Coverage, forecast: Forecast, wishes: Matrix) -> Matrix:
    """Return for each source word how improbable the target is where its rendering should be.

    A stumble counts more at a target word that is known to render another source word: it is no
    surprise in itself. float32 [source words, features].
    """
    strength = coverage.strength
    scores = forecast.scores
    size, width = strength.shape
    gap = scores[:, 0]
    taken = numpy.concatenate([strength.max(axis=0, initial=0.0), [1.0]])
    sure = numpy.where(taken > _SURE, gap, 0.0)
    least = numpy.sort(sure)
    overall = (gap.min(), sure.min(), least[min(1, width)], scores[:, 1].mean())
    wronged = regrets(forecast)
    best, top = strength.argmax(axis=1), strength.max(axis=1)
    rows = []
    for place in range(size):
        start, end = _where(place, best, top, width)
        near = wishes[place, start:end].max(initial=0.0)
        at = int(wishes[place].argmax())
        own = float(strength[place, at]) if at < width else 0.0
        rows.append(
            (gap[start:end].min(), sure[start:end].min(), *overall,
             _log(near), _log(wishes[place, at]), gap[at], taken[at], own, wronged[at],
             wronged[start:end].max(initial=0.0))
        )  # fmt: skip
    return numpy.array(rows, dtype=numpy.float32)


def gap_features(coverage: Coverage, forecast: Forecast, wishes: Matrix, lost: Matrix) -> Matrix:
    """Return for each gap what was wished there: float32 [target words + 1, features]."""
    doubts = numpy.where(coverage.source.is_content, lost, 0.0)
    functions = function_words("en")
    content = [
        max((log for word, log in one.items() if word.lower() not in functions), default=-7.0)
        for one in forecast.wishes
    ]
    columns = (
        regrets(forecast),
        _log(wishes.max(axis=0, initial=0.0)),
        _log((wishes * _openness(coverage)[:, None]).max(axis=0, initial=0.0)),
        _log((wishes * doubts[:, None]).max(axis=0, initial=0.0)),
        numpy.array(content),
        numpy.array(content) - forecast.scores[:, 0],
    )
    return numpy.stack(columns, axis=1).astype(numpy.float32)


def _where(place: int, best: NDArray[numpy.int64], top: Matrix, width: int) -> tuple[int, int]:
    """Return the stretch of rows of the scores where a source word's rendering should be."""
    size = len(best)
    before = next(
        (best[at] for at in range(place - 1, max(place - 1 - _NEIGHBOURS, -1), -1)
         if top[at] >= _LINKED), None)  # fmt: skip
    behind = next(
        (best[at] for at in range(place + 1, min(place + 1 + _NEIGHBOURS, size))
         if top[at] >= _LINKED), None)  # fmt: skip
    one = int((place / size - _REACH) * width) if before is None else int(before)
    two = int((place / size + _REACH) * width) + 1 if behind is None else int(behind)
    start, end = min(one, two), max(one, two)
    return max(start, 0), min(end + 1, width) + 1
