"""Numerals in words: what text2num reads, and the German compounds that it does not.

"zweitausend" and "twenty-one" come from text2num; "dreitägig", "siebenköpfig" and "zweimal" are
taken apart here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bicorpus.claims.quantities.phrases import forms, load_table
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.data import Language

_ONES = "zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun"
_TEENS = "zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn"
_TENS = "zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig"
_BELOW_HUNDRED = f"(?:(?:(?:ein|{_ONES})und)?(?:{_TENS})|{_TEENS}|{_ONES})"
_NUMERAL = (
    f"(?:(?:{_BELOW_HUNDRED}|ein)?tausend)?(?:(?:{_ONES}|ein)?hundert)?{_BELOW_HUNDRED}"
    f"|(?:{_BELOW_HUNDRED}|ein)?tausend|(?:{_ONES}|ein)?hundert"
)
_INFLECTION = "(?:e[nmrs]?|n|s)?"
_BETWEEN_REACH = 8
_SHORTEST_COMPOUND = 6  # "zehnmal" has seven letters, "elfmal" six


@dataclass(slots=True)
class _Word:
    """A word as text2num's `find_numbers` asks for it."""

    value: str
    separated: bool

    def text(self) -> str:
        return self.value

    def text_lowercase(self) -> str:
        return self.value.lower()

    def nt_separated(self, _previous: object) -> bool:
        return self.separated

    def not_a_number_part(self) -> bool:
        return False


def read_words(tokens: Tokens, apart: frozenset[str]) -> dict[int, tuple[int, float, bool]]:
    """Return the numerals in words: first token, then the end, the value, whether an ordinal.

    Words in `apart` are no part of a numeral ("hundreds").
    """
    from text_to_num import find_numbers

    words: list[_Word] = []
    places: list[int] = []
    between = 0
    for index in range(len(tokens)):
        folded = tokens.folded(index)
        if not tokens.is_word(index) or folded in apart:
            continue
        if folded == "between":
            between = index + _BETWEEN_REACH
        # "between one hundred and two hundred" are two numerals.
        if folded == "and" and index < between:
            continue
        previous = places[-1] if places else -2
        joined = previous == index - 1 or (
            previous == index - 2 and tokens.folded(index - 1) == "-" and tokens.glued(index)
        )
        words.append(_Word(tokens.written(index), separated=not joined))
        places.append(index)
    read = {}
    for found in find_numbers(words, tokens.language, threshold=0.0):
        read[places[found.start]] = (places[found.end - 1] + 1, found.value, found.is_ordinal)
    return read


@cache
def _suffixes(language: Language) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the units by compound ending, and a pattern for a whole compound's tail."""
    units, tails = {}, []
    for unit, column in load_table(language, "quantity_compounds"):
        for form in forms(column):
            suffix = form.rstrip("*")
            units[suffix] = unit
            tails.append(suffix + (r"\w*" if form.endswith("*") else _INFLECTION))
    tails.sort(key=len, reverse=True)
    return units, re.compile(f"({'|'.join(tails)})$")


@cache
def _compound(language: Language) -> re.Pattern[str]:
    tails = _suffixes(language)[1].pattern
    return re.compile(
        rf"(?P<numeral>{_NUMERAL})?(?P<half>(?:ein|und)?einhalb|anderthalb)?(?P<tail>{tails})"
    )


def compound_unit(word: str, language: Language) -> str | None:
    """Return the unit in the second part of "20-Jährige", "60-prozentig", "100-Meter-Lauf"."""
    if language != "de":
        return None
    units, pattern = _suffixes(language)
    return _unit_of(word, units) if pattern.match(word) else None


def may_be_compound(word: str, language: Language) -> bool:
    """Return whether a look at a word's first letters leaves it a chance to hold a numeral."""
    if word.startswith("elfmeter"):
        return False  # a penalty kick
    return language == "de" and word[:2] in _BEGINNINGS and len(word) >= _SHORTEST_COMPOUND


def read_compound(word: str, language: Language) -> tuple[float, str] | None:
    """Return value and unit of "dreitägig", "siebenköpfig", "Fünfjahresplan"; None for others."""
    if not may_be_compound(word, language):
        return None
    if half := _HALF.fullmatch(word):
        return _read(half["numeral"]) + 0.5, ""
    match = _compound(language).fullmatch(word)
    if match is None or not (match["numeral"] or match["half"]):
        return None
    value = (_read(match["numeral"]) if match["numeral"] else 1) + (0.5 if match["half"] else 0)
    unit = _unit_of(match["tail"], _suffixes(language)[0])
    return (value, unit) if unit else None


_BEGINNINGS = frozenset(
    numeral[:2] for numeral in f"{_ONES}|{_TEENS}|{_TENS}|ein|anderthalb|hundert|tausend".split("|")
)
_HALF = re.compile(rf"(?P<numeral>{_NUMERAL})einhalb(?:e[nrms]?)?")


def _unit_of(tail: str, units: dict[str, str]) -> str | None:
    for length in range(len(tail), 1, -1):
        if tail[:length] in units:
            return units[tail[:length]]
    return None


@cache
def _read(numeral: str) -> float:
    from text_to_num import text2num

    return float(text2num(numeral, "de"))
