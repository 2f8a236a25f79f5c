"""Fits how sure a given pairing is, from what it gains: bicorpus/align/confirm.toml.

    python scripts/fit_confirmation.py SENTALIGN [--write]

SENTALIGN has sets with NNN.de, NNN.en and NNN.gold in each, as for fit_aligner.py. The 1-1 beads of
each text are pairs that are right; with one side of every eighth replaced by a sentence of the same
or of another text, they are wrong. What is printed is measured across: each half of the articles
with what was fitted on the other. Run it again after fit_aligner.py.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from aligning.gold import GoldText, read_sets  # noqa: E402 - the path comes first

from bicorpus.align.bags import Floats  # noqa: E402
from bicorpus.align.confirm import FILE, gains  # noqa: E402
from bicorpus.align.signals import Material  # noqa: E402
from bicorpus.registry import find_backend  # noqa: E402

_EVERY = 8
_ROUNDS = 4
_RIDGE = 1e-3
_HEAD = """\
# What the score of a given pairing follows from: a gain of `middle` is as usual for a chance pair
# as for a translation. Written by scripts/fit_confirmation.py: do not edit.
"""


@dataclass(frozen=True)
class Sample:
    """The gains of the pairs of one article, and which of them are right."""

    article: str
    gains: Floats
    right: Floats


def samples(texts: Sequence[GoldText], *, with_vectors: bool) -> Iterator[Sample]:
    """Yield the pairs of every text in several rounds, each with others replaced."""
    encoder = find_backend("embedder", "folder")("embedded") if with_vectors else None
    everything = [sentence for text in texts for sentence in text.target]
    for text in texts:
        lot = random.Random(f"{text.set_name} {text.article}")  # noqa: S311 - no secrets here
        pairs = [
            (text.source[source[0]], text.target[target[0]])
            for source, target in text.beads
            if len(source) == len(target) == 1
        ]
        for start in range(_ROUNDS):
            sides = [one for one, _ in pairs], [other for _, other in pairs]
            right = numpy.ones(len(pairs))
            for place in range(start, len(pairs), _EVERY):
                new = lot.choice(text.target if lot.random() < 0.5 else everything)
                right[place] = float(new == sides[1][place])
                sides[1][place] = new
            source, target = (
                Material(side, language, vectors=encoder.embed(side) if encoder else None)
                for side, language in zip(sides, ("de", "en"), strict=True)
            )
            yield Sample(text.article, gains(source, target), right)


def fit(found: Sequence[Sample]) -> tuple[float, float]:
    """Return middle and slope of the logistic curve, as many wrong pairs as right ones."""
    values = numpy.concatenate([one.gains for one in found])
    right = numpy.concatenate([one.right for one in found])
    counts = numpy.where(right > 0, 0.5 / right.mean(), 0.5 / (1 - right.mean()))
    inputs = numpy.stack([numpy.ones_like(values), values], axis=1)
    weights = numpy.zeros(2)
    for _ in range(50):
        chances = 1 / (1 + numpy.exp(-inputs @ weights))
        slope = inputs.T @ (counts * (right - chances)) - _RIDGE * weights
        bend = (inputs * (counts * chances * (1 - chances))[:, None]).T @ inputs
        weights += numpy.linalg.solve(bend + _RIDGE * numpy.eye(2), slope)
    return float(-weights[0] / weights[1]), float(weights[1])


def measure(found: Sequence[Sample]) -> tuple[float, float, float]:
    """Return, across halves: right pairs above 0.5, wrong pairs below, area under the curve."""
    articles = sorted({one.article for one in found})
    halves = [
        [one for one in found if (articles.index(one.article) % 2) == side] for side in (0, 1)
    ]
    scores, right = [], []
    for here, there in (halves, halves[::-1]):
        middle, slope = fit(there)
        for one in here:
            scores.append(1 / (1 + numpy.exp(-slope * (one.gains - middle))))
            right.append(one.right)
    score, is_right = numpy.concatenate(scores), numpy.concatenate(right) > 0
    area = (score[is_right][:, None] > score[~is_right][None, :]).mean()
    return float((score[is_right] > 0.5).mean()), float((score[~is_right] < 0.5).mean()), area


@click.command()
@click.argument("sentalign", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--write", is_flag=True, help="Write bicorpus/align/confirm.toml, fitted on all.")
def main(sentalign: Path, *, write: bool) -> None:
    """Measure across articles, and fit on all."""
    texts = list(read_sets(sentalign))
    content = _HEAD
    for name, with_vectors in (("no-model", False), ("no-translator", True)):
        found = list(samples(texts, with_vectors=with_vectors))
        right, wrong, area = measure(found)
        click.echo(
            f"{name}: right pairs above 0.5: {right:.3f}; wrong below: {wrong:.3f}; "
            f"area under the curve {area:.4f}"
        )
        middle, slope = fit(found)
        content += f'\n[sets."{name}"]\nmiddle = {middle:.3f}\nslope = {slope:.3f}\n'
    if write:
        (ROOT / "bicorpus" / "align" / FILE).write_text(content, "utf-8")


if __name__ == "__main__":
    main()
