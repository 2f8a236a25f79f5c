"""`bicorpus words`: which word of a text translates which of the other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

import click

from bicorpus.counted import counted
from bicorpus.errors import SettingsError

if TYPE_CHECKING:
    from bicorpus.cli.words.input import LinePair
    from bicorpus.cli.words.output import Writer
    from bicorpus.protocols import TokenLink, WordAligner

    Linked = Iterable[tuple[LinePair, Sequence[TokenLink]]]

# Pairs that are linked at a time; the links are the same for any number.
_BLOCK = 256


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES]... | CORPUS")
@click.option(
    "--format",
    "form",
    type=click.Choice(["pharaoh", "tsv", "jsonl", "text"]),
    default="pharaoh",
    show_default=True,
    help="pharaoh: 0-0 1-2, a line a pair; tsv: a line a link; jsonl: an object a pair; text: a "
    "table for people.",
)
@click.option("--scores", is_flag=True, help="With pharaoh: 0-0:0.87, as the others always have.")
@click.option(
    "--method",
    type=click.Choice(["inter", "itermax", "mwmf"]),
    default="itermax",
    show_default=True,
    help="simalign's: inter makes the fewest and surest links, mwmf links all it can.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="Drop links whose score is below; 0 drops none.  [default: as fitted; 0 with an encoder "
    "of yours]",
)
@click.option(
    "--no-anchors",
    is_flag=True,
    help="By the encoder alone: without the rules that link equal figures and names, and no word "
    "with a punctuation mark.",
)
@click.option(
    "--encoder",
    default="embedded",
    show_default=True,
    metavar="NAME",
    help="An encoder's folder, one that ships with bicorpus, or one in the local cache of Hugging "
    "Face; nothing is downloaded.",
)
@click.option(
    "--layer",
    type=click.IntRange(min=0),
    help="Whose states are compared.  [default: 8, as in simalign, or the last of a smaller model]",
)
@click.option(
    "--languages",
    default="de-en",
    show_default=True,
    metavar="PAIR",
    help="Of source and target; figures are read in German and English.",
)
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    help="Batches at the same time; the result is the same.  [default: processors]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write here, when all is done, and not to standard output.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary, errors only.")
def words(
    files: tuple[str, ...],
    *,
    form: str,
    scores: bool,
    method: Literal["inter", "itermax", "mwmf"],
    threshold: float | None,
    no_anchors: bool,
    encoder: str,
    layer: int | None,
    languages: str,
    threads: int | None,
    output: Path | None,
    quiet: bool,
) -> None:
    """Link the words of sentences that translate each other.

    FILES have lines "source tokens ||| target tokens", with blanks between tokens; "-" or none
    reads standard input. Links count tokens from 0. An empty line gives an empty line. A CORPUS
    folder instead prints the links that it holds, a line a bead in the order of corpus.tsv; the
    options about linking do not apply to it.

    A score is the probability that a link is right. With an encoder of yours it is the cosine,
    mapped into 0 to 1.

    \b
    Examples:
      echo "Es regnet . ||| It rains ." | bicorpus words --scores
      bicorpus words pairs.txt --method inter -o pairs.links
      bicorpus words corpus --format text | less
    """
    from bicorpus.cli.words.output import TSV_HEADER, make_writer

    linked: Linked
    if len(files) == 1 and Path(files[0]).is_dir():
        from bicorpus.cli.words.input import read_corpus

        linked = read_corpus(Path(files[0]))
    else:
        from bicorpus.cli.words.input import read_lines
        from bicorpus.cli.workers import default_workers
        from bicorpus.wordaligners.simalign import SimalignWordAligner

        aligner = SimalignWordAligner(
            encoder, method=method, threshold=threshold, anchors=not no_anchors, layer=layer,
            threads=threads or default_workers(), languages=_languages(languages),
        )  # fmt: skip
        linked = _link(read_lines(files or ("-",)), aligner)
    header = TSV_HEADER if form == "tsv" else None
    linked = _counted(linked, quiet=quiet)
    writer = make_writer(form, scores=scores)
    if output is None:
        _write(linked, writer, header, sys.stdout)
    else:
        _write_file(linked, writer, header, output)


def _languages(pair: str) -> tuple[str, str]:
    source, _, target = pair.partition("-")
    if not source or not target:
        raise SettingsError(
            f'"{pair}" is no pair of languages.', next_step='It looks like "de-en".'
        )
    return source, target


def _link(lines: Iterator[LinePair], aligner: WordAligner) -> Linked:
    while block := list(islice(lines, _BLOCK)):
        links = aligner.link_tokens([(pair.source, pair.target) for pair in block])
        yield from zip(block, links, strict=True)


def _counted(linked: Linked, *, quiet: bool) -> Linked:
    """Pass pairs on, with a count on standard error while it is a terminal, and at the end."""
    is_shown = sys.stderr.isatty() and not quiet
    pairs = links = 0
    for pair, made in linked:
        pairs, links = pairs + 1, links + len(made)
        if is_shown and pairs % _BLOCK == 0:
            click.echo(f"\r{pairs:,} pairs, {links:,} links", err=True, nl=False)
        yield pair, made
    if not quiet:
        start = "\r" if is_shown else ""  # Python 3.11 takes no backslash in the braces
        click.echo(f"{start}{counted(pairs, 'pair')}, {counted(links, 'link')}.", err=True)


def _write(linked: Linked, writer: Writer, header: str | None, stream: IO[str]) -> None:
    if header:
        stream.write(header + "\n")
    for pair, links in linked:
        for line in writer(pair, links):
            stream.write(line + "\n")


def _write_file(linked: Linked, writer: Writer, header: str | None, path: Path) -> None:
    from bicorpus.exporters.files import write_checked

    def write(place: Path) -> None:
        with place.open("w", encoding="utf-8", newline="\n") as stream:
            _write(linked, writer, header, stream)

    write_checked(path, write, lambda _path, _result: [])
