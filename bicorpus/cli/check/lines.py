"""Reads pairs of lines: from two files of the same length, or from a table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import zip_longest
from typing import IO

import click

from bicorpus.cli.text_lines import decode_line, open_lines, shown
from bicorpus.errors import InputError


class LineCount:
    """Counts lines, and those with findings."""

    def __init__(self) -> None:
        self.lines = 0
        self.with_findings = 0

    def next(self) -> int:
        """Return the number of the next line, from 1."""
        self.lines += 1
        return self.lines


def read_pairs(source: str, target: str, stack: ExitStack) -> Iterator[tuple[str, str]]:
    """Yield the lines of two files side by side.

    Files on the disk are counted first, so that no finding is printed for lines that do not
    belong together. Raises InputError, with both counts, where one has more lines.
    """
    if source == target == "-":
        raise click.UsageError('Only one of SOURCE and TARGET can be "-".')
    if "-" not in {source, target}:
        _compare(source, _count(source), target, _count(target))
    handles = [open_lines(name, stack) for name in (source, target)]
    return _side_by_side(source, target, handles)


def _side_by_side(source: str, target: str, handles: list[IO[bytes]]) -> Iterator[tuple[str, str]]:
    rest = enumerate(zip_longest(*handles), 1)
    for number, (first, second) in rest:
        if first is None or second is None:
            all_lines = number + sum(1 for _ in rest)
            lines = (number - 1, all_lines) if first is None else (all_lines, number - 1)
            _compare(source, lines[0], target, lines[1])
            return
        yield decode_line(first, source, number), decode_line(second, target, number)


def read_table(name: str, stack: ExitStack) -> Iterator[tuple[str, str]]:
    """Yield the first two cells of the rows of a TSV file; InputError for a row with one."""
    handle = open_lines(name, stack)
    return _rows(name, handle)


def _rows(name: str, handle: IO[bytes]) -> Iterator[tuple[str, str]]:
    for number, raw in enumerate(handle, 1):
        cells = decode_line(raw, name, number).split("\t")
        if len(cells) < 2:
            raise InputError(
                f'"{shown(name)}", line {number}, has no tab.',
                next_step="A row is the source, a tab, and the target.",
            )
        yield cells[0], cells[1]


def _compare(source: str, source_lines: int, target: str, target_lines: int) -> None:
    if source_lines != target_lines:
        raise InputError(
            f'"{shown(source)}" has {source_lines:,} lines and "{shown(target)}" has '
            f"{target_lines:,}.",
            next_step="Line n of one is checked against line n of the other. Texts whose sentences "
            "are not paired yet are paired by `bicorpus align`.",
        )


def _count(name: str) -> int:
    """Return the number of lines of a file; the last need not end in a line feed."""
    lines, last = 0, b"\n"
    with ExitStack() as stack:
        handle = open_lines(name, stack)
        while chunk := handle.read(1 << 20):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines + (last != b"\n")
