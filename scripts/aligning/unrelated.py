"""How much less the best pairs gain where two texts have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy

from bicorpus.align.aligner import MOST_SENTENCES
from bicorpus.align.corridor import full_corridor
from bicorpus.align.evidence import Evidence
from bicorpus.align.lattice import best_path
from bicorpus.align.probabilities import path_gain
from bicorpus.align.scoring import make_lattice, null_scores
from bicorpus.align.signals import Material, gather


def relate(
    pairs: Sequence[tuple[Material, Material, Evidence]], weights: Mapping[str, float]
) -> dict[str, float]:
    """Return the gains of texts with their translation and with that of another text."""
    gains: dict[bool, list[float]] = {True: [], False: []}
    for number, (source, _, right) in enumerate(pairs):
        # The next text but six is about something else.
        other = pairs[(number + 7) % len(pairs)][1]
        wrong = gather(source, other, most=MOST_SENTENCES)
        for evidence, is_related in ((right, True), (wrong, False)):
            corridor = full_corridor(evidence.size)
            evidence.look_for_best(corridor.low, corridor.high)
            lattice = make_lattice(evidence, weights, corridor)
            nulls = null_scores(evidence, weights)
            gain, sentences = path_gain(lattice, best_path(lattice), nulls)
            gains[is_related].append(gain / max(sentences, 1))
    return {
        "usual": float(numpy.median(gains[True])),
        "least": float(numpy.quantile(gains[True], 0.02)),
        "chance": float(numpy.quantile(gains[False], 0.98)),
    }
