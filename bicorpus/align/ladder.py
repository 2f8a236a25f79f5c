"""Alignments as ladders, a bead a line: `[0, 1]:[0]:0.93`, as vecalign writes and reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bicorpus.align.beads import AlignedBead
from bicorpus.data import Span
from bicorpus.errors import InputError

LadderBead = tuple[tuple[int, ...], tuple[int, ...], float | None]

_BEAD = re.compile(
    r"\[\s*((?:\d+\s*,\s*)*\d*)\s*\]\s*:\s*\[\s*((?:\d+\s*,\s*)*\d*)\s*\]"
    r"(?:\s*:\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?|nan|inf))?"
)


def format_bead(source: Span, target: Span, score: float | None) -> str:
    """Return the line of one bead; sentence numbers count from 0, an empty side is `[]`."""
    numbers = f"{list(range(source.start, source.end))}:{list(range(target.start, target.end))}"
    return numbers if score is None else f"{numbers}:{score:.2f}"


def format_ladder(beads: Iterable[AlignedBead]) -> Iterator[str]:
    """Yield the lines of an alignment, without line ends."""
    for bead in beads:
        yield format_bead(bead.source, bead.target, bead.score)


def read_ladder(path: Path) -> list[LadderBead]:
    """Return the beads of a ladder file; empty lines are passed over.

    Raises InputError with the line's number where a line is no bead or the file cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f'"{path}" cannot be read as a ladder: {error}.', next_step="Check the file."
        ) from error
    beads = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            beads.append(_read_bead(line.strip(), path, number))
    return beads


def _read_bead(line: str, path: Path, number: int) -> LadderBead:
    match = _BEAD.fullmatch(line)
    if not match:
        raise InputError(
            f'"{path}", line {number}, is no bead: "{line[:60]}".',
            next_step="A bead looks like [0, 1]:[0]:0.93, numbers counting from 0.",
        )
    try:
        score = float(match[3]) if match[3] else None
    except ValueError:
        score = None
    return _numbers(match[1]), _numbers(match[2]), score


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(",") if one.strip())
