"""Sentences that tell who said the one before: "This was announced by the city on Monday."."""

from __future__ import annotations

from bicorpus.claims.english.lexicon import verbs
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.subjects import agent_of

Range = tuple[int, int]

_TAKEN_UP = frozenset({"this", "that"})


def read_report(sentence: Sentence) -> tuple[Range, Range] | None:
    """Return source and cue of a report of the sentence before, None where it is none.

    "This was welcomed by", "That was not confirmed by" judge; these are claims like any other.
    """
    words = [index for index, word in enumerate(sentence.words) if not word.is_mark]
    if not words or sentence.lower(words[0]) not in _TAKEN_UP:
        return None
    group = sentence.groups.get(words[1]) if len(words) > 1 else None
    if group is None or not group.is_passive or sentence.words[words[0]].quotation >= 0:
        return None
    between = range(words[1], group.main)
    if any(sentence.tag(index) == "XX0" for index in between):
        return None
    if sentence.lower(group.main) not in verbs("reporting"):
        return None
    source = agent_of(sentence, group.main)
    return (source, (group.main, group.main + 1)) if source is not None else None
