"""Which rows are written, and why the others are not: every row left out has counted reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bicorpus.exporters.filters import Filter
from bicorpus.exporters.rows import ArticleRows, BeadRow

SideName = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is left out, with all its reasons as sentences for people."""

    row: BeadRow
    reasons: tuple[str, ...]


class Selection:
    """Lets rows pass that meet `condition` and have the sides that a format `needs`.

    While rows are drawn through `keep` it counts `rows` seen and `kept`, articles that pass
    (`documents`) and that do not; and for each condition the rows left out because of it
    (`reasons`; a row can have several), those left out because of it and nothing else (`only`),
    and those that it would leave out if it stood alone (`alone`).
    """

    def __init__(
        self, condition: Filter | None = None, *, needs: tuple[SideName, ...] = ()
    ) -> None:
        self.condition = condition
        self._needs = needs
        self.rows = self.kept = self.documents = self.documents_left_out = 0
        self._conditions = condition.conditions() if condition else ()
        # All are there from the start, those that leave nothing out, too.
        names = [one.text for one in self._conditions] + [_no_side(side) for side in needs]
        self.reasons = Counter(dict.fromkeys(names, 0))
        self.only = Counter(self.reasons)
        self.alone = Counter(self.reasons)
        self._names = {
            (one.field, one.value) for one in self._conditions if one.field in {"flag", "finding"}
        }

    def keep(self, articles: Iterable[ArticleRows]) -> Iterator[ArticleRows]:
        """Yield the articles with the rows that pass; with a filter, only those that have any."""
        for article in articles:
            rows = tuple(row for row in article.rows if self._passes(row))
            if self.condition and not rows:
                self.documents_left_out += 1
                continue
            self.documents += 1
            yield replace(article, rows=rows)

    def reject(self, articles: Iterable[ArticleRows]) -> Iterator[Rejected]:
        """Yield the rows that `keep` leaves out, with their reasons; counts nothing."""
        for article in articles:
            for row in article.rows:
                unmet = self.condition.unmet(row) if self.condition else ()
                reasons = [one.reason(row) for one in unmet] + self._missing(row)
                if reasons:
                    yield Rejected(row, tuple(reasons))

    @property
    def left_out(self) -> int:
        """How many rows did not pass."""
        return self.rows - self.kept

    @property
    def unseen(self) -> tuple[tuple[str, str], ...]:
        """The (field, value) of flags and findings that the filter names and no row has."""
        return tuple(sorted(self._names))

    def _passes(self, row: BeadRow) -> bool:
        self.rows += 1
        if self._names:
            self._names -= {("flag", name) for name in row.flags}
            self._names -= {("finding", finding.check) for finding in row.findings}
        missing = self._missing(row)
        self._count_alone(row, missing)
        unmet = self.condition.unmet(row) if self.condition else ()
        reasons = {one.text for one in unmet}.union(missing)
        if not reasons:
            self.kept += 1
            return True
        self.reasons.update(reasons)
        if len(reasons) == 1:
            self.only.update(reasons)
        return False

    def _count_alone(self, row: BeadRow, missing: list[str]) -> None:
        if missing:
            self.alone.update(missing)
        if self.condition and (unmet := {c.text for c in self._conditions if c.unmet(row)}):
            self.alone.update(unmet)

    def _missing(self, row: BeadRow) -> list[str]:
        texts = {"source": row.source_text, "target": row.target_text}
        return [_no_side(side) for side in self._needs if not texts[side].strip()]


def _no_side(side: SideName) -> str:
    return f"the {side} side is empty"
