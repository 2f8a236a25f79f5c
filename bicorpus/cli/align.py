"""`bicorpus align`: pairs texts with translations that people made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.config import Settings
from bicorpus.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bicorpus.align.beads import AlignedBead
    from bicorpus.cli.pairs.lines import LinePair

FINDINGS = 3
SOME_LEFT_OUT = 4
_SIGNALS = ("rendering", "names", "spelling", "figures", "marks", "vectors")


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="CORPUS",
    help="Align documents into this corpus folder.",
)
@click.option("--lines", is_flag=True, help="Align two files that have a sentence a line.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["ladder", "jsonl"]),
    default="ladder",
    show_default=True,
    help="With --lines: [0, 1]:[0]:0.93 a bead, or an object a bead with texts and reason.",
)
@click.option(
    "--crossing",
    type=click.Choice(["merged", "apart"]),
    default="merged",
    show_default=True,
    help="With --lines: neighbours that changed places as one 2-2 bead, or as two beads.",
)
@click.option(
    "--languages",
    default="de-en",
    show_default=True,
    metavar="PAIR",
    help="With --lines: the languages of the two files.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 12),
    default=6,
    show_default=True,
    help="Sentences of a bead, on either side at most.",
)
@click.option(
    "--hard",
    metavar="MARK",
    help="With --lines: lines that are just MARK stand on both sides, and no bead crosses them.",
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(_SIGNALS),
    help="Leave a signal out; may be given again. Without rendering no translator is loaded, "
    "without vectors no encoder.",
)
@click.option(
    "--translator",
    default="fast:embedded",
    show_default=True,
    metavar="NAME",
    help="Whose renderings are compared, as in `build`.",
)
@click.option(
    "--embedder",
    default="embedded",
    show_default=True,
    metavar="NAME",
    help='Whose vectors of sentences are compared: "embedded", an encoder\'s folder, or "none".',
)
@click.option(
    "--claims/--no-claims",
    default=True,
    show_default=True,
    help="With -o: link the words and find, tie and check the claims.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error"]),
    help="Exit with status 3 on findings this grave or graver. A pair of texts that are no "
    "translations of each other is an error.",
)
@click.option("--workers", type=click.IntRange(min=1), help="As in `build`.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary, errors only.")
def align(
    source: Path,
    target: Path | None,
    *,
    folder: Path | None,
    lines: bool,
    form: str,
    crossing: str,
    languages: str,
    most: int,
    hard: str | None,
    without: tuple[str, ...],
    translator: str,
    embedder: str,
    claims: bool,
    fail_on: str | None,
    workers: int | None,
    quiet: bool,
) -> int:
    """Pair texts with their translations, sentence by sentence.

    SOURCE and TARGET are two files, or two folders whose files have the same names; or SOURCE
    alone is a list of pairs (.tsv: source file, tab, target file; .jsonl: objects with "source"
    and "target", or "source_text" and "target_text"). Paths in a list count from its folder. The
    German side comes first. CORPUS is a corpus folder as `bicorpus build` makes them.

    Beads join up to --most sentences a side; dropped, added and moved sentences are found, and
    each bead has a score: the probability that it is right.

    \b
    Examples:
      bicorpus align artikel.txt article.txt -o corpus
      bicorpus align de/ en/ -o corpus
      bicorpus align pairs.tsv -o corpus --fail-on error
      bicorpus align --lines de.txt en.txt > beads.ladder
    """
    if lines == (folder is not None):
        raise SettingsError(
            "Say what to align: --lines for two files with a sentence a line, or -o CORPUS for "
            "documents."
        )
    encoder = "embedded" if embedder == "none" else embedder
    settings = Settings(translator=translator, encoder=encoder, claims=claims)
    left_out = frozenset(without) | ({"vectors"} if embedder == "none" else frozenset())
    if folder is None:
        from bicorpus.cli.pairs.lines import align_lines

        if target is None:
            raise SettingsError("--lines takes two files.", next_step="Name the target's, too.")
        pair, beads = align_lines(
            source, target, settings=settings, languages=languages, most=most, hard=hard,
            without=left_out, embedder=embedder, quiet=quiet,
        )  # fmt: skip
        return _print_lines(pair, beads, form=form, merged=crossing == "merged", fail_on=fail_on)

    from bicorpus.cli.pairs.documents import PairTools, align_documents
    from bicorpus.cli.workers import default_workers

    tools = PairTools(
        settings, threads=workers or default_workers(), most=most, without=left_out,
        embedder=embedder, quiet=quiet,
    )  # fmt: skip
    return align_documents(
        source, target, folder, tools=tools, workers=workers or default_workers(),
        fail_on=fail_on, quiet=quiet,
    )  # fmt: skip


def _print_lines(
    pair: LinePair, beads: Sequence[AlignedBead], *, form: str, merged: bool, fail_on: str | None
) -> int:
    from bicorpus.align.aligner import UNRELATED, merge_crossings, overall_score
    from bicorpus.align.ladder import format_ladder

    overall = overall_score(beads)
    if form == "jsonl":
        for bead in beads:
            sys.stdout.write(pair.record(bead) + "\n")
    else:
        for line in format_ladder(merge_crossings(beads) if merged else beads):
            sys.stdout.write(line + "\n")
    if overall < UNRELATED:
        click.echo(
            f'"{pair.source_name}" and "{pair.target_name}" do not look like translations of each '
            f"other: overall score {overall:.2f}.",
            err=True,
        )
        return FINDINGS if fail_on else 0
    return 0
