"""Cutting long sentences: nothing is lost, and the cut is where a clause ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.translators.notation import to_english_notation
from bicorpus.translators.parts import cut, has_words, unframe


@given(st.text(alphabet="ab ,;:–undweil.", max_size=200), st.integers(1, 30))
def test_parts_are_short_and_joined_they_are_the_text(text: str, limit: int) -> None:
    parts = cut(text, limit=limit, length=len)
    assert all(len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("kurz", 10, ["kurz"]),
        ("Der Zug fuhr; der Bus stand.", 20, ["Der Zug fuhr;", "der Bus stand."]),
        (
            "Er kam, sah die Stadt, und sie siegten.",
            25,
            ["Er kam, sah die Stadt,", "und sie siegten."],
        ),
        ("abcdefgh", 4, ["abcd", "efgh"]),
    ],
)
def test_cuts_at_clauses(text: str, limit: int, parts: list[str]) -> None:
    assert cut(text, limit=limit, length=len) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [("***", False), ("12,5 %", False), ("www.example.org", False), ("a@b.de – 5", False),
     ("Ja", True), ("12 Uhr", True), ("", False)],
)  # fmt: skip
def test_what_has_words(text: str, expected: bool) -> None:
    assert has_words(text) is expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("1.000 Euro", "1.000 euros", "1,000 euros"),
        ("2,5 Meter", "2,5 metres", "2.5 metres"),
        ("1.234,5 Euro", "1.234,5 euros", "1,234.5 euros"),
        ("1.000 Euro", "1,000 euros", "1,000 euros"),
        ("Version 1.2.3", "Version 1.2.3", "Version 1.2.3"),
        ("am 17.3.1999", "on 17.3.1999", "on 17.3.1999"),
        ("am 25.5.2025", "on 25,5,2025", "on 25.5.2025"),
        ("um 14.30 Uhr", "at 14.30", "at 14.30"),
        ("„Ja“", "“Yes„", '"Yes"'),
    ],
)
def test_english_notation(source: str, target: str, expected: str) -> None:
    assert to_english_notation(source, target) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("+++ 14:05 Uhr: Pegel steigt +++", ("+++ ", "14:05 Uhr: Pegel steigt", " +++")),
        ("**Wie geht es weiter?**", ("**", "Wie geht es weiter?", "**")),
        ("C++ ist eine Sprache", ("", "C++ ist eine Sprache", "")),
        ("*kursiv*", ("", "*kursiv*", "")),
        ("***", ("***", "", "")),
        ("", ("", "", "")),
    ],
)
def test_what_frames_a_line(text: str, parts: tuple[str, str, str]) -> None:
    assert unframe(text) == parts
