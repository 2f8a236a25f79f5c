"""What `bicorpus export` tells people: the closing lines, and the counts of --what-if."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.counted import counted

if TYPE_CHECKING:
    from bicorpus.exporters.formats import Format
    from bicorpus.exporters.rows import CorpusHeader, Written
    from bicorpus.exporters.selection import Selection


def print_summary(
    selection: Selection, written: Written, unit: str, places: Sequence[Path]
) -> None:
    """Print what was written and where, what was left out and why, and what was replaced.

    `unit` is the plural of what `written` counts.
    """
    names = ["standard output" if str(one) == "-" else str(one) for one in places]
    where = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    unit = unit.removesuffix("s") if written.rows == 1 else unit
    click.echo(f"{written.rows} {unit} written to {where}.", err=True)
    if selection.left_out:
        reasons = ", ".join(f"{count} {name}" for name, count in selection.reasons.items() if count)
        rows = "rows" if selection.kind.name == "bead" else f"{selection.kind.name}s"
        click.echo(
            f"{selection.left_out} of {selection.rows} {rows} left out: {reasons}.", err=True
        )
    if emptied := selection.documents_left_out:
        verb = "has" if emptied == 1 else "have"
        click.echo(f"{counted(emptied, 'document')} {verb} no row left.", err=True)
    for note in written.notes:
        click.echo(note, err=True)
    if written.replaced:
        rows = counted(written.replaced, "place")
        click.echo(f"Characters replaced by U+FFFD in {rows}:", err=True)
        for one in written.replaced_in:
            click.echo(f"  {one}", err=True)
        if more := written.replaced - len(written.replaced_in):
            click.echo(f"  and {more} more", err=True)


def print_advice(chosen: Format, header: CorpusHeader, output: Path) -> None:
    """Print how others read what was written, where the format says so."""
    if chosen.advice:
        languages = {"source": header.source_language, "target": header.target_language}
        click.echo(f"Read it with: {chosen.advice.format(path=output, **languages)}", err=True)


def print_notes(selection: Selection, header: CorpusHeader) -> None:
    """Print what may not be meant: words that no row has, articles that are not up to date."""
    _note_absent(selection)
    if " " in header.model:
        click.echo(
            "Note: the articles were made under several signatures; run the build again to bring "
            "all up to date.",
            err=True,
        )


def print_what_if(selection: Selection, *, as_json: bool) -> None:
    """Print what each condition leaves out; all rows have gone through the selection before."""
    counts = [
        {"condition": name, "alone": selection.alone[name], "only": selection.only[name]}
        for name in selection.reasons
    ]
    if as_json:
        record = {"rows": selection.rows, "kept": selection.kept, "left_out": selection.left_out}
        click.echo(json.dumps({**record, "conditions": counts}, ensure_ascii=False, indent=2))
    else:
        names = [*selection.reasons, "condition", "all together"]
        width = max(map(len, names))
        click.echo(click.style(f"{'condition':<{width}}  alone  nothing else does", bold=True))
        for one in counts:
            click.echo(f"{one['condition']:<{width}}  {one['alone']:>5}  {one['only']:>17}")
        click.echo(f"{'all together':<{width}}  {selection.left_out:>5}")
        click.echo(f"{selection.kept} of {selection.rows} {selection.kind.noun}s would be written.")
    _note_absent(selection)


def _note_absent(selection: Selection) -> None:
    if selection.kind.name == "claim" and not selection.rows:
        click.echo(
            "Note: there is no claim in this corpus; a build or import with --no-claims looks for "
            "none.",
            err=True,
        )
    for field, value in selection.unseen:
        click.echo(f'Note: no {selection.kind.noun} has the {field} "{value}".', err=True)
