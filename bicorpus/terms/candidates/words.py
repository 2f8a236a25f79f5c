"""The words of a sentence as terminology sees them: lemma, place, and a letter for what they are.

A phrase is then a stretch of letters: "AN" is an adjective with its noun, whatever the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bicorpus.align.words.tokens import split_words
from bicorpus.data import Language, Span
from bicorpus.languages import load_words
from bicorpus.protocols import TaggedWord

Tag = Callable[[Sequence[str], Language], Sequence[TaggedWord]]

NOUN, NAME, ADJECTIVE, PREPOSITION, FUSED, ARTICLE, OF = "NEAPpDF"
VERB, GENITIVE, MARK, OTHER = "VS.x"

# STTS as HanTa writes it, and BNC's C5. What is not listed is no part of a phrase.
_GERMAN: Mapping[str, str] = {
    "NN": NOUN, "NNA": NOUN, "NNI": NOUN, "NE": NAME, "FM": NAME, "ADJ(A)": ADJECTIVE,
    "APPR": PREPOSITION, "APPRART": FUSED, "ART": ARTICLE,
    "VV(FIN)": VERB, "VV(INF)": VERB, "VV(PP)": VERB, "VV(IZU)": VERB,
}  # fmt: skip
_ENGLISH: Mapping[str, str] = {
    "NN0": NOUN, "NN1": NOUN, "NN2": NOUN, "NP0": NAME, "AJ0": ADJECTIVE, "PRF": OF,
    "PRP": PREPOSITION, "AT0": ARTICLE, "DPS": ARTICLE, "POS": GENITIVE,
    "VVB": VERB, "VVD": VERB, "VVG": VERB, "VVI": VERB, "VVN": VERB, "VVZ": VERB,
}  # fmt: skip
KINDS: Mapping[Language, Mapping[str, str]] = {"de": _GERMAN, "en": _ENGLISH}

# "don't" and "I'm" with whatever apostrophe: the tagger takes the unknown for nouns.
_CONTRACTED = re.compile(r".*['’](?:t|m|d|s|ll|ve|re)", re.IGNORECASE | re.DOTALL)
_OWNER = re.compile(r"(?<=\w)['’]s$")
_POINTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
# Two letters that belong to one word; "12,000", "%" and single letters are no word of a term.
_WORDLIKE = re.compile(r"(?:.*[^\W\d_].*[^\W_]|.*[^\W_].*[^\W\d_])\.?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TermWord:
    """A word with its place in the text (code points), its lemma and the letter of its kind."""

    span: Span
    text: str
    lemma: str
    kind: str

    @property
    def key(self) -> str:
        """The word in whatever inflection."""
        return self.lemma.casefold()

    @property
    def is_content(self) -> bool:
        """Whether it says what a phrase is about."""
        return self.kind in (NOUN, NAME, ADJECTIVE, VERB)


def read_words(text: str, language: Language, tag: Tag, *, start: int = 0) -> list[TermWord]:
    """Return the words of one sentence; `start` is where it stands in the text of the bead.

    Raises SettingsError for a language without a tagger.
    """
    whole = _with_points(split_words(text), text)
    spans = [part for span in whole for part in _parted(span, text, language)]
    if not spans:
        return []
    tagged = tag([span.of(text) for span in spans], language)
    words = [
        _word(span.shifted(start), one, language) for span, one in zip(spans, tagged, strict=True)
    ]
    words = [_without_placeholder(word, text, start) for word in words]
    return [
        replace(word, kind=NAME) if _is_particle(words, place, language) else word
        for place, word in enumerate(words)
    ]


def _without_placeholder(word: TermWord, text: str, start: int) -> TermWord:
    """Return a program's stand-in for another word as no part of a term: "#NAME#", "PRS_ORG"."""
    before, after = text[: word.span.start - start][-1:], text[word.span.end - start :][:1]
    is_part = before == after == "#" or "_" in word.text or before == "+"  # "50+1-Regel"
    return replace(word, kind=OTHER) if is_part and word.kind != MARK else word


def _with_points(spans: Sequence[Span], text: str) -> list[Span]:
    """Return the spans with the last point of an abbreviation as part of it: "U.S."."""
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if (
            before
            and span.of(text) == "."
            and before.end == span.start
            and _POINTED.fullmatch(before.of(text))
        ):
            found[-1] = Span(before.start, span.end)
        else:
            found.append(span)
    return found


def _is_particle(words: Sequence[TermWord], place: int, language: Language) -> bool:
    """Return whether a small word is part of a name: "de" in "Rio de Janeiro"."""
    word = words[place]
    return (
        word.kind == OTHER
        and word.text.islower()
        and 0 < place < len(words) - 1
        and words[place - 1].kind == words[place + 1].kind == NAME
        and word.text in load_words(language, "name_particles")
    )


def _parted(span: Span, text: str, language: Language) -> list[Span]:
    """Return the span of a word; an English genitive is a word of its own, as the tagger has it."""
    found = _OWNER.search(span.of(text)) if language == "en" else None
    if found is None:
        return [span]
    cut = span.start + found.start()
    return [Span(span.start, cut), Span(cut, span.end)]


def _word(span: Span, tagged: TaggedWord, language: Language) -> TermWord:
    word, lemma, tag = tagged
    kind = KINDS.get(language, {}).get(tag, OTHER)
    if not word[0].isalnum() and kind != GENITIVE:
        kind = MARK
    elif kind in (NOUN, NAME, ADJECTIVE, VERB) and not _is_word(word, language):
        kind = OTHER
    elif language == "de" and kind in (NOUN, NAME) and word.islower():
        kind = OTHER  # the tagger's guess at what it does not know; German nouns have a capital
    return TermWord(span, word, _lemma(word, lemma, kind, language), kind)


def _is_word(word: str, language: Language) -> bool:
    return _WORDLIKE.fullmatch(word) is not None and not (
        language == "en" and _CONTRACTED.fullmatch(word)
    )


def _lemma(word: str, lemma: str, kind: str, language: Language) -> str:
    """Return the lemma with the capitals that the word has: "Ukraine-Offensive", "NATO"."""
    if not lemma or kind not in (NOUN, NAME, ADJECTIVE, VERB):
        return lemma or word
    if word.isupper() and len(word) > 1:
        return word
    if language == "de" and kind == NAME and lemma.endswith("'"):
        return lemma[:-1]
    parts = lemma.split("-")
    forms = word.split("-")
    if len(parts) != len(forms) or len(parts) == 1:
        return lemma
    return "-".join(
        part[:1].upper() + part[1:] if form[:1].isupper() else part
        for part, form in zip(parts, forms, strict=True)
    )


@cache
def weak_words(language: Language, kind: str) -> frozenset[str]:
    """Return the words that make no term: "term_weak_nouns" (for N), "term_weak_adjectives" (A).

    Months and "Prozent" are no terms, and "neue Offensive" is no other than "Offensive".
    """
    name = {NOUN: "term_weak_nouns", ADJECTIVE: "term_weak_adjectives", VERB: "term_weak_verbs"}
    return frozenset(word.casefold() for word in load_words(language, name[kind]))
