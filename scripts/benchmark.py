"""Measures ours and the alternatives in the same run and prints the ratios.

    python scripts/benchmark.py translate [--text FILE] [--rounds N]
    python scripts/benchmark.py build ARTICLES.jsonl [--sizes 10,100,700]
    python scripts/benchmark.py startup
    python scripts/benchmark.py align [--sizes 1000,10000] [--without vectors]
    python scripts/benchmark.py claims [--text FILE]
    python scripts/benchmark.py concordance [--beads N]
    python scripts/benchmark.py formats [--units N] [--few N] [--many N]
    python scripts/benchmark.py terms [--terms 10000] [--sizes 10000,100000]
    python scripts/benchmark.py words [--pairs FILE]

Machines are noisy, so the rounds alternate and only medians and ratios mean anything.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from benchmark_align import main as align
from benchmark_claims import main as claims
from benchmark_concordance import concordance
from benchmark_formats import formats
from benchmark_terms import main as terms
from benchmark_words import words

ROOT = Path(__file__).resolve().parent.parent


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def benchmark() -> None:
    """Measure bicorpus against the alternatives, in the same run."""


def _race(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Run the contenders in turn and return the seconds of each round, the first one left out."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return seconds


@benchmark.command()
@click.option(
    "--text",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="German text, a sentence a line.  [default: the sentences of seeds/]",
)
@click.option("--rounds", default=5, show_default=True)
@click.option("--threads", default=2, show_default=True)
@click.option("--most", default=400, show_default=True, help="Take at most so many lines.")
def translate(text: Path | None, rounds: int, threads: int, most: int) -> None:
    """Sentences a second: ours, argostranslate's API, bare CTranslate2 on ready-made tokens."""
    from bicorpus.config import keep_quiet

    keep_quiet()
    import ctranslate2
    import sentencepiece

    from bicorpus.translators import argos, beam_search
    from bicorpus.translators.argos_api import ArgosApiTranslator

    lines = (text.read_text("utf-8").splitlines() if text else _seed_sentences())[:most]
    ours = argos.FastArgosTranslator(threads=threads)
    rescored = argos.ArgosTranslator(threads=threads)
    as_it_comes = _argos_api(ArgosApiTranslator, inter=1, intra=0)
    one_thread = _argos_api(ArgosApiTranslator, inter=1, intra=1)
    folder = ours.package.folder
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    tokens = pieces.encode(lines, out_type=str)
    bare = ctranslate2.Translator(str(folder / "model"), inter_threads=threads, intra_threads=1)

    def run_bare() -> object:
        return bare.translate_batch(
            tokens,
            max_batch_size=beam_search.BATCH,
            beam_size=beam_search.BEAM,
            length_penalty=beam_search.LENGTH_PENALTY,
        )

    seconds = _race(
        {
            "ours, fast": lambda: list(ours.stream(lines, blocks_ahead=4)),
            "ours, rescored": lambda: list(rescored.stream(lines, blocks_ahead=4)),
            "argostranslate": lambda: as_it_comes.translate(lines),
            "its single-threaded": lambda: one_thread.translate(lines),
            "ctranslate2": run_bare,
        },
        rounds,
    )
    click.echo(f"{len(lines)} lines, {threads} threads, beam {beam_search.BEAM}, {rounds} rounds")
    for name, times in seconds.items():
        rate = len(lines) / statistics.median(times)
        click.echo(f"{name:<20}{rate:8.1f} sentences/s")
    for name in list(seconds)[1:]:
        ratios = [
            other / own for own, other in zip(seconds["ours, fast"], seconds[name], strict=True)
        ]
        click.echo(
            f"ours, fast / {name:<20}{statistics.median(ratios):6.2f} (rounds: {_span(ratios)})"
        )


def _argos_api(backend: Any, *, inter: int, intra: int) -> Any:
    """Return our backend on argostranslate's API with its thread settings as given.

    The API's own defaults are one translator with as many threads as there are processors (0).
    """
    from argostranslate import settings

    settings.inter_threads, settings.intra_threads = inter, intra
    translator = backend()
    # The API reads its settings when it loads the model, at the first sentence.
    translator.translate(["Guten Morgen!"])
    return translator


def _span(values: list[float]) -> str:
    return f"{min(values):.2f} to {max(values):.2f}"


def _seed_sentences() -> list[str]:
    """Return the sentences of the German seeds, as `bicorpus split` gives them."""
    command = [sys.executable, "-m", "bicorpus", "split", str(ROOT / "seeds"), "--format", "jsonl"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    records = [json.loads(line) for line in printed.splitlines()]
    kinds = {"body", "headline", "subheading", "caption", "list", "quote"}
    return [" ".join(one["text"].split()) for one in records if one["kind"] in kinds]


@benchmark.command()
@click.argument("articles", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--sizes", default="10,100,700", show_default=True)
@click.option("--workers", default=2, show_default=True)
def build(articles: Path, sizes: str, workers: int) -> None:
    """Time and memory of `bicorpus build` for the first so many ARTICLES (.jsonl, .jsonl.xz)."""
    import lzma

    content = articles.read_bytes()
    lines = (lzma.decompress(content) if articles.suffix == ".xz" else content).splitlines()
    click.echo("articles  sentences   seconds  seconds/sentence  peak MB (largest process)")
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, sizes.split(",")):
            source = Path(folder) / f"{size}.jsonl"
            source.write_bytes(b"\n".join(lines[:size]) + b"\n")
            corpus = Path(folder) / f"corpus-{size}"
            command = [
                sys.executable, "-m", "bicorpus", "build", str(source), "-o", str(corpus), "-q",
                "--workers", str(workers),
            ]  # fmt: skip
            start = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}
            )
            peak = _watch(process)
            seconds = time.perf_counter() - start
            rows = (corpus / "corpus.tsv").read_bytes().count(b"\n") - 1
            each = seconds / max(rows, 1)
            click.echo(f"{size:>8}  {rows:>9}  {seconds:>8.1f}  {each:>16.4f}  {peak:>8.0f}")


def _watch(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process and return the peak memory in MB of the largest in its tree."""
    peak = 0.0
    while process.poll() is None:
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
                if int(fields["PPid"]) == process.pid or int(fields["Pid"]) == process.pid:
                    peak = max(peak, int(fields.get("VmHWM", "0 kB").split()[0]) / 1024)
            except (OSError, KeyError, ValueError):
                continue
        time.sleep(0.2)
    return peak


@benchmark.command()
@click.option("--rounds", default=7, show_default=True)
def startup(rounds: int) -> None:
    """CPU seconds of `bicorpus --help`, against an empty Python process."""
    commands = {
        "bicorpus --help": [sys.executable, "-m", "bicorpus", "--help"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    for name, command in commands.items():
        times = []
        for _ in range(rounds):
            before = os.times()
            subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
            after = os.times()
            times.append(
                after.children_user
                + after.children_system
                - before.children_user
                - before.children_system
            )
        click.echo(f"{name:<16}{statistics.median(times):6.2f} CPU seconds")


benchmark.add_command(align, "align")
benchmark.add_command(claims, "claims")
benchmark.add_command(concordance)
benchmark.add_command(formats)
benchmark.add_command(terms, "terms")
benchmark.add_command(words)

if __name__ == "__main__":
    benchmark()
