"""The whole job, readable on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from bicorpus.align.rendering import lay_out, to_translate
from bicorpus.annotate import annotate
from bicorpus.data import Article, Document, Refusal, Side
from bicorpus.errors import BicorpusError, ModelError
from bicorpus.protocols import Executor
from bicorpus.store import Project
from bicorpus.tools import Tools
from bicorpus.translators.steering.steered import with_changes


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, for the closing lines and the exit status."""

    documents: int = 0
    added: int = 0
    duplicates: int = 0
    built: int = 0
    failures: tuple[Refusal, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


class Watcher(Protocol):
    """Is told how far a build is."""

    def read(self, count: int) -> None:
        """Say that `count` documents have been read."""

    def start(self, total: int) -> None:
        """Say that `total` articles are waiting."""

    def done(self, article: Article) -> None:
        """Say that an article is built (or failed) and saved."""


def build(
    documents: Iterator[Document | Refusal],
    project: Project,
    tools: Tools,
    execute: Executor,
    watcher: Watcher | None = None,
) -> Report:
    """Bring the project up to date with `documents`. Safe to stop and to run again.

    Raises ProjectError where the project cannot be written, ModelError where a model is damaged;
    what was saved before stays.
    """
    report = _take_in(documents, project, watcher)
    signature = tools.signature
    waiting = project.waiting_numbers(signature)
    if watcher:
        watcher.start(len(waiting))
    work = project.waiting_for(signature)  # restart is a query
    for article in execute(partial(build_article, tools=tools), work):
        project.save(article, signature)  # one article, one transaction
        if watcher:
            watcher.done(article)
    return replace(
        report,
        built=len(waiting),
        failures=project.failures(),
        refusals=project.refusals(),
        documents=project.count("documents"),
    )


def _take_in(
    documents: Iterator[Document | Refusal], project: Project, watcher: Watcher | None
) -> Report:
    """Add what can be read, record what cannot: same text, same id, so nothing is added twice."""
    counts = {"added": 0, "known": 0, "replaced": 0, "duplicate": 0}
    for count, document in enumerate(documents, 1):
        if isinstance(document, Refusal):
            project.refuse(document)
        else:
            counts[project.add(document)] += 1
        if watcher:
            watcher.read(count)
    return Report(added=counts["added"], duplicates=counts["duplicate"], counts=counts)


def build_article(document: Document, tools: Tools) -> Article:
    """Return all that can be found out about a document; pure: no files, no database, no clock.

    An article that cannot be processed comes back with its reason as `failure`.
    """
    return article_or_failure(document, lambda: _build_article(document, tools))


def article_or_failure(document: Document, make: Callable[[], Article]) -> Article:
    """Return what `make` makes of a document, or an article with the reason why it could not.

    Raises ModelError, for that concerns every article.
    """
    try:
        return make()
    except ModelError:
        raise
    except BicorpusError as error:
        reason = str(error)
    except Exception as error:  # a defect of ours must not cost the other articles
        reason = (
            f"Internal error ({type(error).__name__}: {error}). "
            "Please report it with this text; the other articles are not touched."
        )
    return Article(Side(document, (), ()), failure=reason)


def _build_article(document: Document, tools: Tools) -> Article:
    segments = tools.segment(document)
    source = Side(document, segments, tools.sentences(document, segments))
    if document.language == tools.settings.target_language:
        return annotate(Article(source), tools)
    wanted = to_translate(source)
    translations = tools.translator.translate(
        [sentence.span.of(document.text) for sentence in wanted]
    )
    target, beads = lay_out(
        source,
        zip(wanted, translations, strict=True),
        splitter=tools.splitter,
        language=tools.settings.target_language,
    )
    return annotate(Article(source, target, with_changes(beads, translations)), tools)
