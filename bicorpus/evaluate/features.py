"""What a segment holds that a translation can lose: figures, names, negation, quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bicorpus.checks.negation import find_denials
from bicorpus.claims.names.finding import find_names
from bicorpus.claims.quantities.reading import read_quantities
from bicorpus.data import Language
from bicorpus.errors import SettingsError

_QUOTES = re.compile("[\"„“”«»‹›]|(?<!\\w)['‚‘](?=\\w)")
# Upper ends, in words, of the groups by length; the last group has no end.
_LENGTHS = (10, 20, 30, 40)
# The name finder reads any other language as English.
_NAMED = frozenset({"de", "en"})

Holds = Callable[[str, Language], bool]


def holds_figures(text: str, language: Language) -> bool:
    """Return whether there is a quantity in `text`, in digits or in words."""
    return bool(read_quantities(text, language).quantities)


def holds_negation(text: str, language: Language) -> bool:
    """Return whether a word of `text` denies; "nicht nur" and the like do not."""
    found = find_denials(text, language)
    return bool(found.plain or found.undone)


def holds_names(text: str, language: Language) -> bool:
    """Return whether there is the name of a person, a place or an organisation in `text`."""
    return bool(find_names(text, language))


def holds_quotes(text: str, language: Language) -> bool:  # noqa: ARG001 - as the others
    """Return whether there is a quotation mark in `text`; an apostrophe is none."""
    return bool(_QUOTES.search(text))


FEATURES: dict[str, Holds] = {
    "figures": holds_figures,
    "names": holds_names,
    "negation": holds_negation,
    "quotes": holds_quotes,
}
"""What segments are told apart by; each needs word lists for the language."""

FEATURE_OF_CHECK = {"figure": "figures", "name": "names", "negation": "negation"}
"""The feature that a check is about: its findings are rated over the lines that hold it, too."""


def features_of(
    lines: Iterable[str], language: Language
) -> tuple[dict[str, tuple[bool, ...]], tuple[str, ...]]:
    """Return for each feature which lines hold it, and the features that cannot be told.

    A feature cannot be told in a language without word lists for it.
    """
    texts = list(lines)
    held, missing = {}, []
    for name, holds in FEATURES.items():
        if name == "names" and language not in _NAMED:
            missing.append(name)
            continue
        try:
            held[name] = tuple(holds(text, language) for text in texts)
        except SettingsError:
            missing.append(name)
    return held, tuple(missing)


def length_groups(lines: Iterable[str]) -> Iterator[str]:
    """Yield for each line the group of its number of words: "1-10", "11-20", …, "41 or more"."""
    for line in lines:
        count = len(line.split())
        end = next((end for end in _LENGTHS if count <= end), None)
        yield f"{end - 9}-{end} words" if end else f"{_LENGTHS[-1] + 1} or more words"
