"""The figure itself, and the figure of ours on the sets beside the checkout."""

import json
from pathlib import Path

import pytest

from bicorpus.data import Span
from bicorpus.evaluate.boundaries import BoundaryScore, score_boundaries
from bicorpus.splitters.rules import RuleSplitter


def test_the_last_boundary_does_not_count() -> None:
    gold = [Span(0, 5), Span(6, 10), Span(11, 20)]
    predicted = [Span(0, 5), Span(6, 20)]
    assert score_boundaries(gold, predicted) == BoundaryScore(found=1, wrong=0, missed=1)


def test_a_boundary_at_the_wrong_place_is_wrong_and_missed() -> None:
    gold = [Span(0, 5), Span(6, 10)]
    assert score_boundaries(gold, [Span(0, 4), Span(5, 10)]) == BoundaryScore(0, 1, 1)


def test_scores_add_up() -> None:
    score = sum([BoundaryScore(6, 1, 0), BoundaryScore(2, 1, 2)], BoundaryScore())
    assert score == BoundaryScore(8, 2, 2)
    assert score.precision == pytest.approx(0.8)
    assert score.recall == pytest.approx(0.8)
    assert score.f1 == pytest.approx(0.8)
    assert BoundaryScore().f1 == 1.0


@pytest.mark.shared
def test_boundaries_of_the_development_set(shared: Path) -> None:
    score = BoundaryScore()
    lines = (shared / "eval" / "split" / "gsd_dev.jsonl").read_text("utf-8").splitlines()
    for line in lines:
        row = json.loads(line)
        gold = [Span(*span) for span in row["spans"]]
        score += score_boundaries(gold, RuleSplitter().split(row["text"], "de"))
    assert score.f1 >= 0.985


@pytest.mark.shared
@pytest.mark.parametrize("article", ["001", "003"])
def test_sentences_of_the_gold_articles(shared: Path, article: str) -> None:
    (raw,) = (shared / "seeds").glob(f"{article}_*.txt")
    text = raw.read_text("utf-8")
    gold_file = shared / "gold" / "segments" / f"{article}.de.json"
    for segment in json.loads(gold_file.read_text("utf-8")):
        gold = [(sentence["start"], sentence["end"]) for sentence in segment["sentences"]]
        start, end = gold[0][0], gold[-1][1]
        spans = RuleSplitter().split(text[start:end], "de")
        assert [(span.start + start, span.end + start) for span in spans] == gold
