"""Reads the numerals that are written in words: "zweitausend", "half a dozen", "jeder Dritte"."""

from __future__ import annotations

from functools import cache

from bicorpus.claims.quantities.bounds import bound_before
from bicorpus.claims.quantities.numeral import (
    DOZEN,
    Numeral,
    end_of_half,
    magnitudes,
    number_value,
    power_at,
    scaled,
)
from bicorpus.claims.quantities.phrases import forms, load_table, phrases, words
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.claims.quantities.words import read_compound, read_words
from bicorpus.data import Language

ARTICLES = {
    "de": frozenset({"ein", "eine", "einen", "einem", "einer", "eines"}),
    "en": frozenset({"a", "an", "one"}),
}
_EVERY = frozenset({"jede", "jeder", "jedes", "jeden", "jedem", "every"})
_TEAM = frozenset({"die", "der", "unsere", "unserer", "deutsche", "deutschen", "seine", "ihre"})
_HUNDRED = frozenset({"hundert", "hundred"})
_PLURAL_OF_POWER = {2: "hundreds", 3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}
# Vague words that a round number may follow: "mehrere hundert", "a few thousand".
_BEFORE_ROUND = frozenset({"several", "some", "a few", "many", "few"})
_QUALIFIERS = frozenset({"gutes", "gute", "guten", "gut", "knappes", "knappe", "knappen", "good"})
_CLAUSE_ENDS = frozenset({"", ".", ",", ";", ":"})
# "one in 2015" is a year, not a share.
_LARGEST_ODDS = 1000


def find_words(tokens: Tokens) -> None:
    """Fill in what text2num reads."""
    tokens.words = read_words(tokens, _plurals(tokens.language))


@cache
def _plurals(language: Language) -> frozenset[str]:
    """Return the words for vague numbers that text2num would read as exact ones ("Millionen")."""
    rows = load_table(language, "quantity_vague")
    return frozenset(
        form.lower() for payload, column in rows if payload.endswith("*") for form in forms(column)
    ) - set(magnitudes("de") if language == "de" else ())


@cache
def spelled_starters(language: Language) -> frozenset[str]:
    """Return the words that may begin a numeral without being one that text2num reads."""
    lists = ("quantity_vague", "quantity_amounts")
    return _EVERY.union(ARTICLES[language], *(phrases(language, name).firsts for name in lists))


def read_spelled(tokens: Tokens, index: int) -> Numeral | None:
    """Return the numeral whose first word is at `index`, or None."""
    return (
        _vague(tokens, index)
        or _every(tokens, index)
        or _fraction(tokens, index)
        or _amount(tokens, index)
        or read_odds(tokens, index)
        or _word(tokens, index)
        or _compound(tokens, index)
        or _article(tokens, index)
    )


def _vague(tokens: Tokens, index: int) -> Numeral | None:
    """Read "viele", "Dutzende", "several hundred"."""
    found = phrases(tokens.language, "quantity_vague").at(tokens, index)
    if found is None:
        return None
    end, word = found
    if tokens.folded(index - 1) in {"wie", "how"}:
        return None  # a question
    if word == "most" and tokens.folded(index - 1) in {"at", "the"}:
        return None  # "at most five", "the most votes"
    if word in _BEFORE_ROUND:
        name = _round_name(tokens, end)
        # "some thousand" is "about a thousand".
        if name and not (word == "some" and tokens.language == "en"):
            return Numeral(index, end + 1, "number", None, in_words=True, vague=name)
    return Numeral(index, end, "number", None, in_words=True, vague=word)


def _round_name(tokens: Tokens, index: int) -> str | None:
    word = tokens.folded(index)
    if word in DOZEN:
        return "dozens"
    power = 2 if word in _HUNDRED else magnitudes(tokens.language).get(word, 0)
    return _PLURAL_OF_POWER.get(power) if len(word) > 3 else None


def _every(tokens: Tokens, index: int) -> Numeral | None:
    """Read "jeder Dritte", "every third"."""
    if tokens.folded(index) not in _EVERY or index + 1 not in tokens.words:
        return None
    end, value, is_ordinal = tokens.words[index + 1]
    if not is_ordinal or value < 2:
        return None
    return Numeral(index, end, "number", 1 / value, in_words=True)


def _fraction(tokens: Tokens, index: int) -> Numeral | None:
    """Read "zwei Drittel", "ein gutes Viertel", "Zwei-Drittel", "two-thirds", "a quarter of"."""
    first = tokens.folded(index)
    is_article = first in ARTICLES[tokens.language]
    if index in tokens.words and not tokens.words[index][2]:
        place, numerator, _ = tokens.words[index]
    elif is_article:
        place, numerator = index + 1, 1.0
    else:
        return _joined_fraction(tokens, index)
    if is_article and tokens.folded(place) in _QUALIFIERS:
        place += 1
    place = tokens.past_hyphen(place)
    denominator = _denominators(tokens.language).get(tokens.folded(place))
    if denominator is None or numerator > denominator:
        return None
    if tokens.language == "en" and not _is_english_fraction(tokens, first, place):
        return None
    return scaled(tokens, index, place + 1, numerator / denominator, in_words=True)


def _is_english_fraction(tokens: Tokens, first: str, place: int) -> bool:
    last = tokens.folded(place)
    if last in {"half", "halves"}:
        return False  # "half" has entries of its own
    if last == "quarters" and tokens.folded(place - 2) in {"first", "last", "next", "past"}:
        return False  # of the year
    if last.endswith("s") or first == "one":
        return True
    # "a third" alone may be an ordinal: "a third man".
    has_cue = tokens.folded(place - 2) == "by" or bound_before(tokens, place - 1) is not None
    ends = _CLAUSE_ENDS | words("en", "quantity_after_fractions")
    return has_cue or tokens.folded(place + 1) in ends


def _joined_fraction(tokens: Tokens, index: int) -> Numeral | None:
    """Read "Zweidrittel", "Dreiviertel" and what they begin ("Zweidrittelmehrheit")."""
    word = tokens.folded(index)
    for start, value in (("zweidrittel", 2 / 3), ("dreiviertel", 3 / 4)):
        if word.startswith(start):
            if word.startswith("dreiviertelst"):
                return Numeral(index, index + 1, "number", value, in_words=True, unit="hours")
            return Numeral(index, index + 1, "number", value, in_words=True)
    return None


@cache
def _denominators(language: Language) -> dict[str, int]:
    rows = load_table(language, "quantity_fractions")
    return {form: int(value) for value, column in rows for form in forms(column)}


def _amount(tokens: Tokens, index: int) -> Numeral | None:
    """Read "anderthalb", "half a million", "ein halbes Dutzend", "twice"."""
    found = phrases(tokens.language, "quantity_amounts").at(tokens, index)
    if found is None:
        return None
    end, value = found
    return scaled(tokens, index, end, float(value), in_words=True)


def read_odds(tokens: Tokens, index: int) -> Numeral | None:
    """Read "one in three", "1 out of every 10", "einer von drei"; None where none begins here."""
    if tokens.folded(index) not in {"one", "1", "einer", "eine", "eines"}:
        return None
    place = index + 1
    if tokens.language == "en":
        if tokens.folded(place) not in {"in", "out"}:
            return None
        place += 1 if tokens.folded(place) == "in" else 2
        place += tokens.folded(place) == "every"
    elif tokens.folded(place) in {"von", "aus"}:
        place += 1
    else:
        return None
    if place in tokens.words and not tokens.words[place][2]:
        end, value, _ = tokens.words[place]
    else:
        value = number_value(tokens.written(place), tokens.language) or 0
        end = place + 1
    if not 2 <= value <= _LARGEST_ODDS:
        return None
    return Numeral(index, end, "number", 1 / value, in_words=True)


def _word(tokens: Tokens, index: int) -> Numeral | None:
    """Read what text2num knows, with what may follow it ("two and a half million")."""
    if index not in tokens.words or _is_no_numeral(tokens, index):
        return None
    end, value, is_ordinal = tokens.words[index]
    if is_ordinal:
        return Numeral(index, end, "ordinal", value, in_words=True)
    if value == 1 and not end_of_half(tokens, end) and not power_at(tokens, end, index):
        return _article(tokens, index)
    power = magnitudes(tokens.language).get(tokens.folded(end - 1), 0)
    if not power:
        return scaled(tokens, index, end, value, in_words=True)
    if half := end_of_half(tokens, end):
        value, end = value + 10**power / 2, half
    return Numeral(index, end, "number", value, in_words=True, scale=10**power)


def _is_no_numeral(tokens: Tokens, index: int) -> bool:
    """Return whether it is "in Acht nehmen", "die Elf" (a team), "a second"."""
    text, before = tokens.written(index), tokens.folded(index - 1)
    if tokens.language == "de":
        return (text == "Acht" and before in {"in", "außer"}) or (text == "Elf" and before in _TEAM)
    return text == "second" and before in {"a", "per", "each"} and not tokens.glued(index + 1)


def _compound(tokens: Tokens, index: int) -> Numeral | None:
    read = read_compound(tokens.folded(index), tokens.language)
    if read is None:
        return None
    value, unit = read
    if not unit:
        return scaled(tokens, index, index + 1, value, in_words=True)
    return Numeral(index, index + 1, "number", value, in_words=True, unit=unit)


def _article(tokens: Tokens, index: int) -> Numeral | None:
    if tokens.folded(index) not in ARTICLES[tokens.language]:
        return None
    word = tokens.folded(index + 1)
    if word in _HUNDRED:
        return Numeral(index, index + 2, "number", 100.0, in_words=True)
    if len(word) > 3 and power_at(tokens, index + 1, index):
        return scaled(tokens, index, index + 1, 1.0, in_words=True)
    return Numeral(index, index + 1, "number", 1.0, in_words=True, is_article=True)
