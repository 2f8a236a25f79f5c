"""What a numeral is, and how magnitude words ("Mio.", "dozen") change its value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bicorpus.claims.quantities.phrases import load_table, words
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.claims.quantities.units import unit_at
from bicorpus.data import Language

Kind = Literal["number", "date", "time", "ordinal", "score", "decade", "label"]

_MILLIONS = frozenset({"million", "millions", "millionen"})
DOZEN = frozenset({"dutzend", "dozen"})
# "5m" at the end of a clause or before a hyphen is a length, too.
_CLAUSE_ENDS = frozenset({"", ".", ",", "-"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A figure alone: tokens `first` to `last` (exclusive), what it is and what it is worth.

    `unit` where the figure itself says it ("dreitägig"); `vague` for "hundreds" and "several",
    whose value is None; `scale` is the magnitude word's worth ("5 Millionen": 1e6); `is_article`
    for "ein", "a", "one", which count only beside a bound or a unit of measure; `part` for "early"
    in "early May"; `is_sure` is false for a clock time that may be of either half of the day.
    """

    first: int
    last: int
    kind: Kind
    value: float | str | None
    in_words: bool = False
    unit: str | None = None
    vague: str | None = None
    scale: float = 1
    is_article: bool = False
    part: str | None = None
    is_sure: bool = True


def number_value(digits: str, language: Language) -> float | None:
    """Return the value of "1.000,5" (de) or "1,000.5" (en); None for what is no plain number."""
    point = "," if language == "de" else "."
    if language == "de" and "," not in digits and digits.count(".") == 1:
        whole, decimals = digits.split(".")
        # "2.5" in German text is a decimal in the English manner; "1.250" is a thousand.
        point = point if len(decimals) == 3 and len(whole) <= 3 else "."
    if language == "de" and digits.endswith(",000") and "." not in digits:
        point = "."  # "73,000" has no three decimals: a thousand in the English manner
    plain = "".join(c if c in "0123456789" else "." if c == point else "" for c in digits)
    if not plain or not plain[0].isdigit() or plain.count(".") > 1:
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


@cache
def magnitudes(language: Language) -> dict[str, int]:
    """Return the magnitude words ("mio", "million") with their powers of ten, no full stops."""
    return {word.rstrip("."): int(power) for word, power in load_table(language, "magnitudes")}


def power_at(tokens: Tokens, index: int, first: int) -> int:
    """Return the power of ten of the word at `index` behind a figure from `first`; 0 for none."""
    word = tokens.folded(index)
    power = magnitudes(tokens.language).get(word, 0)
    if power == 0 or len(word) > 1:
        return power
    if not tokens.glued(index):
        return 0
    is_money = tokens.written(first - 1)[-1:] in {"$", "€", "£", "¥"}
    after = tokens.folded(index + 1)
    if (
        word == "m"
        and not is_money
        and after in _CLAUSE_ENDS | words("en", "quantity_after_metres")
    ):
        return 0  # a length; "5m people" and "€5m" are millions
    if tokens.written(index) == "K" and not is_money:
        is_short = index - first == 1 and len(tokens.written(first)) == 1
        if is_short or unit_at(tokens, index + 1) is None:
            return 0  # "4K video", "5650K"; but "350K people"
    return power


def scaled(tokens: Tokens, first: int, end: int, value: float, *, in_words: bool) -> Numeral:
    """Return the number from `first` to `end`, times what follows: "Mio.", "and a half"."""
    if half := end_of_half(tokens, end):
        end, value = half, value + 0.5
    place = tokens.past_hyphen(end)
    word = tokens.folded(place)
    if word in DOZEN:
        return Numeral(first, place + 1, "number", value * 12, in_words, scale=12)
    power = power_at(tokens, place, first)
    if not power:
        return Numeral(first, end, "number", value, in_words)
    end = place + 1
    if len(word) <= 4 and tokens.folded(end) == "." and tokens.glued(end):
        end += 1  # the full stop of "Mio.", which may end the sentence, too
    if power == 3 and tokens.folded(end) in _MILLIONS:
        end, power = end + 1, power + 6  # "15 thousand million"
    # Rounding undoes what binary floats make of 1.3 * 10**6.
    worth = round(value * 10**power, 6)
    if not math.isfinite(worth):
        return Numeral(first, end, "label", tokens.span(first, end).of(tokens.text))
    return Numeral(first, end, "number", worth, in_words, scale=10**power)


def end_of_half(tokens: Tokens, index: int) -> int:
    """Return the end of "and a half" or "-and-a-half" at `index`; 0 where it is not there."""
    for word in ("and", "a", "half"):
        index = tokens.past_hyphen(index)
        if tokens.folded(index) != word:
            return 0
        index += 1
    return index
