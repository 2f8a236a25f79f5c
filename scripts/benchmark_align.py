"""Measures the sentence aligner on made-up texts of growing length: time, memory, growth, F1.

    python scripts/benchmark_align.py [--sizes 1000,10000,100000] [--without vectors]

The texts are drawn from a made-up vocabulary with the frequencies of a natural one, and the target
is a noisy word-by-word rendering with sentences joined, split, dropped and added, so the beads are
known and nothing of anybody's text is needed. Vectors are made up as well: a direction a word,
the same for both languages, and one that all sentences share, as an encoder's have. Each size runs
in a process of its own. The time of the models is not in it: `scripts/benchmark.py translate`
measures the translator's, `--encoder` here the encoder's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Integers = NDArray[numpy.int64]
_SYLLABLES = ["ba", "do", "ki", "lum", "ner", "pa", "ro", "sti", "tal", "ve", "wan", "zig"]
# One in twenty sentences of a news text is joined, split, dropped or added, each; as measured on
# the development sets.
_CHANGES = 0.05
_NOISE = 0.2
_VOCABULARY = 30_000
# Any two vectors of the embedded encoder have a cosine of some 0.1.
_SHARED = 0.1


@dataclass
class MadeUp:
    """A made-up text pair: sentences, the words (by number) of each, and the beads' ladder."""

    source: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    renderings: list[str] = field(default_factory=list)
    source_words: list[Integers] = field(default_factory=list)
    target_words: list[Integers] = field(default_factory=list)
    ladder: list[str] = field(default_factory=list)


def make_texts(count: int, seed: int = 1) -> MadeUp:
    """Return a made-up text pair with about `count` source sentences."""
    random = numpy.random.default_rng(seed)
    words = [
        "".join(random.choice(_SYLLABLES, size=random.integers(2, 5))) for _ in range(_VOCABULARY)
    ]
    partners = [f"{word[::-1]}{index % 7}".replace("0", "o") for index, word in enumerate(words)]
    shares = 1 / numpy.arange(10, _VOCABULARY + 10)
    shares /= shares.sum()
    steps = numpy.cumsum(shares)

    def draw(size: int) -> Integers:
        return numpy.minimum(numpy.searchsorted(steps, random.random(size)), _VOCABULARY - 1)

    def english(ids: Integers) -> str:
        return " ".join(partners[one] for one in ids).capitalize() + "."

    made = MadeUp()
    while len(made.source) < count:
        change = random.random() / _CHANGES
        drawn = [draw(int(random.integers(6, 25))) for _ in range(2 if change < 1 else 1)]
        ids = numpy.concatenate(drawn)
        is_noise = random.random(len(ids)) < _NOISE
        ids = numpy.where(is_noise, random.integers(0, _VOCABULARY, len(ids)), ids)
        rendered = [ids]
        if 1 <= change < 2 and len(ids) > 10:
            rendered = [ids[: len(ids) // 2], ids[len(ids) // 2 :]]
        elif 2 <= change < 3:
            rendered = []
        first, other = len(made.source), len(made.target)
        made.source += [" ".join(words[one] for one in ids).capitalize() + "." for ids in drawn]
        made.source_words += drawn
        made.renderings += [english(ids) for ids in drawn]
        made.target_words += rendered
        made.ladder.append(
            f"{list(range(first, first + len(drawn)))}:{list(range(other, other + len(rendered)))}"
        )
        if 3 <= change < 4:
            made.ladder.append(f"[]:[{len(made.target_words)}]")
            made.target_words.append(draw(12))
        made.target += [english(ids) for ids in made.target_words[len(made.target) :]]
    return made


def embedded_width() -> int:
    """Return the length of the embedded encoder's vectors, without loading its network."""
    from bicorpus.embedders.loading import find_folder
    from bicorpus.embedders.sentence_modules import read_modules

    width = read_modules(find_folder("embedded")).width
    if width is None:
        raise ValueError("the embedded encoder has no dense layer that gives its width")
    return width


def make_vectors(sentences: Sequence[Integers]) -> NDArray[numpy.float32]:
    """Return a vector of length one for each sentence: the sum of its words' directions."""
    random = numpy.random.default_rng(0)
    width = embedded_width()
    directions = random.standard_normal((_VOCABULARY, width), dtype=numpy.float32)
    shared = random.standard_normal(width, dtype=numpy.float32)
    vectors = numpy.empty((len(sentences), width), dtype=numpy.float32)
    for row, ids in enumerate(sentences):
        own = directions[ids].sum(axis=0)
        vectors[row] = own / numpy.linalg.norm(own) * (1 - _SHARED) ** 0.5
    vectors += shared / numpy.linalg.norm(shared) * _SHARED**0.5
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def measure(count: int, without: tuple[str, ...]) -> dict[str, float]:
    """Return seconds, peak memory in MiB and strict F1 of aligning `count` sentences."""
    from bicorpus.align.aligner import align
    from bicorpus.align.ladder import format_bead
    from bicorpus.align.signals import Material

    made = make_texts(count)
    vectors = [
        None if "vectors" in without else make_vectors(words)
        for words in (made.source_words, made.target_words)
    ]
    renderings = None if "rendering" in without else made.renderings
    start = time.perf_counter()
    cpu = time.process_time()
    beads = align(
        Material(made.source, "de", renderings, vectors[0]),
        Material(made.target, "en", None, vectors[1]),
        without=frozenset(without),
    )
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    found = {format_bead(bead.source, bead.target, None) for bead in beads}
    right = len(found & set(made.ladder))
    return {
        "sentences": count,
        "seconds": seconds,
        "cpu": cpu,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "f1": 2 * right / (len(found) + len(made.ladder)),
    }


def measure_encoder(count: int) -> float:
    """Return how many sentences a second the embedded encoder takes, with one thread."""
    from bicorpus.registry import find_backend

    encoder = find_backend("embedder", "folder")("embedded")
    sentences = make_texts(count).source
    encoder.embed(sentences[:1])
    start = time.perf_counter()
    encoder.embed(sentences)
    return len(sentences) / (time.perf_counter() - start)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--sizes", default="1000,10000,100000", show_default=True)
@click.option("--without", multiple=True, help="Leave a signal out, as `bicorpus align` does.")
@click.option("--encoder", is_flag=True, help="Measure the encoder alone, on 1,000 sentences.")
@click.option("--one", type=int, hidden=True)
def main(sizes: str, *, without: tuple[str, ...], encoder: bool, one: int | None) -> None:
    """Align made-up texts of growing length and print what it took."""
    if encoder:
        click.echo(f"{measure_encoder(1000):.0f} sentences a second")
        return
    if one:
        click.echo(json.dumps(measure(one, without)))
        return
    options = [word for name in without for word in ("--without", name)]
    click.echo(f"{'sentences':>10}{'seconds':>9}{'CPU':>9}{'pairs/s':>9}{'growth':>8}"
               f"{'MiB':>7}{'strict F1':>11}")  # fmt: skip
    before: dict[str, float] | None = None
    for size in sizes.split(","):
        done = subprocess.run(
            [sys.executable, __file__, "--one", size, *options],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        now = json.loads(done.stdout)
        growth = ""
        if before:
            linear = before["cpu"] * now["sentences"] / before["sentences"]
            growth = f"{now['cpu'] / linear:.2f}"
        click.echo(
            f"{now['sentences']:>10,}{now['seconds']:>9.1f}{now['cpu']:>9.1f}"
            f"{now['sentences'] / now['seconds']:>9.0f}{growth:>8}{now['memory']:>7.0f}"
            f"{now['f1']:>11.4f}"
        )
        before = now


if __name__ == "__main__":
    main()
