"""Measures the term check: many terms against many pairs, in one pass, and its growth.

    python scripts/benchmark.py terms [--terms 10000] [--sizes 10000,100000]

Words are made up with the frequencies of a natural vocabulary, so nothing of anybody's text is
needed; every twentieth word belongs to a term. A scan of each pair for each term, which is what
the index saves, is measured beside it on a few pairs.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_SYLLABLES = ("ba", "do", "ki", "lum", "ner", "pa", "ro", "sti", "tal", "ve", "wan", "zig")
_WORDS = 50_000
_LENGTH = 18


def make_words(chance: random.Random) -> list[str]:
    """Return made-up words of two to five syllables."""
    made = {"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5))) for _ in range(2 * _WORDS)}
    return sorted(made)[:_WORDS]


def make_pairs(
    count: int, words: list[str], terms: list[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield pairs of sentences; the target is the source with another ending to each word."""
    # Summed once: `choices` sums plain weights at each call, which took twice the check's time.
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    for _ in range(count):
        drawn = chance.choices(words, cum_weights=weights, k=_LENGTH)
        drawn[chance.randrange(_LENGTH)] = chance.choice(terms).capitalize()
        yield " ".join(drawn), " ".join(f"{word}en" for word in drawn)


def seconds_of_scan(pairs: list[tuple[str, str]], terms: list[str]) -> float:
    """Return CPU seconds of looking for each term in each source text by itself."""
    start = time.process_time()
    for source, _ in pairs:
        folded = source.casefold()
        sum(term in folded for term in terms)
    return time.process_time() - start


@click.command()
@click.option("--terms", "wanted", type=click.IntRange(min=1), default=10_000, show_default=True)
@click.option("--sizes", default="10000,100000", show_default=True, metavar="N,N")
def main(wanted: int, *, sizes: str) -> None:
    """Check made-up pairs against a made-up glossary and print what it took."""
    from bicorpus.terms.glossary import Term
    from bicorpus.terms.use import TermChecker

    chance = random.Random(1)  # noqa: S311 - made-up text, no secret
    words = make_words(chance)
    names = chance.sample(words, wanted)
    start = time.process_time()
    checker = TermChecker([Term(name.capitalize(), (f"{name}en",)) for name in names])
    click.echo(f"{wanted:,} terms read in {time.process_time() - start:.1f} CPU s")
    click.echo(f"{'pairs':>12}{'CPU s':>10}{'us a pair':>12}{'growth':>8}{'MiB':>8}{'met':>10}")
    before = 0.0
    for size in map(int, sizes.split(",")):
        met = 0
        spent = 0.0
        for source, target in make_pairs(size, words, names, chance):
            start = time.process_time()
            met += len(checker.check(source, target))
            spent += time.process_time() - start
        each = spent / size * 1e6
        growth = f"{each / before:.2f}" if before else ""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        click.echo(f"{size:>12,}{spent:>10.1f}{each:>12.1f}{growth:>8}{memory:>8}{met:>10,}")
        before = each
    few = list(make_pairs(50, words, names, chance))
    scan = seconds_of_scan(few, names) / len(few) * 1e6
    click.echo(f"a scan for each term: {scan:.0f} us a pair, {scan / before:.1f} times as long")


if __name__ == "__main__":
    main()
