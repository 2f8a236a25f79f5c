"""Quantities by value: the cases are data, one a line; and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.claims.quantities.reading import Quantity, find_quantities

CASES = [
    [*line.split("\t"), ""][:3]
    for line in (Path(__file__).parents[1] / "data" / "figures" / "cases.tsv")
    .read_text("utf-8")
    .splitlines()
    if line and not line.startswith("#")
]
BOUNDS = {"about", "over", "under"}


def written(quantity: Quantity) -> list[str]:
    parts = [] if quantity.bound == "exact" else [quantity.bound]
    if quantity.kind != "number":
        parts.append(quantity.kind)
    if quantity.value is None:
        parts.append("?")
    elif isinstance(quantity.value, float):
        parts.append(f"{quantity.value:.9g}")
    else:
        parts.append(quantity.value)
    if quantity.unit:
        parts.append(quantity.unit)
    if quantity.part:
        parts.append(quantity.part)
    return " ".join(parts).split()


def number(word: str) -> str:
    """Return "1/3" and "1.3e6" as `written` has them; other words as they are."""
    top, _, bottom = word.partition("/")
    try:
        return f"{float(top) / float(bottom or 1):.9g}"
    except ValueError:
        return word


def expected(case: str) -> list[list[str]]:
    items = []
    for item in filter(None, (part.strip() for part in case.split(";"))):
        words = item.split()
        is_literal = "label" in words or "date" in words
        items.append(words if is_literal else [number(word) for word in words])
    return items


@pytest.mark.parametrize(("language", "text", "case"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_quantities_by_value(language: str, text: str, case: str) -> None:
    assert [written(quantity) for quantity in find_quantities(text, language)] == expected(case)


def test_there_are_cases_enough_in_both_languages() -> None:
    assert len(CASES) >= 300
    assert min(sum(case[0] == code for case in CASES) for code in ("de", "en")) >= 120


FRAGMENTS = """
    1 2 17. 3. 1999 2024 0 00 7 5 1.000 1,5 1.5 2.200.112 4:1 14:30 14.30 Uhr Mio. m bn % € $ km²
    ½ / - – . , + ° Mai May 3rd Januar zwei und einhalb drei Millionen million a one half Dutzend
    jeder Dritte in bis zu mehr als rund über 1e5 § Anfang 99999999999999999999 er s
"""
PIECES = st.sampled_from(FRAGMENTS.split())


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(PIECES, max_size=20).map(" ".join),
        st.lists(PIECES, max_size=20).map("".join),
    ),
    st.sampled_from(["de", "en", "fr"]),
)
def test_quantities_of_any_text_stand_in_order(text: str, language: str) -> None:
    end = 0
    for quantity in find_quantities(text, language):
        assert quantity.span.of(text) == quantity.text
        assert quantity.span.start >= end
        assert len(quantity.figure) > 0
        assert quantity.span.start <= quantity.figure.start
        assert quantity.figure.end <= quantity.span.end
        end = quantity.span.end
