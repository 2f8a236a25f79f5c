"""What a German word's form and place tell of its part of speech, as numbers that weights judge.

An adjective before its noun is left out without a trace, a verb hardly: the same doubt weighs
more with one than with the other. A tagger would cost more than all other features.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from bicorpus.checks.coverage import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float32]

_INFLECTED = ("e", "en", "er", "em", "es")
_ADJECTIVES = ("lich", "ig", "isch", "weise")
_MARKS = ",.;:"
_LONG = 11


def form_features(words: Words) -> Matrix:
    """Return float32 [words, features] for the words of a German text."""
    size = len(words.spans)
    shown = [words.word(place) for place in range(size)] + ["", ""]
    rows = []
    for place in range(size):
        word, behind, second = shown[place : place + 3]
        is_small = word[0].islower()
        is_inflected = is_small and word.endswith(_INFLECTED)
        end = words.spans[place].end
        rows.append(
            (
                is_small,
                is_small and words.lemmas[place].endswith("n"),
                is_inflected and behind[:1].isupper(),
                is_inflected and behind[:1].islower() and second[:1].isupper(),
                is_small and not is_inflected,
                place + 1 < size and words.is_content[place + 1],
                place > 0 and words.is_content[place - 1],
                word.endswith(_ADJECTIVES),
                place == size - 1,
                words.text[end : end + 1] in _MARKS,
                len(words.lemmas[place]) > _LONG,
            )
        )
    return numpy.array(rows, dtype=numpy.float32).reshape(size, -1)
