"""What could stand instead of a term's wrong rendering, and whether it would do harm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bicorpus.align.lengths import length_deviation
from bicorpus.checks import surface, wordings
from bicorpus.checks.figures import check_figures
from bicorpus.checks.hedging import check_hedging
from bicorpus.checks.negation import check_negation
from bicorpus.checks.opposites import check_opposites
from bicorpus.data import Language, Span, WordLink
from bicorpus.terms.glossary import Term
from bicorpus.terms.use import TermChecker, TermUse
from bicorpus.translators.steering_decoder import PieceScore
from bicorpus.translators.steering_text import forms, is_verb, place, with_article

Step = Literal["alternative", "continuation", "repair"]
# On 60 lines of WMT23's development half with a glossary a line, exchanging before continuing has
# 82.2% of the terms right and BLEU 29.6, the other way round 81.8% and 29.6 in 1.4 times the time;
# and what is exchanged leaves the rest of the sentence as it was.
STEPS: tuple[Step, ...] = ("alternative", "repair", "continuation")

# A link that a word is exchanged by must be more likely right than wrong by far.
_SURE_LINK = 0.5
_LIKELY_LINK = 0.35
_WRONG = frozenset({"forbidden", "untranslated", "other", "missing"})
# As in `checks.pair`: beyond this, something is missing or added.
_LENGTH_OUTLIER = 4.0
# Texts whose findings are kept, because they are compared with several others in a row.
_KEPT_FINDINGS = 1024
_WORD = re.compile(r"[^\W\d_]+")
# German nouns that end so may be plurals as they stand: "Fenster", "Verfahren", "Mittel".
_SAME_IN_PLURAL = ("er", "en", "el", "chen", "lein")
_SHORT_WORD = 3
# "Kyiv" for "Kiew" costs 0.4 in a short sentence: the word behind a name that the translator has
# never seen is improbable, whatever it is.
_EXACT_MARGIN = 1.0
# How much less probable the words around a term may become, in natural logarithms a piece.
MARGIN: dict[Step, float] = {"alternative": 0.25, "continuation": 0.15, "repair": 0.4}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A whole target text; `span` is the place of the glossary's rendering, None where unknown.

    `is_exact` says that the words exchanged are wrong for certain, and not only by their links.
    """

    text: str
    step: Step
    span: Span | None = None
    is_exact: bool = False

    @property
    def margin(self) -> float:
        """How much less probable the words around the rendering may become."""
        return _EXACT_MARGIN if self.is_exact else MARGIN[self.step]


def is_wrong(use: TermUse) -> bool:
    """Return whether an occurrence asks for another rendering, and there is one to be had."""
    return use.use in _WRONG and (bool(use.term.right) or use.use == "forbidden")


def is_moved_whole(use: TermUse) -> bool:
    """Return whether the rendering may be exchanged without its neighbours.

    A verb stands in a tense and a person of its own; the part of a compound shares its rendering
    with the rest ("Grenzoffensive").
    """
    term = use.term
    source = term.source
    verb = term.part_of_speech.lower().startswith("v") or (
        " " not in source and source[:1].islower() and source.endswith("n")
    )
    return use.how in {"form", "inflected"} and not verb and bool(term.right)


def begin(
    text: str, use: TermUse, links: Sequence[WordLink], language: Language
) -> Iterator[tuple[str, Span]]:
    """Yield how the rendering may begin, with the preferred wording where the present one starts.

    Each comes with the place of the wording.
    """
    span = find_place(use, links)
    if span is None or not is_moved_whole(use) or _is_of_another_kind(use, span.of(text)):
        return
    for form in _forms(use, span.of(text), language):
        before = text[: span.start]
        if not before.strip():
            form = form[:1].upper() + form[1:]  # noqa: PLW2901 - a sentence starts with it
        before = with_article(before, form) if language == "en" else before
        yield before + form, Span(len(before), len(before) + len(form))


def repair(
    text: str, use: TermUse, links: Sequence[WordLink], language: Language
) -> Iterator[Candidate]:
    """Yield the texts in which the preferred wording stands instead of the linked words."""
    span = find_sure_place(text, use, links)
    if span is None or not is_moved_whole(use) or _is_of_another_kind(use, span.of(text)):
        return
    for form in _forms(use, span.of(text), language):
        if made := place(text, span, form, language):
            yield Candidate(
                made[0], "repair", made[1], is_exact=use.use in {"forbidden", "untranslated"}
            )


def _is_of_another_kind(use: TermUse, replaced: str) -> bool:
    """Return whether a verb stands for a noun: a wrong link, or another turn of phrase."""
    return use.wording[:1].isupper() and use.use == "other" and is_verb(replaced)


def _forms(use: TermUse, replaced: str, language: Language) -> Iterable[str]:
    """Return the wordings to try: the preferred one in both numbers, likelier number first.

    A forbidden form of a name gives way to as many words as it has, where there is such a one:
    "Selenskyj" to "Zelenskyy", not to "Volodymyr Zelenskyy".
    """
    known = "" if use.use == "untranslated" else replaced
    preferred = use.term.right[0]
    if use.use == "forbidden":
        count = len(replaced.split())
        preferred = next((one for one in use.term.right if len(one.split()) == count), preferred)
    may_be_plural = use.how == "inflected" or use.wording.endswith(_SAME_IN_PLURAL)
    return forms(preferred, known, language, inflected=may_be_plural)


def find_place(use: TermUse, links: Sequence[WordLink]) -> Span | None:
    """Return where the present rendering of a term begins, as far as it can be told."""
    if use.use in {"forbidden", "untranslated"}:
        return use.target_span
    linked = _linked(use.source_span, links, _LIKELY_LINK)
    return Span(linked[0].start, linked[-1].end) if linked else None


def find_sure_place(text: str, use: TermUse, links: Sequence[WordLink]) -> Span | None:
    """Return the words that render a term and nothing else; None where that cannot be told.

    All its longer words have sure links, and the words between the linked ones are short ones
    or linked to the term as well.
    """
    linked = _linked(use.source_span, links, _SURE_LINK)
    found = Span(linked[0].start, linked[-1].end) if linked else None
    if use.use in {"forbidden", "untranslated"} and use.target_span:
        span = use.target_span
        covers = found and found.start <= span.start and span.end <= found.end
        if not covers or found is None or not _is_closed(text, found, use, links):
            return span
        return found
    if found is None or not _is_closed(text, found, use, links):
        return None
    for match in _WORD.finditer(use.wording):
        here = Span(*match.span()).shifted(use.source_span.start)
        if len(here) > _SHORT_WORD and not _linked(here, links, _SURE_LINK):
            return None
    return found


def _is_closed(text: str, found: Span, use: TermUse, links: Sequence[WordLink]) -> bool:
    """Return whether nothing but the term is rendered between `found`'s first and last word."""
    own = set(_linked(use.source_span, links, _LIKELY_LINK))
    for match in _WORD.finditer(found.of(text)):
        word = Span(*match.span()).shifted(found.start)
        if len(word) > _SHORT_WORD and not any(_overlap(word, one) for one in own):
            return False
    return not any(
        _overlap(link.target, found)
        and not _overlap(link.source, use.source_span)
        and len(link.target) > _SHORT_WORD
        and link.score >= _LIKELY_LINK
        for link in links
    )


def _linked(span: Span, links: Sequence[WordLink], least: float) -> list[Span]:
    return sorted(
        {link.target for link in links if link.score >= least and _overlap(link.source, span)}
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


class Judge:
    """Says of a text that follows the glossary better whether anything else got worse."""

    def __init__(self, checker: TermChecker, languages: tuple[Language, Language]) -> None:
        self._checker = checker
        self._languages = languages
        self._findings = lru_cache(_KEPT_FINDINGS)(self._count_findings)

    def right_terms(self, source: str, target: str) -> set[tuple[Span, Term]]:
        """Return the occurrences of terms that are rendered right."""
        uses = self._checker.check(source, target)
        return {(use.source_span, use.term) for use in uses if use.use not in _WRONG}

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


def comes_again(present: str, replaced: Span, candidate: Candidate) -> bool:
    """Return whether what was replaced stands beside the new wording: "crossing bridge"."""
    span = candidate.span
    if span is None:
        return False
    old = {word.casefold() for word in _WORD.findall(replaced.of(present)) if len(word) > 3}
    before = _count_outside(present, replaced, old)
    return bool(_count_outside(candidate.text, span, old) - before)


def _count_outside(text: str, span: Span, words: set[str]) -> Counter[str]:
    outside = f"{text[: span.start]} {text[span.end :]}"
    return Counter(
        folded for word in _WORD.findall(outside) if (folded := word.casefold()) in words
    )


def around(pieces: Sequence[PieceScore], span: Span | None) -> float:
    """Return the mean log probability a piece of what stands outside of `span`."""
    outside = [
        piece.log_probability
        for piece in pieces
        if span is None or not _overlap(piece.span, span) or not piece.span
    ]
    return sum(outside) / len(outside) if outside else 0.0
