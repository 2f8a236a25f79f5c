"""From clauses to claims: what is said, by whom, which words belong to it."""

from __future__ import annotations

from dataclasses import dataclass

from bicorpus.claims.english.according import Frame
from bicorpus.claims.english.attributing import (
    Draft,
    attribute,
    is_light,
    is_quoted,
    split_nonfinite,
)
from bicorpus.claims.english.clauses import OWN, Clause, MistaggedError
from bicorpus.claims.english.frames import find_frames
from bicorpus.claims.english.lexicon import verbs, word_class
from bicorpus.claims.english.reports import read_report
from bicorpus.claims.english.rescuing import rescue_verbs
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.subjects import introduces, subject_of
from bicorpus.claims.english.tagsets import NOMINALS, NOUNS, is_ambiguous
from bicorpus.claims.english.tree import Builder

Range = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """What one sentence gives: its claims, and the frames that stand beside them.

    `report` has source and cue where it tells who said the sentence before.
    """

    sentence: Sentence
    drafts: list[Draft]
    frames: list[Frame]
    report: tuple[Range, Range] | None = None


def read_sentence(sentence: Sentence) -> Reading:
    """Return the claims of a sentence, direct speech over sentences not yet attributed."""
    rescue_verbs(sentence)
    frames = find_frames(sentence)
    clauses = _build(sentence)
    before_colon = [clause for clause in clauses if introduces(sentence, clause)]
    frames.extend(_frame_of(sentence, clause) for clause in before_colon)
    drafts = [
        draft
        for draft in _drafts(sentence, clauses)
        if not any(draft.clause is clause for clause in before_colon)
    ]
    for draft in drafts:
        governor = draft.clause.governor
        if governor is not None and governor.kind == "participle":
            # "The road is blocked," he said, adding that: the frame's speaker adds it.
            behind = [frame for frame in frames if frame.end <= governor.index and frame.lemma]
            draft.source = behind[-1].source if behind else draft.source
    frames.sort(key=lambda frame: frame.start)
    return Reading(sentence, drafts, frames, read_report(sentence))


def _frame_of(sentence: Sentence, clause: Clause) -> Frame:
    """Return the frame that a clause of saying before a colon is."""
    main = clause.verb.main
    start, end = min(clause.words), max(clause.words) + 1
    source = subject_of(sentence, clause)
    lemma = verbs("saying").get(sentence.lower(main), "")
    return Frame(start, end, source, (main, main + 1), lemma, quotes=True)


def _build(sentence: Sentence) -> list[Clause]:
    """Return the clauses; no word changes its tag twice, so that this comes to an end."""
    while True:
        try:
            clauses = Builder(sentence).build()
        except MistaggedError:
            _regroup(sentence)
            continue
        again = _promote(sentence, clauses) or _close_phrase(sentence, clauses)
        if not again and not _promote_joined(sentence):
            return clauses
        _regroup(sentence)


def _close_phrase(sentence: Sentence, clauses: list[Clause]) -> bool:
    """Make a preposition of "as" or "after" whose clause took the main clause's verb."""
    waits = not sentence.is_heading and any(
        clause.group is None and clause.kind in {"main", "complement"} for clause in clauses
    )
    for clause in reversed(clauses) if waits else ():
        last = clause.start + clause.opener - 1
        may_be = clause.kind in {"fact", "part"} and sentence.lower(last) in _PREPOSITIONS
        if may_be and clause.start > 0 and last not in sentence.prepositions:
            sentence.prepositions.add(last)
            return True
    return False


def _regroup(sentence: Sentence) -> None:
    sentence.regroup()
    sentence.groups = {
        first: group for first, group in sentence.groups.items() if first not in sentence.skipped
    }


def _promote(sentence: Sentence, clauses: list[Clause]) -> bool:
    """Make a past of a participle for a clause that has no verb."""
    grouped = _grouped(sentence)
    for clause in reversed(clauses):
        lacks = clause.group is None and clause.kind not in {"condition", "complement"}
        if not lacks and not _says_nothing(sentence, clause, clauses):
            continue
        first = clause.start + clause.opener
        behind = range(max(clause.words, default=first) + 1, len(sentence))
        for word in (*clause.words, *(w for w in behind if sentence.is_comma(w - 1))):
            previous = sentence.previous_word(word, over_adverbs=True)
            starts = sentence.tag(previous) in NOMINALS or sentence.is_comma(previous)
            starts = starts or previous < first
            if not starts or word in grouped or word <= clause.start:
                continue
            if not _may_be_past(sentence, word):
                continue
            if sentence.retag(word, "VVD"):
                return True
    return False


def _promote_joined(sentence: Sentence) -> bool:
    """Make a past of the participle in "…, but the company opted for oil"."""
    grouped = _grouped(sentence)
    for word in range(2, len(sentence)):
        if word in grouped or word in sentence.skipped or not _may_be_past(sentence, word):
            continue
        start = word - 1
        while start > 0 and sentence.tag(start) in NOUNS | {"AJ0", "AT0", "DPS", "PNP"}:
            start -= 1
        strong = sentence.lower(start) == "but" or (
            sentence.tag(start) == "CJC" and sentence.is_comma(start - 1)
        )
        if strong and sentence.tag(start + 1) in {"AT0", "DPS", "NP0"} and start + 1 < word:
            behind = range(word + 1, len(sentence))
            end = next((w for w in behind if sentence.is_comma(w)), len(sentence))
            alone = not any(word < first < end for first in sentence.groups)
            if alone and sentence.retag(word, "VVD"):
                return True
    return False


def _says_nothing(sentence: Sentence, clause: Clause, clauses: list[Clause]) -> bool:
    """Return whether a verb that needs a clause has a bare noun phrase behind it."""
    group = clause.group
    if group is None or group.is_passive or sentence.lower(group.main) not in verbs("needs_clause"):
        return False
    following = sentence.next_word(group.main)
    governs = any(other.parent is clause and other.governor for other in clauses)
    return not governs and sentence.starts_noun_phrase(following)


def _may_be_past(sentence: Sentence, word: int) -> bool:
    names = sentence.lower(word) in word_class("naming") and sentence.tag(word + 1) not in {
        "PRP",
        "AVP",
    }
    if sentence.lower(word) in word_class("no_pasts") or names or sentence.has_agent(word):
        return False
    return sentence.tag(word) == "VVN" and is_ambiguous(sentence.words[word])


_PREPOSITIONS = frozenset({"as", "after", "before", "since", "until", "till", "like"})


def _grouped(sentence: Sentence) -> set[int]:
    return {
        index for group in sentence.groups.values() for index in range(group.first, group.main + 1)
    }


def _drafts(sentence: Sentence, clauses: list[Clause]) -> list[Draft]:
    """Return a draft for each clause that is a claim, merged with those that are part of it."""
    hosts = {id(clause): _host(sentence, clause) for clause in clauses}
    for clause in clauses:
        if clause.kind == "condition":
            host = _condition_host(sentence, hosts[id(clause)], clauses)
            hosts[id(clause)] = host
    drafts: list[Draft] = []
    for clause in clauses:
        if hosts[id(clause)] is not clause or clause.group is None:
            continue
        parts = [other for other in clauses if hosts[id(other)] is clause]
        if _is_frame(sentence, clause, clauses):
            continue
        own = _without_frames(clause, clauses)
        words = sorted({w for part in parts for w in _without_frames(part, clauses)} | set(own))
        draft = Draft(clause, words, own, inside=parts)
        attribute(sentence, draft)
        drafts.extend(split_nonfinite(sentence, draft))
    # A clause may be left with nothing but marks, where frames and others took its words.
    return [
        draft for draft in drafts if any(not sentence.words[word].is_mark for word in draft.words)
    ]


def _condition_host(sentence: Sentence, host: Clause, clauses: list[Clause]) -> Clause:
    """Return what is said instead of the saying: "If it rains, he said it would flood"."""
    if not _is_frame(sentence, host, clauses):
        return host
    said = (other for other in clauses if other.parent is host and other.kind == "complement")
    return next(said, host)


def _host(sentence: Sentence, clause: Clause) -> Clause:
    """Return the clause whose claim the words of `clause` belong to."""
    host = clause
    if clause.kind == "fact" and _is_elliptic(sentence, clause) and clause.parent is not None:
        host = clause.parent
    while host.parent is not None and (host.kind not in OWN or host.group is None):
        if host.kind == "main":
            break
        host = host.parent
    return host


def _is_elliptic(sentence: Sentence, clause: Clause) -> bool:
    """Return whether this is "as it should", a comparison without a predicate of its own."""
    group = clause.group
    if group is None or sentence.lower(clause.start) != "as" or group.main != group.first:
        return False
    return sentence.tag(group.first) in {"VM0", "VDD", "VDZ", "VDB"}


def _is_frame(sentence: Sentence, clause: Clause, clauses: list[Clause]) -> bool:
    """Return whether the clause only tells who says what its complement claims."""
    for other in clauses:
        if other.kind != "complement" or other.governor is None or other.sibling is not None:
            continue
        if other.parent is not clause or other.group is None:
            continue
        if other.governor.kind == "verb" or is_quoted(sentence, other.governor):
            return True
        if other.governor.kind == "noun" and is_light(sentence, clause, other.governor):
            return True
    return False


def _without_frames(clause: Clause, clauses: list[Clause]) -> list[int]:
    """Return a clause's words without a participle of saying and what follows it."""
    words = clause.words
    for other in clauses:
        governor = other.governor
        if other.parent is not clause or governor is None or other.kind != "complement":
            continue
        if governor.kind == "participle":
            words = [w for w in words if not governor.index <= w < other.start]
    return words
