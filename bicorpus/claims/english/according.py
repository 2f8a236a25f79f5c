"""Frames that are phrases: "according to the ministry", with all of its noun phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bicorpus.claims.english.lexicon import phrases, word_class
from bicorpus.claims.english.openers import find_openers
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.tagsets import NOMINALS, NOUNS


@dataclass(frozen=True, slots=True)
class Frame:
    """Words `start` to `end` that tell who says what stands beside them.

    `source` and `cue` are ranges of word indices (half-open), the source None where not named;
    `lemma` is the saying verb's base, empty for phrases.
    """

    start: int
    end: int
    source: tuple[int, int] | None
    cue: tuple[int, int]
    lemma: str = ""
    quotes: bool = False


def find_phrases(sentence: Sentence) -> Iterator[Frame]:
    """Yield "according to the ministry" with all of its noun phrase."""
    index = 0
    while index < len(sentence):
        for phrase in phrases("according"):
            words = tuple(sentence.lower(index + step) for step in range(len(phrase)))
            if words == phrase:
                start = index + len(phrase)
                end = _end_of_source(sentence, start)
                if end > start and sentence.lower(start) not in word_class("no_sources"):
                    end_of_frame = _past_apposition(sentence, end) if index == 0 else end
                    yield Frame(index, end_of_frame, (start, end), (index, start))
                    index = end
                break
        index += 1


def _past_apposition(sentence: Sentence, end: int) -> int:
    """Return the end of the name in "According to the office, Destatis, exports fell"."""
    if not sentence.is_comma(end):
        return end
    place = end + 1
    while place < len(sentence) and sentence.tag(place) in NOUNS | {"AT0", "AJ0"}:
        place += 1
    named = any(sentence.tag(word) == "NP0" for word in range(end + 1, place))
    return place if named and sentence.is_comma(place) else end


def _end_of_source(sentence: Sentence, start: int) -> int:
    """Return the end of the noun phrase of a source: a mark, an opener, or its clause's verb."""
    openers = find_openers(sentence)
    place = start
    while place < len(sentence):
        word = sentence.words[place]
        if word.is_mark and word.text not in {"'", "’"}:
            break
        if place in openers:
            break
        if place in sentence.groups:
            split = sentence.juxtaposed(start, place)
            return split if split is not None else _first_noun(sentence, start, place)
        place += 1
    return place


def _first_noun(sentence: Sentence, start: int, end: int) -> int:
    place = start
    while place < end and sentence.tag(place) not in NOMINALS:
        place += 1
    while place < end and sentence.tag(place) == "NP0" and sentence.tag(place + 1) == "NP0":
        place += 1
    return min(place + 1, end)
