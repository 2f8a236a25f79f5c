"""Which characters a file format can hold, and what becomes of the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from bicorpus.data import Span

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Everything that a reader somewhere takes for the end of a line or a cell: str.splitlines also
# breaks at the information separators U+001C to U+001F, at NEL, LS and PS. The blank is here so
# that a line break with indentation around it becomes one blank. No-break and thin blanks stay:
# they hold figures together ("5 000").
_BLANKS = re.compile("[\t-\r\x1c-\x20\x85\u2028\u2029]+")
_TOKENS = re.compile(r"[^\t-\r\x1c-\x20\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# XML 1.0, production 2 (Char), turned round. Most C1 controls and DEL are legal and stay.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_SURROGATES = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return `text` fit for one cell of one line: the folding that our files document.

    A run of blanks, tabs and line breaks of any kind becomes one blank; any other control
    character, lone surrogate, U+FFFE and U+FFFF becomes U+FFFD. All else stays as it is.
    """
    if text.isprintable() and "  " not in text:  # nearly every cell, at a tenth of the cost
        return text
    return _CONTROLS.sub(REPLACEMENT, _BLANKS.sub(" ", text))


def tokens(text: str) -> list[Span]:
    """Return the stretches of `text` that blanks part in the line that `one_line` makes of it.

    The nth is the nth of `one_line(text).split(" ")`, empty ones left out. No-break and thin
    blanks part nothing.
    """
    return [Span(*found.span()) for found in _TOKENS.finditer(text)]


def controls(text: str) -> list[str]:
    """Return the characters of `text` that `one_line` replaces by U+FFFD, in order."""
    return [] if text.isprintable() else _CONTROLS.findall(text)


def xml_text(text: str) -> str:
    """Return `text` with the characters that XML 1.0 cannot hold replaced by U+FFFD."""
    return _NOT_IN_XML.sub(REPLACEMENT, text)


def not_in_xml(text: str) -> list[str]:
    """Return the characters of `text` that XML 1.0 cannot hold, in order, repeats included."""
    # What prints is legal, and is nearly everything: a tenth of the cost of looking.
    return [] if text.isprintable() else _NOT_IN_XML.findall(text)


def say_replaced(found: Sequence[str]) -> str:
    """Return what `not_in_xml` found as a sentence for people."""
    names = ", ".join(f"U+{ord(character):04X}" for character in sorted(set(found)))
    return f"Characters that XML cannot hold ({names}), replaced by U+FFFD: {len(found)}"


def xml_content(text: str) -> str:
    """Return `text` as it stands between tags: legal, escaped, its carriage returns kept."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if text.isprintable():
        return text
    # A reader of XML takes a bare carriage return for a line feed.
    return xml_text(text).replace("\r", "&#13;")


def xml_attribute(text: str) -> str:
    """Return `text` as it stands between double quotes: legal, escaped, its white space kept."""
    text = xml_content(text)
    if '"' in text:
        text = text.replace('"', "&quot;")
    if text.isprintable():
        return text
    return text.replace("\t", "&#9;").replace("\n", "&#10;")


def without_surrogates(text: str) -> str:
    """Return `text` with lone surrogates, which UTF-8 cannot hold, replaced by U+FFFD."""
    return text if text.isprintable() else _SURROGATES.sub(REPLACEMENT, text)


def surrogates(text: str) -> list[str]:
    """Return the lone surrogates of `text`, in order."""
    return [] if text.isprintable() else _SURROGATES.findall(text)


class Row(Protocol):
    """What is asked of a row to say where characters of it were replaced."""

    @property
    def source_text(self) -> str:
        """The text of the source side."""

    @property
    def target_text(self) -> str:
        """The text of the target side."""

    @property
    def place(self) -> str:
        """Where the row is, for people."""


class Replacements:
    """Counts the rows in which characters were replaced; remembers where the first ones are.

    `places` has sentences for people such as "article.txt, bead 3: U+0000 U+0007".
    """

    # Enough to find the source of the trouble; a broken file has one in every row.
    MOST_PLACES = 20

    def __init__(self) -> None:
        self.rows = 0
        self._places: list[str] = []

    def add(self, place: str, characters: Sequence[str]) -> None:
        """Note a row at `place` in which `characters` were replaced."""
        self.rows += 1
        if len(self._places) < self.MOST_PLACES:
            names = " ".join(f"U+{ord(one):04X}" for one in sorted(set(characters)))
            self._places.append(f"{place}: {names}")

    def look(self, row: Row, find: Callable[[str], list[str]]) -> list[str]:
        """Note the row if `find` finds characters in one of its texts that are to be replaced.

        Returns what was found.
        """
        found = find(row.source_text) + find(row.target_text)
        if found:
            self.add(row.place, found)
        return found

    @property
    def places(self) -> tuple[str, ...]:
        """The first places, in order."""
        return tuple(self._places)
