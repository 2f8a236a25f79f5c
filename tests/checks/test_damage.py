"""Damage that the weights of the checks learn from: it is where it says, and nothing else is."""

from __future__ import annotations

import random

import pytest

from bicorpus.checks.words import find_words
from scripts.checking.damage import Modifiers, insert_modifier

TEXTS = [
    ("She quickly closed the old door.", ("PNP", "AV0", "VVD", "AT0", "AJ0", "NN1")),
    ("The new bridge was finally opened.", ("AT0", "AJ0", "NN1", "VBD", "AV0", "VVN")),
]
PLAIN = ("The mayor closed the bridge.", ("AT0", "NN1", "VVD", "AT0", "NN1"))


@pytest.mark.parametrize("seed", range(8))
def test_a_modifier_too_many_stands_where_it_says(seed: int) -> None:
    found = insert_modifier(*PLAIN, Modifiers(TEXTS), random.Random(seed))
    assert found is not None
    assert found.after is not None
    words = [span.of(found.text) for span in find_words(found.text)]
    added = words.pop(found.after)
    assert added in {"quickly", "old", "new", "finally"}
    assert words == PLAIN[0].rstrip(".").split()
    assert found.kind == "inserted"


def test_both_kinds_are_put_where_they_were_seen() -> None:
    made = {insert_modifier(*PLAIN, Modifiers(TEXTS), random.Random(seed)) for seed in range(60)}
    texts = {one.text for one in made if one}
    assert "The mayor quickly closed the bridge." in texts
    assert "The mayor closed the new bridge." in texts
    assert "The mayor old closed the bridge." not in texts


def test_where_none_fits_there_is_none() -> None:
    nothing = Modifiers([])
    assert insert_modifier(*PLAIN, nothing, random.Random(1)) is None
    assert insert_modifier("Go!", ("VVB",), Modifiers(TEXTS), random.Random(1)) is None
