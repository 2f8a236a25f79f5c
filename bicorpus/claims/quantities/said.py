"""Whether a text says a value in another way than by a quantity of its own.

A value that the source says twice may be said once, a date may be spread over two phrases, and a
word may imply a number ("beide").
"""

from __future__ import annotations

import math
from functools import cached_property

from bicorpus.claims.quantities.agreement import agree, centuries, date_fields, digits_of
from bicorpus.claims.quantities.reading import Quantity, Reading

# Digits of a label that can be a number; longer ones are telephone numbers.
_LONGEST = 16
# A sentence has a few quantities; of a table put on one line, the first distinct ones are searched.
_MOST_SEARCHED = 300


class Sayings:
    """What one side of a pair says: its quantities, their parts, and what its words imply."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        distinct = {(q.kind, q.value, q.unit, q.vague): q for q in reading.quantities}
        self._quantities = list(distinct.values())[:_MOST_SEARCHED]

    def says(self, quantity: Quantity) -> bool:
        """Return whether this side says the other side's `quantity` somewhere, in some way."""
        if any(_repeats(quantity, candidate) for candidate in self._quantities):
            return True
        if quantity.kind == "date":
            return self._says_date(str(quantity.value))
        if quantity.kind in {"score", "time"}:
            parts = str(quantity.value).split(":")
            return all(float(part) in self.numbers for part in parts if part != "00")
        if quantity.kind == "label":
            return self._says_label(str(quantity.value), digits_of(quantity))
        return isinstance(quantity.value, float) and self._says_number(quantity, quantity.value)

    def _says_number(self, quantity: Quantity, value: float) -> bool:
        if value in self._reading.implied or value in self.parts:
            return True
        if any(_is_odds(value, candidate.value) for candidate in self._quantities):
            return True
        decades = [candidate for candidate in self._quantities if candidate.kind == "decade"]
        return quantity.kind == "ordinal" and any(
            centuries(quantity) & centuries(candidate) for candidate in decades
        )

    def _says_label(self, value: str, digits: str) -> bool:
        if "/" in value and self.numbers.issuperset(_figures(value)):
            return True
        if digits and len(digits) < _LONGEST and float(digits) in self._reading.implied:
            return True
        return any(digits == digits_of(candidate) for candidate in self._quantities)

    def _says_date(self, value: str) -> bool:
        """Return whether day, month and year stand on this side, and no other month does."""
        if "/" in value:
            first, _, last = value.partition("/")
            return float(first) in self.numbers and float(last) in self.numbers
        year, month, day = date_fields(value)
        if month and not (year or day):
            return month in self._reading.months
        dates = [date_fields(str(q.value)) for q in self._quantities if q.kind == "date"]
        months = {there for _, there, _ in dates if there}
        named = months or self._reading.months
        has_month = not month or month in named
        has_year = not year or float(year) in self.numbers | self.parts
        has_day = not day or float(day) in self.numbers
        return has_month and has_year and has_day and bool(year or day)

    @cached_property
    def numbers(self) -> frozenset[float]:
        """The plain values: numbers, ordinals, labels, bare years."""
        found = set()
        for quantity in self._quantities:
            value = quantity.value
            if isinstance(value, float):
                found.add(value)
            elif quantity.kind in {"label", "date"} and value:
                found.update(_figures(value))
        return frozenset(found)

    @cached_property
    def parts(self) -> frozenset[float]:
        """The numbers inside dates, times, scores and labels."""
        found: set[float] = set()
        for quantity in self._quantities:
            value = str(quantity.value or "")
            if quantity.kind == "date" and "/" not in value:
                year, _, day = date_fields(value)
                found.update(float(part) for part in (year, day) if part)
            elif quantity.kind in {"score", "time", "date"} or "/" in value:
                found.update(_figures(value))
            elif quantity.kind == "label" and 0 < len(digits_of(quantity)) < _LONGEST:
                found.add(float(digits_of(quantity)))
        return frozenset(found)


def _figures(value: str) -> list[float]:
    parts = value.replace("/", ":").split(":")
    return [float(part) for part in parts if part.isdigit() and len(part) < _LONGEST]


def _is_odds(value: float, other: object) -> bool:
    """Return whether one value is one in the other: "einer von 15" is "one of the 15"."""
    if not isinstance(other, float) or not value or not other or min(value, other) >= 1:
        return False
    return math.isclose(value * other, 1.0)


def _repeats(quantity: Quantity, candidate: Quantity) -> bool:
    """Return whether the candidate says the quantity, though it is another one's partner."""
    if (
        quantity.kind == candidate.kind == "date"
        and "/" not in f"{quantity.value}{candidate.value}"
    ):
        here, there = date_fields(str(quantity.value)), date_fields(str(candidate.value))
        return all(field in {"", other} for field, other in zip(here, there, strict=True))
    agreement = agree(quantity, candidate)
    return agreement is not None and not agreement.changes
