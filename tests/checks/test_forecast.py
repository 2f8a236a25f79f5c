"""What the translator is asked: what it expects in each place, and single words left out."""

from __future__ import annotations

from functools import cache

import numpy
import pytest

from bicorpus.checks import Evidence, check_pair
from bicorpus.checks.contrast import Contrasts, ask, doubted
from bicorpus.checks.coverage import cover
from bicorpus.checks.evidence import gather
from bicorpus.checks.forced import ForcedDecoder
from bicorpus.checks.forecast import SKIPS, Forecast, make_vocabulary, read_forecast
from bicorpus.checks.opposites import check_expected_opposites
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
    assert float(forecast.scores[:, 0].sum()) == pytest.approx(score, abs=0.1)


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
    forecast = read_forecast("bad news", pieces, logits, vocabulary)
    assert numpy.exp(forecast.scores[:, 0]) == pytest.approx([0.03, 0.5, 0.96], rel=1e-3)
    assert numpy.exp(forecast.skips[0, 0]) == pytest.approx(0.05, rel=1e-3)
    assert max(forecast.wishes[0], key=lambda word: forecast.wishes[0][word]) == "good"
    assert forecast.wishes[2] == {}


def test_an_opposite_of_what_was_expected_is_an_error() -> None:
    forecast = _forecast("It was bad news.", 2, {"good": -0.2, "great": -2.0}, said=-6.0)
    (finding,) = check_expected_opposites("It was bad news.", forecast)
    assert (finding.check, finding.severity) == ("antonym", "error")
    assert finding.target_span is not None
    assert finding.target_span.of("It was bad news.") == "bad"


@pytest.mark.parametrize(
    ("text", "said", "wishes"),
    [
        ("It was bad news.", -1.5, {"good": -0.4}),  # hardly less likely
        ("It was bad news.", -9.0, {"good": -4.0}),  # not expected either
        ("It was bad news.", -9.0, {"awful": -0.1}),  # no opposite
        ("It not bad news.", -9.0, {"good": -0.1}),  # turned by "not"
    ],
)
def test_no_opposite_without_an_expectation(
    text: str, said: float, wishes: dict[str, float]
) -> None:
    assert check_expected_opposites(text, _forecast(text, 2, wishes, said=said)) == ()


def _forecast(text: str, place: int, wishes: dict[str, float], *, said: float) -> Forecast:
    size = len(find_words(text))
    scores = numpy.full((size + 1, 3), -0.5, dtype=numpy.float32)
    scores[place] = said
    skips = numpy.full((size, SKIPS), -5.0, dtype=numpy.float32)
    return Forecast(scores, skips, tuple(wishes if at == place else {} for at in range(size + 1)))


class Counting:
    """Scores a text by its length, and remembers what it was asked."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []

    def score(self, pairs: list[tuple[str, str]]) -> list[float]:
        self.pairs = list(pairs)
        return [-float(len(source) + len(target)) for source, target in pairs]


def test_words_in_doubt_are_left_out_one_by_one() -> None:
    sizes = len(find_words(SOURCE)), len(find_words(GOOD))
    coverage = cover(SOURCE, GOOD, numpy.zeros(sizes, dtype=numpy.float32))
    scorer = Counting()
    (contrasts,) = ask([coverage], [([3], [1])], scorer)
    assert scorer.pairs == [
        (SOURCE, GOOD),
        ("Der Zug fährt nach Bremen.", GOOD),
        (SOURCE, "The leaves for Bremen on time."),
    ]
    assert contrasts == Contrasts({3: len("pünktlich ")}, {1: len("train ")})
    assert ask([coverage], [([], [])], scorer) == [Contrasts()]


def test_only_doubtful_content_words_are_asked_about() -> None:
    contents = numpy.array([True, False, True, True])
    assert doubted(contents, numpy.array([0.5, 0.9, 0.001, 0.03])) == [0, 3]


def test_a_lost_adverb_makes_the_target_more_probable_by_going() -> None:
    damaged = "The train leaves for Bremen."
    good, bad = gather(
        [(SOURCE, GOOD), (SOURCE, damaged)], encoder=FolderEmbedder(), decoder=decoder()
    )
    place = 3
    assert bad.contrasts.lost[place] > 1 > good.contrasts.lost.get(place, -5.0)
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
