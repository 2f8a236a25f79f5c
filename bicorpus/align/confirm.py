"""How sure it is that a pairing which was given is one: a machine's rendering, a memory's units.

The aligner scores each pair as if it had found it: by how much pairing the two texts beats leaving
both out. What pairs gain, and what the same texts gain with a chance sentence in the other's
place, was measured by `scripts/fit_confirmation.py`. The rendering is no evidence here: of a
machine's text it would be the text itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy

from bicorpus.align.bags import Floats
from bicorpus.align.corridor import Corridor
from bicorpus.align.scoring import make_lattice, null_scores
from bicorpus.align.signals import Material, gather
from bicorpus.align.weights import load_weights, set_name

FILE = "confirm.toml"
# With how many neighbours on either side a unit is compared, for what leaving it out would cost.
_REACH = 4
_MOST = 2


def confirm(source: Material, target: Material) -> list[float]:
    """Return for each unit the score in [0, 1] of its pair with the other side's unit of its place.

    Both sides have as many units, one or several sentences each and none empty. At a score of 0.5
    the pair looks as much like two chance sentences of one text as like a translation.
    """
    found = gains(source, target)
    middle, slope = _table()[_set_of(source)]
    scores: Floats = 1 / (1 + numpy.exp(numpy.clip(-slope * (found - middle), -50, 50)))
    return [float(score) for score in scores]


def gains(source: Material, target: Material) -> Floats:
    """Return by how much each pair beats leaving both of its sides out (log odds, uncalibrated)."""
    count = len(source.sentences)
    if not count:
        return numpy.zeros(0)
    weights = load_weights(_set_of(source)).weights
    evidence = gather(source, target, most=_MOST, without=frozenset({"rendering"}))
    nodes = range(count + 1)
    low: Sequence[int] = [max(0, node - _REACH) for node in nodes]
    corridor = Corridor(low, [min(count, node + _REACH) + 1 for node in nodes])
    evidence.look_for_best(corridor.low, corridor.high)
    lattice = make_lattice(evidence, weights, corridor)
    pair = lattice.shapes.index((1, 1))
    paired = numpy.array([lattice.scores[node][pair][node - low[node]] for node in range(count)])
    sources, targets = null_scores(evidence, weights)
    return numpy.asarray(paired - sources - targets, dtype=numpy.float64)


def _set_of(source: Material) -> str:
    return set_name(rendering=False, vectors=source.vectors is not None)


@cache
def _table() -> dict[str, tuple[float, float]]:
    sets = tomllib.loads((files("bicorpus.align") / FILE).read_text("utf-8"))["sets"]
    return {name: (one["middle"], one["slope"]) for name, one in sets.items()}
