"""Saying clauses behind or inside what they report: "…, sagte er, …", ", so schätzen Forscher"."""

from __future__ import annotations

from collections.abc import Sequence

from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.parts import Part
from bicorpus.claims.german.phrases import PRONOUNS, starts_phrase
from bicorpus.claims.german.saying import SPEAKING, says
from bicorpus.claims.german.verbs import read_finite
from bicorpus.claims.wording import Word


def insertions(words: Sequence[Word], parts: Sequence[Part]) -> frozenset[int]:
    """Return the finite verbs of the saying clauses behind or inside what they report."""
    found = set()
    for number, part in enumerate(parts):
        if number and part.verb is not None and part.joiner is None:
            if not part.is_verb_first and not _is_so(words, part):
                continue
            if _is_insertion(words, parts, number):
                found.add(part.verb)
    return frozenset(found)


def _has_main(parts: Sequence[Part]) -> bool:
    """Return whether a main clause is whole among the parts, and not the end of another clause."""
    waiting = 0
    for part in parts:
        if part.opener is not None:
            waiting += part.verb is None and part.opener.kind is not Kind.INFINITIVE
        elif part.verb is not None:
            if not waiting:
                return True
            waiting -= 1
    return False


def _is_so(words: Sequence[Word], part: Part) -> bool:
    """Return whether it is ", so schätzen die Forscher," or ", das zumindest meint Meier"."""
    if words[part.first].folded not in {"so", "das", "dies"} or part.verb is None:
        return False
    between = words[part.first + 1 : part.verb]
    return len(between) <= 1 and all(word.tag == "ADV" for word in between)


def _is_insertion(words: Sequence[Word], parts: Sequence[Part], number: int) -> bool:
    part, before = parts[number], parts[number - 1]
    if not _is_saying_clause(words, parts, number):
        return False
    if before.quotation is not None and part.quotation != before.quotation:
        return True
    if part.before not in {",", "–", "—", "-"}:
        return False
    following = parts[number + 1] if number + 1 < len(parts) else None
    if following is not None and following.is_verb_first and following.joiner is None:
        return True
    has_said = any(
        other.opener is not None and other.opener.kind is Kind.COMPLEMENT
        for other in parts[:number]
    )
    if has_said and any(_speaks(words, other) for other in parts[:number]):
        return False
    return _is_so(words, part) or (_has_main(parts[:number]) and not _is_list(words, part))


def _is_saying_clause(words: Sequence[Word], parts: Sequence[Part], number: int) -> bool:
    """Return whether the part is a verb of saying with its subject behind it.

    An apposition may stand before the verb's particle: "teilte die Leiterin, Anna Ott, mit".
    """
    part = parts[number]
    last = part.last
    for following in parts[number + 1 :]:
        if following.verb is not None or following.opener is not None:
            break
        last = following.last
    content = says(words, range(part.first, last), part.verb, SPEAKING)
    if content is None or part.verb is None:
        return False
    if _is_so(words, part) and content.place != part.verb:
        return False
    if read_finite(words, part.verb).mood == "reported":
        # "…, sei ihm das Amt angeboten worden": part of a report, not its frame.
        return False
    return _has_subject_behind(words, part, part.verb)


def _speaks(words: Sequence[Word], part: Part) -> bool:
    """Return whether the part is a main clause that says something itself."""
    if part.verb is None or part.opener is not None:
        return False
    return says(words, range(part.first, part.last), part.verb) is not None


def _is_list(words: Sequence[Word], part: Part) -> bool:
    return any(words[index].folded == "als" for index in range(part.first, part.last))


def _has_subject_behind(words: Sequence[Word], part: Part, verb: int) -> bool:
    index = verb + 1
    if any(words[place].folded in {"aber", "jedoch"} for place in range(index, part.last)):
        return False
    while (
        index < part.last
        and words[index].tag in {"PRF", "ADV", "ADJ(D)", "PTKNEG"}
        and words[index].folded not in words_of("subject_pronouns")
    ):
        index += 1
    if index >= part.last:
        return False
    word = words[index]
    if word.tag in PRONOUNS or word.folded in words_of("subject_pronouns"):
        return word.folded in words_of("subject_pronouns")
    return (starts_phrase(word) or word.is_capital) and word.folded not in words_of("oblique")
