"""Which target words carry a source claim: word links, read claim by claim.

Words of the target vote, through their links, for the source claim that they render. A target
claim goes whole to the source claim that most of its words vote for, because a clause is a better
guide to the edges than single links are; one that renders several source claims is cut where the
votes change. Words outside every target claim form a phrase where they render a claim that no
clause does. After the annotation projection of Yarowsky and Ngai (2001), with clauses for trees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bicorpus.claims.linking.target_words import (
    TargetWord,
    share_out,
    target_words,
    trimmed,
    word_at,
    word_spans,
)
from bicorpus.data import Span, WordLink

Claims = Mapping[int, Sequence[Span]]

# Shares of votes, chosen by reason and not fitted: links of function words go astray so often that
# a clause with a few votes for another claim still renders one claim; a claim with less than a
# quarter of its words linked has nothing that one could point at.
_ASIDE = 0.25
_CARRIED = 0.25
_OF_OWN = 0.4
# The label of words that render a frame of attribution or a heading: no source claim.
_FRAME = -1


@dataclass(frozen=True, slots=True)
class Carried:
    """The target words that carry a source claim.

    `claims` are the indices of the target claims of which it has half of the words or more; the
    spans are in order. `source_share` is the weighted share of the claim's words that are linked
    into the spans, `target_share` the share of the spans' linked words whose links lead back.
    """

    spans: tuple[Span, ...]
    claims: tuple[int, ...]
    source_share: float
    target_share: float

    @property
    def score(self) -> float:
        """The harmonic mean of the two shares."""
        both = self.source_share + self.target_share
        return 2 * self.source_share * self.target_share / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Projection:
    """What became of the claims of a bead: `carried` by source claim, `added` target claims."""

    carried: Mapping[int, Carried]
    added: tuple[int, ...]


def project(
    source_claims: Claims,
    target_claims: Claims,
    source: str,
    target: str,
    links: Sequence[WordLink],
) -> Projection:
    """Return the target spans of each source claim of a bead, and the claims without a source.

    The claims are given by index with their spans; all spans, those of `links`, too, count code
    points of the bead's texts `source` and `target`.
    """
    return _Bead(source_claims, target_claims, source, target, links).project()


def weight(word: str) -> float:
    """Return how much a word counts: short function words are linked at random, others are not."""
    is_content = len(word) > 3 or word[:1].isupper() or any(map(str.isdigit, word))
    return 1.0 if is_content else 0.35


class _Bead:
    """The votes of one bead, and who owns which target word."""

    def __init__(
        self,
        source_claims: Claims,
        target_claims: Claims,
        source: str,
        target: str,
        links: Sequence[WordLink],
    ) -> None:
        self.source_claims, self.target_claims = source_claims, target_claims
        self.source, self.target = source, target
        self.links = links
        self.words: list[TargetWord] = target_words(target, target_claims)
        self.owner: list[int | None] = [None] * len(self.words)
        self.votes: list[dict[int, float]] = [defaultdict(float) for _ in self.words]
        # Links from source words that stand in no claim: headings, frames of attribution.
        self.outside: list[float] = [0.0] * len(self.words)
        self.mass = {
            claim: sum(weight(word.of(source)) for word in word_spans(source, spans))
            for claim, spans in source_claims.items()
        }
        for link in links:
            self._count(link)

    def _count(self, link: WordLink) -> None:
        index = word_at(self.words, link.target)
        if index is None:
            return
        worth = weight(link.source.of(self.source))
        claim = self._holder(link.source)
        if claim is None:
            self.outside[index] += worth
        else:
            self.votes[index][claim] += worth

    def _holder(self, place: Span) -> int | None:
        for claim, spans in self.source_claims.items():
            if any(span.start <= place.start < span.end for span in spans):
                return claim
        return None

    def project(self) -> Projection:
        added = tuple(claim for claim in self.target_claims if not self._place(claim))
        for claim in self.source_claims:
            if claim not in self.owner:
                self._find_phrase(claim)
        carried = {claim: self._carried(claim) for claim in self.source_claims}
        return Projection({claim: one for claim, one in carried.items() if one}, added)

    def _place(self, claim: int) -> bool:
        """Give a target claim's words to source claims; False where it has no source."""
        own = [index for index, word in enumerate(self.words) if word.claim == claim]
        totals: dict[int, float] = defaultdict(float)
        for index in own:
            for voted, worth in self.votes[index].items():
                totals[voted] += worth
        everything = sum(totals.values())
        outside = sum(self.outside[index] for index in own)
        size = sum(weight(self.words[index].span.of(self.target)) for index in own)
        if everything + outside < _CARRIED * size:
            return False
        if not totals or outside > everything:
            return True  # it renders a heading or a frame, which is no claim
        best = max(totals, key=lambda one: (totals[one], -one))
        labels = [best] + [
            one
            for one in sorted(totals)
            if one != best
            and totals[one] >= _ASIDE * everything
            and totals[one] >= _OF_OWN * self.mass[one]
        ]
        if outside >= max(1, _ASIDE * everything):
            labels.append(_FRAME)
        shares = share_out(
            [self.words[index].span for index in own],
            labels,
            lambda position, label: self._against(own[position], label),
            self.target,
        )
        for index, label in zip(own, shares, strict=True):
            self.owner[index] = label
        return True

    def _against(self, index: int, label: int) -> float:
        others = sum(worth for voted, worth in self.votes[index].items() if voted != label)
        return others + (self.outside[index] if label != _FRAME else 0.0)

    def _find_phrase(self, claim: int) -> None:
        """Give a claim that no clause renders the words that it is linked to, as one stretch."""
        linked = [index for index, votes in enumerate(self.votes) if votes.get(claim)]
        if sum(self.votes[index][claim] for index in linked) < _CARRIED * self.mass[claim]:
            return
        free = [index for index in linked if self._is_free(index, claim)]
        for index in range(min(free, default=0), max(free, default=-1) + 1):
            if self.owner[index] is None or index in free:
                self.owner[index] = claim

    def _is_free(self, index: int, claim: int) -> bool:
        owner, votes = self.owner[index], self.votes[index]
        return owner is None or votes[claim] > votes.get(owner, 0.0)

    def _carried(self, claim: int) -> Carried | None:
        own = [index for index, owner in enumerate(self.owner) if owner == claim]
        spans = self._spans(own, claim)
        if not spans:
            return None
        inside = {index for index in own if any(_holds(span, self.words[index]) for span in spans)}
        linked = {link.source for link in self.links if word_at(self.words, link.target) in inside}
        found = sum(
            weight(word.of(self.source))
            for word in word_spans(self.source, self.source_claims[claim])
            if any(word.start < one.end and one.start < word.end for one in linked)
        )
        back = sum(self.votes[index].get(claim, 0.0) for index in inside)
        everything = sum(sum(self.votes[index].values()) + self.outside[index] for index in inside)
        return Carried(
            tuple(spans),
            tuple(one for one in self.target_claims if self._has_half(claim, one)),
            min(1.0, found / self.mass[claim]) if self.mass[claim] else 0.0,
            back / everything if everything else 0.0,
        )

    def _has_half(self, claim: int, target_claim: int) -> bool:
        owners = [
            owner
            for word, owner in zip(self.words, self.owner, strict=True)
            if word.claim == target_claim
        ]
        return bool(owners) and 2 * owners.count(claim) >= len(owners)

    def _spans(self, own: Sequence[int], claim: int) -> list[Span]:
        """Return the stretches of a claim's words; a target claim that is whole keeps its spans."""
        spans: list[Span] = []
        for run in _runs(own, [self.words[index].claim for index in own]):
            held = self.words[run[0]].claim
            if held is not None:
                there = [index for index, word in enumerate(self.words) if word.claim == held]
                if all(self.owner[index] == claim for index in there):
                    spans += [one for one in self.target_claims[held] if one not in spans]
                    continue
            words = trimmed([self.words[index].span for index in run], self.target)
            spans.append(Span(words[0].start, words[-1].end))
        return sorted(spans)


def _holds(span: Span, word: TargetWord) -> bool:
    return span.start <= word.span.start < span.end


def _runs(indices: Sequence[int], claims: Sequence[int | None]) -> list[list[int]]:
    """Return the stretches of neighbouring words that stand in the same target claim."""
    runs: list[list[int]] = []
    before: int | None = None
    for index, claim in zip(indices, claims, strict=True):
        if runs and index == runs[-1][-1] + 1 and claim == before:
            runs[-1].append(index)
        else:
            runs.append([index])
        before = claim
    return runs
