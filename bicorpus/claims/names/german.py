"""Finds names in German text, where every noun has a capital.

What tells a name: the tables, the tagger's NE, a title or a given name before it, capitals
throughout, its absence from the dictionary, and that the article has it elsewhere as a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from bicorpus.claims.names.familiar import given_names, is_familiar, word_set
from bicorpus.claims.names.gazetteer import KINDS, Kind, gazetteer
from bicorpus.claims.names.german_words import (
    ARTICLES,
    NAME_TAG,
    NO_FIRST_PARTICLES,
    ROMANCE_PARTICLES,
    has_title,
    is_part_name,
    of_word,
    starters,
)
from bicorpus.claims.names.mentions import Mention, Stretch, scan
from bicorpus.claims.names.pieces import Piece, is_hyphen
from bicorpus.claims.names.units import Unit, join, kind_of, occupied, of_stretch, to_mention, touch
from bicorpus.claims.quantities.phrases import load_table

_PARTIES = frozenset({"Grüne", "Grünen", "Linke", "Linken"})


def find_german(pieces: Sequence[Piece], known: frozenset[str]) -> list[Mention]:
    """Return the mentions in German pieces, in order; `known` are names of the article."""
    units = [
        _of_known(pieces, stretch)
        for stretch in scan(pieces, "de")
        if _counts(pieces, stretch, known)
    ]
    units.extend(_surnames(pieces, occupied(units)))
    taken = occupied(units)
    for _, members in groupby(range(len(pieces)), key=lambda index: pieces[index].group):
        units.extend(_of_group(pieces, list(members), taken, known))
    merged = _merged(pieces, _without_covered(sorted(units, key=lambda u: (u.first, -u.last))))
    return [to_mention(pieces, unit, kind_of(pieces, unit, "de")) for unit in merged]


def _are_foreign(pieces: Sequence[Piece], index: int, taken: frozenset[int]) -> bool:
    """Return whether the word and a name before it are both of no dictionary: "Zhai Zhigang"."""
    before, piece = pieces[index - 1], pieces[index]
    is_name = before.tag == NAME_TAG and index - 1 not in taken and before.is_capital
    words = (before.text, piece.text)
    return is_name and not any(word.isupper() or is_familiar(word, "de") for word in words)


def _before_particles(pieces: Sequence[Piece], index: int) -> int:
    """Return the place before `index` and the particles there: "Ursula" of "von der Leyen"."""
    place = index - 1
    while place > 0 and pieces[place].text in word_set("de", "name_particles"):
        place -= 1
    return place if pieces[place + 1].text not in NO_FIRST_PARTICLES else index - 1


def _of_known(pieces: Sequence[Piece], stretch: Stretch) -> Unit:
    """Return the unit of a known form: of "EU-Kommission" only the name part, "EU"."""
    unit = of_stretch(pieces, stretch, "de", is_sure=not stretch.is_ambiguous)
    first = unit.first
    if pieces[first].is_acronym and unit.last > first and is_hyphen(pieces[first + 1]):
        return replace(unit, last=first)
    before = first - 1
    heads = word_set("de", "name_organisation_heads")
    has_head = before >= 0 and pieces[before].text in heads and touch(pieces, before, first)
    is_whole = unit.kind == "place" and has_head
    return replace(unit, first=before, kind="organisation") if is_whole else unit


def _surnames(pieces: Sequence[Piece], taken: frozenset[int]) -> Iterator[Unit]:
    """Yield what stands behind a given name, or behind a city in "die Kyiv Post".

    "Antony Blinken" ends in a verb, "Kim Jong-un" in no word at all: no tagger is to be asked.
    """
    for index in range(1, len(pieces)):
        before, piece = pieces[_before_particles(pieces, index)], pieces[index]
        if index in taken or not piece.is_capital or not touch(pieces, index - 1, index):
            continue
        if piece.text in word_set("de", "name_titles") | word_set("de", "name_no_names"):
            continue
        is_given = before.text in given_names() and index - 1 not in taken
        is_title = index > 1 and pieces[index - 2].text.lower() in ARTICLES and index - 1 in taken
        is_city = is_title and before.tag == NAME_TAG and before.is_capital
        if is_given or is_city or _are_foreign(pieces, index, taken):
            last = index
            while last + 1 < len(pieces) and pieces[last + 1].group == piece.group:
                last += 1
            yield Unit(index, last, is_free=True)


def _counts(pieces: Sequence[Piece], stretch: Stretch, known: frozenset[str]) -> bool:
    """Return whether a form is meant as the name: "Essen" only where something says so."""
    first = pieces[stretch.first]
    if first.text in given_names() and not gazetteer("de").get((first.text,)):
        return stretch.first != stretch.last  # "Nils" is no genitive of the Nile
    if first.text in _PARTIES and _is_adjectival(pieces, stretch.first):
        return False
    if not stretch.is_ambiguous:
        return True
    if stretch.first == stretch.last and first.tag:
        is_opener = first.opens and first.text.lower() in starters()  # "Seine Pläne"
        return not is_opener and (first.tag == NAME_TAG or first.text in known)
    return stretch.first != stretch.last or first.is_acronym


def _is_adjectival(pieces: Sequence[Piece], index: int) -> bool:
    """Return whether a word for a colour or a side is one: "im Grünen", "Grüne Wiesen"."""
    before = pieces[index - 1].text.lower() if index else ""
    behind = pieces[index + 1] if index + 1 < len(pieces) else None
    has_noun = pieces[index].opens and behind is not None and behind.is_capital
    return has_noun or before in ("im", "ins", "am", "zum")


def _of_group(
    pieces: Sequence[Piece], members: list[int], taken: frozenset[int], known: frozenset[str]
) -> Iterator[Unit]:
    """Yield the names in one word, which may be hyphenated."""
    first, last = members[0], members[-1]
    if len(members) == 1:
        if first not in taken:
            unit = of_word(pieces, first, known)
            if unit is not None:
                yield unit
        return
    if pieces[last].kind == "mark" or pieces[first].kind == "mark":
        # "Ergänzungs- und Ersatzteile": what is cut off is mostly no whole word.
        for index in members:
            text = pieces[index].text
            if index not in taken and (text in known or text in given_names()):
                yield Unit(index, index, is_sure=False, is_free=True)
        return
    yield from _of_compound(pieces, members, taken, known)


def _of_compound(
    pieces: Sequence[Piece], members: list[int], taken: frozenset[int], known: frozenset[str]
) -> Iterator[Unit]:
    first, last = members[0], members[-1]
    head = _compound_heads().get(pieces[last].text)
    parts = [index for index in members if not is_hyphen(pieces[index])]
    named = [i for i in parts[:-1] if i in taken or is_part_name(pieces, i, known)]
    if head is not None and named and not pieces[first].is_acronym:
        kind = KINDS.get(head)
        if kind is not None and not (set(parts) & taken):
            yield Unit(first, last, kind, is_free=True)
        return
    if _is_whole(pieces, parts, taken):
        is_given = pieces[first].text in given_names() and pieces[last].text in given_names()
        yield Unit(first, last, is_free=True, is_given=is_given)
        return
    start = end = None
    for index in parts[:-1]:
        if index in taken or index not in named:
            break
        start, end = (index if start is None else start), index
    if start is not None and end is not None:
        is_sure = pieces[start].text in given_names() or pieces[start].text in known
        yield Unit(start, end, is_sure=is_sure, is_free=True)


def _is_whole(pieces: Sequence[Piece], parts: list[int], taken: frozenset[int]) -> bool:
    """Return whether a hyphenated word is one name: "Kramp-Karrenbauer", "Jong-un", "al-Assad"."""
    if set(parts) & taken or not any(pieces[index].is_capital for index in parts):
        return False
    texts = [pieces[index].text for index in parts]
    if pieces[parts[0]].tag == NAME_TAG and not is_familiar(texts[-1], "de"):
        return not pieces[parts[0]].is_acronym
    if all(text in given_names() for text in texts):
        return True
    return all(
        text[0].isupper() and not is_familiar(text, "de") and not pieces[index].is_acronym
        for text, index in zip(texts, parts, strict=True)
    )


def _without_covered(units: list[Unit]) -> list[Unit]:
    """Leave out units that lie inside the one before them."""
    kept: list[Unit] = []
    for unit in units:
        if not kept or unit.first > kept[-1].last:
            kept.append(unit)
    return kept


def _merged(pieces: Sequence[Piece], units: list[Unit]) -> list[Unit]:
    """Join neighbours to "Wolodymyr Selenskyj", "Ursula von der Leyen", "Kyiv Post"."""
    merged: list[Unit] = []
    for unit in units:
        joined = _joined(pieces, merged[-1], unit) if merged else None
        if joined is not None:
            merged[-1] = joined
        else:
            merged.append(unit)
    return [unit for unit in merged if _stands(pieces, unit)]


def _joined(pieces: Sequence[Piece], one: Unit, other: Unit) -> Unit | None:
    """Return both as one name; None where they stand side by side by chance."""
    if not (one.is_name and other.is_name):
        return None
    if not touch(pieces, one.last, other.first):
        return _joined_by_particles(pieces, one, other)
    kind = _joint_kind(pieces, one, other)
    return join(one, other, kind) if kind is not None else None


def _joint_kind(pieces: Sequence[Piece], one: Unit, other: Unit) -> Kind | None:
    is_person = one.is_given or one.kind == "person" or has_title(pieces, one.first)
    if one.is_given or (other.is_free and is_person):
        return "person"
    if one.is_free and (other.is_free or other.kind == "person"):
        return one.kind or "person"
    if one.kind in ("place", "organisation") and other.is_free and not other.is_given:
        is_one_name = not pieces[other.first].opens and not has_title(pieces, other.first)
        return "organisation" if is_one_name else None
    heads = word_set("de", "name_organisation_heads")
    return "organisation" if one.is_free and pieces[one.last].text in heads else None


def _joined_by_particles(pieces: Sequence[Piece], one: Unit, other: Unit) -> Unit | None:
    between = range(one.last + 1, other.first)
    particles = word_set("de", "name_particles")
    # "Kim von Bayern": only a person's name has particles, and "von" takes places elsewhere.
    first = pieces[one.last + 1].text if one.last + 1 < other.first else ""
    is_free = one.is_free and other.is_free and first in ROMANCE_PARTICLES  # "Rio de Janeiro"
    fits = (one.is_given or is_free) and 0 < len(between) <= 3 and other.kind != "organisation"
    if not fits or first in NO_FIRST_PARTICLES:
        return None
    if all(pieces[index].text in particles for index in between):
        return join(one, other, "person") if one.is_given else replace(one, last=other.last)
    return None


def _stands(pieces: Sequence[Piece], unit: Unit) -> bool:
    """Return whether a lone given name is more than the start of a sentence's word."""
    return not (unit.is_given and unit.first == unit.last and not pieces[unit.first].is_capital)


@cache
def _compound_heads() -> dict[str, str]:
    return dict(load_table("de", "name_compound_heads"))
