"""Matching quantities: what holds for any two texts, and what identical sides give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bicorpus.claims.quantities.matching import match_quantities
from bicorpus.claims.quantities.reading import read_quantities

FRAGMENTS = """
    1 2 17. 3. 1999 2024 0 7 5 1.000 1,5 1.5 4:1 14:30 Uhr Mio. m bn % € $ km² miles ½ / - . , Mai
    May 3rd zwei drei Millionen million a one half Dutzend Dutzende viele jeder Dritte von auf
    from to rund über mehr als 24/7 A380 2.6.1 1850er 1850s im Jahr pm Hunderte 99999999999999999999
"""
TEXTS = st.lists(st.sampled_from(FRAGMENTS.split()), max_size=16).map(" ".join)


@given(TEXTS, TEXTS)
def test_every_quantity_has_one_fate(source: str, target: str) -> None:
    here, there = read_quantities(source, "de"), read_quantities(target, "en")
    matches = match_quantities(here, there)
    assert tuple(match.source for match in matches if match.source) == here.quantities
    seen = [match.target for match in matches if match.target]
    assert len(seen) == len({id(quantity) for quantity in seen})
    assert all(quantity in there.quantities for quantity in seen)
    for match in matches:
        assert (match.source is None) == (match.fate == "added")
        assert bool(match.changes) == (match.fate == "changed")
        assert match.message or match.fate == "kept"


@given(TEXTS, st.sampled_from(["de", "en"]))
def test_a_text_agrees_with_itself(text: str, language: str) -> None:
    reading = read_quantities(text, language)
    assert {match.fate for match in match_quantities(reading, reading)} <= {"kept"}
