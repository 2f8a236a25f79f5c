"""From a query to the lines of a concordance: search, read, locate, filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Literal

from bicorpus.data import Span
from bicorpus.exporters.filters import Filter
from bicorpus.exporters.rows import BeadRow
from bicorpus.store import Project
from bicorpus.store.claim_rows import SideName
from bicorpus.store.search import Found, bead_texts, documents_like, holding, match
from bicorpus.store.search_beads import FoundBead, read_beads
from bicorpus.store.search_forms import forms_of
from bicorpus.store.search_marks import Marks
from bicorpus.terms.context import Line, context_of, linked_spans
from bicorpus.terms.context_hits import (
    form_hits,
    one_word,
    pattern_hits,
    query_words,
    read_pattern,
    required_literal,
)

By = Literal["word", "lemma", "phrase", "regex", "fts"]
Locate = Callable[[Sequence[str]], list[tuple[Span, ...]]]

# Beads that are read and located at a time.
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, where, and which lines are wanted."""

    text: str
    by: By
    side: SideName
    document: str | None = None
    rendering: str | None = None
    not_rendering: str | None = None
    condition: Filter | None = None


@dataclass(slots=True)
class Concordance:
    """The lines that were found.

    `beads` are those that may hold the query by the index (None: it was not asked); `read` how many
    of them were read, which is less where there were enough lines. `scans` says that a regular
    expression had to be tried on all texts; `unlinked` counts the hits in articles without word
    links, which are no lines where the rendering is to decide.
    """

    lines: list[Line] = field(default_factory=list)
    beads: int | None = None
    read: int = 0
    is_whole: bool = True
    scans: bool = False
    unlinked: int = 0


def search(project: Project, query: Query, *, among: int | None) -> Concordance:
    """Return the lines of a query, in order of place; no more than from `among` beads.

    Raises SettingsError where the query cannot be used.
    """
    made = Concordance()
    documents = None if query.document is None else documents_like(project, query.document)
    found, locate = _found(project, query, made, documents)
    has_filter = query.condition is not None
    beads = (bead for one in found for bead in read_beads(project, one, findings=has_filter))
    lines: list[tuple[int, list[Line]]] = []
    while made.is_whole and (block := list(islice(beads, _BLOCK))):
        for bead, hits in zip(block, locate([one.text(query.side) for one in block]), strict=True):
            if among is not None and len(lines) >= among:
                made.is_whole = False
                break
            made.read += 1
            if wanted := list(_lines(bead, hits, query, made)):
                lines.append((bead.arrival, wanted))
    lines.sort(key=itemgetter(0))  # articles that were replaced come last in the index
    made.lines = [line for _, some in lines for line in some]
    return made


def _matching(
    project: Project, found: Iterable[Found], locate: Locate, side: SideName
) -> Iterator[Found]:
    """Yield the beads that have hits: only they are read with all that a line needs."""
    index = 0 if side == "source" else 1
    for one in found:
        texts = [pair[index] for pair in bead_texts(project.database, one.document)]
        numbers = tuple(number for number, hits in enumerate(locate(texts), 1) if hits)
        if numbers:
            yield Found(one.document, numbers)


def _found(
    project: Project, query: Query, made: Concordance, documents: frozenset[int] | None
) -> tuple[Iterator[Found], Locate]:
    """Return where to look, and what finds the query in the texts there."""
    if query.by == "regex":
        pattern = read_pattern(query.text)
        literal = required_literal(pattern)
        made.scans = not literal
        find = _each(lambda text: pattern_hits(pattern, text))
        found = holding(project, literal, query.side, documents=documents)
        return _matching(project, found, find, query.side), find
    expression, find = _expression(project, query)
    made.beads, found = match(project, expression, query.side, documents=documents)
    return found, find


def _expression(project: Project, query: Query) -> tuple[str, Locate]:
    """Return what the index is asked, and what finds the query in the texts."""
    if query.by == "fts":
        # Made only when it is used: `match` has said by then whether it can be.
        return query.text, lambda texts: Marks(query.text, query.side).find(texts)
    words = query_words(query.text)
    if query.by == "lemma":
        forms = [forms_of(project, word, query.side) for word in words]
        expression = " AND ".join(f"({' OR '.join(map(_quoted, sorted(one)))})" for one in forms)
        return expression, _each(lambda text: form_hits(forms, text))
    expression = _quoted(" ".join(words))
    marks = Marks(expression, query.side)
    if query.by == "phrase":
        return expression, marks.find
    # The index knows no marks: "Kursk-Front" is there what "Kursk. Front" is.
    wanted = re.sub(r"^\W+|\W+$", "", one_word(query.text)).casefold()
    return expression, lambda texts: [
        tuple(hit for hit in hits if hit.of(text).casefold() == wanted)
        for text, hits in zip(texts, marks.find(texts), strict=True)
    ]


def _quoted(words: str) -> str:
    return f'"{words}"'


def _each(find: Callable[[str], tuple[Span, ...]]) -> Locate:
    return lambda texts: [find(text) for text in texts]


def _lines(
    bead: FoundBead, hits: tuple[Span, ...], query: Query, made: Concordance
) -> Iterator[Line]:
    if not hits or (query.condition and query.condition.unmet(_row(bead))):
        return
    to_target = query.side == "source"
    other = bead.texts[1 if to_target else 0]
    for hit in hits:
        links = bead.links_at(hit, query.side)
        marks = linked_spans(links, hit, to_target=to_target)
        line = Line(
            bead.document,
            bead.origin,
            bead.number,
            context_of(bead.text(query.side), (hit,)),
            context_of(other, marks),
            "not computed" if bead.links is None else "found" if marks else "none",
        )
        made.unlinked += line.links == "not computed"
        if _is_wanted(line, query):
            yield line


def _is_wanted(line: Line, query: Query) -> bool:
    if line.links == "not computed":
        return not (query.rendering or query.not_rendering)
    rendered = line.rendered.casefold()
    return not (query.rendering and query.rendering.casefold() not in rendered) and not (
        query.not_rendering and query.not_rendering.casefold() in rendered
    )


def _row(bead: FoundBead) -> BeadRow:
    """Return the row of an export that a filter judges."""
    return BeadRow(
        document=bead.document,
        origin=bead.origin,
        source_language=bead.languages[0],
        target_language=bead.languages[1],
        number=bead.number,
        segment=bead.segment + 1,
        kind=bead.kind,
        source_sentences=tuple(range(bead.sentences[0].start + 1, bead.sentences[0].end + 1)),
        target_sentences=tuple(range(bead.sentences[1].start + 1, bead.sentences[1].end + 1)),
        source_span=bead.spans[0],
        target_span=bead.spans[1],
        shape=f"{len(bead.sentences[0])}-{len(bead.sentences[1])}",
        source_text=bead.texts[0],
        target_text=bead.texts[1],
        translation_score=bead.translation_score,
        score=bead.score,
        flags=bead.flags,
        findings=bead.findings,
        known=bead.known,
    )
