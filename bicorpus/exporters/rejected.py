"""The rows that were left out, with all their reasons: a table, or an object a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bicorpus.exporters.characters import without_surrogates
from bicorpus.exporters.jsonl import json_line
from bicorpus.exporters.row_kinds import RowKind
from bicorpus.exporters.rows import Written
from bicorpus.exporters.selection import Rejected
from bicorpus.exporters.tsv import check_table, write_table


def write_rejected(
    rejected: Iterable[Rejected], kind: RowKind, path: Path, *, as_json: bool
) -> Written:
    """Write rows of a `kind` as its table does, with a column of reasons, or the same as JSON."""
    if not as_json:
        lines = ((*kind.cells(one.row), " | ".join(one.reasons)) for one in rejected)
        return write_table(lines, _columns(kind), path)
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for one in rejected:
            record = dict(zip(kind.columns, kind.cells(one.row), strict=True))
            line = json_line({**record, "reasons": list(one.reasons)})
            file.write(without_surrogates(line) + "\n")
            written += 1
    return Written(rows=written, left_out=0)


def check_rejected(path: Path, written: Written, kind: RowKind, *, as_json: bool) -> list[str]:
    """Return where the file has not a line a row."""
    if not as_json:
        return check_table(path, written, _columns(kind))
    with path.open("rb") as file:
        lines = sum(1 for _ in file)
    return [] if lines == written.rows else [f"{lines} lines instead of {written.rows}"]


def _columns(kind: RowKind) -> tuple[str, ...]:
    return (*kind.columns, "reasons")
