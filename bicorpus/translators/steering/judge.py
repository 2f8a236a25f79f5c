"""Whether a text that follows the glossary better would do harm, and how probable it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bicorpus.align.lengths import length_deviation
from bicorpus.checks import surface, wordings
from bicorpus.checks.figures import check_figures
from bicorpus.checks.hedging import check_hedging
from bicorpus.checks.negation import check_negation
from bicorpus.checks.opposites import check_opposites
from bicorpus.data import Language, Span
from bicorpus.terms.glossary import Term
from bicorpus.terms.use import TermChecker
from bicorpus.translators.steering.candidates import WRONG, Candidate, overlap
from bicorpus.translators.steering.decoder import PieceScore

# As in `checks.pair`: beyond this, something is missing or added.
_LENGTH_OUTLIER = 4.0
# Texts that are compared with several others in a row.
_KEPT = 1024
_WORD = re.compile(r"[^\W\d_]+")


class Judge:
    """Says of a text that follows the glossary better whether anything else got worse."""

    def __init__(self, checker: TermChecker, languages: tuple[Language, Language]) -> None:
        self._checker = checker
        self._languages = languages
        self._findings = lru_cache(_KEPT)(self._count_findings)
        self.right_terms = lru_cache(_KEPT)(self._find_right_terms)

    def _find_right_terms(self, source: str, target: str) -> frozenset[tuple[Span, Term]]:
        """Return the occurrences of terms that are rendered right."""
        uses = self._checker.check(source, target)
        return frozenset((use.source_span, use.term) for use in uses if use.use not in WRONG)

    def improves(self, source: str, present: str, other: str) -> int:
        """Return how many more terms are right in `other`; 0 where it does any harm.

        Harm is a term that was right, a forbidden form that was not there, or a finding of the
        checks (a figure, a negation, an address, a loop, ...) that `present` does not have.
        """
        before, after = self.right_terms(source, present), self.right_terms(source, other)
        if not before < after:
            return 0
        if len(self._checker.forbidden_in(other)) > len(self._checker.forbidden_in(present)):
            return 0
        known = self._findings(source, present)
        if any(
            count > known.get(check, 0) for check, count in self._findings(source, other).items()
        ):
            return 0
        return len(after) - len(before)

    def _count_findings(self, source: str, target: str) -> Counter[str]:
        """Return how many findings each check has.

        Names and untranslated words are not asked for: what the glossary has may be a name or a
        word that those checks do not know.
        """
        found = [
            *check_figures(source, target, *self._languages),
            *wordings.check_repeated_clauses(source, target),
            *wordings.check_truncation(source, target),
        ]
        if self._languages == ("de", "en"):
            found += check_negation(source, target)
            found += check_opposites(source, target)
            found += check_hedging(source, target)
        counts = Counter(finding.check for finding in found if finding.severity != "info")
        counts["address"] = len(surface.lost_addresses(source, target))
        counts["repetition"] += surface.find_repetition(target) is not None
        counts["copied"] = surface.is_copied(source, target)
        counts["length"] = abs(length_deviation(source, target)) >= _LENGTH_OUTLIER
        return counts


def comes_again(present: str, replaced: Sequence[Span], candidate: Candidate) -> bool:
    """Return whether what was replaced stands beside the new wording: "crossing bridge"."""
    if not candidate.spans:
        return False
    words = " ".join(span.of(present) for span in replaced)
    old = {word.casefold() for word in _WORD.findall(words) if len(word) > 3}
    before = _count_outside(present, replaced, old)
    return bool(_count_outside(candidate.text, candidate.spans, old) - before)


def _count_outside(text: str, spans: Sequence[Span], words: set[str]) -> Counter[str]:
    return Counter(
        folded
        for match in _WORD.finditer(text)
        if (folded := match[0].casefold()) in words
        and not any(overlap(Span(*match.span()), span) for span in spans)
    )


def around(pieces: Sequence[PieceScore], spans: Sequence[Span]) -> float:
    """Return the mean log probability a piece of what stands outside of `spans`."""
    outside = [
        piece.log_probability
        for piece in pieces
        if not piece.span or not any(overlap(piece.span, span) for span in spans)
    ]
    return sum(outside) / len(outside) if outside else 0.0
