"""What an export goes by: beads, or claims with the words that carry them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bicorpus.exporters import claims_tsv, tsv
from bicorpus.exporters.filter_fields import BEAD_FIELDS, CLAIM_FIELDS, Field
from bicorpus.exporters.filters import Row
from bicorpus.exporters.rows import ArticleRows


@dataclass(frozen=True, slots=True)
class RowKind:
    """A kind of row: what a filter can ask of it, and its line in the table of rejected rows.

    `name` is that of the option, `noun` what people read. `rows` finds the rows of this kind in an
    article, `keep` returns the article with some of them.
    """

    name: str
    noun: str
    fields: Mapping[str, Field]
    columns: tuple[str, ...]
    cells: Callable[[Any], tuple[str, ...]]
    rows: Callable[[ArticleRows], tuple[Row, ...]]
    keep: Callable[[ArticleRows, tuple[Any, ...]], ArticleRows]


BEADS = RowKind(
    "bead",
    "row",
    BEAD_FIELDS,
    tsv.COLUMNS,
    tsv.cells,
    rows=lambda article: article.rows,
    keep=lambda article, rows: replace(article, rows=rows),
)
CLAIMS = RowKind(
    "claim",
    "claim",
    CLAIM_FIELDS,
    claims_tsv.COLUMNS,
    claims_tsv.cells,
    rows=lambda article: article.claims,
    keep=lambda article, rows: replace(article, claims=rows),
)
ROW_KINDS = {kind.name: kind for kind in (BEADS, CLAIMS)}
