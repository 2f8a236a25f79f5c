"""Word lists of the grammar of quantities as tables of phrases, found at a place in the tokens."""

from __future__ import annotations

from functools import cache
from typing import Generic, TypeVar

from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.data import Language
from bicorpus.languages import load_words

Payload = TypeVar("Payload")


class Phrases(Generic[Payload]):
    """Phrases of one or more tokens, found by their first (for `before`, their last) token."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}

    def add(self, phrase: str, payload: Payload, language: Language) -> None:
        """Add a phrase; of those that fit at a place, the longest wins, then the first added."""
        tokens = Tokens(phrase, language)
        words = tuple(tokens.folded(index) for index in range(len(tokens)))
        for table, key in ((self._by_first, words[0]), (self._by_last, words[-1])):
            entries = table.setdefault(key, [])
            if all(words != known for known, _ in entries):
                entries.append((words, payload))
                entries.sort(key=lambda entry: -len(entry[0]))

    @property
    def firsts(self) -> frozenset[str]:
        """The first tokens of all phrases."""
        return frozenset(self._by_first)

    def at(self, tokens: Tokens, index: int) -> tuple[int, Payload] | None:
        """Return the end and payload of the longest phrase that begins at `index`."""
        for words, payload in self._by_first.get(tokens.folded(index), ()):
            if all(tokens.folded(index + offset) == word for offset, word in enumerate(words)):
                return index + len(words), payload
        return None

    def before(self, tokens: Tokens, index: int) -> tuple[int, Payload] | None:
        """Return the start and payload of the longest phrase that ends right before `index`."""
        for words, payload in self._by_last.get(tokens.folded(index - 1), ()):
            start = index - len(words)
            if all(tokens.folded(start + offset) == word for offset, word in enumerate(words)):
                return start, payload
        return None


def load_table(language: Language, name: str) -> list[list[str]]:
    """Return the rows of a word list as their columns, which tabs separate."""
    return [line.split("\t") for line in load_words(language, name)]


def forms(column: str) -> list[str]:
    """Return the forms in a column, which commas separate."""
    return [form.strip() for form in column.split(",") if form.strip()]


@cache
def words(language: Language, name: str) -> frozenset[str]:
    """Return the entries of a plain word list in lower case."""
    return frozenset(word.lower() for word in load_words(language, name))


@cache
def phrases(language: Language, name: str) -> Phrases[str]:
    """Return the phrases of a list whose rows are a payload, a tab, and its forms."""
    table: Phrases[str] = Phrases()
    for payload, column in load_table(language, name):
        for form in forms(column):
            table.add(form, payload, language)
    return table


@cache
def label_phrases(language: Language) -> Phrases[str]:
    """Return the words behind which a figure names and does not count ("Artikel", "No.")."""
    table: Phrases[str] = Phrases()
    for word in load_words(language, "quantity_labels"):
        table.add(word, word, language)
    return table
