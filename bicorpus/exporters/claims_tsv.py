"""claims.tsv: a header line, then one line a claim pair; see `tsv` for how to read it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bicorpus.exporters.claim_rows import ClaimRow, ClaimSide, quantities_json
from bicorpus.exporters.formats import claim_format
from bicorpus.exporters.rows import CorpusHeader, Written, score_text, sentence_numbers
from bicorpus.exporters.tsv import check_table, write_table

_OF_SIDE = (
    "claim",
    "sentences",
    "offsets",
    "text",
    "speaker",
    "cue",
    "stance",
    "hedged",
    "negated",
    "quantities",
    "names",
)
COLUMNS = (
    "document",
    "origin",
    "kind",
    "verdict",
    "score",
    "reason",
    "group",
    *(f"source_{name}" for name in _OF_SIDE),
    *(f"target_{name}" for name in _OF_SIDE),
)


def write_claims_tsv(
    rows: Iterable[ClaimRow],
    header: CorpusHeader,  # noqa: ARG001 - the contract of exporters; a table has no place for it
    path: Path,
) -> Written:
    """Write `rows` to `path` as they come, in constant memory; every claim pair has a line."""
    return write_table((cells(row) for row in rows), COLUMNS, path)


def check_claims_tsv(path: Path, written: Written) -> list[str]:
    """Return what is wrong with the file at `path`: lines and cells counted after writing."""
    return check_table(path, written, COLUMNS)


def cells(row: ClaimRow) -> tuple[str, ...]:
    """Return the cells of a line in the order of `COLUMNS`, not yet folded."""
    return (
        row.document,
        row.origin,
        row.kind,
        row.verdict,
        score_text(row.score),
        row.reason,
        row.group,
        *_side_cells(row.source),
        *_side_cells(row.target),
    )


def _side_cells(side: ClaimSide) -> tuple[str, ...]:
    return (
        side.claim,
        sentence_numbers(side.sentences),
        " ".join(map(str, side.spans)),
        side.text,
        side.speaker,
        side.cue,
        side.stance or "",
        _yes_no(side.hedged),
        _yes_no(side.negated),
        quantities_json(side.quantities),
        " | ".join(name.replace(" | ", " / ") for name in side.names),
    )


def _yes_no(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")


CLAIMS_TSV = claim_format(write_claims_tsv, check_claims_tsv)
