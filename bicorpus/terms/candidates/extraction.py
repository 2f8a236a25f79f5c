"""Finds the phrases that may be terms, by the kinds of their words, and ranks them.

C-value (Frantzi, Ananiadou and Mima 2000) takes from a phrase what it owes to longer ones that it
is nested in; keyness against a background list tells it from what everybody says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from bicorpus.data import Language
from bicorpus.terms.candidates.words import (
    ADJECTIVE,
    ARTICLE,
    FUSED,
    NAME,
    NOUN,
    OF,
    PREPOSITION,
    TermWord,
    weak_words,
)

Key = tuple[str, ...]

# "A{0,2}[NE]{1,4}" is a noun with what stands before it; one such may hang on another by a
# preposition, in German also by a genitive. Longer chains are no terms but sentences.
_PATTERNS: Mapping[Language, re.Pattern[str]] = {
    "de": re.compile(r"A{0,2}[NE]{1,4}(?:(?:PD?|p|D)A?[NE]{1,3})?"),
    "en": re.compile(r"A{0,2}[NE]{1,4}(?:[FP]D?A?[NE]{1,3})?"),
}
_LONGEST = 7
_JOINTS = (PREPOSITION, FUSED, OF, ARTICLE)
_GENITIVES = frozenset({"der", "des"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `first` to `last` (both included) of a sentence, and the key of the term they are."""

    first: int
    last: int
    key: Key
    kinds: str


def find_phrases(words: Sequence[TermWord], language: Language) -> Iterator[Phrase]:
    """Yield the phrases that may be terms, nested ones, too, in order of place.

    SettingsError where the language has no word lists; a language without patterns has no phrases.
    """
    pattern = _PATTERNS.get(language)
    if pattern is None:
        return
    letters = "".join(word.kind for word in words)
    for first, letter in enumerate(letters):
        if letter not in (ADJECTIVE, NOUN, NAME):
            continue
        for last in range(first, min(first + _LONGEST, len(letters))):
            kinds = letters[first : last + 1]
            if letters[last] in (NOUN, NAME) and pattern.fullmatch(kinds):
                stretch = words[first : last + 1]
                if _is_whole(words, first, last) and _says_something(stretch, kinds, language):
                    yield Phrase(first, last, key_of(stretch), kinds)


def key_of(words: Sequence[TermWord]) -> Key:
    """Return what is the same for all inflections of a phrase: its lemmas, without articles."""
    return tuple(word.key for word in words if word.kind != ARTICLE)


def _is_whole(words: Sequence[TermWord], first: int, last: int) -> bool:
    """Return whether no name is cut apart: "Wolodymyr" of "Wolodymyr Selenskyj" is none."""
    cut_before = words[first].kind == NAME and first > 0 and words[first - 1].kind == NAME
    follows = last + 1 < len(words) and words[last + 1].kind == NAME
    return not (follows and words[last].kind == NAME) and not (cut_before and last > first)


def _says_something(words: Sequence[TermWord], kinds: str, language: Language) -> bool:
    """Return whether no word of a phrase makes it a mere phrase: "neue Offensive", "Mitte März"."""
    weak_nouns, weak_adjectives = weak_words(language, NOUN), weak_words(language, ADJECTIVE)
    if any(word.kind == ADJECTIVE and word.key in weak_adjectives for word in words):
        return False
    joint = joint_of(kinds)
    if joint < len(kinds):
        if kinds[joint] == ARTICLE and words[joint].text not in _GENITIVES:
            return False
        if kinds[joint] in (PREPOSITION, FUSED) and NOUN not in kinds[joint:]:
            return False  # "Verluste in Kursk": where something is, not what it is
    for start, end in ((0, joint), (joint, len(kinds))):
        part = words[start:end]
        nouns = [word for word in part if word.kind in (NOUN, NAME)]
        if not nouns:
            continue
        if nouns[-1].key in weak_nouns and (len(nouns) == 1 or language == "de"):
            return False
        if language == "de" and nouns[0].key in weak_nouns:
            return False
    return True


def joint_of(kinds: str) -> int:
    """Return where a phrase hangs on another; its length where it does not."""
    return next((at for at, kind in enumerate(kinds) if kind in _JOINTS), len(kinds))


def c_values(counts: Mapping[Key, int]) -> dict[Key, float]:
    """Return the C-value of each phrase, given how often each was met, nested or not.

    log2(n + 1) times the count, less the count of the most frequent longer phrase that it is part
    of; n is the number of its words. One that only ever stands in one longer phrase has 0. The
    paper takes the mean of the longer ones: then a rare "troops from North Korea" makes a term of
    "Korea" again.
    """
    nested: dict[Key, int] = {}
    for key, count in counts.items():
        for size in range(1, len(key)):
            for part in {key[at : at + size] for at in range(len(key) - size + 1)}:
                if part in counts:
                    nested[part] = max(count, nested.get(part, 0))
    return {
        key: log2(len(key) + 1) * max(0, count - nested.get(key, 0))
        for key, count in counts.items()
    }


def termhood(c_value: float, keynesses: Sequence[float]) -> float:
    """Return how much a phrase is a term: by its C-value and the keyness of its content words.

    The logarithm of the C-value keeps one word that is everywhere from outweighing all others.
    """
    if not keynesses:
        return 0.0
    return round(log2(1 + c_value) * sum(keynesses) / len(keynesses), 4)
