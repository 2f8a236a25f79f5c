"""Cuts a German sentence into stretches at its marks, and where quoted speech begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.german.saying import SPEAKING, says
from bicorpus.claims.german.verbs import finite_verbs
from bicorpus.claims.wording import Word

BORDERS = frozenset(
    {",", ";", ":", "–", "—", "-", "(", ")", "[", "]", "…", "...", ".", "!", "?", "|"}
)


def cut_pieces(words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """Return first word, index behind the last word, and the mark in front of each stretch."""
    pieces: list[tuple[int, int, str]] = []
    first, before = 0, ""
    for index, word in enumerate(words):
        is_border = word.text in BORDERS and not (
            _is_in_title(words, index) or _is_short_bracket(words, index)
        )
        # „…“ sagte er: print often leaves the comma out where a quotation ends.
        leaves = (
            index > first
            and word.quotation != words[index - 1].quotation
            and _is_clausal(words, first, index, words[index - 1].quotation)
        )
        enters = index > first and _begins_speech(words, first, index)
        if not (is_border or leaves or enters):
            continue
        if index > first:
            pieces.append((first, index, before))
        before = word.text if is_border else ":" if enters else ","
        first = index + 1 if is_border else index
    if first < len(words):
        pieces.append((first, len(words), before))
    return pieces


def _begins_speech(words: Sequence[Word], first: int, index: int) -> bool:
    """Return whether a quotation without a colon begins at `index`: "er rief „Es brennt hier“".

    It must say something by itself to the end of the sentence, right behind a word of saying.
    """
    number = words[index].quotation
    if number is None or words[index - 1].quotation == number or not words[index].is_capital:
        return False
    if any(not word.is_mark and word.quotation != number for word in words[index:]):
        return False
    verbs = [place for place in finite_verbs(words) if place >= first]
    if not any(place < index for place in verbs) or not any(place > index for place in verbs):
        return False
    if words[index - 1].text in words_of("saying_nouns"):
        return True
    content = says(words, range(first, index), verbs[0], SPEAKING)
    return content is not None and index - 1 in {verbs[0], content.place}


def _is_short_bracket(words: Sequence[Word], index: int) -> bool:
    """Return whether the mark belongs to a bracket like "(SPD)" that interrupts nothing."""
    first: int | None = index
    last: int | None = index
    if words[index].text == "(":
        last = _find(words, ")", range(index + 1, min(len(words), index + 6)))
    elif words[index].text == ")":
        first = _find(words, "(", range(index - 1, max(-1, index - 6), -1))
    else:
        return False
    if first is None or last is None or last + 1 >= len(words):
        return False
    return not any(
        word.tag.endswith("(FIN)") or word.text in BORDERS for word in words[first + 1 : last]
    )


def _find(words: Sequence[Word], text: str, places: Iterable[int]) -> int | None:
    return next((place for place in places if words[place].text == text), None)


def _is_in_title(words: Sequence[Word], index: int) -> bool:
    """Return whether a dash or colon stands inside a quoted name: „Kriminalität - rechts“."""
    number = words[index].quotation
    if number is None or words[index].text not in {"-", "–", "—", ":", "!", "?", "."}:
        return False
    inside = [word for word in words if word.quotation == number]
    return inside[-1].index > index and not any(word.tag.endswith("(FIN)") for word in inside)


def _is_clausal(words: Sequence[Word], first: int, last: int, quotation: int | None) -> bool:
    """Return whether the words are all of one quotation and hold a finite verb."""
    return (
        quotation is not None
        and all(word.quotation == quotation for word in words[first:last])
        and any(words[index].tag.endswith("(FIN)") for index in range(first, last))
    )
