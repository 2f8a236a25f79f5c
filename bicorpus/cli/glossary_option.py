"""The option of the commands that translate: a glossary steers the translator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bicorpus.glossaries import LeftOutRow
    from bicorpus.tools import Tools

_MOST_LISTED = 5

glossary_option = click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    metavar="FILE",
    help="Let a glossary (.csv, .tsv, .tbx, .xlsx, .txt of OmegaT) steer the translator; each "
    "change is recorded. Can be given more than once.",
)


def report_glossary(tools: Tools, *, quiet: bool) -> None:
    """Read the glossary, if one is asked for, before anything else; list the rows left out.

    InputError where it cannot be used.
    """
    glossary = tools.glossary
    if glossary is not None and not quiet:
        list_left_out(glossary.left_out, most=_MOST_LISTED)


def list_left_out(rows: Sequence[LeftOutRow], *, most: int) -> None:
    """Tell people which rows of a glossary cannot be used, and why; `most` of them at most."""
    if not rows:
        return
    click.echo(f"Rows of the glossary left out ({len(rows)}):", err=True)
    for row in rows[:most]:
        click.echo(f"  {row.place}: {row.reason}", err=True)
    if len(rows) > most:
        click.echo(f"  and {len(rows) - most} more", err=True)
