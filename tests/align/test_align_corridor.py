"""Long texts: the corridor follows the path, also over large holes."""

from __future__ import annotations

import numpy

from bicorpus.align.aligner import align
from bicorpus.align.bags import DenseRows
from bicorpus.align.corridor import find_corridor
from bicorpus.align.signals import Material


def sentences(count: int, seed: int) -> list[str]:
    random = numpy.random.default_rng(seed)
    return [" ".join(f"w{number}" for number in random.integers(0, 4000, 9)) for _ in range(count)]


def test_a_large_hole_is_stepped_over() -> None:
    source = sentences(700, 1)
    target = source[:200] + source[420:]
    beads = align(Material(source, "de"), Material(target, "en"))
    pairs = {
        (bead.source.start, bead.target.start) for bead in beads if bead.target and bead.source
    }
    expected = {(i, i if i < 200 else i - 220) for i in [*range(200), *range(420, 700)]}
    assert len(pairs & expected) / len(expected) > 0.99


def test_vectors_alone_lead_the_way() -> None:
    random = numpy.random.default_rng(3)
    vectors = random.normal(size=(900, 32)).astype(numpy.float32)
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    kept = [i for i in range(900) if not 300 <= i < 380]
    corridor = find_corridor([(DenseRows(vectors), DenseRows(vectors[kept]))], (900, len(kept)))
    inside = [corridor.low[i] <= j < corridor.high[i] for j, i in enumerate(kept)]
    assert all(inside)
    area = sum(high - low for low, high in zip(corridor.low, corridor.high, strict=True))
    assert area < 900 * 120
