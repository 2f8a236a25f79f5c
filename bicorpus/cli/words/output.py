"""Word links as lines: Pharaoh's notation, TSV, JSON, or a table for people."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from bicorpus.cli.words.input import LinePair
from bicorpus.protocols import TokenLink

FORMATS = ("pharaoh", "tsv", "jsonl", "text")
TSV_HEADER = "file\tline\tsource_index\ttarget_index\tsource\ttarget\tscore"
# Wider words push their own line's second column and no other.
_WIDEST = 24
Writer = Callable[[LinePair, Sequence[TokenLink]], Iterator[str]]


def pharaoh(links: Sequence[TokenLink], *, scores: bool) -> str:
    """Return links as `0-0 1-2`, or `0-0:0.87 1-2:0.9` with scores."""
    return " ".join(
        f"{link.source}-{link.target}:{link.score:.4g}"
        if scores
        else f"{link.source}-{link.target}"
        for link in links
    )


def tsv_lines(pair: LinePair, links: Sequence[TokenLink]) -> Iterator[str]:
    """Yield a line a link."""
    name = " ".join(pair.name.split())
    for link in links:
        words = pair.source[link.source], pair.target[link.target]
        cells = (name, pair.number, link.source, link.target, *words, f"{link.score:.4g}")
        yield "\t".join(map(str, cells))


def json_lines(pair: LinePair, links: Sequence[TokenLink]) -> Iterator[str]:
    """Yield an object; spans are there where words were cut from a text."""
    record = {
        "file": pair.name,
        "line": pair.number,
        "source": pair.source,
        "target": pair.target,
        "links": [[link.source, link.target, link.score] for link in links],
    }
    if pair.spans is not None:
        record["source_spans"], record["target_spans"] = pair.spans
    yield json.dumps(record, ensure_ascii=False)


def table_lines(pair: LinePair, links: Sequence[TokenLink]) -> Iterator[str]:
    """Yield a heading, a line a source word with its target words and scores, a blank line.

    Words without a link stand against a dash, those of the target last.
    """
    yield f"{pair.name}, {pair.number}"
    width = max((_columns(word) for word in pair.source), default=1)
    width = min(width, _WIDEST)
    for index, word in enumerate(pair.source):
        partners = [
            f"{pair.target[link.target]} ({link.score:.2f})"
            for link in links
            if link.source == index
        ]
        padding = " " * max(width - _columns(word), 0)
        yield f"  {word}{padding}  {'  '.join(partners) or '–'}"
    linked = {link.target for link in links}
    for index, word in enumerate(pair.target):
        if index not in linked:
            yield f"  –{' ' * (width - 1)}  {word}"
    yield ""


def _columns(word: str) -> int:
    """Return how many columns of a terminal a word takes."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in word
    )


def make_writer(form: str, *, scores: bool) -> Writer:
    """Return what makes the lines of a pair in one of `FORMATS`."""

    def pharaoh_lines(_pair: LinePair, links: Sequence[TokenLink]) -> Iterator[str]:
        yield pharaoh(links, scores=scores)

    writers: dict[str, Writer] = {
        "pharaoh": pharaoh_lines,
        "tsv": tsv_lines,
        "jsonl": json_lines,
        "text": table_lines,
    }
    return writers[form]
