"""What a stretch of source words is rendered by: the target words that the word links lead to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bicorpus.data import Language, Span, WordLink
from bicorpus.terms.candidates.words import (
    ADJECTIVE,
    ARTICLE,
    MARK,
    NAME,
    NOUN,
    VERB,
    TermWord,
)

# Links that are hardly better than chance point nowhere; the same bound as in `use`.
SURE_LINK = 0.35
# "Streitkräfte der Ukraine" and "armed forces of the Ukraine": a preposition and an article.
_WIDEST_GAP = 2
_HYPHENS = "-‐‑"
_NOUNS = frozenset({NOUN, NAME})


@dataclass(frozen=True, slots=True)
class BeadWords:
    """A bead, or a sentence of an article alone, with its words.

    `article` numbers the articles of the corpus, `number` the beads (or sentences) of an article,
    from 1. `text` is the source's. Spans of words and links count code points of the bead's texts.
    `links` is None where no words were linked.
    """

    words: tuple[TermWord, ...]
    language: Language
    origin: str
    article: int
    number: int
    text: str = ""
    target_words: tuple[TermWord, ...] = ()
    target_language: Language = ""
    links: tuple[WordLink, ...] | None = None

    @property
    def has_target(self) -> bool:
        """Whether it is part of a pair, even where nothing stands on the other side."""
        return bool(self.target_language)


@dataclass(frozen=True, slots=True)
class Rendering:
    """A stretch of target words that stands for a stretch of source words.

    `key` tells wordings apart whatever their inflection and articles, `kinds` are the letters of
    its words; `form` is the wording as it stands, and `initial` whether it begins a sentence.
    `score`, in [0, 1], is the mean of the links, a source word without one counting 0.
    """

    key: tuple[str, ...]
    kinds: str
    form: str
    initial: bool
    span: Span
    score: float


class LinkedBead:
    """The word links of a bead by the numbers of its words."""

    def __init__(self, bead: BeadWords) -> None:
        self.words = bead.words
        self.target_words = bead.target_words
        self._by_source: dict[int, dict[int, float]] = {}
        self._sources_of: dict[int, set[int]] = {}
        sources = _by_place(bead.words)
        targets = _by_place(bead.target_words)
        for link in bead.links or ():
            if link.score < SURE_LINK:
                continue
            for one in _numbers(sources, link.source):
                for other in _numbers(targets, link.target):
                    linked = self._by_source.setdefault(one, {})
                    linked[other] = max(link.score, linked.get(other, 0.0))
                    self._sources_of.setdefault(other, set()).add(one)

    def rendering(self, first: int, last: int) -> Rendering | None:
        """Return what renders the source words `first` to `last`, both included; None for nothing.

        It is the best linked run of target words; a word between two of them that no other source
        word claims is part of it ("armed forces OF Ukraine"), and so is a word beside it that
        belongs to its noun phrase and is linked with nothing ("border REGION").
        """
        content = [number for number in range(first, last + 1) if self.words[number].is_content]
        scores: dict[int, float] = {}
        for number in content:
            for target, score in self._by_source.get(number, {}).items():
                if self.target_words[target].is_content:
                    scores[target] = max(score, scores.get(target, 0.0))
        if not scores:
            return None
        kinds = {self.target_words[target].kind for target in scores}
        if kinds & _NOUNS and any(self.words[number].kind in _NOUNS for number in content):
            # What renders a noun is the noun phrase, without the verb that shares a link with it.
            scores = {
                target: score
                for target, score in scores.items()
                if self.target_words[target].kind != VERB
            }
        own = set(range(first, last + 1))
        runs = self._runs(sorted(scores), own)
        run = max(runs, key=lambda one: (sum(scores.get(at, 0.0) for at in one), -one[0]))
        start, end = run[0], run[-1]
        if any(self.words[number].kind != NAME for number in content):
            start, end = self._widened(start, end)
        covered = [
            max((score for at, score in linked.items() if start <= at <= end), default=0.0)
            for linked in (self._by_source.get(number, {}) for number in content)
        ]
        stretch = self.target_words[start : end + 1]
        telling = [word for word in stretch if word.kind not in (ARTICLE, MARK)]
        return Rendering(
            key=tuple(word.key for word in telling),
            kinds="".join(word.kind for word in telling),
            form=join_words(stretch),
            initial=begins_sentence(self.target_words, start),
            span=Span(stretch[0].span.start, stretch[-1].span.end),
            score=round(sum(covered) / len(covered), 4),
        )

    def _runs(self, places: Sequence[int], own: set[int]) -> list[list[int]]:
        runs = [[places[0]]]
        for place in places[1:]:
            between = range(runs[-1][-1] + 1, place)
            if len(between) <= _WIDEST_GAP and all(self._may_bridge(at, own) for at in between):
                runs[-1].append(place)
            else:
                runs.append([place])
        return runs

    def _may_bridge(self, place: int, own: set[int]) -> bool:
        word = self.target_words[place]
        if word.kind == MARK and word.text not in _HYPHENS:
            return False
        return not word.is_content or self._sources_of.get(place, own) <= own

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        phrase = (NOUN, NAME, ADJECTIVE)
        if self.target_words[start].kind not in phrase or self.target_words[end].kind not in phrase:
            return start, end
        while start > 0 and self._is_free(start - 1, phrase):
            start -= 1
        while end + 1 < len(self.target_words) and self._is_free(end + 1, (NOUN, NAME)):
            end += 1
        return start, end

    def _is_free(self, place: int, kinds: tuple[str, ...]) -> bool:
        return self.target_words[place].kind in kinds and place not in self._sources_of


def join_words(words: Sequence[TermWord]) -> str:
    """Return words as they stand, blanks where the text has some."""
    parts = [words[0].text]
    for before, word in pairwise(words):
        parts += [" " if word.span.start > before.span.end else "", word.text]
    return "".join(parts)


def begins_sentence(words: Sequence[TermWord], place: int) -> bool:
    """Return whether a word may owe its capital to its place."""
    return place == 0 or (words[place - 1].kind == MARK and words[place - 1].text not in _HYPHENS)


def _by_place(words: Sequence[TermWord]) -> list[tuple[int, int]]:
    return [(word.span.start, word.span.end) for word in words]


def _numbers(places: list[tuple[int, int]], span: Span) -> Iterator[int]:
    """Yield the numbers of the words that a link's span overlaps."""
    number = max(bisect_right(places, (span.start, span.start)) - 1, 0)
    while number < len(places) and places[number][0] < span.end:
        if places[number][1] > span.start:
            yield number
        number += 1
