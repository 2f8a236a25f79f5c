"""`bicorpus concordance`: where a word stands, and what renders it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.concordance.output import (
    FORMATS,
    html_lines,
    json_lines,
    text_lines,
    tsv_lines,
)
from bicorpus.counted import counted
from bicorpus.errors import InputError

if TYPE_CHECKING:
    from bicorpus.cli.concordance.reading import By, Concordance
    from bicorpus.store.claim_rows import SideName
    from bicorpus.terms.context import Line, Sort

# Beads that a query reads for sorting and counting. Reading takes 0.1 ms each, the start of the
# program 0.3 s: so many keep a query for the most frequent word under a second.
_AMONG = 2_000
_MOST_RENDERINGS = 12


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, file_okay=False), metavar="CORPUS")
@click.argument("query")
@click.option(
    "--by",
    type=click.Choice(["word", "lemma", "phrase", "regex", "fts"]),
    help="word: the word as given; lemma: any inflection of each word; phrase: words in this "
    "order, whatever marks stand between; regex: Python's; fts: SQLite's full-text queries (AND, "
    "OR, NOT, NEAR, prefix*). All but regex ignore case.  [default: word, or phrase for several "
    "words]",
)
@click.option(
    "--side",
    type=click.Choice(["source", "target"]),
    default="source",
    show_default=True,
    help="The side that is searched; the rendering is looked up on the other.",
)
@click.option(
    "--document", metavar="PATTERN", help="Only in documents of this origin or id: news/*."
)
@click.option("--rendering", metavar="TEXT", help="Only where the linked words contain TEXT.")
@click.option("--not-rendering", metavar="TEXT", help="Only where they do not.")
@click.option(
    "--filter",
    "expression",
    metavar="EXPRESSION",
    help='Only in beads that meet it, as in export: "finding:figure and score>=0.5".',
)
@click.option(
    "--sort",
    type=click.Choice(["left", "right", "hit", "rendering", "place"]),
    default="place",
    show_default=True,
    help="left and right: by the context from the hit outwards.",
)
@click.option(
    "--width",
    type=click.IntRange(min=1, max=1000),
    default=40,
    show_default=True,
    help="Columns of context on either side, with text and html; the others have all of it.",
)
@click.option(
    "--most", type=click.IntRange(min=1), default=50, show_default=True, help="Lines to show."
)
@click.option(
    "--among",
    metavar="COUNT",
    default=str(_AMONG),
    show_default=True,
    help='Sort and count the lines of the first so many beads that have any; "all" reads all.',
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
)
@click.option(
    "-o", "--output", metavar="FILE", default="-", help="The file; standard output if not given."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no notes.")
def concordance(
    corpus: Path,
    query: str,
    *,
    by: By | None,
    side: SideName,
    document: str | None,
    rendering: str | None,
    not_rendering: str | None,
    expression: str | None,
    sort: Sort,
    width: int,
    most: int,
    among: str,
    form: str,
    output: str,
    quiet: bool,
) -> None:
    """Show QUERY in its context in CORPUS, and what renders it on the other side.

    Both sides are aligned: at the hit, and at the words that the word links lead to. The closing
    line counts the renderings. The first search makes an index in the corpus, later ones bring it
    up to date.

    \b
    Examples:
      bicorpus concordance corpus Angriff --by lemma --sort rendering
      bicorpus concordance corpus Kiew --not-rendering Kyiv
      bicorpus concordance corpus Kiev --side target --format html -o kiev.html
      bicorpus concordance corpus 'NEAR(drohne* angriff*, 5)' --by fts --filter finding:figure
    """
    from bicorpus.cli.concordance.index import prepare
    from bicorpus.cli.concordance.reading import Query, search
    from bicorpus.exporters.filters import read_filter
    from bicorpus.store import Project
    from bicorpus.terms.context import sort_lines

    asked = Query(
        query,
        by or ("phrase" if len(query.split()) > 1 else "word"),
        side,
        document,
        rendering,
        not_rendering,
        read_filter(expression) if expression else None,
    )
    limit = _limit(among)
    prepare(corpus, needs_index=asked.by != "regex", needs_forms=asked.by == "lemma", quiet=quiet)
    with Project(corpus, writable=False) as project:
        found = search(project, asked, among=limit)
    shown = sort_lines(found.lines, sort)[:most]
    closing = closing_line(found, len(shown))
    _write(shown, form, width, f"Concordance: {query}", closing, output)
    if not quiet:
        if form in {"tsv", "jsonl"} or output != "-":
            click.echo(closing, err=True)
        for note in notes(found):
            click.echo(note, err=True)


def _limit(among: str) -> int | None:
    if among == "all":
        return None
    if not among.isdecimal() or int(among) < 1:
        raise click.BadParameter(f'"{among}" is neither a count nor "all".', param_hint="--among")
    return int(among)


def closing_line(found: Concordance, shown: int) -> str:
    """Return how many hits there are, and how they are rendered: "3 hits …: Kyiv 2, Kiev 1"."""
    from bicorpus.terms.context import count_renderings

    if not found.lines:
        return f"Nothing found in {found.read:,} beads." if found.read else "Nothing found."
    beads = len({(line.document, line.bead) for line in found.lines})
    hits = f"{counted(len(found.lines), 'hit')} in {counted(beads, 'bead')}"
    if shown < len(found.lines):
        hits += f", {shown:,} shown"
    counts = count_renderings(found.lines)
    told = ", ".join(f"{label} {count:,}" for label, count in counts[:_MOST_RENDERINGS])
    more = len(counts) - _MOST_RENDERINGS
    return f"{hits}: {told}" + (f", and {more:,} more" if more > 0 else "")


def notes(found: Concordance) -> Iterator[str]:
    """Yield what its reader must know besides: what was not read, what has no word links."""
    if not found.is_whole:
        of = " with hits" if found.beads is None else f" of {found.beads:,} that may have hits"
        yield f"Only the first {found.read:,} beads{of} were read; --among all reads them all."
    if found.scans:
        yield (
            "No word or part of one is in every match of this regular expression, so every text "
            "was read."
        )
    if found.unlinked:
        yield (
            f"{counted(found.unlinked, 'hit')} in articles without word links (built with "
            "--no-claims): their renderings are not known."
        )


def _write(  # noqa: PLR0917 - what a page is made of
    lines: Sequence[Line], form: str, width: int, title: str, closing: str, output: str
) -> None:
    if form == "text":
        made: Iterator[str] = iter([*text_lines(lines, width), closing])
    elif form == "html":
        made = html_lines(lines, width, title, closing)
    else:
        made = tsv_lines(lines) if form == "tsv" else json_lines(lines)
    if output == "-":
        for line in made:
            click.echo(line)
        return
    text = "".join(f"{click.unstyle(line)}\n" for line in made)
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f'"{output}" cannot be written: {error.strerror or error}.',
            next_step="Choose another with -o.",
        ) from error
