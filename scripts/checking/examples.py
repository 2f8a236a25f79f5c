"""Good translations, and the same damaged on purpose, with what the models say of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from bicorpus.checks.contrast import NO_CONTRASTS, Contrasts
from bicorpus.checks.coverage import Coverage, cover
from bicorpus.checks.evidence import TokenEncoder, gather
from bicorpus.checks.forced import ForcedDecoder
from bicorpus.checks.forecast import Forecast
from bicorpus.checks.words import find_words
from bicorpus.lemmatizers.hanta import HantaLemmatizer
from scripts.checking.damage import (
    Damaged,
    Modifiers,
    Neighbours,
    damage,
    drop_modifier,
    insert_modifier,
)
from scripts.checking.pairs import KEPT_OUT

Table = NDArray[numpy.float32]
# Pairs of each corpus: what is nearest to news leads, software and talk make up a third.
MOST = {
    "tatoeba": 1500, "europarl7-first20k": 1500, "docs-debian-web": 700, "docs-mdn": 200,
    "docs-ms-bc": 200, "suttacentral": 200, "dialog-bcontrast": 200, "docs-rustbook": 200,
}  # fmt: skip
FEWEST_WORDS, MOST_WORDS = 7, 60
PAIRS = 2400
BLOCK = 256
# A dropped word's source is the word that it was linked to so strongly.
LINKED = 0.75


@dataclass
class Example:
    """A text with what models say of it, and what is amiss with it.

    `tables` hold what is judged by each weights (the rows that count), `labels` what is amiss.
    """

    coverage: Coverage
    forecast: Forecast
    lost: int | None = None
    added: int | None = None
    missing: int | None = None
    is_damaged: bool = False
    contrasts: Contrasts = NO_CONTRASTS
    tables: dict[str, Table] = field(default_factory=dict)
    labels: dict[str, Table] = field(default_factory=dict)

    def amiss(self, name: str) -> int | None:
        """Return the number of what is amiss, of what these weights judge."""
        kind = name.partition("+")[0]
        return {"omission": self.lost, "addition": self.added, "break": self.missing}[kind]

    def add(self, name: str, table: Table, rows: Sequence[int]) -> None:
        """Keep these rows of a table."""
        self.tables[name] = table[list(rows)]
        amiss = [float(row == self.amiss(name)) for row in rows]
        self.labels[name] = numpy.array(amiss, dtype=numpy.float32)


def choose(pairs: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Return the pairs that the lexicon has not seen, of some length, by the shares above."""
    counts: Counter[str] = Counter()
    chosen = []
    for place, (corpus, source, target) in enumerate(pairs):
        length = len(find_words(target))
        is_fit = place % KEPT_OUT == 0 and FEWEST_WORDS <= length <= MOST_WORDS
        if is_fit and counts[corpus] < MOST.get(corpus, 2000):
            counts[corpus] += 1
            chosen.append((source, target))
    random.Random(9).shuffle(chosen)  # noqa: S311 - not cryptography
    return chosen[:PAIRS]


def make_examples(
    pairs: Sequence[tuple[str, str]], encoder: TokenEncoder, decoder: ForcedDecoder
) -> Iterator[Example]:
    """Yield the features of each pair, and of the same damaged in up to four ways.

    Twice any word may be; then an adjective or adverb goes, and one comes.
    """
    chance = random.Random(1)  # noqa: S311 - not cryptography
    neighbours = Neighbours(target for _, target in pairs)
    tagger = HantaLemmatizer()

    def tags(text: str) -> list[str]:
        words = [span.of(text) for span in find_words(text)]
        return [one.tag for one in tagger.tag(words, "en")]

    tagged = [(target, tags(target)) for _, target in pairs]
    modifiers = Modifiers(tagged)
    for start in range(0, len(pairs), BLOCK):
        block = pairs[start : start + BLOCK]
        damages = [
            (
                damage(target, neighbours, chance),
                damage(target, neighbours, chance),
                drop_modifier(target, known, chance),
                insert_modifier(target, known, modifiers, chance),
            )
            for target, known in tagged[start : start + BLOCK]
        ]
        bad = [(s, one.text) for (s, _), some in zip(block, damages, strict=True)
               for one in some if one]  # fmt: skip
        together = [*block, *bad]
        vectors = gather(together, encoder=encoder)
        covers = [
            cover(*pair, one.similarities)
            for pair, one in zip(together, vectors, strict=True)
            if one.similarities is not None
        ]
        # Not as evidence: that would ask about the words that the old weights doubt.
        found = decoder.forecast(together)
        rest = iter(zip(covers[len(block) :], found[len(block) :], strict=True))
        for good, one, hows in zip(covers, found, damages, strict=False):
            yield Example(good, one)
            for how in filter(None, hows):
                yield _damaged(Example(*next(rest)), how, good)


def _damaged(example: Example, how: Damaged, good: Coverage) -> Example:
    """Return the example with what is amiss; `good` is the text before it was damaged."""
    example.is_damaged = True
    example.added = how.after
    if how.before is not None:
        links = good.strength[:, how.before]
        example.lost = int(links.argmax()) if links.max() > LINKED else None
    if how.kind == "dropped":
        example.missing = how.before
    return example
