"""Measures that can be compared across systems: 35 square miles and 90 km2 are the same area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bicorpus.claims.quantities.phrases import load_table


@dataclass(frozen=True, slots=True)
class Measured:
    """A value in the base unit of its dimension; `system` is that of the unit as it stood."""

    value: float
    base: str
    system: str


def converted(value: float, unit: str) -> Measured | None:
    """Return `value` in the base unit of `unit`'s dimension; None where there is no conversion."""
    row = _table().get(unit)
    if row is None:
        return None
    base, factor, offset, system = row
    return Measured(value * factor + offset, base, system)


@cache
def _table() -> dict[str, tuple[str, float, float, str]]:
    rows = load_table("en", "quantity_conversions")
    return {
        unit: (base, float(factor), float(offset), system)
        for unit, base, factor, offset, system in rows
    }
