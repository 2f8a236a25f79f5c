"""Frames made of a noun: "nach Angaben von X", "seiner Meinung nach", "nach einer Studie"."""

from __future__ import annotations

from collections.abc import Sequence

from bicorpus.claims.edges import span_between
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.german.phrases import phrase_end
from bicorpus.claims.wording import Word
from bicorpus.data import Span

_BEFORE_NOUN = frozenset({"ADJ(A)", "ADJ(D)", "ART", "PPOSAT", "PDAT", "CARD", "NE", "PIAT"})
# "nach dem Grundgesetz" speaks, "nach den ersten Berichten" is a time.
_WITH_ARTICLE = (
    "ergebnis", "angaben", "Artikel", "gesetz", "Gesetz", "Legende", "Umfrage", "Studie",
    "erfassung", "Verordnung", "Dekret",
)  # fmt: skip
_BARE = ("Angaben", "Berichten", "angaben", "berichten", "aussagen", "meinung")
_REPORTS = ("angaben", "berichten", "meldungen", "aussagen")
_SO_FAR = ("bisherig", "derzeitig", "gegenwärtig", "vorläufig")
_LONGEST = 5


def noun_frame(words: Sequence[Word], index: int, verbs: Sequence[int]) -> Frame | None:
    """Return the frame that the preposition at `index` begins, None where it begins none."""
    limit = next((verb for verb in verbs if verb > index), len(words))
    noun = _noun(words, index + 1, min(limit, index + _LONGEST))
    if noun is None:
        return None
    inner = words[index + 1 : noun]
    end = phrase_end(words, noun, limit)
    taken = frozenset(range(index, fill(words, index, end, verbs)))
    if any(word.folded.startswith("eigen") for word in inner):
        cue = span_between(words, index, noun + 1)
        return Frame(None, cue, indices=taken, takes_subject=True)
    owner = _owner(words, index, noun, end)
    if owner is not None:
        return Frame(owner, span_between(words, index, noun + 1), indices=taken)
    if not _speaks_alone(inner, words[noun].text):
        return None
    cue = Span(words[index].start, words[index].end)
    return Frame(span_between(words, index + 1, end), cue, indices=taken)


def _noun(words: Sequence[Word], first: int, last: int) -> int | None:
    for index in range(first, last):
        if is_frame_noun(words[index].text):
            return index
        if words[index].folded not in words_of("owners") and words[index].tag not in _BEFORE_NOUN:
            return None
    return None


def _owner(words: Sequence[Word], index: int, noun: int, end: int) -> Span | None:
    """Return whose statement it is: "nach Angaben der Polizei", "nach deren Angaben"."""
    if noun > index + 1 and words[index + 1].folded in words_of("owners"):
        return span_between(words, index + 1, index + 2)
    first = noun + 1
    if first < end and words[first].folded in {"von", "vom"}:
        first += 1
    # A dash alone ("nach Angaben –") is nobody.
    if any(word.text[0].isalnum() for word in words[first:end]):
        return span_between(words, first, end)
    if words[noun - 1].tag == "NE":
        return span_between(words, noun - 1, noun)
    return None


def _speaks_alone(inner: Sequence[Word], noun: str) -> bool:
    """Return whether the noun is a source without an owner: "nach ersten Erkenntnissen"."""
    if inner and inner[0].folded in {"einer", "einem"}:
        return _is_document(noun)
    if any(word.tag == "ART" for word in inner):
        is_present = any(word.folded.startswith(_SO_FAR) for word in inner)
        return is_present or noun.endswith(_WITH_ARTICLE)
    return bool(inner) or noun.endswith(_BARE)


def is_frame_noun(text: str) -> bool:
    """Return whether "nach" and this noun make a frame."""
    is_compound = text[:1].isupper() and text.lower().endswith(_REPORTS)  # "Bahnangaben"
    return is_compound or _is_document(text) or text in words_of("frame_nouns")


def _is_document(noun: str) -> bool:
    """Return whether it is in the list or ends with an entry: "Bericht", "Fernsehbericht"."""
    endings = tuple(entry.lower() for entry in words_of("documents"))
    return noun[:1].isupper() and noun.lower().endswith(endings)


def opinion_frame(words: Sequence[Word], index: int) -> Frame | None:
    """Return the frame of "seiner Meinung nach", whose "nach" is at `index`."""
    if index < 2 or words[index - 1].folded not in words_of("opinions"):
        return None
    first = index - 1
    while first and words[first - 1].tag in {"PPOSAT", "ADJ(A)", "PRELAT", "PIAT"}:
        first -= 1
    if first == index - 1:
        return None
    return Frame(
        Span(words[first].start, words[first].end),
        span_between(words, first, index + 1),
        indices=frozenset(range(first, index + 1)),
    )


def fill(words: Sequence[Word], first: int, end: int, verbs: Sequence[int]) -> int:
    """Return how far a frame that begins its clause goes: up to the finite verb."""
    if (
        first
        and not words[first - 1].is_mark
        and words[first - 1].folded not in {"und", "aber", "doch", "denn", "auch"}
    ):
        return end
    following = next((verb for verb in verbs if verb >= end), len(words))
    between = range(end, following)
    if (
        following < len(words)
        and following - end <= 9
        and words[end].text == words[following - 1].text == ","
        and not any(words[index].is_mark for index in between[1:-1])
    ):
        # "Nach den Worten des Chefs, Pham Quang Nghi, handelt es sich …"
        return following
    if following - end <= 6 and not any(words[index].is_mark for index in between):
        return following if following < len(words) else end
    return end
