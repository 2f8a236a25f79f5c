"""The articles of a corpus with the rows that are to be exported or handed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bicorpus.errors import InputError

if TYPE_CHECKING:
    from bicorpus.exporters.claim_rows import ClaimRow
    from bicorpus.exporters.rows import ArticleRows
    from bicorpus.store import Project


def open_corpus(path: Path) -> Project:
    """Return the corpus in a folder, open to be read. Raises BicorpusError where there is none."""
    from bicorpus.store import Project

    if path.is_file():
        raise InputError(
            f'"{path}" is a file, and not the folder of a corpus.',
            next_step="Name the folder; a translation memory becomes a corpus with: "
            f'bicorpus import "{path}" -o CORPUS.',
        )
    return Project(path, writable=False)


def read_articles(
    project: Project, *, with_beads: bool = True, with_claims: bool = False
) -> Iterator[ArticleRows]:
    """Yield the articles in order of arrival; claims cost more, and are there where asked for."""
    from bicorpus.derived import article_claim_rows, article_rows
    from bicorpus.exporters.rows import ArticleRows

    for article in project.articles():
        rows = tuple(article_rows(article)) if with_beads else ()
        claims: tuple[ClaimRow, ...] = ()
        if with_claims:
            groups = project.claim_group_names(article.source.document.id)
            claims = tuple(article_claim_rows(article, groups))
        yield ArticleRows(article, rows, claims)
