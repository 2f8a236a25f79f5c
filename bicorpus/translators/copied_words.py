"""German words that an English rendering has as they stand, though a dictionary has English."""

from __future__ import annotations

from functools import lru_cache

from bicorpus.checks.name_use import stands_as_name
from bicorpus.checks.words import find_words
from bicorpus.data import Span
from bicorpus.models.glosses import Glosses

_SHORTEST = 4
_REMEMBERED = 1 << 16


class CopiedWords:
    """Counts them by a package's dictionary; what is written alike in English is none of them."""

    def __init__(self, glosses: Glosses) -> None:
        self._glosses = glosses
        self._has_english = lru_cache(_REMEMBERED)(self._look_up)

    def count(self, source: str, target: str) -> int:
        """Return how many words of `source` stand untranslated in `target`, names aside."""
        there: dict[str, Span] = {}
        for span in find_words(target):
            there.setdefault(span.of(target), span)
        return sum(
            word in there
            and self._has_english(word)
            and not stands_as_name(source, span, target, there[word])
            for span, word in ((span, span.of(source)) for span in find_words(source))
        )

    def _look_up(self, word: str) -> bool:
        is_told = len(word) >= _SHORTEST and not word.isupper()
        return is_told and bool(self._glosses.translate(word))
