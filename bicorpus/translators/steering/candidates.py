"""What could stand instead of a term's wrong rendering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bicorpus.data import Language, Span, WordLink
from bicorpus.terms.use import TermUse
from bicorpus.translators.steering.text import forms, is_verb, place, with_article

Step = Literal["alternative", "continuation", "repair"]
# On 60 lines of WMT23's development half with a glossary a line, exchanging before continuing has
# 82.2% of the terms right and BLEU 29.6, the other way round 81.8% and 29.6 in 1.4 times the time;
# and what is exchanged leaves the rest of the sentence as it was.
STEPS: tuple[Step, ...] = ("repair", "continuation", "alternative")

# A link that a word is exchanged by must be more likely right than wrong by far.
_SURE_LINK = 0.5
_LIKELY_LINK = 0.35
WRONG = frozenset({"forbidden", "untranslated", "other", "missing"})
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
    """A whole target text; `spans` are the places of the glossary's renderings, where known.

    `is_exact` says that the words exchanged are wrong for certain, and not only by their links;
    `rank` is the place of the wording among the preferred ones of its term.
    """

    text: str
    step: Step
    spans: tuple[Span, ...] = ()
    is_exact: bool = False
    rank: int = 0

    @property
    def margin(self) -> float:
        """How much less probable the words around the rendering may become."""
        return _EXACT_MARGIN if self.is_exact else MARGIN[self.step]


def is_wrong(use: TermUse) -> bool:
    """Return whether an occurrence asks for another rendering, and there is one to be had."""
    return use.use in WRONG and (bool(use.term.right) or use.use == "forbidden")


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
    preferred = _wordings(use, span.of(text))[0]
    for form in _forms(preferred, use, span.of(text), language):
        before = text[: span.start]
        if not before.strip():
            form = form[:1].upper() + form[1:]  # noqa: PLW2901 - a sentence starts with it
        before = with_article(before, form) if language == "en" else before
        yield before + form, Span(len(before), len(before) + len(form))


def repair(
    text: str, use: TermUse, links: Sequence[WordLink], language: Language, *, wordings: int = 1
) -> Iterator[Candidate]:
    """Yield the texts in which a preferred wording stands instead of the linked words.

    Of the glossary's wordings for the term the first `wordings` are tried.
    """
    span = find_sure_place(text, use, links)
    if span is None or not is_moved_whole(use) or _is_of_another_kind(use, span.of(text)):
        return
    is_exact = use.use in {"forbidden", "untranslated"}
    for rank, preferred in enumerate(_wordings(use, span.of(text))[:wordings]):
        for form in _forms(preferred, use, span.of(text), language):
            if made := place(text, span, form, language):
                yield Candidate(made[0], "repair", (made[1],), is_exact=is_exact, rank=rank)


def _is_of_another_kind(use: TermUse, replaced: str) -> bool:
    """Return whether a verb stands for a noun: a wrong link, or another turn of phrase."""
    return use.wording[:1].isupper() and use.use == "other" and is_verb(replaced)


def _wordings(use: TermUse, replaced: str) -> Sequence[str]:
    """Return the wordings that may be put in, the likeliest first; allowed ones as a last resort.

    A forbidden form of a name gives way to as many words as it has, where there is such a one:
    "Selenskyj" to "Zelenskyy", not to "Volodymyr Zelenskyy".
    """
    if use.use == "forbidden":
        count = len(replaced.split())
        return sorted(use.term.right, key=lambda one: len(one.split()) != count)
    return use.term.targets or use.term.allowed


def _forms(preferred: str, use: TermUse, replaced: str, language: Language) -> Iterable[str]:
    """Return the forms of a wording to try: both numbers, the likelier first."""
    known = "" if use.use == "untranslated" else replaced
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
        if len(word) > _SHORT_WORD and not any(overlap(word, one) for one in own):
            return False
    return not any(
        overlap(link.target, found)
        and not overlap(link.source, use.source_span)
        and len(link.target) > _SHORT_WORD
        and link.score >= _LIKELY_LINK
        for link in links
    )


def _linked(span: Span, links: Sequence[WordLink], least: float) -> list[Span]:
    return sorted(
        {link.target for link in links if link.score >= least and overlap(link.source, span)}
    )


def overlap(one: Span, other: Span) -> bool:
    """Return whether two spans have a place in common."""
    return one.start < other.end and other.start < one.end
