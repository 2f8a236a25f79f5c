"""The articles of a corpus with the rows that are to be exported or handed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bicorpus.exporters.rows import ArticleRows
    from bicorpus.store import Project


def read_articles(
    project: Project, *, with_beads: bool = True, with_claims: bool = False
) -> Iterator[ArticleRows]:
    """Yield the articles in order of arrival; claims cost more, and are there where asked for."""
    from bicorpus.derived import article_claim_rows, article_rows
    from bicorpus.derived.claims import group_names
    from bicorpus.exporters.rows import ArticleRows

    groups = group_names(project) if with_claims else {}
    for article in project.articles():
        rows = tuple(article_rows(article)) if with_beads else ()
        claims = tuple(article_claim_rows(article, groups)) if with_claims else ()
        yield ArticleRows(article, rows, claims)
