"""How far a given pair of texts looks like a translation, by evidence that needs no model.

Lengths after Gale & Church (1993), figures by value, and tokens that both sides share letter by
letter (names, mostly). The evidence is joined as odds: each part says how much more often it is
seen in true pairs than in chance pairs.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

# Measured on some 1,800 beads of a news test set: English has 0.907 characters for a German one in
# people's translations and 0.900 in a machine's, with a variance of 2.5 and 1.1 a character (Gale
# and Church report 6.8, for other languages). The wider one holds for both.
CHARACTERS_PER_CHARACTER = 0.905
VARIANCE_PER_CHARACTER = 2.5
# Two unrelated sentences of one article differ some four times as much as a sentence and its
# translation do.
CHANCE_SPREAD = 4.0
# A figure or a spelled-alike name that both sides share is rare in chance pairs; one that is
# missing is not rare in true pairs (it may be spelled out), so it weighs less.
SHARED_TOKEN_ODDS = 6.0
MISSING_FIGURE_ODDS = 0.25
MOST_COUNTED = 3

_TOKEN = re.compile(r"\w[\w.,'’-]*\w")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The score of a pair in [0, 1], and its length deviation in standard deviations.

    `deviation` is negative where the target is shorter than expected.
    """

    score: float
    deviation: float


def length_deviation(source: str, target: str) -> float:
    """Return by how many standard deviations `target` is longer than `source` lets expect."""
    expected = len(source) * CHARACTERS_PER_CHARACTER
    return (len(target) - expected) / math.sqrt(max(len(source), 1) * VARIANCE_PER_CHARACTER)


def confirm(source: str, target: str, *, kept: int, missing: int) -> Confirmation:
    """Score a pair; `kept` and `missing` count the source's figures found in the target, and not.

    An empty side scores 0.
    """
    if not source.strip() or not target.strip():
        return Confirmation(0.0, length_deviation(source, target))
    deviation = length_deviation(source, target)
    odds = CHANCE_SPREAD * math.exp(-0.5 * deviation**2 * (1 - 1 / CHANCE_SPREAD**2))
    shared = min(MOST_COUNTED, kept + shared_names(source, target))
    odds *= SHARED_TOKEN_ODDS**shared
    odds *= MISSING_FIGURE_ODDS ** min(MOST_COUNTED, missing)
    return Confirmation(odds / (1 + odds), deviation)


def shared_names(source: str, target: str) -> int:
    """Count the capitalised tokens that stand in both texts letter by letter."""

    def names(text: str) -> set[str]:
        return {token for token in _TOKEN.findall(text) if token[0].isupper() and len(token) > 2}

    return len(names(source) & names(target))
