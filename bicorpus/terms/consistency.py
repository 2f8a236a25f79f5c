"""Is a word rendered one way? Gathers the renderings of every recurring term of a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bicorpus.data import Language
from bicorpus.terms.candidates.corpus import Place
from bicorpus.terms.candidates.extraction import Key, find_phrases
from bicorpus.terms.candidates.forms import Forms, article_before, dictionary_form
from bicorpus.terms.candidates.words import (
    ADJECTIVE,
    VERB,
    weak_words,
)
from bicorpus.terms.consistency_renderings import Consistency, Rendered, as_rendering, joined
from bicorpus.terms.index import TermIndex
from bicorpus.terms.lossy import drop_rare
from bicorpus.terms.renderings import (
    BeadWords,
    LinkedBead,
    begins_sentence,
    join_words,
)

# Terms held at a time, some 2 KB each; see `candidates.corpus`.
MOST_HELD = 200_000
_MOST_RENDERINGS = 60


@dataclass(slots=True)
class _Held:
    kinds: str
    count: int = 0
    forms: Forms = field(default_factory=Forms)
    renderings: dict[Key, Rendered] = field(default_factory=dict)


class Renderings:
    """Gathers the renderings of all terms over a corpus, bead by bead, in bounded memory.

    With `glossary`, texts of source terms, only these are looked at, and whatever they are.
    """

    def __init__(
        self, language: Language, *, glossary: Iterable[str] = (), most_held: int = MOST_HELD
    ) -> None:
        self.language = language
        self.beads = 0
        self.linked = 0
        self.dropped = 0
        self._most_held = most_held
        self._held: dict[Key, _Held] = {}
        self._glossary = tuple(dict.fromkeys(glossary))
        self._index = TermIndex(list(enumerate(self._glossary)), language)

    def add(self, bead: BeadWords) -> None:
        """Take in a bead; one without word links counts, and tells nothing."""
        self.beads += 1
        if not bead.links:
            return
        self.linked += 1
        links = LinkedBead(bead)
        place = Place(bead.origin, bead.number)
        for first, last, key in self._terms(bead):
            self._count(first, last, key, (bead, links, place))
        self.dropped += drop_rare(self._held, self._most_held)

    def _terms(self, bead: BeadWords) -> Iterator[tuple[int, int, Key]]:
        """Yield first word, last word and key of the terms of a bead."""
        if self._glossary:
            for one in self._index.find(bead.text):
                inside = [
                    number
                    for number, word in enumerate(bead.words)
                    if word.span.start < one.span.end and one.span.start < word.span.end
                ]
                yield inside[0], inside[-1], (self._glossary[one.entry],)
            return
        for phrase in find_phrases(bead.words, self.language):
            yield phrase.first, phrase.last, phrase.key
        weak = {kind: weak_words(self.language, kind) for kind in (VERB, ADJECTIVE)}
        for number, word in enumerate(bead.words):
            if word.kind in weak and word.key not in weak[word.kind]:
                yield number, number, (word.key,)

    def _count(
        self, first: int, last: int, key: Key, at: tuple[BeadWords, LinkedBead, Place]
    ) -> None:
        bead, links, place = at
        stretch = bead.words[first : last + 1]
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = _Held("".join(word.kind for word in stretch))
        held.count += 1
        held.forms.add(
            join_words(stretch),
            initial=begins_sentence(bead.words, first),
            article=article_before(bead.words, first),
        )
        found = links.rendering(first, last)
        if found is None:
            return
        if found.key not in held.renderings and len(held.renderings) >= _MOST_RENDERINGS:
            return
        held.renderings.setdefault(found.key, Rendered(found.kinds)).add(found, place)

    def terms(self, *, at_least: int = 3) -> list[Consistency]:
        """Return the terms that were met `at_least` times, with links, the oddest first."""
        found: list[tuple[Key, Consistency]] = []
        for key, held in self._held.items():
            if held.count >= at_least and held.renderings:
                found.append((key, self._term(key, held)))
        kept = found if self._glossary else list(_without_repeats(found))
        kept.sort(key=lambda one: (-one[1].surprise, -one[1].count, one[1].form))
        return [one for _, one in kept]

    def _term(self, key: Key, held: _Held) -> Consistency:
        form = key[0] if self._glossary else _shown(held.forms, key, held.kinds, self.language)
        groups = joined(held.renderings)
        total = sum(one.count for one in groups)
        usual = groups[0].count
        renderings = [as_rendering(one, usual, total) for one in groups]
        ways = Counter(origin for one in groups for origin in one.articles)
        return Consistency(
            form=form,
            count=held.count,
            unlinked=held.count - total,
            mixed=sum(1 for count in ways.values() if count > 1),
            renderings=(
                renderings[0],
                *sorted(renderings[1:], key=lambda one: (-one.surprise, one.form)),
            ),
        )


def _shown(forms: Forms, key: Key, kinds: str, language: Language) -> str:
    """Return how a term is shown; verbs and adjectives by their lemma."""
    return key[0] if kinds in (VERB, ADJECTIVE) else dictionary_form(forms, key, kinds, language)


def _without_repeats(
    found: list[tuple[Key, Consistency]],
) -> Iterator[tuple[Key, Consistency]]:
    """Yield the terms, but for those whose odd places are all told of by a longer one."""
    told: dict[str, set[Place]] = {}
    for key, one in sorted(found, key=lambda item: (-len(item[0]), item[0])):
        odd = {place for other in one.renderings[1:] for place in other.places}
        if odd and all(odd <= told.get(word, set()) for word in key):
            continue
        for word in key:
            told.setdefault(word, set()).update(odd)
        yield key, one
