"""Parquet: a row a bead, typed columns, nothing folded; needs pyarrow (extra `parquet`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from bicorpus.data import Span
from bicorpus.exporters.characters import Replacements, surrogates, without_surrogates
from bicorpus.exporters.formats import Format, all_rows
from bicorpus.exporters.rows import ArticleRows, BeadRow, CorpusHeader, Written

# Rows in memory at a time, and in a row group of the file: some ten megabytes.
ROWS_IN_A_GROUP = 10_000


def _packages() -> tuple[Any, Any]:
    """Return pyarrow and its parquet module; by name, since it is optional and has no types."""
    return import_module("pyarrow"), import_module("pyarrow.parquet")


def _schema(pyarrow: Any) -> Any:
    text, whole, number = pyarrow.string(), pyarrow.int32(), pyarrow.float64()
    span = pyarrow.struct([("start", whole), ("end", whole)])
    finding = pyarrow.struct(
        [
            ("check", text),
            ("severity", text),
            ("message", text),
            ("source_span", span),
            ("target_span", span),
        ]
    )
    return pyarrow.schema(
        [
            ("document", text),
            ("origin", text),
            ("number", whole),
            ("segment", whole),
            ("kind", text),
            ("source_sentences", pyarrow.list_(whole)),
            ("target_sentences", pyarrow.list_(whole)),
            ("source_span", span),
            ("target_span", span),
            ("type", text),
            ("source", text),
            ("target", text),
            ("translation_score", number),
            ("score", number),
            ("known", pyarrow.bool_()),
            ("flags", pyarrow.list_(text)),
            ("claims", pyarrow.list_(text)),
            ("findings", pyarrow.list_(finding)),
        ]
    )


def write_parquet(
    articles: Iterable[ArticleRows], header: CorpusHeader, paths: Sequence[Path]
) -> Written:
    """Write a row a bead; the signature and the languages are in the file's own metadata."""
    pyarrow, parquet = _packages()
    about = {
        "bicorpus.signature": header.signature,
        "bicorpus.source_language": header.source_language,
        "bicorpus.target_language": header.target_language,
    }
    schema = _schema(pyarrow).with_metadata(about)
    written = 0
    replacements = Replacements()
    rows = all_rows(articles)
    with parquet.ParquetWriter(paths[0], schema, compression="zstd") as file:
        while group := list(islice(rows, ROWS_IN_A_GROUP)):
            records = [_record(row, replacements) for row in group]
            file.write_table(pyarrow.Table.from_pylist(records, schema=schema))
            written += len(group)
    return Written(written, 0, replacements.rows, replacements.places)


def _record(row: BeadRow, replacements: Replacements) -> dict[str, Any]:
    replacements.look(row, surrogates)
    return {
        "document": row.document,
        "origin": without_surrogates(row.origin),
        "number": row.number,
        "segment": row.segment,
        "kind": row.kind,
        "source_sentences": row.source_sentences,
        "target_sentences": row.target_sentences,
        "source_span": _ends(row.source_span),
        "target_span": _ends(row.target_span),
        "type": row.shape,
        "source": without_surrogates(row.source_text),
        "target": without_surrogates(row.target_text),
        "translation_score": row.translation_score,
        "score": row.score,
        "known": row.known,
        "flags": row.flags,
        "claims": row.claims,
        "findings": [
            {
                "check": one.check,
                "severity": one.severity,
                "message": without_surrogates(one.message),
                "source_span": _ends(one.source_span),
                "target_span": _ends(one.target_span),
            }
            for one in row.findings
        ],
    }


def _ends(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}


def check_parquet(paths: Sequence[Path], written: Written) -> list[str]:
    """Return what is wrong: every row group is read back, decoded and counted."""
    _, parquet = _packages()
    with parquet.ParquetFile(paths[0]) as file:
        groups = range(file.num_row_groups)
        rows = sum(file.read_row_group(number).num_rows for number in groups)
    return [] if rows == written.rows else [f"{rows} rows instead of {written.rows}"]


PARQUET = Format(
    write=write_parquet,
    check=check_parquet,
    to_standard_output=False,
    packages=("pyarrow",),
    extra="parquet",
)
