"""What `bicorpus words` links or prints: lines of tokens, or the beads of a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bicorpus.cli.text_lines import decode_line, open_lines, shown
from bicorpus.errors import InputError, ProjectError
from bicorpus.protocols import TokenLink

if TYPE_CHECKING:
    from bicorpus.data import Span, WordLink

SEPARATOR = "|||"
_HOW = f'A line is "source tokens {SEPARATOR} target tokens", with blanks between tokens.'
# No other white space: a no-break space inside of "10 000" would move all numbers behind it.
_BLANKS = re.compile(r"[ \t]+")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LinePair:
    """The tokens of a line, and where it stood: the name of the file and a number from 1."""

    name: str
    number: int
    source: tuple[str, ...]
    target: tuple[str, ...]
    spans: tuple[Spans, Spans] | None = None


def read_lines(files: Sequence[str]) -> Iterator[LinePair]:
    """Yield the pairs of all files in order; "-" is standard input, only a line feed ends a line.

    Raises InputError, naming file and line, for a line that is no pair.
    """
    with ExitStack() as stack:
        for file in files:
            for number, raw in enumerate(open_lines(file, stack), 1):
                yield _read_line(raw, shown(file), number)


def _read_line(raw: bytes, name: str, number: int) -> LinePair:
    place = f'"{name}", line {number},'
    if b"\0" in raw:
        raise InputError(
            f"{place} holds a NUL character.",
            next_step="Remove it, for example with `tr -d '\\000'`; or the file is in UTF-16: "
            "convert it to UTF-8.",
        )
    line = decode_line(raw, name, number)
    tokens = tuple(filter(None, _BLANKS.split(line)))
    if not tokens:
        return LinePair(name, number, (), ())
    count = tokens.count(SEPARATOR)
    if count != 1:
        found = f'no " {SEPARATOR} "' if not count else f'"{SEPARATOR}" {count} times'
        raise InputError(f"{place} has {found}.", next_step=_HOW)
    middle = tokens.index(SEPARATOR)
    return LinePair(name, number, tokens[:middle], tokens[middle + 1 :])


def read_corpus(folder: Path) -> Iterator[tuple[LinePair, tuple[TokenLink, ...]]]:
    """Yield each bead's words with the links that the corpus holds, in the order of corpus.tsv.

    Words are cut as for the links; their spans count code points of the bead's texts. A bead
    without links (one side is empty) has none here. Raises ProjectError where there is no corpus,
    or nobody has linked its words.
    """
    from bicorpus.annotate import bead_texts
    from bicorpus.store import Project

    is_linked = False
    with Project(folder, writable=False) as project:
        for article in project.articles():
            if article.target is None:
                continue
            for number, bead in enumerate(article.beads, 1):
                is_linked = is_linked or bead.links is not None
                texts = bead_texts(bead, article.source, article.target)
                origin = article.source.document.origin
                yield _linked(origin, number, texts, bead.links or ())
    if not is_linked:
        raise ProjectError(
            f'The words of the corpus "{folder}" are not linked.',
            next_step="Build it again with this version of bicorpus.",
        )


def _linked(
    name: str, number: int, texts: tuple[str, str], links: Sequence[WordLink]
) -> tuple[LinePair, tuple[TokenLink, ...]]:
    from bicorpus.align.words.tokens import split_words

    sides = [split_words(text) for text in texts]
    for index, side in enumerate(sides):
        # A corpus may have been linked by other rules of what a word is.
        strange = {link.source if index == 0 else link.target for link in links} - set(side)
        sides[index] = sorted([*side, *strange])
    places: list[dict[Span, int]] = [{span: n for n, span in enumerate(side)} for side in sides]
    forms = [tuple(span.of(text) for span in side) for side, text in zip(sides, texts, strict=True)]
    spans = [tuple((span.start, span.end) for span in side) for side in sides]
    pair = LinePair(name, number, forms[0], forms[1], (spans[0], spans[1]))
    return pair, tuple(
        TokenLink(places[0][link.source], places[1][link.target], link.score) for link in links
    )
