"""The places where a sentence may end, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bicorpus.data import Span

OPENERS = "„“”\"'‚‘’»«›‹([–—-•*"

_FACE = (
    r"(?:[:;=]['´]?[-o^~]?[)(DPp/|*]+|\^\^|<3"
    r"|[\U0001F600-\U0001F64F\U0001F900-\U0001F9FF\U0001F44C-\U0001F44F\U0001F389\U0001F3FB-\U0001F3FF"
    r"\u2764\u263A\u2639\uFE0F\u200D]+)"
)
# Possessive quantifiers stand over classes only: Python 3.11.2, Debian's, fails with groups.
_PLACE = re.compile(
    r"(?P<mark>[.!?…]++(?:\ [.!?…]++(?=\s|\Z))*)"
    r"(?P<closers>[\"'”“’‘»«›‹)\]]{0,6}+(?:\[\d{1,3}\])*)"
    rf"(?P<faces>(?:\s?{_FACE}(?=\s|\Z)){{0,3}})"
    rf"|(?:(?<=\s){_FACE}|(?<=\w)[:;]-[)(]+)(?=\s)"
    r"|(?P<bracket>[)\]])(?=\s)"
)
_FOLLOWING = re.compile(rf"\s*+[{re.escape(OPENERS)}]{{0,4}}\s?([^\W_][\w\u00ad]{{0,40}})?")
_GAP = re.compile(r"\s*+")
_BEFORE = re.compile(r"[^\s\"„“”»«›‹‚‘(\[]*+\Z")

# No word, abbreviation or figure that the rules look at is longer; it also keeps the work at a
# place constant, whatever the text is.
_WINDOW = 40


@dataclass(frozen=True)
class Place:
    """A mark in `text` at which the sentence that begins at `sentence_start` may end."""

    text: str
    sentence_start: int
    mark: str
    mark_start: int
    closers: str
    has_face: bool
    end: int

    @property
    def next(self) -> str:
        """The character after the place, "" at the end of the text."""
        return self.text[self.end : self.end + 1]

    @cached_property
    def next_start(self) -> int:
        """Where the next thing that is not white space begins."""
        match = _GAP.match(self.text, self.end)
        return match.end() if match else self.end

    @property
    def next_visible(self) -> str:
        """The first character after the white space that follows."""
        return self.text[self.next_start : self.next_start + 1]

    @cached_property
    def following(self) -> str:
        """The word after the place, without quotes, brackets and dashes before it."""
        match = _FOLLOWING.match(self.text, self.end)
        return ((match and match.group(1)) or "").replace("\u00ad", "")

    @cached_property
    def before(self) -> str:
        """The token directly before the mark, without quotes and brackets before it."""
        start = max(self.sentence_start, self.mark_start - _WINDOW)
        match = _BEFORE.search(self.text[start : self.mark_start])
        return match.group().replace("\u00ad", "") if match else ""

    @cached_property
    def context(self) -> str:
        """What stands before the mark in this sentence, as far as a rule looks back."""
        start = max(self.sentence_start, self.mark_start - _WINDOW)
        return self.text[start : self.mark_start].replace("\u00ad", "")

    @property
    def is_ellipsis(self) -> bool:
        """Whether the mark is "…" or a run of points, with no "!" or "?" in it."""
        return (len(self.mark) > 1 or self.mark == "…") and not set(self.mark) & set("!?")

    @property
    def is_point(self) -> bool:
        """Whether the mark is a single point with no quote or bracket closing after it."""
        return self.mark == "." and not self.closers


class Places:
    """The places in one stretch of text, in order; `sentence_start` moves as they are decided."""

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self.span = span
        self.sentence_start = span.start

    def __iter__(self) -> Iterator[Place]:
        for match in _PLACE.finditer(self.text, self.span.start, self.span.end):
            if match.end() >= self.span.end:
                return
            mark = match.group("mark") or ""
            yield Place(
                text=self.text,
                sentence_start=self.sentence_start,
                mark=mark or match.group("bracket") or "",
                mark_start=match.start(),
                closers=match.group("closers") or "",
                has_face=bool(match.group("faces")) or not (mark or match.group("bracket")),
                end=match.end(),
            )
