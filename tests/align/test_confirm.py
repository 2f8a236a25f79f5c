"""The score of a pairing that was given: what the aligner thinks of it."""

from statistics import median

import pytest

from bicorpus.align.confirm import confirm
from bicorpus.align.signals import Material
from bicorpus.registry import find_backend

GERMAN = [
    "Der Stadtrat von Görlitz hat am Dienstag den Haushalt für 2025 beschlossen.",
    "Für die Sanierung der Brücke sind 4,2 Millionen Euro vorgesehen.",
    "Bürgermeisterin Petra Lange sprach von einem Kraftakt.",
    "Die Linke stimmte dagegen.",
    "Der Bau soll im März beginnen und 18 Monate dauern.",
    "Bis dahin fahren die Busse der Linie 7 über die Altstadt.",
]
ENGLISH = [
    "On Tuesday, the Görlitz city council passed the budget for 2025.",
    "It provides 4.2 million euros for the renovation of the bridge.",
    "Mayor Petra Lange spoke of a feat of strength.",
    "The Left voted against it.",
    "Construction is to begin in March and take 18 months.",
    "Until then, the buses of line 7 will run through the old town.",
]


def scores_of(english: list[str]) -> list[float]:
    return confirm(Material(GERMAN, "de"), Material(english, "en"))


def test_right_pairs_are_confirmed_without_any_model() -> None:
    assert min(scores_of(ENGLISH)) > 0.6


@pytest.mark.parametrize("place", range(len(GERMAN)))
def test_another_sentence_in_a_place_is_not_confirmed(place: int) -> None:
    wrong = [*ENGLISH]
    wrong[place] = (
        "Visitors of the museum in Leipzig waited for hours because 312 of its rooms were shut."
    )

    scores = scores_of(wrong)

    assert scores[place] < 0.5
    assert scores[place] == min(scores)


def test_vectors_tell_what_the_surface_does_not() -> None:
    encoder = find_backend("embedder", "folder")("embedded")
    wrong = [*ENGLISH[:2], "The hall was full on Sunday.", *ENGLISH[3:]]

    scores = confirm(
        Material(GERMAN, "de", vectors=encoder.embed(GERMAN)),
        Material(wrong, "en", vectors=encoder.embed(wrong)),
    )

    assert scores[2] < 0.05
    assert min(scores[:2] + scores[3:]) > 0.9


def test_neighbours_in_the_wrong_order_are_not_confirmed() -> None:
    turned = [ENGLISH[1], ENGLISH[0], *ENGLISH[2:]]

    scores = scores_of(turned)

    assert max(scores[:2]) < 0.3
    assert min(scores[2:]) > 0.5


def test_pairs_of_another_text_have_low_scores_throughout() -> None:
    other = [f"Visitor {number * 37} of the zoo saw the old elephants." for number in range(6)]

    assert median(scores_of(other)) < 0.1


def test_one_pair_and_none_at_all() -> None:
    (score,) = confirm(Material(GERMAN[:1], "de"), Material(ENGLISH[:1], "en"))

    assert 0.5 < score < 1
    assert confirm(Material([], "de"), Material([], "en")) == []


def test_a_long_memory_is_confirmed_in_one_go() -> None:
    german = [f"{text[:-1]} ({turn}.{index})." for turn in range(400)
              for index, text in enumerate(GERMAN)]  # fmt: skip
    english = [f"{text[:-1]} ({turn}.{index})." for turn in range(400)
               for index, text in enumerate(ENGLISH)]  # fmt: skip

    scores = confirm(Material(german, "de"), Material(english, "en"))

    assert len(scores) == 2400
    assert sorted(scores)[24] > 0.5
