"""Measures the sentence aligner on made-up texts of growing length: time, memory, growth, F1.

    python scripts/benchmark_align.py [--sizes 1000,10000,100000] [--without rendering]

The texts are drawn from a made-up vocabulary with the frequencies of a natural one, and the target
is a noisy word-by-word rendering with sentences joined, split, dropped and added, so the beads are
known and nothing of anybody's text is needed. Each size runs in a process of its own. The time of
the translator is not in it: `scripts/benchmark.py translate` measures that.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import click
import numpy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_SYLLABLES = ["ba", "do", "ki", "lum", "ner", "pa", "ro", "sti", "tal", "ve", "wan", "zig"]
# One in twenty sentences of a news text is joined, split, dropped or added, each; as measured on
# the development sets.
_CHANGES = 0.05
_NOISE = 0.2
_VOCABULARY = 30_000


def make_texts(count: int, seed: int = 1) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return source, renderings, target and the ladder of a made-up text pair."""
    random = numpy.random.default_rng(seed)
    words = [
        "".join(random.choice(_SYLLABLES, size=random.integers(2, 5))) for _ in range(_VOCABULARY)
    ]
    partners = [f"{word[::-1]}{index % 7}".replace("0", "o") for index, word in enumerate(words)]
    shares = 1 / numpy.arange(10, _VOCABULARY + 10)
    shares /= shares.sum()
    source: list[str] = []
    renderings: list[str] = []
    target: list[str] = []
    ladder: list[str] = []
    while len(source) < count:
        change = random.random() / _CHANGES
        size = 2 if change < 1 else 1
        drawn = [
            random.choice(_VOCABULARY, size=int(random.integers(6, 25)), p=shares)
            for _ in range(size)
        ]
        sentences = [" ".join(words[one] for one in ids).capitalize() + "." for ids in drawn]
        ids = numpy.concatenate(drawn)
        noisy = numpy.where(
            random.random(len(ids)) < _NOISE, random.integers(0, _VOCABULARY, len(ids)), ids
        )
        english = [partners[one] for one in noisy]
        numbers = list(range(len(source), len(source) + size))
        source += sentences
        renderings += [" ".join(partners[one] for one in ids) + "." for ids in drawn]
        if 1 <= change < 2 and len(english) > 10:
            cut = len(english) // 2
            made = [english[:cut], english[cut:]]
        else:
            made = [] if 2 <= change < 3 else [english]
        places = list(range(len(target), len(target) + len(made)))
        target += [" ".join(one).capitalize() + "." for one in made]
        ladder.append(f"{numbers}:{places}")
        if 3 <= change < 4:
            ladder.append(f"[]:[{len(target)}]")
            target.append(" ".join(partners[one] for one in random.integers(0, _VOCABULARY, 12)))
    return source, renderings, target, ladder


def measure(count: int, without: tuple[str, ...]) -> dict[str, float]:
    """Return seconds, peak memory in MiB and strict F1 of aligning `count` sentences."""
    from bicorpus.align.aligner import align
    from bicorpus.align.ladder import format_bead
    from bicorpus.align.signals import Material

    source, renderings, target, ladder = make_texts(count)
    start = time.perf_counter()
    cpu = time.process_time()
    beads = align(
        Material(source, "de", None if "rendering" in without else renderings),
        Material(target, "en"),
        without=frozenset(without),
    )
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    found = {format_bead(bead.source, bead.target, None) for bead in beads}
    right = len(found & set(ladder))
    return {
        "sentences": count,
        "seconds": seconds,
        "cpu": cpu,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "f1": 2 * right / (len(found) + len(ladder)),
    }


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--sizes", default="1000,10000,100000", show_default=True)
@click.option("--without", multiple=True, help="Leave a signal out, as `bicorpus align` does.")
@click.option("--one", type=int, hidden=True)
def main(sizes: str, without: tuple[str, ...], one: int | None) -> None:
    """Align made-up texts of growing length and print what it took."""
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
