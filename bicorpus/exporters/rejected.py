"""The rows that were left out, with all their reasons: a table, or an object a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bicorpus.exporters.characters import without_surrogates
from bicorpus.exporters.jsonl import json_line
from bicorpus.exporters.rows import Written
from bicorpus.exporters.selection import Rejected
from bicorpus.exporters.tsv import COLUMNS, cells, check_table, write_table

REJECTED_COLUMNS = (*COLUMNS, "reasons")


def write_rejected(rejected: Iterable[Rejected], path: Path, *, as_json: bool) -> Written:
    """Write `rejected` as lines of corpus.tsv with a column of reasons, or the same as JSON."""
    if not as_json:
        lines = ((*cells(one.row), " | ".join(one.reasons)) for one in rejected)
        return write_table(lines, REJECTED_COLUMNS, path)
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for one in rejected:
            record = dict(zip(COLUMNS, cells(one.row), strict=True))
            line = json_line({**record, "reasons": list(one.reasons)})
            file.write(without_surrogates(line) + "\n")
            written += 1
    return Written(rows=written, left_out=0)


def check_rejected(path: Path, written: Written, *, as_json: bool) -> list[str]:
    """Return where the file has not a line a row."""
    if not as_json:
        return check_table(path, written, REJECTED_COLUMNS)
    with path.open("rb") as file:
        lines = sum(1 for _ in file)
    return [] if lines == written.rows else [f"{lines} lines instead of {written.rows}"]
