"""Where the translator looked, and what German forms tell, as the weights see it."""

from __future__ import annotations

import numpy

from bicorpus.checks.coverage import Coverage, cover
from bicorpus.checks.forecast import SKIPS, Forecast
from bicorpus.checks.german_forms import form_features
from bicorpus.checks.looks import gap_looks, source_looks
from bicorpus.checks.words import find_words

SOURCE = "Die alte Mühle steht still."
TARGET = "The mill stands still."


def pair() -> Coverage:
    sizes = len(find_words(SOURCE)), len(find_words(TARGET))
    return cover(SOURCE, TARGET, numpy.zeros(sizes, dtype=numpy.float32))


def forecast(looks: numpy.ndarray, *, stumble: int) -> Forecast:
    """Return a forecast in which "old" was expected at the word `stumble`."""
    size = len(find_words(TARGET))
    scores = numpy.full((size + 1, 3), -0.1, dtype=numpy.float32)
    scores[stumble] = -6.0
    skips = numpy.full((size, SKIPS), -5.0, dtype=numpy.float32)
    wishes = tuple({"old": -0.1} if at == stumble else {} for at in range(size + 1))
    return Forecast(scores, skips, wishes, looks)


def looks_at(rows: list[int]) -> numpy.ndarray:
    """Return an attention that rests on one source word for each target word, and the end."""
    looks = numpy.zeros((len(rows), 2, len(find_words(SOURCE)) + 1), dtype=numpy.float32)
    for place, row in enumerate(rows):
        looks[place, :, row] = 1
    return looks


def test_a_word_looked_at_where_the_target_stumbles_stands_out() -> None:
    # At "mill" the translator looks at "alte", and wants to say "old".
    found = source_looks(pair(), forecast(looks_at([0, 1, 3, 4, 5]), stumble=1))
    stumbles = found[:, 5]
    assert stumbles.argmax() == 1
    assert stumbles[1] > 0.5 > stumbles[3]
    mill = source_looks(pair(), forecast(looks_at([0, 2, 3, 4, 5]), stumble=4))
    assert mill[2, 3] > 0.8 > mill[1, 3]  # looked at, and then said


def test_a_gap_knows_the_doubtful_word_that_was_looked_at() -> None:
    lost = numpy.array([0, 0.9, 0, 0, 0], dtype=numpy.float32)
    found = gap_looks(pair(), forecast(looks_at([0, 1, 3, 4, 5]), stumble=1), lost)
    assert found.shape[0] == len(find_words(TARGET)) + 1
    assert found[:, 0].argmax() == 1


def test_an_adjective_is_told_from_verb_and_noun_by_its_form() -> None:
    found = form_features(pair().source)
    before_noun = found[:, 2]
    assert before_noun.tolist() == [0, 1, 0, 0, 0]  # "Die" begins the sentence
    assert found[:, 0].tolist() == [0, 1, 0, 1, 1]  # in small letters
    assert found[3, 1] == 1  # "steht" is a form of "stehen"
