"""Whether the same speaker vouches for a claim on both sides.

Both finders read their own text alone, and the languages differ: German marks every sentence of a
report by its mood (Konjunktiv I), English names the speaker once and goes on; German plans with
"kündigte an, … zu" inside a claim, English says "announced that" around one. So two readings that
differ count only where the words do not bear them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bicorpus.data import Attribution, Claim, Language, Side, Span, WordLink
from bicorpus.languages import load_words

Difference = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """The word links of a bead, and where its two texts begin in their documents."""

    links: Sequence[WordLink]
    source_start: int
    target_start: int

    def renders(self, attribution: Attribution) -> bool:
        """Return whether the target has words for the saying words of the source."""
        place = attribution.cue or attribution.source
        return place is not None and any(
            _meet(link.source.shifted(self.source_start), place) for link in self.links
        )

    def holds(self, attribution: Attribution) -> bool:
        """Return whether the source has words for the saying words of the target."""
        place = attribution.cue or attribution.source
        return place is not None and any(
            _meet(link.target.shifted(self.target_start), place) for link in self.links
        )


class Vouching:
    """Compares who says a claim, pair by pair through an article, in the order of the beads."""

    def __init__(self, source: Side, target: Side) -> None:
        """Begin with nobody speaking on the target side."""
        self._source, self._target = source, target
        # By target claim: the speaker of its source claim (None: the article), and that claim.
        self._told: dict[int, str | None] = {}
        self._carries: dict[int, int] = {}

    def difference(self, claim: int, others: Sequence[int], pair: LinkedPair) -> Difference | None:
        """Return in what check the attributions differ, and a sentence that says how.

        `claim` and `others` are indices of a source claim and of the target claims that carry it.
        """
        here = (self._source.claims or ())[claim]
        there = [(self._target.claims or ())[index] for index in others]
        found = self._difference(here, there, others, pair)
        speaker = self._speaker(here) if here.attribution is not None and found is None else None
        self._told.update(dict.fromkeys(others, speaker))
        self._carries.update(dict.fromkeys(others, claim))
        return found

    def _difference(
        self, here: Claim, there: Sequence[Claim], others: Sequence[int], pair: LinkedPair
    ) -> Difference | None:
        stances = {claim.stance for claim in there}
        if here.stance in stances:
            return None
        told = next((claim.attribution for claim in there if claim.attribution is not None), None)
        if told is None:
            return self._lost(here, min(others), pair)
        if here.attribution is None:
            speaker = _named(told, self._target)
            message = f"the source says it in its own voice, the target has {speaker}"
            return None if pair.holds(told) else ("attribution", message)
        stance = next(iter(sorted(stance or "" for stance in stances)))
        return (
            "stance",
            f"its speaker has it {here.stance} in the source and {stance} in the target",
        )

    def _lost(self, here: Claim, other: int, pair: LinkedPair) -> Difference | None:
        """Return that nobody says it in the target, if neither words nor neighbours do."""
        said = here.attribution
        if said is None or pair.renders(said) or self._is_told_later(here):
            return None
        if self._goes_on(here, other):
            return None
        speaker = _named(said, self._source)
        return "attribution", (
            f"the source has {speaker}, the target says it in its own voice and names nobody in or "
            "right before it"
        )

    def _is_told_later(self, here: Claim) -> bool:
        """Return whether a later sentence says who said it: a claim that is judged by itself."""
        cue = here.attribution.cue if here.attribution is not None else None
        return cue is not None and cue.start >= self._source.sentences[here.sentence].span.end

    def _goes_on(self, here: Claim, other: int) -> bool:
        """Return whether the target claim `other` carries on what the same speaker said before it.

        The claim before it is that speaker's, or tells that the speaker spoke ("He warned of new
        attacks"); it stands in the same paragraph or in the sentence right before. A denied claim
        cannot be carried on as a bare statement.
        """
        claims, sentences = self._target.claims or (), self._target.sentences
        before = other - 1
        while before >= 0 and before not in self._told:
            before -= 1  # an added claim, such as one that only says who speaks
        if before < 0 or here.stance != "asserted":
            return False
        first, second = claims[before].sentence, claims[other].sentence
        if second - first > 1 and sentences[first].segment != sentences[second].segment:
            return False
        told = self._told[before]
        if told is not None and self._takes_up(told, self._speaker(here)):
            return True
        cue = here.attribution.cue if here.attribution is not None else None
        source = (self._source.claims or ())[self._carries[before]]
        return cue is not None and any(_meet(cue, span) for span in source.spans)

    def _takes_up(self, before: str, now: str) -> bool:
        return before == now or now.lower() in _pronouns(self._source.document.language)

    def _speaker(self, claim: Claim) -> str:
        place = claim.attribution.source if claim.attribution is not None else None
        return place.of(self._source.document.text) if place is not None else ""


@cache
def _pronouns(language: Language) -> frozenset[str]:
    """Return the speakers that a chain of reports takes up again without their name."""
    return frozenset(load_words(language, "claim_pronouns"))


def _named(attribution: Attribution, side: Side) -> str:
    place = attribution.source
    return f'"{place.of(side.document.text)}" say it' if place is not None else "somebody say it"


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
