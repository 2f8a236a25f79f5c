"""What more than one check says of a word, in the same words."""

from __future__ import annotations


def lost_message(word: str) -> str:
    """Return what is said of a source word that nothing renders."""
    return f"„{word}“ has no counterpart: something may be left out"


def added_message(word: str) -> str:
    """Return what is said of a target word that renders nothing."""
    return f"“{word}” has nothing in the source: something may be added"
