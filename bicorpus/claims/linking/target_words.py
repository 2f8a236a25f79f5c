"""The words of a target text: which claim each stands in, and where a clause may be cut."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bicorpus.data import Span
from bicorpus.languages import load_words

_WORD = re.compile(r"\w+(?:[-.,'’]\w+)*")
# What a change of owner costs, in words that would vote against staying: a change in the middle
# of a phrase needs two content words on its side, one at a clause's edge half of one.
_CHANGE = 1.8
_CHANGE_AT_EDGE = 0.4

Cost = Callable[[int, int], float]


def word_spans(text: str, spans: Sequence[Span] | None = None) -> list[Span]:
    """Return the spans of the words of `text`, or of those that begin inside `spans`."""
    found = [Span(*match.span()) for match in _WORD.finditer(text)]
    if spans is None:
        return found
    return [word for word in found if any(one.start <= word.start < one.end for one in spans)]


@dataclass(frozen=True, slots=True)
class TargetWord:
    """A word of the target text; `claim` is the index of the target claim that it stands in."""

    span: Span
    claim: int | None


def target_words(text: str, claims: Mapping[int, Sequence[Span]]) -> list[TargetWord]:
    """Return the words of `text` in order, each with the claim that it stands in."""
    words = []
    for word in word_spans(text):
        holder = (
            index
            for index, spans in claims.items()
            if any(span.start <= word.start < span.end for span in spans)
        )
        words.append(TargetWord(word, next(holder, None)))
    return words


def word_at(words: Sequence[TargetWord], place: Span) -> int | None:
    """Return the index of the word that overlaps `place`; None where there is none."""
    index = bisect_right(words, place.start, key=lambda word: word.span.start) - 1
    for candidate in (index, index + 1):
        if 0 <= candidate < len(words):
            span = words[candidate].span
            if span.start < place.end and place.start < span.end:
                return candidate
    return None


def share_out(words: Sequence[Span], labels: Sequence[int], cost: Cost, text: str) -> list[int]:
    """Return a label a word, changing where the votes change and best at a clause's edge.

    `cost(position, label)` is what speaks against the label there. The cheapest labelling, by
    Viterbi's algorithm: time in the number of words times labels squared.
    """
    best = [cost(0, label) for label in labels]
    back: list[list[int]] = []
    for position in range(1, len(words)):
        change = _change(words[position - 1], words[position], text)
        cheapest = min(range(len(labels)), key=best.__getitem__)
        origins = [
            here if best[here] <= best[cheapest] + change else cheapest
            for here in range(len(labels))
        ]
        best = [
            best[origin] + (0 if origin == here else change) + cost(position, labels[here])
            for here, origin in enumerate(origins)
        ]
        back.append(origins)
    here = min(range(len(labels)), key=best.__getitem__)
    found = [labels[here]]
    for origins in reversed(back):
        here = origins[here]
        found.append(labels[here])
    return found[::-1]


def _change(before: Span, after: Span, text: str) -> float:
    opens = after.of(text).casefold() in load_words("en", "projection_openers")
    between = text[before.end : after.start]
    return _CHANGE_AT_EDGE if opens or any(mark in between for mark in ",;:–—()") else _CHANGE


def trimmed(words: Sequence[Span], text: str) -> list[Span]:
    """Return `words` without those at the start that only join the clause to another."""
    joining = load_words("en", "projection_edges")
    start = 0
    while start < len(words) - 1 and words[start].of(text).casefold() in joining:
        start += 1
    return list(words[start:])
