"""Cuts a text into the words that the checks count: compounds at their hyphens, clitics apart."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bicorpus.data import Language, Span
from bicorpus.languages import load_words

# "Corona-Krise" is two words, as "Corona crisis" is; "didn't" is "did" and "n't", so that the
# negation stands alone; "Argentina's" is "Argentina" and "'s".
_WORD = re.compile(
    r"""
    [0-9]+(?:[.,:][0-9]+)*
  | [^\W\d_]+?(?=n[’']t\b)
  | n[’']t\b
  | (?<=[^\W\d_])[’'](?:s|re|ve|ll|d|m)\b
  | [^\W\d_]+(?:[’'](?!(?:s|re|ve|ll|d|m|t)\b)[^\W\d_]+)*
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Every check cuts the two texts of a pair anew.
_REMEMBERED = 64


@lru_cache(_REMEMBERED)
def find_words(text: str) -> tuple[Span, ...]:
    """Return the spans of the words of `text`, figures included, marks left out."""
    return tuple(Span(*match.span()) for match in _WORD.finditer(text))


@cache
def function_words(language: Language) -> frozenset[str]:
    """Return the words that a translation may leave without a word of their own."""
    return frozenset(load_words(language, "check_function_words"))
