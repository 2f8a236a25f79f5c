"""The renderings of one term: which are the same, which one is usual, how odd the others are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import log2
from urllib.parse import urlsplit

from bicorpus.terms.candidates.corpus import Place
from bicorpus.terms.candidates.extraction import Key
from bicorpus.terms.candidates.forms import Forms
from bicorpus.terms.renderings import Rendering

_MOST_PLACES = 20
# Two words of other classes with so many letters alike are one word: "Russia" and "Russian".
_ALIKE = 4


@dataclass(frozen=True, slots=True)
class TermRendering:
    """A rendering of a term, whatever its inflection and articles.

    `surprise`, 0 or more, is how odd it is beside the term's usual rendering, which has 0. `link`
    is the mean score of its word links. `places` are the first twenty.
    """

    form: str
    count: int
    surprise: float
    link: float
    articles: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Consistency:
    """A term, how often it was met, and its renderings: the usual one first, then by surprise.

    `unlinked` is how often the word links lead nowhere; `mixed` the number of articles that render
    it in more than one way.
    """

    form: str
    count: int
    unlinked: int
    mixed: int
    renderings: tuple[TermRendering, ...]

    @property
    def surprise(self) -> float:
        """The surprise of its oddest rendering."""
        return max((one.surprise for one in self.renderings), default=0.0)


def outlet_of(origin: str) -> str:
    """Return who published a document: the host of its address, or the folder of its file."""
    address = urlsplit(origin)
    if address.scheme in ("http", "https") and address.hostname:
        return address.hostname.removeprefix("www.")
    folder = origin.replace("\\", "/").rpartition("/")[0]
    return folder.rpartition("/")[2] or "."


def surprise(count: int, usual: int, total: int, link: float) -> float:
    """Return how odd a rendering is: the bits that the usual one is likelier, weighed.

    `count` and `usual` are how often the two were met among `total`; the weights are the share of
    the usual one (where every rendering is another, none is odd) and the score of the links (where
    they are unsure, the rendering may be none).
    """
    if not count or not total:
        return 0.0
    return round(max(0.0, log2(usual / count)) * usual / total * link, 4)


@dataclass(slots=True)
class Rendered:
    """What is gathered of a rendering."""

    kinds: str
    count: int = 0
    total: float = 0.0
    forms: Forms = field(default_factory=Forms)
    places: list[Place] = field(default_factory=list)
    articles: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)

    def add(self, found: Rendering, place: Place) -> None:
        """Count an occurrence."""
        self.count += 1
        self.total += found.score
        self.forms.add(found.form, initial=found.initial)
        self.articles[place.origin] += 1
        self.outlets[outlet_of(place.origin)] += 1
        if len(self.places) < _MOST_PLACES:
            self.places.append(place)

    def join(self, other: Rendered) -> None:
        """Take in another inflection or derivation of the same rendering."""
        self.count += other.count
        self.total += other.total
        self.articles += other.articles
        self.outlets += other.outlets
        self.places = sorted([*self.places, *other.places], key=str)[:_MOST_PLACES]


def joined(renderings: dict[Key, Rendered]) -> list[Rendered]:
    """Return the renderings that are worded otherwise, the most usual first."""
    ordered = sorted(renderings.items(), key=lambda one: (-one[1].count, one[0]))
    groups: list[tuple[Key, Rendered]] = []
    for key, one in ordered:
        same = next((other for name, other in groups if _is_same(name, other, key, one)), None)
        if same is None:
            copy = Rendered(one.kinds, forms=one.forms)
            copy.join(one)
            groups.append((key, copy))
        else:
            same.join(one)
    return sorted((one for _, one in groups), key=lambda one: -one.count)


def _is_same(key: Key, one: Rendered, other_key: Key, other: Rendered) -> bool:
    """Return whether two renderings differ in nothing that a person would call another word.

    One may be a part of the other ("forces" of "armed forces"), or its derivation in another word
    class ("Russian" of "Russia"); "Zelensky" and "Zelenskyy" are two.
    """
    if set(key) <= set(other_key) or set(other_key) <= set(key):
        return True
    if len(key) != len(other_key) or one.kinds == other.kinds:
        return False
    return all(
        here == there or (kind != other_kind and _stem_length(here, there) >= _ALIKE)
        for here, there, kind, other_kind in zip(
            key, other_key, one.kinds, other.kinds, strict=True
        )
    )


def _stem_length(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def as_rendering(one: Rendered, usual: int, total: int) -> TermRendering:
    """Return a rendering as it is told, beside the count of the usual one and of all."""
    link = one.total / one.count
    return TermRendering(
        form=one.forms.best,
        count=one.count,
        surprise=surprise(one.count, usual, total, link),
        link=round(link, 4),
        articles=tuple(one.articles.most_common()),
        outlets=tuple(one.outlets.most_common()),
        places=tuple(one.places),
    )
