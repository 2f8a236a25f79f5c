"""From the states of a text's pieces to one vector: their mean, their maximum, or the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Rows = NDArray[numpy.float64]
    States = NDArray[numpy.float32]

Part = Literal["first", "max", "mean"]

# The parts of a vector in the order in which sentence-transformers puts them side by side.
ORDER: tuple[Part, ...] = ("first", "max", "mean")


class Pool:
    """Collects the states of many texts, a window at a time.

    The mean and the maximum are over all pieces of a text and over both marks, each counted once
    however many windows the text has.
    """

    def __init__(self, parts: tuple[Part, ...], *, texts: int, width: int) -> None:
        import numpy

        self._parts = parts
        self._counts = numpy.zeros((texts, 1))
        self._made = {part: numpy.zeros((texts, width)) for part in parts}

    def add(self, text: int, states: States, *, starts: bool) -> None:
        """Add states [n, d] of `text`; the first of them is its start mark where it `starts`."""
        import numpy

        if "mean" in self._made:
            self._made["mean"][text] += states.sum(axis=0, dtype=numpy.float64)
        if "max" in self._made and len(states):
            most = states.max(axis=0)
            seen = self._counts[text] > 0
            own = self._made["max"]
            own[text] = numpy.maximum(own[text], most) if seen else most
        if "first" in self._made and starts:
            self._made["first"][text] = states[0]
        self._counts[text] += len(states)

    @property
    def is_empty(self) -> NDArray[numpy.bool_]:
        """Which texts have no states: bool [texts, 1]."""
        empty: NDArray[numpy.bool_] = self._counts == 0
        return empty

    def vectors(self) -> Rows:
        """Return float64 [texts, d x parts]; zeros where a text has no states."""
        import numpy

        counts = numpy.maximum(self._counts, 1)
        return numpy.concatenate(
            [self._made[part] / (counts if part == "mean" else 1.0) for part in self._parts], axis=1
        )
