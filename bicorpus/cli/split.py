"""`bicorpus split`: the sentences of a file, as the main job sees them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from bicorpus.config import Settings

if TYPE_CHECKING:
    from bicorpus.data import Document
    from bicorpus.tools import Tools

SOME_LEFT_OUT = 4


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="jsonl has an object a sentence: origin, number, start, end, text, segment, kind.",
)
@click.option(
    "--splitter", default="rules", show_default=True, metavar="NAME", help="rules or sentencex."
)
@click.option("--language", metavar="CODE", help="Take the text to be in this language (de, en).")
def split(sources: tuple[str, ...], *, form: str, splitter: str, language: str | None) -> int:
    """Print the sentences of German and English texts, one a line.

    SOURCES are files and folders, or "-" for standard input. Offsets in jsonl count code points
    of the document's text, end exclusive; `kind` says what the sentence's segment is.

    \b
    Examples:
      bicorpus split article.txt
      bicorpus split articles/ --format jsonl > sentences.jsonl
    """
    from bicorpus.data import Refusal
    from bicorpus.tools import Tools

    tools = Tools(Settings(splitter=splitter))
    refused = 0
    write = _write_json if form == "jsonl" else _write_text
    for document in tools.read(sources, language=language, standard_input=sys.stdin.buffer):
        if isinstance(document, Refusal):
            refused += 1
            click.echo(f"Left out: {document.origin}: {document.reason}", err=True)
        else:
            write(document, tools)
    return SOME_LEFT_OUT if refused else 0


def _write_text(document: Document, tools: Tools) -> None:
    for sentence in tools.sentences(document, tools.segment(document)):
        sys.stdout.write(" ".join(sentence.span.of(document.text).split()) + "\n")


def _write_json(document: Document, tools: Tools) -> None:
    segments = tools.segment(document)
    for sentence in tools.sentences(document, segments):
        record = {
            "origin": document.origin,
            "number": sentence.number,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "text": sentence.span.of(document.text),
            "segment": sentence.segment + 1,
            "kind": segments[sentence.segment].kind.value,
        }
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
