"""Brings the search index of a corpus up to date before it is asked, and says so."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from bicorpus.errors import ProjectError
from bicorpus.store import Project
from bicorpus.store.search import is_indexed, update_index, waiting
from bicorpus.store.search_forms import forms_are_current, update_forms

# Fewer are done before a line could be read.
_WORTH_TELLING = 5_000


def prepare(corpus: Path, *, needs_index: bool, needs_forms: bool, quiet: bool) -> None:
    """Bring the index up to date where the search needs it.

    While a build writes into the corpus the index stays as it is, and that is said. Raises
    ProjectError where there is no index and none can be made.
    """
    if not needs_index:
        return
    with Project(corpus, writable=False) as project:
        late, there = waiting(project), is_indexed(project)
        forms = not needs_forms or (not late and forms_are_current(project))
    if there and not late and forms:
        return
    try:
        with Project(corpus) as project:
            if late or not there:
                update_index(project, _progress("Making the search index", "beads", quiet=quiet))
            if needs_forms:
                update_forms(project, _progress("Looking words up", "words", quiet=quiet))
    except ProjectError as error:
        if not there:
            raise
        # Others may write, or nobody may: what the index has can be searched all the same.
        what = "The newest words are"
        if late:
            what = "1 article is" if late == 1 else f"{late:,} articles are"
        click.echo(f"{what} not searched: {error.problem}", err=True)


def _progress(what: str, noun: str, *, quiet: bool) -> Callable[[int, int], None]:
    """Return what tells how far it is: a line that stays in place on a terminal, else the last."""
    is_terminal = sys.stderr.isatty()

    def told(done: int, total: int) -> None:
        if quiet or total < _WORTH_TELLING or not (is_terminal or done >= total):
            return
        start, end = ("\r", done >= total) if is_terminal else ("", True)
        click.echo(f"{start}{what}: {done:,} of {total:,} {noun}", err=True, nl=end)

    return told
