"""Figures of two claims side by side: what they share, and what may count the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bicorpus.claims.names.mentions import scan_keys
from bicorpus.claims.names.pieces import cut
from bicorpus.claims.quantities.agreement import agree, date_fields
from bicorpus.claims.quantities.phrases import forms, load_table
from bicorpus.claims.quantities.reading import Quantity

# Every other sentence has a one or a two; a year or 3,800 is met by chance less often.
_SMALL = 12
# Numbers that are so many times each other are no longer near.
_FAR = 4.0
TIMES = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"})


@dataclass(frozen=True, slots=True)
class Compared:
    """How the figures of two claims compare, each in [0, 1]."""

    number_same: float = 0.0
    number_near: float = 0.0
    date_same: float = 0.0


class Figures:
    """The quantities of a claim, numbers and dates apart."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        """Sort `quantities`; times, scores and labels count as numbers do."""
        self.dates = [one for one in quantities if one.kind == "date"]
        self.numbers = [one for one in quantities if one.kind != "date"]


def compare_figures(here: Figures, there: Figures) -> Compared:
    """Return what the figures of two claims share."""
    if not (here.numbers and there.numbers) and not (here.dates and there.dates):
        return Compared()
    same = near = 0.0
    for one in here.numbers:
        for other in there.numbers:
            if is_same_figure(one, other):
                same = max(same, _telling(one))
            else:
                near = max(near, _nearness(one, other))
    date_same = any(
        agree(one, other) is not None or _is_inside(one, other)
        for one in here.dates
        for other in there.dates
    )
    return Compared(same, near * (same == 0), float(date_same))


def is_same_figure(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities say the same of what may be the same."""
    if agree(one, other) is None:
        return False
    return not one.kind == other.kind == "number" or is_same_unit(one, other)


def _nearness(one: Quantity, other: Quantity) -> float:
    """Return in [0, 1] how near two numbers of one unit are: 11,000 and 12,000 soldiers are."""
    here, there = one.value, other.value
    if one.kind != "number" or other.kind != "number" or not is_same_unit(one, other):
        return 0.0
    if not isinstance(here, float) or not isinstance(there, float) or here <= 1 or there <= 1:
        return 0.0
    if one.unit in TIMES or one.unit is None or other.unit is None:
        return 0.0
    return max(0.0, 1 - abs(math.log(here / there)) / math.log(_FAR))


def may_be_same_unit(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers that stand in one group may count the same.

    Laxer than `is_same_unit`: of "96 Zeugen", whose noun may not be known, and "100 witnesses", the
    group has said that they count the same.
    """
    if is_same_unit(one, other):
        return True
    nouns = {one.unit, other.unit} - {None}
    return len(nouns) == 1 and not nouns & TIMES and not (one.is_measure or other.is_measure)


def is_same_unit(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers may count the same: soldiers and North Koreans may."""
    if one.unit == other.unit:
        return one.unit is not None or not (one.is_measure or other.is_measure)
    if one.converted and other.converted:
        return one.converted.base == other.converted.base
    if one.is_measure or other.is_measure or {one.unit, other.unit} & TIMES:
        return False
    kinds = {_class_of(one.unit), _class_of(other.unit)}
    if "any" in kinds:
        # "200 Verletzte" may have lost its noun; those who are counted mostly are people.
        return kinds <= {"any", "people", "soldiers"}
    return len(kinds) == 1 or ("people" in kinds and kinds <= _persons())


def _class_of(unit: str | None) -> str:
    """Return the class of a counted noun: "any" without one, the noun itself where none is known.

    The class of an inhabitant ("koreans") is people.
    """
    if unit is None:
        return "any"
    noun = unit.lower()
    for name in (noun, noun.rpartition(" ")[2]):
        if name in _classes():
            return _classes()[name]
    return "people" if scan_keys(cut(noun.title()), "en") else noun


@cache
def _classes() -> dict[str, str]:
    """Return the class of each noun that has one."""
    return _read_classes("group_units") | _read_classes("group_things")


@cache
def _persons() -> frozenset[str]:
    """Return the classes of those who are counted as people, too."""
    return frozenset(_read_classes("group_units").values())


def _read_classes(name: str) -> dict[str, str]:
    return {noun: row[0] for row in load_table("en", name) for noun in forms(row[1])}


def dates_differ(one: Quantity, other: Quantity) -> bool:
    """Return whether two dates cannot be one day, month or year; "3 May" may be of any year."""
    here, there = date_fields(str(one.value)), date_fields(str(other.value))
    return any(a and b and a != b for a, b in zip(here, there, strict=True))


def _is_inside(one: Quantity, other: Quantity) -> bool:
    """Return whether one date is the other, less precise: "August 2024", "6. August 2024"."""
    here, there = date_fields(str(one.value)), date_fields(str(other.value))
    shared = [(a, b) for a, b in zip(here, there, strict=True) if a and b]
    return (
        bool(shared)
        and all(a == b for a, b in shared)
        and (here[1] == there[1] or not (here[1] and there[1]))
        and bool(here[0] and there[0])
    )


def _telling(one: Quantity) -> float:
    """Return how little chance has to do with meeting this value again."""
    value = one.value
    if one.vague:
        return 0.3
    if not isinstance(value, float):
        return 0.8
    if one.is_measure and value > _SMALL:
        return 1.0
    if value <= 1:
        return 0.1
    return min(1.0, 0.3 + math.log10(value) / 5) if value <= _SMALL else 0.9
