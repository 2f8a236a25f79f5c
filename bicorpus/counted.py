"""Numbers with their nouns, for sentences that people read."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """Return "1 line" or "2,000 lines"; only for nouns whose plural ends in s."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
