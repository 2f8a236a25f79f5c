"""Sentence splitting by rules for German and English; other languages go to sentencex."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from bicorpus.data import Language, Span
from bicorpus.splitters.decisions import RULES
from bicorpus.splitters.lines import split_lines
from bicorpus.splitters.places import Place, Places
from bicorpus.splitters.sentencex import SentencexSplitter
from bicorpus.splitters.words import SplitWords, split_words

LANGUAGES = ("de", "en")

VERSION = 1
"""Goes up by one with any change of the rules that moves a boundary."""


class RuleSplitter:
    """Finds sentences by looking at each mark that could end one, and asking rule after rule."""

    def __init__(self) -> None:
        self.signature = f"rules-{VERSION},words:{_fingerprint()}+sentencex-{version('sentencex')}"

    def split(self, text: str, language: Language) -> list[Span]:
        """Return the spans of the sentences of `text`, in code points, in order.

        Raises SettingsError for a language that neither we nor sentencex have rules for.
        """
        if language not in LANGUAGES:
            return SentencexSplitter().split(text, language)
        words = split_words(language)
        lines = split_lines(text, words.determiners)
        return [span for line in lines for span in _sentences(text, line, words)]


@cache
def _fingerprint() -> str:
    """Return 8 hexadecimal digits that change with any entry of the word lists."""
    lists = [sorted(value) for language in LANGUAGES for value in astuple(split_words(language))]
    return sha256(repr(lists).encode()).hexdigest()[:8]


def _sentences(text: str, line: Span, words: SplitWords) -> Iterator[Span]:
    places = Places(text, line)
    for place in places:
        if _ends_sentence(place, words):
            yield Span(places.sentence_start, place.end)
            places.sentence_start = place.next_start
    yield Span(places.sentence_start, line.end)


def _ends_sentence(place: Place, words: SplitWords) -> bool:
    for rule in RULES:
        verdict = rule(place, words)
        if verdict is not None:
            return verdict
    return True
