"""In what a claim and the claims that carry it differ: polarity, hedging, who says it.

Each side's finder reads its own text alone; a difference between two readings counts only where
no word of the other side may carry what this side says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bicorpus.claims.linking.renderings import Quality, carrying_word
from bicorpus.claims.linking.vouching import Difference, LinkedPair, Vouching
from bicorpus.data import Claim, Side, Span


class Comparison:
    """Compares the claims of an article's two sides, in the order of the beads."""

    def __init__(self, source: Side, target: Side) -> None:
        """Begin with nobody speaking."""
        self._source, self._target = source, target
        self._vouching = Vouching(source, target)

    def differences(
        self, claim: int, others: Sequence[int], pair: LinkedPair
    ) -> tuple[Difference, ...]:
        """Return the differences of a source claim and the target claims that carry it.

        `claim` and `others` are indices into the claims of the sides; without `others` (a phrase
        carries the claim) there is nothing to compare.
        """
        if not others:
            return ()
        here = (self._source.claims or ())[claim]
        there = [(self._target.claims or ())[index] for index in others]
        found = [
            self._quality("negation", "negated", here, there),
            self._quality("hedging", "hedged", here, there),
            self._vouching.difference(claim, others, pair),
        ]
        return tuple(filter(None, found))

    def _quality(
        self, quality: Quality, name: str, here: Claim, there: Sequence[Claim]
    ) -> Difference | None:
        is_here = here.negated if quality == "negation" else here.hedged
        is_there = any(one.negated if quality == "negation" else one.hedged for one in there)
        if is_here == is_there:
            return None
        with_it, without = ((self._source, [here]), (self._target, there))[:: 1 if is_here else -1]
        if _word(quality, *without) is not None:
            return None
        word = _word(quality, *with_it)
        shown = f' ("{word}")' if word is not None else ""
        side, other = ("source", "target") if is_here else ("target", "source")
        return quality, f"it is {name} in the {side}{shown}, and not in the {other}"


def _word(quality: Quality, side: Side, claims: Sequence[Claim]) -> str | None:
    spans = [span for claim in claims for span in _spans(claim, with_cue=quality == "hedging")]
    return carrying_word(quality, side.document.text, spans, side.document.language)


def _spans(claim: Claim, *, with_cue: bool) -> Iterator[Span]:
    """Yield the claim's spans; the saying words hedge, too ("vermuten"), but negate nothing."""
    yield from claim.spans
    if with_cue and claim.attribution is not None:
        yield from filter(None, (claim.attribution.source, claim.attribution.cue))
