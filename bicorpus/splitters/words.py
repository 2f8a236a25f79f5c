"""The word lists that the splitting rules consult, one object a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bicorpus.data import Language
from bicorpus.languages import load_words


@dataclass(frozen=True, slots=True)
class SplitWords:
    """Word lists of one language; abbreviations are stored with their points, without spaces."""

    titles: frozenset[str]
    abbreviations: frozenset[str]
    endings: tuple[str, ...]
    closers: frozenset[str]
    number_labels: frozenset[str]
    months: frozenset[str]
    ordinal_nouns: frozenset[str]
    determiners: frozenset[str]
    label_nouns: frozenset[str]
    cardinal_cues: frozenset[str]
    agencies: frozenset[str]
    marked_names: tuple[str, ...]
    reporting_verbs: frozenset[str]
    starters: frozenset[str]
    coordinators: frozenset[str]

    @property
    def has_ordinal_points(self) -> bool:
        """Whether a point after a figure can mean "the third" in this language."""
        return bool(self.months)

    def is_starter(self, word: str) -> bool:
        """Whether `word` is capitalised and of a closed class, so that it begins a sentence."""
        return word[:1].isupper() and word.lower() in self.starters


@cache
def split_words(language: Language) -> SplitWords:
    """Return the lists of `language`; raises SettingsError where it has none."""
    return SplitWords(
        titles=_abbreviations(language, "titles"),
        abbreviations=_abbreviations(language, "abbreviations"),
        endings=load_words(language, "split_abbreviation_endings"),
        closers=_abbreviations(language, "closers"),
        number_labels=_abbreviations(language, "number_labels"),
        months=frozenset(load_words(language, "split_months")),
        ordinal_nouns=frozenset(load_words(language, "split_ordinal_nouns")),
        determiners=frozenset(load_words(language, "split_determiners")),
        label_nouns=frozenset(load_words(language, "split_label_nouns")),
        cardinal_cues=frozenset(load_words(language, "split_cardinal_cues")),
        agencies=frozenset(load_words(language, "split_agencies")),
        marked_names=load_words(language, "split_marked_names"),
        reporting_verbs=frozenset(load_words(language, "split_reporting_verbs")),
        starters=frozenset(load_words(language, "split_starters")),
        coordinators=frozenset(load_words(language, "split_coordinators")),
    )


def _abbreviations(language: Language, name: str) -> frozenset[str]:
    return frozenset("".join(entry.split()) for entry in load_words(language, f"split_{name}"))
