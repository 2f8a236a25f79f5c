"""The claim links of an article: each source claim with its target words and verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bicorpus.claims.linking.comparing import Comparison
from bicorpus.claims.linking.projection import Carried, project, weight
from bicorpus.claims.linking.target_words import word_spans
from bicorpus.claims.linking.verdicts import ADDED, LOST, judge
from bicorpus.claims.linking.vouching import LinkedPair
from bicorpus.data import Bead, Claim, ClaimLink, Side, Span, WordLink


def link_claims(source: Side, target: Side, beads: tuple[Bead, ...]) -> tuple[ClaimLink, ...]:
    """Return what became of every claim, in the order of the beads.

    The sides hold their claims and the beads their word links. A source claim outside of all
    beads (its sentence was not translated) has no link: nothing was meant to carry it.
    """
    comparison = Comparison(source, target)
    return tuple(link for bead in beads for link in _Pair(bead, source, target, comparison).links())


class _Pair:
    """The two halves of a bead with their claims, and where its texts begin."""

    def __init__(self, bead: Bead, source: Side, target: Side, comparison: Comparison) -> None:
        self.bead, self.comparison = bead, comparison
        self.here, self.there = _claims_in(source, bead.source), _claims_in(target, bead.target)
        self.source_text, self.source_start = _text(source, bead.source)
        self.target_text, self.target_start = _text(target, bead.target)

    def links(self) -> Iterator[ClaimLink]:
        """Yield a link for each source claim, then one for each target claim without a source."""
        if not self.here and not self.there:
            return
        projection = project(
            {index: _shifted(claim, self.source_start) for index, claim in self.here.items()},
            {index: _shifted(claim, self.target_start) for index, claim in self.there.items()},
            self.source_text,
            self.target_text,
            self.bead.links or (),
        )
        for index in self.here:
            carried = projection.carried.get(index)
            if carried is None:
                yield ClaimLink(index, None, (), "lost", None, LOST)
            else:
                yield self._link(index, carried)
        for index in projection.added:
            yield ClaimLink(None, index, self.there[index].spans, "added", None, ADDED)

    def _link(self, index: int, carried: Carried) -> ClaimLink:
        pair = LinkedPair(self.bead.links or (), self.source_start, self.target_start)
        spans = _shifted(self.here[index], self.source_start)
        verdict, reason, findings = judge(
            spans,
            carried,
            self.bead.findings,
            self.comparison.differences(index, carried.claims, pair),
            linked=_linked(self.source_text, spans, pair.links),
        )
        return ClaimLink(
            index,
            carried.claims[0] if carried.claims else None,
            tuple(span.shifted(self.target_start) for span in carried.spans),
            verdict,
            round(carried.score, 4),
            reason,
            findings,
        )


def _claims_in(side: Side, sentences: Span) -> dict[int, Claim]:
    return {
        index: claim
        for index, claim in enumerate(side.claims or ())
        if sentences.start <= claim.sentence < sentences.end
    }


def _shifted(claim: Claim, start: int) -> list[Span]:
    return [span.shifted(-start) for span in claim.spans]


def _linked(text: str, spans: Sequence[Span], links: Sequence[WordLink]) -> float:
    """Return the share of the words in `spans`, by weight, that are linked to any word."""
    starts = {link.source.start for link in links}
    words = word_spans(text, spans)
    everything = sum(weight(word.of(text)) for word in words)
    found = sum(weight(word.of(text)) for word in words if word.start in starts)
    return found / everything if everything else 1.0


def _text(side: Side, sentences: Span) -> tuple[str, int]:
    """Return the text of the sentences, as it stands, and where it begins in the document."""
    span = side.span_of(sentences)
    return ("", 0) if span is None else (span.of(side.document.text), span.start)
