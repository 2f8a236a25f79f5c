"""What can be seen on the surface of a pair: repetition, untranslated copies, lost addresses."""

from __future__ import annotations

import re
from collections import Counter

from bicorpus.data import Span

# A web address ends before punctuation that belongs to the sentence.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"„“”»«]+[^\s<>\"„“”»«.,;:!?)\]}'’]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.@-])(?:[\w-]+\.)+(?:de|com|org|net|eu|ch|at|info|gov|int)(?:/[^\s<>\"„“”»«]*[\w/])?(?![\w-])"
    r"|(?<![\w@])[@#]\w[\w]+"
)
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
# One or two words stand twice in a row in good prose ("never, never", "more and more and more"),
# longer stretches do not: none of 6,000 lines of people's translations has one.
_SHORT_LOOP = 2
_TIMES_SHORT = 3
_TIMES_LONG = 2
_LONGEST_LOOP = 8
_COPIED_SHARE = 0.75
_FEWEST_WORDS = 4


def find_addresses(text: str) -> list[Span]:
    """Return the spans of web and e-mail addresses, handles and hashtags."""
    return [Span(*match.span()) for match in _ADDRESS.finditer(text)]


def lost_addresses(source: str, target: str) -> list[Span]:
    """Return the spans in `source` of addresses that do not stand in `target` letter by letter."""
    available = Counter(span.of(target) for span in find_addresses(target))
    lost = []
    for span in find_addresses(source):
        address = span.of(source)
        if available[address] > 0:
            available[address] -= 1
        elif address not in target:
            lost.append(span)
    return lost


def find_repetition(text: str) -> Span | None:
    """Return the span of the first run of words that repeats itself, or None.

    One or two words count from three times in a row, longer runs from twice.
    """
    words = list(_WORD.finditer(text))
    folded = [word[0].casefold() for word in words]
    for start in range(len(words)):
        for length in range(1, _LONGEST_LOOP + 1):
            times = _TIMES_SHORT if length <= _SHORT_LOOP else _TIMES_LONG
            end = start + length * times
            if end > len(words) or folded[start] != folded[start + length]:
                continue
            first = folded[start : start + length]
            runs = (folded[at : at + length] for at in range(start + length, end, length))
            if all(run == first for run in runs) and not all(word.isdigit() for word in first):
                return Span(words[start].start(), words[end - 1].end())
    return None


def is_copied(source: str, target: str) -> bool:
    """Return whether `target` is for the most part the source's own words, left untranslated.

    Capitalised words in mid-sentence do not count on either side: names stay as they are.
    """
    source_words = _plain_words(source)
    target_words = _plain_words(target)
    lower = [word for word in target_words if word[0].islower()]
    if len(source_words) < _FEWEST_WORDS or len(lower) < 2:
        return len(source_words) >= _FEWEST_WORDS and source_words == target_words
    known = Counter(source_words)
    copied = sum(min(count, known[word]) for word, count in Counter(lower).items())
    return copied / len(lower) >= _COPIED_SHARE


def _plain_words(text: str) -> list[str]:
    """Return the words outside addresses that do not begin with a digit."""
    for span in reversed(find_addresses(text)):
        text = f"{text[: span.start]} {text[span.end :]}"
    return [word for word in _WORD.findall(text) if not word[0].isdigit()]
