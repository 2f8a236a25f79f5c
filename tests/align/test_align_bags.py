"""Bags hold what was counted, however many rows are looked at in one go."""

from __future__ import annotations

import math
from collections import Counter

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.align import bags
from bicorpus.align.bags import Bags, hash_grams, hash_tokens, make_bags

Text = list[list[str]]
TEXTS = st.lists(st.lists(st.sampled_from(["Deich", "Oder", "Lage", "7", "Nacht"]), max_size=6),
                 max_size=7)  # fmt: skip


def rows_of(made: Bags) -> list[list[float]]:
    return [
        sorted(made.weights[start:end].round(4).tolist())
        for start, end in zip(made.starts[:-1], made.starts[1:], strict=True)
    ]


def expected(side: Text, both: Text) -> list[list[float]]:
    holders = Counter(token for row in both for token in set(row))
    return [
        sorted(
            round(math.sqrt(math.log1p(len(both) / holders[token]) * times), 4)
            for token, times in Counter(row).items()
        )
        for row in side
    ]


@given(TEXTS, TEXTS)
def test_weights_are_the_roots_of_information_times_count(source: Text, target: Text) -> None:
    hashed = hash_tokens(source), hash_tokens(target)

    left, right = make_bags(*hashed, (len(source), len(target)))

    for made, side in ((left, source), (right, target)):
        for row, wanted in zip(rows_of(made), expected(side, source + target), strict=True):
            assert row == pytest.approx(wanted, abs=2e-4)


@given(TEXTS, TEXTS, st.integers(1, 3))
def test_short_stretches_give_the_same_bags(source: Text, target: Text, stretch: int) -> None:
    def made() -> list[bytes]:
        lines = [" ".join(row) for row in source], [" ".join(row) for row in target]
        grams = hash_grams(lines[0], 3), hash_grams(lines[1], 3)
        found = make_bags(*grams, (len(source), len(target)))
        return [part.tobytes() for one in found for part in (one.starts, one.ids, one.weights)]

    whole = made()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bags, "_STRETCH", stretch)
        assert made() == whole


def test_the_mean_row_counts_every_row() -> None:
    left, right = make_bags(hash_tokens([["a"], ["a", "b"]]), hash_tokens([["c"]]), (2, 1))

    own = numpy.zeros(left.count)
    numpy.add.at(own, left.ids, left.weights)
    assert left.mean() == pytest.approx(own / 2)
    assert right.mean().sum() == pytest.approx(right.weights.sum())
    assert len(left.mean()) == len(right.mean()) == 3
