"""The rows of corpus.tsv and of every export: one a bead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bicorpus.data import Article, Bead, Side, Span
from bicorpus.exporters.claim_rows import claim_id
from bicorpus.exporters.rows import BeadRow
from bicorpus.store import Project


def bead_rows(project: Project) -> Iterator[BeadRow]:
    """Yield a row for each bead of each article, in order of arrival."""
    for article in project.articles():
        yield from article_rows(article)


def article_rows(article: Article) -> Iterator[BeadRow]:
    """Yield a row for each bead of an article."""
    if article.target is None:
        return
    claims: dict[int, list[str]] = defaultdict(list)
    for index, claim in enumerate(article.source.claims or ()):
        claims[claim.sentence].append(claim_id(article.source.document.id, index))
    for number, bead in enumerate(article.beads, 1):
        inside = range(bead.source.start, bead.source.end)
        row = _row(article.source, article.target, bead, number)
        yield replace(row, claims=tuple(one for index in inside for one in claims.get(index, ())))


def _row(source: Side, target: Side, bead: Bead, number: int) -> BeadRow:
    source_span, target_span = source.span_of(bead.source), target.span_of(bead.target)
    segment = source.sentences[bead.source.start].segment if bead.source else None
    if segment is None:
        segment = target.sentences[bead.target.start].segment
        kind = target.segments[segment].kind
    else:
        kind = source.segments[segment].kind
    return BeadRow(
        document=source.document.id,
        origin=source.document.origin,
        source_language=source.document.language,
        target_language=target.document.language,
        number=number,
        segment=segment + 1,
        kind=kind.value,
        source_sentences=_numbers(source, bead.source),
        target_sentences=_numbers(target, bead.target),
        source_span=source_span,
        target_span=target_span,
        shape=bead.shape,
        source_text=source.text_of(bead.source),
        target_text=target.text_of(bead.target),
        translation_score=bead.translation_score,
        score=bead.score,
        flags=bead.flags,
        findings=bead.findings,
        known=bead.known,
    )


def _numbers(side: Side, sentences: Span) -> tuple[int, ...]:
    return tuple(one.number for one in side.sentences[sentences.start : sentences.end])
