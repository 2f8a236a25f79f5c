"""Capitals that the decoder leaves out: of nations, as in "ukrainisch", and where a text begins."""

from __future__ import annotations

import re
from functools import cache

from bicorpus.claims.names.gazetteer import gazetteer

_WORD = re.compile(r"[^\W\d_]+")
_FIRST = re.compile(r"[^\W_]+")


def with_capital_nations(source: str, target: str) -> str:
    """Return English with "ukrainian" as "Ukrainian", and "north Korean" as "North Korean".

    Only nations that the German `source` names are touched, so that "polish" may stay a verb.
    """
    keys = _german_keys(source)
    if not keys:
        return target
    words = list(_WORD.finditer(target))
    made, at = "", 0
    for match, behind in zip(words, [*words[1:], None], strict=True):
        word = match.group()
        if word[0].isupper():
            continue
        capital = word.capitalize()
        follows = behind is not None and target[match.end() : behind.start()] == " "
        pair = (capital, behind.group()) if behind is not None and follows else (capital,)
        if (_known("en", (capital,)) | _known("en", pair)) & keys:
            made += target[at : match.start()] + capital
            at = match.end()
    return made + target[at:]


def with_capital_start(source: str, target: str) -> str:
    """Return `target` with a capital where `source` begins with one; "iPhone" stays."""
    ours, theirs = _FIRST.search(target), _FIRST.search(source)
    if ours is None or theirs is None or not theirs.group()[0].isupper():
        return target
    if not ours.group().islower() or not ours.group()[0].isalpha():
        return target
    return target[: ours.start()] + ours.group()[0].upper() + target[ours.start() + 1 :]


def _german_keys(text: str) -> frozenset[str]:
    found = [_known("de", (word,)) for word in _WORD.findall(text)]
    return frozenset().union(*found)


@cache
def _known(language: str, words: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the nations that an adjective or a name of inhabitants stands for."""
    return frozenset(one.key for one in gazetteer(language).get(words) if one.kind is None)
