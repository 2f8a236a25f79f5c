"""TSV and CSV: a unit a line, in columns with names.

TSV has no quoting, a quotation mark is a character; CSV quotes as RFC 4180 says, with a comma or
a semicolon (as spreadsheets in German write it) between the cells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from bicorpus.errors import InputError
from bicorpus.importers.columns import Columns, find_columns, numbered
from bicorpus.importers.lines import read_lines
from bicorpus.importers.units import Item, LeftOut, Reading, Unit, broken, side_reason

UNREADABLE = "its line is broken"
_NEXT_STEP = "Repair the line, or use --keep-readable."
# What the module csv says at the end of such a file.
_OPEN_QUOTE = "unexpected end of data"
_FIELD_LIMIT = 1 << 27


def read_tsv(reading: Reading) -> Iterator[Item]:
    """Yield the units of a table whose cells are parted by tabs."""
    lines = read_lines(reading.path, reading)
    yield from _read_table(reading, ((n, line.split("\t")) for n, line in enumerate(lines, 1)))


def read_csv(reading: Reading) -> Iterator[Item]:
    """Yield the units of a table whose cells are parted by commas or semicolons."""
    yield from _read_table(reading, _csv_rows(reading))


def _csv_rows(reading: Reading) -> Iterator[tuple[int, list[str]]]:
    first = next(read_lines(reading.path, reading), "")
    mark = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(_FIELD_LIMIT)
    rows = csv.reader(
        (f"{line}\n" for line in read_lines(reading.path, reading)), delimiter=mark, strict=True
    )
    line = 1
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            # A quotation mark that is never closed takes in all lines behind it.
            cause = f"it is no CSV: {error}"
            if str(error) == _OPEN_QUOTE:
                cause = "a quotation mark is opened and never closed"
            raise broken(reading.path, line, f"{cause}.", next_step="Repair the line.") from error
        yield line, row


def _read_table(reading: Reading, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Item]:
    columns = numbered(reading.request.columns)
    width = 1 + max(columns.source, columns.target, columns.document or 0) if columns else 0
    is_fixed = columns is None
    for number, cells in rows:
        if columns is None:
            columns = _header(cells, reading)
            width = len(cells)
            continue
        if cells in ([], [""]):
            continue
        reading.elements += 1
        if (len(cells) != width) if is_fixed else (len(cells) < width):
            cause = f"{len(cells)} cells instead of {width}"
            if not reading.keep_readable:
                next_step = _NEXT_STEP if is_fixed else f"Check --columns. {_NEXT_STEP}"
                raise broken(reading.path, number, f"{cause}.", next_step=next_step)
            yield LeftOut(f"{UNREADABLE} ({cause})", f"line {number}", "\t".join(cells))
            continue
        yield _unit(cells, columns, number, reading)


def _header(cells: Sequence[str], reading: Reading) -> Columns:
    columns = find_columns(cells, reading.request, place=f'"{reading.path}", line 1')
    if columns is None:
        found = ", ".join(f'"{cell[:40]}"' for cell in cells[:8])
        raise InputError(
            f'"{reading.path}", line 1: no columns for {reading.request.source} and '
            f"{reading.request.target} are named there: {found}.",
            next_step="Say which they are: --columns SOURCE,TARGET, or --columns 1,2 where the "
            "file has no header line.",
        )
    return columns


def _unit(cells: Sequence[str], columns: Columns, number: int, reading: Reading) -> Item:
    source, target = cells[columns.source], cells[columns.target]
    if reason := side_reason((source, target), reading.request):
        return LeftOut(reason, f"line {number}", source, target)
    document = cells[columns.document] if columns.document is not None else ""
    name = cells[columns.origin] if columns.origin is not None else document
    kind = cells[columns.kind] if columns.kind is not None else "body"
    return Unit(source, target, document, name or document, kind)
