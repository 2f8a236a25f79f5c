"""`bicorpus check`: what is wrong with pairs of lines, whoever translated them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from bicorpus.cli.check.lines import LineCount, read_pairs, read_table
from bicorpus.cli.check.output import WRITERS
from bicorpus.counted import counted
from bicorpus.errors import SettingsError

if TYPE_CHECKING:
    from bicorpus.data import Finding

FINDINGS = 3
_BLOCK = 256
_RANKS = {"info": 0, "warning": 1, "error": 2}
KINDS = (
    "addition", "address", "antonym", "copied", "direction", "empty", "figure", "hedging",
    "language", "name", "negation", "omission", "repetition", "truncation", "unrelated",
    "untranslated", "wording",
)  # fmt: skip
_PARTS = ("vectors", "scores", "tags")


class Kinds(click.ParamType[tuple[str, ...], Any]):
    """Kinds of findings, with commas between them."""

    name = "kinds"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        """Return the kinds; fails with the known ones where one is unknown."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in value.split(",") if name.strip())
        for name in names:
            if name not in KINDS:
                self.fail(f'There is no kind "{name}". Known: {", ".join(KINDS)}.', param, ctx)
        return names


@click.command()
@click.argument("source", required=False)
@click.argument("target", required=False)
@click.option("--pairs", metavar="FILE", help="A TSV file of pairs: source, tab, target.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "tsv"]),
    default="text",
    show_default=True,
    help="text shows lines with findings, for people; jsonl has an object a line, tsv a row a "
    "finding.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error"]),
    help="Exit with 3 where there are findings as grave as this or graver.",
)
@click.option("--only", type=Kinds(), default=(), help="Kinds of findings, with commas between.")
@click.option("--skip", type=Kinds(), default=(), help="Kinds of findings to leave out.")
@click.option(
    "--least",
    type=click.Choice(["info", "warning", "error"]),
    default="info",
    show_default=True,
    help="Leave out findings that are less grave.",
)
@click.option(
    "--without",
    type=click.Choice(_PARTS),
    multiple=True,
    help="Do without the encoder's vectors, the translator's scores, or the tagger: faster, and "
    "finds less. Can be given more than once.",
)
@click.option(
    "--languages", default="de-en", show_default=True, metavar="PAIR", help="The two languages."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@click.pass_context
def check(
    context: click.Context,
    *,
    source: str | None,
    target: str | None,
    pairs: str | None,
    form: str,
    fail_on: str | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    least: str,
    without: tuple[str, ...],
    languages: str,
    quiet: bool,
) -> None:
    """Check translations: figures, names, negation, what is left out or put in.

    SOURCE and TARGET are UTF-8 text files with the same number of lines, a text and its
    translation a line; "-" reads one of them from standard input. What is found needs nothing
    but the two lines, so any system's or person's translations can be checked.

    \b
    Examples:
      bicorpus check article.de article.en
      bicorpus translate article.de | bicorpus check article.de - --least warning
      bicorpus check --pairs memory.tsv --format jsonl --only figure,name --fail-on error
    """
    chosen = _chosen(only, skip)
    counts: Counter[tuple[str, str]] = Counter()
    total = LineCount()
    with ExitStack() as stack:
        lines = _lines(source, target, pairs, stack)
        checked = _checked(_with_progress(lines, total, quiet=quiet), languages, frozenset(without))
        write = WRITERS[form](sys.stdout)
        for (first, second), found in checked:
            kept = [
                one
                for one in found
                if one.check in chosen and _RANKS[one.severity] >= _RANKS[least]
            ]
            counts.update((one.check, one.severity) for one in kept)
            total.with_findings += bool(kept)
            write(total.next(), first, second, kept)
    if not quiet:
        click.echo(_summary(counts, total), err=True)
    worst = max((_RANKS[severity] for _, severity in counts), default=-1)
    if fail_on and worst >= _RANKS[fail_on]:
        context.exit(FINDINGS)


def _chosen(only: tuple[str, ...], skip: tuple[str, ...]) -> frozenset[str]:
    chosen = frozenset(only or KINDS) - frozenset(skip)
    if not chosen:
        raise SettingsError(
            "--only and --skip leave no kind of finding.", next_step=f"Known: {', '.join(KINDS)}."
        )
    return chosen


def _lines(
    source: str | None, target: str | None, pairs: str | None, stack: ExitStack
) -> Iterator[tuple[str, str]]:
    if pairs is not None and source is None:
        return read_table(pairs, stack)
    if pairs is not None or source is None or target is None:
        raise click.UsageError("Name a SOURCE and a TARGET file, or one file with --pairs.")
    return read_pairs(source, target, stack)


def _checked(
    pairs: Iterable[tuple[str, str]], languages: str, without: frozenset[str]
) -> Iterator[tuple[tuple[str, str], tuple[Finding, ...]]]:
    """Yield each pair with its findings, block by block; models are loaded at the first."""
    from bicorpus.checks import check_pair
    from bicorpus.checks.evidence import gather

    first, _, second = languages.partition("-")
    if not first or not second:
        raise SettingsError(
            f'"{languages}" is no pair of languages.', next_step='It looks like "de-en".'
        )
    is_known = (first, second) == ("de", "en")
    encoder, decoder, lemmatizer = _models(without if is_known else frozenset(_PARTS))
    rest = iter(pairs)
    while block := list(islice(rest, _BLOCK)):
        found = gather(block, encoder=encoder, decoder=decoder)
        for pair, evidence in zip(block, found, strict=True):
            yield (
                pair,
                check_pair(*pair, first, second, evidence=evidence, lemmatizer=lemmatizer),
            )


def _models(without: frozenset[str]) -> tuple[Any, Any, Any]:
    """Return the encoder, the decoder and the tagger that are wanted; None for those that not."""
    from bicorpus.cli.workers import default_workers
    from bicorpus.registry import find_backend

    encoder = decoder = lemmatizer = None
    if "vectors" not in without:
        encoder = find_backend("embedder", "folder")("embedded")
    if encoder is not None and "scores" not in without:
        from bicorpus.checks.forced import ForcedDecoder
        from bicorpus.models.packages import find_package

        decoder = ForcedDecoder(find_package("embedded").folder, threads=default_workers())
    if "tags" not in without:
        lemmatizer = find_backend("lemmatizer", "hanta")()
    return encoder, decoder, lemmatizer


def _with_progress(
    pairs: Iterable[tuple[str, str]], total: LineCount, *, quiet: bool
) -> Iterator[tuple[str, str]]:
    """Pass the pairs on, with a line on standard error if that is a terminal."""
    if quiet or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from pairs
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    columns = TextColumn("Checking: {task.completed} lines"), TextColumn("{task.fields[found]}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, found="")
        for pair in pairs:
            progress.update(task, advance=1, found=f"{total.with_findings} with findings")
            yield pair


def _summary(counts: Counter[tuple[str, str]], total: LineCount) -> str:
    """Return the closing lines: how many, and a row a kind."""
    lines = [f"{counted(total.lines, 'line')}, {total.with_findings:,} with findings."]
    kinds = sorted({kind for kind, _ in counts})
    if kinds:
        lines.append(f"{'':14}{'error':>9}{'warning':>9}{'info':>9}")
    for kind in kinds:
        cells = "".join(f"{counts[kind, one] or '':>9}" for one in ("error", "warning", "info"))
        lines.append(f"{kind:14}{cells}".rstrip())
    return "\n".join(lines)
