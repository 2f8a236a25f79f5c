"""Several terms of a sentence whose words can be exchanged for certain, exchanged at once.

One text to be judged and scored instead of one a term, and no word is linked anew: the links of
what stays are those of before, moved by as much as the text grew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from bicorpus.data import Language, Span, WordLink
from bicorpus.terms.use import TermChecker
from bicorpus.translators.steering.candidates import (
    Candidate,
    find_sure_place,
    overlap,
    repair,
)
from bicorpus.translators.steering.choice import Choice, Work, next_wrong
from bicorpus.translators.steering.judge import comes_again


@dataclass(frozen=True, slots=True)
class Exchange:
    """The words at `old` of one text, exchanged for those at `new` of another.

    `same` is how far the texts begin alike: an article before the words may have changed, too.
    """

    old: Span
    new: Span
    same: int
    growth: int

    @classmethod
    def between(cls, before: str, old: Span, after: str, new: Span) -> Exchange:
        """Return the exchange that made `after` of `before`."""
        pairs = zip(before[: old.start], after[: new.start], strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        return cls(old, new, same, len(after) - len(before))

    def moved(self, span: Span) -> Span:
        """Return where a word of the one text stands in the other."""
        if overlap(span, self.old):
            return self.new
        if span.start >= self.old.end:
            return span.shifted(self.growth)
        if span.end <= self.same:
            return span
        return Span(span.start, self.new.start - 1)

    def moved_links(self, links: Sequence[WordLink]) -> tuple[WordLink, ...]:
        """Return the links of the one text as links of the other."""
        return tuple(replace(link, target=self.moved(link.target)) for link in links)


class Run(NamedTuple):
    """A choice that exchanges several terms, and the word links there are if it is taken."""

    choice: Choice
    links: tuple[WordLink, ...]


def exchange_run(one: Work, checker: TermChecker, language: Language) -> Run | None:
    """Return the text in which the first terms are repaired, up to one that cannot be.

    That one may have to be begun anew, which would undo what was exchanged behind it. None where
    there are fewer than two: one alone, or one with several wordings to choose from, is tried by
    itself.
    """
    text, links, uses = one.text, one.links, one.uses
    places = {(use.source_span, use.term): find_sure_place(text, use, links) for use in uses}
    replaced: list[Span] = []
    made: list[Candidate] = []
    there: tuple[Span, ...] = ()
    tried = set(one.tried)
    while use := next_wrong(uses, tried):
        key = use.source_span, use.term
        tried.add(key)
        found = list(repair(text, use, links, language))
        before, place = places.get(key), find_sure_place(text, use, links)
        if before is None or place is None or len(found) != 1:
            break
        if comes_again(text, (place,), found[0]):
            break
        exchange = Exchange.between(text, place, found[0].text, found[0].spans[0])
        there = (*map(exchange.moved, there), exchange.new)
        replaced.append(before)
        made += found
        text, links = found[0].text, exchange.moved_links(links)
        uses = checker.check(one.source, text, links)
    if len(made) < 2:
        return None
    certain = all(each.is_exact for each in made)
    candidate = Candidate(text, "repair", there, is_exact=certain)
    return Run((one, tuple(replaced), [candidate]), links)
