"""The words that open a clause: conjunctions, relative and interrogative pronouns, "that"."""

from __future__ import annotations

from dataclasses import dataclass

from bicorpus.claims.english.clauses import Kind
from bicorpus.claims.english.lexicon import subordinators, word_class
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.tagsets import GERUNDS, NOMINALS, NOUNS, is_ambiguous

_RELATIVES = frozenset({"who", "whom", "which", "whose"})
_SUBJECTS = frozenset({"PNP", "AT0", "DPS", "NP0", "EX0", "NN2"})


@dataclass(frozen=True, slots=True)
class Opener:
    """A clause opener of `length` words; the clause's own kind."""

    kind: Kind
    length: int


def find_openers(sentence: Sentence) -> dict[int, Opener]:
    """Return the openers of a sentence by the index of their first word.

    Read from the end, so that a look ahead knows which verbs already have an opener.
    """
    openers: dict[int, Opener] = {}
    for index in range(len(sentence) - 1, -1, -1):
        if index in sentence.skipped:
            continue
        opener = (
            _relative(sentence, index)
            or _question(sentence, index)
            or _that(sentence, index)
            or _conjunction(sentence, index, openers)
            or _inversion(sentence, index)
        )
        if opener and (
            opener.kind == "that"
            or opener.length == 0
            or _finds_verb(sentence, index, opener, openers)
        ):
            openers[index] = opener
            for inner in range(index + 1, index + opener.length):
                openers.pop(inner, None)
    return openers


def _relative(sentence: Sentence, index: int) -> Opener | None:
    """Return a relative opener: "who", "in which", "some of whom"."""
    if sentence.tag(index) in {"PRP", "PRF"} and sentence.lower(index + 1) in _RELATIVES - {"who"}:
        after_noun = sentence.tag(sentence.previous_word(index)) in NOMINALS
        if after_noun or sentence.is_comma(index - 1):
            return Opener("relative", 2)
    counts = (
        sentence.lower(index) in word_class("quantifiers") and sentence.lower(index + 1) == "of"
    )
    if counts and sentence.lower(index + 2) in {"whom", "which", "whose"}:
        return Opener("relative", 3)
    word = sentence.lower(index)
    previous = sentence.previous_word(index)
    if word in _RELATIVES and _follows_noun(sentence, previous):
        return Opener("relative", 1)
    if word == "where" and _follows_noun(sentence, previous):
        return Opener("relative", 1)
    return None


def _follows_noun(sentence: Sentence, previous: int) -> bool:
    if previous < 0:
        return False
    if sentence.is_comma(previous) or sentence.lower(previous) in {"and", "or", "but"}:
        before = sentence.previous_word(previous)
        return (before >= 0 and sentence.tag(before)[:1] != "V") or sentence.is_comma(before)
    return sentence.tag(previous) in NOMINALS or sentence.lower(previous) in {"those", "all", "him"}


def _question(sentence: Sentence, index: int) -> Opener | None:
    word = sentence.lower(index)
    if word in word_class("interrogatives") or word in _RELATIVES:
        return Opener("part", 1)
    previous = sentence.lower(sentence.previous_word(index))
    if word == "where" or (word == "when" and previous in word_class("asking")):
        return Opener("part", 1)
    if word == "if" and previous in {"ask", "asked", "asks", "asking", "know", "wonder", "see"}:
        return Opener("part", 1)
    return None


def _that(sentence: Sentence, index: int) -> Opener | None:
    if sentence.lower(index) != "that":
        return None
    following = sentence.next_word(index, over_adverbs=True)
    behind_verb = sentence.tag(sentence.previous_word(index, over_adverbs=True))[:1] == "V"
    if behind_verb and sentence.tag(following) in {"VVN", "PRF"}:
        return None  # "surpassed that previously planned"
    if sentence.tag(index) == "CJT":
        return Opener("that", 1)
    # "that" the tagger took for a pronoun, behind a noun and before its verb.
    after_noun = sentence.tag(sentence.previous_word(index)) in NOUNS
    return Opener("that", 1) if after_noun and following in sentence.groups else None


def _conjunction(sentence: Sentence, index: int, openers: dict[int, Opener]) -> Opener | None:
    for words, kind, is_phrase in subordinators().get(sentence.lower(index), ()):
        if any(sentence.lower(index + step) != word for step, word in enumerate(words)):
            continue
        length = len(words)
        compares = words == ("as",) and _is_compared(sentence, index)
        clause = not (is_phrase or compares) or _is_clause(sentence, index + length, openers)
        refused = _is_no_conjunction(sentence, index, length) or _is_adverb(sentence, index, length)
        if kind == "none" or refused or not clause:
            return None
        # The file has kinds only.
        return Opener("part" if compares else kind, length)  # type: ignore[arg-type]
    return None


def _is_adverb(sentence: Sentence, index: int, length: int) -> bool:
    """Return whether "as", "so" or "than" belongs to its neighbours: "as far as", "so many"."""
    if length > 1:
        return False
    if sentence.lower(index) == "than":
        return _bounds_count(sentence, index)
    if sentence.lower(index) == "as":
        return sentence.lower(index + 1) in word_class("degrees") or _is_degree(sentence, index)
    following = sentence.tag(sentence.next_word(index))
    return sentence.lower(index) == "so" and following not in _SUBJECTS


def _bounds_count(sentence: Sentence, index: int) -> bool:
    """Return whether "than" makes a count of its neighbours: "more than 70", "fewer than half"."""
    if sentence.lower(index - 1) not in {"more", "less", "fewer"}:
        return False
    before = sentence.previous_word(index - 1)
    if before < 0 or sentence.is_comma(before):
        return True  # "More than an hour passed": no comparison begins a clause
    behind = index + 1
    if sentence.lower(behind) == "one":
        return True
    behind += sentence.lower(behind) in {"a", "an"}
    word = sentence.lower(behind)
    return sentence.tag(behind) == "CRD" or word[:1].isdigit() or word in word_class("counts")


def _inversion(sentence: Sentence, index: int) -> Opener | None:
    """Return the opener of "Should the talks fail, …": the clause's own verb."""
    if sentence.lower(index) not in {"should", "had", "were"} or index not in sentence.groups:
        return None
    previous = sentence.previous_word(index)
    starts = previous < 0 or sentence.is_comma(previous) or sentence.tag(previous) in {"CJC", "CJT"}
    following = sentence.next_word(index)
    others = sum(first > index for first in sentence.groups)
    if starts and others and sentence.starts_noun_phrase(following):
        return Opener("condition", 0)
    return None


def _is_degree(sentence: Sentence, index: int) -> bool:
    """Return whether this is the first of "as … as"."""
    return sentence.tag(index + 1) in {"AJ0", "AV0"} and "as" in {
        sentence.lower(index + 2), sentence.lower(index + 3)
    }  # fmt: skip


def _is_compared(sentence: Sentence, index: int) -> bool:
    before = [sentence.lower(index - step) for step in range(2, 6)]
    return (sentence.tag(index - 1) in {"AJ0", "AV0"} and before[0] in {"as", "so"}) or (
        "same" in before[:2] or sentence.lower(index - 1) in {"same", "such"}
    )


def _is_no_conjunction(sentence: Sentence, index: int, length: int) -> bool:
    """Return whether a participle or verb follows, or an article stands before ("a while")."""
    following = sentence.next_word(index + length - 1, over_adverbs=True)
    if sentence.tag(following) in GERUNDS | {"VVN", "TO0"} or following >= len(sentence):
        return True
    if sentence.tag(following) == "PRP" and sentence.lower(index) in word_class("elliptic"):
        return True
    if sentence.lower(index) == "once" and following in sentence.groups:
        return True
    if sentence.is_comma(following) or sentence.is_hard(following):
        return True
    return sentence.tag(index - 1) == "AT0" and length == 1


def _is_clause(sentence: Sentence, start: int, openers: dict[int, Opener]) -> bool:
    """Return whether a verb follows what may be a preposition, before its phrase must end."""
    open_clauses = 0
    for index in range(start, len(sentence)):
        if index in sentence.skipped:
            continue
        if index in openers:
            open_clauses += 1
        elif index in sentence.groups:
            if open_clauses == 0:
                place = sentence.juxtaposed(start, index)
                return index > start and place is None
            open_clauses -= 1
        elif open_clauses == 0 and (sentence.is_comma(index) or sentence.is_hard(index)):
            return False
        elif sentence.tag(index) == "CJC" and open_clauses == 0:
            following = sentence.next_word(index, over_adverbs=True)
            if following in sentence.groups:
                return False
    return False


def _finds_verb(sentence: Sentence, index: int, opener: Opener, openers: dict[int, Opener]) -> bool:
    """Return whether a verb, or what may be a past, is left over for the clause."""
    if opener.kind == "relative":
        return True
    open_clauses = 1
    maybe = False
    for place in range(index + opener.length, len(sentence)):
        if place in openers:
            open_clauses += 1
        elif place in sentence.groups:
            open_clauses -= 1
            if open_clauses == 0:
                return True
        elif sentence.tag(place) == "VVN" and is_ambiguous(sentence.words[place]):
            maybe = maybe or sentence.tag(place - 1) in NOMINALS
        elif sentence.lower(place) in {";", "?", "!"} or (
            sentence.is_comma(place) and open_clauses == 1 and opener.kind != "part"
        ):
            break
    return maybe
