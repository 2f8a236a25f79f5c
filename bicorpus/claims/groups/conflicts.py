"""Members of a group that give different figures for the same thing.

What is compared: numbers of one unit, scores, dates of which one field differs. What is not: parts
with wholes, other units, spans of time that only place the event, values too far apart to be of
one thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from bicorpus.claims.groups.figures import (
    TIMES,
    dates_differ,
    may_be_same_unit,
)
from bicorpus.claims.groups.words import Statement
from bicorpus.claims.names.mentions import scan
from bicorpus.claims.names.pieces import cut
from bicorpus.claims.quantities.agreement import agree, date_fields
from bicorpus.claims.quantities.reading import Quantity
from bicorpus.data import Language
from bicorpus.languages import load_words

# Reports of one toll, crowd or sum differ by less; a battalion and an army are two things.
_MOST_APART = 5.0
_CUE_REACH = 3
# An age says who somebody is, not how much of something there is.
_AGE = re.compile(r"jährig|-year-old", re.IGNORECASE)
_AGE_REACH = 30


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements, by index, and the figures of each that cannot both be right."""

    first: int
    second: int
    first_figure: Quantity
    second_figure: Quantity


@dataclass(frozen=True, slots=True)
class _Told:
    """A quantity with what its place in the claim says: a part, a whole, one more, or a time.

    `nations` are the names inside its own phrase ("10,000 Russian soldiers"), `names` the claim's.
    """

    quantity: Quantity
    role: str
    nations: frozenset[str]
    names: frozenset[str]


def find_conflicts(statements: Sequence[Statement], members: Sequence[int]) -> list[Conflict]:
    """Return the conflicts between `members` (indices into `statements`), in their order."""
    told = {index: _read(statements[index]) for index in members}
    found = []
    for first, second in combinations(members, 2):
        if _is_reversed(statements[first]) != _is_reversed(statements[second]):
            continue
        pair = _conflict(told[first], told[second])
        if pair:
            found.append(Conflict(first, second, *pair))
    return found


def _is_reversed(statement: Statement) -> bool:
    """Return whether a claim says that its figure is not so.

    "11,000 households have no power" has a negation, but of the power: "without power" is the same.
    """
    words = frozenset(re.findall(r"\w+", statement.text.lower()))
    is_of_predicate = statement.is_negated and not (
        words & _cues("no", statement.language) and not words & _cues("not", statement.language)
    )
    return is_of_predicate != statement.is_denied


def _conflict(here: list[_Told], there: list[_Told]) -> tuple[Quantity, Quantity] | None:
    """Return the first figures that differ; those that the other side says are put aside."""
    left = [one for one in here if not _is_among(one, there)]
    right = [one for one in there if not _is_among(one, here)]
    if not _is_same_frame(here, there):
        return None
    for one in left:
        for other in right:
            is_comparable = one.role == other.role and _may_be_of_one(one, other)
            if is_comparable and _differ(one.quantity, other.quantity):
                return one.quantity, other.quantity
    return None


def _is_among(one: _Told, others: list[_Told]) -> bool:
    return any(_says_same(one.quantity, other.quantity) for other in others)


def _says_same(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities of one group say the same of what may be the same."""
    if agree(one, other) is None:
        return False
    return not one.kind == other.kind == "number" or may_be_same_unit(one, other)


def _may_be_of_one(one: _Told, other: _Told) -> bool:
    """Return whether neither counts what is of a nation that the other does not speak of."""
    if one.nations and other.nations:
        return bool(one.nations & other.nations)
    nations = one.nations | other.nations
    return not nations or bool(nations & (other.names if one.nations else one.names))


def _is_same_frame(here: list[_Told], there: list[_Told]) -> bool:
    """Return whether no two spans or times of day differ: "in three months", "in a year".

    Where the time of day is all that there is, it is what they tell: "the fire began at 3:20".
    """
    one = [told.quantity for told in here if told.role == "time"]
    other = [told.quantity for told in there if told.role == "time"]
    is_time_told = all(told.quantity.kind == "time" for told in (*here, *there))
    return is_time_told or not (one and other) or any(_says_same(a, b) for a in one for b in other)


def _differ(one: Quantity, other: Quantity) -> bool:
    if one.kind == other.kind == "date":
        return _one_field_differs(one, other)
    if one.kind == other.kind and one.kind in {"score", "time"}:
        return True
    here, there = _value(one), _value(other)
    if here is None or there is None or not may_be_same_unit(one, other):
        return False
    low, high = sorted((abs(here), abs(there)))
    return low > 0 and high / low <= _MOST_APART


def _value(one: Quantity) -> float | None:
    """Return the number, in base units where it can be converted; None for what is vague."""
    if one.kind != "number" or not isinstance(one.value, float):
        return None
    return one.converted.value if one.converted else one.value


def _one_field_differs(one: Quantity, other: Quantity) -> bool:
    """Return whether two dates look like two reports of one: "6 August" and "7 August"."""
    if not dates_differ(one, other):
        return False
    fields = zip(date_fields(str(one.value)), date_fields(str(other.value)), strict=True)
    pairs = [(a, b) for a, b in fields if a and b]
    return len(pairs) > 1 and sum(a != b for a, b in pairs) == 1


def _read(statement: Statement) -> list[_Told]:
    return [
        _Told(
            one,
            _role(one, statement),
            _nations(one, statement.language),
            statement.names,
        )
        for one in statement.quantities
    ]


def _nations(one: Quantity, language: Language) -> frozenset[str]:
    """Return the keys of the names in a quantity's phrase, as statements have them."""
    stretches = scan(cut(one.text), language)
    return frozenset(f"@{key}" for stretch in stretches for key in stretch.keys)


def _role(one: Quantity, statement: Statement) -> str:
    """Return what the words round a quantity make of it."""
    language, text = statement.language, statement.text
    before = re.findall(r"\w+", text[: one.span.start].lower())[-_CUE_REACH:]
    after = re.findall(r"\w+", text[one.span.end :].lower())[:1]
    inside = one.text.lower().split()
    if one.kind == "time":
        return "time"
    if one.unit in TIMES:
        # "three years in prison" is how long, "in three years" is when.
        framed = {*before, *inside, *(set(after) - {"in"})} & _cues("time", language)
        is_age = _AGE.search(text[one.span.start :][:_AGE_REACH])
        return "time" if framed or is_age else ""
    for role in ("part", "whole", "more"):
        if {*before[-2:], *inside} & _cues(role, language):
            # Of "a total of 350 firefighters" no part is told: it is their number as any other.
            is_lone = role == "whole" and len(statement.quantities) == 1
            return "" if is_lone else role
    return ""


@cache
def _cues(role: str, language: Language) -> frozenset[str]:
    return frozenset(load_words(language, f"group_{role}_cues"))
