"""Importing: files to documents with known beads, judged and kept as a corpus as `build` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from bicorpus import __version__
from bicorpus.annotate import annotate
from bicorpus.config import Settings
from bicorpus.data import Article, Refusal
from bicorpus.errors import BicorpusError, ProjectError
from bicorpus.exporters.characters import without_surrogates
from bicorpus.importers.detection import Job
from bicorpus.importers.drafts import Draft, article_of, draft_of
from bicorpus.importers.intake import Intake, Rejected, take_in
from bicorpus.importers.spool import Spool
from bicorpus.importers.units import LeftOut, Request
from bicorpus.pipeline import Watcher, article_or_failure
from bicorpus.protocols import Executor
from bicorpus.store import Project
from bicorpus.store.project import DATABASE
from bicorpus.tools import Tools

# Raised when the same file gives other texts or beads.
IMPORT_VERSION = 1
IMPORTED = "import:"

# The languages that the checks know; others are kept without findings.
_CHECKED = {"de", "en"}

SAME_SOURCE = "its document has the same source text as another, and another translation"


class ImportTools(Tools):
    """The tools of an import: a splitter and the checks; nothing is translated."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (ImportTools, (self.settings,))

    @property
    def checks(self) -> bool:
        """Whether the checks know both languages."""
        return {self.settings.source_language, self.settings.target_language} <= _CHECKED

    @cached_property
    def signature(self) -> str:
        """What made the results."""
        parts = [f"{IMPORTED}{IMPORT_VERSION}", f"split:{self.splitter.signature}"]
        parts += self.signature_of_layers if self.checks else []
        return "|".join((*parts, f"bicorpus:{__version__}"))


def import_tools(request: Request, *, claims: bool = True) -> ImportTools:
    """Return the tools for the languages of a request."""
    return ImportTools(
        Settings(
            translator="none",
            source_language=request.source,
            target_language=request.target,
            claims=claims,
        )
    )


@dataclass(slots=True)
class ImportReport:
    """What an import did. `read`, `imported`, `known` and `left_out` count units."""

    read: int = 0
    imported: int = 0
    known: int = 0
    documents: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    failed: list[Refusal] = field(default_factory=list)
    partial: list[Refusal] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)


class CorpusImport:
    """An import into the corpus in `folder`; a context manager.

    A new corpus is made only when the first file has been read to its end.
    """

    def __init__(self, folder: Path, tools: ImportTools, request: Request) -> None:
        self.folder = folder
        self.tools = tools
        self.request = request
        self.report = ImportReport()
        self._stack = ExitStack()
        self._done: set[str] = set()
        self._refused: list[Refusal] = []
        self.is_open = False
        if (folder / DATABASE).exists():
            _ = self.project

    def __enter__(self) -> CorpusImport:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _place: TracebackType | None,
    ) -> None:
        self._stack.close()

    @cached_property
    def project(self) -> Project:
        """The corpus; ProjectError where it is none of imported units."""
        project = self._stack.enter_context(Project(self.folder))
        signatures = project.signatures()
        if any(not one.startswith(IMPORTED) for one in signatures):
            raise ProjectError(
                f'The corpus in "{self.folder}" was not made by `bicorpus import`.',
                next_step="Choose another folder with -o: a corpus is translated, aligned or "
                "imported.",
            )
        self._check_languages(project)
        self._done.update(signatures)
        self.is_open = True
        return project

    def _check_languages(self, project: Project) -> None:
        wanted = self.request.source, self.request.target
        for article in project.articles():
            if article.target:
                there = article.source.document.language, article.target.document.language
                if there != wanted:
                    raise ProjectError(
                        f'The corpus in "{self.folder}" is {"-".join(there)}, and not '
                        f"{'-'.join(wanted)}.",
                        next_step="Choose another folder with -o.",
                    )
                return

    def run(
        self,
        jobs: Sequence[Job],
        execute: Executor,
        *,
        keep_readable: bool,
        rejected: Rejected | None,
        watcher: Watcher | None = None,
    ) -> None:
        """Import the files of all jobs; what cannot be read is in the report."""
        work = (
            draft
            for job in jobs
            for draft in self._drafts(job, keep_readable=keep_readable, rejected=rejected)
        )
        for article, signature in execute(partial(_build_signed, tools=self.tools), work):
            self.project.save(article, signature)
            self.report.imported += len(article.beads)
            self.report.documents += 1
            if watcher:
                watcher.done(article)
            for bead in article.beads:
                self.report.findings.update(one.severity for one in bead.findings)
        if self.is_open:
            for refusal in self._refused:
                self.project.refuse(refusal)

    def _drafts(
        self, job: Job, *, keep_readable: bool, rejected: Rejected | None
    ) -> Iterator[Draft]:
        """Read the files of a job; bring its documents in and yield those that are to be built."""
        with Spool() as spool:
            try:
                intake = take_in(
                    job, self.request, spool, keep_readable=keep_readable, rejected=rejected
                )
            except BicorpusError as error:
                self._refuse(_name(job.paths[0]), str(error), self.report.failed)
                return
            self._note(intake)
            path = _name(intake.reading.path)
            for name, content in spool.documents():
                draft = draft_of(
                    content,
                    languages=(self.request.source, self.request.target),
                    origin=f"{path} ({without_surrogates(name)})" if name else path,
                    encoding=intake.reading.encoding,
                )
                if self._is_waiting(draft, intake, rejected):
                    yield draft
            self._note_left_out(intake)

    def _is_waiting(self, draft: Draft, intake: Intake, rejected: Rejected | None) -> bool:
        """Bring a document in; return whether it is to be built."""
        signature = self.tools.signature_of_pair(draft.source, draft.target)
        if signature in self._done:
            self.project.add(draft.source)
            self.report.known += draft.size
            return False
        if self.project.add(draft.source) == "duplicate":
            for counts in (self.report.left_out, intake.left_out):
                counts[SAME_SOURCE] += draft.size
            for source, target in draft.texts() if rejected else ():
                unit = LeftOut(SAME_SOURCE, draft.source.origin, source, target)
                cast("Rejected", rejected)(intake.reading.path, unit)
            return False
        self._done.add(signature)
        return True

    def _note(self, intake: Intake) -> None:
        report = self.report
        report.read += intake.units + sum(intake.left_out.values())
        report.left_out += intake.left_out
        report.notes += intake.reading.notes
        if intake.warning:
            report.warnings.append(intake.warning)
        if intake.error:
            self._refuse(_name(intake.reading.path), str(intake.error), report.partial)

    def _note_left_out(self, intake: Intake) -> None:
        """Put the counts of what is left out on record, where run.json lists them.

        What an earlier import of the same file had to say of it does not hold any more.
        """
        path = _name(intake.reading.path)
        if not intake.error:
            self.project.forget(path)
        if not intake.left_out:
            self.project.forget(f"{path}: units")
        else:
            reasons = (f"{reason}: {count}" for reason, count in sorted(intake.left_out.items()))
            total = sum(intake.left_out.values())
            text = f"{total} units are left out ({'; '.join(reasons)})."
            self._refused.append(Refusal(f"{path}: units", text))

    def _refuse(self, origin: str, reason: str, where: list[Refusal]) -> None:
        refusal = Refusal(origin, without_surrogates(reason))
        where.append(refusal)
        self._refused.append(refusal)


def _name(path: Path) -> str:
    # Names of files may hold bytes that are no text, and the database cannot.
    return without_surrogates(str(path))


def _build_signed(draft: Draft, tools: ImportTools) -> tuple[Article, str]:
    article = article_or_failure(draft.source, lambda: _build_imported(draft, tools))
    return article, tools.signature_of_pair(draft.source, draft.target)


def _build_imported(draft: Draft, tools: ImportTools) -> Article:
    """Return the article of a draft with its beads judged; pure."""
    article = article_of(draft, tools.splitter)
    return annotate(article, tools) if tools.checks else article
