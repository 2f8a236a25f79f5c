"""The links that a method finds, with the evidence for each, before any is dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy

from bicorpus.align.words.anchors import Anchors, Words, find_anchors, is_mark
from bicorpus.align.words.linking import (
    Flags,
    Floats,
    Integers,
    Method,
    PieceLinks,
    Table,
    Vectors,
    join_pieces,
    link_pieces,
    unit_rows,
)
from bicorpus.align.words.scores import ANCHOR_SCORE, Calibration, margins, plain_scores
from bicorpus.align.words.windows import cut_pair
from bicorpus.wordaligners.encoders import PieceEncoder

WordPair = tuple[Words, Words]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Links of words in order of place: indices int64 [links], evidence float64 [links].

    `anchored` are those that equality makes; one that only equality makes has no cosine: 0.
    """

    sources: Integers
    targets: Integers
    cosines: Floats
    margins: Floats
    anchored: Flags

    def scores(self, calibration: Calibration | None) -> Floats:
        """Return the links' scores in [0, 1]; without weights, from the cosines alone."""
        if calibration is None:
            scores = plain_scores(self.cosines)
        else:
            scores = calibration.scores(self.cosines, self.margins)
        result: Floats = numpy.where(self.anchored, numpy.maximum(scores, ANCHOR_SCORE), scores)
        return result


def find_candidates(
    encoder: PieceEncoder,
    pairs: Sequence[WordPair],
    *,
    method: Method,
    anchors: bool,
) -> Iterator[Candidates]:
    """Yield each pair's links, before any is dropped for its score."""
    encoded = encoder.encode([side.forms for pair in pairs for side in pair])
    for number, pair in enumerate(pairs):
        found = _candidates(encoded[2 * number], encoded[2 * number + 1], method)
        if anchors and pair[0].forms and pair[1].forms:
            found = _with_anchors(found, *pair)
        yield found


def _candidates(
    source: tuple[Vectors, Integers], target: tuple[Vectors, Integers], method: Method
) -> Candidates:
    vectors = unit_rows(source[0]), unit_rows(target[0])
    # One empty part, for a side without pieces.
    parts = [(PieceLinks(*_nothing()), numpy.zeros(0))]
    for window in cut_pair(*vectors):
        table = Table(vectors[0][window.source], vectors[1][window.target])
        links = link_pieces(table, method)
        beyond = margins(links, table, source[1][window.source], target[1][window.target])
        sources = links.sources + window.source.start
        kept = (sources >= window.core.start) & (sources < window.core.stop)
        targets = links.targets[kept] + window.target.start
        parts.append((PieceLinks(sources[kept], targets, links.cosines[kept]), beyond[kept]))
    links = PieceLinks(
        numpy.concatenate([links.sources for links, _ in parts]),
        numpy.concatenate([links.targets for links, _ in parts]),
        numpy.concatenate([links.cosines for links, _ in parts]),
    )
    beyond = numpy.concatenate([beyond for _, beyond in parts])
    # Half the margin and the cosine: near to what the fitted weights make of them.
    sources, targets, best = join_pieces(links, source[1], target[1], links.cosines + beyond / 2)
    none = numpy.zeros(len(sources), dtype=bool)
    return Candidates(sources, targets, links.cosines[best], beyond[best], none)


def _nothing() -> tuple[Integers, Integers, Floats]:
    return numpy.zeros(0, dtype=numpy.int64), numpy.zeros(0, dtype=numpy.int64), numpy.zeros(0)


def _with_anchors(found: Candidates, here: Words, there: Words) -> Candidates:
    """Add the anchors, and leave out what contradicts them, or links a word with a mark."""
    anchors = find_anchors(here, there)
    kept = numpy.array(
        [
            _fits(anchors, here, there, int(source), int(target))
            for source, target in zip(found.sources, found.targets, strict=True)
        ],
        dtype=bool,
    )
    present = set(zip(found.sources.tolist(), found.targets.tolist(), strict=True))
    added = sorted(anchors.links - present)
    sources = numpy.concatenate([found.sources[kept], [source for source, _ in added]])
    targets = numpy.concatenate([found.targets[kept], [target for _, target in added]])
    nothing = numpy.zeros(len(added))
    order = numpy.lexsort((targets, sources))
    sources, targets = sources[order].astype(numpy.int64), targets[order].astype(numpy.int64)
    return Candidates(
        sources,
        targets,
        numpy.concatenate([found.cosines[kept], nothing])[order],
        numpy.concatenate([found.margins[kept], nothing])[order],
        numpy.array(
            [
                pair in anchors.links
                for pair in zip(sources.tolist(), targets.tolist(), strict=True)
            ],
            dtype=bool,
        ),
    )


def _fits(anchors: Anchors, here: Words, there: Words, source: int, target: int) -> bool:
    is_like = is_mark(here.forms[source]) == is_mark(there.forms[target])
    return is_like and anchors.allow(source, target)
