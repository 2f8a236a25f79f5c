"""Puts back the blank that the decoder drops before a word it copies.

A vocabulary may cut a word into a lone word mark and pieces that also stand inside words: "uk",
"rain", "ische" behind "▁". When the decoder begins the English word with the pieces of the German
one, it may leave the mark out: "of" and "uk", "rain", "ian" make "ofukrainian".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

MARK = "\u2581"


def with_lost_blanks(pieces: Sequence[str], source: Sequence[str]) -> list[str]:
    """Return the pieces of a rendering with a mark before each word that begins as in `source`."""
    beginnings = {
        (first, second)
        for mark, (first, second) in zip(source, pairwise(source[1:]), strict=False)
        if mark == MARK and first.isalpha() and second.isalpha()
    }
    if not beginnings:
        return list(pieces)
    made: list[str] = []
    for place, pair in enumerate(pairwise((*pieces, ""))):
        if place and pair in beginnings and made[-1] != MARK:
            made.append(MARK)
        made.append(pair[0])
    return made
