"""Gives an English dictionary form the ending that another word has: "open" like "closed"."""

from __future__ import annotations

from functools import cache

from bicorpus.languages import load_words

_VOWELS = "aeiou"
_HISSING = ("s", "x", "z", "ch", "sh")
# Beyond this an adjective is compared with "more": "more difficult", but "happier".
_LONGEST_COMPARED = 6
_SHORTEST_DOUBLED = 2


def in_form_of(lemma: str, word: str) -> str | None:
    """Return `lemma` in the form in which `word` stands, in small letters; None for no such form.

    `word` is not its own dictionary form.
    """
    pasts, participles = _irregular_forms()
    if word in pasts or word in participles or word.endswith("ed"):
        is_participle = word in participles and word not in pasts
        return _past(lemma, is_participle=is_participle)
    if word.endswith("ing"):
        return _with_vowel(lemma, "ing")
    if word.endswith("s") and not word.endswith("ss"):
        return _with_s(lemma)
    for ending, more in (("er", "more"), ("est", "most")):
        if word.endswith(ending):
            is_long = len(lemma) > _LONGEST_COMPARED and not lemma.endswith("y")
            return f"{more} {lemma}" if is_long else _with_vowel(_softened(lemma), ending)
    return None


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    """Return the past and the participle of each irregular verb."""
    rows = (line.split() for line in load_words("en", "claim_irregular_verbs"))
    return {base: (past.split("/")[0], part.split("/")[0]) for base, past, part in rows}


@cache
def _irregular_forms() -> tuple[frozenset[str], frozenset[str]]:
    verbs = _irregular().values()
    return frozenset(past for past, _ in verbs), frozenset(part for _, part in verbs)


def _past(lemma: str, *, is_participle: bool) -> str:
    if lemma in _irregular():
        return _irregular()[lemma][is_participle]
    return _with_vowel(_softened(lemma), "ed")


def _with_s(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(_HISSING) else f"{lemma}s"


def _softened(lemma: str) -> str:
    """Return "happi" of "happy"."""
    is_soft = lemma.endswith("y") and lemma[-2:-1] not in _VOWELS
    return f"{lemma[:-1]}i" if is_soft else lemma


def _with_vowel(stem: str, ending: str) -> str:
    if stem.endswith("ie") and ending == "ing":
        return f"{stem[:-2]}ying"
    if stem.endswith("e") and not (ending == "ing" and stem.endswith("ee")):
        return stem[:-1] + ending
    return stem + (stem[-1] if _is_doubled(stem) else "") + ending


def _is_doubled(stem: str) -> bool:
    """Return whether the last letter of a stem is doubled: "stopped", "admitted", not "opened"."""
    if stem in load_words("en", "check_doubled_verbs"):
        return True
    is_short = sum(letter in _VOWELS for letter in stem) == 1 and len(stem) > _SHORTEST_DOUBLED
    return is_short and stem[-2] in _VOWELS and stem[-1] not in _VOWELS + "wxy"
