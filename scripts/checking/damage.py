"""Damages good translations on purpose: a word dropped, put in, or put in another's place."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bicorpus.checks.words import find_words, function_words

Kind = Literal["dropped", "inserted", "replaced"]
_KINDS: tuple[Kind, ...] = ("dropped", "dropped", "dropped", "inserted", "inserted", "replaced")
# HanTa's tags of English adjectives and adverbs.
_MODIFIERS = ("AJ", "AV")
# So many of them are to be content words: "more" and "also" go, too, and matter less.
_CONTENT = 0.8
# So many of those put in were seen before the same word, the rest before one of its tag.
_OWN = 0.5


@dataclass(frozen=True)
class Damaged:
    """A text with one word damaged: `before` is its number in the good text, `after` in this."""

    text: str
    kind: Kind
    before: int | None
    after: int | None


class Neighbours:
    """Which content words were seen before and behind a word, to draw plausible ones from."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.before: dict[str, list[str]] = defaultdict(list)
        self.behind: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            words = [span.of(text).lower() for span in find_words(text)]
            for one, two in pairwise(words):
                if is_content(one):
                    self.before[two].append(one)
                if is_content(two):
                    self.behind[one].append(two)


def is_content(word: str) -> bool:
    """Return whether a word carries content that a translation must render."""
    return len(word) > 1 and word.isalpha() and word.lower() not in function_words("en")


def damage(text: str, neighbours: Neighbours, chance: random.Random) -> Damaged | None:
    """Return the text with a word damaged, or None where nothing offers itself."""
    spans = find_words(text)
    places = [number for number, span in enumerate(spans) if is_content(span.of(text))]
    if len(places) < 2:
        return None
    kind = chance.choice(_KINDS)
    if kind == "inserted":
        place = chance.randrange(1, len(spans))
        drawn = _draw(neighbours.before[spans[place].of(text).lower()], "", chance)
        if not drawn or text[spans[place].start - 1] != " ":
            return None
        start = spans[place].start
        return Damaged(f"{text[:start]}{drawn} {text[start:]}", kind, None, place)
    place = chance.choice(places)
    span = spans[place]
    word = span.of(text)
    if kind == "dropped":
        return _dropped(text, place)
    drawn = _draw(
        neighbours.behind[spans[place - 1].of(text).lower()] if place else [], word, chance
    )
    if not drawn:
        return None
    shown = drawn.capitalize() if word[0].isupper() else drawn
    return Damaged(text[: span.start] + shown + text[span.end :], kind, place, place)


def drop_modifier(text: str, tags: Sequence[str], chance: random.Random) -> Damaged | None:
    """Return the text without one of its adjectives or adverbs, or None where it has none.

    `tags` are those of the words of `find_words`, by HanTa. What modifies goes without a trace:
    of what is dropped anywhere, it is the hardest to find, and the likeliest to be dropped.
    """
    modifiers = [
        (number, is_content(span.of(text)))
        for number, (span, tag) in enumerate(zip(find_words(text), tags, strict=True))
        if tag.startswith(_MODIFIERS)
    ]
    if chance.random() < _CONTENT:
        modifiers = [one for one in modifiers if one[1]]
    return _dropped(text, chance.choice(modifiers)[0]) if modifiers else None


class Modifiers:
    """Which adjectives and adverbs were seen before a word, and before a word of its kind."""

    def __init__(self, tagged: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Take texts with HanTa's tags of their words."""
        self._before_word: dict[str, list[str]] = defaultdict(list)
        self._before_tag: dict[str, list[str]] = defaultdict(list)
        for text, tags in tagged:
            words = [span.of(text).lower() for span in find_words(text)]
            for (one, tag), (two, next_tag) in pairwise(zip(words, tags, strict=True)):
                if is_content(one) and tag.startswith(_MODIFIERS):
                    self._before_word[two].append(one)
                    self._before_tag[next_tag].append(one)

    def draw(self, word: str, tag: str, chance: random.Random) -> str:
        """Return a modifier for a word, "" where there is none."""
        own = self._before_word[word.lower()]
        known = own if own and chance.random() < _OWN else self._before_tag[tag]
        return chance.choice(known) if known else ""


def insert_modifier(
    text: str, tags: Sequence[str], modifiers: Modifiers, chance: random.Random
) -> Damaged | None:
    """Return the text with an adjective or adverb too many, or None where none offers itself.

    It stands before a content word, as in "has *happily* returned": what is added with intent
    leaves the grammar whole.
    """
    spans = find_words(text)
    places = [
        number
        for number, span in enumerate(spans)
        if number
        and is_content(span.of(text))
        and text[span.start - 1] == " "
        and not tags[number - 1].startswith(_MODIFIERS)
    ]
    if not places:
        return None
    place = chance.choice(places)
    start = spans[place].start
    drawn = modifiers.draw(spans[place].of(text), tags[place], chance)
    if not drawn or drawn in text.lower():
        return None
    return Damaged(f"{text[:start]}{drawn} {text[start:]}", "inserted", None, place)


def _dropped(text: str, place: int) -> Damaged:
    span = find_words(text)[place]
    end = span.end + (text[span.end : span.end + 1] == " ")
    return Damaged(text[: span.start] + text[end:], "dropped", place, None)


def _draw(words: list[str], other_than: str, chance: random.Random) -> str:
    choices = [word for word in words if word[:4] != other_than.lower()[:4]]
    return chance.choice(choices) if choices else ""
