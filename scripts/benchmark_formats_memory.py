"""Measures the memory of whole exports and of reading files: commands of `benchmark.py formats`.

python scripts/benchmark.py formats memory [--format NAME ...] [--few N] [--many N] [--claims]
python scripts/benchmark.py formats import-memory [--format NAME ...] [--few N] [--many N]

Each run is a process of its own, and the figure is the most memory that the process ever had.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from benchmark_samples import ROOT, sample_article, sample_header, sample_rows

# The beads of a sample article.
_BEADS = 50

_EXPORT = """
import sys, time
sys.path.insert(0, "scripts")
from benchmark_samples import peak_memory
from bicorpus.cli.main import bicorpus
start = time.process_time()
bicorpus(sys.argv[1:], standalone_mode=False)
print(peak_memory(), round(time.process_time() - start, 1))
"""
_IMPORT = """
import sys, time
from pathlib import Path
sys.path.insert(0, "scripts")
from benchmark_import import take_in_ours
from benchmark_samples import peak_memory
start = time.process_time()
units = take_in_ours(Path(sys.argv[1]))
print(peak_memory(), round(time.process_time() - start, 1), units)
"""


def _run(script: str, words: Iterable[object]) -> Sequence[str]:
    command = [sys.executable, "-c", script, *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(done.stderr)
    return done.stdout.split()


def write_sample_corpus(folder: Path, beads: int, *, claims: bool) -> None:
    """Write a corpus of so many beads, with word links, and with a claim a side of each."""
    from bicorpus.store import Project

    groups = {}
    with Project(folder) as project:
        # Nothing that a power cut could cost: the corpus is thrown away.
        project.database.execute("PRAGMA synchronous = OFF")
        for number in range(beads // _BEADS):
            article = sample_article(number, claims=claims)
            project.add(article.source.document)
            project.save(article, "sample")
            if claims:
                # In a corpus of news every second claim stands in a group.
                document = article.source.document.id
                names = ((f"{document}-s{n}", False) for n in range(0, _BEADS, 2))
                groups |= {(document, 2 * n): name for n, name in enumerate(names)}
        if claims:
            project.save_claim_groups(groups)


FORMATS = ("tsv", "jsonl", "tmx", "xliff", "xces", "moses", "links", "parquet")
_CLAIM_FORMATS = ("tsv", "tmx")


@click.command()
@click.option("--format", "forms", multiple=True, type=click.Choice(FORMATS), default=FORMATS)
@click.option("--few", default=10_000, show_default=True, help="Units of the smaller corpus.")
@click.option("--many", default=1_000_000, show_default=True, help="Units of the larger corpus.")
@click.option("--claims", is_flag=True, help="With claims in the corpora, and --unit claim, too.")
def memory(forms: tuple[str, ...], few: int, many: int, *, claims: bool) -> None:
    """Peak memory of `bicorpus export` from a small corpus and from a large one."""
    runs = [(form, ["--format", form]) for form in forms]
    if claims:
        runs += [
            (f"{form}, claims", ["--format", form, "--unit", "claim"])
            for form in forms
            if form in _CLAIM_FORMATS
        ]
    with tempfile.TemporaryDirectory() as place:
        corpora = []
        for beads in (few, many):
            corpora.append(Path(place) / str(beads))
            write_sample_corpus(corpora[-1], beads, claims=claims)
        click.echo(f"{'':12}{few:>11,}{many:>11,} units  more    CPU of the larger")
        for name, options in runs:
            peaks = []
            for corpus in corpora:
                output = corpus / "".join(filter(str.isalpha, name))
                words = ["export", corpus, *options, "-o", output, "-q"]
                peak, seconds = _run(_EXPORT, words)
                peaks.append(int(peak))
            more = peaks[1] - peaks[0]
            click.echo(f"{name:12}{peaks[0]:>8} MB{peaks[1]:>8} MB{more:>8} MB{seconds:>10} s")


def write_sample_file(form: str, folder: Path, units: int) -> Path:
    """Write a file (Moses: two) of so many units; return its path."""
    path = folder / ("memory.de" if form == "moses" else f"memory.{form}")
    rows = sample_rows(units)
    if form == "tmx":
        write_bare_tmx(path, units)
    elif form == "moses":
        with path.open("w", encoding="utf-8") as source, (folder / "memory.en").open("w") as target:
            for row in rows:
                source.write(f"{row.source_text}\n")
                target.write(f"{row.target_text}\n")
    elif form == "tsv":
        with path.open("w", encoding="utf-8") as file:
            file.write("de\ten\n")
            file.writelines(f"{row.source_text}\t{row.target_text}\n" for row in rows)
    else:
        _export_sample(form, path, units)
    return path


def _export_sample(form: str, path: Path, units: int) -> None:
    from benchmark_samples import find_format, sample_articles

    find_format(form).write(sample_articles(units), sample_header(), [path])


def write_bare_tmx(path: Path, units: int) -> None:
    """Write units with the texts alone, as many programs do."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?>\n<tmx version="1.4"><header/><body>\n')
        for row in sample_rows(units):
            texts = (row.source_text.replace("&", "&amp;"), row.target_text.replace("&", "&amp;"))
            sides = (
                f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>'
                for language, text in zip(("de", "en"), texts, strict=True)
            )
            file.write(f"<tu>{''.join(sides)}</tu>\n")
        file.write("</body></tmx>\n")


READ = ("tmx", "tsv", "moses", "xliff")


@click.command("import-memory")
@click.option("--format", "forms", multiple=True, type=click.Choice(READ), default=READ)
@click.option("--few", default=10_000, show_default=True)
@click.option("--many", default=1_000_000, show_default=True)
def import_memory(forms: tuple[str, ...], few: int, many: int) -> None:
    """Peak memory of the reading of few and of many units, without word links and checks."""
    click.echo(f"{'':12}{few:>11,}{many:>11,} units  more    CPU of the larger")
    for form in forms:
        peaks = []
        for count in (few, many):
            with tempfile.TemporaryDirectory() as folder:
                path = write_sample_file(form, Path(folder), count)
                peak, seconds, units = _run(_IMPORT, [path])
            if int(units) != count:
                raise click.ClickException(f"{form}: {units} units instead of {count}")
            peaks.append(int(peak))
        more = peaks[1] - peaks[0]
        click.echo(f"{form:12}{peaks[0]:>8} MB{peaks[1]:>8} MB{more:>8} MB{seconds:>10} s")
