"""Tells a word that stands as a name from the noun that is spelled like it: "Blinken", "Koch"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bicorpus.checks.lemmas import lemma_of
from bicorpus.checks.words import find_words, function_words
from bicorpus.data import Span
from bicorpus.languages import load_words

_SAYING = ("claim_saying", "claim_saying_plain", "claim_speaking", "claim_reporting")
_NO_NAMES = ("determiner", "possessive")
_INFLECTED = ("e", "en", "er", "em", "es")
_PRONOUNS = ("alle", "ander", "kein", "manch", "solch", "viel")
# A shorter title ends other words by chance.
_SHORTEST_TITLE = 5


def stands_as_name(source: str, here: Span, target: str, there: Span) -> bool:
    """Return whether a capitalised word, the same on both sides, is used as a name.

    In the German a title stands before it ("Außenminister Blinken") or a verb of saying beside it
    ("sagte Blinken", "Blinken erklärte"), and on neither side an article.
    """
    if not here.of(source)[0].isupper() or not there.of(target)[0].isupper():
        return False
    before, behind = _beside(source, here)
    before_there, _ = _beside(target, there)
    if before_there.lower() in _articles():
        return False
    if _is_title(before) or _is_saying(before):
        return True
    return _is_saying(behind) and not _is_modifier(before)


def _beside(text: str, span: Span) -> tuple[str, str]:
    """Return the words before and behind one, joined to it by a blank alone; "" for none."""
    spans: Sequence[Span] = find_words(text)
    number = next(at for at, one in enumerate(spans) if one.end > span.start)
    before = spans[number - 1] if number else None
    behind = spans[number + 1] if number + 1 < len(spans) else None
    return (
        before.of(text) if before and text[before.end : span.start] == " " else "",
        behind.of(text) if behind and text[span.end : behind.start] == " " else "",
    )


def _is_modifier(word: str) -> bool:
    """Return whether a German word belongs to the noun behind it: an article, an adjective."""
    lower = word.lower()
    if lower in load_words("de", "split_determiners") or lower.startswith(_PRONOUNS):
        return True
    return lower.endswith(_INFLECTED) and lower not in function_words("de")


def _is_title(word: str) -> bool:
    """Return whether a German word is a title, or ends in one: "Vizeaußenminister"."""
    titles = load_words("de", "name_titles")
    return word in titles or word.lower().endswith(_title_endings())


@cache
def _title_endings() -> tuple[str, ...]:
    titles = load_words("de", "name_titles")
    return tuple(title.lower() for title in titles if len(title) >= _SHORTEST_TITLE)


def _is_saying(word: str) -> bool:
    return word.islower() and lemma_of(word, "de") in _verbs_of_saying()


@cache
def _verbs_of_saying() -> frozenset[str]:
    return frozenset(verb for name in _SAYING for verb in load_words("de", name))


@cache
def _articles() -> frozenset[str]:
    lines = (line.partition(":") for line in load_words("en", "check_word_classes"))
    return frozenset(
        word for name, _, words in lines if name in _NO_NAMES for word in words.split()
    )
