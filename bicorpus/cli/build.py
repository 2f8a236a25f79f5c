"""`bicorpus build`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.glossary_option import glossary_option, report_glossary
from bicorpus.cli.progress import BuildProgress
from bicorpus.cli.workers import choose_executor, default_workers
from bicorpus.config import Settings

if TYPE_CHECKING:
    from bicorpus.data import Refusal
    from bicorpus.pipeline import Report

SOME_LEFT_OUT = 4
# Listed on the terminal; all of them are in run.json.
_MOST_LISTED = 20


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="CORPUS",
    help="The corpus folder; made if it is not there, brought up to date if it is.",
)
@click.option(
    "--translator",
    default="embedded",
    show_default=True,
    metavar="NAME",
    help='The translator: "embedded", "argos:de_en@1.0" (installed), "argos-api:de_en"; '
    '"fast:NAME" takes a third of the time and chooses among fewer renderings.',
)
@click.option(
    "--splitter", default="rules", show_default=True, metavar="NAME", help="The sentence splitter."
)
@click.option(
    "--encoder",
    default="embedded",
    show_default=True,
    metavar="NAME",
    help="The encoder behind the word links: a folder, or one that is installed.",
)
@glossary_option
@click.option(
    "--claims/--no-claims",
    default=True,
    show_default=True,
    help="Link the words and find, tie and check the claims.",
)
@click.option(
    "--language",
    metavar="CODE",
    help="Take all sources to be in this language (de, en) instead of detecting it.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes that work at the same time; the result is the same.  [default: processors]",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary, errors only.")
def build(
    sources: tuple[str, ...],
    folder: Path,
    *,
    translator: str,
    splitter: str,
    encoder: str,
    glossaries: tuple[str, ...],
    claims: bool,
    language: str | None,
    workers: int | None,
    quiet: bool,
) -> int:
    """Build a parallel corpus from German articles.

    SOURCES are files and folders (.txt, .md, .html, .jsonl), or "-" for standard input. German
    articles are translated and paired sentence by sentence; English ones join as
    target-language material. Words are linked, and every claim is tied to the words that carry it
    and checked. CORPUS receives corpus.db, corpus.tsv (a row a bead), claims.tsv (a row a claim),
    corpus.tmx, claims.tmx and run.json.

    It can be stopped at any moment: the same command goes on where it was. A second run on the
    same sources does nothing. Exit status 4 means that some sources were left out; they are
    listed with the reason.

    \b
    Examples:
      bicorpus build articles/ -o corpus
      bicorpus build monday.txt tuesday.html -o corpus --workers 4
      bicorpus build articles/ -o corpus --glossary house.tsv
      cat article.txt | bicorpus build - -o corpus
    """
    from bicorpus.derived import is_current, write_derived
    from bicorpus.pipeline import build as run_build
    from bicorpus.store import Project
    from bicorpus.tools import Tools

    count = workers or default_workers()
    tools = Tools(
        Settings(
            splitter=splitter,
            translator=translator,
            encoder=encoder,
            claims=claims,
            glossary=glossaries,
        ),
        threads=count,
    )
    report_glossary(tools, quiet=quiet)
    documents = tools.read(sources, language=language, standard_input=sys.stdin.buffer)
    with Project(folder) as project:
        with BuildProgress(quiet=quiet) as progress:
            report = run_build(documents, project, tools, choose_executor(count), progress)
        fresh = not is_current(project)
        if fresh:
            write_derived(project, tools)
    if not quiet:
        _summarise(report, folder, fresh=fresh)
    _list_left_out(report)
    return SOME_LEFT_OUT if report.failures or report.refusals else 0


def _summarise(report: Report, folder: Path, *, fresh: bool) -> None:
    counts = report.counts
    parts = [f"{report.documents} document{'s' if report.documents != 1 else ''}"]
    parts += [f"{counts[name]} {name}" for name in ("added", "replaced") if counts[name]]
    if report.duplicates:
        parts.append(f"{report.duplicates} with the text of another")
    if not report.built and not fresh:
        click.echo(f"Nothing to do: {folder} is up to date ({parts[0]}).", err=True)
        return
    click.echo(f"{', '.join(parts)}; {report.built} built.", err=True)
    click.echo(f"The corpus is in {folder}: corpus.tsv, claims.tsv, run.json and more.", err=True)
    click.echo(f"Look at it with: bicorpus show {folder}", err=True)


def _list_left_out(report: Report) -> None:
    left_out: list[Refusal] = [*report.refusals, *report.failures]
    if not left_out:
        return
    click.echo(f"Left out ({len(left_out)}):", err=True)
    for one in left_out[:_MOST_LISTED]:
        click.echo(f"  {one.origin}: {one.reason}", err=True)
    if len(left_out) > _MOST_LISTED:
        click.echo(f"  and {len(left_out) - _MOST_LISTED} more, listed in run.json", err=True)
