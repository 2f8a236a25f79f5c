"""Which verb or noun a "that" or a clause without one hangs on, and what that makes of it."""

from __future__ import annotations

from bicorpus.claims.english.clauses import Governor
from bicorpus.claims.english.lexicon import entries, singular, verbs, word_class
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.tagsets import ADVERBS, FINITE, GERUNDS, INFINITIVES, NOUNS


def takes_bare_clause(sentence: Sentence, index: int) -> bool:
    """Return whether the verb takes a clause without "that"."""
    lower = sentence.lower(index)
    base = verbs("saying").get(lower) or verbs("whole").get(lower)
    return base is not None and base not in entries("noclause")


def last_verb(sentence: Sentence, first: int, last: int) -> int | None:
    """Return the last verb of any form in the words `first` to `last`."""
    for index in range(last - 1, first - 1, -1):
        if index in sentence.skipped:
            continue
        tag = sentence.tag(index)
        if tag[:2] == "VV" and (
            tag in FINITE or tag in GERUNDS or tag in INFINITIVES or tag == "VVN"
        ):
            return index
    return None


def govern_that(sentence: Sentence, own: list[int], main: int, index: int) -> Governor | None:
    """Return what "that" at `index` hangs on, None where it is a relative pronoun.

    `own` are the words of its clause so far, `main` the main verb among them.
    """
    previous = sentence.previous_word(index)
    if sentence.is_comma(previous):
        previous = sentence.previous_word(previous)
    noun = singular(sentence.lower(previous))
    following = sentence.next_word(index, over_adverbs=True)
    for verb in reversed([place for place in own if place >= main]):
        lower = sentence.lower(verb)
        is_verb = sentence.tag(verb)[:1] == "V" and (
            lower in verbs("saying") or lower in verbs("whole")
        )
        if is_verb and reaches(sentence, verb, index):
            return verb_governor(sentence, verb, main)
    if _is_impersonal(sentence, own, main):
        return Governor(previous, "verb", says=False)
    if following in sentence.groups:
        return None  # a relative pronoun, the subject of the verb behind it
    if sentence.tag(previous) in NOUNS:
        return _noun_governor(previous, noun)
    if sentence.tag(previous) in {"PNI", "CRD", "DT0", "PNX"}:
        return None
    makes = sentence.lower(previous - 1) in word_class("making") or sentence.lower(
        main
    ) in word_class("making")
    says = makes and sentence.lower(previous) in {"clear", "plain", "known", "public"}
    return Governor(main if says else previous, "verb", says=says)


def _is_impersonal(sentence: Sentence, own: list[int], main: int) -> bool:
    """Return whether the clause is "it was clear from the talks"."""
    words = [place for place in own if not sentence.words[place].is_mark]
    adjective = sentence.tag(sentence.next_word(main, over_adverbs=True)) == "AJ0"
    is_it = bool(words) and sentence.lower(words[0]) == "it"
    return adjective and is_it and sentence.tag(main)[:2] == "VB"


def _noun_governor(index: int, noun: str) -> Governor | None:
    whole = noun in entries("whole_nouns")
    if noun in entries("saying_nouns") and not whole:
        return Governor(index, "noun", says=True)
    if noun in entries("content_nouns") or whole:
        return Governor(index, "noun", says=False)
    return None


def verb_governor(sentence: Sentence, verb: int, main: int) -> Governor:
    """Return the governor that a verb of saying is, by its form and what it depends on."""
    lower = sentence.lower(verb)
    head = sentence.lower(main)
    is_participle = sentence.tag(verb) in GERUNDS and verb != main
    says = lower in verbs("saying") and lower not in verbs("whole")
    if verb != main and sentence.tag(verb) in INFINITIVES:
        says = says and head in verbs("leaves_said")
    return Governor(verb, "participle" if is_participle else "verb", says)


def reaches(sentence: Sentence, verb: int, index: int) -> bool:
    """Return whether only adjuncts (and the hearer, with "tell") stand between verb and clause."""
    place = verb + 1
    may_hear = sentence.lower(verb) in verbs("telling")
    while place < index:
        tag, lower = sentence.tag(place), sentence.lower(place)
        if place in sentence.skipped or tag in ADVERBS or tag == "QUO" or sentence.is_comma(place):
            place += 1
        elif (
            tag in {"PRP", "PRF"} or lower in entries("adjuncts") or lower in word_class("weekdays")
        ):
            place += 1
            if tag in {"PRP", "PRF"}:
                place = _end_of_phrase(sentence, place, index)
        elif may_hear:
            may_hear = False
            place = _end_of_phrase(sentence, place, index)
        else:
            return False
    return True


def _end_of_phrase(sentence: Sentence, place: int, index: int) -> int:
    """Return the end of the noun phrase that begins at `place`."""
    start = place
    while place < index:
        tag = sentence.tag(place)
        if sentence.is_comma(place) or (tag in {"AT0", "DPS", "PNP"} and place > start):
            break
        if tag[:1] == "V" and tag not in {"VVN", "VVG"}:
            break
        place += 1
    return place


def bare_start(sentence: Sentence, verb: int, group: int) -> int:
    """Return where the clause without "that" begins between verb of saying and its own verb.

    The hearer of "told the BBC on Sunday the deal was off" and adjuncts of time come before it.
    """
    place = sentence.next_word(verb)
    while sentence.tag(place) == "AVP" or sentence.lower(place) == "out":
        place = sentence.next_word(place)  # "pointed out"
    if sentence.is_comma(place) or sentence.is_hard(place):
        place = sentence.next_word(place)
    if sentence.lower(verb) in verbs("telling") and group - place > 1:
        split = sentence.juxtaposed(place, group)
        place = split if split is not None else _end_of_hearer(sentence, place, group)
    place = _past_adjuncts(sentence, place, group)
    return min(place, group)


def _end_of_hearer(sentence: Sentence, place: int, group: int) -> int:
    if sentence.tag(place) in {"PNP", "NN2"}:
        return place + 1
    while place < group - 1 and sentence.tag(place) not in NOUNS:
        place += 1
    while place < group - 1 and sentence.tag(place) in NOUNS:
        place += 1
        if sentence.tag(place - 1) == "NP0" and sentence.tag(place) != "NP0":
            break
    return place


def _past_adjuncts(sentence: Sentence, place: int, group: int) -> int:
    """Skip "Sunday", "on Sunday", "last week", "in a statement" before the clause's subject."""
    while place < group:
        lower, start = sentence.lower(place), place
        if lower in {"in", "on", "at", "during", "by", "to", "after", "before", "from"}:
            split = _phrase_of_time(sentence, place, group)
            if split is None:
                return start
            place = split
        elif (
            lower in entries("adjuncts") and not _is_subject(sentence, place, group)
        ) or sentence.is_comma(place):
            place += 1
        else:
            break
    return place if place < group else group


def _is_subject(sentence: Sentence, place: int, group: int) -> bool:
    """Return whether "this" or "last" belongs to the subject: "said this was", "this plan"."""
    following = sentence.lower(place + 1)
    if sentence.lower(place) in {"this", "last", "late", "early"}:
        return following not in entries("adjuncts")
    return sentence.next_word(place, over_adverbs=True) >= group


def _phrase_of_time(sentence: Sentence, place: int, group: int) -> int | None:
    """Return the end of "on Sunday", "in a statement": before the next noun phrase; else None."""
    named = sentence.lower(place + 1) in entries("adjuncts") and sentence.tag(place + 1) == "NP0"
    if named and sentence.tag(place + 2) != "POS":
        end = place + 2
        while sentence.tag(end) in {"CRD"} and end < group:
            end += 1
        return end if end < group else None
    split = None
    for index in range(place + 2, group):
        if sentence.is_comma(index) or index in sentence.skipped:
            continue
        first = sentence.juxtaposed(index - 1, index + 1)
        if first is not None:
            split = first
            break
    return split
