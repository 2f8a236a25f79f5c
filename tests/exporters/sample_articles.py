"""The sample articles of tests/data/exporters/articles.json: texts by segment, and their beads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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

PLACE = Path(__file__).resolve().parents[1] / "data" / "exporters" / "articles.json"


def sample_articles(*, with_surrogate: bool = True) -> tuple[Article, ...]:
    """Return the articles of the file: sentences stand on lines, segments have a line between.

    SQLite takes no lone surrogates: for a project leave the one in the file out.
    """
    text = PLACE.read_text("utf-8")
    if not with_surrogate:
        text = text.replace("\\ud800", "?")
    return tuple(map(_article, json.loads(text)))


def _article(values: dict[str, Any]) -> Article:
    source = _side(values["source"], values.get("language", "de"), values)
    target = _side(values["target"], "en", values) if values["target"] else None
    beads = tuple(map(_bead, values["beads"]))
    return Article(source, target, beads, values.get("failure"))


def _side(parts: list[Any], language: str, values: dict[str, Any]) -> Side:
    text = ""
    segments, sentences = [], []
    for index, (kind, lines) in enumerate(parts):
        text += "\n" if text else ""
        start = len(text)
        for line in lines:
            text += line + "\n"
            span = Span(len(text) - 1 - len(line), len(text) - 1)
            sentences.append(Sentence(len(sentences) + 1, span, index))
        segments.append(Segment(Span(start, len(text) - 1), SegmentKind(kind)))
    text = values.get("text", text)
    document = Document(language, text, values["origin"], title=values.get("title", ""))
    return Side(document, tuple(segments), tuple(sentences))


def _bead(values: dict[str, Any]) -> Bead:
    return Bead(
        Span(*values["source"]),
        Span(*values["target"]),
        known=values.get("known", True),
        score=values.get("score"),
        translation_score=values.get("translation_score"),
        flags=tuple(values.get("flags", ())),
        findings=tuple(
            Finding(check, severity, message, *(Span(*one) if one else None for one in spans))
            for check, severity, message, *spans in values.get("findings", ())
        ),
    )
