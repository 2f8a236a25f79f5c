"""The header of what is exported from a project: its language pair, and what made it."""

from __future__ import annotations

from bicorpus.config import Settings
from bicorpus.exporters.header import corpus_header
from bicorpus.exporters.rows import CorpusHeader
from bicorpus.store import Project


def project_header(project: Project) -> CorpusHeader:
    """Return the header of `project`; the languages are those of its first translated article."""
    for article in project.articles():
        if article.target:
            source, target = article.source.document.language, article.target.document.language
            break
    else:
        source, target = Settings().source_language, Settings().target_language
    return corpus_header(project.signatures(), source_language=source, target_language=target)
