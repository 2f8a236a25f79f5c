"""Measures reading TMX against others in the same run: commands of `benchmark.py formats`.

python scripts/benchmark.py formats import [--units N] [--rounds N]
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import click
from benchmark_formats_memory import write_bare_tmx
from benchmark_samples import XML_LANG, race, sample_header, sample_rows


def _write_sample(path: Path, units: int, *, with_props: bool) -> None:
    """Write `units` as we export them, or with the texts alone, as many programs do."""
    from bicorpus.exporters.tmx import write_tmx

    if with_props:
        write_tmx(sample_rows(units), sample_header(), path)
    else:
        write_bare_tmx(path, units)


def _read_ours(path: Path) -> int:
    from bicorpus.importers.tmx import read_tmx
    from bicorpus.importers.units import Reading, Request

    return sum(1 for _ in read_tmx(Reading((path,), Request())))


def take_in_ours(path: Path) -> int:
    """Read to the end, keep on the disk, give out by document: what an import does of a file."""
    from bicorpus.importers.detection import plan
    from bicorpus.importers.intake import take_in
    from bicorpus.importers.spool import Spool
    from bicorpus.importers.units import Request

    request = Request()
    with Spool() as spool:
        [job] = plan([path], request)
        take_in(job, request, spool, keep_readable=False, rejected=None)
        return sum(len(units) for _, units in spool.documents())  # type: ignore[arg-type]


def _read_loop(path: Path) -> int:
    """Read as anybody would read with lxml: two texts a unit, and nothing else."""
    from lxml import etree

    found = 0
    for _, unit in etree.iterparse(str(path), events=("end",), tag="tu"):
        texts = {side.get(XML_LANG): side.findtext("seg") for side in unit.iterfind("tuv")}
        found += len(texts) == 2
        unit.clear()
        while unit.getprevious() is not None:
            del unit.getparent()[0]
    return found


def _read_toolkit(path: Path) -> int:
    from translate.storage.tmx import tmxfile

    with path.open("rb") as file:
        memory = tmxfile.parsefile(file)
    return sum(1 for unit in memory.unit_iter() if unit.source and unit.target)


@click.command("import")
@click.option("--units", default=100_000, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def read_memories(units: int, rounds: int) -> None:
    """Microseconds a unit of TMX: ours, a bare lxml iterparse loop, translate-toolkit's reader."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.tmx"
        for with_props in (True, False):
            _write_sample(path, units, with_props=with_props)
            contenders: dict[str, Callable[[], object]] = {
                "ours, read": lambda: _read_ours(path),
                "ours, read and kept": lambda: take_in_ours(path),
                "iterparse, bare": lambda: _read_loop(path),
            }
            try:
                import translate.storage.tmx  # noqa: F401 - only whether it is there
            except ImportError:
                click.echo("translate-toolkit is not installed: left out")
            else:
                contenders["translate-toolkit"] = lambda: _read_toolkit(path)
            counts = {name: run() for name, run in contenders.items()}
            if set(counts.values()) != {units}:
                raise click.ClickException(f"{counts} units instead of {units}")
            medians = race(contenders, rounds)
            base = medians["ours, read"]
            what = "as we write them" if with_props else "of texts alone"
            click.echo(f"{'units ' + what:28} us/unit   ours is faster by")
            for name, seconds in medians.items():
                click.echo(f"{name:28} {seconds / units * 1e6:7.1f}   {seconds / base:.2f}")
