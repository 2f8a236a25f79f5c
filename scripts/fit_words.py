"""Fits how likely a word link is right, by method, on gold links: the table `words/chances.toml`.

    python scripts/fit_words.py GOLD [--write]

GOLD has NAME.wa with NAME.de.txt and NAME.en.txt, a pair a line. What is printed is measured
across: each text of the gold is scored with weights that were fitted on the others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bicorpus.align.words.anchors import Words  # noqa: E402
from bicorpus.align.words.linking import METHODS, Floats, Method  # noqa: E402 - the path comes first
from bicorpus.align.words.scores import Calibration  # noqa: E402
from bicorpus.align.words.tokens import place_tokens  # noqa: E402
from bicorpus.evaluate.words import WordLinks, WordScore, read_word_links, score_links  # noqa: E402
from bicorpus.wordaligners.candidates import Candidates, find_candidates  # noqa: E402
from bicorpus.wordaligners.encoders import PieceEncoder  # noqa: E402

# Weak: it keeps the weights of some 400 links finite, and moves none by a tenth.
_RIDGE = 0.05
_BINS = 5


@dataclass(frozen=True)
class GoldPair:
    """The candidates of a pair of one text, with the gold."""

    text: str
    found: Candidates
    gold: WordLinks

    def right(self) -> Floats:
        """1 for each candidate that the gold has, sure or possible, else 0."""
        pairs = zip(self.found.sources, self.found.targets, strict=True)
        return numpy.array([(int(i), int(j)) in self.gold.possible for i, j in pairs], float)


def read_pairs(folder: Path, method: Method, encoder: PieceEncoder) -> Iterator[GoldPair]:
    """Yield every pair of the gold with its candidates."""
    for path in sorted(folder.glob("*.wa")):
        sides = [
            [line.split() for line in path.with_suffix(f".{code}.txt").read_text().splitlines()]
            for code in ("de", "en")
        ]
        words = [
            (Words(*place_tokens(one), "de"), Words(*place_tokens(other), "en"))
            for one, other in zip(*sides, strict=True)
        ]
        found = find_candidates(encoder, words, method=method, anchors=True)
        for candidates, gold in zip(found, read_word_links(path), strict=True):
            yield GoldPair(path.stem, candidates, gold)


def fit(pairs: Sequence[GoldPair]) -> tuple[float, float, float]:
    """Return bias and weights of cosine and margin, by Newton's method."""
    inputs = numpy.concatenate([
        numpy.stack([numpy.ones_like(one.found.cosines), one.found.cosines, one.found.margins], 1)
        [~one.found.anchored] for one in pairs
    ])  # fmt: skip
    right = numpy.concatenate([one.right()[~one.found.anchored] for one in pairs])
    weights = numpy.zeros(3)
    for _ in range(50):
        chances = 1 / (1 + numpy.exp(-inputs @ weights))
        slope = inputs.T @ (right - chances) - _RIDGE * weights
        bend = (inputs * (chances * (1 - chances))[:, None]).T @ inputs
        weights += numpy.linalg.solve(bend + _RIDGE * numpy.eye(3), slope)
    return float(weights[0]), float(weights[1]), float(weights[2])


def calibrate(pairs: Sequence[GoldPair]) -> Calibration:
    """Return weights, and the threshold at half of the F1 that they reach: 1 - AER."""
    bias, cosine, margin = fit(pairs)
    threshold = 0.45
    for _ in range(5):
        made = Calibration(bias, cosine, margin, threshold)
        threshold = (1 - measure(pairs, {one.text: made for one in pairs}).error_rate) / 2
    return Calibration(round(bias, 4), round(cosine, 4), round(margin, 4), round(threshold, 2))


def measure(pairs: Sequence[GoldPair], by_text: dict[str, Calibration | None]) -> WordScore:
    """Score what is left of the candidates; None keeps all."""
    total = WordScore()
    for one in pairs:
        calibration = by_text[one.text]
        keep = numpy.ones(len(one.found.sources), bool)
        if calibration:
            keep = one.found.scores(calibration) >= calibration.threshold
        sources, targets = one.found.sources[keep], one.found.targets[keep]
        links = frozenset((int(i), int(j)) for i, j in zip(sources, targets, strict=True))
        total += score_links(one.gold, WordLinks(links, links))
    return total


def show_reliability(pairs: Sequence[GoldPair], by_text: dict[str, Calibration]) -> None:
    """Print, for bins of equal size, the mean score and the share that is right."""
    scores = numpy.concatenate([one.found.scores(by_text[one.text]) for one in pairs])
    right = numpy.concatenate([one.right() for one in pairs])
    order = numpy.argsort(scores, kind="stable")
    for part in numpy.array_split(order, _BINS):
        click.echo(f"    score {scores[part].mean():.3f}  right {right[part].mean():.3f}")


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--write", is_flag=True, help="Write the table, fitted on all.")
def main(gold: Path, *, write: bool) -> None:
    """Measure across texts, and fit on all."""
    encoder = PieceEncoder("embedded", layer=None, threads=1)
    lines = [
        "# Written by scripts/fit_words.py: how likely a link is right, fitted on gold links of",
        "# two news articles (61 pairs). Names the encoder that it was fitted with.",
        f'encoder = "{encoder.signature}"',
    ]
    for method in METHODS:
        pairs = list(read_pairs(gold, method, encoder))
        texts = sorted({one.text for one in pairs})
        across: dict[str, Calibration] = {
            text: calibrate([one for one in pairs if one.text != text]) for text in texts
        }
        everything = measure(pairs, dict.fromkeys(texts))
        kept = measure(pairs, dict(across))
        for name, score in (("all", everything), ("thresholded, across", kept)):
            click.echo(
                f"{method:8}{name:20} AER {score.error_rate:.4f}  precision "
                f"{score.precision:.4f}  recall {score.recall:.4f}"
            )
        for text in texts:
            own = measure([one for one in pairs if one.text == text], dict(across))
            click.echo(f"    {text}, weights of the others: AER {own.error_rate:.4f}")
        show_reliability(pairs, across)
        final = calibrate(pairs)
        lines += [
            "", f"[method.{method}]", f"bias = {final.bias}", f"cosine = {final.cosine}",
            f"margin = {final.margin}", f"threshold = {final.threshold}",
        ]  # fmt: skip
    if write:
        path = ROOT / "bicorpus" / "align" / "words" / "chances.toml"
        path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
