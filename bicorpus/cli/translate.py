"""`bicorpus translate`: a line in, a line out."""

from __future__ import annotations

import json
import sys
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from bicorpus.cli.glossary_option import glossary_option, report_glossary
from bicorpus.cli.text_lines import decode_line, open_lines
from bicorpus.cli.workers import default_workers
from bicorpus.config import Settings
from bicorpus.counted import counted

if TYPE_CHECKING:
    from bicorpus.data import Translation

_BLOCKS_AHEAD = 4


@click.command()
@click.argument("files", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="jsonl has an object a line: source, target, score, token counts, flags, and what a "
    "glossary changed.",
)
@click.option(
    "--translator",
    default="embedded",
    show_default=True,
    metavar="NAME",
    help='The translator: "embedded", "argos:de_en@1.0" (installed), "argos-api:de_en"; '
    '"fast:NAME" takes a third of the time and chooses among fewer renderings.',
)
@glossary_option
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    help="Batches decoded at the same time; the result is the same.  [default: processors]",
)
@click.option(
    "--blocks-ahead",
    type=click.IntRange(min=1),
    default=_BLOCKS_AHEAD,
    show_default=True,
    help="Blocks of 256 lines read ahead; the result is the same.",
)
@click.option(
    "-u",
    "--unbuffered",
    is_flag=True,
    help="Answer each line at once, for a terminal or a pipe that waits (slower; in rare cases "
    "another rendering than in a block).",
)
@click.option("-q", "--quiet", is_flag=True, help="Do not report lines with defects.")
def translate(
    files: tuple[str, ...],
    *,
    form: str,
    translator: str,
    glossaries: tuple[str, ...],
    threads: int | None,
    blocks_ahead: int,
    unbuffered: bool,
    quiet: bool,
) -> None:
    """Translate text, a line in, a line out.

    FILES are UTF-8 text files; "-" or none reads standard input. Empty and symbol-only lines
    stay as they are, so line numbers agree. What is wrong with a line and can be seen (a figure
    that did not come through, a loop, a cut) is in its flags, and counted on standard error.

    \b
    Examples:
      bicorpus translate article.txt > article.en.txt
      echo "Guten Morgen!" | bicorpus translate
      bicorpus translate --format jsonl *.txt | grep '"figure"'
      bicorpus translate article.txt --glossary house.tsv
    """
    from bicorpus.tools import Tools

    settings = Settings(translator=translator, glossary=glossaries)
    tools = Tools(settings, threads=threads or default_workers())
    report_glossary(tools, quiet=quiet)
    engine = tools.translator
    write = _write_json if form == "jsonl" else _write_text
    defects: Counter[str] = Counter()
    with ExitStack() as stack:
        kept: deque[str] = deque()
        total = 0
        lines = _kept(_lines(files or ("-",), stack), kept)
        results: Iterator[Translation]
        if unbuffered:
            results = (engine.translate([line])[0] for line in lines)
        else:
            results = engine.stream(lines, blocks_ahead=blocks_ahead)
        for translation in results:
            total += 1
            write(kept.popleft(), translation)
            if unbuffered:
                sys.stdout.flush()
            defects.update(_defects(translation))
    if defects and not quiet:
        listed = ", ".join(f"{count} {name}" for name, count in defects.most_common())
        click.echo(
            f"{counted(total, 'line')}; with defects: {listed} (see --format jsonl).", err=True
        )


def _lines(files: tuple[str, ...], stack: ExitStack) -> Iterator[str]:
    """Yield the lines of all files; only a line feed ends a line."""
    for name in files:
        for number, raw in enumerate(open_lines(name, stack), 1):
            yield decode_line(raw, name, number)


def _kept(lines: Iterator[str], kept: deque[str]) -> Iterator[str]:
    """Pass lines on and keep them until their translation is written."""
    for line in lines:
        kept.append(line)
        yield line


def _write_text(_source: str, translation: Translation) -> None:
    sys.stdout.write(" ".join(translation.text.split()) + "\n")


def _write_json(source: str, translation: Translation) -> None:
    from bicorpus.translators.steering.steered import changes_of

    record: dict[str, Any] = {
        "source": source,
        "target": translation.text,
        "score": None if translation.score is None else round(translation.score, 4),
        "source_tokens": translation.source_tokens,
        "target_tokens": translation.target_tokens,
        "flags": list(translation.flags),
    }
    if changes := changes_of(translation):
        record["changes"] = [
            {
                "term": change.wording,
                "before": change.before,
                "after": change.after,
                "step": change.step,
                "source_span": [change.source_span.start, change.source_span.end],
                "target_span": change.target_span
                and [change.target_span.start, change.target_span.end],
            }
            for change in changes
        ]
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def _defects(translation: Translation) -> list[str]:
    from bicorpus.translators import flags

    return [flag for flag in translation.flags if flag in flags.DEFECTS]
