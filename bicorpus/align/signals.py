"""From sentences, renderings and vectors to the evidence of a text pair."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from bicorpus.align.bags import (
    DenseRows,
    Floats,
    hash_grams,
    hash_tokens,
    make_bags,
)
from bicorpus.align.evidence import Evidence
from bicorpus.align.likeness import Signal, make_signal
from bicorpus.claims.quantities.figures import find_figures
from bicorpus.data import Language

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
# A question or a quotation seldom becomes something else; colons, brackets and dashes may.
_MARKS = (
    re.compile(r"\?"),
    re.compile("!"),
    re.compile("[\"„“”«»‚‘]|''|(?<!\\w)['’]|['’](?!\\w)"),
    re.compile(r"[:;]"),
    re.compile(r"[()\[\]]"),
)
# Measured: runs of 4 tell more than 3 (too common) and 5 (cut off by endings).
_GRAM = 4


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of one side: its sentences, and what models made of them.

    `renderings` are the sentences in the other side's language, `vectors` their vectors (shape
    (sentences, d)), `starts` says which sentences begin a paragraph; None means not there.
    """

    sentences: Sequence[str]
    language: Language
    renderings: Sequence[str] | None = None
    vectors: NDArray[numpy.float32] | None = None
    starts: Sequence[bool] | None = None

    def part(self, start: int, end: int) -> Material:
        """Return the material of the sentences from `start` to `end`."""
        return Material(
            self.sentences[start:end],
            self.language,
            None if self.renderings is None else self.renderings[start:end],
            None if self.vectors is None else self.vectors[start:end],
            None if self.starts is None else self.starts[start:end],
        )


def gather(
    source: Material, target: Material, *, most: int, without: frozenset[str] = frozenset()
) -> Evidence:
    """Return the evidence of a text pair, but for the signals named in `without`."""
    sizes = len(source.sentences), len(target.sentences)
    likeness: list[Signal] = []

    def add(name: str, bags: tuple[object, object]) -> None:
        likeness.append(make_signal(name, *bags, most))  # type: ignore[arg-type]

    folded = [fold(text) for text in source.sentences], [fold(text) for text in target.sentences]
    if "spelling" not in without:
        grams = [hash_grams(one, _GRAM) for one in folded]
        add("spelling", make_bags(grams[0], grams[1], sizes))
    if "names" not in without:
        names = [
            hash_tokens([_names(text) for text in side.sentences]) for side in (source, target)
        ]
        add("names", make_bags(names[0], names[1], sizes))
    if source.renderings is not None and "rendering" not in without:
        rendered = [fold(text) for text in source.renderings]
        grams = [hash_grams(rendered, _GRAM), hash_grams(folded[1], _GRAM)]
        add("rendering", make_bags(grams[0], grams[1], sizes))
        words = [
            hash_tokens([_WORD.findall(text) for text in one]) for one in (rendered, folded[1])
        ]
        add("words", make_bags(words[0], words[1], sizes))
    if source.vectors is not None and target.vectors is not None and "vectors" not in without:
        add("vectors", (DenseRows(source.vectors), DenseRows(target.vectors)))
    figures = None
    if "figures" not in without:
        values = [
            hash_tokens([_values(text, side.language) for text in side.sentences])
            for side in (source, target)
        ]
        figures = make_signal("figures", *make_bags(values[0], values[1], sizes), most)
    return Evidence(
        lengths=(_lengths(source.sentences), _lengths(target.sentences)),
        marks=(_marks(source.sentences), _marks(target.sentences))
        if "marks" not in without
        else (numpy.zeros((0, 0)),) * 2,
        likeness=likeness,
        figures=figures,
        starts=_starts(source, target),
        most=most,
    )


def fold(text: str) -> str:
    """Return a text for comparing letters: no case, no accents, single blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c != "\0")
    return f" {' '.join(letters.split())} "


def _names(text: str) -> list[str]:
    """Return the tokens that begin with a capital or hold a digit, as they stand."""
    return [
        token for token in _WORD.findall(text) if token[0].isupper() or any(map(str.isdigit, token))
    ]


def _values(text: str, language: Language) -> list[str]:
    """Return the values of the figures, each once: digits and words alike."""
    return sorted(
        {f"{value:g}" for figure in find_figures(text, language) for value in figure.values}
    )


def _lengths(sentences: Sequence[str]) -> Floats:
    return numpy.array([len(" ".join(text.split())) for text in sentences], dtype=numpy.float64)


def _marks(sentences: Sequence[str]) -> Floats:
    counts = [[len(mark.findall(text)) for mark in _MARKS] for text in sentences]
    return numpy.array(counts, dtype=numpy.float64).reshape(len(sentences), len(_MARKS))


def _starts(source: Material, target: Material) -> tuple[Floats, Floats] | None:
    if source.starts is None or target.starts is None:
        return None
    return numpy.array(source.starts, dtype=numpy.float64), numpy.array(
        target.starts, dtype=numpy.float64
    )
