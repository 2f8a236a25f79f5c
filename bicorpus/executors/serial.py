"""One item after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bicorpus.protocols import Result, Work


def run_serially(function: Callable[[Work], Result], items: Iterable[Work]) -> Iterator[Result]:
    """Yield `function(item)` for each item, in order."""
    return map(function, items)
