"""Line breaks: which of them end a sentence, and which are a column's edge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bicorpus.data import Span

_LINE_BREAKS = re.compile(r"(?:\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*+")
_LINE_BREAK = re.compile(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_WORD_AT_END = re.compile(r"(?<!\S)\w+\Z")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”“’‘»«›‹)\]]*$")

# Lines that are full at some 60 to 100 code points were broken by a mail program or an editor.
# Shorter lines are headlines, list items, verse; longer ones paragraphs.
_NARROWEST_COLUMN = 40
_WIDEST_COLUMN = 120


def split_lines(text: str, determiners: frozenset[str]) -> Iterator[Span]:
    """Yield the stretches of `text` between line breaks that end a sentence, in order.

    Each begins and ends with something other than white space. A break inside a column of full
    lines, or after one of `determiners`, is white space like any other; a blank line always ends
    a sentence.
    """
    block: list[Span] = []
    for line, blank_after in _lines(text):
        block.append(line)
        if blank_after:
            yield from _join(text, block, determiners)
            block = []
    yield from _join(text, block, determiners)


def _lines(text: str) -> Iterator[tuple[Span, bool]]:
    """Yield the lines without the white space around them, and whether a blank line follows."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    for match in _LINE_BREAKS.finditer(text, start, end):
        breaks = len(_LINE_BREAK.findall(match.group()))
        yield Span(start, start + len(text[start : match.start()].rstrip())), breaks > 1
        start = match.end()
    if start < end:
        yield Span(start, end), True


def _join(text: str, block: list[Span], determiners: frozenset[str]) -> Iterator[Span]:
    if not block:
        return
    widest = max(len(line) for line in block)
    is_column = _NARROWEST_COLUMN <= widest <= _WIDEST_COLUMN
    start = block[0].start
    for line, following in pairwise(block):
        is_open = _last_word(text, line) in determiners
        if not is_open and not (is_column and _runs_on(text, line, following, widest)):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, block[-1].end)


def _runs_on(text: str, line: Span, following: Span, widest: int) -> bool:
    """Whether `line` was broken because the first word of `following` did not fit into it."""
    content = text[line.start : line.end]
    if _SENTENCE_END.search(content[-8:]):
        # The sentence may end here or at an abbreviation: the rules for marks decide.
        return len(line) + 1 + _first_word(text, following) > widest
    if text[following.start].islower():
        return True
    # A capital may begin a new item or be a noun: only a line with no room for it runs on, and
    # the widest line itself proves nothing, as it has no room by definition.
    return widest > len(line) > 0 and len(line) + 1 + _first_word(text, following) > widest


def _last_word(text: str, line: Span) -> str:
    match = _WORD_AT_END.search(text[max(line.start, line.end - 20) : line.end])
    return match.group() if match else ""


def _first_word(text: str, line: Span) -> int:
    words = text[line.start : min(line.end, line.start + 60)].split(maxsplit=1)
    return len(words[0])
