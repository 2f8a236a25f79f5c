"""The rules that decide whether a sentence ends at a place, each for one phenomenon.

A rule returns True (a sentence ends here), False (it goes on) or None (no opinion: ask the next).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bicorpus.splitters.places import OPENERS, Place
from bicorpus.splitters.words import SplitWords

Rule = Callable[[Place, SplitWords], bool | None]

_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,:/–-]*\Z")
_ROMAN = re.compile(r"[IVX]{1,6}\Z")
_PIECE_AT_END = re.compile(r"[^\W\d_]{1,5}\.[\s-]?\Z")
_WORD_AT_END = re.compile(r"(?:[^\W\d_]|§)+(?=[^\w]*\Z)")
_LETTERS_AT_END = re.compile(r"(?<!['’])[^\W\d_]+\Z")
_ADDRESS = re.compile(r"[@/\\_=]|www\.|\d\.\d")
_DATELINE = re.compile(r"[^\W\d_][\w/ .-]{1,30} \(([\w/-]{2,12})\)")
_LONGEST_NOTE = 200  # code points; a longer bracket is no "(Archivbild)"
_LONGEST_UNKNOWN = 5  # letters; abbreviations of this length and more are in the lists
_DASHES = "–—-"


def punctuation_goes_on(place: Place, _words: SplitWords) -> bool | None:
    """Join before a comma, colon or further mark: '„Wer?“, fragte sie', "usw., die"."""
    goes_on = place.next_visible in set(",;:)]}?!%&") or place.next in set(".…")
    return False if goes_on else None


def missing_space(place: Place, words: SplitWords) -> bool | None:
    """Split "war gut.Die Stimmung", but not "Zeit.Online", "z.B.", "2.5", "Beispiel.de"."""
    if place.next.isspace() or place.has_face:
        return None
    if place.closers or not place.next.isupper() or _ADDRESS.search(place.before):
        return False
    left, right = _LETTERS_AT_END.search(place.before), place.following
    if not left or len(left.group()) < 2 or len(right) < 2 or right.isupper():
        return False
    if place.mark == "." and _is_listed(place, words):
        return False
    is_sure = bool(set(place.mark) & set("!?")) or words.is_starter(right)
    return is_sure or left.group()[0].islower()


def small_letter(place: Place, words: SplitWords) -> bool | None:
    """Join before a small letter: "z. B.", '„Halt!“ rief er', "Stille … und dann".

    Careless writers begin sentences small: "Was nun? ich warte" is split before a word of a
    closed class, unless the word before could be an abbreviation that the lists do not know.
    """
    after_dash = place.next_visible in _DASHES and place.following[:1].islower()
    if after_dash:
        return False
    if not place.next_visible.islower():
        return None
    is_mark = place.mark == "." or bool(set(place.mark) & set("!?"))
    if not is_mark or place.closers or place.following in words.coordinators:
        return False
    if place.mark == ".":
        last = _LETTERS_AT_END.search(place.before)
        if not last or len(last.group()) < _LONGEST_UNKNOWN or _is_listed(place, words):
            return False
    return place.following in words.starters


def bracket(place: Place, words: SplitWords) -> bool | None:
    """Split after "(Das war 2019.)" as a sentence of its own; inside one, ask the next word."""
    closer = place.mark[-1:] + place.closers
    if ")" not in closer and "]" not in closer:
        return None
    begins = place.text[place.sentence_start] in "(["
    is_short = place.mark_start - place.sentence_start < _LONGEST_NOTE
    if place.mark in (")", "]"):
        # "(Archivbild)" after a full stop stands alone; at the start of a text it is a dateline.
        inner = place.text[place.sentence_start + 1 : place.mark_start] if is_short else "("
        stands_alone = begins and place.sentence_start > 0 and not set(inner) & set("([")
        return stands_alone and place.next_visible.isupper()
    opens_near = bool(set(place.context) & set("(["))
    return begins or not opens_near or words.is_starter(place.following)


def marked_name(place: Place, words: SplitWords) -> bool | None:
    """Join "Yahoo! Deutschland" unless a word follows that begins a sentence."""
    until_mark = place.context + place.mark
    if until_mark.endswith(words.marked_names):
        return words.is_starter(place.following)
    return None


def dateline(place: Place, words: SplitWords) -> bool | None:
    """Join "BERLIN/PARIS (AFP). Die Minister", as "Kiew (dpa) – Der Angriff" is one sentence."""
    match = (
        _DATELINE.fullmatch(place.context + place.closers) if place.sentence_start == 0 else None
    )
    return False if match and match.group(1).split("/")[0] in words.agencies else None


def reported(place: Place, words: SplitWords) -> bool | None:
    """Join '"Why?" Mayor Hill asked': in English the speaker may come before the verb."""
    if not words.reporting_verbs or not place.closers or place.next_visible in "\"“‘'":
        return None
    coming = place.text[place.next_start : place.next_start + 60].split()[:4]
    for position, word in enumerate(coming):
        if word.strip(",.;:") in words.reporting_verbs:
            return None if position == 0 or words.is_starter(coming[0]) else False
        if not word[0].isupper():
            return None
    return None


def ellipsis(place: Place, words: SplitWords) -> bool | None:
    """Split "sagen… Doch"; set off by a space, "…" is a pause: "Und dann … Stille"."""
    if not place.is_ellipsis or place.closers:
        return None
    set_off = place.text[place.mark_start - 1 : place.mark_start].isspace()
    return words.is_starter(place.following) if set_off else None


def number(place: Place, words: SplitWords) -> bool | None:
    """Tell "am 3. Juni", "2. Bundesliga" from "Es waren 42. Danach" and "im Jahr 2024. Dann"."""
    match = _NUMBER.search(place.context) if place.is_point else None
    if not match or not words.has_ordinal_points:
        return None
    figure = match.group()
    lead = place.context[: match.start()]
    if not lead.strip(OPENERS + " ") and len(figure) < 3 and len(place.context) < 10:
        return False  # "1. Startseite", "2. Politik": the numeral of a list item
    if len(figure) >= 4 or not figure.isdigit():
        return len(figure) >= 4 or not place.next_visible.isdigit()
    return not _is_ordinal(int(figure), _previous_word(lead), place, words)


def _is_ordinal(figure: int, previous: str, place: Place, words: SplitWords) -> bool:
    following = place.following
    is_date = following in words.months or place.next_visible.isdigit()
    if is_date or following in words.ordinal_nouns:
        return True
    if words.is_starter(following):
        return False
    if previous.lower() in words.determiners:
        return True
    # Days and most ordinals of the news end at 31; beyond that a cardinal is likelier.
    counts = previous in words.label_nouns or previous in words.cardinal_cues
    return figure <= 31 and not counts


def initial(place: Place, words: SplitWords) -> bool | None:
    """Join "George W. Bush", "Ludwig XIV. von", "E.T.A. Hoffmann"; split "Vitamin C. Das"."""
    last = re.split(r"[.:-]", place.before)[-1]
    is_initial = (len(last) == 1 and last.isalpha()) or bool(_ROMAN.match(last))
    if not place.is_point or not is_initial:
        return None
    if place.context.strip(OPENERS + " :") == last:
        return False  # "S. Anders: Ich auch nicht.", "II. Die Folgen": no sentence of one letter
    if _is_listed(place, words):
        return None
    previous = _previous_word(place.context[: len(place.context) - len(place.before)])
    if last == "I" and not words.has_ordinal_points and previous.islower():
        return None  # English "than I."
    if previous in words.label_nouns:
        return place.next_visible.isupper()
    return words.is_starter(place.following)


def abbreviation(place: Place, words: SplitWords) -> bool | None:
    """Join after "Prof.", after "Nr." before a figure, after "Mio." unless a starter follows."""
    if not place.is_point:
        return None
    keys = _abbreviation_keys(place)
    if keys & words.closers:
        return True
    if keys & words.titles:
        return False
    if keys & words.abbreviations or max(keys, key=len, default="").endswith(words.endings):
        return words.is_starter(place.following)
    if keys & words.number_labels:
        return not (place.next_visible.isdigit() or bool(_ROMAN.match(place.following)))
    return None


def _is_listed(place: Place, words: SplitWords) -> bool:
    keys = _abbreviation_keys(place)
    lists = (words.titles, words.abbreviations, words.closers)
    return any(not keys.isdisjoint(entries) for entries in lists)


def _abbreviation_keys(place: Place) -> set[str]:
    """Return "z.B.", "B." for "… z. B.": what stands before the mark, longest first, shortened."""
    last = _LETTERS_AT_END.search(place.context)
    if not last:
        return set()
    pieces = [last.group() + "."]
    rest = place.context[: last.start()]
    while len(pieces) < 4 and (match := _PIECE_AT_END.search(rest)):
        pieces.append("".join(match.group().split()))
        rest = rest[: match.start()]
    return {"".join(reversed(pieces[:count])) for count in range(1, len(pieces) + 1)}


def _previous_word(text: str) -> str:
    match = _WORD_AT_END.search(text)
    return match.group() if match else ""


# The order matters: what follows a mark is surer evidence than what stands before it, so that
# small letters and commas are asked first and the word lists last.
RULES: tuple[Rule, ...] = (
    punctuation_goes_on,
    missing_space,
    marked_name,
    small_letter,
    bracket,
    dateline,
    reported,
    ellipsis,
    number,
    initial,
    abbreviation,
)
