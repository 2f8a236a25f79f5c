"""Gathers term candidates over a corpus, bead by bead, in bounded memory, and ranks them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bicorpus.data import Language
from bicorpus.terms.candidates.extraction import (
    Key,
    Phrase,
    c_values,
    find_phrases,
    joint_of,
    termhood,
)
from bicorpus.terms.candidates.forms import Forms, article_before, dictionary_form
from bicorpus.terms.candidates.words import ARTICLE, FUSED, MARK, NAME, NOUN, PREPOSITION
from bicorpus.terms.keyness import keyness, load_background
from bicorpus.terms.lossy import drop_rare
from bicorpus.terms.renderings import BeadWords, LinkedBead, Rendering, begins_sentence, join_words

# Phrases held at a time, 1 to 2 KB each. Where there are more, those met only once so far go,
# and the number of them is told.
MOST_HELD = 200_000
# "Institut für Kriegsstudien" is most of what is said of an "Institut", and so a term; "Angriff auf
# Stellungen" is one of many attacks.
_SHARE = 0.3
_FEWEST = 3
_MOST_RENDERINGS = 30
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands: a file, and the number of the bead (of the sentence, for one alone)."""

    origin: str
    number: int

    def __str__(self) -> str:
        return f"{self.origin}, {self.number}"


@dataclass(frozen=True, slots=True)
class CandidateRendering:
    """A rendering: how often it was met, and the mean score of its links."""

    form: str
    support: int
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be a term.

    `score` is its termhood, `c_value` and `keyness` the parts of that. `count` is how often it was
    met in `articles` articles; `renderings` has the most usual first, and is None where nothing was
    linked. `kind` is "name", "term", or "phrase" (of several words).
    """

    form: str
    language: Language
    kind: str
    count: int
    articles: int
    score: float
    c_value: float
    keyness: float
    places: tuple[Place, ...]
    renderings: tuple[CandidateRendering, ...] | None = None


@dataclass(slots=True)
class _Rendered:
    support: int = 0
    total: float = 0.0
    forms: Forms = field(default_factory=Forms)


@dataclass(slots=True)
class _Held:
    """What is known of a phrase so far."""

    kinds: str
    count: int = 0
    articles: int = 0
    last_article: int = -1
    forms: Forms = field(default_factory=Forms)
    places: list[Place] = field(default_factory=list)
    renderings: dict[Key, _Rendered] = field(default_factory=dict)

    def add_rendering(self, found: Rendering) -> None:
        if found.key not in self.renderings and len(self.renderings) >= _MOST_RENDERINGS:
            return
        rendered = self.renderings.setdefault(found.key, _Rendered())
        rendered.support += 1
        rendered.total += found.score
        rendered.forms.add(found.form, initial=found.initial)

    def joined(self, other: _Held) -> _Held:
        """Return what is known of this phrase and another that looks the same."""
        made = _Held(
            self.kinds,
            self.count + other.count,
            max(self.articles, other.articles),
            forms=self.forms,
            places=sorted([*self.places, *other.places], key=str)[:_MOST_PLACES],
        )
        for one in (self, other):
            for key, rendered in one.renderings.items():
                into = made.renderings.setdefault(key, _Rendered(forms=rendered.forms))
                into.support += rendered.support
                into.total += rendered.total
        return made


def _kind(kinds: str, language: Language) -> str:
    """Return "name" for what is, or ends, or in German begins with, a name: "Präsident Merkel"."""
    if not kinds.strip(NOUN + NAME) and (
        kinds[-1] == NAME or (language == "de" and kinds[0] == NAME)
    ):
        return "name"
    return "phrase" if len(kinds) > 1 else "term"


class Gathered:
    """The phrases of one language, and how often each word was met."""

    def __init__(
        self, language: Language, *, has_target: bool = False, most_held: int = MOST_HELD
    ) -> None:
        self.language = language
        self.has_target = has_target
        self.beads = 0
        self.linked = 0
        self.dropped = 0
        self.words: Counter[str] = Counter()
        self._most_held = most_held
        self._held: dict[Key, _Held] = {}

    def add(self, bead: BeadWords) -> None:
        """Take in the phrases of a bead's source, or of a sentence alone."""
        self.beads += 1
        self.linked += bool(bead.links)
        self.words.update(word.key for word in bead.words if word.kind != MARK)
        links = LinkedBead(bead) if bead.links else None
        for phrase in find_phrases(bead.words, self.language):
            self._count(phrase, bead, links)
        self.dropped += drop_rare(self._held, self._most_held)

    def _count(self, phrase: Phrase, bead: BeadWords, links: LinkedBead | None) -> None:
        held = self._held.get(phrase.key)
        if held is None:
            held = self._held[phrase.key] = _Held(phrase.kinds)
        held.count += 1
        if bead.article != held.last_article:
            held.last_article = bead.article
            held.articles += 1
        stretch = bead.words[phrase.first : phrase.last + 1]
        article = article_before(bead.words, phrase.first)
        initial = begins_sentence(bead.words, phrase.first)
        held.forms.add(join_words(stretch), initial=initial, article=article)
        if len(held.places) < _MOST_PLACES:
            held.places.append(Place(bead.origin, bead.number))
        rendering = links.rendering(phrase.first, phrase.last) if links else None
        if rendering:
            held.add_rendering(rendering)

    def candidates(self, *, at_least: int = 2) -> list[Candidate]:
        """Return the candidates met `at_least` times, the best first; of equal ones by the name."""
        background = load_background(self.language)
        total = self.words.total()
        shown = self._shown(at_least)
        values = c_values({key: held.count for key, held in shown.items()})
        found = []
        for key, value in values.items():
            held = shown[key]
            kinds = held.kinds.replace(ARTICLE, "")
            content = [word for word, kind in zip(key, kinds, strict=True) if kind in "ANE"]
            keynesses = [keyness(self.words[word], total, word, background) for word in content]
            score = termhood(value, keynesses)
            if score > 0:
                mean = sum(keynesses) / len(keynesses)
                found.append(self._candidate(key, held, (score, value, mean)))
        return sorted(found, key=lambda one: (-one.score, -one.count, one.form))

    def _shown(self, at_least: int) -> dict[Key, _Held]:
        """Return the phrases to rank; those that look the same in spite of their tags are one.

        A name that the tagger takes for a noun now and then has two lemmas.
        """
        counted = [
            (key, held)
            for key, held in self._held.items()
            if held.count >= at_least and self._is_one(key, held.count)
        ]
        counted.sort(key=lambda one: (-one[1].count, one[0]))
        by_form: dict[str, Key] = {}
        shown: dict[Key, _Held] = {}
        for key, held in counted:
            first = by_form.setdefault(self._form(key, held).casefold(), key)
            shown[first] = shown[first].joined(held) if first in shown else held
        return shown

    def _form(self, key: Key, held: _Held) -> str:
        return dictionary_form(held.forms, key, held.kinds, self.language)

    def _is_one(self, key: Key, count: int) -> bool:
        """Return whether a phrase with a joint is more than two that happened to meet."""
        kinds = self._held[key].kinds
        joint = joint_of(kinds)
        if joint >= len(kinds):
            return True
        if kinds[joint] in (PREPOSITION, FUSED) and count < _FEWEST:
            return False
        return count >= _SHARE * self.words[key[joint - 1]]

    def _candidate(self, key: Key, held: _Held, values: tuple[float, float, float]) -> Candidate:
        score, c_value, mean = values
        return Candidate(
            form=self._form(key, held),
            language=self.language,
            kind=_kind(held.kinds, self.language),
            count=held.count,
            articles=held.articles,
            score=score,
            c_value=round(c_value, 4),
            keyness=round(mean, 4),
            places=tuple(held.places),
            renderings=tuple(_renderings(held)) if self.linked else None,
        )


def _renderings(held: _Held) -> Iterator[CandidateRendering]:
    rendered = [
        CandidateRendering(one.forms.best, one.support, round(one.total / one.support, 4))
        for one in held.renderings.values()
    ]
    yield from sorted(rendered, key=lambda one: (-one.support, -one.score, one.form))


def gather(beads: Iterable[BeadWords], *, most_held: int = MOST_HELD) -> list[Gathered]:
    """Return what was gathered in each language: of pairs the source's, of articles alone theirs.

    A language whose articles are never part of a pair stands by itself.
    """
    found: dict[tuple[Language, bool], Gathered] = {}
    for bead in beads:
        key = bead.language, bead.has_target
        if key not in found:
            found[key] = Gathered(bead.language, has_target=bead.has_target, most_held=most_held)
        found[key].add(bead)
    return list(found.values())
