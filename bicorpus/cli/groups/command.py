"""`bicorpus groups`: what several documents report alike, and where their figures differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.groups.output import FORMATS, closing_lines, write_groups

if TYPE_CHECKING:
    from bicorpus.derived.groups import ListedGroup


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, file_okay=False), metavar="CORPUS")
@click.option("--conflicts", is_flag=True, help="Only groups whose members' figures differ.")
@click.option(
    "--all/--across",
    "is_all",
    default=False,
    help="Also groups inside one document, or only those that span two or more (the default).",
)
@click.option(
    "--at-least",
    type=click.IntRange(min=2),
    default=2,
    show_default=True,
    metavar="N",
    help="Only groups of N members or more.",
)
@click.option(
    "--containing",
    metavar="TEXT",
    help="Only groups with this text in a member's quote, in capitals or not.",
)
@click.option(
    "--document",
    metavar="TEXT",
    help="Only groups with a member from a document with this in its name.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def groups(
    corpus: Path,
    *,
    conflicts: bool,
    is_all: bool,
    at_least: int,
    containing: str | None,
    document: str | None,
    form: str,
) -> None:
    """List the claims of CORPUS that report the same fact, with quotes and origins.

    Groups whose figures differ come first, then those in most documents. Beside each quote stands
    its figure as it was read: bound, value, unit. A claim's id is what `bicorpus explain` takes.
    What a document repeats of itself is left out, unless --all asks for it.

    \b
    Examples:
      bicorpus groups corpus
      bicorpus groups corpus --conflicts --format html > conflicts.html
      bicorpus groups corpus --containing Kursk --at-least 3
      bicorpus groups corpus --format jsonl | jq '.members[].text'
    """
    from bicorpus.derived.groups import groups_are_current, list_groups
    from bicorpus.store import Project

    with Project(corpus, writable=False) as project:
        is_current = groups_are_current(project)
        found = list_groups(project)
    if found and not is_current:
        click.echo(
            "These groups are not of the present articles, or an older bicorpus made them; the "
            "`bicorpus build` that made the corpus remakes them.",
            err=True,
        )
    asked = [
        one
        for one in found
        if len(one.members) >= at_least
        and (one.conflicts or not conflicts)
        and _has(one, containing, document)
    ]
    shown = [one for one in asked if is_all or one.documents > 1]
    closing = closing_lines(shown, hidden=len(asked) - len(shown), total=len(found))
    write_groups(shown, form, title=f"Groups of claims in {corpus.name}", closing=closing)


def _has(group: ListedGroup, containing: str | None, document: str | None) -> bool:
    """Return whether the group has a quote, and a document, with the texts asked for."""
    quoted = (containing or "").casefold()
    return any(quoted in one.source.text.casefold() for one in group.members) and any(
        (document or "") in one.origin for one in group.members
    )
