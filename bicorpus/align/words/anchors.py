"""Links that need no vectors: words that hold an equal figure, or an equal name.

"11.000" and "11,000" are one value, "Selenskyj" and "Zelensky" one name, and an encoder may take
either for its neighbour. Only what stands once on both sides is linked here: of two equal ones the
encoder tells which belongs to which.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from operator import attrgetter

from bicorpus.claims.quantities.matching import match_quantities
from bicorpus.claims.quantities.reading import Quantity, read_quantities
from bicorpus.data import Language, Span
from bicorpus.languages import load_words

Pair = tuple[int, int]

_FIGURE_LANGUAGES = frozenset({"de", "en"})
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_DOUBLE = re.compile(r"(.)\1+")
# Spellings are compared from four letters on: shorter words are too often alike by chance.
_FEWEST_LETTERS = 4
# Symbols are said in words on the other side ("%": "Prozent", "&": "und"): no mere marks.
_SAID_MARKS = frozenset("%‰&§#@*/°")


@dataclass(frozen=True)
class Words:
    """One side of a pair: its text, the spans of its words and marks, its language."""

    text: str
    spans: Sequence[Span]
    language: Language

    @cached_property
    def forms(self) -> list[str]:
        """The words as they stand."""
        return [span.of(self.text) for span in self.spans]

    def within(self, span: Span) -> list[int]:
        """Return the words that share a character with `span`, marks left out."""
        first = bisect_right(self.spans, span.start, key=attrgetter("end"))
        last = bisect_left(self.spans, span.end, key=attrgetter("start"))
        return [index for index in range(first, last) if not is_mark(self.forms[index])]


@lru_cache(maxsize=65536)
def is_mark(word: str) -> bool:
    """Return whether the word is punctuation, that no word of the other side renders."""
    return all(
        unicodedata.category(character).startswith("P") and character not in _SAID_MARKS
        for character in word
    )


@dataclass(frozen=True, slots=True)
class Anchors:
    """Links that are certain. `whole` are words that such a link renders as a whole.

    A word of `whole` has no other links; "18-Jähriger" holds a figure and more.
    """

    links: frozenset[Pair]
    whole_sources: frozenset[int]
    whole_targets: frozenset[int]

    def allow(self, source: int, target: int) -> bool:
        """Return whether a link found otherwise can stand beside these."""
        return (source, target) in self.links or not (
            source in self.whole_sources or target in self.whole_targets
        )


def find_anchors(source: Words, target: Words) -> Anchors:
    """Return the links of equal figures and names between the words of two texts."""
    figures = set(_figure_links(source, target))
    figure_sources, figure_targets = {here for here, _ in figures}, {there for _, there in figures}
    names = {
        pair
        for pair in _unique_pairs(source, target, _name_keys)
        if pair[0] not in figure_sources and pair[1] not in figure_targets
    }
    whole = names | {
        pair for pair in figures if _is_plain(source.forms[pair[0]], target.forms[pair[1]])
    }
    return Anchors(
        frozenset(figures | names),
        frozenset(here for here, _ in whole),
        frozenset(there for _, there in whole),
    )


def _is_plain(here: str, there: str) -> bool:
    """Return whether neither word is a compound such as "18-Jähriger"."""
    return not any("-" in form and any(map(str.isalpha, form)) for form in (here, there))


def _figure_links(source: Words, target: Words) -> Iterator[Pair]:
    if not {source.language, target.language} <= _FIGURE_LANGUAGES:
        yield from _unique_pairs(source, target, _digit_keys)
        return
    here = read_quantities(source.text, source.language)
    if not here.quantities:
        return  # the other side need not be read: half of the time for half of all sentences
    readings = here, read_quantities(target.text, target.language)
    counts = [_count(reading.quantities) for reading in readings]
    for match in match_quantities(*readings):
        one, other = match.source, match.target
        if one is None or other is None or not set(match.changes) <= {"bound", "unit", "order"}:
            continue
        if counts[0][_key(one)] == 1 and counts[1][_key(other)] == 1:
            yield from _words_of_figures(source, one.figure, target, other.figure)


def _count(quantities: Iterable[Quantity]) -> dict[object, int]:
    counts: dict[object, int] = defaultdict(int)
    for quantity in quantities:
        counts[_key(quantity)] += 1
    return counts


def _key(quantity: Quantity) -> object:
    return quantity.vague or quantity.value


def _words_of_figures(source: Words, here: Span, target: Words, there: Span) -> Iterator[Pair]:
    """Link the words of two equal figures: equal digits first, then what is left in its order."""
    left, right = source.within(here), target.within(there)
    if len(left) == 1 or len(right) == 1:
        yield from ((one, other) for one in left for other in right)
        return
    for one in list(left):
        digits = _digits(source.forms[one])
        same = [other for other in right if digits and digits == _digits(target.forms[other])]
        if same:
            yield one, same[0]
            left.remove(one)
            right.remove(same[0])
    if len(left) == len(right):
        yield from zip(left, right, strict=True)


def _digits(form: str) -> str:
    return "".join(filter(str.isdigit, form)).lstrip("0")


def _unique_pairs(
    source: Words, target: Words, keys: Callable[[str, Language], Iterable[str]]
) -> Iterator[Pair]:
    """Yield the pairs of words that share a key which no other word of either side has."""
    sides = []
    for words in (source, target):
        places: dict[str, set[int]] = defaultdict(set)
        for index, form in enumerate(words.forms):
            for key in keys(form, words.language):
                places[key].add(index)
        sides.append(places)
    found = set()
    for key in sides[0].keys() & sides[1].keys():
        if len(sides[0][key]) == len(sides[1][key]) == 1:
            found.add((min(sides[0][key]), min(sides[1][key])))
    # "Bachs" and "Bach" may both be there: then a word has two partners, and none is certain.
    heres, theres = Counter(here for here, _ in found), Counter(there for _, there in found)
    for here, there in sorted(found):
        if heres[here] == theres[there] == 1:
            yield here, there


def _digit_keys(form: str, _language: Language) -> tuple[str, ...]:
    return (form,) if any(map(str.isdigit, form)) else ()


@lru_cache(maxsize=65536)
def _name_keys(form: str, language: Language) -> tuple[str, ...]:
    """Return what a name is compared by, empty for what cannot be one."""
    if len(form) < 2 or not form[0].isupper() or form in _no_names(language):
        return ()
    stem = _POSSESSIVE.sub("", form) if len(form) > 3 else form
    keys = [f"={stem}"] if len(stem) > 2 or stem.isupper() else []
    stems = [stem]
    if language == "de" and stem.endswith("s") and len(stem) > _FEWEST_LETTERS:
        stems.append(stem[:-1])  # "Putins"
    keys += [f"={one}" for one in stems[1:]]
    keys += [key for one in stems if len(key := _spelled(one, language)) >= _FEWEST_LETTERS]
    return tuple(keys)


def _spelled(name: str, language: Language) -> str:
    """Return a spelling that "Selenskyj" and "Zelenskiy" share, without accents and doubles."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    for written, sound in _spellings(language):
        plain = plain.replace(written, sound)
    return _DOUBLE.sub(r"\1", plain)


@cache
def _spellings(language: Language) -> tuple[tuple[str, str], ...]:
    if language not in _FIGURE_LANGUAGES:
        return ()
    entries = (entry.split() for entry in load_words(language, "word_spellings"))
    return tuple((written, sound) for written, sound in entries)


@cache
def _no_names(language: Language) -> frozenset[str]:
    if language not in _FIGURE_LANGUAGES:
        return frozenset()
    return frozenset(load_words(language, "word_no_names"))
