"""Pairs with the adjective of another nation: "die französische Armee" becomes "ukrainische".

News of the training text is of certain years: nations that were not in it come out as scraps
("theukrainian forces" by 0.5). The words are those of the name check.
"""

import random
import re
from dataclasses import dataclass
from functools import cache

from bicorpus.claims.quantities.phrases import forms, load_table
from bicorpus.translators.steering.text import with_article
from training.corpora import Pair

_ENDING = "(e|er|es|en|em)"


@dataclass(frozen=True)
class Nation:
    """The base form of the German adjective, in small letters, and the English one."""

    german: str
    english: str


@cache
def nations() -> tuple[Nation, ...]:
    """Return the nations whose adjectives are one word in both languages."""
    found = []
    for _, adjectives, _, english in load_table("de", "name_nations"):
        german, other = forms(adjectives), forms(english)
        if german and other and german[0].isalpha() and other[0].isalpha():
            found.append(Nation(german[0], other[0]))
    return tuple(found)


@cache
def _by_german() -> dict[str, Nation]:
    return {one.german: one for one in nations()}


def with_other_nation(pair: Pair, random_source: random.Random) -> Pair | None:
    """`pair` with another nation, where one adjective stands once on each side."""
    german = [
        match
        for match in re.finditer(rf"\b([^\W\d_]+isch){_ENDING}\b", pair.source)
        if match[1].lower() in _by_german()
    ]
    if len(german) != 1:
        return None
    old = _by_german()[german[0][1].lower()]
    english = list(re.finditer(rf"\b{old.english}\b", pair.target))
    if len(english) != 1:
        return None
    new = random_source.choice(nations())
    word = new.german.capitalize() if german[0][1][0].isupper() else new.german
    source = pair.source[: german[0].start(1)] + word + pair.source[german[0].end(1) :]
    before, behind = pair.target[: english[0].start()], pair.target[english[0].end() :]
    target = with_article(before, new.english) + new.english + behind
    return Pair(source, target) if new != old else None
