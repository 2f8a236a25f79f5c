"""Who says what a clause reports: the subject of its verb of saying, as a range of words."""

from __future__ import annotations

from bicorpus.claims.english.clauses import Clause
from bicorpus.claims.english.governing import reaches
from bicorpus.claims.english.lexicon import entries, verbs, word_class
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.tagsets import NOUNS

_LEADING = frozenset({"PRP", "VVG", "VHG", "VBG", "VVN", "TO0", "AV0", "CJS", "CJC"})


def subject_of(sentence: Sentence, clause: Clause) -> tuple[int, int] | None:
    """Return the noun phrase that is the subject of a clause's verb; None where there is none."""
    if clause.shares_subject and clause.sibling is not None:
        return subject_of(sentence, clause.sibling)
    if clause.group is None:
        return None
    own = [
        word
        for word in clause.words
        if clause.start + clause.opener <= word < clause.group.first and sentence.tag(word) != "QUO"
    ]
    while own and sentence.tag(own[0]) in {"CJC", "AV0", "ITJ"}:
        own = own[1:]
    chunks = _chunks(sentence, own)
    plain = [chunk for chunk in chunks if sentence.tag(chunk[0]) not in _LEADING]
    chunk = plain[0] if plain else (chunks[-1] if chunks else None)
    if chunk is None:
        if clause.kind == "relative" and clause.opener:
            return clause.start, clause.start + clause.opener
        return None
    if len(plain) > 1 and sentence.lower(chunk[0]) in entries("adjuncts"):
        chunk = plain[1]
    return trimmed(sentence, chunk[0], chunk[-1] + 1)


def introduces(sentence: Sentence, clause: Clause) -> bool:
    """Return whether a clause of saying leads up to a colon: "But he added: …"."""
    if clause.group is None or clause.group.is_passive or clause.kind != "main":
        return False
    main = clause.group.main
    if sentence.lower(main) not in verbs("saying"):
        return False
    end = main + 1
    while end < len(sentence) and not sentence.is_hard(end):
        if sentence.tag(end) == "QUO" or end in sentence.groups:
            return False
        end += 1
    if sentence.lower(end) != ":":
        return False
    as_saying = [sentence.lower(end - 2), sentence.lower(end - 1)] == ["as", "saying"]
    return as_saying or reaches(sentence, main, end)


def trimmed(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Return a subject without the adverbs and adjuncts around it."""
    while start < end and sentence.tag(start) in {"CJC", "AV0", "QUO", "XX0", "CJS"}:
        start += 1
    while end > start and sentence.tag(end - 1) in {"AV0", "QUO", "XX0"}:
        end -= 1
    if sentence.tag(start) == "PRP" or sentence.lower(start) in entries("adjuncts"):
        split = sentence.juxtaposed(start, end)
        if split is not None:
            start = split
    return (start, end) if start < end else None


def agent_of(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """Return who did it in "was announced by the city on Monday"; None where "by" names nobody."""
    if not sentence.has_agent(verb):
        return None
    start = end = verb + 2
    while end < len(sentence) and end not in sentence.groups and end not in sentence.skipped:
        word = sentence.words[end]
        is_adjunct = sentence.tag(end) == "PRP" or word.lower in entries("adjuncts")
        if word.is_mark or sentence.lower(end) in {"that", "who", "which"}:
            break
        if end > start and (is_adjunct or word.lower in word_class("weekdays")):
            break
        end += 1
    return (start, end) if sentence.has_noun(start, end) else None


def _chunks(sentence: Sentence, own: list[int]) -> list[list[int]]:
    chunks: list[list[int]] = [[]]
    for position, word in enumerate(own):
        apart = position > 0 and own[position - 1] != word - 1
        parts = sentence.is_comma(word) and sentence.lower(word) not in {"(", ")"}
        if parts or apart:
            chunks.append([])
        if not parts:
            chunks[-1].append(word)
    return [chunk for chunk in chunks if chunk]


def owner_of(sentence: Sentence, noun: int) -> tuple[int, int] | None:
    """Return the owner in "the ministry's claim that"; None where none is named."""
    place = noun - 1
    while place >= 0 and sentence.tag(place) in {"AJ0", "ORD", "AV0"}:
        place -= 1
    if sentence.tag(place) == "DPS":
        return place, place + 1
    if sentence.tag(place) != "POS":
        return None
    end = place
    while place > 0 and sentence.tag(place - 1) in NOUNS | {"AJ0"}:
        place -= 1
    return (place, end) if place < end else None
