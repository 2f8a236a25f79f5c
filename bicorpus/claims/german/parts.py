"""Cuts a German sentence at its commas and conjunctions into parts with at most one finite verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bicorpus.claims.german.lexicon import phrase_at, subordinators, words_of
from bicorpus.claims.german.openers import Kind, Opener, find_opener
from bicorpus.claims.german.pieces import cut_pieces
from bicorpus.claims.german.verbs import (
    finite_verbs,
    is_infinitive,
    is_nonfinite,
    read_finite,
    starts,
)
from bicorpus.claims.wording import Word


@dataclass(slots=True)
class Part:
    """Words `first` to `last` (exclusive) between two borders.

    `before` is the mark in front; `joiner` the coordinator in front, which is not in the part;
    `verb` its finite verb; `behind` how many infinitives of the verb's bracket follow it;
    `quotation` is the number of the quotation that its first word stands in.
    """

    first: int
    last: int
    before: str
    verb: int | None = None
    joiner: int | None = None
    opener: Opener | None = None
    quotation: int | None = None
    behind: int = 0

    @property
    def is_verb_first(self) -> bool:
        """Whether the finite verb is the first word."""
        return self.verb == self.first

    @property
    def is_verb_last(self) -> bool:
        """Whether the finite verb ends it, as in "er lügt" or "es hätte verhindern müssen"."""
        return self.verb is not None and self.first < self.verb == self.last - 1 - self.behind


def cut_parts(words: Sequence[Word], framed: frozenset[int] = frozenset()) -> list[Part]:
    """Return the parts of a sentence in order; `framed` words are looked through.

    A stretch between marks that is framed as a whole is no part.
    """
    verbs = [index for index in finite_verbs(words) if index not in framed]
    parts: list[Part] = []
    for first, last, before in cut_pieces(words):
        if all(index in framed for index in range(first, last)):
            continue
        inside = [index for index in verbs if first <= index < last]
        inside = _without_slips(words, first, inside)
        parts.extend(_split(words, first, last, before, inside))
    for index, part in enumerate(parts):
        if part.verb is None:
            part.verb = _plural_verb(words, part, parts[:index])
        part.behind = _infinitives_behind(words, part)
        following = parts[index + 1 : index + 3]
        part.quotation = words[part.first].quotation
        part.opener = find_opener(
            words,
            part.first,
            part.last,
            part.verb,
            before=part.before,
            is_initial=index == 0,
            is_joined=part.joiner is not None,
            is_followed_by_verb=any(each.is_verb_first for each in following),
        )
        if (
            part.verb is None
            and part.opener is not None
            and part.opener.kind is not Kind.INFINITIVE
        ):
            part.verb = _last_verb(words, part)
    return parts


def _infinitives_behind(words: Sequence[Word], part: Part) -> int:
    """Return 2 where the clause ends with "habe absagen wollen", 0 where it does not."""
    verb = part.verb
    if verb is None or verb != part.last - 3 or verb < part.first + 2:
        return 0
    is_helper = read_finite(words, verb).lemma in {"haben", "werden"}
    return 2 * (
        is_helper and all(word.tag.endswith("(INF)") for word in words[verb + 1 : part.last])
    )


def _plural_verb(words: Sequence[Word], part: Part, before: Sequence[Part]) -> int | None:
    """Return the infinitive at the end of "die Löhne stagnieren" that must be a plural.

    None where a modal before it still waits for its infinitive.
    """
    index = part.last - 1
    word = words[index]
    if index <= part.first or word.tag != "VV(INF)" or word.is_capital:
        return None
    if is_infinitive(words, index) or not _can_be_subject(words[part.first]):
        return None
    waiting = [each for each in before if each.verb is not None and each.opener is None]
    if waiting and words[waiting[-1].verb or 0].tag[:2] in {"VM", "VA"}:
        last = waiting[-1]
        if not any(is_nonfinite(words[place]) for place in range(last.first, last.last)):
            return None
    return index


def _can_be_subject(word: Word) -> bool:
    if word.folded in {"den", "dem", "einen", "einem"}:
        return False
    return word.tag in {
        "ART",
        "NN",
        "NE",
        "PPER",
        "PIAT",
        "CARD",
        "ADJ(A)",
        "PPOSAT",
        "PDAT",
        "PIS",
    }


def _last_verb(words: Sequence[Word], part: Part) -> int | None:
    """Return the last word of a verb-final clause where it is a verb form at all.

    "dass seine Truppen das Gebiet verteidigen": the plural looks like the infinitive, and the
    third person of "versucht" like the participle.
    """
    index = part.last - 1
    word = words[index]
    if index <= part.first or word.is_capital or is_infinitive(words, index):
        return None
    return index if is_nonfinite(word) else None


def _without_slips(words: Sequence[Word], first: int, verbs: list[int]) -> list[int]:
    """Drop "verbs" that cannot be: a capital one, unless it begins a sentence."""
    return [
        index
        for index in verbs
        if index == first or not words[index].is_capital or starts(words, index)
    ]


def _split(
    words: Sequence[Word], first: int, last: int, before: str, verbs: list[int]
) -> list[Part]:
    cuts: list[int] = []
    kept = verbs[:1]
    for verb in verbs[1:]:
        cut = _cut_between(words, first, kept[-1], verb, last) if kept else verb
        if cut is None:
            kept[-1] = _better(words, kept[-1], verb, first, last)
        else:
            cuts.append(cut)
            kept.append(verb)
    cuts = _with_openers(words, first, last, cuts, kept)
    parts = []
    for start, end in zip([first, *cuts], [*cuts, last], strict=True):
        inside = [verb for verb in kept if start <= verb < end]
        joiner = None
        begin = start
        if words[begin].folded in words_of("coordinators") and begin + 1 < end:
            joiner, begin = begin, begin + 1
        if end - 1 > begin and words[end - 1].folded in {"und", "oder", "aber", "doch"}:
            end -= 1  # noqa: PLW2901 - "…, und, als er kam, …": the joiner has its clause elsewhere
        parts.append(
            Part(
                begin,
                end,
                before if start == first else "",
                inside[0] if inside else None,
                joiner,
            )
        )
    return parts


def _cut_between(words: Sequence[Word], first: int, left: int, right: int, last: int) -> int | None:
    """Return where the clause of the finite verb `right` begins, None where there is no border."""
    coordinators = words_of("coordinators")
    if words[right - 1].folded in coordinators and right - 1 > left:
        return right - 1
    folded = [word.folded for word in words[:last]]
    for index in range(left + 1, right):
        if words[index].folded in words_of("clear_subordinators"):
            return index
    places = [
        index
        for index in range(left + 1, right)
        if words[index].folded in coordinators
        and index + 1 < right
        and words[index - 1].tag != "TRUNC"  # "Fraktions- und Parteichefs"
    ]
    if places:
        is_final = _opens(folded, first) or words[left + 1].folded in coordinators
        return places[0] if is_final else places[-1]
    if right == left + 1 and left > first:
        # "Als er kam ging sie": the comma was forgotten.
        return right
    return None


def _opens(folded: list[str], first: int) -> bool:
    return any(phrase_at(folded, first, (phrase,)) for phrase, _ in subordinators())


def _better(words: Sequence[Word], left: int, right: int, first: int, last: int) -> int:
    """Return which of two "finite verbs" of one clause is finite."""
    folded = [word.folded for word in words[:last]]
    if _opens(folded, first) and right == last - 1:
        return right
    helpers = [index for index in (left, right) if words[index].tag[:2] in {"VA", "VM"}]
    if len(helpers) == 1:
        return helpers[0]
    return right if left == first else left


def _with_openers(
    words: Sequence[Word], first: int, last: int, cuts: list[int], verbs: list[int]
) -> list[int]:
    """Add cuts before "und dass …", whose verb may stand beyond the next comma."""
    found = set(cuts)
    for index in range(first + 1, last - 1):
        if words[index].folded not in {"und", "oder", "sondern", "aber"} or index in found:
            continue
        if not any(verb < index for verb in verbs):
            continue
        if words[index + 1].folded in words_of("clear_subordinators"):
            found.add(index)
    return sorted(found)
