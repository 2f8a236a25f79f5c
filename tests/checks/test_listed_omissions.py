"""Tests of omissions that are found by lists alone."""

import pytest

from bicorpus.checks import check_pair
from bicorpus.checks.listed_omissions import check_listed_omissions
from bicorpus.languages import load_words


def told(source: str, target: str) -> list[str]:
    """Return what is said to be left out: the words of the source, else those of the target."""
    return [
        (one.source_span or one.target_span).of(source if one.source_span else target)  # type: ignore[union-attr]
        for one in check_listed_omissions(source, target)
    ]


LOST = [
    ("Der Fluss führt vor allem im Mai Wasser.", "The river carries water in May.", ["vor allem"]),
    ("Die Brücke wurde erneut gesperrt.", "The bridge was closed.", ["erneut"]),
    ("Lediglich zwei Boote kamen an.", "Two boats arrived.", ["Lediglich"]),
    ("Die neue Fähre fährt im Herbst.", "The ferry runs in autumn.", ["neue"]),
    ("Der ehemalige Trainer blieb.", "The coach stayed.", ["ehemalige"]),
    ("Der Müller hatte die Mühle vor zwölf Jahren gekauft.", "The miller had bought the mill.",
     ["vor zwölf Jahren"]),
    ("Vor rund 40 Jahren? Nein, erst vor rund 40 Tagen!", "About 40 years? No, about 40 days!",
     ["vor rund 40 Tagen"]),
    ("Im Ort leben fünf Menschen mehr als im Tal.", "Five people live in town than in the valley.",
     ["in town than"]),
    ("Than ist kein Wort.", "Than is no word.", ["Than"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "words"), LOST)
def test_a_listed_word_without_a_counterpart_is_told(
    source: str, target: str, words: list[str]
) -> None:
    assert told(source, target) == words


KEPT = [
    ("Der Fluss führt vor allem im Mai Wasser.", "The river carries water mainly in May."),
    ("Die Brücke wurde erneut gesperrt.", "The bridge was closed once more."),
    ("Die Brücke wurde erneut geöffnet.", "The bridge was re-opened."),
    ("Nicht nur die Boote kamen an.", "More than the boats arrived."),
    ("Im Bericht hat der Rat das letzte Wort.", "In the report the council has its say."),
    ("Der Müller hatte die Mühle vor zwölf Jahren gekauft.",
     "The miller had bought the mill twelve years earlier."),
    ("Der Müller ging vor zwölf Jahren.", "The miller left in 2012."),
    ("Vor zwölf Leuten sprach er.", "He spoke to twelve people."),
    ("Im Ort leben mehr Menschen als im Tal.", "More people live in town than in the valley."),
    ("Der Turm ist höher als das Haus.", "The tower is higher than the house."),
    ("Sie kam lieber zu Fuß als mit dem Rad.", "She preferred walking rather than cycling."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target"), KEPT)
def test_a_listed_word_that_is_rendered_in_any_way_is_not(source: str, target: str) -> None:
    assert told(source, target) == []


def test_a_comparative_of_an_earlier_sentence_does_not_count() -> None:
    target = "The tower is higher. The house has ten windows than the barn."
    assert told("Der Turm ist höher. Das Haus hat zehn Fenster mehr als die Scheune.", target) == [
        "ten windows than"
    ]


def test_check_pair_tells_a_word_once_and_says_where_it_stands() -> None:
    source = "Die Fähre fährt vor allem im Herbst."
    (finding,) = check_pair(source, "The ferry runs in autumn.")
    assert (finding.check, finding.severity) == ("omission", "warning")
    assert finding.source_span is not None
    assert finding.source_span.of(source) == "vor allem"
    assert finding.message == "„vor allem“ has no counterpart: something may be left out"


def test_both_lists_have_the_same_senses_and_no_entry_twice() -> None:
    senses = {}
    for language in ("de", "en"):
        lines = [line.partition(":") for line in load_words(language, "check_modifiers")]
        senses[language] = [sense for sense, _, _ in lines]
        for sense, _, entries in lines:
            listed = [entry.strip() for entry in entries.split(",")]
            assert len(listed) == len(set(listed)), sense
            assert all(listed), sense
    assert senses["de"] == ["-", *senses["en"]]


def test_a_german_word_has_one_sense_and_stands_whole() -> None:
    lines = [line.partition(":")[2] for line in load_words("de", "check_modifiers")]
    listed = [entry.strip() for line in lines for entry in line.split(",")]
    assert len(listed) == len(set(listed))
    assert not any("*" in entry for entry in listed)
