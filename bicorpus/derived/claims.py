"""The rows of claims.tsv: one a claim pair, and one a claim of target-language documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bicorpus.claims.finding import figure_of
from bicorpus.claims.quantities.reading import find_quantities
from bicorpus.data import Article, Claim, ClaimLink, Figure, Side, Span
from bicorpus.exporters.claim_rows import ClaimRow, ClaimSide, claim_id, side_of, text_of
from bicorpus.store import Project


def claim_rows(project: Project) -> Iterator[ClaimRow]:
    """Yield the rows of all articles whose claims were looked for, in order of arrival."""
    for article in project.articles():
        document = article.source.document.id
        yield from article_claim_rows(article, project.claim_group_names(document))


def group_names(project: Project) -> dict[tuple[str, int], str]:
    """Return the name of the group of each grouped claim by (document id, index of the claim)."""
    return {claim: name for claim, (name, _) in project.claim_groups().items()}


def article_claim_rows(
    article: Article, groups: Mapping[tuple[str, int], str] | None = None
) -> Iterator[ClaimRow]:
    """Yield a row for each claim link of an article; for one without a target, for each claim.

    `groups` has the name of the group by (document id, index of the claim).
    """
    source, target = article.source, article.target
    if source.claims is None:
        return
    if target is None or article.claim_links is None:
        for index in range(len(source.claims)):
            yield _grouped(_lone_row(source, index), index, groups)
        return
    for link in article.claim_links:
        yield _grouped(_row(source, target, link), link.source, groups)


def _grouped(
    row: ClaimRow, index: int | None, groups: Mapping[tuple[str, int], str] | None
) -> ClaimRow:
    if index is None or not groups:
        return row
    return replace(row, group=groups.get((row.document, index), ""))


def _lone_row(source: Side, index: int) -> ClaimRow:
    document = source.document
    side = _claim_side(source, index, is_source=True)
    kind = _kind(source, (source.claims or ())[index])
    language = document.language
    return ClaimRow(
        document.id, document.origin, language, language, kind, side, ClaimSide(), "", None, ""
    )


def _row(source: Side, target: Side, link: ClaimLink) -> ClaimRow:
    here = ClaimSide() if link.source is None else _claim_side(source, link.source, is_source=True)
    if link.source is not None:
        kind = _kind(source, (source.claims or ())[link.source])
    else:
        kind = _kind(target, (target.claims or ())[link.target or 0])
    return ClaimRow(
        source.document.id,
        source.document.origin,
        source.document.language,
        target.document.language,
        kind,
        here,
        _target_side(source, target, link),
        link.verdict,
        link.score,
        link.reason,
        link.findings,
    )


def _claim_side(side: Side, index: int, *, is_source: bool, document: str = "") -> ClaimSide:
    claim = (side.claims or ())[index]
    identifier = claim_id(document or side.document.id, index, is_source=is_source)
    return side_of(claim, identifier, side.sentences[claim.sentence].number, side.document.text)


def _target_side(source: Side, target: Side, link: ClaimLink) -> ClaimSide:
    """Return the target words; the attributes are those of the claim that they are."""
    if not link.target_spans:
        return ClaimSide()
    text = target.document.text
    found = ClaimSide(
        sentences=_sentences(target, link.target_spans),
        spans=link.target_spans,
        text=text_of(link.target_spans, text),
        quantities=_figures(link.target_spans, target),
    )
    if link.target is None:
        return found
    whole = _claim_side(target, link.target, is_source=False, document=source.document.id)
    kept = replace(whole, sentences=found.sentences, spans=found.spans, text=found.text)
    return kept if link.target_spans == whole.spans else replace(kept, quantities=found.quantities)


def _figures(spans: tuple[Span, ...], side: Side) -> tuple[Figure, ...]:
    document = side.document
    figures = (
        figure_of(quantity, span.start)
        for span in spans
        for quantity in find_quantities(span.of(document.text), document.language)
    )
    return tuple(figure for figure in figures if figure is not None)


def _sentences(side: Side, spans: tuple[Span, ...]) -> tuple[int, ...]:
    return tuple(
        sentence.number
        for sentence in side.sentences
        if any(sentence.span.start <= span.start < sentence.span.end for span in spans)
    )


def _kind(side: Side, claim: Claim) -> str:
    return side.segments[side.sentences[claim.sentence].segment].kind.value
