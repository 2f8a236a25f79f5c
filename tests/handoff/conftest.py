"""A corpus of machine translations and one of people's, from tests/data/handoff/articles.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from bicorpus.data import (
    Article,
    Bead,
    Document,
    Finding,
    Segment,
    SegmentKind,
    Sentence,
    Side,
    Span,
)
from bicorpus.store import Project

DATA = Path(__file__).resolve().parents[1] / "data" / "handoff"
SIGNATURES = {
    "machine": "split:rules|mt:argos-de_en-0.9,sha:0,beam:4|bicorpus:0.1",
    "people": "split:rules|align:joint,weights:1|bicorpus:0.1",
}


def side(parts: list[Any], language: str, origin: str) -> Side:
    """Sentences stand on lines of their own."""
    text = ""
    segments, sentences = [], []
    for index, (kind, lines) in enumerate(parts):
        start = len(text)
        for line in lines:
            sentences.append(
                Sentence(len(sentences) + 1, Span(len(text), len(text) + len(line)), index)
            )
            text += line + "\n"
        segments.append(Segment(Span(start, len(text) - 1), SegmentKind(kind)))
    return Side(Document(language, text, origin), tuple(segments), tuple(sentences))


def bead(source: list[int], target: list[int], findings: Any = (), *, known: bool) -> Bead:
    made = tuple(
        Finding(check, severity, message, *(Span(*one) if one else None for one in spans))
        for check, severity, message, *spans in findings
    )
    return Bead(Span(*source), Span(*target), known=known, findings=made)


def articles(kind: str) -> tuple[Article, ...]:
    records = json.loads((DATA / "articles.json").read_text("utf-8"))[kind]
    return tuple(
        Article(
            side(one["source"], "de", one["origin"]),
            side(one["target"], "en", one["origin"]),
            tuple(bead(*parts, known=kind == "machine") for parts in one["beads"]),
        )
        for one in records
    )


def build(folder: Path, kind: str, origins: Sequence[str] = ()) -> Path:
    """Write a corpus; its documents may be given other origins."""
    with Project(folder) as project:
        for article, origin in zip_longest(articles(kind), origins):
            document = replace(
                article.source.document, origin=origin or article.source.document.origin
            )
            project.add(document)
            source = replace(article.source, document=document)
            project.save(replace(article, source=source), SIGNATURES[kind])
    return folder


@pytest.fixture
def build_machine(tmp_path: Path) -> Callable[[Sequence[str]], Path]:
    """Write a corpus of machine translations whose documents have the given origins."""
    return lambda origins: build(tmp_path / "corpus", "machine", origins)


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("handoff") / "machine", "machine")


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("handoff") / "people", "people")
