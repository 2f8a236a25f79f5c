"""The files derived from a project: corpus.tsv, corpus.tmx, run.json. Written again, same bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bicorpus import __version__
from bicorpus.data import Article, Bead, Side, Span
from bicorpus.exporters.files import write_checked
from bicorpus.exporters.header import corpus_header
from bicorpus.exporters.rows import BeadRow, CorpusHeader, Written
from bicorpus.exporters.tmx import check_written_tmx, write_tmx
from bicorpus.exporters.tsv import check_tsv, write_tsv
from bicorpus.store import Project
from bicorpus.tools import Tools

DERIVED = ("corpus.tsv", "corpus.tmx", "run.json")


def write_derived(project: Project, tools: Tools) -> None:
    """Write the derived files of `project` beside its database, each checked, then put in place.

    Raises ProjectError where a file cannot be written; those done before it are whole.
    """
    folder = project.folder
    header = _header(tools)
    written = {
        "corpus.tsv": write_checked(
            folder / "corpus.tsv",
            lambda path: write_tsv(bead_rows(project), header, path),
            check_tsv,
        ),
        "corpus.tmx": write_checked(
            folder / "corpus.tmx",
            lambda path: write_tmx(bead_rows(project), header, path),
            check_written_tmx,
        ),
    }
    record = json.dumps(run_record(project, tools, written), ensure_ascii=False, indent=2) + "\n"
    write_checked(
        folder / "run.json",
        lambda path: path.write_text(record, encoding="utf-8", newline="\n"),
        lambda path, _: [] if json.loads(path.read_text("utf-8")) else ["it is empty"],
    )
    project.mark_derived()


def is_current(project: Project) -> bool:
    """Return whether the derived files are there and show the project's present state."""
    there = all((project.folder / name).is_file() for name in DERIVED)
    return there and project.derived_is_current


def _header(tools: Tools) -> CorpusHeader:
    return corpus_header(
        [tools.signature],
        source_language=tools.settings.source_language,
        target_language=tools.settings.target_language,
    )


def bead_rows(project: Project) -> Iterator[BeadRow]:
    """Yield a row for each bead of each article, in order of arrival."""
    for article in project.articles():
        yield from article_rows(article)


def article_rows(article: Article) -> Iterator[BeadRow]:
    """Yield a row for each bead of an article."""
    if article.target is None:
        return
    for number, bead in enumerate(article.beads, 1):
        yield _row(article.source, article.target, bead, number)


def _row(source: Side, target: Side, bead: Bead, number: int) -> BeadRow:
    source_span, target_span = _span(source, bead.source), _span(target, bead.target)
    segment = source.sentences[bead.source.start].segment if bead.source else None
    if segment is None:
        segment = target.sentences[bead.target.start].segment
        kind = target.segments[segment].kind
    else:
        kind = source.segments[segment].kind
    return BeadRow(
        document=source.document.id,
        origin=source.document.origin,
        source_language=source.document.language,
        target_language=target.document.language,
        number=number,
        segment=segment + 1,
        kind=kind.value,
        source_sentences=_numbers(source, bead.source),
        target_sentences=_numbers(target, bead.target),
        source_span=source_span,
        target_span=target_span,
        shape=bead.shape,
        source_text=source_span.of(source.document.text) if source_span else "",
        target_text=target_span.of(target.document.text) if target_span else "",
        translation_score=bead.translation_score,
        score=bead.score,
        flags=bead.flags,
        findings=bead.findings,
        known=bead.known,
    )


def _span(side: Side, sentences: Span) -> Span | None:
    if not sentences:
        return None
    first, last = side.sentences[sentences.start], side.sentences[sentences.end - 1]
    return Span(first.span.start, last.span.end)


def _numbers(side: Side, sentences: Span) -> tuple[int, ...]:
    return tuple(one.number for one in side.sentences[sentences.start : sentences.end])


def run_record(project: Project, tools: Tools, written: dict[str, Written]) -> dict[str, Any]:
    """Return what made the corpus, what is in it, and what was left out and why."""
    counts = count_project(project)
    return {
        "format": 1,
        "bicorpus": __version__,
        "signature": tools.signature,
        "models": [_model_record(tools)],
        "languages": {
            "source": tools.settings.source_language,
            "target": tools.settings.target_language,
        },
        **counts,
        "files": {
            name: {"rows": one.rows, "left_out": one.left_out, "replaced": one.replaced}
            for name, one in written.items()
        },
        "left_out": {
            "unreadable": [
                {"origin": one.origin, "reason": one.reason} for one in project.refusals()
            ],
            "failed": [{"origin": one.origin, "reason": one.reason} for one in project.failures()],
            "same_text": [{"origin": one, "as": other} for one, other in project.duplicates()],
            "sentences_by_kind": counts["sentences"].pop("left_out"),
        },
    }


def _model_record(tools: Tools) -> dict[str, str]:
    name, digest, *_ = tools.translator.signature.split(",")
    return {"job": "translate", "name": name, "hash": digest.removeprefix("sha:")}


def count_project(project: Project) -> dict[str, Any]:
    """Return the counts of a project, by what people ask for: one pass over its articles."""
    documents: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    beads: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    findings: dict[str, Counter[str]] = {}
    guessed = []
    for article in project.articles():
        source = article.source
        documents[source.document.language] += 1
        if source.document.encoding_guessed:
            origin, encoding = source.document.origin, source.document.encoding
            guessed.append({"origin": origin, "encoding": encoding})
        _count_sentences(article, sentences, left_out)
        for bead in article.beads:
            beads[bead.shape] += 1
            marks.update(bead.flags)
            for finding in bead.findings:
                findings.setdefault(finding.severity, Counter())[finding.check] += 1
    return {
        "documents": _sorted(documents),
        "sentences": {**_sorted(sentences), "left_out": _sorted(left_out)},
        "beads": _sorted(beads),
        "flags": _sorted(marks),
        "findings": {severity: _sorted(one) for severity, one in sorted(findings.items())},
        "encodings_guessed": guessed,
    }


def _count_sentences(article: Article, sentences: Counter[str], left_out: Counter[str]) -> None:
    source = article.source
    sentences["source" if article.target else "target_material"] += len(source.sentences)
    if article.target is None:
        return
    sentences["target"] += len(article.target.sentences)
    paired = {
        index for bead in article.beads for index in range(bead.source.start, bead.source.end)
    }
    for index, sentence in enumerate(source.sentences):
        if index not in paired:
            segment = source.segments[sentence.segment]
            left_out["repeat" if segment.repeat else segment.kind.value] += 1


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
