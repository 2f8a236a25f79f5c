"""The sample articles of tests/data/exporters/claims.json: claims, their links, word links.

Each line is a sentence; claims and links name their words, the first place of which is meant. In
the first article claims nest on the source side and cross on the target side.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bicorpus.annotate import bead_texts
from bicorpus.data import (
    Article,
    Attribution,
    Bead,
    Claim,
    ClaimLink,
    Document,
    Finding,
    Segment,
    SegmentKind,
    Sentence,
    Side,
    Span,
    WordLink,
)
from bicorpus.derived import article_claim_rows, article_rows
from bicorpus.exporters.rows import ArticleRows
from bicorpus.store import Project

PLACE = Path(__file__).resolve().parents[1] / "data" / "exporters" / "claims.json"
SIGNATURE = "segments:1|mt:argos:de_en@1.0,sha:0123,beam:4|bicorpus:0.1"


def sample_records() -> list[dict[str, Any]]:
    """Return the records of the file."""
    records: list[dict[str, Any]] = json.loads(PLACE.read_text("utf-8"))
    return records


def claim_articles() -> list[Article]:
    """Return the articles of the file."""
    return list(map(_article, sample_records()))


def claim_article_rows() -> list[ArticleRows]:
    """Return the articles as exporters are given them."""
    groups = _groups()
    return [
        ArticleRows(one, tuple(article_rows(one)), tuple(article_claim_rows(one, groups)))
        for one in claim_articles()
    ]


def save_claim_corpus(folder: Path) -> Path:
    """Write the articles into a corpus and return its folder."""
    with Project(folder) as project:
        for article in claim_articles():
            project.add(article.source.document)
            project.save(article, SIGNATURE)
        project.save_claim_groups({key: (name, False) for key, name in _groups().items()})
    return folder


def _groups() -> dict[tuple[str, int], str]:
    return {
        (article.source.document.id, int(index)): name
        for article, record in zip(claim_articles(), sample_records(), strict=True)
        for index, name in record["groups"].items()
    }


def _article(record: dict[str, Any]) -> Article:
    source = _side("de", record["source"], record["origin"], record["claims"])
    target = _side("en", record["target"], record["origin"], record["target_claims"])
    beads = tuple(
        _bead(number, values, record["word_links"], source, target)
        for number, values in enumerate(record["beads"])
    )
    links = tuple(_link(values, target.document.text) for values in record["links"])
    return Article(source, target, beads, claim_links=links)


def _side(language: str, lines: Sequence[str], origin: str, claims: list[dict[str, Any]]) -> Side:
    text = "\n".join(lines) + "\n"
    sentences, start = [], 0
    for number, line in enumerate(lines, 1):
        sentences.append(Sentence(number, Span(start, start + len(line)), 0))
        start += len(line) + 1
    segment = Segment(Span(0, len(text) - 1), SegmentKind.BODY)
    made = tuple(_claim(values, text, sentences[values["sentence"]].span) for values in claims)
    return Side(Document(language, text, origin), (segment,), tuple(sentences), made)


def _find(words: str, text: str, start: int = 0) -> Span:
    place = text.index(words, start)
    return Span(place, place + len(words))


def _claim(values: dict[str, Any], text: str, sentence: Span) -> Claim:
    attribution = None
    if "speaker" in values:
        speaker, cue = (_find(values[name], text, sentence.start) for name in ("speaker", "cue"))
        attribution = Attribution(speaker, cue)
    return Claim(
        values["sentence"],
        tuple(_find(words, text, sentence.start) for words in values["words"]),
        attribution,
        "asserted" if attribution else None,
        negated=values.get("negated", False),
    )


def _link(values: dict[str, Any], target: str) -> ClaimLink:
    return ClaimLink(
        values["source"],
        values["target"],
        tuple(_find(words, target) for words in values["words"]),
        values["verdict"],
        values.get("score"),
        values.get("reason", ""),
        tuple(Finding(*one) for one in values.get("findings", ())),
    )


def _bead(
    number: int, values: dict[str, Any], links: list[list[Any]], source: Side, target: Side
) -> Bead:
    bare = Bead(
        Span(*values["source"]),
        Span(*values["target"]),
        known=True,
        score=values["score"],
        translation_score=values.get("translation_score"),
    )
    texts = bead_texts(bare, source, target)
    made = sorted(
        (
            WordLink(_find(one, texts[0]), _find(other, texts[1]), 1.0)
            for bead, one, other in links
            if bead == number
        ),
        key=lambda link: (link.source, link.target),
    )
    return Bead(
        bare.source, bare.target, True, bare.score, bare.translation_score, links=tuple(made)
    )
