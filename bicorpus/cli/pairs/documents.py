"""Aligning documents: reads pairs, aligns each, and keeps them as a corpus as `build` does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import click

from bicorpus import __version__
from bicorpus.align.aligner import UNRELATED, align, overall_score
from bicorpus.align.beads import AlignedBead
from bicorpus.align.rendering import to_translate
from bicorpus.align.signals import Material
from bicorpus.align.weights import weights_version
from bicorpus.annotate import annotate
from bicorpus.cli.pairs.lines import load_embedder, render
from bicorpus.cli.pairs.sources import Pair, read_pairs
from bicorpus.cli.workers import choose_executor
from bicorpus.config import Settings
from bicorpus.counted import counted
from bicorpus.data import Article, Bead, Finding, Refusal, Sentence, Side, Span
from bicorpus.errors import InputError, ProjectError
from bicorpus.pipeline import article_or_failure
from bicorpus.store import Project
from bicorpus.tools import SEGMENTS_VERSION, Tools

SOME_LEFT_OUT = 4
FINDINGS = 3
ALIGNED = "align:joint"
_DOUBTFUL = 0.5
_RANKS = {"info": 0, "warning": 1, "error": 2}


class PairTools(Tools):
    """The tools of an alignment; what decides its beads is in the signature."""

    def __init__(
        self,
        settings: Settings,
        *,
        threads: int = 1,
        most: int,
        without: frozenset[str],
        embedder: str,
        quiet: bool = False,
    ) -> None:
        super().__init__(settings, threads=threads)
        self.most = most
        self.without = without
        self.quiet = quiet
        self.embedder_name = embedder
        self.sentence_embedder = None if "vectors" in without else load_embedder(embedder)

    def __reduce__(self) -> tuple[Any, ...]:
        options = self.most, self.without, self.embedder_name, self.quiet
        return (_remake, (self.settings, *options))

    @property
    def signature(self) -> str:
        """What made the results."""
        left_out = f",without:{'+'.join(sorted(self.without))}" if self.without else ""
        parts = [
            f"segments:{SEGMENTS_VERSION}",
            f"split:{self.splitter.signature}",
            f"{ALIGNED},weights:{weights_version()},most:{self.most}{left_out}",
            *self.signature_of_layers,
            f"bicorpus:{__version__}",
        ]
        if "rendering" not in self.without:
            parts.insert(2, f"mt:{self.translator.signature}")
        if self.sentence_embedder:
            parts.insert(2, f"embed:{self.sentence_embedder.signature}")
        return "|".join(parts)


@cache
def _remake(
    settings: Settings, most: int, without: frozenset[str], embedder: str, quiet: bool
) -> PairTools:
    """Return the tools of this process: a worker loads its models once, not once a pair."""
    return PairTools(settings, most=most, without=without, embedder=embedder, quiet=quiet)


def align_documents(
    source: Path,
    target: Path | None,
    folder: Path,
    *,
    tools: PairTools,
    workers: int,
    fail_on: str | None,
    quiet: bool,
) -> int:
    """Align all pairs into the corpus in `folder`; return the exit status."""
    from bicorpus.derived import is_current, write_derived

    counts = {"aligned": 0, "known": 0}
    with Project(folder) as project:
        _check_kind(project, folder)
        work = _waiting(read_pairs(source, target, tools), project, tools, counts)
        execute = choose_executor(workers)
        for article, signature in execute(partial(_align_signed, tools=tools), work):
            project.save(article, signature)
            counts["aligned"] += 1
        if not is_current(project):
            write_derived(project, tools)
        left_out = [*project.refusals(), *project.failures()]
        worst = worst_findings(project, fail_on)
    if not quiet:
        click.echo(
            f"{counted(counts['aligned'], 'pair')} aligned, {counts['known']} up to date. "
            f"The corpus is in {folder}: corpus.tsv, claims.tsv, run.json and more.",
            err=True,
        )
    for one in left_out:
        click.echo(f"Left out: {one.origin}: {one.reason}", err=True)
    for line in worst:
        click.echo(line, err=True)
    if left_out:
        return SOME_LEFT_OUT
    return FINDINGS if worst else 0


def _check_kind(project: Project, folder: Path) -> None:
    if any(ALIGNED not in one for one in project.signatures()):
        raise ProjectError(
            f'The corpus in "{folder}" was made by `bicorpus build`.',
            next_step="Choose another folder with -o: a corpus is either translated or aligned.",
        )


def worst_findings(project: Project, fail_on: str | None) -> list[str]:
    """Return a line for each article with findings as grave as `fail_on` or graver."""
    if fail_on is None:
        return []
    lines = []
    for article in project.articles():
        found = [
            finding
            for bead in article.beads
            for finding in bead.findings
            if _RANKS[finding.severity] >= _RANKS[fail_on]
        ]
        if found:
            origin = article.source.document.origin
            lines.append(
                f"{origin}: {len(found)} findings of {fail_on} or more: {found[0].message}"
            )
    return lines


def _waiting(
    pairs: Iterator[Pair | Refusal], project: Project, tools: Tools, counts: dict[str, int]
) -> Iterator[Pair]:
    """Bring the pairs in and yield those that are not aligned under the present signature."""
    done = set(project.signatures())
    seen: dict[str, str] = {}
    for pair in pairs:
        if isinstance(pair, Refusal):
            project.refuse(pair)
            continue
        if pair.source.id in seen:
            reason = f'has the same text as "{seen[pair.source.id]}", which is aligned already.'
            project.refuse(Refusal(pair.source.origin, reason))
            continue
        seen[pair.source.id] = pair.source.origin
        project.add(pair.source)
        if tools.signature_of_pair(pair.source, pair.target) in done:
            counts["known"] += 1
        else:
            yield pair


def _align_signed(pair: Pair, tools: PairTools) -> tuple[Article, str]:
    article = article_or_failure(pair.source, lambda: _align_article(pair, tools))
    return article, tools.signature_of_pair(pair.source, pair.target)


def _align_article(pair: Pair, tools: PairTools) -> Article:
    sides = []
    for document in (pair.source, pair.target):
        segments = tools.segment(document)
        sides.append(Side(document, segments, tools.sentences(document, segments)))
    source, target = sides
    wanted = [to_translate(side) for side in sides]
    for side, sentences in zip(sides, wanted, strict=True):
        if not sentences:
            raise InputError(
                f'"{side.document.origin}" holds nothing to align: no headline and no sentence.'
            )
    materials = [
        _material(side, sentences, tools, is_source=side is source)
        for side, sentences in zip(sides, wanted, strict=True)
    ]
    found = align(*materials, most=tools.most, without=tools.without)
    beads = [_bead(bead, wanted) for bead in found]
    overall = overall_score(found)
    if overall < UNRELATED and beads:
        message = f"the texts do not look like translations of each other (overall {overall:.2f})"
        first = beads[0]
        finding = Finding("unrelated", "error", message)
        beads[0] = replace(first, findings=(finding, *first.findings))
    return annotate(Article(source, target, tuple(beads)), tools)


def _material(
    side: Side, sentences: list[Sentence], tools: PairTools, *, is_source: bool
) -> Material:
    texts = [sentence.span.of(side.document.text) for sentence in sentences]
    starts = [
        index == 0 or sentence.segment != sentences[index - 1].segment
        for index, sentence in enumerate(sentences)
    ]
    renderings = None
    if is_source and "rendering" not in tools.without:
        renderings = render(texts, tools.translator, quiet=tools.quiet)
    vectors = tools.sentence_embedder.embed(texts) if tools.sentence_embedder else None
    return Material(texts, side.document.language, renderings, vectors, starts)


def _bead(found: AlignedBead, wanted: list[list[Sentence]]) -> Bead:
    """Return the corpus's bead: ranges of all sentences, score, flags, findings of its pairing."""
    source_range = _range(found.source, wanted[0])
    target_range = _range(found.target, wanted[1])
    return Bead(
        source_range,
        target_range,
        known=False,
        score=found.score,
        flags=("crossing",) if found.crossing else (),
        findings=_findings(found),
    )


def _range(numbers: Span, sentences: list[Sentence]) -> Span:
    """Return the range of all sentences for a range of those that were aligned."""
    if numbers.start < len(sentences):
        start = sentences[numbers.start].number - 1
    else:
        start = sentences[-1].number
    return Span(start, sentences[numbers.end - 1].number if numbers else start)


def _findings(bead: AlignedBead) -> tuple[Finding, ...]:
    if not bead.target:
        return (Finding("omission", "warning", bead.reason),)
    if not bead.source:
        return (Finding("addition", "warning", bead.reason),)
    findings = []
    if bead.score < _DOUBTFUL:
        message = f"the pairing is doubtful (score {bead.score:.2f})"
        findings.append(Finding("alignment", "warning", message))
    if bead.crossing or len(bead.source) + len(bead.target) > 2:
        findings.append(Finding("alignment", "info", bead.reason))
    return tuple(findings)
