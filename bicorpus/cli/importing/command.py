"""`bicorpus import`: translation memories and aligned files of others, checked as our own."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.progress import BuildProgress
from bicorpus.errors import SettingsError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bicorpus.cli.importing.run import CorpusImport, ImportReport
    from bicorpus.importers.intake import Rejected
    from bicorpus.importers.units import Request

FAILED = 1
FINDINGS = 3
SOME_LEFT_OUT = 4
_WITH_COLUMNS = {"tsv", "csv", "jsonl", ""}  # "": a file that cannot be read has its own error
# Listed on the terminal; all of them are in run.json.
_MOST_LISTED = 20
# Below, the start of worker processes takes longer than the work.
_SERIAL_BYTES = 200_000


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="CORPUS",
    help="The corpus folder; made if it is not there, added to if it is.",
)
@click.option(
    "--format",
    "form",
    metavar="NAME",
    help="tmx, xliff, ttx, tsv, csv, jsonl, moses, xces or ladder, instead of telling it by "
    "content and name.",
)
@click.option(
    "--source-language", default="de", show_default=True, metavar="TAG", help="The source's side."
)
@click.option(
    "--target-language", default="en", show_default=True, metavar="TAG", help="The target's side."
)
@click.option(
    "--columns",
    metavar="NAMES",
    help="Columns of a table: SOURCE,TARGET[,DOCUMENT], by the names in its header line, or by "
    "numbers from 1 where it has none.",
)
@click.option(
    "--encoding", metavar="NAME", help="The encoding of the files, instead of what they say."
)
@click.option(
    "--keep-readable",
    is_flag=True,
    help="Of a file that is broken somewhere, import what can be read.",
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the units that are left out to FILE (.tsv or .jsonl), with place and reason.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error"]),
    help="Exit with status 3 on findings this grave or graver.",
)
@click.option(
    "--claims/--no-claims",
    default=True,
    show_default=True,
    help="Link the words and find, tie and check the claims.",
)
@click.option("--workers", type=click.IntRange(min=1), help="As in `build`.")
@click.option("-q", "--quiet", is_flag=True, help="No summary, errors only.")
def import_(
    files: tuple[Path, ...],
    folder: Path,
    *,
    form: str | None,
    source_language: str,
    target_language: str,
    columns: str | None,
    encoding: str | None,
    keep_readable: bool,
    rejected: Path | None,
    fail_on: str | None,
    claims: bool,
    workers: int | None,
    quiet: bool,
) -> int:
    """Import translation memories and aligned texts into a corpus, and check them.

    FILES are TMX, XLIFF, SDLXLIFF, TTX, TSV or CSV with named columns, JSONL, an XCES alignment
    (file or folder) with its sentence files, two text files of a line a sentence (name.de and
    name.en), or a ladder with its two texts (name.ladder, name.de, name.en); gzipped, or in a ZIP
    archive. Units of other languages and units with an empty side are left out and counted; a
    region counts for its language (de-AT is de).

    A file that is broken goes in not at all, unless --keep-readable. A second import of the same
    file adds nothing. Exit status 4 means that some files could not be read; 1 that none could.

    \b
    Examples:
      bicorpus import memory.tmx -o corpus
      bicorpus import project.sdlxliff -o corpus --fail-on error
      bicorpus import memories.zip -o corpus
      bicorpus import news.de news.en -o corpus
      bicorpus import pairs.csv -o corpus --columns Deutsch,Englisch --rejected left-out.tsv
    """
    from bicorpus.cli.importing.run import CorpusImport, import_tools
    from bicorpus.cli.workers import choose_executor, default_workers
    from bicorpus.importers.detection import plan
    from bicorpus.importers.opening import size_of
    from bicorpus.importers.units import Request

    names = tuple(one.strip() for one in columns.split(",")) if columns is not None else ()
    is_said = click.get_current_context().get_parameter_source("target_language")
    request = Request(
        source_language,
        target_language,
        encoding,
        names,
        assume_target=is_said is click.core.ParameterSource.COMMANDLINE,
    )
    _check(request, form, rejected)
    jobs = plan(files, request, form=form)
    if names and not any(job.form in _WITH_COLUMNS for job in jobs):
        raise SettingsError(
            "--columns is for tables and JSON lines, and none of the files is one.",
            next_step="Leave it out, or say with --format what the files are.",
        )
    size = sum(size_of(path) for job in jobs for path in job.paths)
    count = workers or (1 if size < _SERIAL_BYTES else default_workers())
    with CorpusImport(folder, import_tools(request, claims=claims), request) as running:
        with _list(rejected) as listed, BuildProgress(quiet=quiet) as progress:
            running.run(
                jobs, choose_executor(count), keep_readable=keep_readable, rejected=listed,
                watcher=progress,
            )  # fmt: skip
        worst = _finish(running, fail_on)
        if not quiet and running.is_open:
            _summarise(running)
        _complain(running.report, worst)
        return _status(running.report, len(jobs), worst)


def _check(request: Request, form: str | None, rejected: Path | None) -> None:
    """Refuse options that cannot be used, before anything is read."""
    from bicorpus.registry import BACKENDS, find_backend

    if form is not None and form not in BACKENDS["importer"]:
        find_backend("importer", form)
    if request.source == request.target or not (request.source and request.target):
        raise SettingsError(
            f'"{request.source_language}" and "{request.target_language}" are no two languages.',
            next_step="Choose others with --source-language and --target-language.",
        )
    if request.columns and (len(request.columns) not in {2, 3} or not all(request.columns)):
        raise SettingsError(
            f'"{",".join(request.columns)}" are no columns.',
            next_step="Give two or three: --columns SOURCE,TARGET[,DOCUMENT].",
        )
    if len(set(request.columns)) < len(request.columns) or "0" in request.columns:
        raise SettingsError(
            f'"{",".join(request.columns)}" are no different columns, counted from 1.',
            next_step="Give each side a column of its own: --columns SOURCE,TARGET[,DOCUMENT].",
        )
    if rejected and not rejected.parent.is_dir():
        raise SettingsError(
            f'There is no folder "{rejected.parent}".', next_step="Check the path of --rejected."
        )


def _list(path: Path | None) -> AbstractContextManager[Rejected | None]:
    if path is None:
        return nullcontext()
    from bicorpus.importers.intake import list_rejected

    return list_rejected(path)


def _finish(running: CorpusImport, fail_on: str | None) -> list[str]:
    """Write the derived files where they are not; return a line for each grave document."""
    from bicorpus.derived import is_current, write_derived

    if not running.is_open:
        return []
    if not is_current(running.project):
        write_derived(running.project, running.tools)
    if fail_on is None:
        return []
    from bicorpus.cli.pairs.documents import worst_findings

    return worst_findings(running.project, fail_on)


def _summarise(running: CorpusImport) -> None:
    from bicorpus.counted import counted

    report = running.report
    parts = [f"{counted(report.read, 'unit')} read", f"{report.imported} imported"]
    if report.imported:
        parts[-1] += f" in {counted(report.documents, 'document')}"
    if report.known:
        parts.append(f"{report.known} there already")
    left_out = sum(report.left_out.values())
    click.echo(f"{', '.join(parts)}, {left_out} left out{':' if left_out else '.'}", err=True)
    for reason, count in report.left_out.most_common():
        click.echo(f"  {count:>7}  {reason}", err=True)
    if not running.tools.checks:
        click.echo("The checks know German and English only: none were run.", err=True)
    elif report.imported:
        counts = [f"{name} {report.findings[name]}" for name in ("error", "warning", "info")]
        click.echo(f"Findings: {', '.join(counts)}.", err=True)
    for note, count in report.notes.most_common():
        click.echo(f"Note: {count} {note}.", err=True)
    click.echo(f"The corpus is in {running.folder}: corpus.tsv, corpus.tmx, run.json.", err=True)


def _complain(report: ImportReport, worst: list[str]) -> None:
    for warning in report.warnings:
        click.echo(f"Warning: {warning}", err=True)
    for one in report.partial:
        click.echo(f"Only in part: {one.reason}", err=True)
    for one in report.failed[:_MOST_LISTED]:
        click.echo(f"Error: {one.reason}", err=True)
    if len(report.failed) > _MOST_LISTED:
        click.echo(f"Error: and {len(report.failed) - _MOST_LISTED} more files.", err=True)
    for line in worst:
        click.echo(line, err=True)


def _status(report: ImportReport, jobs: int, worst: list[str]) -> int:
    if report.failed and len(report.failed) == jobs:
        return FAILED
    if report.failed or report.partial:
        return SOME_LEFT_OUT
    return FINDINGS if worst else 0
