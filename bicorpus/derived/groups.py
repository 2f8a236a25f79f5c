"""The groups of a project's claims: computed over all its articles, saved, and read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bicorpus.claims.groups.conflicts import find_conflicts
from bicorpus.claims.groups.grouping import GROUPS_VERSION, group_claims
from bicorpus.claims.groups.words import Statement
from bicorpus.claims.quantities.reading import Quantity
from bicorpus.data import Article
from bicorpus.derived.claims import article_claim_rows, group_names
from bicorpus.derived.statements import Draft, Encoder, read_claims, with_vectors
from bicorpus.errors import ProjectError
from bicorpus.exporters.claim_rows import ClaimRow
from bicorpus.store import Project
from bicorpus.tools import Tools


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """What the grouping made: groups, claims in them, groups with a conflict; what it limited.

    `version` is that of the grouping; run.json keeps it, so that groups of another are known.
    """

    groups: int = 0
    claims: int = 0
    conflicts: int = 0
    cut: int = 0
    split: int = 0
    version: int = GROUPS_VERSION


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two members, by index, and the figure of each that cannot both be right."""

    first: int
    second: int
    first_figure: Quantity
    second_figure: Quantity


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A group as people read it: its members' rows in order of arrival, and what differs."""

    name: str
    members: tuple[ClaimRow, ...]
    conflicts: tuple[Disagreement, ...]

    @property
    def documents(self) -> int:
        """How many documents the members stand in."""
        return len({one.document for one in self.members})

    @property
    def figures(self) -> dict[int, Quantity]:
        """The figure of each member that differs from another's, by the member's index."""
        found: dict[int, Quantity] = {}
        for one in self.conflicts:
            found.setdefault(one.first, one.first_figure)
            found.setdefault(one.second, one.second_figure)
        return found


def save_groups(project: Project, tools: Tools) -> GroupCounts:
    """Compute the groups of `project` and store them in place of the old ones.

    The claims of each article's own document count, German or English; not the machine's
    renderings. A corpus without claims has no groups, and no model is loaded for it.
    """
    drafts = [draft for article in project.articles() for draft in read_claims(article.source)]
    if not drafts or tools.embedder is None:
        project.save_claim_groups({})
        return GroupCounts()
    grouping = group_claims(_statements(drafts, tools.embedder))
    names = {}
    for number, group in enumerate(grouping.groups, 1):
        for member in group.members:
            names[drafts[member].key] = f"g{number}", bool(group.conflicts)
    project.save_claim_groups(names)
    return GroupCounts(
        len(grouping.groups),
        len(names),
        sum(bool(group.conflicts) for group in grouping.groups),
        grouping.cut,
        grouping.split,
    )


def _statements(drafts: Sequence[Draft], encoder: Encoder) -> list[Statement]:
    """Return the statements; batches are cut in an order that arrival does not change."""
    order = sorted(range(len(drafts)), key=lambda one: drafts[one].key)
    found = dict(zip(order, with_vectors([drafts[one] for one in order], encoder), strict=True))
    return [found[one] for one in range(len(drafts))]


def groups_are_current(project: Project) -> bool:
    """Return whether the saved groups are of the present articles, and of this grouping."""
    return project.derived_is_current and _recorded_version(project) == GROUPS_VERSION


def _recorded_version(project: Project) -> int | None:
    """Return the version of the grouping that run.json tells of; None where it tells of none."""
    try:
        record = json.loads((project.folder / "run.json").read_text("utf-8"))
        return int(record["groups"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def list_groups(project: Project) -> list[ListedGroup]:
    """Return the saved groups: first those with a conflict, then those in most documents.

    Raises ProjectError where they name claims that the articles no longer have.
    """
    names = group_names(project)
    members: dict[str, list[ClaimRow]] = {}
    statements: dict[str, list[Statement]] = {}
    wanted = {document for document, _ in names}
    for article in project.articles():
        if article.source.document.id in wanted:
            try:
                _collect(article, names, members, statements)
            except KeyError as error:
                raise ProjectError(
                    f'The groups of "{project.folder}" are older than its articles.',
                    next_step="Run the `bicorpus build` that made it again; it remakes them.",
                ) from error
    groups = [
        ListedGroup(name, tuple(rows), _disagreements(statements[name]))
        for name, rows in members.items()
    ]
    return sorted(groups, key=_rank)


def _rank(group: ListedGroup) -> tuple[bool, int, int, int]:
    number = int(group.name.removeprefix("g"))
    return not group.conflicts, -group.documents, -len(group.members), number


def _collect(
    article: Article,
    names: dict[tuple[str, int], str],
    members: dict[str, list[ClaimRow]],
    statements: dict[str, list[Statement]],
) -> None:
    """Add an article's grouped claims, each once: a claim may have several rows."""
    document = article.source.document.id
    rows: dict[int, ClaimRow] = {}
    for row in article_claim_rows(article, names):
        if row.group:
            rows.setdefault(int(row.source.claim.rpartition("-c")[2]) - 1, row)
    own = {draft.key[1]: draft.statement for draft in read_claims(article.source)}
    for index in sorted(index for place, index in names if place == document):
        name = names[document, index]
        members.setdefault(name, []).append(rows[index])
        statements.setdefault(name, []).append(own[index])


def _disagreements(statements: Sequence[Statement]) -> tuple[Disagreement, ...]:
    return tuple(
        Disagreement(one.first, one.second, one.first_figure, one.second_figure)
        for one in find_conflicts(statements, range(len(statements)))
    )
