"""Cuts a text into the words, figures and signs that the grammar of quantities reads.

Figures are cut by the conventions of the language: German "1.000" is a thousand, English "1.000"
is one; "17.3.1999", "14:30" and "2.6.1" stay whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bicorpus.data import Language, Span

# A plain blank is a thousands separator behind one to three digits: "12 500", and not "2024 100
# Menschen".
_GROUP = "’'\u00a0\u202f\u2009"
_DAY, _MONTH = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_FIGURES = {
    "de": rf"""
        (?P<iso>[0-9]{{4}}-{_MONTH}-{_DAY}(?![0-9]))
      | (?P<date>{_DAY}\.\s?{_MONTH}\.(?:\s?[0-9]{{4}}|[0-9]{{2}})?(?![0-9]|,[0-9]|\.[0-9.]))
      | (?P<clock>[0-9]{{1,2}}[:.][0-9]{{2}}(?=\s?Uhr)|[0-9]{{1,3}}:[0-9]{{1,3}}(?![0-9:]))
      | (?P<grouped>[1-9][0-9]{{0,2}}(?:[ ][0-9]{{3}})+(?![0-9.,:]*[0-9])
          |[0-9]{{1,3}}(?:[.{_GROUP}][0-9]{{3}})+(?![0-9]|\.[0-9])(?:,[0-9]+)?)
      | (?P<chain>[0-9]+(?:\.[0-9]+){{2,}}|[0-9]+(?::[0-9]+){{2,}})
      | (?P<number>[0-9]+(?:[,.][0-9]+)?)""",
    "en": rf"""
        (?P<iso>[0-9]{{4}}-{_MONTH}-{_DAY}(?![0-9]))
      | (?P<date>{_DAY}\.{_MONTH}\.[0-9]{{4}}(?![0-9])
          |[0-9]{{1,2}}/[0-9]{{1,2}}/(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9/]))
      | (?P<clock>[0-9]{{1,2}}[:.][0-9]{{2}}(?=\s?[ap]\.?\s?m\b)
          |[0-9]{{1,3}}:[0-9]{{1,3}}(?![0-9:]))
      | (?P<grouped>[1-9][0-9]{{0,2}}(?:[ ][0-9]{{3}})+(?![0-9.,:]*[0-9])
          |[0-9]{{1,3}}(?:[,{_GROUP}][0-9]{{3}})+(?![0-9]|,[0-9])(?:\.[0-9]+)?)
      | (?P<chain>[0-9]+(?:\.[0-9]+){{2,}}|[0-9]+(?::[0-9]+){{2,}})
      | (?P<number>[0-9]+(?:\.[0-9]+)?)""",
}
_REST = r"""
      | (?P<fraction>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞])
      | (?P<sign>\$(?:US|A|C)(?![^\W\d_])|(?:US|AU?|CA?|NZ|HK)-?\$
          |°\s?[CF]\b|km/h|[kmc]?m[²³23](?!\w)|D-Marks?\b)
      | (?P<address>(?:https?://|www\.)\S+)
      | (?P<word>[^\W\d_²³½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞]+)
      | (?P<mark>\S)"""
_PATTERNS = {
    language: re.compile(figures + _REST, re.VERBOSE) for language, figures in _FIGURES.items()
}
FIGURE_KINDS = frozenset({"iso", "date", "clock", "grouped", "chain", "number", "fraction"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or sign: where it stands, what it is, and whether it touches the one before.

    `folded` is the text in lower case (casefold would write "ss" for "ß").
    """

    start: int
    end: int
    kind: str
    text: str
    folded: str
    glued: bool


class Tokens:
    """The tokens of a text in order, with safe looks beyond either end."""

    def __init__(self, text: str, language: Language) -> None:
        """Cut `text`; what is neither German nor English is read as English."""
        self.text = text
        self.language = language if language in _PATTERNS else "en"
        self._tokens = _cut(text, self.language)
        self.words: dict[int, tuple[int, float, bool]] = {}
        """Numerals in words by first token: end, value, whether an ordinal; see `words`."""

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, index: int) -> Token:
        return self._tokens[index]

    def folded(self, index: int) -> str:
        """Return the token's text in lower case; empty beyond either end."""
        return self._tokens[index].folded if 0 <= index < len(self._tokens) else ""

    def written(self, index: int) -> str:
        """Return the token's text as it stands; empty beyond either end."""
        return self._tokens[index].text if 0 <= index < len(self._tokens) else ""

    def glued(self, index: int) -> bool:
        """Return whether the token at `index` exists and touches the one before it."""
        return 0 <= index < len(self._tokens) and self._tokens[index].glued

    def is_word(self, index: int) -> bool:
        """Return whether the token at `index` exists and is made of letters."""
        return 0 <= index < len(self._tokens) and self._tokens[index].kind == "word"

    def is_figure(self, index: int) -> bool:
        """Return whether the token at `index` exists and is written in digits."""
        return 0 <= index < len(self._tokens) and self._tokens[index].kind in FIGURE_KINDS

    def past_hyphen(self, index: int) -> int:
        """Return the place behind the hyphen that joins the token at `index` on, or `index`."""
        if self.folded(index) == "-" and self.glued(index) and self.glued(index + 1):
            return index + 1
        return index

    def span(self, start: int, end: int) -> Span:
        """Return the code points of the tokens `start` to `end` (exclusive)."""
        return Span(self._tokens[start].start, self._tokens[end - 1].end)


def _cut(text: str, language: Language) -> list[Token]:
    tokens = []
    end = -1
    for match in _PATTERNS[language].finditer(text):
        kind = match.lastgroup or "mark"
        token = match[0]
        tokens.append(
            Token(match.start(), match.end(), kind, token, token.lower(), match.start() == end)
        )
        end = match.end()
    return tokens
