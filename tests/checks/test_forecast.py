"""What the translator is asked: what it expects in each place, and single words left out."""

from __future__ import annotations

from functools import cache

import numpy
import pytest

from bicorpus.checks import Evidence, check_pair
from bicorpus.checks.contrast import DETAILS, Contrasts, Doubts, Gain, ask, doubted, gains
from bicorpus.checks.coverage import cover
from bicorpus.checks.evidence import gather
from bicorpus.checks.forced import ForcedDecoder
from bicorpus.checks.forecast import SKIPS, Reading, make_vocabulary, read_forecast
from bicorpus.checks.words import find_words
from bicorpus.embedders.folder import FolderEmbedder
from bicorpus.models.packages import find_package

SOURCE = "Der Zug fährt pünktlich nach Bremen."
GOOD = "The train leaves for Bremen on time."


@cache
def decoder() -> ForcedDecoder:
    return ForcedDecoder(find_package("embedded").folder)


def test_a_forecast_has_a_row_for_each_word_and_the_end() -> None:
    words = len(find_words(GOOD))
    (forecast,) = decoder().forecast([(SOURCE, GOOD)])
    assert forecast.scores.shape == (words + 1, 3)
    assert forecast.skips.shape == (words, SKIPS)
    assert len(forecast.wishes) == words + 1
    assert (forecast.scores <= 0).all()


def test_the_forecast_and_the_score_agree() -> None:
    target = "The house is good"
    pieces, _ = decoder()._models
    assert len(pieces.encode(target)) == len(find_words(target))  # else scores leave some out
    (forecast,) = decoder().forecast([("Das Haus ist gut", target)])
    (score,) = decoder().score([("Das Haus ist gut", target)])
    assert float(forecast.scores[:, 0].sum()) == pytest.approx(sum(score), abs=0.1)


def test_a_translator_looks_at_what_it_renders() -> None:
    (forecast,) = decoder().forecast([(SOURCE, GOOD)])
    german, english = ([span.of(text) for span in find_words(text)] for text in (SOURCE, GOOD))
    looks = forecast.attention[:, 1]
    assert looks.shape == (len(english) + 1, len(german) + 1)
    assert german[looks[english.index("Bremen")].argmax()] == "Bremen"
    assert german[looks[english.index("train")].argmax()] == "Zug"


@pytest.mark.parametrize("target", ["", "…", "'", "word " * 500])
def test_odd_targets_have_a_forecast(target: str) -> None:
    forecasts = decoder().forecast([(SOURCE, target), (SOURCE, GOOD)])
    assert len(forecasts[0].wishes) == len(find_words(target)) + 1
    alone = decoder().forecast([(SOURCE, GOOD)])[0]
    assert numpy.abs(forecasts[1].scores - alone.scores).max() < 0.5


def test_what_is_expected_is_read_off_the_distributions() -> None:
    vocabulary = make_vocabulary(["<unk>", "</s>", "\u2581good", "\u2581bad", "\u2581news"])
    logits = numpy.log(
        numpy.array(
            [
                [0.01, 0.01, 0.9, 0.03, 0.05],
                [0.01, 0.09, 0.2, 0.2, 0.5],
                [0.01, 0.96, 0.01, 0.01, 0.01],
            ],
            dtype=numpy.float32,
        )
    )
    pieces = [(0, 3, "\u2581bad"), (4, 8, "\u2581news")]
    looks = numpy.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3]], dtype=numpy.float32)
    reading = Reading(pieces, logits, [(0, 4, "\u2581Gute"), (5, 10, "\u2581Worte")], looks)
    forecast = read_forecast("Gute Worte", "bad news", reading, vocabulary)
    assert numpy.exp(forecast.scores[:, 0]) == pytest.approx([0.03, 0.5, 0.96], rel=1e-3)
    assert numpy.exp(forecast.skips[0, 0]) == pytest.approx(0.05, rel=1e-3)
    assert max(forecast.wishes[0], key=lambda word: forecast.wishes[0][word]) == "good"
    assert forecast.wishes[2] == {}
    assert forecast.attention[0, 1] == pytest.approx([0.7, 0.2, 0.1])


class Counting:
    """Scores a text by its length, and remembers what it was asked."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []

    def score(self, pairs: list[tuple[str, str]]) -> list[list[float]]:
        self.pairs = list(pairs)
        return [[-float(len(source)), -float(len(target))] for source, target in pairs]


def test_words_in_doubt_are_left_out_one_by_one() -> None:
    sizes = len(find_words(SOURCE)), len(find_words(GOOD))
    coverage = cover(SOURCE, GOOD, numpy.zeros(sizes, dtype=numpy.float32))
    scorer = Counting()
    (contrasts,) = ask([coverage], [Doubts([3], [1], [(2, "arrives"), (2, "comes")])], scorer)
    assert scorer.pairs == [
        (SOURCE, GOOD),
        ("Der Zug fährt nach Bremen.", GOOD),
        (SOURCE, "The leaves for Bremen on time."),
        (SOURCE, "The train arrives for Bremen on time."),
        (SOURCE, "The train comes for Bremen on time."),
    ]
    gone = len("pünktlich ")
    assert contrasts.lost[3].nats == gone
    assert contrasts.lost[3].details[:5] == (0, gone, gone, gone, 0)
    assert contrasts.added == {1: Gain(len("train "))}
    assert contrasts.opposed == {2: ("comes", 1.0)}
    assert ask([coverage], [Doubts()], scorer) == [Contrasts()]


def test_what_was_asked_stands_in_its_row() -> None:
    gained = {1: Gain(2.0), 3: Gain(-1.0)}
    table = gains(gained, 4, details=DETAILS["addition"])
    assert table[1].tolist() == [2.0, -1.0, 2.0]
    assert table[3].tolist() == [-1.0, 2.0, 2.0]
    assert not table[[0, 2]].any()


def test_only_doubtful_content_words_are_asked_about() -> None:
    contents = numpy.array([True, False, True, True])
    assert doubted(contents, numpy.array([0.5, 0.9, 0.001, 0.03])) == [0, 3]


def test_a_lost_adverb_makes_the_target_more_probable_by_going() -> None:
    damaged = "The train leaves for Bremen."
    good, bad = gather(
        [(SOURCE, GOOD), (SOURCE, damaged)], encoder=FolderEmbedder(), decoder=decoder()
    )
    place = 3
    assert bad.contrasts.lost[place].nats > 1 > good.contrasts.lost.get(place, Gain(-5.0)).nats
    found = check_pair(SOURCE, damaged, evidence=bad)
    assert "omission" in {one.check for one in found}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Am 3. August kam er.", "He came on Aug. 3."),
        ("Am Mo. kam er.", "He came on Monday."),
        ("Die US-Armee kam.", "The U.S. army came."),
        ("Im Dez. kam er.", "He came in December."),
    ],
)
def test_short_forms_are_the_word_that_they_stand_for(source: str, target: str) -> None:
    sizes = len(find_words(source)), len(find_words(target))
    coverage = cover(source, target, numpy.zeros(sizes, dtype=numpy.float32))
    words = [coverage.source.word(place) for place in range(sizes[0])]
    place = next(at for at, word in enumerate(words) if word in {"August", "Mo", "US", "Dez"})
    assert coverage.lexical[place].max() > 0.4


def test_evidence_without_a_forecast_asks_nothing() -> None:
    assert Evidence().contrasts == Contrasts()
