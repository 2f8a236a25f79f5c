"""Number, article and capital of a rendering that is put into an English text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.data import Span
from bicorpus.translators.steering.text import begins_with_vowel, forms, place, plural

PLURALS = {
    "ceasefire": "ceasefires",
    "army": "armies",
    "survey": "surveys",
    "branch": "branches",
    "tax": "taxes",
    "house of cards": "houses of cards",
    "rate of return on assets": "rates of return on assets",
    "armed forces": None,  # is one
    "diagnosis": None,  # Greek
    "thrombus": None,  # Latin
    "politics": None,
    "deminers": None,  # one that no dictionary has
}


@pytest.mark.parametrize(("singular", "expected"), PLURALS.items())
def test_plural(singular: str, expected: str | None) -> None:
    assert plural(singular) == expected


@pytest.mark.parametrize(
    ("preferred", "replaced", "inflected", "expected"),
    [
        ("truce", "armistices", True, ["truces"]),
        ("truce", "armistice", True, ["truce"]),
        ("truce", "", True, ["truce", "truces"]),
        ("truce", "armistices", False, ["truce"]),
        ("truce", "news", True, ["truce"]),  # no plural: its lemma has the "s"
        ("White House", "palaces", True, ["White House"]),
    ],
)
def test_the_replaced_wording_tells_the_number(
    preferred: str, replaced: str, inflected: bool, expected: list[str]
) -> None:
    assert list(forms(preferred, replaced, "en", inflected=inflected)) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("offensive", True),
        ("hour", True),
        ("MRI scan", True),
        ("NATO base", False),
        ("UN envoy", False),
        ("union", False),
        ("European", False),
        ("Ukrainian", False),
        ("Ugandan", False),
        ("Uruguayan", False),
        ("Uzbek", True),
        ("one-off", False),
        ("house", False),
        ("unmanned boat", True),
    ],
)
def test_what_is_spoken_with_a_vowel(form: str, expected: bool) -> None:
    assert begins_with_vowel(form) is expected


@pytest.mark.parametrize(
    ("text", "old", "form", "expected"),
    [
        ("He saw a tank.", "tank", "armoured vehicle", "He saw an armoured vehicle."),
        ("An attack began.", "attack", "push", "A push began."),
        ("Troops came.", "Troops", "soldiers", "Soldiers came."),
        ("The troops came.", "troops", "soldiers", "The soldiers came."),
        ("The arms pact (AP) holds.", "arms pact (AP", "treaty (AP)", "The treaty (AP) holds."),
        ("Over. Troops came.", "Troops", "soldiers", "Over. Soldiers came."),
    ],
)
def test_place(text: str, old: str, form: str, expected: str) -> None:
    start = text.index(old)
    made = place(text, Span(start, start + len(old)), form, "en")
    assert made is not None
    assert made[0] == expected
    assert made[1].of(made[0]).casefold() == form.casefold()


def test_half_of_a_phrase_is_not_put_beside_itself() -> None:
    text = "A floating clot was seen."
    assert place(text, Span(11, 15), "floating thrombus", "en") is None


@given(st.text(alphabet="ab n.,", max_size=20), st.text(alphabet="cd", min_size=3, max_size=8))
def test_what_is_around_stays(around: str, form: str) -> None:
    text = f"{around} old {around}"
    made = place(text, Span(len(around) + 1, len(around) + 4), form, "en")
    assert made is not None
    assert made[0].endswith(f"{form} {around}")
    assert made[1].of(made[0]) == form
