"""Measures writing and reading of formats against others in the same run and prints the ratios.

    python scripts/benchmark.py formats [--units N] [--rounds N] [--few N] [--many N]
    python scripts/benchmark.py formats export|import [--units N] [--rounds N]
    python scripts/benchmark.py formats memory [--format NAME ...] [--few N] [--many N] [--claims]
    python scripts/benchmark.py formats import-memory [--format NAME ...] [--few N] [--many N]
    python scripts/benchmark.py formats corpus [--articles N]

Machines are noisy, so the rounds alternate, CPU time counts, and only medians and ratios mean
anything.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from benchmark_formats_memory import FORMATS, READ, import_memory, memory
from benchmark_import import read_memories
from benchmark_samples import (
    XML_LANG,
    find_format,
    race,
    sample_article,
    sample_header,
    sample_rows,
)

if TYPE_CHECKING:
    from bicorpus.exporters.rows import ArticleRows, BeadRow


@click.group(invoke_without_command=True)
@click.option("--units", default=100_000, show_default=True, help="Written and read in a race.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--few", default=10_000, show_default=True, help="Units of the smaller export.")
@click.option("--many", default=1_000_000, show_default=True, help="Units of the larger export.")
@click.pass_context
def formats(context: click.Context, units: int, rounds: int, few: int, many: int) -> None:
    """TMX export and import against other programs, and the memory that an export takes.

    Without a command: all of them, one after the other.
    """
    if context.invoked_subcommand is None:
        context.invoke(write_memories, units=units, rounds=rounds)
        click.echo()
        context.invoke(read_memories, units=units, rounds=rounds)
        click.echo()
        context.invoke(memory, forms=FORMATS, few=few, many=many, claims=False)
        click.echo()
        context.invoke(import_memory, forms=READ, few=few, many=many)


@formats.command("export")
@click.option("--units", default=100_000, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def write_memories(units: int, rounds: int) -> None:
    """Microseconds a unit: ours, a bare lxml xmlfile loop, translate-toolkit's writer.

    "same elements" writes what we write, "bare" only tu, tuv and seg; neither checks anything.
    translate-toolkit writes two texts and a note a unit.
    """
    from bicorpus.exporters.tmx import check_written_tmx, write_tmx

    rows, header = list(sample_rows(units)), sample_header()
    with tempfile.TemporaryDirectory() as folder:
        ours, other = Path(folder) / "ours.tmx", Path(folder) / "other.tmx"
        contenders: dict[str, Callable[[], object]] = {
            "ours, written and checked": lambda: check_written_tmx(
                ours, write_tmx(rows, header, ours)
            ),
            "ours, written": lambda: write_tmx(rows, header, ours),
            "xmlfile, same elements": lambda: _write_loop(rows, other, with_props=True),
            "xmlfile, bare": lambda: _write_loop(rows, other, with_props=False),
        }
        try:
            import translate.storage.tmx  # noqa: F401 - only whether it is there
        except ImportError:
            click.echo("translate-toolkit is not installed: left out")
        else:
            contenders["translate-toolkit"] = lambda: _write_toolkit(rows, other)
        medians = race(contenders, rounds)
    base = medians["ours, written and checked"]
    click.echo(f"{'':28} us/unit   ours is faster by")
    for name, seconds in medians.items():
        click.echo(f"{name:28} {seconds / units * 1e6:7.1f}   {seconds / base:.2f}")


def _write_loop(rows: list[BeadRow], path: Path, *, with_props: bool) -> None:
    """Write as anybody would write with lxml."""
    from lxml import etree

    with (
        path.open("wb") as file,
        etree.xmlfile(file, encoding="utf-8") as xml,
        xml.element("tmx", version="1.4"),
        xml.element("body"),
    ):
        for row in rows:
            with xml.element("tu", tuid=f"{row.document}-{row.number}"):
                if with_props:
                    _write_props(xml, _unit_props(row))
                for language, text in (("de", row.source_text), ("en", row.target_text)):
                    with xml.element("tuv", {XML_LANG: language}):
                        if with_props:
                            facts = {"source-document": row.origin, "x-bicorpus-offset": "0-9"}
                            _write_props(xml, facts)
                        with xml.element("seg"):
                            xml.write(text)


def _unit_props(row: BeadRow) -> dict[str, str]:
    return {
        "x-document": row.document,
        "type": row.shape.replace("-", ":"),
        "score-aligner": f"{row.score:.4f}",
        "x-bicorpus-sentences": "12;12",
        "x-bicorpus-mt-score": f"{row.translation_score:.4f}",
        "x-bicorpus-model": "argos:de_en@1.0",
        "x-bicorpus-run": "0123456789ab",
        "x-bicorpus-kind": row.kind,
        "x-Origin": "MT",
        "x-ConfirmationLevel": "Draft",
    }


def _write_props(xml: Any, props: dict[str, str]) -> None:
    for name, value in props.items():
        with xml.element("prop", type=name):
            xml.write(value)


def _write_toolkit(rows: list[BeadRow], path: Path) -> None:
    from translate.storage.tmx import tmxfile

    memory = tmxfile(sourcelanguage="de", targetlanguage="en")
    for row in rows:
        memory.addtranslation(row.source_text, "de", row.target_text, "en", "a note")
    with path.open("wb") as file:
        memory.serialize(file)


@formats.command()
@click.option("--articles", default=200, show_default=True, help="Of 50 beads each.")
def corpus(articles: int) -> None:
    """Microseconds a bead of a whole export from a project: reading, writing, checking."""
    from bicorpus.derived import article_rows
    from bicorpus.exporters.rows import ArticleRows
    from bicorpus.store import Project

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with Project(place) as project:
            for number in range(articles):
                article = sample_article(number)
                project.add(article.source.document)
                project.save(article, "sample")

        def rows() -> Iterator[ArticleRows]:
            for article in project.articles():
                yield ArticleRows(article, tuple(article_rows(article)))

        with Project(place, writable=False) as project:
            start = time.process_time()
            beads = sum(len(one.rows) for one in rows())
            click.echo(f"reading  {(time.process_time() - start) / beads * 1e6:6.1f} us/bead")
            for name in ("tsv", "jsonl", "tmx", "xliff", "xces", "moses"):
                chosen, header = find_format(name), sample_header()
                paths = chosen.places(place, header) if chosen.is_folder else ()
                paths = paths or chosen.places(place / "corpus.out", header)
                start = time.process_time()
                problems = chosen.check(paths, chosen.write(rows(), header, paths))
                seconds = time.process_time() - start
                if problems:
                    raise click.ClickException(f"{name}: {problems[0]}")
                click.echo(f"{name:8} {seconds / beads * 1e6:6.1f} us/bead")


formats.add_command(read_memories)
formats.add_command(memory)
formats.add_command(import_memory)

if __name__ == "__main__":
    formats()
