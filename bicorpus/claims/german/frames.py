"""Frames without a clause of their own: "laut X", "X zufolge", "nach Angaben von X", "so X"."""

from __future__ import annotations

from collections.abc import Sequence

from bicorpus.claims.edges import span_between
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.german.noun_frames import fill, is_frame_noun, noun_frame, opinion_frame
from bicorpus.claims.german.phrases import PRONOUNS, phrase_end, starts_phrase
from bicorpus.claims.wording import Word
from bicorpus.data import Span

_NAME_TAGS = frozenset(
    {"NN", "NE", "FM", "CARD", "ADJ(A)", "ART", "PPOSAT", "PDAT", "PIAT", "XY", "TRUNC"}
)
_LATTER = ("letzter", "erster")  # "so letztere": the tagger knows them as indefinite
_MARKS = frozenset({",", ";", ":", "(", ")", "–", "—"})


def find_frames(words: Sequence[Word], verbs: Sequence[int]) -> list[Frame]:
    """Return the frames of a sentence in order; `verbs` are its finite verbs."""
    frames: list[Frame] = []
    taken: set[int] = set()
    for index in range(len(words)):
        if index in taken:
            continue
        frame = _frame_at(words, index, verbs)
        if frame is not None:
            frames.append(frame)
            taken |= frame.indices
    return frames


def _frame_at(words: Sequence[Word], index: int, verbs: Sequence[int]) -> Frame | None:
    folded = words[index].folded
    if folded in {"laut", "gemäß"} and _is_phrase(words, index + 1):
        return _prepositional(words, index, verbs)
    if folded == "nach" and index + 1 < len(words):
        return opinion_frame(words, index) or noun_frame(words, index, verbs)
    if folded == "aus" and _is_view(words, index + 1):
        return noun_frame(words, index, verbs)
    if folded == "zufolge" or (folded == "folge" and words[index - 1].folded == "zu"):
        return _postpositional(words, index)
    if folded == "so" and _follows_border(words, index):
        return _so(words, index, verbs)
    return _adverb(words[index])


def _adverb(word: Word) -> Frame | None:
    """Return the frame of "demnach", which passes on who spoke before."""
    if word.folded not in words_of("frame_adverbs"):
        return None
    cue = Span(word.start, word.end)
    return Frame(None, cue, indices=frozenset({word.index}), takes_speaker=True)


def _is_view(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and words[index].text in {"Sicht", "Sichtweise"}


def _is_phrase(words: Sequence[Word], index: int) -> bool:
    if index >= len(words):
        return False
    # "laut el-Baradei": a name may begin with a small letter.
    has_capital = any(character.isupper() for character in words[index].text)
    return has_capital or starts_phrase(words[index])


def _follows_border(words: Sequence[Word], index: int) -> bool:
    if not index:
        return False
    before = words[index - 1]
    left = before.quotation is not None and words[index].quotation != before.quotation
    return left or before.text in {",", "–", "—"}


def _prepositional(words: Sequence[Word], index: int, verbs: Sequence[int]) -> Frame | None:
    limit = next((verb for verb in verbs if verb > index), len(words))
    end = phrase_end(words, index + 1, limit)
    nouns = [word.text for word in words[index + 1 : end]]
    if words[index].folded == "gemäß" and not any(map(_can_speak, nouns)):
        # "gemäß dem Vertrag" is a rule, not a speaker.
        return None
    end = fill(words, index, end, verbs)
    cue = Span(words[index].start, words[index].end)
    source = span_between(words, index + 1, end)
    return Frame(source, cue, indices=frozenset(range(index, end)))


def _can_speak(noun: str) -> bool:
    """Return whether the noun is a text or a voice: a report, a paper, a spokesman."""
    voices = (*words_of("media"), "sprecher", "sprecherin")
    return is_frame_noun(noun) or noun.lower().endswith(voices)


def _postpositional(words: Sequence[Word], index: int) -> Frame | None:
    stop = index if words[index].folded == "zufolge" else index - 1
    first = stop
    end = _opening(words, stop - 1) if words[stop - 1].text == ")" else None
    while first > 0:
        if first == stop and end is not None:
            first = end  # "dem Verband Deutscher Lehrer (VDL) zufolge"
            continue
        word, after = words[first - 1], words[first] if first < stop else None
        is_part = word.tag in _NAME_TAGS or word.folded in {"von", "vom"} or word.is_capital
        if not is_part or word.is_mark or word.tag.endswith("(FIN)"):
            break
        if after is not None and word.tag == "NN" and _begins_another(after):
            break  # "starben Menschen örtlichen Medien zufolge", but "Verband Deutscher Winzer"
        if (
            after is not None
            and after.folded in {"dem", "den", "einem", "einer"}
            and word.tag in {"NN", "NE"}
        ):
            break
        first -= 1
    if first == stop:
        return None
    source = span_between(words, first, end or stop)
    return Frame(
        source, span_between(words, stop, index + 1), indices=frozenset(range(first, index + 1))
    )


def _begins_another(word: Word) -> bool:
    is_name = word.tag == "ADJ(A)" and word.is_capital
    return word.tag in {"NN", "ADJ(A)", "CARD"} and not is_name


def _opening(words: Sequence[Word], closing: int) -> int | None:
    """Return where the short bracket that ends at `closing` begins."""
    places = range(closing - 1, max(-1, closing - 4), -1)
    return next((place for place in places if words[place].text == "("), None)


def _so(words: Sequence[Word], index: int, verbs: Sequence[int]) -> Frame | None:
    """Return the frame of ", so X," — nothing but the speaker up to the next mark."""
    end = index + 1
    while (
        end < len(words)
        and words[end].text not in _MARKS
        and words[end].text not in {".", "!", "?"}
    ):
        if words[end].quotation != words[index].quotation:
            break
        end += 1
    if end == index + 1 or any(index < verb < end for verb in verbs):
        return None
    if end < len(words) and words[end].text == "(":
        # ", so der Gesundheitsdienst (NHS)."
        end = next((place for place in range(end, len(words)) if words[place].text == ")"), end)
    head = words[index + 1]
    is_pronoun = head.folded.startswith(_LATTER)
    if (head.tag in {"PIS", "PIAT"} and not is_pronoun) or not (
        starts_phrase(head) or head.tag in PRONOUNS or head.is_capital
    ):
        # ", so viele wie nie" compares.
        return None
    stop = phrase_end(words, index + 1, end)
    return Frame(
        span_between(words, index + 1, stop),
        Span(words[index].start, words[index].end),
        indices=frozenset(range(index, end)),
    )
