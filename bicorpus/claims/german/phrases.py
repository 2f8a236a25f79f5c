"""Noun phrases of a German clause: how far one goes, and which of them is the subject."""

from __future__ import annotations

from collections.abc import Sequence

from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.wording import Word

_STARTS = frozenset({"ART", "PPOSAT", "PDAT", "PIAT", "ADJ(A)", "CARD", "NN", "NE", "FM", "TRUNC"})
_DETERMINERS = frozenset({"ART", "PPOSAT", "PDAT", "PRELS", "PDS"})
PRONOUNS = frozenset({"PPER", "PIS", "PDS", "PPOSS"})
NOMINATIVES = frozenset({"er", "ich", "wir", "man", "du"})


def starts_phrase(word: Word) -> bool:
    """Return whether a noun phrase can begin with the word."""
    return word.tag in _STARTS or (
        word.is_capital and word.tag.startswith("ADJ") and word.index > 0
    )


def phrase_end(words: Sequence[Word], first: int, last: int, *, is_speaker: bool = False) -> int:
    """Return the index behind the noun phrase that begins at `first`, not beyond `last`.

    Genitives and "von …" behind the noun belong to it; other prepositions do not. A speaker
    ends before the paper that is spoken to: "sagte der Minister der Zeitung".
    """
    index = first
    has_noun = False
    while index < last:
        word = words[index]
        if word.tag in {"NN", "NE", "FM", "XY", "TRUNC"} or _is_noun(words, index, last, has_noun):
            is_title = word.text.endswith(".")  # "Direktor Prof. Dr. Meier"
            if has_noun and word.tag == "NN" and words[index - 1].tag == "NN" and not is_title:
                break
            has_noun = True
        elif has_noun:
            is_hearer = is_speaker and _is_media(words, index, last)
            is_next = word.folded == "der" and words[index - 1].tag == "NE"
            if is_hearer or is_next or not _adds_noun(words, index, last):
                break
            has_noun = False
        elif not (word.tag in _STARTS or word.tag.startswith("ADJ")):
            if word.tag in PRONOUNS and index == first:
                return index + 1
            break
        index += 1
    return max(index, first + 1)


def _adds_noun(words: Sequence[Word], index: int, last: int) -> bool:
    """Return whether a genitive, "von …" or "und …" goes on with a phrase behind its noun."""
    word = words[index]
    if word.folded in words_of("genitives") and word.tag in _DETERMINERS:
        return True
    if word.folded in {"von", "vom"}:
        return index + 1 < last
    if word.folded in {"und", "&", "sowie"}:
        return _goes_on(words, index + 1, last)
    return word.folded in words_of("genitive_numerals") or _is_bare_genitive(words, index, last)


def _is_bare_genitive(words: Sequence[Word], index: int, last: int) -> bool:
    """Return whether "politischer Beobachter" follows: an owner without an article."""
    if words[index].tag != "ADJ(A)" or words[index].is_capital:
        return False
    end = index
    while end < last and words[end].tag == "ADJ(A)" and words[end].folded.endswith("er"):
        end += 1
    return index < end < last and words[end].tag == "NN"


def _is_media(words: Sequence[Word], index: int, last: int) -> bool:
    """Return whether "der Zeitung" follows: to whom it is said, not whose speaker it is."""
    if words[index].folded != "der" or index + 1 >= last:
        return False
    near = [word.folded for word in words[index + 1 : min(last, index + 4)]]
    return any(name.endswith(tuple(words_of("media"))) for name in near)


def _is_noun(words: Sequence[Word], index: int, last: int, has_noun: bool) -> bool:
    """Return whether a capital marks a noun that is tagged otherwise: "der Grünen"."""
    if not words[index].is_capital or index == 0:
        return False
    following = words[index + 1] if index + 1 < last else None
    return (
        has_noun
        or following is None
        or not (following.is_capital and following.tag in {"NN", "NE"})
    )


def _goes_on(words: Sequence[Word], index: int, last: int) -> bool:
    return index < last and starts_phrase(words[index])


def find_subject(
    words: Sequence[Word], indices: Sequence[int], verb: int, opener_end: int | None
) -> tuple[int, int] | None:
    """Return the range of the words of the subject, None where it is not seen.

    `opener_end` is the index behind the opener of a verb-final clause.
    """
    first, last = indices[0], indices[-1] + 1
    if opener_end is not None:
        start = opener_end
        if opener_end > first + 1 and words[opener_end - 1].folded in {"dessen", "deren"}:
            start = phrase_end(words, opener_end, verb)  # "in dessen Folge das Gericht …"
        return first_phrase(words, start, verb)
    behind = verb + 2 if verb + 1 < last and words[verb + 1].tag == "PRF" else verb + 1
    if behind < last and words[behind].folded in NOMINATIVES:
        # "Die Arbeit der Regierung lobte er": what stands in front is the object.
        return behind, behind + 1
    if verb > first:
        end = verb
        while end > first and words[end - 1].is_mark:
            end -= 1
        found = _forefield(words, first, end)
        if found is not None:
            return found
    return first_phrase(words, verb + 1, last)


def _forefield(words: Sequence[Word], first: int, verb: int) -> tuple[int, int] | None:
    """Return the phrase in front of the verb where it can be the subject."""
    while (
        first < verb
        and words[first].tag in {"ADV", "PTKA"}
        and not (_counts(words, first) or _is_name(words, first))
    ):
        first += 1
    if first >= verb:
        return None
    head = words[first]
    is_taken_up = all(word.tag == "ADV" for word in words[first + 1 : verb])
    if head.folded in {"das", "dies", "dieses"} and is_taken_up:
        return None  # "das (zumindest) meint Meier"
    begins = starts_phrase(head) or head.tag in PRONOUNS or head.tag == "KON"
    begins = begins or (_is_name(words, first) and first + 1 < verb)
    if head.folded in words_of("oblique") | {"des"} or not (begins or _counts(words, first)):
        return None
    end = first
    while end < verb and not words[end].is_mark:
        end += 1
    if any(words[index].folded in words_of("times") for index in range(first, min(end, first + 2))):
        return None
    if _is_plural(words, first, end) and words[end].folded.endswith("te"):
        return None  # "Die Vorwürfe nannte Meier falsch": the verb is in the singular
    return first, end


def _is_plural(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether "die Vorwürfe" is a plural: its noun differs from its lemma."""
    noun = next((word for word in words[first:last] if word.tag == "NN"), None)
    if noun is None or words[first].folded not in {"die", "diese", "alle", "beide", "solche"}:
        return False
    return noun.lemma != noun.text and noun.text.endswith(("en", "e", "er", "n", "s"))


def _is_name(words: Sequence[Word], index: int) -> bool:
    """Return whether a word that begins the sentence is a given name unknown to the tagger."""
    is_adverb = words[index].tag == "ADV" and words[index].folded not in words_of("focus")
    is_unknown = words[index].tag in {"XY", "FM", "ADJ(D)"} or words[index].tag[:2] == "VV"
    is_unknown = is_unknown or is_adverb  # no adverb but "auch" stands with a name before a verb
    is_first = index == 0 and words[index].is_capital
    return is_first and is_unknown and len(words) > 1 and words[1].tag == "NE"


def _counts(words: Sequence[Word], index: int) -> bool:
    """Return whether the adverb belongs to a number: "rund 60 Prozent", "nur wenige"."""
    following = words[index + 1] if index + 1 < len(words) else None
    return following is not None and (
        following.tag in {"CARD", "PIS", "PIAT"} and words[index].folded in words_of("limits")
    )


def first_phrase(words: Sequence[Word], start: int, last: int) -> tuple[int, int] | None:
    """Return the first noun phrase from `start` that can be in the nominative."""
    index = start
    while index < last:
        word = words[index]
        if word.is_mark:
            return None
        if word.tag.startswith("APPR"):
            index = phrase_end(words, index + 1, last)
        elif _counts(words, index):
            return index, phrase_end(words, index + 1, last, is_speaker=True)
        elif word.tag == "PPER" and word.folded == "es" and index + 1 < last:
            # "so sagte es der Kapitän"
            return first_phrase(words, index + 1, last) or (index, index + 1)
        elif word.tag in {"PIS", "PDS"} or (
            word.tag == "PPER" and word.folded not in words_of("oblique")
        ):
            return index, index + 1
        elif starts_phrase(word):
            end = phrase_end(words, index, last, is_speaker=True)
            if word.folded not in words_of("oblique") and not _is_time(words, index, end):
                return index, end
            index = end
        else:
            index += 1
    return None


def _is_time(words: Sequence[Word], first: int, last: int) -> bool:
    return any(words[index].folded in words_of("times") for index in range(first, last))
