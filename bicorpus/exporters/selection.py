"""Which rows are written, and why the others are not: every row left out has counted reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bicorpus.exporters.filter_fields import Words
from bicorpus.exporters.filters import Filter, Row
from bicorpus.exporters.row_kinds import BEADS, RowKind
from bicorpus.exporters.rows import ArticleRows, SideName

# Fields whose words nobody can list: one that no row has may be a slip of the keyboard.
_OPEN = frozenset(("flag", "finding", "group"))


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is left out, with all its reasons as sentences for people."""

    row: Row
    reasons: tuple[str, ...]


class Selection:
    """Lets rows of a kind pass that meet `condition` and have the sides that a format `needs`.

    While rows are drawn through `keep` it counts `rows` seen and `kept`, articles that pass
    (`documents`) and that do not; and for each condition the rows left out because of it
    (`reasons`; a row can have several), those left out because of it and nothing else (`only`),
    and those that it would leave out if it stood alone (`alone`).
    """

    def __init__(
        self,
        condition: Filter | None = None,
        *,
        needs: tuple[SideName, ...] = (),
        kind: RowKind = BEADS,
    ) -> None:
        self.condition = condition
        self.kind = kind
        self._needs = needs
        self.rows = self.kept = self.documents = self.documents_left_out = 0
        self._conditions = condition.conditions() if condition else ()
        # All are there from the start, those that leave nothing out, too.
        names = [one.text for one in self._conditions] + [_no_side(side) for side in needs]
        self.reasons = Counter(dict.fromkeys(names, 0))
        self.only = Counter(self.reasons)
        self.alone = Counter(self.reasons)
        self._unseen = {
            (one.name, one.value): one.field
            for one in self._conditions
            if isinstance(one.field, Words) and one.name in _OPEN
        }

    def keep(self, articles: Iterable[ArticleRows]) -> Iterator[ArticleRows]:
        """Yield the articles with the rows that pass; with a filter, only those that have any."""
        for article in articles:
            rows = tuple(row for row in self.kind.rows(article) if self._passes(row))
            if self.condition and not rows:
                self.documents_left_out += 1
                continue
            self.documents += 1
            yield self.kind.keep(article, rows)

    def reject(self, articles: Iterable[ArticleRows]) -> Iterator[Rejected]:
        """Yield the rows that `keep` leaves out, with their reasons; counts nothing."""
        for article in articles:
            for row in self.kind.rows(article):
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
        """The (field, value) of flags, findings and groups that the filter names and no row has."""
        return tuple(sorted(self._unseen))

    def _passes(self, row: Row) -> bool:
        self.rows += 1
        if self._unseen:
            seen = [key for key, field in self._unseen.items() if key[1] in field.get(row)]
            for key in seen:
                del self._unseen[key]
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

    def _count_alone(self, row: Row, missing: list[str]) -> None:
        if missing:
            self.alone.update(missing)
        if self.condition and (unmet := {c.text for c in self._conditions if c.unmet(row)}):
            self.alone.update(unmet)

    def _missing(self, row: Row) -> list[str]:
        texts = {"source": row.source_text, "target": row.target_text}
        return [_no_side(side) for side in self._needs if not texts[side].strip()]


def _no_side(side: SideName) -> str:
    return f"the {side} side is empty"
