"""Nouns of saying with their clause: "die Vermutung, dass …", "Berichte, wonach …"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bicorpus.claims.edges import span_between
from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.phrases import find_subject, phrase_end
from bicorpus.claims.german.saying import is_first_person, named_behind, says
from bicorpus.claims.german.ties import Ties
from bicorpus.claims.german.verbs import is_infinitive
from bicorpus.claims.wording import Word
from bicorpus.data import Span

_NOMINAL = frozenset({"ART", "ADJ(A)", "PPOSAT", "PIAT", "PDAT", "CARD", "APPRART"})
_CLOSING = frozenset({"PTKVZ", "ADJ(D)", "ADV"})


def tie_nouns(ties: Ties, *, light_only: bool = False) -> None:
    """Tie dass-clauses and V2 clauses to the noun of saying in front of them."""
    for place, clause in enumerate(ties.clauses):
        if place in ties.frames:
            continue
        is_said = (
            clause.kind is Kind.COMPLEMENT
            or _is_according(ties, clause)
            or (
                clause.kind is Kind.MAIN
                and place > 0
                and clause.before == ","
                and clause.joiner is None
                and ties.mood(clause) in {"reported", "unreal"}
                and not clause.is_verb_first
            )
        )
        if not is_said:
            continue
        host = clause.parent if clause.kind is not Kind.MAIN else ties.clauses[place - 1]
        if host is None or host.verb is None:
            continue
        noun = _noun_before(ties, host, clause)
        if noun is None or (light_only and not _is_object(ties, host, noun)):
            continue
        _tie_noun(ties, place, host, noun)


def _is_according(ties: Ties, clause: Clause) -> bool:
    """Return whether it opens with "wonach" or "nach denen", as in "Berichte, wonach …"."""
    if clause.opener is None or clause.kind is Kind.MAIN:
        return False
    opening = [ties.words[index].folded for index in range(clause.first, clause.opener.last)]
    return opening in (["wonach"], ["nach", "denen"], ["nach", "dem"], ["nach", "der"])


def _is_object(ties: Ties, host: Clause, noun: int) -> bool:
    """Return whether a light verb carries the noun, and no preposition does."""
    if says(ties.words, ties.indices(host), host.verb, ("light_verbs",)) is None:
        return False
    first = noun
    while first > host.first and ties.words[first - 1].tag in _NOMINAL:
        first -= 1
    return (
        not (first and ties.words[first - 1].tag.startswith("APPR"))
        and ties.words[first].tag != "APPRART"
    )


def _noun_before(ties: Ties, host: Clause, clause: Clause) -> int | None:
    found = [
        index
        for index in host.indices()
        if index < clause.first
        and _is_noun_of_saying(ties.words[index])
        and index not in ties.framed
    ]
    return found[-1] if found else None


def _tie_noun(ties: Ties, place: int, host: Clause, noun: int) -> None:
    words = ties.words
    content = says(words, ties.indices(host), host.verb, ("light_verbs",))
    is_near = all(
        words[index].is_mark or words[index].tag in _CLOSING or words[index].tag[:1] == "V"
        for index in range(noun + 1, ties.clauses[place].first)
        if index in set(host.indices())
    )
    if content is None and not is_near:
        return
    is_denial = (
        content is not None
        and words[noun].text in words_of("denied_nouns")
        and (says(words, ties.indices(host), host.verb, ("denying",)) is not None)
    )
    frame = Frame(
        _owner(ties, host, noun, has_light_verb=content is not None or _is_manner(ties, noun)),
        Span(words[noun].start, words[noun].end),
        stance="denied" if is_denial else "asserted",
        hedges=words[noun].text in words_of("supposing_nouns"),
    )
    frame = replace(frame, is_first_person=is_first_person(words, frame.source))
    if is_denial and content is not None:
        frame = replace(frame, cue=Span(words[content.place].start, words[content.place].end))
    ties.frames[place] = frame
    ties.said.add(place)
    if ties.clauses[place].kind not in {Kind.COMPLEMENT, Kind.MAIN}:
        return
    if content is not None and not any(is_infinitive(words, index) for index in host.indices()):
        ties.saying.add(ties.clauses.index(host))


def _is_manner(ties: Ties, noun: int) -> bool:
    """Return whether "mit den Worten" stands there: the subject says it."""
    return any(ties.words[index].folded == "mit" for index in range(max(0, noun - 3), noun))


def _owner(ties: Ties, host: Clause, noun: int, *, has_light_verb: bool) -> Span | None:
    words = ties.words
    end = phrase_end(words, noun, host.last)
    if end > noun + 1:
        first = noun + 2 if words[noun + 1].folded in {"von", "vom"} else noun + 1
        if first < end:
            return Span(words[first].start, words[end - 1].end)
    if not has_light_verb or host.verb is None:
        return None
    opener_end = host.opener.last if host.opener is not None else None
    found = find_subject(words, host.indices(), host.verb, opener_end)
    if found is None or found[0] <= noun < found[1] or words[found[0]].folded == "es":
        return named_behind(words, host.indices(), {"von", "vom", "aus", "seitens"})
    return span_between(words, *found)


def _is_noun_of_saying(word: Word) -> bool:
    """Return whether it is in the lists, alone or as the head of a compound: "Pressebericht"."""
    names = words_of("saying_nouns") | words_of("supposing_nouns")
    if not word.is_capital or not word.tag.startswith("N"):
        return False
    return word.text in names or word.text.lower().endswith(_heads())


@cache
def _heads() -> tuple[str, ...]:
    names = words_of("saying_nouns") | words_of("supposing_nouns")
    return tuple(sorted(name.lower() for name in names if len(name) > 6))
