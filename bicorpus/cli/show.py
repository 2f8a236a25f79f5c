"""`bicorpus show` and `bicorpus stats`: a look into a corpus."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bicorpus.errors import SettingsError

if TYPE_CHECKING:
    from bicorpus.exporters.rows import BeadRow

_CORPUS = click.argument(
    "corpus", type=click.Path(path_type=Path, file_okay=False), metavar="CORPUS"
)


@click.command()
@_CORPUS
@click.argument("row", type=click.IntRange(min=1), required=False)
@click.option(
    "-n",
    "--count",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="How many rows to list where no ROW is given.",
)
def show(corpus: Path, row: int | None, *, count: int) -> None:
    """Print a bead of CORPUS with its texts, scores, findings and origin.

    ROW counts the rows of corpus.tsv from 1, its header apart. Without it, the first rows are
    listed.

    \b
    Examples:
      bicorpus show corpus
      bicorpus show corpus 17
    """
    from bicorpus.derived import bead_rows
    from bicorpus.store import Project

    with Project(corpus, writable=False) as project:
        if row is None:
            for number, bead in enumerate(islice(bead_rows(project), count), 1):
                _print_short(number, bead)
            total = project.count("beads")
            click.echo(f"{min(count, total)} of {total} rows; one in full: show {corpus} ROW")
            return
        found = next(islice(bead_rows(project), row - 1, None), None)
        if found is None:
            raise SettingsError(
                f'There is no row {row} in "{corpus}".',
                next_step=f"Its rows are 1 to {project.count('beads')}.",
            )
        _print_full(row, found)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _score(score: float | None) -> str:
    return "not computed" if score is None else f"{score:.2f}"


def _print_short(number: int, bead: BeadRow) -> None:
    marks = " ".join(sorted({finding.check for finding in bead.findings}))
    head = click.style(f"{number:>4}  {bead.kind}  {bead.shape}", bold=True)
    click.echo(f"{head}{f'  [{marks}]' if marks else ''}")
    click.echo(f"      {_one_line(bead.source_text)}")
    click.echo(f"      {_one_line(bead.target_text)}")


def _print_full(number: int, bead: BeadRow) -> None:
    lines = [
        ("row", str(number)),
        ("origin", f"{bead.origin} (document {bead.document})"),
        ("segment", f"{bead.segment}, {bead.kind}"),
        (
            "sentences",
            f"{' '.join(map(str, bead.source_sentences)) or 'none'} : "
            f"{' '.join(map(str, bead.target_sentences)) or 'none'} ({bead.shape})",
        ),
        ("offsets", f"{bead.source_span or 'none'} : {bead.target_span or 'none'}"),
        ("source", _one_line(bead.source_text)),
        ("target", _one_line(bead.target_text)),
        ("translation", f"score {_score(bead.translation_score)}"),
        ("pairing", f"score {_score(bead.score)}, {'given' if bead.known else 'found'}"),
        ("flags", " ".join(bead.flags) or "none"),
    ]
    for name, value in lines:
        click.echo(f"{click.style(f'{name:<12}', bold=True)} {value}")
    if not bead.findings:
        click.echo(f"{click.style('findings    ', bold=True)} none")
    for finding in bead.findings:
        colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
        label = click.style(f"{finding.severity:<12}", fg=colour, bold=True)
        click.echo(f"{label} {finding.check}: {finding.message}")


@click.command()
@_CORPUS
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
def stats(corpus: Path, *, form: str) -> None:
    """Count what is in CORPUS: documents, sentences, beads, flags, findings, what is left out.

    \b
    Examples:
      bicorpus stats corpus
      bicorpus stats corpus --format json | jq .beads
    """
    from bicorpus.derived import count_project
    from bicorpus.store import Project

    with Project(corpus, writable=False) as project:
        counts = count_project(project)
        counts["unreadable"] = len(project.refusals())
        counts["failed"] = len(project.failures())
        counts["same_text"] = len(project.duplicates())
    if form == "json":
        click.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    for name, value in counts.items():
        if value or name in {"documents", "sentences", "beads"}:
            _print_count(name, value)


def _print_count(name: str, value: Any, *, indent: int = 0) -> None:
    label = name.replace("_", " ")
    if isinstance(value, dict):
        click.echo(" " * indent + click.style(label, bold=not indent))
        for key, inner in value.items():
            _print_count(str(key), inner, indent=indent + 2)
    elif isinstance(value, list):
        click.echo(" " * indent + click.style(f"{label}: {len(value)}", bold=not indent))
    else:
        click.echo(" " * indent + f"{label:<{26 - indent}}{value:>8}")
