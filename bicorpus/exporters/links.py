"""links: a header line, then one line a word link; see `tsv` for how to read it.

The words are those of the word aligner: words and signs, mostly less than what blanks part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bicorpus.errors import ProjectError
from bicorpus.exporters.formats import Format
from bicorpus.exporters.rows import ArticleRows, CorpusHeader, Written, score_text
from bicorpus.exporters.tsv import check_table, write_table

COLUMNS = (
    "document",
    "bead",
    "source_offset",
    "target_offset",
    "source",
    "target",
    "score",
)


def write_links(
    articles: Iterable[ArticleRows],
    header: CorpusHeader,  # noqa: ARG001 - the contract of formats; a table has no place for it
    paths: Sequence[Path],
) -> Written:
    """Write the word links of all rows, in order of their source place; offsets are in documents.

    Raises ProjectError where the words of no row are linked.
    """
    counts = _Counts()
    written = write_table(_lines(articles, counts), COLUMNS, paths[0])
    if counts.unlinked and not counts.linked:
        raise ProjectError(
            "No words are linked in the rows that are to be written.",
            next_step="Build the corpus again without --no-claims.",
        )
    notes = (f"{counts.unlinked} rows have no word links: nobody has linked their words.",)
    return replace(written, notes=notes if counts.unlinked else ())


class _Counts:
    """How many rows with two sides have word links, be it none, and how many were not linked."""

    def __init__(self) -> None:
        self.linked = self.unlinked = 0


def _lines(articles: Iterable[ArticleRows], counts: _Counts) -> Iterator[tuple[str, ...]]:
    for article in articles:
        for row in article.rows:
            if row.source_span is None or row.target_span is None:
                continue
            links = article.article.beads[row.number - 1].links
            if links is None:
                counts.unlinked += 1
                continue
            counts.linked += 1
            for link in links:
                yield (
                    row.document,
                    str(row.number),
                    str(link.source.shifted(row.source_span.start)),
                    str(link.target.shifted(row.target_span.start)),
                    link.source.of(row.source_text),
                    link.target.of(row.target_text),
                    score_text(link.score),
                )


def check_links(paths: Sequence[Path], written: Written) -> list[str]:
    """Return what is wrong with the file: lines and cells counted after writing."""
    return check_table(paths[0], written, COLUMNS)


LINKS = Format(write=write_links, check=check_links, needs=("source", "target"), unit="links")
