"""A corpus folder and its database: one article, one transaction; restart is a query."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal

from filelock import FileLock, Timeout

from bicorpus.data import Article, Document, Refusal
from bicorpus.errors import ProjectError
from bicorpus.store import rows
from bicorpus.store.database import connect, readable_errors

DATABASE = "corpus.db"
# Standard input has no identity: another text from it does not replace the one before.
_NO_IDENTITY = "<stdin>"

Added = Literal["added", "known", "replaced", "duplicate"]


class Project:
    """The corpus in `folder`; a context manager that holds the folder's lock while writing.

    Raises ProjectError where the folder cannot be used, or another build is writing into it.
    """

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        self.folder = folder
        self.path = folder / DATABASE
        if writable:
            self._lock: FileLock | None = _locked(folder)
        else:
            self._lock = None
            if not self.path.is_file():
                raise ProjectError(
                    f'There is no corpus in "{folder}".',
                    next_step=f'Build one with: bicorpus build SOURCES... -o "{folder}".',
                )
        try:
            self._database = connect(self.path, writable=writable)
            if not writable:
                # One state for as long as it is open, whatever a build writes meanwhile.
                self._database.execute("BEGIN")
        except BaseException:
            self._unlock()
            raise

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _place: TracebackType | None,
    ) -> None:
        self._database.close()
        self._unlock()

    @property
    def database(self) -> sqlite3.Connection:
        """The open database, for `store.search`; it is closed with the project."""
        return self._database

    def _unlock(self) -> None:
        if self._lock:
            self._lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with readable_errors(self.path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("UPDATE state SET revision = revision + 1")
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def _query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with readable_errors(self.path):
            return self._database.execute(sql, values).fetchall()

    def add(self, document: Document) -> Added:
        """Bring a document in; the same text adds nothing, a changed file replaces its old text."""
        number = self._number("id", document.id)
        origin = document.origin
        if number is not None:
            same_place = self._query("SELECT origin FROM documents WHERE number = ?", number)
            if same_place == [(origin,)]:
                self.forget(origin)
                return "known"
            with self._transaction() as database:
                database.execute("DELETE FROM refusals WHERE origin = ?", (origin,))
                database.execute("REPLACE INTO duplicates VALUES (?, ?)", (origin, number))
            return "duplicate"
        old = None if origin == _NO_IDENTITY else self._number("origin", origin)
        with self._transaction() as database:
            database.execute("DELETE FROM refusals WHERE origin = ?", (origin,))
            database.execute("DELETE FROM duplicates WHERE origin = ?", (origin,))
            if old is not None:
                database.execute("DELETE FROM documents WHERE number = ?", (old,))
            rows.insert_document(database, old, document)
        return "added" if old is None else "replaced"

    def _number(self, column: Literal["id", "origin"], value: str) -> int | None:
        found = self._query(f"SELECT number FROM documents WHERE {column} = ?", value)  # noqa: S608 - one of two literals
        return int(str(found[0][0])) if found else None

    def forget(self, origin: str) -> None:
        """Take back the refusal of an input, if there is one."""
        if self._query("SELECT 1 FROM refusals WHERE origin = ?", origin):
            with self._transaction() as database:
                database.execute("DELETE FROM refusals WHERE origin = ?", (origin,))

    def refuse(self, refusal: Refusal) -> None:
        """Record an input that is left out; it is tried again by the next run that names it."""
        known = self._query("SELECT reason FROM refusals WHERE origin = ?", refusal.origin)
        if known != [(refusal.reason,)]:
            with self._transaction() as database:
                database.execute(
                    "REPLACE INTO refusals VALUES (?, ?)", (refusal.origin, refusal.reason)
                )

    def waiting_for(self, signature: str) -> Iterator[Document]:
        """Yield the documents with no article made under `signature`, or a failed one."""
        for number in self.waiting_numbers(signature):
            yield self._document(number)

    def waiting_numbers(self, signature: str) -> list[int]:
        """Return the numbers of the documents that `waiting_for` yields."""
        found = self._query(
            "SELECT number FROM documents LEFT JOIN articles ON document = number "
            "WHERE signature IS NOT ? OR failure IS NOT NULL ORDER BY number",
            signature,
        )
        return [int(str(row[0])) for row in found]

    def save(self, article: Article, signature: str) -> None:
        """Store what was found out about a document, in place of what was there, at one go."""
        number = self._number("id", article.source.document.id)
        if number is None:
            raise ValueError(f"unknown document {article.source.document.id}")
        with self._transaction() as database:
            rows.insert_article(database, number, article, signature)

    def articles(self) -> Iterator[Article]:
        """Yield all articles in the order in which their documents came, failed ones, too."""
        for (number,) in self._query("SELECT document FROM articles ORDER BY document"):
            document = self._document(int(str(number)))
            with readable_errors(self.path):
                yield rows.select_article(self._database, int(str(number)), document)

    def article(self, document: str) -> Article | None:
        """Return the article of the document with this id; None where there is none."""
        number = self._number("id", document)
        if number is None or not self._query("SELECT 1 FROM articles WHERE document = ?", number):
            return None
        with readable_errors(self.path):
            return rows.select_article(self._database, number, self._document(number))

    def _document(self, number: int) -> Document:
        with readable_errors(self.path):
            return rows.select_document(self._database, number)

    @property
    def derived_is_current(self) -> bool:
        """Whether the derived files were written after the last change."""
        return bool(self._query("SELECT revision = derived FROM state")[0][0])

    def mark_derived(self) -> None:
        """Note that the derived files show the present state."""
        with readable_errors(self.path):
            self._database.execute("UPDATE state SET derived = revision")

    def refusals(self) -> tuple[Refusal, ...]:
        """Return the inputs that were left out, by origin."""
        found = self._query("SELECT origin, reason FROM refusals ORDER BY origin")
        return tuple(Refusal(str(origin), str(reason)) for origin, reason in found)

    def failures(self) -> tuple[Refusal, ...]:
        """Return the articles that failed, with the reason, in order of arrival."""
        found = self._query(
            "SELECT origin, failure FROM articles JOIN documents ON number = document "
            "WHERE failure IS NOT NULL ORDER BY number"
        )
        return tuple(Refusal(str(origin), str(reason)) for origin, reason in found)

    def duplicates(self) -> tuple[tuple[str, str], ...]:
        """Return (origin, origin of the document with the same text), by origin."""
        found = self._query(
            "SELECT duplicates.origin, documents.origin FROM duplicates "
            "JOIN documents ON number = document ORDER BY duplicates.origin"
        )
        return tuple((str(one), str(other)) for one, other in found)

    def save_claim_groups(self, groups: Mapping[tuple[str, int], tuple[str, bool]]) -> None:
        """Replace the groups of claims: name and conflict by (document id, number of the claim)."""
        with readable_errors(self.path):
            numbers = dict(self._database.execute("SELECT id, number FROM documents"))
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute("DELETE FROM claim_groups")
            self._database.executemany(
                "INSERT INTO claim_groups VALUES (?, ?, ?, ?)",
                (
                    (numbers[document], claim, name, conflict)
                    for (document, claim), (name, conflict) in groups.items()
                ),
            )
            self._database.execute("COMMIT")

    def claim_groups(self) -> dict[tuple[str, int], tuple[str, bool]]:
        """Return what `save_claim_groups` stored."""
        found = self._query(
            "SELECT id, claim, name, conflict FROM claim_groups "
            "JOIN documents ON number = document ORDER BY document, claim"
        )
        return {
            (str(document), int(str(claim))): (str(name), bool(conflict))
            for document, claim, name, conflict in found
        }

    def claim_group_names(self, document: str) -> dict[tuple[str, int], str]:
        """Return the names of the groups of one document's claims, by the keys of `claim_groups`.

        Those of a whole corpus take some 400 bytes a claim: too much for a stream of articles.
        """
        found = self._query(
            "SELECT claim, name FROM claim_groups JOIN documents ON number = document "
            "WHERE id = ? ORDER BY claim",
            document,
        )
        return {(document, int(str(claim))): str(name) for claim, name in found}

    def count(self, table: Literal["documents", "articles", "sentences", "beads"]) -> int:
        """Return the number of rows in `table`."""
        return int(str(self._query(f"SELECT count(*) FROM {table}")[0][0]))  # noqa: S608 - a literal

    def signatures(self) -> tuple[str, ...]:
        """Return the signatures under which the articles were made: one, but for a cut-off run."""
        found = self._query("SELECT DISTINCT signature FROM articles ORDER BY signature")
        return tuple(str(row[0]) for row in found)


def _locked(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", blocking=False)
        lock.acquire()
    except Timeout as error:
        raise ProjectError(
            f'Another build is writing into "{folder}".',
            next_step="Wait until it is done, or choose another folder with -o.",
        ) from error
    except OSError as error:
        raise ProjectError(
            f'The folder "{folder}" cannot be written: {error.strerror or error}.',
            next_step="Check its permissions, or choose another with -o.",
        ) from error
    return lock
