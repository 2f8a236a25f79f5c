"""Long texts in windows that a model can take, and batches that depend on the input alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Pieces that two windows share. Each is taken from the window that shows more of what stands
# around it, so within a long text none is judged with fewer than 32 on either side.
OVERLAP = 64


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end` of row `row`; the vectors of `first` to `last` are kept of it."""

    row: int
    start: int
    end: int
    first: int
    last: int

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def kept(self) -> slice:
        """Places of the kept pieces among the window's, a mark before it counted."""
        return slice(self.first - self.start + 1, self.last - self.start + 1)


def cut_windows(row: int, length: int, *, longest: int) -> list[Window]:
    """Cut a row of `length` pieces into windows of at most `longest`; their kept parts tile it."""
    if length <= longest:
        return [Window(row, 0, length, 0, length)] if length else []
    overlap = min(OVERLAP, longest // 2)
    starts = list(range(0, length - longest, longest - overlap))
    starts.append(length - longest)  # the last one is full, too: a short one shows little
    borders = [0]
    for start, following in pairwise(starts):
        borders.append((start + longest + following) // 2)
    borders.append(length)
    return [
        Window(row, start, start + longest, first, last)
        for start, (first, last) in zip(starts, pairwise(borders), strict=True)
    ]


def plan_batches(windows: Sequence[Window], *, places: int, most: int) -> list[list[Window]]:
    """Group windows of like length: at most `most`, and `places` pieces with padding and marks.

    The plan follows from the windows alone, so the same texts always share their batches and the
    rounding of their sums is the same.
    """
    batches: list[list[Window]] = []
    for window in sorted(windows, key=lambda window: (len(window), window.row, window.start)):
        batch = batches[-1] if batches else []
        if not batch or len(batch) == most or (len(batch) + 1) * (len(window) + 2) > places:
            batches.append([window])
        else:
            batch.append(window)
    return batches
