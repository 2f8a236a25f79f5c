"""How likely a word link is right: from its cosine and its margin over the next best.

A cosine alone tells little (function words are near to everything); the margin over the best other
word of either side tells a word that has one partner from one that could have many. The weights of
the encoder that ships with bicorpus are fitted on gold by scripts/fit_words.py and lie in
`words.toml`; another encoder's links have (cosine + 1) / 2 as score, as in simalign.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy

from bicorpus.align.words.linking import Floats, Integers, Method, PieceLinks, Table

# Of the links that equality makes (`anchors`), 95 of 95 in the gold are right: by Laplace's
# rule of succession, 96 of 97.
ANCHOR_SCORE = 0.99


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic model of the links that a method makes with one encoder.

    `threshold` is the score below which a link is dropped: F1 and AER are best where it is half of
    the best F1 that can be reached (Lipton et al., 2014), so it need not be searched for.
    """

    bias: float
    cosine: float
    margin: float
    threshold: float

    def scores(self, cosines: Floats, margins: Floats) -> Floats:
        """Return the probabilities that links are right."""
        scores: Floats = 1 / (1 + numpy.exp(-self.logits(cosines, margins)))
        return scores

    def logits(self, cosines: Floats, margins: Floats) -> Floats:
        """Return the logarithms of the odds that links are right."""
        return self.bias + self.cosine * cosines + self.margin * margins


@cache
def read_calibrations() -> dict[tuple[str, str], Calibration]:
    """Return the fitted weights by the encoder's signature and the method."""
    table = tomllib.loads(files(__package__).joinpath("chances.toml").read_text("utf-8"))
    return {
        (table["encoder"], method): Calibration(**weights)
        for method, weights in table["method"].items()
    }


def find_calibration(encoder: str, method: Method) -> Calibration | None:
    """Return the weights for an encoder's signature; None where nobody has fitted any."""
    return read_calibrations().get((encoder, method))


def plain_scores(cosines: Floats) -> Floats:
    """Return the scores of links without fitted weights: cosines mapped into [0, 1]."""
    scores: Floats = (cosines + 1) / 2
    return scores


def margins(
    links: PieceLinks, table: Table, source_words: Integers, target_words: Integers
) -> Floats:
    """Return by how much each link's cosine exceeds that of the best other word on either side.

    `source_words` and `target_words` give each piece's word (int64 [pieces]). Where neither
    side has another word the margin is 0: nothing speaks for the link but its cosine.
    """
    best = numpy.full(len(links.sources), -numpy.inf)
    if len(best):
        for likeness, words, partners in (
            (table.similarities[links.sources], target_words, links.targets),
            (table.similarities.T[links.targets], source_words, links.sources),
        ):
            is_own = words[numpy.newaxis, :] == words[partners][:, numpy.newaxis]
            others = numpy.where(is_own, -numpy.inf, likeness).max(axis=1)
            best = numpy.maximum(best, 2.0 * others - 1.0)
    difference: Floats = numpy.where(numpy.isinf(best), 0.0, links.cosines - best)
    return difference
