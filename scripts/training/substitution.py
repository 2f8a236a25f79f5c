"""Pairs with another word of the dictionary on both sides (after Fadaee, Bisazza & Monz, 2017).

Translators of little text fail at words that they saw once or never. A noun of the dictionary in
the place of another of its gender and number, or an adjective, with the English exchanged likewise,
gives such words a sentence. Of many words drawn, one is taken that the English text has between the
same neighbours.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import sqrt
from typing import NamedTuple

from bicorpus.translators.steering.text import with_article
from training.corpora import Pair
from training.dictionary import NOUNS, Word

_DRAWN = 40  # words for a place
_MOST = 2  # words of a sentence
_FEWEST_SEEN = 3  # times in English text: rarer words would be of no use to news
_USUAL = 100  # times in English text: the words of a phrase that is worth learning
_MOST_USUAL = 1000  # from there on, all words are alike
_KNOWN = 20  # times in German text: such a word is learnt from its sentences
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?!-)\b")
_ENDINGS = ("e", "er", "es", "en", "em")


class Place(NamedTuple):
    """A word that can be exchanged: what it is and where it stands (spans in characters)."""

    kind: str
    ending: str
    source: tuple[int, int]
    target: tuple[int, int]


class Exchange:
    """Exchanges words of a pair by others of the dictionary."""

    def __init__(self, words: Iterable[Word], pairs: Sequence[Pair]) -> None:
        """Choose the words worth drawing by the text that is trained on, `pairs`."""
        self._seen: Counter[str] = Counter()
        self._neighbours: Counter[tuple[str, str]] = Counter()
        self._german: Counter[str] = Counter()
        for pair in pairs:
            tokens = ["a" if one == "an" else one for one in _words(pair.target)]
            self._seen.update(tokens)
            self._neighbours.update(pairwise(tokens))
            self._german.update(_WORD.findall(pair.source))
        self._english: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        best: dict[tuple[str, str], Word] = {}
        for word in words:
            key = (word.kind, word.german)
            self._english[key].add(tuple(_words(word.english)))
            if key not in best or self._usual(word) > self._usual(best[key]):
                best[key] = word
        self._pools: dict[str, list[Word]] = defaultdict(list)
        weights: dict[str, list[float]] = defaultdict(list)
        for (kind, form), word in best.items():
            if self._usual(word) >= _FEWEST_SEEN:
                self._pools[kind].append(word)
                known = self._german[form] / _KNOWN
                weights[kind].append(sqrt(min(self._usual(word), _MOST_USUAL)) / (1 + 4 * known))
        self._weights = {kind: list(accumulate(of)) for kind, of in weights.items()}

    def _usual(self, word: Word) -> float:
        """Return how often English text has the word: the rarest of several, at a tenth."""
        parts = _words(word.english)
        return min(self._seen[part] for part in parts) / (10 if len(parts) > 1 else 1)

    def is_useful(self, phrase: Pair) -> bool:
        """Tell whether a phrase of the dictionary is worth learning by itself.

        Its English words are usual, and it is no single German word that the text has often.
        """
        return self._german[phrase.source] < _KNOWN and all(
            self._seen[word] >= _USUAL for word in _words(phrase.target)
        )

    def other(self, pair: Pair, random_source: random.Random) -> Pair | None:
        """Return `pair` with one or two other words, or None where none fits."""
        places = self._places(pair)
        random_source.shuffle(places)
        chosen: list[tuple[Place, Word]] = []
        for place in places:
            if len(chosen) == _MOST:
                break
            word = self._fitting(place, pair.target, random_source)
            if word is not None and not any(_meet(place, other) for other, _ in chosen):
                chosen.append((place, word))
        if not chosen:
            return None
        source, target = pair
        for place, word in sorted(chosen, key=lambda found: -found[0].source[0]):
            start, end = place.source
            source = source[:start] + word.german + place.ending + source[end:]
        for place, word in sorted(chosen, key=lambda found: -found[0].target[0]):
            start, end = place.target
            english = word.english
            if target[start].isupper():
                english = english[0].upper() + english[1:]
            target = with_article(target[:start], english) + english + target[end:]
        return Pair(source, target)

    def _places(self, pair: Pair) -> list[Place]:
        """Words that stand once in the source, and whose English stands once in the target."""
        found = []
        forms = Counter(match.group() for match in _WORD.finditer(pair.source))
        there = _words(pair.target)
        spans = [match.span() for match in _WORD.finditer(pair.target)]
        for match in _WORD.finditer(pair.source):
            form = match.group()
            if forms[form] == 1:
                for kind, base, ending in _readings(form):
                    stretch = _once(self._english.get((kind, base), ()), there)
                    if stretch is not None:
                        target = spans[stretch.start][0], spans[stretch.stop - 1][1]
                        found.append(Place(kind, ending, match.span(), target))
                        break
        return found

    def _fitting(self, place: Place, target: str, random_source: random.Random) -> Word | None:
        """Return the first word drawn for `place` that English text has between such neighbours."""
        if place.kind not in self._pools:
            return None
        before, behind = _neighbours(target, place.target)
        drawn = random_source.choices(
            self._pools[place.kind], cum_weights=self._weights[place.kind], k=_DRAWN
        )
        for word in drawn:
            parts = _words(word.english)
            left = before is None or self._neighbours[before, parts[0]] > 0
            right = behind is None or self._neighbours[parts[-1], behind] > 0
            if left and right:
                return word
        return None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _neighbours(text: str, span: tuple[int, int]) -> tuple[str | None, str | None]:
    """Return the words beside `span`, in small letters, "an" as "a"; None where none is."""
    before = re.search(r"([^\W\d_]+) $", text[: span[0]].lower())
    behind = re.match(r" ([^\W\d_]+)", text[span[1] :].lower())
    left = before[1] if before else None
    return "a" if left == "an" else left, behind[1] if behind else None


def _once(english: Iterable[tuple[str, ...]], there: Sequence[str]) -> range | None:
    """Return the place of the longest of `english` that the target has once, if there is one."""
    for one in sorted(english, key=lambda parts: (-len(parts), parts)):
        if one[0] in there:
            starts = [
                start
                for start in range(len(there) - len(one) + 1)
                if tuple(there[start : start + len(one)]) == one
            ]
            if len(starts) == 1:
                return range(starts[0], starts[0] + len(one))
    return None


def _readings(form: str) -> list[tuple[str, str, str]]:
    """Return what a German word may be: its kind, its form in the dictionary and its ending."""
    if form[0].isupper():
        return [(kind, form, "") for kind in NOUNS]
    return [
        ("adj", form.removesuffix(ending), ending) for ending in _ENDINGS if form.endswith(ending)
    ]


def _meet(one: Place, other: Place) -> bool:
    return one.target[0] < other.target[1] and other.target[0] < one.target[1]
