"""`bicorpus terms extract`: term candidates of a corpus, with their renderings, for review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.cli.terms.options import (
    at_least_option,
    corpus_argument,
    format_option,
    most_option,
    output_option,
    write_output,
)
from bicorpus.counted import counted

if TYPE_CHECKING:
    from bicorpus.data import Language
    from bicorpus.terms.candidates.corpus import Candidate, Gathered

FORMATS = ("text", "csv", "tsv", "tbx", "weblate", "omegat")
_TARGETS = {"de": "en", "en": "de"}
_SHOWN_RENDERINGS = 3
_SHOWN_PLACES = 2


@click.command()
@corpus_argument
@format_option(
    FORMATS,
    "text: for people; csv and tsv: for review; tbx: TBX 3, Basic; weblate (CSV) and omegat "
    "(TSV): glossary files of these programs.",
)
@output_option
@most_option(200, "Candidates at most, the best first.")
@at_least_option(2, "Leave out what is met fewer times.", fewest=1)
@click.option(
    "--side",
    type=click.Choice(["de", "en"]),
    help="Candidates of this language alone, from either side, without renderings.",
)
@click.option("--no-names", is_flag=True, help="Leave out candidates that are all proper names.")
def extract(
    corpus: Path,
    *,
    form: str,
    output: str,
    most: int,
    at_least: int,
    side: str | None,
    no_names: bool,
) -> int:
    """Find term candidates in CORPUS, with how they are rendered.

    Phrases are found by the parts of speech of their words and ranked by how often they stand by
    themselves (C-value) and how much more they are used here than elsewhere (log-likelihood against
    a list that comes with bicorpus). Renderings come from the word links, with how often each was
    met and the mean score of its links. Of articles without a translation there are candidates of
    one language.

    \b
    Examples:
      bicorpus terms extract corpus
      bicorpus terms extract corpus --format csv --most 500 -o candidates.csv
      bicorpus terms extract corpus --format tbx -o candidates.tbx
      bicorpus terms extract corpus --side en
    """
    from bicorpus.cli.terms.reading import read_corpus
    from bicorpus.terms.candidates.corpus import gather

    chosen = _chosen(gather(read_corpus(corpus, side)), side)
    found = chosen.candidates(at_least=at_least) if chosen else []
    if no_names:
        found = [one for one in found if one.kind != "name"]
    if form == "tbx" and not found:
        from bicorpus.errors import InputError

        raise InputError(
            f'No candidates in "{corpus}", and a TBX file must have a term.',
            next_step="Lower --at-least, or extract from a larger corpus.",
        )
    _write(found[:most], form, output, chosen)
    if len(found) > most:
        click.echo(f"{most} of {len(found)} candidates; --most shows more.", err=True)
    elif not found:
        click.echo("No candidates: the corpus is too small, or --at-least too high.", err=True)
    return 0


def _chosen(groups: Sequence[Gathered], side: str | None) -> Gathered | None:
    """Return the candidates to show, and say what they are of where that is not plain."""
    pairs = [one for one in groups if one.has_target]
    chosen = max(pairs or groups, key=lambda one: one.beads, default=None)
    if chosen is None:
        return None
    if not pairs and side is None:
        click.echo(
            f"The corpus has no pairs: these are candidates of one language "
            f'("{chosen.language}"), without renderings.',
            err=True,
        )
    elif pairs and not chosen.linked:
        click.echo(
            "The words of this corpus are not linked: the candidates have no renderings. "
            "Build it without --no-claims.",
            err=True,
        )
    for one in groups:
        if one is not chosen:
            click.echo(
                f'Left out: {counted(one.beads, "sentence")} in "{one.language}" outside of such '
                f"pairs; --side {one.language} takes in what is in that language.",
                err=True,
            )
    if chosen.dropped:
        click.echo(
            f"To bound the memory, {counted(chosen.dropped, 'rare phrase')} had to be let go; one "
            "that is met again later may be counted short.",
            err=True,
        )
    return chosen


def _write(found: Sequence[Candidate], form: str, output: str, of: Gathered | None) -> None:
    from bicorpus.glossaries import writing

    target: Language | None = None
    if of is not None and of.has_target:
        target = _TARGETS[of.language]
    content: str | bytes
    if form == "tbx":
        content = writing.to_tbx(found, target)
    elif form == "text":
        content = "".join(f"{line}\n" for line in _text(found))
    else:
        if form == "omegat":
            found = _with_target(found)
        write = {
            "csv": writing.to_csv,
            "tsv": writing.to_tsv,
            "weblate": writing.to_weblate,
            "omegat": writing.to_omegat,
        }[form]
        content = write(found)
    write_output(content, output)


def _with_target(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that have a rendering: OmegaT's glossaries have no place for others."""
    kept = [one for one in found if one.renderings]
    if len(kept) < len(found):
        click.echo(
            f"Left out for want of a rendering: {counted(len(found) - len(kept), 'candidate')}; "
            "an OmegaT glossary needs both sides.",
            err=True,
        )
    return kept


def _text(found: Sequence[Candidate]) -> Iterator[str]:
    for number, one in enumerate(found, 1):
        places = "; ".join(map(str, one.places[:_SHOWN_PLACES]))
        yield (
            f"{number:>4}  "
            + click.style(one.form, bold=True)
            + f"  ({one.kind}, met {counted(one.count, 'time')} in "
            f"{counted(one.articles, 'article')}, score {one.score:.1f}; "
            f"{places})"
        )
        for rendering in (one.renderings or ())[:_SHOWN_RENDERINGS]:
            yield f"      {rendering.support:>4}  {rendering.form}  ({rendering.score:.2f})"
