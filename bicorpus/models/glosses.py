"""Glosses: English words from a dictionary, handed to the translator beside rare German words.

A small translator knows the words that its training text has often. For the others a dictionary is
a better memory than weights are: before a noun that it has seldom or never seen stand, between
marks, up to two words that the dictionary has for it. The translator was trained on text with such
glosses and has learned when to follow them (Dinu et al., 2019; Zhong and Chiang, 2020). A package
with a `glosses.tsv.xz` is used so; others never see one.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bicorpus.data import Span
from bicorpus.errors import ModelError

GLOSSES = "glosses.tsv.xz"
# Bytes that no text has; a vocabulary with byte fallback has a piece for each.
BEGIN, OR, END = "<0x02>", "<0x04>", "<0x03>"
# More alternatives are seldom right, and every piece costs time.
MOST = 2
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CHUNK = re.compile(r"\S+")
_ENDINGS = ("ern", "en", "er", "es", "em", "e", "n", "s")
_SHORTEST_STEM = 4
# Compounds: the first part without what links it to the second.
_SHORTEST_COMPOUND = 9
_SHORTEST_HEAD = 4
_SHORTEST_PART = 4
# What ends so and no dictionary has is a town: Eisenhüttenstadt is no "ice cream city".
_PLACES = ("stadt", "burg", "berg", "dorf", "hausen", "heim", "bach", "furt", "feld", "kirchen")
_LINKS = ("", "s", "es", "n", "en", "er")
_REMEMBERED = 1 << 16


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a dictionary has for a word of a text: the word's place, and English, best first."""

    span: Span
    english: tuple[str, ...]


class Glosses:
    """A dictionary, and the words that need none since the translator knows them."""

    def __init__(self, words: Mapping[str, Sequence[str]], known: Iterable[str]) -> None:
        """Take English for German words in their basic form, and the known forms as they stand."""
        self._words = {german: tuple(english[:MOST]) for german, english in words.items()}
        self._folded: dict[str, str] = {}
        for german in self._words:
            self._folded.setdefault(german.lower(), german)
        self._joined = frozenset(word.removesuffix("s") for word in self._words if "-" in word)
        self._known = frozenset(known)
        self._of = lru_cache(_REMEMBERED)(self._look_up)

    @classmethod
    def of_package(cls, folder: Path) -> Glosses | None:
        """Return the glosses in a package's folder, None where it has none."""
        path = folder / GLOSSES
        return cls.read(path) if path.is_file() else None

    @classmethod
    def read(cls, path: Path) -> Glosses:
        """Read what `write` wrote.

        Raises:
            ModelError: it is no such file, or it is damaged.

        """
        words: dict[str, list[str]] = {}
        known = []
        try:
            with lzma.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    german, *english = line.rstrip("\n").split("\t")
                    if english:
                        words[german] = english
                    else:
                        known.append(german)
        except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
            raise ModelError(
                f'The glosses in "{path}" cannot be read: {error}.',
                next_step="`bicorpus models verify` says which file is damaged.",
            ) from error
        return cls(words, known)

    def write(self, path: Path) -> None:
        """Write an xz file: a word with its English a line, by tabs; a known form alone."""
        lines = ["\t".join((german, *english)) for german, english in self._words.items()]
        text = "\n".join([*sorted(lines), *sorted(self._known)]) + "\n"
        path.write_bytes(lzma.compress(text.encode(), preset=9))

    def find(self, text: str) -> list[Gloss]:
        """Return the glosses of the capitalised words of `text` that are not known, in order."""
        found = []
        for match in _JOINED.finditer(text):
            whole = match.group()
            # A name like "Rheinland-Pfalz" is looked up as one; what is not known so, in parts.
            for part in (match,) if self.is_joined_name(whole) else _WORD.finditer(text, *match.span()):
                english = self._of(part.group())
                if english:
                    found.append(Gloss(Span(*part.span()), english))
        return found

    def is_joined_name(self, word: str) -> bool:
        """Return whether a word with hyphens is one name, in any case."""
        return "-" in word and word.removesuffix("s") in self._joined

    def _look_up(self, word: str) -> tuple[str, ...]:
        # Nouns alone: what the dictionary has first for a verb or an adjective is wrong too often,
        # and costs more than it gains (docs/training.md).
        if not word[0].isupper() or word.isupper():
            return ()
        if len(word) < _SHORTEST or word in self._known:
            return ()
        return self.translate(word)

    def translate(self, word: str) -> tuple[str, ...]:
        """Return what the dictionary has for a word in any form, or for a compound's parts.

        Nothing for a word that English has, too: "Frankfurt" as "Frankfurt am Main" would add what
        is not there.
        """
        english = self._simple(word) or self._compound(word)
        itself = word.lower()
        return () if any(itself in one.lower().split() for one in english) else english

    def _simple(self, word: str) -> tuple[str, ...]:
        """Return the English of a word in any of its forms."""
        import simplemma

        lemma = simplemma.lemmatize(word, lang="de")
        for form in (word, word.lower(), lemma, lemma.lower(), lemma.capitalize()):
            if form in self._words:
                return self._words[form]
        for ending in _ENDINGS:
            stem = word.lower().removesuffix(ending)
            if len(word) - len(stem) == len(ending) and len(stem) >= _SHORTEST_STEM:
                base = self._folded.get(stem)
                if base is not None:
                    return self._words[base]
        return ()

    def _compound(self, word: str) -> tuple[str, ...]:
        """Return the English of a compound's two parts, the longest second part that is known."""
        if len(word) < _SHORTEST_COMPOUND or word.lower().endswith(_PLACES):
            return ()
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_HEAD + 1):
            head = self._simple(word[cut:].capitalize())
            first = self._first_part(word[:cut].lower()) if head else None
            if first is not None:
                return (f"{first} {head[0]}",)
        return ()

    def _first_part(self, part: str) -> str | None:
        for link in _LINKS:
            stem = part.removesuffix(link) if link else part
            if link and stem == part:
                continue
            for form in (stem, stem + "e", stem + "en"):
                base = self._folded.get(form) if len(stem) >= _SHORTEST else None
                if base is not None:
                    return self._words[base][0]
        return None


class GlossedPieces:
    """A SentencePiece vocabulary that puts glosses into what it encodes."""

    def __init__(self, pieces: Any, glosses: Glosses | None) -> None:
        """Take the vocabulary, and the glosses if there are any."""
        self._pieces, self._glosses = pieces, glosses
        self.are_glossed = glosses is not None

    def placed(self, text: str) -> list[tuple[Span, list[str]]]:
        """Return the glosses of a text as pieces, marks included, with the places of the words."""
        found = self._glosses.find(text) if self._glosses is not None else []
        return [(gloss.span, self._marked(gloss)) for gloss in found]

    def _marked(self, gloss: Gloss) -> list[str]:
        made = [BEGIN]
        for pieces in self._pieces.encode(list(gloss.english), out_type=str):
            made += [*pieces, OR]
        return [*made[:-1], END]

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the pieces of each text, glosses between their marks before the words."""
        if self._glosses is None:
            encoded: list[list[str]] = self._pieces.encode(list(texts), out_type=str)
            return encoded
        cuts = [list(_cut(text, self._glosses.find(text))) for text in texts]
        flat = [part for cut in cuts for part, _ in cut]
        parts = iter(self._pieces.encode(flat, out_type=str))
        return [[piece for _, mark in cut for piece in (*next(parts), *mark)] for cut in cuts]


def _cut(text: str, glosses: Sequence[Gloss]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield parts to be encoded, each with the mark behind it.

    A word's gloss stands before all that hangs together with the word (quotes, hyphens), so that
    this is encoded as it always is.
    """
    starts = [match.start() for match in _CHUNK.finditer(text)]
    at, chunk = 0, 0
    for gloss in glosses:
        while chunk + 1 < len(starts) and starts[chunk + 1] <= gloss.span.start:
            chunk += 1
        yield text[at : starts[chunk]], (BEGIN,)
        *others, last = gloss.english
        for other in others:
            yield other, (OR,)
        yield last, (END,)
        at = starts[chunk]
    yield text[at:], ()
