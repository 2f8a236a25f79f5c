"""Figures in running text, by value: "1,3 Millionen", "1.3m" and "1,300,000" are the same.

Digits are read by the conventions of the language (German "1.000" is a thousand, English "1.000"
is one), numerals in words by text2num. Numeric dates and clock times give their parts, since a
translation may spell them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bicorpus.data import Language, Span
from bicorpus.languages import load_words

FigureKind = Literal["number", "date", "time", "word"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: where it stands, what it is worth, and how it was written.

    `values` has one value, or the parts of a numeric date (day, month, year; year only if given)
    or of a clock time (hour, minute). Values are plain numbers, magnitude words applied.
    """

    span: Span
    text: str
    values: tuple[float, ...]
    kind: FigureKind


# A figure does not begin inside a word ("T34") or behind a separator that belongs to a longer
# number; it may end before letters ("20-Jährige", "5km").
_START = r"(?<![\w.,])"
_DATE = re.compile(_START + r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d))?(?![\d,])")
_CLOCK = "|" + _START + r"(\d{1,2}):(\d{2})(?![\d:])"
_TIME = {
    "de": re.compile(_START + r"(\d{1,2})[:.](\d{2})(?=\s?Uhr)" + _CLOCK),
    "en": re.compile(_START + r"(\d{1,2})[:.](\d{2})(?=\s?[ap]\.?m\b)" + _CLOCK),
}
# White space as a thousands separator only where it is a no-break or thin space: a plain blank
# between two numbers ("2024 100 Menschen") separates them.
_GROUP = "’'\u00a0\u202f\u2009"
_NUMBER = {
    "de": re.compile(_START + rf"(?:\d{{1,3}}(?:[.{_GROUP}]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?)"),
    "en": re.compile(
        _START + rf"(?:\d{{1,3}}(?:[,{_GROUP}]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    ),
}
# "Version 2.6.1", IP addresses, section numbers: a chain of points is no quantity.
_CHAIN = re.compile(_START + r"\d+(?:\.\d+){2,}(?!\d)")
_MAGNITUDE = re.compile(r"[\s-]{0,2}([^\W\d_]+\.?)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def find_figures(text: str, language: Language) -> tuple[Figure, ...]:
    """Return the figures of `text` in order of place; a stretch of text is in one figure only."""
    found: list[Figure] = []
    free = text
    for figure in [*_dates_and_times(text, language), *_numbers(text, language)]:
        if not any(_overlap(figure.span, other.span) for other in found):
            found.append(figure)
    for figure in found:
        free = free[: figure.span.start] + " " * len(figure.span) + free[figure.span.end :]
    found.extend(_words(free, language))
    return tuple(sorted(found, key=lambda figure: figure.span))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _dates_and_times(text: str, language: Language) -> list[Figure]:
    figures = []
    if language == "de":
        for match in _DATE.finditer(text):
            day, month = int(match[1]), int(match[2])
            if 1 <= day <= 31 and 1 <= month <= 12:
                parts = tuple(float(part) for part in match.groups() if part)
                figures.append(Figure(Span(*match.span()), match[0], parts, "date"))
    for match in _TIME.get(language, _TIME["en"]).finditer(text):
        hour, minute = (int(part) for part in match.groups() if part)
        if hour <= 24 and minute < 60:
            figures.append(
                Figure(Span(*match.span()), match[0], (float(hour), float(minute)), "time")
            )
    return figures


def _numbers(text: str, language: Language) -> list[Figure]:
    point = "," if language == "de" else "."
    chains = [Span(*match.span()) for match in _CHAIN.finditer(text) if "," not in match[0]]
    figures = []
    for match in _NUMBER.get(language, _NUMBER["en"]).finditer(text):
        span = Span(*match.span())
        if any(_overlap(span, chain) and len(chain) > len(span) for chain in chains):
            continue
        digits = "".join(c if c.isdigit() else "." if c == point else "" for c in match[0])
        # isdigit() is true of "²", float() is not.
        if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", digits):
            continue
        value = float(digits)
        magnitude = _MAGNITUDE.match(text, span.end)
        power = _magnitudes(language).get(magnitude[1].casefold()) if magnitude else None
        if magnitude and power is None:
            power = _magnitudes(language).get(magnitude[1].rstrip(".").casefold())
        if magnitude and power:
            # Rounding undoes what binary floats make of 1.3 * 10**6.
            value = round(value * 10**power, 6)
            span = Span(span.start, magnitude.end())
        figures.append(Figure(span, span.of(text), (value,), "number"))
    return figures


@cache
def _magnitudes(language: Language) -> dict[str, int]:
    if language not in {"de", "en"}:
        return {}
    pairs = (line.split("\t") for line in load_words(language, "magnitudes"))
    return {word: int(power) for word, power in pairs}


@dataclass
class _Token:
    """A word as text2num's `find_numbers` asks for it."""

    value: str
    separated: bool

    def text(self) -> str:
        return self.value

    def text_lowercase(self) -> str:
        return self.value.casefold()

    def nt_separated(self, _previous: object) -> bool:
        return self.separated

    def not_a_number_part(self) -> bool:
        return False


def _words(text: str, language: Language) -> list[Figure]:
    """Find numerals in words, "eine" and "one" apart: those are mostly articles and pronouns."""
    if language not in {"de", "en"}:
        return []
    from text_to_num import find_numbers

    matches = list(_WORD.finditer(text))
    tokens = []
    for index, match in enumerate(matches):
        gap = text[matches[index - 1].end() : match.start()] if index else ""
        tokens.append(_Token(match[0], separated=bool(gap.strip())))
    figures = []
    for found in find_numbers(tokens, language, threshold=0.0):
        span = Span(matches[found.start].start(), matches[found.end - 1].end())
        if found.value != 1:
            figures.append(Figure(span, span.of(text), (float(found.value),), "word"))
    return figures
