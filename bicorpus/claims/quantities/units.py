"""Reads what a figure counts: a measure, a currency, or a noun, as its English plural."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bicorpus.claims.quantities.phrases import forms, load_table, phrases, words
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.claims.quantities.words import compound_unit
from bicorpus.data import Language

# "42 einzelne bewaffnete Zusammenstöße": adjectives between figure and noun.
_MOST_ADJECTIVES = 4
_SHORTEST_HEAD = 5
_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "all", "our", "these", "those"})
_GERMAN_DETERMINERS = frozenset({"der", "aller", "seiner", "ihrer", "dieser", "von", "des"})
_CURRENCY_SIGNS = frozenset(
    {"€", "$", "£", "¥", "us$", "us-$", "$us", "$a", "$c", "a$", "au$", "c$", "ca$", "nz$", "hk$"}
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Where the unit ends, its name (None: a noun without a known English plural)."""

    end: int
    name: str | None
    is_measure: bool


def unit_at(tokens: Tokens, index: int) -> Unit | None:
    """Return the unit that begins at `index`, behind a figure; None where nothing is counted."""
    place = tokens.past_hyphen(index)
    measure = phrases(tokens.language, "quantity_measures").at(tokens, place)
    if measure is not None and _is_unit(tokens, place, measure[0]):
        return Unit(measure[0], measure[1], is_measure=True)
    if place > index and tokens.language == "de":
        unit = compound_unit(tokens.folded(place), "de")
        if unit is not None:
            return Unit(place + 1, unit, is_measure=True)
    if tokens.language == "de":
        return _german_noun(tokens, place)
    return _english_noun(tokens, place, joined=place > index)


def currency_before(tokens: Tokens, index: int) -> tuple[int, str] | None:
    """Return the start and code of a currency sign or code right before a figure: "€5"."""
    written = tokens.written(index - 1)
    is_code = len(written) == 3 and written.isupper()
    if not (tokens.folded(index - 1) in _CURRENCY_SIGNS or is_code or written == "DM"):
        return None
    found = phrases(tokens.language, "quantity_measures").before(tokens, index)
    return (found[0], found[1]) if found and found[0] == index - 1 else None


def _is_unit(tokens: Tokens, start: int, end: int) -> bool:
    """Return whether the sign fits by case and place: "5 t" and "5t", not "5 T-Shirts"."""
    text = tokens.written(start)
    if end > start + 1 or len(text) > 2 or not text.isalpha():
        return True
    # One-letter signs mean what their case says ("g" is no "G"); a hyphen makes another word.
    if text not in _signs(tokens.language):
        return False
    return not (tokens.folded(end) in {"-", "'", "’"} and tokens.glued(end) and len(text) == 1)


@cache
def _signs(language: Language) -> frozenset[str]:
    rows = load_table(language, "quantity_measures")
    return frozenset(form for _, column in rows for form in forms(column) if len(form) <= 2)


def _german_noun(tokens: Tokens, index: int) -> Unit | None:
    place = index
    while place - index < 2 and tokens.folded(place) in _GERMAN_DETERMINERS:
        place += 1
    if place > index and place - index < 3 and not tokens.is_word(place):
        return None
    adjectives = 0
    while tokens.is_word(place) and adjectives <= _MOST_ADJECTIVES:
        last = _word_end(tokens, place)
        head = tokens.written(last)
        if head[:1].isupper():
            return _named(tokens, last)
        if not _is_adjective(head):
            return None
        adjectives += 1
        place = last + 1
        if tokens.folded(place) in {",", "und"} and _is_adjective(tokens.written(place + 1)):
            place += 1
    return None


def _named(tokens: Tokens, last: int) -> Unit | None:
    """Return the unit of a German noun; of "Soldatinnen und Soldaten", both."""
    measure = phrases("de", "quantity_measures").at(tokens, last)
    if measure is not None and len(tokens.written(last)) > 2:
        return Unit(measure[0], measure[1], is_measure=True)
    name = _noun_name(tokens.folded(last))
    second = last + 2
    is_double = tokens.folded(last).endswith("innen") and tokens.folded(last + 1) == "und"
    if is_double and tokens.written(second)[:1].isupper():
        return Unit(second + 1, _noun_name(tokens.folded(second)) or name, is_measure=False)
    return Unit(last + 1, name, is_measure=False)


def _word_end(tokens: Tokens, index: int) -> int:
    """Return the last token of the hyphenated word at `index`: "US-Soldaten"."""
    while (next_part := tokens.past_hyphen(index + 1)) > index + 1 and tokens.is_word(next_part):
        index = next_part
    return index


def _is_adjective(word: str) -> bool:
    return (
        word[:1].islower()
        and len(word) > 3
        and word.endswith(_ADJECTIVE_ENDINGS)
        and word not in words("de", "quantity_no_adjectives")
    )


@cache
def _nouns(language: Language) -> dict[str, str]:
    rows = load_table(language, "quantity_nouns")
    return {form.lower(): plural for plural, column in rows for form in forms(column)}


def _noun_name(word: str) -> str | None:
    """Return the English plural of a German noun, or of the last part of a compound."""
    nouns = _nouns("de")
    if word in nouns:
        return nouns[word]
    for start in range(2, len(word) - _SHORTEST_HEAD + 1):
        if word[start:] in nouns:
            return nouns[word[start:]]
    return None


def _english_noun(tokens: Tokens, index: int, *, joined: bool) -> Unit | None:
    place = index
    if tokens.folded(place) == "of":
        place += 1
    while tokens.folded(place) in _DETERMINERS:
        place += 1
    stops = words("en", "quantity_no_nouns")
    for _ in range(_MOST_ADJECTIVES + 1):
        word = tokens.folded(place)
        if not tokens.is_word(place) or word in stops:
            return None
        plural = _english_plural(tokens, place, joined=joined)
        if plural is not None:
            return Unit(place + 1, plural, is_measure=False)
        measure = phrases("en", "quantity_measures").at(tokens, place)
        if measure is not None and len(word) > 3 and place > index:
            return Unit(measure[0], measure[1], is_measure=True)
        joined = False
        place = _word_end(tokens, place) + 1
    return None


def _english_plural(tokens: Tokens, index: int, *, joined: bool) -> str | None:
    """Return the word if it is a plural noun; of "seven-member", the plural of "member"."""
    word = tokens.folded(index)
    nouns = _nouns("en")
    if word in nouns:
        return nouns[word]
    if tokens.folded(index + 1) in {"'", "’"} and tokens.glued(index + 1):
        # "three years' work", but "the 30 prisoner's"
        return word if word.endswith("s") and not tokens.glued(index + 2) else None
    if joined and len(word) > 2:
        return _pluralised(word)
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return (
        word if is_plural and phrases("en", "quantity_measures").at(tokens, index) is None else None
    )


def _pluralised(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return f"{word[:-1]}ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
