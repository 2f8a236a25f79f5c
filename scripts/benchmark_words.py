"""Measures the word aligner against simalign's own per-pair call, in the same run.

    python scripts/benchmark_words.py [--pairs FILE] [--rounds N] [--threads N]

Both have the same encoder and the same cores. Each round takes lines of its own, so that no
contender lives on what it remembers; the machine is noisy, so they take turns, and only the
medians and their ratio mean anything. CPU seconds count, too: those of a busy machine do not vary
with what else it does.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Pairs = Sequence[tuple[Sequence[str], Sequence[str]]]
SIMALIGN_LETTERS = {"inter": "a", "itermax": "i", "mwmf": "m"}


def _simalign(encoder: str, method: str, threads: int) -> Callable[[Pairs], object]:
    """Return a run of simalign over pairs, one a call as its users write it."""
    import torch
    from simalign import SentenceAligner

    from bicorpus.wordaligners.encoders import find_encoder, usual_layer

    folder = find_encoder(encoder)
    aligner: Any = SentenceAligner(
        model=str(folder),
        matching_methods=SIMALIGN_LETTERS[method],
        layer=usual_layer(folder),
    )

    def run(pairs: Pairs) -> object:
        torch.set_num_threads(threads)  # ours sets it to one a batch
        return [aligner.get_word_aligns(list(one), list(other)) for one, other in pairs]

    return run


@click.command()
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=ROOT / "tests" / "data" / "words" / "pairs.txt",
    help='Lines "source tokens ||| target tokens".  [default: the sentences of our tests]',
)
@click.option("--rounds", default=3, show_default=True)
@click.option("--threads", default=1, show_default=True)
@click.option("--method", type=click.Choice(sorted(SIMALIGN_LETTERS)), default="itermax")
@click.option("--encoder", default="embedded", show_default=True)
def words(pairs: Path, rounds: int, threads: int, method: str, encoder: str) -> None:
    """Pairs a second: ours, ours as simalign would link, simalign one pair a call."""
    from bicorpus.config import keep_quiet

    keep_quiet()
    from bicorpus.cli.words.input import read_lines
    from bicorpus.wordaligners.simalign import SimalignWordAligner

    lines = [(one.source, one.target) for one in read_lines([str(pairs)]) if one.source]
    full = SimalignWordAligner(encoder, method=method, threads=threads)  # type: ignore[arg-type]
    bare = SimalignWordAligner(
        encoder,
        method=method,
        threads=threads,
        threshold=0,
        anchors=False,  # type: ignore[arg-type]
    )
    contenders: dict[str, Callable[[Pairs], object]] = {
        "ours": full.link_tokens,
        "ours, as simalign": bare.link_tokens,
        "simalign": _simalign(encoder, method, threads),
    }
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    cpu: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        part = lines[turn :: rounds + 1]
        for name, run in contenders.items():
            start, used = time.perf_counter(), time.process_time()
            run(part)
            if turn:  # the first round loads and warms up
                rates[name].append(len(part) / (time.perf_counter() - start))
                cpu[name].append(len(part) / (time.process_time() - used))
    tokens = sum(len(one) + len(other) for one, other in lines) / len(lines) / 2
    click.echo(f"{len(lines)} pairs of {tokens:.0f} tokens a side, {threads} threads, {method}")
    for measured, unit in ((rates, "pairs/s"), (cpu, "pairs/CPU s")):
        base = statistics.median(measured["simalign"])
        for name, values in measured.items():
            rate = statistics.median(values)
            click.echo(f"{name:20}{rate:8.1f} {unit:12}{rate / base:6.1f} times simalign")


if __name__ == "__main__":
    words()
