"""Puts the glossary's wordings into renderings: words exchanged, or a rendering begun anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bicorpus.data import Language, Span
from bicorpus.protocols import WordAligner
from bicorpus.terms.use import TermChecker, TermUse
from bicorpus.translators.steering.candidates import Candidate, Step, begin, find_place, repair
from bicorpus.translators.steering.choice import Choice, Chooser, Work
from bicorpus.translators.steering.decoder import Steerable
from bicorpus.translators.steering.exchange import exchange_run

# More terms than these in one sentence are a list, and the words around them no context.
_MOST_ROUNDS = 12
# Where the first preferred rendering of a term does harm, the others may not.
_MOST_WORDINGS = 3


class Forcing:
    """Changes sentences term by term, from left to right, all sentences at a time.

    Of `steps` those that force a wording are taken, in their order; without a `decoder` words are
    exchanged only.
    """

    def __init__(  # noqa: PLR0913 - what it asks, and in which order
        self,
        checker: TermChecker,
        aligner: WordAligner,
        chooser: Chooser,
        decoder: Steerable | None,
        *,
        steps: Sequence[Step],
        language: Language,
    ) -> None:
        self._checker = checker
        self._aligner = aligner
        self._chooser = chooser
        self._decoder = decoder
        self._steps = steps
        self._language = language

    def look(self, works: list[Work]) -> None:
        """Link the words anew and see how each term is rendered."""
        if not works:
            return
        links = self._aligner.link([(one.source, one.text) for one in works])
        for one, found in zip(works, links, strict=True):
            one.links = found
            one.uses = self._checker.check(one.source, one.text, found)

    def force(self, works: list[Work]) -> None:
        """Exchange words, and have renderings begun anew, as far as it does no harm."""
        waiting = works
        for _ in range(_MOST_ROUNDS):
            changed = self._exchange(waiting) if "repair" in self._steps else []
            done = set(map(id, changed))
            singly = [
                (one, use) for one in waiting if id(one) not in done and (use := one.take_next())
            ]
            self.look(self._one_round(singly))
            waiting = changed + [one for one, _ in singly]
            if not waiting:
                break

    def _exchange(self, works: list[Work]) -> list[Work]:
        """Exchange runs of terms at once; return the sentences that were changed."""
        runs = {
            id(one): run
            for one in works
            if not one.is_run_refused and (run := exchange_run(one, self._checker, self._language))
        }
        changed = self._chooser.choose([run.choice for run in runs.values()])
        for one in changed:
            one.links = runs[id(one)].links
            one.uses = self._checker.check(one.source, one.text, one.links)
        for run in runs.values():
            one = run.choice[0]
            one.is_run_refused = all(one is not other for other in changed)
        return changed

    def _one_round(self, waiting: list[tuple[Work, TermUse]]) -> list[Work]:
        """Try to change one term in each sentence; return the sentences that were changed."""
        changed: list[Work] = []
        make = {"continuation": self._continued, "repair": self._repaired}
        for step in self._steps:
            if step in make and waiting:
                chosen = self._chooser.choose(make[step](waiting))
                changed += chosen
                done = set(map(id, chosen))
                waiting = [(one, use) for one, use in waiting if id(one) not in done]
        return changed

    def _continued(self, waiting: list[tuple[Work, TermUse]]) -> list[Choice]:
        if self._decoder is None:
            return []
        begun = [
            (number, beginning, span)
            for number, (one, use) in enumerate(waiting)
            for beginning, span in begin(one.text, use, one.links, self._language)
        ]
        texts = self._decoder.continuations(
            [(waiting[number][0].source, beginning) for number, beginning, _ in begun]
        )
        candidates: dict[int, list[Candidate]] = defaultdict(list)
        for (number, beginning, span), found in zip(begun, texts, strict=True):
            candidates[number] += [
                Candidate(text, "continuation", (span,))
                for text in found
                if text.startswith(beginning)
            ]
        return [
            (one, _present(one, use), candidates[number])
            for number, (one, use) in enumerate(waiting)
        ]

    def _repaired(self, waiting: list[tuple[Work, TermUse]]) -> list[Choice]:
        return [
            (
                one,
                _present(one, use),
                list(repair(one.text, use, one.links, self._language, wordings=_MOST_WORDINGS)),
            )
            for one, use in waiting
        ]


def _present(one: Work, use: TermUse) -> tuple[Span, ...]:
    """Return where the present rendering of a term stands, as far as it can be told."""
    place = find_place(use, one.links)
    return (place,) if place else ()
