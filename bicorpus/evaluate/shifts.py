"""Whether two files of lines in one language say the same things line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bicorpus.errors import InputError

_WORD = re.compile(r"\w+")
_WINDOW = 20
_SHIFTS = (1, -1, 2, -2, 3, -3)
# Two translations of one news text share 45 to 56% of their words a line (WMT15, 21 and 22, German
# to English; any 20 lines 35% at least), lines that are one off 7% (any 20 lines 13% at most).
_FEWEST_LINES = 10
_UNRELATED = 1.5
_SURELY_RELATED = 0.35
# A source given for a translation still shares 5% of its words with the reference: names, figures.
_FEWEST_SHARED = 0.03


def refuse_strangers(
    lines: Sequence[str], others: Sequence[str | None], path: Path, other_path: Path
) -> None:
    """Raise InputError where the lines are no translations of what the others translate.

    Compared by shared words: with the line of the same number, and with those up to three lines
    off. Fewer than ten lines tell nothing and pass.
    """
    words = [_words(line) for line in lines]
    other_words = [_words(line or "") for line in others]
    if len(words) < _FEWEST_LINES:
        return
    together = _likeness(words, other_words, 0, range(len(words)))
    shifted = [_likeness(words, other_words, one, _inside(len(words), one)) for one in _SHIFTS]
    apart = median(shifted)
    # Form letters say nearly the same in all lines: those are related whatever is a few lines off.
    if together < _SURELY_RELATED and max(together, *shifted) <= max(
        _UNRELATED * apart, _FEWEST_SHARED
    ):
        raise InputError(
            f'"{path}" and "{other_path}" are not translations of the same text: line by line they '
            f"share {together:.0%} of their words, a few lines off {apart:.0%}.",
            next_step="Name the reference of these documents.",
        )
    for start in range(0, len(words), _WINDOW):
        window = range(start, min(start + _WINDOW, len(words)))
        if len(window) >= _FEWEST_LINES and (shift := _shift(words, other_words, window)):
            raise InputError(
                f'From about line {start + 1} on, "{path}" and "{other_path}" do not fit: line n '
                f"of the first says what line n{shift:+d} of the second says.",
                next_step="Look above that line for one that was lost, added or broken in two.",
            )


def _shift(
    words: Sequence[frozenset[str]], others: Sequence[frozenset[str]], window: range
) -> int | None:
    """Return by how many lines the window is off, where it clearly is."""
    together = _likeness(words, others, 0, window)
    for shift in _SHIFTS:
        inside = [n for n in window if 0 <= n + shift < len(others)]
        is_whole = len(inside) >= _FEWEST_LINES
        if is_whole and _likeness(words, others, shift, inside) > max(2 * together, 0.1):
            return shift
    return None


def _inside(count: int, shift: int) -> range:
    return range(max(0, -shift), min(count, count - shift))


def _likeness(
    words: Sequence[frozenset[str]],
    others: Sequence[frozenset[str]],
    shift: int,
    lines: Sequence[int],
) -> float:
    """Return the mean share of common words of line n and line n + shift."""
    shares = [
        len(words[n] & others[n + shift]) / len(union)
        for n in lines
        if (union := words[n] | others[n + shift])
    ]
    return sum(shares) / len(shares) if shares else 0.0


def _words(line: str) -> frozenset[str]:
    return frozenset(_WORD.findall(line.casefold()))
