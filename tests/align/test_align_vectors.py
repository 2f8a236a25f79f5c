"""Vectors of an encoder as a signal, with a toy encoder and weights of the test's own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from bicorpus.align.aligner import align
from bicorpus.align.signals import Material
from bicorpus.align.weights import WeightSet

TOPICS = {"hund": 0, "dog": 0, "haus": 1, "house": 1, "regen": 2, "rain": 2, "zug": 3, "train": 3}
WEIGHTS = WeightSet(
    "toy",
    {
        **{f"shape.{m}-{n}": 0.2 - 4.5 * (m + n - 2) for m in range(1, 7) for n in range(m, 7)},
        "vectors.likeness": 8.0,
        "vectors.chance": -4.0,
        "vectors.weakest": 4.0,
        "crossing.2": -3.0,
        "crossing.3": -3.0,
    },
    (0.0, 1.0),
    (0.0, 1.0),
)
NOT_VECTORS = frozenset({"names", "spelling", "figures", "marks", "rendering"})


class ToyEmbedder:
    """Sums a direction of its own for each word that it knows."""

    signature = "toy"

    def embed(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        vectors = numpy.zeros((len(texts), 4), dtype=numpy.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                if word in TOPICS:
                    vectors[row, TOPICS[word]] += 1
        lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[numpy.float32] = vectors / numpy.maximum(lengths, 1e-9)
        return unit


def aligned(source: list[str], target: list[str]) -> list[tuple[list[int], list[int], bool]]:
    embed = ToyEmbedder().embed
    beads = align(
        Material(source, "de", vectors=embed(source)),
        Material(target, "en", vectors=embed(target)),
        without=NOT_VECTORS,
        weights=WEIGHTS,
    )
    return [
        (
            list(range(bead.source.start, bead.source.end)),
            list(range(bead.target.start, bead.target.end)),
            bead.crossing,
        )
        for bead in beads
    ]


def test_vectors_of_spans_add_up() -> None:
    found = aligned(["hund haus", "regen", "zug"], ["dog", "house", "rain", "train"])
    assert found == [([0], [0, 1], False), ([1], [2], False), ([2], [3], False)]


def test_vectors_tell_what_changed_places() -> None:
    found = aligned(["hund", "haus", "regen", "zug"], ["dog", "rain", "house", "train"])
    assert found[1:3] == [([1], [2], True), ([2], [1], True)]


def test_an_empty_text_has_no_likeness() -> None:
    found = aligned(["hund", "", "zug"], ["dog", "train"])
    assert ([0], [0], False) in found
    assert ([2], [1], False) in found
