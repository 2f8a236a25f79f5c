"""Words of one side that may carry a negation or a hedge of the other.

What one language denies the other may put into a word: "nicht autorisiert" is "unauthorized",
"nicht klar" is "unclear", "konnten" of ability is "could". A finder that reads one side alone
cannot know; a pair can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from bicorpus.data import Language, Span
from bicorpus.languages import load_words

Quality = Literal["negation", "hedging"]
# The words that say it outright come first: they are what a message shows.
_LISTS: dict[Quality, tuple[str, ...]] = {
    "negation": ("check_negations", "check_implied_negations", "claim_negated_by"),
    "hedging": ("check_hedges", "claim_hedged_by"),
}
# Words that begin like those with a negating prefix and have none: "under", "ungefähr".
_UNPREFIXED = re.compile(
    r"un(d|s|ter\w*|ser\w*|gefähr|der\w*|i(t|on|vers)\w*|cles?|gar\w*|fall\w*|fäll\w*)",
    re.IGNORECASE,
)


def carrying_word(
    quality: Quality, text: str, spans: Iterable[Span], language: Language
) -> str | None:
    """Return the first word in `spans` of `text` that denies or hedges, be it by implication.

    None where there is none; a word that does so outright goes before one that implies it.
    """
    places = list(spans)
    for name in _LISTS[quality]:
        for span in places:
            for match in _pattern(name, language).finditer(text, span.start, span.end):
                if not _UNPREFIXED.fullmatch(match[0]):
                    return match[0]
    return None


@cache
def _pattern(name: str, language: Language) -> re.Pattern[str]:
    longest_first = sorted(load_words(language, name), key=len, reverse=True)
    choices = "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in longest_first)
    # "n't" stands inside its word.
    return re.compile(rf"(?:(?<!\w)|(?=n['’]t))(?:{choices})(?!\w)", re.IGNORECASE)
