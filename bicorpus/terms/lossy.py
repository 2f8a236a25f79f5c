"""Lossy counting (Manku and Motwani 2002): what is rare goes when there is no room for it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Protocol, TypeVar


class Counted(Protocol):
    """Something that was met so many times."""

    count: int


Name = TypeVar("Name", bound=Hashable)
Held = TypeVar("Held", bound=Counted)


def drop_rare(held: dict[Name, Held], most: int) -> int:
    """Make room for as many again where more than `most` are held; return how many went.

    The rarest go first. One that comes back is counted from the beginning.
    """
    before = len(held)
    if before <= most:
        return 0
    bound = 1
    while len(held) > most // 2:
        for name in [name for name, one in held.items() if one.count <= bound]:
            del held[name]
        bound += 1
    return before - len(held)
