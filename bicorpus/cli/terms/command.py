"""`bicorpus terms`: glossaries in, and how their terms are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.glossary_option import list_left_out
from bicorpus.cli.terms.consistency import consistency
from bicorpus.cli.terms.extract import extract
from bicorpus.cli.terms.options import (
    format_option,
    glossary_files,
    output_option,
    write_output,
)
from bicorpus.cli.terms.output import FORMATS, write_uses
from bicorpus.counted import counted

if TYPE_CHECKING:
    from bicorpus.terms.report import PlacedUse
    from bicorpus.terms.use import TermUse

FINDINGS = 3
_MOST_LISTED = 20


@click.group()
def terms() -> None:
    """Terminology: glossaries in, how each term is rendered, candidates out.

    \b
    Examples:
      bicorpus terms import house.tbx press.csv -o glossary.tsv
      bicorpus terms check corpus --glossary glossary.tsv
      bicorpus terms check --target-only article.en.txt --glossary glossary.tsv
    """


terms.add_command(consistency)
terms.add_command(extract)


@terms.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option(
    "-o", "--output", required=True, metavar="FILE", help='The glossary, as TSV; "-" prints it.'
)
@click.option(
    "--source-language",
    default="de",
    show_default=True,
    metavar="CODE",
    help="The language of the terms.",
)
@click.option(
    "--target-language",
    default="en",
    show_default=True,
    metavar="CODE",
    help="The language of their renderings.",
)
def import_terms(
    files: tuple[Path, ...], *, output: str, source_language: str, target_language: str
) -> int:
    """Join glossaries into one table that every command here reads.

    FILES are CSV and TSV (columns by their usual names: source, target, allowed, forbidden, part of
    speech, note; language codes; Weblate's exports), OmegaT's text glossaries, TBX 2 and 3, XLSX.
    Entries of the same term are joined. Rows that cannot be used are listed with their line, and
    the exit status is then 4.

    \b
    Examples:
      bicorpus terms import house.tbx -o glossary.tsv
      bicorpus terms import weblate.csv omegat.txt -o -
    """
    from bicorpus.cli.terms.output import glossary_lines
    from bicorpus.glossaries import read_glossaries

    found = read_glossaries(files, source_language, target_language)
    write_output("".join(glossary_lines(found.terms)), output)
    list_left_out(found.left_out, most=_MOST_LISTED)
    click.echo(
        f"{counted(len(found.terms), 'term')}, {counted(len(found.left_out), 'row')} left out.",
        err=True,
    )
    return 4 if found.left_out else 0


@terms.command()
@click.argument(
    "corpus", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="CORPUS"
)
@click.option(
    "--lines",
    nargs=2,
    metavar="SOURCE TARGET",
    help="Two files with a line each instead of a corpus.",
)
@click.option(
    "--target-only",
    multiple=True,
    metavar="FILE",
    help="Mark the forbidden forms in a target-language text instead. Can be given more than once.",
)
@glossary_files(required=True, purpose="A glossary: .csv, .tsv, .txt (OmegaT), .tbx, .xlsx.")
@format_option(
    FORMATS, "text: a report a term; tsv and jsonl: a row a use; html: a page to look at."
)
@output_option
@click.option(
    "--all", "everything", is_flag=True, help="Report the terms that are rendered right, too."
)
@click.option(
    "--fail-on",
    type=click.Choice(["forbidden", "untranslated", "other", "missing"]),
    multiple=True,
    help="Exit with 3 where a term is used so. Can be given more than once.",
)
def check(
    corpus: Path | None,
    *,
    lines: tuple[str, str] | None,
    target_only: tuple[str, ...],
    glossaries: tuple[Path, ...],
    form: str,
    output: str,
    everything: bool,
    fail_on: tuple[str, ...],
) -> int:
    """Check how the terms of a glossary are rendered in CORPUS.

    A term is met in any inflection and in compounds; its rendering is looked for where the word
    links say that it stands, then anywhere in the bead. It is right, inflected (right, in another
    form), a variant that is allowed, forbidden, untranslated, other (which), or missing.

    \b
    Examples:
      bicorpus terms check corpus --glossary glossary.tsv
      bicorpus terms check --lines source.de target.en --glossary g.tbx --fail-on forbidden
      bicorpus terms check --target-only article.en.txt --glossary glossary.tsv
      bicorpus terms check corpus --glossary glossary.tsv --format html -o terms.html
    """
    from bicorpus.glossaries import read_glossaries
    from bicorpus.terms.use import TermChecker

    chosen = [corpus is not None, bool(lines), bool(target_only)]
    if sum(chosen) != 1:
        raise click.UsageError("Give one of CORPUS, --lines SOURCE TARGET and --target-only FILE.")
    glossary = read_glossaries(glossaries)
    list_left_out(glossary.left_out, most=_MOST_LISTED)
    checker = TermChecker(glossary.terms)
    with ExitStack() as stack:
        if corpus is not None:
            uses = _of_corpus(corpus, checker.check)
        elif lines:
            uses = _of_lines(*lines, checker.check, stack)
        else:
            uses = _of_targets(target_only, checker.forbidden_in)
        found = write_uses(uses, form, output, everything=everything)
    return FINDINGS if found.intersection(fail_on) else 0


def _of_corpus(corpus: Path, check_pair: Callable[..., list[TermUse]]) -> Iterator[PlacedUse]:
    from bicorpus.annotate import bead_texts
    from bicorpus.store import Project
    from bicorpus.terms.report import PlacedUse

    with Project(corpus, writable=False) as project:
        for article in project.articles():
            if article.target is None:
                continue
            for number, bead in enumerate(article.beads, 1):
                texts = bead_texts(bead, article.source, article.target)
                place = f"{article.source.document.origin}, bead {number}"
                for use in check_pair(*texts, bead.links):
                    yield PlacedUse(place, use)


def _of_lines(
    source: str,
    target: str,
    check_pair: Callable[..., list[TermUse]],
    stack: ExitStack,
) -> Iterator[PlacedUse]:
    from bicorpus.cli.check.lines import read_pairs
    from bicorpus.terms.report import PlacedUse

    for number, pair in enumerate(read_pairs(source, target, stack), 1):
        for use in check_pair(*pair):
            yield PlacedUse(f"line {number}", use)


def _of_targets(
    names: tuple[str, ...], forbidden_in: Callable[[str], list[TermUse]]
) -> Iterator[PlacedUse]:
    from bicorpus.cli.text_lines import open_lines
    from bicorpus.readers.encoding import decode
    from bicorpus.terms.report import PlacedUse

    for name in names:
        with ExitStack() as stack:
            content = open_lines(name, stack).read()
        for number, line in enumerate(decode(content, name=f'"{name}"').text.splitlines(), 1):
            for use in forbidden_in(line):
                yield PlacedUse(f"{name}, line {number}", use)
