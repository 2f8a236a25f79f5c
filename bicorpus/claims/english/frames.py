"""Frames that stand beside what is said: "…, the mayor said, …", "said X", "according to X"."""

from __future__ import annotations

from collections.abc import Iterator

from bicorpus.claims.english.according import Frame, find_phrases
from bicorpus.claims.english.governing import reaches
from bicorpus.claims.english.groups import Group
from bicorpus.claims.english.lexicon import entries, phrases, verbs
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.subjects import agent_of
from bicorpus.claims.english.tagsets import FINITE, NP_STARTS

_PRONOUNS = frozenset({"who", "whose", "which"})
_PUT = frozenset({"put", "puts"})


def find_frames(sentence: Sentence) -> list[Frame]:
    """Return the frames of a sentence; their words are marked as skipped, their verbs taken out."""
    frames = list(find_phrases(sentence))
    _skip(sentence, frames)
    _skip_set_openers(sentence)
    pieces = list(_pieces(sentence))
    for number in range(len(pieces)):
        frame = _read(sentence, pieces, number)
        if frame is not None:
            frames.append(frame)
            _skip(sentence, [frame])
    return sorted(frames, key=lambda frame: frame.start)


def _skip(sentence: Sentence, frames: list[Frame]) -> None:
    for frame in frames:
        sentence.skipped.update(range(frame.start, frame.end))
    sentence.groups = {
        first: group for first, group in sentence.groups.items() if first not in sentence.skipped
    }


def _skip_set_openers(sentence: Sentence) -> None:
    """Take out "you have to understand that", which asserts nothing."""
    for start in range(len(sentence)):
        begins = sentence.previous_word(start) < 0 or sentence.words[start - 1].is_mark
        for phrase in phrases("set_openers") if begins else ():
            words = tuple(sentence.lower(start + step) for step in range(len(phrase)))
            if words == phrase:
                taken = range(start, start + len(phrase))
                sentence.skipped.update(taken)
                sentence.groups = {
                    first: group for first, group in sentence.groups.items() if first not in taken
                }


def _pieces(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas, dashes, colons and quotation marks."""
    start = None
    for index in range(len(sentence) + 1):
        ends = (
            index == len(sentence)
            or (sentence.is_comma(index) and not _is_short_bracket(sentence, index))
            or sentence.is_hard(index)
            or sentence.tag(index) == "QUO"
        )
        if not ends and start is None:
            start = index
        if ends and start is not None:
            yield start, index
            start = None


def _is_short_bracket(sentence: Sentence, index: int) -> bool:
    """Return whether the bracket is one of "(INSEE)"."""
    return (sentence.lower(index) == "(" and sentence.lower(index + 2) == ")") or (
        sentence.lower(index) == ")" and sentence.lower(index - 2) == "("
    )


def _read(sentence: Sentence, pieces: list[tuple[int, int]], number: int) -> Frame | None:
    start, end = pieces[number]
    if start in sentence.skipped:
        return None
    quoted = sentence.words[start].quotation < 0 and _beside_quotation(sentence, start, end)
    groups = [group for first, group in sentence.groups.items() if start <= first < end]
    if sentence.tag(start) == "CJC" and quoted:
        start += 1
    elif sentence.tag(start) == "CJC" and number:
        return None  # "…, but he hinted at it": a claim of its own
    is_as = sentence.lower(start) == "as"
    first = start + is_as
    if len(groups) != 1 or any(sentence.lower(w) in {"that", "whether"} for w in range(first, end)):
        return None
    group = groups[0]
    lemma = _frame_verb(sentence, group.main, quoted=quoted, is_as=is_as)
    has_content = is_as or _has_content(sentence, pieces, number, quoted)
    if group.is_passive or lemma is None or not has_content:
        return _passive(sentence, (first, end), group, lemma) if has_content else None
    inverted = sentence.next_word(first - 1, over_adverbs=True) == group.first
    if inverted:
        is_command = sentence.tag(group.first) == "VVB" and number == 0
        source = None if is_command else _inverted_source(sentence, group.main + 1, end)
    else:
        source = _subject(sentence, first, group.first)
    if source is None or not (inverted or _ends(sentence, group.main, end, lemma)):
        return None
    last = _extended(sentence, pieces, number)
    return Frame(start, last, source, (group.main, group.main + 1), lemma, quotes=quoted)


def _passive(
    sentence: Sentence, piece: tuple[int, int], group: Group, lemma: str | None
) -> Frame | None:
    """Return the frame "it was revealed by X", "as was reported", "X was quoted as saying"."""
    first, end = piece
    if not group.is_passive:
        return None
    if [sentence.lower(end - 2), sentence.lower(end - 1)] == ["as", "saying"]:
        source = _subject(sentence, first, group.first)
        return Frame(first, end, source, (end - 1, end), "say")
    impersonal = sentence.lower(first) == "it" and first + 1 == group.first
    is_as = sentence.lower(first - 1) == "as" and first == group.first
    if lemma is None or not (impersonal or is_as):
        return None
    source = agent_of(sentence, group.main)
    return Frame(first - is_as, end, source, (group.main, group.main + 1), lemma)


def _frame_verb(sentence: Sentence, verb: int, *, quoted: bool, is_as: bool) -> str | None:
    lower = sentence.lower(verb)
    if is_as and lower in _PUT:
        return "put"
    if sentence.tag(verb) not in FINITE and sentence.tag(verb) not in {"VVN", "VVG", "VVI"}:
        return None
    lemma = verbs("saying").get(lower) or verbs("whole").get(lower)
    if lemma is None or (not quoted and lemma in entries("not_parenthetic")):
        return None
    return lemma


def _beside_quotation(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a quotation ends right before, or begins right behind."""
    before, behind = start - 1, end
    while sentence.is_comma(before) or sentence.is_hard(before):
        before -= 1
    while sentence.is_comma(behind) or sentence.is_hard(behind):
        behind += 1
    return (before >= 0 and sentence.tag(before) == "QUO") or sentence.tag(behind) == "QUO"


def _has_content(
    sentence: Sentence, pieces: list[tuple[int, int]], number: int, quoted: bool
) -> bool:
    """Return whether something that can be said stands beside the frame."""
    start, end = pieces[number]
    if number == 0 and not quoted:
        return sentence.lower(end) == ":" and any(first > end for first in sentence.groups)
    others = [first for first in sentence.groups if not start <= first < end]
    return bool(others) or quoted


def _inverted_source(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Return the subject behind its verb: "said Hanna Berg"."""
    place = start
    while place < end and sentence.tag(place) in {"AV0", "AVP"}:
        place += 1
    tag = sentence.tag(place)
    if place >= end or not (sentence.starts_noun_phrase(place) or tag in NP_STARTS):
        return None
    if not sentence.has_noun(place, end):
        return None
    if tag == "PNP" and sentence.lower(place) in {"him", "her", "them", "me", "us"}:
        return None
    return place, end


def _subject(sentence: Sentence, start: int, verb: int) -> tuple[int, int] | None:
    """Return the noun phrase right before the verb, if it is all that stands there."""
    place = start
    while place < verb and sentence.tag(place) in {"AV0", "CJC"}:
        place += 1
    last = verb
    while last > place and sentence.tag(last - 1) in {"AV0", "XX0"}:
        last -= 1
    if sentence.tag(place) in {"PRP", "TO0"} or sentence.lower(place) in entries("adjuncts"):
        split = sentence.juxtaposed(place, last)
        if split is None:
            return None
        place = split
    if place >= last or not sentence.starts_noun_phrase(place):
        return None
    if sentence.lower(place) in {"who", "which", "whom", "what", "there"}:
        return None
    return place, last


def _ends(sentence: Sentence, verb: int, end: int, lemma: str) -> bool:
    """Return whether only adjuncts and the hearer follow the verb: no object of its own."""
    if lemma == "put":
        return True
    last = end
    return reaches(sentence, verb, last)


def _extended(sentence: Sentence, pieces: list[tuple[int, int]], number: int) -> int:
    """Return the end of a frame with the apposition behind its speaker."""
    end = pieces[number][1]
    if _main_goes_on(sentence, end):
        return end
    for start, stop in pieces[number + 1 :]:
        if sentence.tag(start - 1) == "QUO" or sentence.lower(start) in _PRONOUNS:
            break
        if sentence.tag(start) in {"CJC", "CJS"} or start in sentence.skipped:
            break
        if any(start <= first < stop for first in sentence.groups):
            pronouns = (w for w in range(start, stop) if sentence.lower(w) in _PRONOUNS)
            end = next(pronouns, end)  # "a nurse | who works nights"
            break
        end = stop
        if sentence.lower(stop) == ":":
            break
    return end


def _main_goes_on(sentence: Sentence, end: int) -> bool:
    """Return whether what is said goes on behind the frame, outside quotation marks."""
    following = sentence.next_word(end)
    if sentence.lower(following) in _PRONOUNS:
        return False
    comma = next((w for w in range(end, len(sentence)) if sentence.lower(w) in _PRONOUNS), end)
    if comma > end and not any(end <= first < comma for first in sentence.groups):
        return False
    for index in range(end, len(sentence)):
        if sentence.tag(index) == "QUO" or sentence.lower(index) == ":":
            return False
        if index in sentence.groups:
            return True
    return False
