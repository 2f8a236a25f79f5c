"""Whether two quantities, one of each language, say the same, and in what they differ."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bicorpus.claims.quantities.phrases import load_table
from bicorpus.claims.quantities.reading import Quantity

Change = Literal["value", "magnitude", "order", "bound", "unit", "date", "detail"]

# Converted measures are rounded: "90 km2" is "35 square miles" (90.6).
_CONVERSION_TOLERANCE = 0.05
# "ein Drittel" is "33 percent".
_SHARE_TOLERANCE = 0.02
_HALF_DAY = 12
# Names of one unit in different circumstances: a pound may be money or weight, a degree is mostly
# one of Celsius, and "times" and "people" come from compounds ("zehnmal", "siebenköpfig").
_ALIASES = (
    frozenset({"pounds", "GBP", "lb"}),
    frozenset({"degrees", "degrees Celsius"}),
    frozenset({"degrees", "degrees Fahrenheit"}),
)
_NO_MEASURES = frozenset({"times"})
_PARTS_OF_TIME = frozenset({"early", "mid", "late"})
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_COUNTS = frozenset({"many", "several", "some", "numerous", "countless", "few", "a few", "most"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two quantities of the same value: what else differs, and whether a unit was converted.

    `is_looser` where one side leaves out what the text round it may say (the year of a date).
    """

    changes: tuple[Change, ...] = ()
    is_converted: bool = False
    is_looser: bool = False


def agree(source: Quantity, target: Quantity) -> Agreement | None:
    """Return how the two agree; None where their values differ."""
    if source.vague or target.vague:
        is_same = source.vague == target.vague or {source.vague, target.vague} <= _COUNTS
        return Agreement() if is_same else None
    kinds = frozenset({source.kind, target.kind})
    compare = _COMPARISONS.get(kinds)
    if compare is not None:
        return compare(source, target)
    if "label" in kinds:
        same = _plain(source) == _plain(target) or digits_of(source) == digits_of(target)
        return Agreement() if same else None
    return _agree_numbers(source, target)


def measures() -> frozenset[str]:
    """Return the names of all measures and currencies."""
    return _measures()


@cache
def _measures() -> frozenset[str]:
    return frozenset(row[0] for row in load_table("en", "quantity_measures")) - _NO_MEASURES


def digits_of(quantity: Quantity) -> str:
    """Return the digits of a label or of a whole number: "A380" and "380" are compared by them."""
    if isinstance(quantity.value, float):
        return f"{quantity.value:.12g}"
    return re.sub(r"\D", "", str(quantity.value)).lstrip("0")


def centuries(quantity: Quantity) -> set[int]:
    """Return the century that an ordinal or a decade names: "19.", "late 1800s", "1850er"."""
    if quantity.kind == "ordinal" and isinstance(quantity.value, float):
        return {int(quantity.value)}
    match = re.fullmatch(r"(\d\d)\d\ds", str(quantity.value))
    return {int(match[1]) + 1} if match else set()


def date_fields(value: str) -> tuple[str, str, str]:
    """Return year, month and day of an ISO date, each empty where it is not given."""
    match = re.fullmatch(r"(\d{4}|-)?(?:-(\d\d))?(?:-(\d\d))?", value)
    year, month, day = match.groups(default="") if match else ("", "", "")
    return ("" if year == "-" else year), month, day


def _plain(quantity: Quantity) -> str:
    return re.sub(r"\W", "", str(quantity.value)).lower()


def _agree_dates(source: Quantity, target: Quantity) -> Agreement | None:
    one, other = str(source.value), str(target.value)
    if "/" in one or "/" in other:
        return Agreement() if one == other else None
    here, there = date_fields(one), date_fields(other)
    if here[1:] != there[1:]:
        swapped = (there[0], there[2], there[1])
        # "6/8/2024" may be the sixth of August or the eighth of June.
        return Agreement() if "/" in target.text and here == swapped else None
    if here[0] and there[0] and here[0] != there[0]:
        return None
    is_looser = here[0] != there[0]
    parts = {source.part, target.part}
    # "im Frühjahr" may be "early in the year"; "early" is no "late", and no season another.
    has_changed = len(parts) == 2 and (parts <= _PARTS_OF_TIME or parts <= _SEASONS)
    return Agreement(("date",) if has_changed else (), is_looser=is_looser)


def _minutes(quantity: Quantity) -> int:
    hour, _, minute = str(quantity.value).partition(":")
    return int(hour) % 24 * 60 + int(minute)


def _agree_times(source: Quantity, target: Quantity) -> Agreement | None:
    difference = abs(_minutes(source) - _minutes(target))
    is_sure = source.is_sure and target.is_sure
    is_same = difference == 0 or (not is_sure and difference == _HALF_DAY * 60)
    return Agreement() if is_same else None


def _agree_decades(source: Quantity, target: Quantity) -> Agreement | None:
    """Compare "1950s" and "50s", which may lack the century."""
    one, other = sorted((str(source.value), str(target.value)), key=len)
    return Agreement() if other.endswith(one) else None


def _agree_centuries(source: Quantity, target: Quantity) -> Agreement | None:
    return Agreement() if centuries(source) & centuries(target) else None


def _agree_scores(source: Quantity, target: Quantity) -> Agreement | None:
    here, there = ([int(part) for part in str(q.value).split(":")] for q in (source, target))
    if here == there:
        return Agreement()
    # English often names the winner's goals first.
    return Agreement(is_looser=True) if here == there[::-1] else None


def _agree_numbers(source: Quantity, target: Quantity) -> Agreement | None:
    """Compare what has a number as value; a date is its year, a time its full hour."""
    one, other = _number(source), _number(target)
    if one is None or other is None:
        return None
    changes: list[Change] = []
    is_converted = False
    kinds = {source.kind, target.kind}
    if source.kind == target.kind == "number":
        is_converted = _is_converted(source, target)
        if not is_converted and not _same(one, other):
            is_share = _is_share(source, target) or _is_share(target, source)
            return Agreement() if is_share else None
        if _bound_differs(source, target):
            changes.append("bound")
        if not is_converted and _unit_differs(source, target):
            changes.append("unit")
    elif {source.figure_text.replace(".", ":")} == {target.figure_text.replace(".", ":")}:
        pass  # "20.40" without "pm"
    elif not _same(one, other) and not ("time" in kinds and _same(one % 12, other % 12)):
        return None
    if {source.role, target.role} == {"from", "to"}:
        changes.append("order")
    return Agreement(tuple(changes), is_converted=is_converted)


def _number(quantity: Quantity) -> float | None:
    value = quantity.value
    if isinstance(value, float):
        return value
    if quantity.kind == "date" and value and value.isdigit():
        return float(value)
    if quantity.kind == "time" and value and value.endswith(":00"):
        return float(value[:2])
    return None


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-6)


def _is_share(percent: Quantity, fraction: Quantity) -> bool:
    """Return whether "33 percent" stands for "a third"."""
    if percent.unit != "percent" or not fraction.in_words or fraction.is_measure:
        return False
    one, other = _number(percent), _number(fraction)
    return (
        one is not None
        and other is not None
        and other < 1
        and (abs(one / 100 - other) <= _SHARE_TOLERANCE)
    )


def _is_converted(source: Quantity, target: Quantity) -> bool:
    """Return whether the two are one measure in two units; rounding is allowed across systems."""
    here, there = source.converted, target.converted
    if source.unit == target.unit or here is None or there is None or here.base != there.base:
        return False
    tolerance = 1e-6 if here.system == there.system else _CONVERSION_TOLERANCE
    return math.isclose(here.value, there.value, rel_tol=tolerance)


def _bound_differs(source: Quantity, target: Quantity) -> bool:
    if source.bound == target.bound or source.value == 1.0 == target.value:
        return False
    return source.bound not in target.soft and target.bound not in source.soft


def _unit_differs(source: Quantity, target: Quantity) -> bool:
    """Return whether two measures differ; what is merely counted is not compared."""
    units = {source.unit, target.unit}
    if len(units) == 1 or None in units or not (source.is_measure and target.is_measure):
        return False
    return units <= measures() and not any(units <= alias for alias in _ALIASES)


_COMPARISONS = {
    frozenset({"date"}): _agree_dates,
    frozenset({"time"}): _agree_times,
    frozenset({"score"}): _agree_scores,
    frozenset({"score", "time"}): _agree_scores,
    frozenset({"decade"}): _agree_decades,
    frozenset({"decade", "ordinal"}): _agree_centuries,
}
