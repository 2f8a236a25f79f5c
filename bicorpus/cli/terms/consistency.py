"""`bicorpus terms consistency`: every recurring term with its renderings, the odd ones first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.terms.consistency_output import FORMATS, write_terms
from bicorpus.cli.terms.options import (
    at_least_option,
    corpus_argument,
    format_option,
    glossary_files,
    most_option,
    output_option,
)
from bicorpus.counted import counted

if TYPE_CHECKING:
    from bicorpus.terms.consistency import Renderings


@click.command()
@corpus_argument
@glossary_files(required=False, purpose="Look at the source terms of this glossary only.")
@at_least_option(3, "Leave out terms that are met fewer times.", fewest=2)
@most_option(100, "Terms at most, the oddest first.")
@click.option("--all", "everything", is_flag=True, help="Show the terms with one rendering, too.")
@format_option(
    FORMATS, "text: a report a term; tsv and jsonl: a row a rendering; html: a page to look at."
)
@output_option
def consistency(
    corpus: Path,
    *,
    glossaries: tuple[Path, ...],
    at_least: int,
    most: int,
    everything: bool,
    form: str,
    output: str,
) -> int:
    """Show how each recurring term of CORPUS is rendered, the odd renderings first.

    Terms are the nouns, names, adjectives and full verbs of the source, and phrases around a noun.
    Inflections and articles make no other rendering, nor does a part of a longer one. A rendering
    is the odder the more usual the term's usual one is beside it. Each is told with its articles,
    its outlets (the host of an address, or the folder of a file) and its beads.

    \b
    Examples:
      bicorpus terms consistency corpus
      bicorpus terms consistency corpus --glossary house.tbx --all
      bicorpus terms consistency corpus --at-least 10 --format html -o consistency.html
    """
    from bicorpus.cli.terms.reading import read_corpus

    gathered: Renderings | None = None
    for bead in read_corpus(corpus):
        if gathered is None and bead.has_target:
            gathered = _started(bead.language, bead.target_language, glossaries)
        if gathered is not None and bead.has_target:
            gathered.add(bead)
    if gathered is None or not gathered.linked:
        from bicorpus.errors import InputError

        raise InputError(
            f'The corpus in "{corpus}" has no word links, and they tell what renders what.',
            next_step="Build it from German articles, without --no-claims.",
        )
    found = gathered.terms(at_least=at_least)
    odd = found if everything else [one for one in found if one.surprise > 0]
    write_terms(odd[:most], form, output)
    _close(gathered, len(found), len(odd), min(most, len(odd)))
    return 0


def _started(language: str, target_language: str, glossaries: tuple[Path, ...]) -> Renderings:
    from bicorpus.glossaries import read_glossaries
    from bicorpus.terms.consistency import Renderings

    if not glossaries:
        return Renderings(language)
    found = read_glossaries(glossaries, language, target_language)
    return Renderings(language, glossary=[term.source for term in found.terms])


def _close(gathered: Renderings, terms: int, odd: int, shown: int) -> None:
    """Say what was looked at, and what is not shown."""
    click.echo(
        f"{counted(terms, 'term')} in {counted(gathered.linked, 'bead')} with word links "
        f"(of {gathered.beads}); {odd} to show, {odd - shown} of them not shown"
        + ("; --most shows more." if odd > shown else "."),
        err=True,
    )
    if gathered.dropped:
        dropped = counted(gathered.dropped, "rare word")
        click.echo(f"To bound the memory, {dropped} had to be let go.", err=True)
