"""`bicorpus export`: a corpus, or a part of it, in a format of the field."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.errors import ProjectError, SettingsError

if TYPE_CHECKING:
    from bicorpus.exporters.formats import Format
    from bicorpus.exporters.rows import ArticleRows, CorpusHeader, Written
    from bicorpus.exporters.selection import Selection
    from bicorpus.store import Project

_JSON_SUFFIXES = (".jsonl", ".ndjson")


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, file_okay=False), metavar="CORPUS")
@click.option(
    "--format",
    "form",
    metavar="NAME",
    help="tsv, jsonl, tmx, xliff, xces, moses or parquet: see docs/formats.md.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="PATH",
    help='The file; "-" for standard output; a folder for xces; for moses PATH.de and PATH.en.',
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
    output: Path | None,
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

    \b
    Examples:
      bicorpus export corpus --format tmx -o memory.tmx
      bicorpus export corpus --format moses -o train --filter "score>=0.8 and type:1-1"
      bicorpus export corpus --filter "kind:body and not severity:error" --what-if
      bicorpus export corpus --format jsonl -o - | jq .origin
    """
    from bicorpus.derived.header import project_header
    from bicorpus.exporters.filters import read_filter
    from bicorpus.exporters.selection import Selection
    from bicorpus.store import Project

    chosen = _find_format(form, required=not what_if)
    condition = read_filter(expression) if expression is not None else None
    selection = Selection(condition, needs=chosen.needs if chosen else ())
    with Project(corpus, writable=False) as project:
        if what_if:
            _print_what_if(selection, project, report)
            return
        if chosen is None or output is None:
            raise click.UsageError("Missing option '-o' / '--output'.")
        _check_places(output, rejected, chosen, project)
        header = project_header(project)
        written = _write(project, selection, chosen, header, output)
        if rejected:
            _write_rejected(project, selection, rejected)
        if not quiet:
            _summarise(selection, written, chosen, output)
            _advise(chosen, header, output)
        _warn(selection, header)


def _find_format(name: str | None, *, required: bool) -> Format | None:
    from bicorpus.registry import find_backend

    if name is None:
        if required:
            raise click.UsageError("Missing option '--format'.")
        return None
    chosen: Format = find_backend("exporter", name)
    chosen.require_packages()
    return chosen


def _articles(project: Project) -> Iterator[ArticleRows]:
    from bicorpus.derived import article_rows
    from bicorpus.exporters.rows import ArticleRows

    for article in project.articles():
        yield ArticleRows(article, tuple(article_rows(article)))


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

    from bicorpus.exporters.files import write_all_checked

    def write(path: Path) -> Written:
        return write_all_checked(
            chosen.places(path, header),
            lambda paths: chosen.write(selection.keep(_articles(project)), header, paths),
            chosen.check,
        )

    if str(output) != "-":
        if chosen.is_folder:
            _make_folder(output)
        return write(output)
    with TemporaryDirectory(prefix="bicorpus-") as folder:
        # Standard output, too, receives only what passed its check.
        path = Path(folder) / "output"
        written = write(path)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
    return written


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(
            f'The folder "{path}" cannot be made: {error.strerror or error}.',
            next_step="Name another folder with -o.",
        ) from error


def _write_rejected(project: Project, selection: Selection, path: Path) -> None:
    from bicorpus.exporters.files import write_checked
    from bicorpus.exporters.rejected import check_rejected, write_rejected

    as_json = path.suffix.lower() in _JSON_SUFFIXES
    # A second pass over the project: two files that grow at once would have to wait in memory.
    write_checked(
        path,
        lambda place: write_rejected(selection.reject(_articles(project)), place, as_json=as_json),
        lambda place, written: check_rejected(place, written, as_json=as_json),
    )


def _summarise(selection: Selection, written: Written, chosen: Format, output: Path) -> None:
    place = "standard output" if str(output) == "-" else str(output)
    unit = chosen.unit.removesuffix("s") if written.rows == 1 else chosen.unit
    click.echo(f"{written.rows} {unit} written to {place}.", err=True)
    if selection.left_out:
        reasons = ", ".join(f"{count} {name}" for name, count in selection.reasons.items() if count)
        click.echo(f"{selection.left_out} of {selection.rows} rows left out: {reasons}.", err=True)
    if selection.documents_left_out:
        click.echo(f"{selection.documents_left_out} documents have no row left.", err=True)
    if written.replaced:
        places = "1 place" if written.replaced == 1 else f"{written.replaced} places"
        click.echo(f"Characters replaced by U+FFFD in {places}:", err=True)
        for place in written.replaced_in:
            click.echo(f"  {place}", err=True)
        if more := written.replaced - len(written.replaced_in):
            click.echo(f"  and {more} more", err=True)


def _advise(chosen: Format, header: CorpusHeader, output: Path) -> None:
    if chosen.advice:
        languages = {"source": header.source_language, "target": header.target_language}
        click.echo(f"Read it with: {chosen.advice.format(path=output, **languages)}", err=True)


def _warn(selection: Selection, header: CorpusHeader) -> None:
    for field, value in selection.unseen:
        click.echo(f'Note: no row has the {field} "{value}".', err=True)
    if " " in header.model:
        click.echo(
            "Note: the articles were made under several signatures; run the build again to bring "
            "all up to date.",
            err=True,
        )


def _print_what_if(selection: Selection, project: Project, report: str) -> None:
    for _ in selection.keep(_articles(project)):
        pass  # counts on the way
    counts = [
        {"condition": name, "alone": selection.alone[name], "only": selection.only[name]}
        for name in selection.reasons
    ]
    if report == "json":
        record = {"rows": selection.rows, "kept": selection.kept, "left_out": selection.left_out}
        click.echo(json.dumps({**record, "conditions": counts}, ensure_ascii=False, indent=2))
    else:
        names = [*selection.reasons, "condition", "all together"]
        width = max(map(len, names))
        click.echo(click.style(f"{'condition':<{width}}  alone  nothing else does", bold=True))
        for one in counts:
            click.echo(f"{one['condition']:<{width}}  {one['alone']:>5}  {one['only']:>17}")
        click.echo(f"{'all together':<{width}}  {selection.left_out:>5}")
        click.echo(f"{selection.kept} of {selection.rows} rows would be written.")
    for field, value in selection.unseen:
        click.echo(f'Note: no row has the {field} "{value}".', err=True)
