"""The paragraphs of a text: lines, and wrapped lines joined again.

A paragraph is a line, as pages print it when they are copied. Where the text is wrapped at a
fixed width (mail, Project Gutenberg), the lines of a paragraph are joined; nothing is edited,
a paragraph is a span.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bicorpus.data import Span
from bicorpus.segments.features import BULLET, NUMBER, QUOTE_MARK, TERMINAL, bare, is_torn

# Wrapped text is 60 to 80 columns wide; nobody wraps above 100, and below 45 it is verse.
NARROWEST, WIDEST = 45, 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A span without white space at its edges; `apart`: an empty line stands before it."""

    span: Span
    apart: bool
    indent: int


def cut_paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of `text` in order; all that lies between them is white space."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    paragraphs: list[Paragraph] = []
    previous: Paragraph | None = None
    for line in lines:
        if previous is not None and _continues(text, previous, line, width):
            first = paragraphs[-1]
            joined = Span(first.span.start, line.span.end)
            paragraphs[-1] = Paragraph(joined, first.apart, first.indent)
        else:
            paragraphs.append(line)
        previous = line
    return paragraphs


def _lines(text: str) -> Iterator[Paragraph]:
    start, apart = 0, False
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if not stripped:
            apart = True
        else:
            indent = len(line) - len(line.lstrip())
            begin = start + indent
            yield Paragraph(Span(begin, begin + len(stripped)), apart, indent)
            apart = False
        start += len(line)


def _wrap_width(text: str, lines: list[Paragraph]) -> int | None:
    """Return the column at which the text was wrapped, None where it was not.

    Greedy wrapping shows itself: the first word of the next line would not have fitted. Three
    in four of the line breaks inside paragraphs must be explained that way, and three must cut
    through a sentence.
    """
    lengths = [line.indent + len(line.span) for line in lines]
    fitting = [length for length in lengths if length <= WIDEST]
    if not fitting or len(fitting) < 0.9 * len(lengths) or max(fitting) < NARROWEST:
        return None
    width = max(fitting)
    pairs = [
        (first, second)
        for first, second in pairwise(lines)
        if not second.apart and not _starts_anew(second.span.of(text))
    ]
    full = [pair for pair in pairs if _is_full(text, *pair, width)]
    cutting = [pair for pair in full if not TERMINAL.search(pair[0].span.of(text))]
    return width if len(cutting) >= 3 and len(full) >= 0.75 * len(pairs) else None


def _is_full(text: str, line: Paragraph, following: Paragraph, width: int) -> bool:
    word = following.span.of(text).split(maxsplit=1)[0]
    # Ragged by up to three columns: hyphenation points and trailing spaces that were lost.
    return line.indent + len(line.span) + 1 + len(word) > width - 3


def _continues(text: str, line: Paragraph, following: Paragraph, width: int | None) -> bool:
    """Whether `following` is the same paragraph as `line`, the line before it."""
    if following.apart:
        return False
    first, second = line.span.of(text), following.span.of(text)
    if _starts_anew(second):
        return False
    if BULLET.match(first) and following.indent > line.indent:
        return True
    if width is not None:
        return following.indent <= line.indent and _is_full(text, line, following, width)
    if is_torn(first):
        return True
    # One break inside a sentence of an otherwise unwrapped text: the line is full, nothing ends
    # it, and the next goes on in lower case.
    return (
        NARROWEST <= len(line.span) <= WIDEST
        and not TERMINAL.search(first)
        and bare(second)[:1].islower()
        and len(second.split()) > 3
    )


def _starts_anew(text: str) -> bool:
    return bool(
        BULLET.match(text)
        or NUMBER.match(text)
        or QUOTE_MARK.match(text)
        or text.startswith(("#", "![", "©", "|", "+++"))
    )
