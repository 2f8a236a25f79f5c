"""What words say without being numerals: "beide", "Achtelfinale", "Kapitel IV", "Septemberfeier".

Such words are no quantities, but a translation may put a figure or a date for them.
"""

from __future__ import annotations

import re
from functools import cache

from bicorpus.claims.quantities.phrases import forms, load_table
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.data import Language

_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Beginnings of words are looked up by their first letters.
_KEY = 3
_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def implied_values(tokens: Tokens, figures: set[int]) -> frozenset[float]:
    """Return the values that words imply, Roman numerals included, `figures` (tokens) left out."""
    whole, beginnings = _values(tokens.language)
    found: set[float] = set()
    for index in range(len(tokens)):
        if index in figures or not tokens.is_word(index):
            continue
        word = tokens.folded(index)
        found.update(whole.get(word, ()))
        if word[:_KEY] in beginnings:
            found.update(v for start, v in beginnings[word[:_KEY]] if word.startswith(start))
        if (value := roman_value(tokens.written(index))) is not None:
            found.add(value)
    return frozenset(found)


def month_names(tokens: Tokens) -> frozenset[str]:
    """Return the numbers of the months whose names begin a word with a capital."""
    names = _months(tokens.language)
    found: set[str] = set()
    for index in range(len(tokens)):
        if tokens.is_word(index) and tokens.written(index)[0].isupper():
            word = tokens.folded(index)
            found.update(n for name, n in names.get(word[:_KEY], ()) if word.startswith(name))
    return frozenset(found)


@cache
def _months(language: Language) -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for number, column in load_table(language, "quantity_months"):
        for form in forms(column):
            name = form.lower().rstrip(".")
            table.setdefault(name[:_KEY], []).append((name, number))
    return table


@cache
def _values(
    language: Language,
) -> tuple[dict[str, set[float]], dict[str, list[tuple[str, float]]]]:
    """Return the values of whole words, and of words that begin so (a star in the list)."""
    whole: dict[str, set[float]] = {}
    beginnings: dict[str, list[tuple[str, float]]] = {}
    for value, column in load_table(language, "quantity_implied"):
        for form in forms(column):
            if form.endswith("*"):
                beginnings.setdefault(form[:_KEY], []).append((form[:-1], float(value)))
            else:
                whole.setdefault(form, set()).add(float(value))
    return whole, beginnings


def roman_value(word: str) -> float | None:
    """Return the value of a Roman numeral below 100 in capitals, or None."""
    if word[:1] not in _WORTH or len(word) > 8 or not _ROMAN.fullmatch(word):
        return None
    values = [_WORTH[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return float(sum(value if value >= after else -value for value, after in pairs))
