"""One claim with all that is known of it: sentence, links, checks, where its figures came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bicorpus.annotate import bead_texts
from bicorpus.claims.quantities.reading import Quantity, find_quantities
from bicorpus.data import Article, Bead, Side, Span, WordLink
from bicorpus.derived.claims import article_claim_rows, group_names
from bicorpus.errors import SettingsError
from bicorpus.exporters.claim_rows import ClaimRow
from bicorpus.store import Project

_ID = re.compile(r"(?P<document>[0-9a-f]{16})-(?P<side>[ct])(?P<number>[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `explain` shows. Spans and links count code points of the bead's two texts.

    `quantities` are those inside the claim and inside its target words, with the words that gave
    bound and unit. `members` are the other claims of its group, as rows.
    """

    row: ClaimRow
    source_text: str
    target_text: str
    source_spans: tuple[Span, ...]
    target_spans: tuple[Span, ...]
    links: tuple[WordLink, ...] | None
    source_quantities: tuple[Quantity, ...]
    target_quantities: tuple[Quantity, ...]
    members: tuple[ClaimRow, ...] = ()


def explain(project: Project, claim: str) -> Explanation:
    """Return what is known of the claim with the id `claim`.

    Raises SettingsError, with where ids are found, for one that is not there.
    """
    found = _ID.fullmatch(claim)
    article = project.article(found["document"]) if found else None
    if found is None or article is None:
        raise _unknown(claim, project)
    names = project.claim_group_names(article.source.document.id)
    for row in article_claim_rows(article, names):
        if claim in (row.source.claim, row.target.claim):
            return _explanation(article, row, project)
    raise _unknown(claim, project)


def _unknown(claim: str, project: Project) -> SettingsError:
    return SettingsError(
        f'There is no claim "{claim}" in "{project.folder}".',
        next_step=f"The ids are in the columns source_claim and target_claim of "
        f'"{project.folder / "claims.tsv"}".',
    )


def _explanation(article: Article, row: ClaimRow, project: Project) -> Explanation:
    source, target = article.source, article.target
    bead = _bead_of(article, row)
    if bead is None or target is None:
        sentence = source.sentences[row.source.sentences[0] - 1].span
        texts, starts = (sentence.of(source.document.text), ""), (sentence.start, 0)
    else:
        texts = bead_texts(bead, source, target)
        starts = _start(source, bead.source), _start(target, bead.target)
    here = tuple(span.shifted(-starts[0]) for span in row.source.spans)
    there = tuple(span.shifted(-starts[1]) for span in row.target.spans)
    return Explanation(
        row,
        *texts,
        here,
        there,
        _links_inside(bead.links, here, there) if bead else None,
        _quantities(texts[0], row.source_language, here),
        _quantities(texts[1], row.target_language, there),
        _members(project, row),
    )


def _bead_of(article: Article, row: ClaimRow) -> Bead | None:
    for bead in article.beads:
        inside = (
            any(bead.source.start < number <= bead.source.end for number in row.source.sentences),
            any(bead.target.start < number <= bead.target.end for number in row.target.sentences),
        )
        if inside[0] or (not row.source.sentences and inside[1]):
            return bead
    return None


def _start(side: Side, sentences: Span) -> int:
    span = side.span_of(sentences)
    return span.start if span else 0


def _links_inside(
    links: tuple[WordLink, ...] | None, here: tuple[Span, ...], there: tuple[Span, ...]
) -> tuple[WordLink, ...] | None:
    if links is None:
        return None
    return tuple(
        link for link in links if _inside(link.source, here) or _inside(link.target, there)
    )


def _inside(place: Span, spans: tuple[Span, ...]) -> bool:
    return any(span.start <= place.start < span.end for span in spans)


def _quantities(text: str, language: str, spans: tuple[Span, ...]) -> tuple[Quantity, ...]:
    return tuple(one for one in find_quantities(text, language) if _inside(one.figure, spans))


def _members(project: Project, row: ClaimRow) -> tuple[ClaimRow, ...]:
    if not row.group:
        return ()
    names = group_names(project)
    members = []
    for document in dict.fromkeys(place[0] for place, name in names.items() if name == row.group):
        article = project.article(document)
        if article:
            rows = article_claim_rows(article, names)
            members += [one for one in rows if one.group == row.group and one.id != row.id]
    return tuple(members)
