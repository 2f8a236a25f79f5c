"""Which of several renderings stands in the end: the one that does no harm and reads best."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from bicorpus.data import Span, Translation, WordLink
from bicorpus.terms.glossary import Term
from bicorpus.terms.use import TermUse
from bicorpus.translators.steering.candidates import Candidate, Step, is_wrong
from bicorpus.translators.steering.decoder import PieceScore, Steerable
from bicorpus.translators.steering.judge import Judge, around, comes_again


@dataclass(slots=True)
class Work:
    """A sentence on its way: what the translator made of it, and what stands now."""

    source: str
    first: Translation
    text: str
    uses: list[TermUse] = field(default_factory=list)
    before: list[TermUse] = field(default_factory=list)
    links: tuple[WordLink, ...] = ()
    steps: dict[tuple[Span, Term], Step] = field(default_factory=dict)
    tried: set[tuple[Span, Term]] = field(default_factory=set)
    pieces: list[PieceScore] | None = None
    is_run_refused: bool = False

    @property
    def score(self) -> float | None:
        """The mean probability of a piece of the text as it stands."""
        return math.exp(around(self.pieces, ())) if self.pieces else self.first.score

    def take_next(self) -> TermUse | None:
        """Return the first occurrence that is rendered wrong and was not tried yet."""
        use = next_wrong(self.uses, self.tried)
        if use:
            self.tried.add((use.source_span, use.term))
        return use


def next_wrong(uses: Iterable[TermUse], tried: Container[tuple[Span, Term]]) -> TermUse | None:
    """Return the first occurrence that is rendered wrong and is not in `tried`."""
    return next(
        (use for use in uses if is_wrong(use) and (use.source_span, use.term) not in tried), None
    )


Choice = tuple[Work, tuple[Span, ...], list[Candidate]]
"""A sentence, where the terms stand in its present rendering, and what might be there instead."""

_Chosen = tuple[Candidate, list[PieceScore] | None]


class Chooser:
    """Chooses among renderings, by `judge` and by what the `decoder`, if any, finds probable."""

    def __init__(self, judge: Judge, decoder: Steerable | None) -> None:
        self._judge = judge
        self._decoder = decoder

    def choose(self, choices: Sequence[Choice]) -> list[Work]:
        """Take the best candidate of each sentence that does no harm; return what was changed.

        The words around the term may become less probable by the candidate's margin, no more.
        Without a decoder the first harmless candidate stands.
        """
        harmless = [(one, spans, self._harmless(one, spans, made)) for one, spans, made in choices]
        harmless = [choice for choice in harmless if choice[2]]
        if not harmless:
            return []
        asked = [
            (one, spans, gain, candidate)
            for one, spans, made in harmless
            for gain, candidate in made
        ]
        chosen: dict[int, _Chosen]
        if self._decoder is None:
            chosen = {id(one): (made[0][1], None) for one, _, made in harmless}
        else:
            chosen = self._most_probable(self._decoder, asked)
        changed = []
        for one, _, _ in harmless:
            if id(one) in chosen:
                self._take(one, *chosen[id(one)])
                changed.append(one)
        return changed

    def _harmless(
        self, one: Work, replaced: tuple[Span, ...], candidates: Sequence[Candidate]
    ) -> list[tuple[int, Candidate]]:
        """Return the candidates that do no harm, each once, with how many more terms are right."""
        found: dict[str, tuple[int, Candidate]] = {}
        for candidate in candidates:
            if candidate.text == one.text or candidate.text in found:
                continue
            if comes_again(one.text, replaced, candidate):
                continue
            if gain := self._judge.improves(one.source, one.text, candidate.text):
                found[candidate.text] = gain, candidate
        return list(found.values())

    @staticmethod
    def _most_probable(
        decoder: Steerable, asked: Sequence[tuple[Work, tuple[Span, ...], int, Candidate]]
    ) -> dict[int, _Chosen]:
        """Return the candidates with the most right terms, then the glossary's order.

        Of equal ones that with the most probable words around.
        """
        present = {id(one): one for one, *_ in asked if one.pieces is None}.values()
        pieces = decoder.probabilities(
            [(one.source, one.text) for one in present]
            + [(one.source, candidate.text) for one, _, _, candidate in asked]
        )
        for one, found in zip(present, pieces, strict=False):
            one.pieces = found
        best: dict[int, tuple[int, int, float, _Chosen]] = {}
        for (one, spans, gain, candidate), after in zip(asked, pieces[len(present) :], strict=True):
            replaced = spans if candidate.spans else ()
            now = around(after, candidate.spans)
            if now < around(one.pieces or (), replaced) - candidate.margin:
                continue
            if id(one) not in best or (gain, -candidate.rank, now) > best[id(one)][:3]:
                best[id(one)] = gain, -candidate.rank, now, (candidate, after)
        return {key: chosen for key, (*_, chosen) in best.items()}

    def _take(self, one: Work, candidate: Candidate, pieces: list[PieceScore] | None) -> None:
        right = self._judge.right_terms(one.source, one.text)
        one.text, one.pieces = candidate.text, pieces
        for key in self._judge.right_terms(one.source, one.text) - right:
            one.steps[key] = candidate.step
