r"""corpus.tsv: a header line, then one line a bead. No quoting: a quotation mark is a character.

Read it with `pandas.read_csv(path, sep="\t", quoting=3, keep_default_na=False)` or
`csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bicorpus.data import Finding, Span
from bicorpus.exporters.characters import has_controls, one_line
from bicorpus.exporters.rows import BeadRow, CorpusHeader, Written, score_text, sentence_numbers

COLUMNS = (
    "document",
    "origin",
    "segment",
    "kind",
    "source_sentences",
    "target_sentences",
    "source_offset",
    "target_offset",
    "type",
    "source",
    "target",
    "translation_score",
    "score",
    "flags",
    "findings",
)


def write_tsv(
    rows: Iterable[BeadRow],
    header: CorpusHeader,  # noqa: ARG001 - the contract of exporters; a table has no place for it
    path: Path,
) -> Written:
    """Write `rows` to `path` as they come, in constant memory; every bead has a line.

    White space that would shift a line or a cell is folded (`characters.one_line`).
    """
    written = replaced = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(COLUMNS) + "\n")
        for row in rows:
            cells = _cells(row)
            replaced += any(map(has_controls, cells))
            file.write("\t".join(map(one_line, cells)) + "\n")
            written += 1
    return Written(rows=written, left_out=0, replaced=replaced)


def check_tsv(path: Path, written: Written) -> list[str]:
    """Return what is wrong with the file at `path`: lines and cells counted after writing."""
    problems = []
    lines = 0
    with path.open("rb") as file:
        for lines, line in enumerate(file, start=1):
            if line.count(b"\t") != len(COLUMNS) - 1:
                found = line.count(b"\t") + 1
                problems.append(f"line {lines}: {found} cells instead of {len(COLUMNS)}")
    if lines != written.rows + 1:
        problems.append(f"{lines} lines instead of {written.rows + 1} (a header and a line a row)")
    return problems


def _cells(row: BeadRow) -> tuple[str, ...]:
    """Return the cells of a line in the order of `COLUMNS`, not yet folded."""
    return (
        row.document,
        row.origin,
        str(row.segment),
        row.kind,
        sentence_numbers(row.source_sentences),
        sentence_numbers(row.target_sentences),
        _offset(row.source_span),
        _offset(row.target_span),
        row.shape,
        row.source_text,
        row.target_text,
        score_text(row.translation_score),
        score_text(row.score),
        " ".join(row.flags),
        " | ".join(map(_finding, row.findings)),
    )


def _offset(span: Span | None) -> str:
    return "" if span is None else str(span)


def _finding(finding: Finding) -> str:
    # " | " parts the findings of a cell, so a message must not hold it.
    message = one_line(finding.message).replace(" | ", " / ")
    return f"{finding.check}:{finding.severity}:{message}"
