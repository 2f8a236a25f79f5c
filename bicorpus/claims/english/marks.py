"""Whether a claim is hedged or negated, by its own words."""

from __future__ import annotations

from bicorpus.claims.english.clauses import Clause
from bicorpus.claims.english.lexicon import entries, phrases, word_class
from bicorpus.claims.english.sentence import Sentence

_FAR = 8
_BEHIND_SEEM = frozenset({"TO0", "CJT", "AJ0", "AV0", "PRP", "AT0", "VVN"})


def is_hedged(sentence: Sentence, words: list[int], clause: Clause) -> bool:
    """Return whether the wording of the claim marks its content as not vouched for."""
    lowers = [sentence.lower(word) for word in words]
    if _contains(lowers, "hedges") or _is_likely(sentence, words):
        return True
    group = clause.group
    if group is None:
        return False
    modal = sentence.lower(group.first)
    if sentence.tag(group.first) == "VM0":
        if modal in {"may", "might"}:
            return True
        if modal == "could":
            return _is_epistemic(sentence, group.first, group.main, lowers)
    main = sentence.lower(group.main)
    following = sentence.next_word(group.main, over_adverbs=True)
    return main in word_class("seeming") and (
        sentence.tag(following) in _BEHIND_SEEM - {"PRP"} or sentence.lower(following) == "as"
    )


def _is_likely(sentence: Sentence, words: list[int]) -> bool:
    """Return whether the claim is called likely: not "more likely", nor "homes likely to fall"."""
    for word in words:
        if sentence.lower(word) == "likely":
            before = sentence.previous_word(word, over_adverbs=True)
            direct = sentence.lower(sentence.previous_word(word))
            called = sentence.tag(before)[:2] in {"VB", "VM"} or direct == "most"
            if called and direct not in {"more", "less"}:
                return True
    return False


def _is_epistemic(sentence: Sentence, first: int, main: int, lowers: list[str]) -> bool:
    """Return whether "could" guesses: not an ability, nor what would be if."""
    between = {sentence.lower(word) for word in range(first, main)}
    if between & {"not", "n't", "never", "only"} or sentence.lower(first + 1) in {"not", "n't"}:
        return False
    if main == first:  # "could at the same time further heighten"
        behind = range(first + 1, min(first + _FAR, len(sentence)))
        return not any(sentence.lower(word) in entries("ability") for word in behind)
    if sentence.words[main].lemma in entries("ability") or ("if" in lowers and "would" in lowers):
        return False
    return not {"nobody", "nothing", "hardly", "neither"} & set(lowers)


def is_negated(sentence: Sentence, words: list[int], clause: Clause) -> bool:
    """Return whether the claim's predicate is negated, among its own words."""
    lowers = [sentence.lower(word) for word in words]
    masked = _masked(lowers)
    group = clause.group
    for position, lower in enumerate(lowers):
        if lower not in entries("negators") or position in masked:
            continue
        place = words[position]
        if lower == "no" and not _negates(sentence, place):
            continue
        in_group = group is not None and group.first - 1 <= place <= group.main + 1
        if lower == "not" and not in_group and sentence.tag(place + 1) == "VVN":
            continue  # "a scale not seen since the war"
        contrasts = sentence.is_comma(place - 1) or sentence.tag(place - 1) == "CJC"
        if (
            lower == "not"
            and contrasts
            and not (group is not None and group.first <= place <= group.main)
        ):
            continue  # ", not Paris": a contrast
        return True
    return False


def _negates(sentence: Sentence, place: int) -> bool:
    """Return whether "no" belongs to a noun or "longer", and is no answer or number sign."""
    return not sentence.is_comma(place + 1) and place + 1 < len(sentence)


def _masked(lowers: list[str]) -> set[int]:
    masked: set[int] = set()
    for phrase in phrases("not_negated"):
        for position in range(len(lowers) - len(phrase) + 1):
            if tuple(lowers[position : position + len(phrase)]) == phrase:
                masked.update(range(position, position + len(phrase)))
    return masked


def _contains(lowers: list[str], name: str) -> bool:
    listed = frozenset(phrases(name))
    longest = max(map(len, listed))
    return any(
        tuple(lowers[start : start + length]) in listed
        for start in range(len(lowers))
        for length in range(1, longest + 1)
    )
