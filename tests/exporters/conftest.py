"""The sample rows: a file of data to which cases can be added."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bicorpus.data import Finding, Span
from bicorpus.exporters.rows import BeadRow, CorpusHeader

DATA = Path(__file__).resolve().parents[1] / "data" / "exporters"


def _span(edges: list[int] | None) -> Span | None:
    return None if edges is None else Span(*edges)


def _row(values: dict[str, Any]) -> BeadRow:
    values |= {
        "source_language": "de",
        "target_language": "en",
        "source_sentences": tuple(values["source_sentences"]),
        "target_sentences": tuple(values["target_sentences"]),
        "source_span": _span(values["source_span"]),
        "target_span": _span(values["target_span"]),
        "flags": tuple(values["flags"]),
        "findings": tuple(Finding(*finding) for finding in values["findings"]),
    }
    return BeadRow(**values)


@pytest.fixture(scope="session")
def data() -> Path:
    return DATA


@pytest.fixture(scope="session")
def rows() -> tuple[BeadRow, ...]:
    """Five beads that hold every trouble: see beads.json."""
    return tuple(map(_row, json.loads((DATA / "beads.json").read_text("utf-8"))))


@pytest.fixture(scope="session")
def header() -> CorpusHeader:
    return CorpusHeader(
        signature="split:rules|mt:argos-de_en-0.1,beam:4|bicorpus:0.1",
        model="argos-de_en-0.1",
        run="run-7",
        version="0.1",
        source_language="de",
        target_language="en",
    )
