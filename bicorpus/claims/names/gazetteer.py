"""Names that are known beforehand: CLDR's countries and cities, exonyms, nations, as one table.

A form leads to keys; names of two languages are one where they share a key ("Peking", "Beijing").
Adjectives and inhabitants lead to the key of their country ("russisch", "Russians": RU).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale

from bicorpus.claims.names.pieces import cut_plain
from bicorpus.claims.quantities.phrases import forms, load_table
from bicorpus.data import Language
from bicorpus.languages import load_words

Kind = Literal["person", "place", "organisation"]
_LANGUAGES: tuple[Language, ...] = ("de", "en")
KINDS: dict[str, Kind] = {
    "person": "person",
    "place": "place",
    "organisation": "organisation",
}
_ADJECTIVE_ENDINGS = ("", "e", "en", "em", "er", "es")
_INHABITANT_ENDINGS = ("", "n", "s", "in", "innen", "r")
# CLDR numbers parts of the world ("Ostasien"); "EU", "EZ" and "UN" are no places, "ZZ" is unknown.
_NO_TERRITORIES = frozenset({"ZZ", "QO", "XA", "XB", "EU", "EZ", "UN"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a form stands for; `kind` is None for adjectives and inhabitants."""

    key: str
    kind: Kind | None


class Gazetteer:
    """The known forms of one language, found by their words."""

    def __init__(self) -> None:
        self._by_words: dict[tuple[str, ...], set[Known]] = {}
        self._longest: dict[str, int] = {}

    def add(self, form: str, known: Known) -> None:
        """Add a form; one form may stand for several ("Georgia")."""
        words = cut_plain(form)
        if not words:
            return
        self._by_words.setdefault(words, set()).add(known)
        self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def get(self, words: tuple[str, ...]) -> frozenset[Known]:
        """Return what the words stand for, as they are spelled; empty where they are not known."""
        return frozenset(self._by_words.get(words, ()))

    def reach(self, first: str) -> int:
        """Return the most words that a form beginning with `first` has."""
        return self._longest.get(first, 0)


@cache
def gazetteer(language: Language) -> Gazetteer:
    """Return the table of all known forms of a language; it is made when first asked for."""
    table = Gazetteer()
    column = _LANGUAGES.index(language) if language in _LANGUAGES else 1
    for row_forms, known in (*_exonyms(), *_territories(), *_cities()):
        for form in row_forms[column]:
            table.add(form, known)
            if column == 0 and known.kind != "person":
                for inflected in _inflected_form(form):
                    table.add(inflected, known)
    for form, known in _nations(column):
        table.add(form, known)
    return table


def translated_names() -> Iterator[tuple[str, str, bool]]:
    """Yield German names of places and people of one word, what English calls them, if it is usual.

    Of the English names the first is the usual one; a person's is one of one word, where there is
    one. The first German form is the usual one. Later rows know better than earlier ones; names
    that are words, too, are left out.
    """
    for (german, english), known in (*_cities(), *_territories(), *_exonyms()):
        called = english[0]
        if known.kind == "organisation":
            continue
        if known.kind == "person":
            called = next((name for name in english if " " not in name), called)
        for number, name in enumerate(german):
            if " " not in name and name not in ambiguous("de"):
                yield name, name if number and name in english else called, not number


def _inflected_form(form: str) -> Iterator[str]:
    """Yield "Demokratischen Volksrepublik" of "Demokratische Volksrepublik", and so on."""
    first, blank, rest = form.partition(" ")
    match = re.fullmatch(r"(\w{3,})e[mnrs]?", first)
    if blank and match:
        yield from (f"{match[1]}{ending} {rest}" for ending in _ADJECTIVE_ENDINGS[1:])


@cache
def ambiguous(language: Language) -> frozenset[str]:
    """Return the forms that are ordinary words, too ("Essen", "Nice")."""
    return frozenset(load_words(language, "name_ambiguous"))


def slug(name: str) -> str:
    """Return the key of an English name without a code: "Lower Saxony" is "lower-saxony"."""
    return re.sub(r"\W+", "-", name.lower()).strip("-")


Forms = tuple[tuple[str, ...], tuple[str, ...]]


@cache
def _territories() -> tuple[tuple[Forms, Known], ...]:
    german, english = _locale("de").territories, _locale("en").territories
    return tuple(
        (((german[code],), (english[code],)), Known(code, "place"))
        for code in sorted(set(german) & set(english) - _NO_TERRITORIES)
        if code.isalpha()
    )


@cache
def _cities() -> tuple[tuple[Forms, Known], ...]:
    """Return the cities of CLDR's time zones; English gives only those that differ from the id."""
    german, english = _locale("de").time_zones, _locale("en").time_zones
    rows = []
    for zone in sorted(german):
        area, _, city = zone.rpartition("/")
        if not area or area.startswith("Etc"):
            continue
        plain = city.replace("_", " ")
        in_german = german[zone].get("city", plain)
        in_english = english[zone].get("city", plain) if zone in english else plain
        rows.append((((in_german,), (in_english,)), Known(slug(in_english), "place")))
    return tuple(rows)


@cache
def _exonyms() -> tuple[tuple[Forms, Known], ...]:
    codes = {
        language: {form[index][0]: known.key for form, known in _territories()}
        for index, language in enumerate(_LANGUAGES)
    }
    rows = []
    for german, english, kind in load_table("de", "name_exonyms"):
        columns = (tuple(forms(german)), tuple(forms(english)))
        key = _code_of(columns, codes) or slug(columns[1][0])
        rows.append((columns, Known(key, KINDS[kind])))
    return tuple(rows)


def _code_of(columns: Forms, codes: dict[Language, dict[str, str]]) -> str | None:
    for language, column in zip(_LANGUAGES, columns, strict=True):
        for form in column:
            if form in codes[language]:
                return codes[language][form]
    return None


def _nations(column: int) -> Iterator[tuple[str, Known]]:
    for code, adjectives, inhabitants, english in load_table("de", "name_nations"):
        known = Known(code, None)
        written = (
            (*_inflected_adjectives(forms(adjectives)), *_inflected_inhabitants(forms(inhabitants)))
            if column == 0
            else _english_forms(forms(english))
        )
        for form in written:
            yield form, known


def _inflected_adjectives(adjectives: Iterable[str]) -> Iterator[str]:
    for adjective in adjectives:
        for ending in _ADJECTIVE_ENDINGS:
            yield adjective + ending
            yield adjective[0].upper() + adjective[1:] + ending


def _inflected_inhabitants(inhabitants: Iterable[str]) -> Iterator[str]:
    for base in inhabitants:
        stem = base[:-1] if base.endswith("e") else base
        yield from (base + ending for ending in _INHABITANT_ENDINGS[:3])
        yield from (stem + ending for ending in _INHABITANT_ENDINGS if ending)
        if base.endswith("e"):
            yield from (base + "r", base + "m")  # "ein Deutscher"
        if base.endswith("in"):
            yield base + "nen"


def _english_forms(english: Iterable[str]) -> Iterator[str]:
    for form in english:
        yield from (form, form + "s", form + "es")


@cache
def _locale(language: Language) -> Locale:
    from babel import Locale

    return Locale(language)
