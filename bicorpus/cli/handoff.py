"""`bicorpus handoff`: a corpus, or a part of it, as the files that MT evaluation reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.evaluate.mt import named_file
from bicorpus.cli.export.articles import open_corpus, read_articles
from bicorpus.errors import InputError, SettingsError

if TYPE_CHECKING:
    from bicorpus.handoff.collect import Collector
    from bicorpus.handoff.manifest import Counts
    from bicorpus.handoff.plan import Plan
    from bicorpus.handoff.references import References
    from bicorpus.store import Project

# What the signature of a corpus says that `bicorpus align` made.
_ALIGNED = "align:joint"
_MOST_SHOWN = 5


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="CORPUS")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="The folder that the files are written into; it is made if need be.",
)
@click.option(
    "--reference",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="People's translations: a corpus that `bicorpus align` made of the same documents, or a "
    "folder of files that are named as the documents are and have a line for each bead.",
)
@click.option(
    "--system",
    "systems",
    multiple=True,
    metavar="NAME=FILE",
    help="Another system's translation of the source file of this hand-off, line by line; may be "
    "given again.",
)
@click.option(
    "--name",
    metavar="NAME",
    help="What the corpus's own translation is called; its model's name if not given.",
)
@click.option(
    "--filter",
    "expression",
    metavar="EXPRESSION",
    help='Hand over only what meets it, as in `export`: "kind:body and not severity:error".',
)
@click.option("-q", "--quiet", is_flag=True, help="No summary, errors only.")
def handoff(
    corpus: Path,
    *,
    folder: Path,
    reference: Path | None,
    systems: tuple[str, ...],
    name: str | None,
    expression: str | None,
    quiet: bool,
) -> None:
    """Write CORPUS as line-aligned files and in the forms that evaluators read.

    FOLDER gets source, hypotheses, references and document names as plain lines, WMT XML, JSON
    lines for MetricX and COMET, a campaign for Pearmut and batches for Appraise with our findings
    as error spans, a table that traces each line, and a MANIFEST with counts and hashes. Everything
    is read back and compared line by line before it is put in place. With --reference a line is the
    shortest stretch of source where both translations can be cut; what has no reference goes to a
    list of its own.

    \b
    Examples:
      bicorpus handoff corpus -o handoff
      bicorpus handoff corpus -o handoff --reference people --filter kind:body
      bicorpus handoff corpus -o handoff --reference people --system other=other.en
      bicorpus evaluate mt --handoff handoff
    """
    from bicorpus.exporters.files import make_folder
    from bicorpus.exporters.filters import read_filter
    from bicorpus.exporters.selection import Selection
    from bicorpus.handoff.collect import Collector
    from bicorpus.handoff.files import write_handoff

    condition = read_filter(expression) if expression is not None else None
    with open_corpus(corpus) as project:
        is_aligned = _is_aligned(project)
        if is_aligned and reference:
            raise SettingsError(
                f'"{corpus}" has people\'s translations already: they are the reference.',
                next_step="Leave --reference out, or hand over a corpus of `bicorpus build`.",
            )
        collector = Collector(
            Selection(condition, needs=("source",)),
            _find_references(reference) if reference else None,
            target_is_reference=is_aligned,
        )
        plan = _plan(project, name, systems, is_aligned=is_aligned, has_reference=bool(reference))
        make_folder(folder)
        counts = write_handoff(collector.units(read_articles(project)), plan, folder)
    if not quiet:
        _summarise(counts, plan, folder)
    for note in _notes(collector, counts, plan, folder):
        click.echo(note, err=True)


def _is_aligned(project: Project) -> bool:
    return any(_ALIGNED in one for one in project.signatures())


def _find_references(path: Path) -> References:
    from bicorpus.handoff.references import CorpusReferences, FolderReferences
    from bicorpus.store import Project
    from bicorpus.store.project import DATABASE

    if not path.is_dir():
        raise InputError(
            f'There is no folder "{path}".',
            next_step="Name a corpus, or a folder with a file for each document.",
        )
    if not (path / DATABASE).is_file():
        return FolderReferences(path)
    with Project(path, writable=False) as project:
        if not _is_aligned(project):
            raise SettingsError(
                f'"{path}" is a corpus of machine translations, and no reference.',
                next_step="Name a corpus that `bicorpus align` made.",
            )
        return CorpusReferences(project.articles())


def _plan(
    project: Project,
    name: str | None,
    systems: tuple[str, ...],
    *,
    is_aligned: bool,
    has_reference: bool,
) -> Plan:
    from bicorpus.derived.header import project_header
    from bicorpus.evaluate.test_sets import read_lines
    from bicorpus.handoff.plan import Plan
    from bicorpus.handoff.units import fold

    if is_aligned and name:
        raise SettingsError(
            "This corpus has no translation of its own to call by --name: its targets are the "
            "references.",
        )
    header = project_header(project)
    own = None
    if not is_aligned:
        own = name if name is not None else re.sub(r"[^\w.+-]+", "-", header.model).strip("-.+")
        own = own or "bicorpus"
    others: dict[str, list[str]] = {}
    for value in systems:
        system, path = named_file(value, "--system")
        if system in others:
            raise SettingsError(f'Two systems have the name "{system}".', next_step="Rename one.")
        others[system] = [fold(line) for line in read_lines(path, [])]
    return Plan(header, own, others, has_reference=has_reference or is_aligned)


def _summarise(counts: Counts, plan: Plan, folder: Path) -> None:
    from bicorpus.counted import counted

    click.echo(
        f"{counted(counts.units, 'unit')} of {counted(counts.documents, 'document')} written to "
        f"{folder}: "
        f"{len(plan.files)} files, read back and found in step.",
        err=True,
    )
    if counts.joined:
        click.echo(
            f"{counted(counts.joined, 'unit')} made of several beads, where the reference cuts the "
            "text elsewhere.",
            err=True,
        )
    if plan.has_reference and plan.systems:
        click.echo(f'Score it with: bicorpus evaluate mt --handoff "{folder}"', err=True)
    elif not plan.systems:
        click.echo(
            f"There is no hypothesis yet: translate {plan.source_file} line by line and add it "
            "with --system NAME=FILE.",
            err=True,
        )


def _notes(collector: Collector, counts: Counts, plan: Plan, folder: Path) -> Iterator[str]:
    """Yield what was left out and what is odd: told with --quiet, too."""
    from bicorpus.counted import counted
    from bicorpus.handoff.plan import APPRAISE, MANIFEST

    selection = collector.selection
    if selection.left_out:
        reasons = ", ".join(f"{count} {name}" for name, count in selection.reasons.items() if count)
        yield f"{selection.left_out} of {counted(selection.rows, 'bead')} left out: {reasons}."
    if collector.joined_out:
        yield f"{counted(collector.joined_out, 'bead')} left out for being joined with such beads."
    yield from _notes_of_reference(collector, counts)
    if counts.shortened:
        documents = counted(len(counts.shortened), "document")
        yield (
            f"{documents} with a longer id than Appraise can hold: cut in {APPRAISE}, whole in "
            f"{MANIFEST}."
        )
    for field, value in selection.unseen:
        yield f'Note: no bead has the {field} "{value}".'
    known = {*plan.files}
    if strange := sorted(one.name for one in folder.iterdir() if one.name not in known):
        yield f'Note: "{strange[0]}" in "{folder}" is not part of this hand-off.'


def _notes_of_reference(collector: Collector, counts: Counts) -> Iterator[str]:
    from bicorpus.counted import counted
    from bicorpus.handoff.plan import WITHOUT_REFERENCE

    if left_out := sum(counts.left_out.values()):
        reasons = ", ".join(f"{count} where {why}" for why, count in counts.left_out.items())
        without = counted(left_out, "unit")
        yield f"{without} without a reference, listed in {WITHOUT_REFERENCE}: {reasons}."
    if collector.without:
        names = ", ".join(f'"{origin}"' for origin in collector.without[:_MOST_SHOWN])
        more = len(collector.without) - _MOST_SHOWN
        yield f"Documents without a reference: {names}{f' and {more} more' if more > 0 else ''}."
    if counts.partial:
        yield f"{counted(counts.partial, 'reference')} without a part of the source."
    if collector.unused:
        yield f"{counted(collector.unused, 'bead')} of the reference in no unit: other source text."
    if collector.references:
        yield from collector.references.notes
