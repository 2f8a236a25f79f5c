"""How sure it is that a word has no counterpart, or that one is missing: fitted weights judge.

The weights (`coverage.json`) come from good translations with words dropped, put in or replaced
on purpose; see `scripts/fit_checks.py`. They and not we decide how sure a finding is: an error
is one that hardly any good translation gets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import numpy

from bicorpus.checks.breaks import break_features
from bicorpus.checks.contrast import DETAILS, LEAST_DOUBT, Doubts, Gain, doubted, gains
from bicorpus.checks.coverage import Coverage, features
from bicorpus.checks.expected_opposites import expected_opposites
from bicorpus.checks.forecast import Forecast
from bicorpus.checks.gaps import gap_features, source_features, target_features, wish_table
from bicorpus.checks.german_forms import form_features
from bicorpus.checks.looks import gap_looks, source_looks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bicorpus.checks.evidence import Evidence

    Matrix = NDArray[numpy.float32]

JOINT = "joint"
_SMALL = 1e-6
Kind = Literal["omission", "addition", "break"]
"""What is judged: source words, target words, gaps between target words."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A small network: how sure it is that something is amiss, and from when it says so."""

    mean: Matrix
    scale: Matrix
    hidden: Matrix
    hidden_bias: Matrix
    output: Matrix
    output_bias: float
    warning: float
    error: float

    def judge(self, table: Matrix) -> Matrix:
        """Return a probability for each row of features."""
        inner = numpy.tanh((table - self.mean) / self.scale @ self.hidden.T + self.hidden_bias)
        sums = inner @ self.output + self.output_bias
        chances: Matrix = 1 / (1 + numpy.exp(-sums))
        return chances


@cache
def load_weights() -> dict[str, Weights]:
    """Return the weights by what they judge.

    "omission", "addition" and "break" by vectors; "+scores" with a forecast; "+contrasts" for the
    words that the translator was asked about.
    """
    return {name: as_weights(record) for name, record in _records().items() if name != JOINT}


def joint_warning() -> float:
    """Return the joint chance from which a lost word and a gap together get a warning."""
    return float(_records()[JOINT]["warning"])


def joint_chance(lost: Matrix, gaps: Matrix) -> float:
    """Return the chance that a source word is lost or a target word missing."""
    return float(1 - (1 - lost.max(initial=0.0)) * (1 - gaps.max(initial=0.0)))


@cache
def _records() -> dict[str, dict[str, Any]]:
    text = (files("bicorpus.checks") / "coverage.json").read_text("utf-8")
    records: dict[str, dict[str, Any]] = json.loads(text)
    return records


def as_weights(record: dict[str, Any]) -> Weights:
    """Return the weights that a record of the file holds."""

    def array(key: str) -> Matrix:
        return numpy.array(record[key], dtype=numpy.float32)

    return Weights(
        mean=array("mean"),
        scale=array("scale"),
        hidden=array("hidden"),
        hidden_bias=array("hidden_bias"),
        output=array("output"),
        output_bias=record["output_bias"],
        warning=record["warning"],
        error=record["error"],
    )


def word_tables(
    coverage: Coverage, forecast: Forecast | None, wishes: Matrix | None
) -> tuple[Matrix, Matrix]:
    """Return what the weights judge source words and target words by."""
    source = numpy.hstack([features(coverage), form_features(coverage.source)])
    target = features(coverage, of_target=True)
    if forecast is None or wishes is None:
        return source, target
    return (
        numpy.hstack(
            [
                source,
                source_features(coverage, forecast, wishes),
                source_looks(coverage, forecast),
            ]
        ),
        numpy.hstack([target, target_features(coverage, forecast, wishes)]),
    )


def asked_table(table: Matrix, first: Matrix, asked: dict[int, Gain], kind: Kind) -> Matrix:
    """Return what words are judged by that the translator was asked about: the rest, and that."""
    logits = numpy.log(first / numpy.maximum(1 - first, _SMALL))
    gained = gains(asked, len(table), details=DETAILS[kind])
    return numpy.hstack([table, logits[:, None], gained])


def gap_table(
    coverage: Coverage, forecast: Forecast | None, wishes: Matrix | None, lost: Matrix
) -> Matrix:
    """Return what the weights judge gaps by; `lost` are the chances of the source words."""
    if forecast is None or wishes is None:
        return break_features(coverage, lost, None)
    own = break_features(coverage, lost, forecast.scores)
    wished = gap_features(coverage, forecast, wishes, lost)
    return numpy.hstack([own, wished, gap_looks(coverage, forecast, lost)])


def doubts(coverage: Coverage, forecast: Forecast) -> Doubts:
    """Return the words to ask the translator about."""
    tables = word_tables(coverage, forecast, wish_table(coverage, forecast))
    lost, added = (
        load_weights()[name].judge(table)
        for name, table in zip(("omission+scores", "addition+scores"), tables, strict=True)
    )
    return Doubts(
        doubted(coverage.source.is_content, lost),
        doubted(coverage.target.is_content, added),
        expected_opposites(coverage, forecast),
    )


def judge(coverage: Coverage, evidence: Evidence) -> tuple[Matrix, Matrix, Matrix]:
    """Return the chances of source words, target words and gaps to be amiss."""
    forecast = evidence.forecast
    wishes = None if forecast is None else wish_table(coverage, forecast)
    source, target = word_tables(coverage, forecast, wishes)
    known = load_weights()
    if forecast is None:
        lost, added = known["omission"].judge(source), known["addition"].judge(target)
    else:
        lost = judge_asked(source, evidence.contrasts.lost, "omission", known)
        added = judge_asked(target, evidence.contrasts.added, "addition", known)
    gaps = weights_of("break", evidence).judge(gap_table(coverage, forecast, wishes, lost))
    return lost, added, gaps


def judge_asked(
    table: Matrix, asked: dict[int, Gain], kind: Kind, known: dict[str, Weights]
) -> Matrix:
    """Return the chances of words: those that were not asked about are in hardly any doubt."""
    first = known[f"{kind}+scores"].judge(table)
    chances: Matrix = numpy.minimum(first, LEAST_DOUBT)
    if asked:
        places = sorted(asked)
        second = known[f"{kind}+contrasts"].judge(asked_table(table, first, asked, kind)[places])
        chances[places] = second
    return chances


def weights_of(kind: Kind, evidence: Evidence) -> Weights:
    """Return the weights that have the last word on a kind."""
    if evidence.forecast is None:
        return load_weights()[kind]
    return load_weights()[f"{kind}+{'scores' if kind == 'break' else 'contrasts'}"]
