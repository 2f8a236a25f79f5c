"""The word lists of the segmenter, read once and turned into what the features ask.

Cues of all languages are used together: pages mix them. A Swiss German page translated to
English prints "Picture: Keystone/AP", a German rendering of a BBC page "via Getty Images".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bicorpus.data import Language
from bicorpus.languages import load_words

CUE_LANGUAGES: tuple[Language, ...] = ("de", "en")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues for one document; patterns match whole lines folded by `fold`."""

    boilerplate: re.Pattern[str]
    boilerplate_sentences: re.Pattern[str]
    related: re.Pattern[str]
    navigation: re.Pattern[str]
    outlets: re.Pattern[str]
    captions: re.Pattern[str]
    sections: frozenset[str]
    agencies: frozenset[str]
    platforms: frozenset[str]
    agency_words: frozenset[str]
    given_names: frozenset[str]
    date_words: frozenset[str]
    openers: frozenset[str]
    credit_label: re.Pattern[str]
    byline_labels: tuple[str, ...]
    byline_openings: tuple[str, ...]


def fold(text: str) -> str:
    """Return `text` without case, with single spaces: the form in which lines are compared."""
    return " ".join(text.split()).casefold()


@cache
def load_lexicon(language: Language) -> Lexicon:
    """Return the cues for documents in `language`.

    Raises SettingsError for a language that has no lists.
    """
    openers = frozenset(load_words(language, "segment_openers"))
    boilerplate = cue_words("boilerplate")
    cues = sorted((fold(word) for word in cue_words("byline_cues")), key=len, reverse=True)
    return Lexicon(
        boilerplate=_any_of(boilerplate),
        boilerplate_sentences=_any_of([entry for entry in boilerplate if _is_telling(entry)]),
        related=_any_of(cue_words("related")),
        navigation=_any_of(cue_words("navigation")),
        outlets=_any_of(cue_words("outlets")),
        captions=_any_of(cue_words("caption_cues")),
        sections=frozenset(map(fold, cue_words("sections"))),
        agencies=frozenset(map(fold, cue_words("agencies"))),
        platforms=frozenset(map(fold, cue_words("platforms"))),
        agency_words=frozenset(
            fold(" ".join(cue_words("agencies") + cue_words("platforms"))).split()
        ),
        given_names=frozenset(map(fold, cue_words("given_names"))),
        date_words=frozenset(map(fold, cue_words("date_words"))),
        openers=openers,
        credit_label=_credit_label(cue_words("credit_cues")),
        byline_labels=tuple(cue for cue in cues if cue.endswith(":")),
        byline_openings=tuple(f"{cue} " for cue in cues if not cue.endswith(":")),
    )


@cache
def cue_words(name: str) -> tuple[str, ...]:
    """Return the entries of the list `segment_<name>` of all languages."""
    return tuple(
        word for language in CUE_LANGUAGES for word in load_words(language, f"segment_{name}")
    )


def _any_of(entries: Iterable[str]) -> re.Pattern[str]:
    """Compile entries in which * stands for any text."""
    patterns = [re.escape(fold(entry)).replace(r"\*", ".*") for entry in entries]
    return re.compile("|".join(patterns) or r"(?!)")


def _is_telling(entry: str) -> bool:
    """Whether the entry is specific enough to take a full sentence out of the article.

    "Mehr von *" may open a sentence of the author's; "Wir verwenden Cookies*" does not.
    """
    return len(entry.split()) >= 3 or ":" in entry or entry.startswith("*") or "*" not in entry


def _credit_label(cues: Iterable[str]) -> re.Pattern[str]:
    labels = "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?:(?:{labels})\s*:|(?:image|video)\s+source\s*,|©|\(c\)|copyright\b)\s*",
        re.IGNORECASE,
    )
