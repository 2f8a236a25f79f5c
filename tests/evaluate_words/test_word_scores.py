"""Word links against gold: counts that were worked out by hand, formats, errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.errors import InputError
from bicorpus.evaluate.words import (
    WordLinks,
    WordScore,
    read_word_links,
    score_links,
    score_words,
)

LINKS = st.frozensets(st.tuples(st.integers(0, 6), st.integers(0, 6)))


def links(written: str, folder: Path) -> list[WordLinks]:
    path = folder / "links.wa"
    path.write_text(written, encoding="utf-8")
    return read_word_links(path)


def certain(made: frozenset[tuple[int, int]]) -> WordLinks:
    return WordLinks(made, made)


def test_counts_precision_recall_and_error_rate(tmp_path: Path) -> None:
    # Sure 0-0 1-1, possible 2-2 as well; predicted 0-0 2-2 3-3: two of three are possible, one of
    # two sure ones is there, and AER is 1 - (1 + 2) / (3 + 2).
    gold = links("0-0 1-1 2p2\n", tmp_path)
    predicted = links("0-0 2-2 3-3\n", tmp_path)
    score = score_words(gold, predicted)
    assert score == WordScore(predicted=3, sure=2, predicted_possible=2, predicted_sure=1)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(1 / 2)
    assert score.error_rate == pytest.approx(1 - 3 / 5)


def test_pairs_are_pooled_not_averaged(tmp_path: Path) -> None:
    gold = links("0-0\n0-0 1-1 2-2\n", tmp_path)
    predicted = links("0-1\n0-0 1-1 2-2\n", tmp_path)
    # By pair the error rates are 1 and 0, their mean 0.5; pooled it is 1 - 6/8.
    assert score_words(gold, predicted).error_rate == pytest.approx(0.25)


def test_names_bring_pairs_together_in_any_order(tmp_path: Path) -> None:
    gold = links("a\t0-0\nb\t1-1\n", tmp_path)
    predicted = links("b\t1-1\na\t0-0\n", tmp_path)
    assert score_words(gold, predicted).error_rate == 0.0


def test_gold_with_names_and_a_prediction_without_go_by_order(tmp_path: Path) -> None:
    gold = links("a\t0-0\nb\t1-1\n", tmp_path)
    predicted = links("0-0\n1-1\n", tmp_path)
    assert score_words(gold, predicted).error_rate == 0.0


def test_scores_behind_links_are_passed_over(tmp_path: Path) -> None:
    (pair,) = links("0-0:0.87 3p4:1 5-6:1e-05\n", tmp_path)
    assert pair.sure == {(0, 0), (5, 6)}
    assert pair.possible == {(0, 0), (3, 4), (5, 6)}


def test_an_empty_line_is_a_pair_without_links(tmp_path: Path) -> None:
    pairs = links("0-0\n\n1-1\r\n", tmp_path)
    assert [len(pair.sure) for pair in pairs] == [1, 0, 1]


def test_a_byte_order_mark_is_no_link(tmp_path: Path) -> None:
    (pair,) = links("\ufeff0-0\n", tmp_path)
    assert pair.sure == {(0, 0)}


@pytest.mark.parametrize("written", ["3x4", "3-", "-3-4", "3-4-5", "3-4:high", "٣-4"])
def test_what_is_no_link_is_named_with_file_and_line(written: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2") as caught:
        links(f"0-0\n1-1 {written}\n", tmp_path)
    assert f'"{written}"' in str(caught.value)
    assert "links.wa" in str(caught.value)


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match='"a" stands in lines 1 and 3'):
        links("a\t0-0\nb\t0-0\na\t1-1\n", tmp_path)


def test_a_missing_pair_is_named(tmp_path: Path) -> None:
    gold = links("a\t0-0\nb\t1-1\n", tmp_path)
    with pytest.raises(InputError, match='"b" is missing in the prediction'):
        score_words(gold, links("a\t0-0\n", tmp_path))
    with pytest.raises(InputError, match='"c" is missing in the gold'):
        score_words(gold, links("a\t0-0\nb\t\nc\t\n", tmp_path))


def test_numbers_of_lines_that_differ_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2 pairs in the gold, but 1"):
        score_words(links("0-0\n1-1\n", tmp_path), links("0-0\n", tmp_path))


def test_a_file_that_cannot_be_read_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_word_links(tmp_path / "absent.wa")
    (tmp_path / "old.wa").write_bytes("0-0 \u00e4".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        read_word_links(tmp_path / "old.wa")


def test_nothing_to_find_and_nothing_found_is_no_error() -> None:
    assert WordScore().error_rate == 0.0
    assert WordScore().precision == WordScore().recall == 1.0


@given(sure=LINKS, possible=LINKS, predicted=LINKS)
def test_scores_keep_their_bounds(
    sure: frozenset[tuple[int, int]],
    possible: frozenset[tuple[int, int]],
    predicted: frozenset[tuple[int, int]],
) -> None:
    score = score_links(WordLinks(sure, sure | possible), certain(predicted))
    assert 0.0 <= score.error_rate <= 1.0
    assert 0.0 <= score.precision <= 1.0
    assert 0.0 <= score.recall <= 1.0
    assert score_links(WordLinks(sure, sure | possible), certain(sure)).error_rate == 0.0
    # A possible link more does no harm, whatever else was predicted.
    more = score_links(WordLinks(sure, sure | possible), certain(predicted | possible))
    assert more.error_rate <= score.error_rate + 1e-12


@pytest.mark.shared
def test_the_news_gold_is_read(shared: Path) -> None:
    pairs = read_word_links(shared / "gold" / "words" / "003.wa")
    lines = (shared / "gold" / "words" / "003.de.txt").read_text("utf-8").splitlines()
    assert len(pairs) == len(lines)
    assert all(
        source < len(line.split())
        for pair, line in zip(pairs, lines, strict=True)
        for source, _ in pair.possible
    )
