"""The plain values of a text's figures, for comparing texts without asking what they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bicorpus.claims.quantities.agreement import date_fields, digits_of
from bicorpus.claims.quantities.reading import Quantity, find_quantities
from bicorpus.data import Language, Span

FigureKind = Literal["number", "date", "time", "word"]
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: where it stands and what it is worth.

    `values` has one value, or the parts of a date (year, month, day, as far as given), a clock
    time or a score. `kind` is "word" for all numerals in words.
    """

    span: Span
    text: str
    values: tuple[float, ...]
    kind: FigureKind


def find_figures(text: str, language: Language) -> tuple[Figure, ...]:
    """Return the figures of `text` in order of place, vague ones ("viele") left out."""
    figures = []
    for quantity in find_quantities(text, language):
        values = _values(quantity)
        if values:
            figures.append(Figure(quantity.figure, quantity.figure_text, values, _kind(quantity)))
    return tuple(figures)


def _kind(quantity: Quantity) -> FigureKind:
    if quantity.in_words:
        return "word"
    if quantity.kind in {"date", "time"}:
        return "date" if quantity.kind == "date" else "time"
    return "number"


def _values(quantity: Quantity) -> tuple[float, ...]:
    value = quantity.value
    if value is None or isinstance(value, float):
        return () if value is None else (value,)
    if quantity.kind == "date" and "/" not in value:
        return tuple(float(part) for part in date_fields(value) if part)
    if quantity.kind in {"time", "score", "date"}:
        return tuple(float(part) for part in value.replace("/", ":").split(":"))
    digits = digits_of(quantity)
    return (float(digits),) if 0 < len(digits) < _LONGEST else ()
