"""Measures what links, claims, projection and checks cost, beside the translation of the same text.

    python scripts/benchmark.py claims [--text FILE] [--rounds 3]

Both in the same run on the same lines, in turn, on one thread; the ratio is what counts, since
machines differ. Models are loaded before the clock starts.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


# "claims and checks" is what is left of all layers: claims, their projection, all checks with
# the vectors that they ask for.
STEPS = ("translation", "claims and checks", "word links", "scores of the pairing", "all layers",
         "checks without models")  # fmt: skip


def document_text(path: Path | None, lines: int) -> str:
    """Return running text: that of `path`, or of the articles in `seeds/`."""
    paths = [path] if path else sorted((ROOT / "seeds").glob("*.txt"))
    text = "\n\n".join(one.read_text("utf-8") for one in paths)
    return "\n".join(text.splitlines()[:lines])


def measure(text: str) -> dict[str, float]:
    """Return CPU seconds by step for one document, and its number of sentences."""
    from bicorpus.align.confirm import confirm
    from bicorpus.align.rendering import lay_out, to_translate
    from bicorpus.align.signals import Material
    from bicorpus.annotate import annotate, bead_texts
    from bicorpus.config import Settings
    from bicorpus.data import Article, Document, Side
    from bicorpus.tools import Tools

    tools = Tools(Settings(), threads=1)
    warm = Document("de", "Der Rat tagte am 5. Mai in Kursk. Es kamen 1.000 Leute.", "warm")
    document = Document("de", text, "benchmark")
    seconds = {}
    for one in (warm, document):
        segments = tools.segment(one)
        source = Side(one, segments, tools.sentences(one, segments))
        wanted = to_translate(source)
        start = time.process_time()
        rendered = tools.translator.translate([line.span.of(one.text) for line in wanted])
        seconds["translation"] = time.process_time() - start
        target, beads = lay_out(
            source, zip(wanted, rendered, strict=True), splitter=tools.splitter, language="en"
        )
        start = time.process_time()
        annotate(Article(source, target, beads), tools)
        seconds["all layers"] = time.process_time() - start
        pairs = [bead_texts(bead, source, target) for bead in beads]
        pairs = [pair for pair in pairs if all(pair)]
        seconds["word links"] = _cpu(lambda: list(tools.word_aligner.link(pairs)))  # noqa: B023
        sides = list(zip(*pairs, strict=True))
        seconds["scores of the pairing"] = _cpu(
            lambda: confirm(*(
                Material(side, language, vectors=tools.embedder.embed(side))
                for side, language in zip(sides, ("de", "en"), strict=True)  # noqa: B023
            ))
        )  # fmt: skip
        seconds["claims and checks"] = (
            seconds["all layers"] - seconds["word links"] - seconds["scores of the pairing"]
        )
        bare = Tools(replace(tools.settings, claims=False))
        start = time.process_time()
        annotate(Article(source, target, beads), bare)
        seconds["checks without models"] = time.process_time() - start
        seconds["sentences"] = float(len(wanted))
    return seconds


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@click.command()
@click.option("--text", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--lines", type=click.IntRange(min=1), default=400, show_default=True)
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True)
def main(text: Path | None, *, lines: int, rounds: int) -> None:
    """Print CPU milliseconds a sentence of each step, and the ratio to the translation."""
    content = document_text(text, lines)
    runs = [measure(content) for _ in range(rounds)]
    sentences = runs[0]["sentences"]
    click.echo(f"{sentences:.0f} sentences, {rounds} rounds, medians")
    click.echo(f"{'step':<24}{'ms a sentence':>16}{'of translation':>16}")
    for step in STEPS:
        cost = statistics.median(run[step] for run in runs)
        ratio = statistics.median(run[step] / run["translation"] for run in runs)
        click.echo(f"{step:<24}{1000 * cost / sentences:>16.1f}{ratio:>16.2f}")


if __name__ == "__main__":
    main()
