"""What a German clause with its verb at the end opens with: subordinator, relative, question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bicorpus.claims.german.lexicon import subordinators, words_of
from bicorpus.claims.german.phrases import phrase_end
from bicorpus.claims.german.verbs import is_infinitive
from bicorpus.claims.wording import Word


class Kind(StrEnum):
    """What a clause is to the guide."""

    MAIN = "main"
    ADVERBIAL = "adverbial"
    CONDITION = "condition"
    COMPLEMENT = "complement"
    QUESTION = "question"
    RELATIVE = "relative"
    INFINITIVE = "infinitive"


@dataclass(frozen=True, slots=True)
class Opener:
    """The opening word of a clause: its class, and where it stands (`first` to `last`)."""

    kind: Kind
    first: int
    last: int


# Words that are prepositions, adverbs or comparisons as well: the verb's place decides.
_NOMINAL = frozenset({"NN", "NE", "ADJ(A)", "CARD", "PIAT", "PPOSAT", "TRUNC", "FM"})
_CONSTITUENTS = frozenset({"PROAV", "PRF", "PPER", "PTKNEG", "ADJ(D)", "VV(PP)"})
_EXTRAPOSED = ("APPR", "KOKOM", "PROAV", "KON")


def find_opener(  # noqa: PLR0913 - one return a kind
    words: Sequence[Word],
    first: int,
    last: int,
    verb: int | None,
    *,
    before: str,
    is_initial: bool,
    is_joined: bool,
    is_followed_by_verb: bool,
) -> Opener | None:
    """Return what opens the part `first` to `last`, None for a main clause or a mere phrase."""
    start = _past_focus(words, first, last)
    for begin in {start: None, first: None}:
        opener = _subordinator(
            words, begin, last, verb, is_initial=is_initial, is_followed=is_followed_by_verb
        )
        if opener is not None:
            return opener
    is_purpose = words[start].tag == "KOUI" or _has_infinitive(words, start, last)
    if words[start].folded in words_of("infinitive_openers") and verb is None and is_purpose:
        return Opener(Kind.INFINITIVE, start, start + 1)
    if before in {",", "–", "—", "(", "-"} or is_joined:
        relative = _relative(words, first, last, verb)
        if relative is not None:
            return relative
    if verb is None and _has_infinitive(words, first, last) and not is_initial:
        return Opener(Kind.INFINITIVE, first, first)
    return None


def _past_focus(words: Sequence[Word], first: int, last: int) -> int:
    index = first
    while index < last - 2 and words[index].folded in words_of("focus"):
        index += 1
    return index


def _subordinator(  # noqa: PLR0913
    words: Sequence[Word],
    begin: int,
    last: int,
    verb: int | None,
    *,
    is_initial: bool,
    is_followed: bool,
) -> Opener | None:
    folded = tuple(word.folded for word in words[begin : min(last, begin + 4)])
    for phrase, name in subordinators():
        if folded[: len(phrase)] != phrase:
            continue
        opener = Opener(Kind(name), begin, begin + len(phrase))
        if len(phrase) > 1 or phrase[0] not in words_of("ambiguous_openers"):
            return opener if verb != begin + len(phrase) or verb == last - 1 else None
        if verb is None:
            after = words[begin + 1].tag if begin + 1 < last else "APPR"
            is_phrase = after.startswith("APPR") or after == "CARD"
            is_phrase = is_phrase or _has_infinitive(words, begin, last)  # "seit Jahren zu hoffen"
            is_clause = words[begin].tag in {"KOUS", "PWAV", "PRELS"} and not is_phrase
            return opener if is_clause else None
        if not is_final(words, begin, last, verb):
            return None
        if is_initial and phrase[0] in words_of("fronted_openers") and not is_followed:
            return None
        return opener
    return None


def is_final(words: Sequence[Word], opener: int, last: int, verb: int) -> bool:
    """Return whether the verb ends the clause, but for a phrase that may follow it."""
    if verb <= opener + 1 and not (verb == last - 1 and words[opener].tag in {"PRELS", "PWS"}):
        return False
    return verb == last - 1 or words[verb + 1].tag.startswith(_EXTRAPOSED)


def _has_infinitive(words: Sequence[Word], first: int, last: int) -> bool:
    return any(is_infinitive(words, index) for index in range(first, last))


def _is_pronoun(words: Sequence[Word], place: int, last: int, verb: int | None) -> bool:
    """Return whether "die" is a pronoun for all that the tagger takes it for an article.

    "die russische Truppen davon abhielt": between a noun phrase and the verb in second place
    there is no room for "davon".
    """
    if verb is None:
        verb = last - 1
        if words[verb].tag != "VV(PP)" or place == 0 or words[place - 1].text != ",":
            return False
    if verb != last - 1:
        return False
    end = phrase_end(words, place, verb)
    return any(words[index].tag in _CONSTITUENTS for index in range(end, verb))


def _relative(words: Sequence[Word], first: int, last: int, verb: int | None) -> Opener | None:
    place = first
    if words[first].tag == "APPR" and first + 1 < last:
        place = first + 1
    word = words[place]
    if word.folded not in words_of("relatives"):
        return None
    after = words[place + 1] if place + 1 < last else None
    opener = Opener(Kind.RELATIVE, first, place + 1)
    is_article = word.tag == "ART" and after is not None and after.tag in _NOMINAL
    if is_article and not _is_pronoun(words, place, last, verb):
        return None
    if verb is None:
        is_sure = word.tag.startswith("PREL") or word.folded == "wo" or place > first
        return opener if is_sure or is_article else None
    if place > first and verb != place + 1:
        return opener
    return opener if is_final(words, place, last, verb) else None
