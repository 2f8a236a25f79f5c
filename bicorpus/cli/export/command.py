"""`bicorpus export`: a corpus, or a part of it, in a format of the field."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.export.articles import open_corpus, read_articles
from bicorpus.errors import SettingsError

if TYPE_CHECKING:
    from bicorpus.exporters.formats import Format
    from bicorpus.exporters.row_kinds import RowKind
    from bicorpus.exporters.rows import ArticleRows, CorpusHeader, Written
    from bicorpus.exporters.selection import Selection
    from bicorpus.store import Project

_JSON_SUFFIXES = (".jsonl", ".ndjson")


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="CORPUS")
@click.option(
    "--format",
    "form",
    metavar="NAME",
    help="tsv, jsonl, tmx, xliff, xces, moses, links or parquet: see docs/formats.md.",
)
@click.option(
    "--unit",
    type=click.Choice(["bead", "claim"]),
    default="bead",
    show_default=True,
    help="What a row is: a bead, or a claim with the words that carry it (tsv and tmx).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="PATH",
    help='The file; "-" for standard output; a folder for xces; for moses PATH.de and PATH.en.',
)
@click.option(
    "--links", is_flag=True, help="With moses: word links of each line in PATH.align (0-0 1-2)."
)
@click.option(
    "--filter",
    "expression",
    metavar="EXPRESSION",
    help='Write only the rows that meet it: "score>=0.8 and not finding:figure".',
)
@click.option(
    "--what-if", is_flag=True, help="Write nothing; count what each condition would leave out."
)
@click.option(
    "--report",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How --what-if prints its counts.",
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the rows that are left out to FILE (.tsv or .jsonl), with all their reasons.",
)
@click.option("-q", "--quiet", is_flag=True, help="No summary, errors only.")
def export(
    corpus: Path,
    *,
    form: str | None,
    unit: str,
    output: Path | None,
    links: bool,
    expression: str | None,
    what_if: bool,
    report: str,
    rejected: Path | None,
    quiet: bool,
) -> None:
    """Write CORPUS in a format that other programs read.

    Files are written beside their place, checked, then put in place as a whole; the same corpus
    gives the same bytes. A filter compares the fields score, translation_score, ratio,
    source_characters, target_characters, source_words, target_words with numbers, and kind, type,
    origin, document, flag, finding, severity with words; and, or, not and brackets join conditions.
    Claims have no translation_score, type and flag, but verdict and group.

    \b
    Examples:
      bicorpus export corpus --format tmx -o memory.tmx
      bicorpus export corpus --format moses -o train --filter "score>=0.8 and type:1-1"
      bicorpus export corpus --format tmx --unit claim -o claims.tmx --filter verdict:kept
      bicorpus export corpus --filter "kind:body and not severity:error" --what-if
      bicorpus export corpus --format jsonl -o - | jq .origin
    """
    from bicorpus.cli.export.output import print_advice, print_notes, print_summary, print_what_if
    from bicorpus.derived.header import project_header
    from bicorpus.exporters.filters import read_filter
    from bicorpus.exporters.row_kinds import ROW_KINDS
    from bicorpus.exporters.selection import Selection

    kind = ROW_KINDS[unit]
    chosen = _find_format(form, kind, required=not what_if)
    if chosen and links:
        chosen = _with_links(chosen, str(form))
    condition = read_filter(expression, kind.fields) if expression is not None else None
    selection = Selection(condition, needs=chosen.needs if chosen else (), kind=kind)
    with open_corpus(corpus) as project:
        if what_if:
            for _ in selection.keep(_articles(project, kind)):
                pass  # counts on the way
            print_what_if(selection, as_json=report == "json")
            return
        if chosen is None or output is None:
            raise click.UsageError("Missing option '-o' / '--output'.")
        _check_places(output, rejected, chosen, project)
        header = project_header(project)
        written = _write(project, selection, chosen, header, output)
        if rejected:
            _write_rejected(project, selection, rejected)
        if not quiet:
            is_one = str(output) == "-" or chosen.is_folder
            places = (output,) if is_one else chosen.places(output, header)
            print_summary(selection, written, chosen.unit, places)
            print_advice(chosen, header, output)
        print_notes(selection, header)


def _find_format(name: str | None, kind: RowKind, *, required: bool) -> Format | None:
    from bicorpus.registry import BACKENDS, find_backend

    if name is None:
        if required:
            raise click.UsageError("Missing option '--format'.")
        return None
    chosen: Format = find_backend("exporter", name)
    if kind.name == "claim":
        if name not in BACKENDS["claim exporter"]:
            raise SettingsError(
                f'The format "{name}" has no unit of its own for a claim.',
                next_step=f"These have: {', '.join(BACKENDS['claim exporter'])}. Claims are also "
                "in jsonl, and as annotations in xliff; both without --unit.",
            )
        chosen = find_backend("claim exporter", name)
    chosen.require_packages()
    return chosen


def _with_links(chosen: Format, name: str) -> Format:
    if chosen.places_with_links is None:
        raise SettingsError(
            f'The format "{name}" has no file for word links.',
            next_step="--links goes with moses; --format links is a table of word links.",
        )
    return replace(chosen, places=chosen.places_with_links)


def _articles(
    project: Project, kind: RowKind, chosen: Format | None = None
) -> Iterator[ArticleRows]:
    """Yield the articles with rows of a kind, and with the claims that a format needs."""
    is_claim = kind.name == "claim"
    needs_claims = is_claim or (chosen is not None and chosen.needs_claims)
    return read_articles(project, with_beads=not is_claim, with_claims=needs_claims)


def _check_places(output: Path, rejected: Path | None, chosen: Format, project: Project) -> None:
    """Refuse a place where the output would do harm, or cannot go."""
    if str(output) == "-" and not chosen.to_standard_output:
        raise SettingsError(
            "This format has several files or binary ones and cannot go to standard output.",
            next_step="Name a place with -o.",
        )
    if rejected and str(rejected) == "-":
        raise SettingsError(
            "Rejected rows cannot go to standard output.", next_step="Name a file for --rejected."
        )
    for path in filter(None, (output, rejected)):
        if path.resolve() == project.path.resolve():
            raise SettingsError(
                f'"{path}" is the database of the corpus itself.', next_step="Name another file."
            )
    if rejected and rejected.resolve() == output.resolve():
        raise SettingsError(
            f'"{rejected}" is named for both the output and the rejected rows.',
            next_step="Name two files.",
        )


def _write(
    project: Project, selection: Selection, chosen: Format, header: CorpusHeader, output: Path
) -> Written:
    from tempfile import TemporaryDirectory

    from bicorpus.exporters.files import make_folder, write_all_checked

    def write(path: Path) -> Written:
        return write_all_checked(
            chosen.places(path, header),
            lambda paths: chosen.write(
                selection.keep(_articles(project, selection.kind, chosen)), header, paths
            ),
            chosen.check,
        )

    if str(output) != "-":
        if chosen.is_folder:
            make_folder(output)
        return write(output)
    with TemporaryDirectory(prefix="bicorpus-") as folder:
        # Standard output, too, receives only what passed its check.
        path = Path(folder) / "output"
        written = write(path)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
    return written


def _write_rejected(project: Project, selection: Selection, path: Path) -> None:
    from bicorpus.exporters.files import write_checked
    from bicorpus.exporters.rejected import check_rejected, write_rejected

    kind, as_json = selection.kind, path.suffix.lower() in _JSON_SUFFIXES
    # A second pass over the project: two files that grow at once would have to wait in memory.
    rejected = selection.reject(_articles(project, kind))
    write_checked(
        path,
        lambda place: write_rejected(rejected, kind, place, as_json=as_json),
        lambda place, written: check_rejected(place, written, kind, as_json=as_json),
    )
