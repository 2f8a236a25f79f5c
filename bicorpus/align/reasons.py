"""What a bead means, in words."""

from __future__ import annotations


def reason_for(m: int, n: int, *, crossing: bool = False) -> str:  # noqa: PLR0911 - one a meaning
    """Return what a bead of `m` source and `n` target sentences says about the translation."""
    if crossing:
        return "moved: the sentences stand in another order in the target"
    if n == 0:
        return "dropped: no target sentence says this"
    if m == 0:
        return "added: no source sentence says this"
    if (m, n) == (1, 1):
        return "paired: one sentence each"
    if n == 1:
        return f"joined: the target sentence covers {'both' if m == 2 else f'all {m}'}"
    if m == 1:
        return f"split: {'two' if n == 2 else n} target sentences share what the source says"
    return f"regrouped: {m} sentences are {n} in the target, with other borders"
