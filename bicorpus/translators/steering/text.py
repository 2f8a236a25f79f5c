"""Puts a term's rendering into an English text: number, capital, article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bicorpus.data import Language, Span
from bicorpus.languages import load_words
from bicorpus.terms.words import keys_of, lemma_of

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ARTICLE = re.compile(r"\b(a|an)(\s+)$", re.IGNORECASE)
# The letters whose names begin with a vowel: "an MRI scan".
_SPOKEN_WITH_VOWEL = frozenset("AEFHILMNORSX")
# Latin and Greek words have plurals of their own; one that is made up is worse than none.
_NO_RULE = ("us", "um", "is", "ics", "ex", "ix")
# A phrase is inflected at its head, which stands before these.
_AFTER_HEAD = re.compile(r"\s(?:of|in|on|for|to|with|from|by|at|against|between)\s")


def forms(preferred: str, replaced: str, language: Language, *, inflected: bool) -> Iterator[str]:
    """Yield the forms of a rendering that may stand for `replaced`, the likeliest first.

    A German word that stands as in the glossary and cannot be a plural (not `inflected`) has the
    glossary's rendering as it is; otherwise the target text's own wording tells the number, where
    there is one. Without that rule "interventionellen Radiologie" became "interventional
    radiologies".
    """
    many = plural(preferred) if inflected and language == "en" and not _is_name(preferred) else None
    if many and is_plural(replaced):
        yield many
        return
    yield preferred
    if many and not replaced:
        yield many


def is_plural(text: str) -> bool:
    """Return whether the head of an English phrase is a plural: its lemma lacks the "s"."""
    words = _WORD.findall(_head(text))
    if not words or not words[-1].endswith("s"):
        return False
    word = words[-1].lower()
    return lemma_of(word, "en").casefold() in (word[:-1], word[:-2], word[:-3] + "y")


def plural(text: str) -> str | None:
    """Return the plural of an English noun phrase; None where no rule makes it, or it is one."""
    head, rest = _head(text), text[len(_head(text)) :]
    if not head[-1:].isalpha() or is_plural(head) or head.lower().endswith(_NO_RULE):
        return None
    lower = head.lower()
    if lower.endswith("s") and not lower.endswith("ss"):
        return None  # a plural that the dictionary lacks ("deminers"), or one of the few like "gas"
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return f"{head}es{rest}"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return f"{head[:-1]}ies{rest}"
    return f"{head}s{rest}"


def is_verb(text: str) -> bool:
    """Return whether an English word is a past form of a verb: its lemma lacks the "ed"."""
    word = text.lower()
    return word.isalpha() and word.endswith("ed") and not lemma_of(word, "en").endswith("ed")


def _head(text: str) -> str:
    found = _AFTER_HEAD.search(text)
    return text[: found.start()] if found else text


def _is_name(text: str) -> bool:
    """Return whether every word has a capital: names have no plural of their own."""
    words = _WORD.findall(text)
    return bool(words) and all(word[0].isupper() for word in words)


def place(text: str, span: Span, form: str, language: Language) -> tuple[str, Span] | None:
    """Return `text` with `form` in the place of `span`, and where it stands then.

    None where a word of the form stands beside it already: half of the phrase would be there
    twice ("floating" before "floating thrombus").
    """
    before, after = text[: span.start], text[span.end :]
    if _repeats(before, after, form, language):
        return None
    if not before.strip() or (before.rstrip()[-1:] in ".!?:" and before[-1:].isspace()):
        form = form[:1].upper() + form[1:] if span.of(text)[:1].isupper() else form
    if language == "en":
        before = with_article(before, form)
    # Links end at words: the bracket behind "SSc" is the form's own in "sclerosis (SSc)".
    if not form[-1:].isalnum() and after.startswith(form[-1:]):
        after = after[1:]
    if before[-1:].isalnum():
        before += " "
    return before + form + after, Span(len(before), len(before) + len(form))


def _repeats(before: str, after: str, form: str, language: Language) -> bool:
    words, left, right = _WORD.findall(form), _WORD.findall(before), _WORD.findall(after)
    if not words:
        return True
    inside = frozenset().union(*(keys_of(word, language) for word in words if len(word) > 2))
    beside = [*left[-1:], *right[:1]]
    return any(inside & keys_of(word, language) for word in beside if len(word) > 2)


def with_article(before: str, form: str) -> str:
    """Return the text before a form with its indefinite article made right: "an" before "hour"."""
    found = _ARTICLE.search(before)
    if not found:
        return before
    article = "an" if begins_with_vowel(form) else "a"
    if found[1][0].isupper():
        article = article.capitalize()
    return before[: found.start()] + article + found[2]


def begins_with_vowel(form: str) -> bool:
    """Return whether an English form is spoken with a vowel first."""
    word = re.split(r"[\s-]", form.strip(), maxsplit=1)[0]
    # "MRI" and "GPS" are spelled, "NATO" is a word.
    if len(word) > 1 and word.isupper() and (len(word) < 4 or not set(word) & set("AEIOU")):
        return word[0] in _SPOKEN_WITH_VOWEL
    for line in load_words("en", "steering_articles"):
        article, _, beginning = line.partition(" ")
        if word.lower().startswith(beginning):
            return article == "an"
    return word[:1].lower() in tuple("aeiou")
