"""Cuts a text into words and marks, for word links: with places, and in any language.

The convention is that of the project's gold: a word may hold hyphens, full stops, commas and
apostrophes between letters or digits ("St.-Georgs-Band", "1.000,5", "Russia's", "z.B"), any other
mark stands alone. Nothing but white space lies between two tokens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bicorpus.data import Span

# Combining marks, joiners and the soft hyphen are no word characters for `re`, yet stand in words.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u200b-\u200d\u2060\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
_WORD = rf"\w[\w{_MARKS}]*"
_TOKEN = re.compile(rf"{_WORD}(?:[-‐‑.,'’]{_WORD})*|[^\w\s]")


def split_words(text: str) -> list[Span]:
    """Return the spans of the words and marks of `text`, in order."""
    return [Span(*match.span()) for match in _TOKEN.finditer(text)]


def place_tokens(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Return the tokens as one text with blanks between them, and the span of each."""
    spans = []
    place = 0
    for token in tokens:
        spans.append(Span(place, place + len(token)))
        place += len(token) + 1
    return " ".join(tokens), spans
