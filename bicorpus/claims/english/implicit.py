"""Clauses that begin without a sign: behind verbs of saying, and relatives without a pronoun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bicorpus.claims.english import governing
from bicorpus.claims.english.clauses import Clause, Governor, Kind
from bicorpus.claims.english.groups import Group
from bicorpus.claims.english.lexicon import entries, singular, verbs
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.tagsets import GERUNDS, PERSONAL

if TYPE_CHECKING:
    from bicorpus.claims.english.tree import Builder


def open_clause(builder: Builder, clause: Clause, group: Group, start: int) -> None:
    """Open `clause` at `start`, taking over the words from there that went to others."""
    for other in builder.clauses:
        if other.start >= start and other is not clause:
            continue  # a relative clause inside the new one
        clause.words.extend(word for word in other.words if word >= start)
        other.words = [word for word in other.words if word < start]
    clause.words.sort()
    clause.group = group
    builder.clauses.append(clause)
    builder.stack.append(clause)


def has_comma(sentence: Sentence, gap: tuple[int, int]) -> bool:
    """Return whether a comma, dash or bracket stands in the words of `gap`."""
    return any(sentence.is_comma(index) for index in range(*gap) if index not in sentence.skipped)


def open_implicit(builder: Builder, group: Group, gap: tuple[int, int]) -> bool:
    """Open a clause without "that" behind a verb of saying, or a relative without a pronoun."""
    sentence, top = builder.sentence, builder.top
    verb = governing.last_verb(sentence, top.verb.main, group.first)
    if verb is not None and verb != top.verb.main and not _is_own(sentence, verb):
        verb = top.verb.main
    heard = sentence.lower(top.verb.main) in verbs("telling")
    if verb == top.verb.main and top.verb.is_passive and not heard and not _is_hearsay(builder):
        verb = None
    if sentence.tag(top.verb.main)[:2] == "VB" and sentence.lower(gap[0]) in PERSONAL | {"it"}:
        open_clause(builder, Clause("part", gap[0], top), group, gap[0])  # "the point is I won"
        return True
    joins = any(
        sentence.tag(index) == "CJC" and sentence.lower(index + 1) in PERSONAL | {"it"}
        for index in range(*gap)
    )
    if verb is not None and not joins and governing.takes_bare_clause(sentence, verb):
        start = governing.bare_start(sentence, verb, group.first)
        by_agent = group.is_open(sentence.words) and sentence.has_agent(group.main)
        if start < group.first and sentence.has_noun(start, group.first) and not by_agent:
            governor = governing.verb_governor(sentence, verb, top.verb.main)
            says = governor.says and not builder.inside_part()
            says = says and not builder.is_negated_saying(verb)
            said: Kind = "complement" if says else "part"
            clause = Clause(said, start, top, governor=governor)
            open_clause(builder, clause, group, start)
            return True
    split = sentence.juxtaposed(gap[0], gap[1], names=True)
    if split is not None and not any(
        sentence.is_comma(index) or sentence.tag(index) == "CJC" for index in range(split, gap[1])
    ):
        noun = sentence.previous_word(split)
        if _is_bare_report(sentence, noun) and not builder.inside_part():
            governor = Governor(noun, "noun", says=True)
            open_clause(builder, Clause("complement", split, top, governor=governor), group, split)
            return True
        modal = sentence.tag(group.first) == "VM0" and group.main == group.first
        kind: Kind = "part" if modal else "relative"  # "all they can"
        open_clause(builder, Clause(kind, split, top), group, split)
        return True
    return False


def _is_hearsay(builder: Builder) -> bool:
    """Return whether the clause is "it is claimed", which says what follows."""
    sentence, top = builder.sentence, builder.top
    words = [
        word for word in top.words if word < top.verb.first and not sentence.words[word].is_mark
    ]
    return [sentence.lower(word) for word in words[-1:]] == ["it"]


def _is_bare_report(sentence: Sentence, noun: int) -> bool:
    """Return whether the noun is that of "amid claims | the poll was rigged"."""
    plural = sentence.tag(noun) == "NN2" and sentence.tag(noun - 1) in {"PRP", "VBB", "VBD"}
    return plural and singular(sentence.lower(noun)) in entries("saying_nouns")


def _is_own(sentence: Sentence, verb: int) -> bool:
    return sentence.tag(verb) in GERUNDS | {"VVI"} and sentence.lower(verb) in verbs("saying")


def open_in_gap(builder: Builder, group: Group, gap: tuple[int, int], *, spare: bool) -> bool:
    """See a frame inside a relative clause: "which he says | was blown up"."""
    sentence, top = builder.sentence, builder.top
    if top.kind != "relative" or sentence.has_noun(*gap) or not spare:
        return False
    if not governing.takes_bare_clause(sentence, top.verb.main):
        return False
    frame = Clause("main", top.start + top.opener, top.parent, group=top.group)
    frame.words = [word for word in top.words if word >= frame.start]
    top.words = [word for word in top.words if word < frame.start]
    top.kind, top.parent = "complement", frame
    top.governor = Governor(frame.group.main if frame.group else 0, "verb", says=True)
    top.group = group
    builder.clauses.append(frame)
    return True


def split_subject(builder: Builder, group: Group, gap: tuple[int, int]) -> bool:
    """See a relative clause in the subject: "the city they defended | fell"."""
    sentence, top = builder.sentence, builder.top
    first = top.start + top.opener
    split = sentence.juxtaposed(first, top.verb.first)
    if split is None or (sentence.tag(first) == "PRP" and sentence.lower(split) not in PERSONAL):
        return False
    if has_comma(sentence, gap) or any(
        sentence.tag(index) in {"PRP", "CJC"} for index in range(split, top.verb.first)
    ):
        return False
    inner = Clause("relative", split, top, group=top.group)
    inner.words = [word for word in top.words if word >= split]
    top.words = [word for word in top.words if word < split]
    top.group = group
    builder.clauses.append(inner)
    return True
