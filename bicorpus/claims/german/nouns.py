"""Nouns of saying with their clause: "die Vermutung, dass …", "Berichte, wonach …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bicorpus.claims.edges import span_between
from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.german.noun_frames import is_frame_noun
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.phrases import find_subject, phrase_end
from bicorpus.claims.german.saying import (
    is_first_person,
    named_behind,
    relative_subject,
    says,
)
from bicorpus.claims.german.ties import Ties, shared_subject
from bicorpus.claims.german.verbs import is_infinitive
from bicorpus.claims.wording import Word
from bicorpus.data import Span

_NOMINAL = frozenset({"ART", "ADJ(A)", "PPOSAT", "PIAT", "PDAT", "CARD", "APPRART"})
_DEFINITE = frozenset({"der", "die", "das", "seine", "ihre"})
_RELATIVES = frozenset({"dem", "der", "denen", "welchem", "welcher", "welchen"})
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
        if noun is None and not light_only:
            _tie_document(ties, place, host, clause)
        if noun is None or (light_only and not _is_object(ties, host, noun)):
            continue
        _tie_noun(ties, place, host, noun)


def _is_according(ties: Ties, clause: Clause) -> bool:
    """Return whether it opens with "wonach" or "nach denen", as in "Berichte, wonach …"."""
    if clause.opener is None or clause.kind is Kind.MAIN:
        return False
    opening = [ties.words[index].folded for index in range(clause.first, clause.opener.last)]
    return opening == ["wonach"] or (
        len(opening) == 2 and opening[0] in {"laut", "nach"} and opening[1] in _RELATIVES
    )


def _tie_document(ties: Ties, place: int, host: Clause, clause: Clause) -> None:
    """Tie "ein Gutachten, laut dem …": the pronoun stands for the text that says it."""
    words = ties.words
    if clause.opener is None or clause.kind is not Kind.RELATIVE:
        return
    cue, pronoun = clause.first, clause.opener.last - 1
    if words[pronoun].folded not in _RELATIVES or pronoun != cue + 1:
        return
    noun = max((i for i in host.indices() if i < cue and words[i].tag == "NN"), default=None)
    if words[cue].folded == "nach" and (noun is None or not is_frame_noun(words[noun].text)):
        return
    source, said_by = words[pronoun], words[cue]
    ties.frames[place] = Frame(Span(source.start, source.end), Span(said_by.start, said_by.end))
    ties.left_out.update({cue, pronoun})


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


def _is_text(word: Word) -> bool:
    """Return whether "wonach" can go on from it: "Befunde, wonach", "Umfragen, nach denen"."""
    return word.tag == "NN" and is_frame_noun(word.text)


def _noun_before(ties: Ties, host: Clause, clause: Clause) -> int | None:
    words = ties.words
    is_according = _is_according(ties, clause) and words[clause.first].folded == "wonach"
    before = [index for index in host.indices() if index < clause.first]
    found = [
        index
        for index in before
        if index not in ties.framed
        and (_is_noun_of_saying(words[index]) or (is_according and _is_text(words[index])))
    ]
    return found[-1] if found else None


def _tie_noun(ties: Ties, place: int, host: Clause, noun: int) -> None:
    words = ties.words
    content = says(words, ties.indices(host), host.verb, ("light_verbs",))
    is_judged = content is not None and content.lemma == "sein"
    is_judged = is_judged and words[noun - 1].folded not in _DEFINITE
    if is_judged and ties.clauses[place].kind is Kind.MAIN:
        return  # "das sei ein Gerücht, es gebe nichts": judged to be one, not quoted
    is_near = all(
        words[index].is_mark or words[index].tag in _CLOSING or words[index].tag[:1] == "V"
        for index in range(phrase_end(words, noun, host.last), ties.clauses[place].first)
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
    named = _owner_in_front(words, noun)
    if not has_light_verb or host.verb is None:
        return named
    opener_end = host.opener.last if host.opener is not None else None
    found = find_subject(words, host.indices(), host.verb, opener_end)
    pronoun = relative_subject(words, host)
    if pronoun is not None:
        return pronoun
    is_noun = found is not None and found[0] <= noun < found[1]
    if (found is None or is_noun) and host.is_verb_first and host.joiner is not None:
        return named or shared_subject(ties, ties.clauses.index(host))
    if found is None or found[0] <= noun < found[1] or words[found[0]].folded == "es":
        return named or named_behind(words, host.indices(), {"von", "vom", "aus", "seitens"})
    return span_between(words, *found)


def _owner_in_front(words: Sequence[Word], noun: int) -> Span | None:
    """Return "ihre" in "ihre wichtigste Aussage", "Merkels" in "Merkels Ankündigung"."""
    first = noun - 1
    while first > 0 and words[first].tag == "ADJ(A)":
        first -= 1
    if first < 0:
        return None
    is_name = words[first].tag == "NE" and words[first].text.endswith(("s", "ß", "x", "z", "’"))
    if not is_name and words[first].tag != "PPOSAT":
        return None
    return Span(words[first].start, words[first].end)


def voiced_by(ties: Ties, host: Clause) -> Span | None:
    """Return "der Opposition" in "Kritik kommt von der Opposition", whose subject is what is said.

    None where the clause has another verb or subject.
    """
    content = says(ties.words, ties.indices(host), host.verb, ("coming",))
    if content is None or host.verb is None:
        return None
    if not any(_is_noun_of_saying(ties.words[index]) for index in host.indices()):
        return None
    return named_behind(ties.words, host.indices(), {"von", "vom", "aus"})


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
