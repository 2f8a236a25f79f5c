"""Which characters a file format can hold, and what becomes of the others."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Everything that a reader somewhere takes for the end of a line or a cell: str.splitlines also
# breaks at the information separators U+001C to U+001F, at NEL, LS and PS. The blank is here so
# that a line break with indentation around it becomes one blank. No-break and thin blanks stay:
# they hold figures together ("5 000").
_BLANKS = re.compile("[\t-\r\x1c-\x20\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# XML 1.0, production 2 (Char), turned round. Most C1 controls and DEL are legal and stay.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """Return `text` fit for one cell of one line: the folding that our files document.

    A run of blanks, tabs and line breaks of any kind becomes one blank; any other control
    character, lone surrogate, U+FFFE and U+FFFF becomes U+FFFD. All else stays as it is.
    """
    if text.isprintable() and "  " not in text:  # nearly every cell, at a tenth of the cost
        return text
    return _CONTROLS.sub(REPLACEMENT, _BLANKS.sub(" ", text))


def has_controls(text: str) -> bool:
    """Say whether `one_line` replaces characters of `text` by U+FFFD."""
    return not text.isprintable() and _CONTROLS.search(text) is not None


def xml_text(text: str) -> str:
    """Return `text` with the characters that XML 1.0 cannot hold replaced by U+FFFD."""
    return _NOT_IN_XML.sub(REPLACEMENT, text)


def not_in_xml(text: str) -> list[str]:
    """Return the characters of `text` that XML 1.0 cannot hold, in order, repeats included."""
    return _NOT_IN_XML.findall(text)
