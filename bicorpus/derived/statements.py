"""Reads the claims of a corpus as the grouping wants them: words, names, figures, vectors."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

import numpy
from numpy.typing import NDArray

from bicorpus.checks.lemmas import lemma_of
from bicorpus.checks.lexicon import load_lexicon
from bicorpus.checks.words import find_words, function_words
from bicorpus.claims.groups.words import Statement, Word
from bicorpus.claims.names.mentions import scan, scan_keys
from bicorpus.claims.names.pieces import cut
from bicorpus.claims.names.skeletons import skeleton
from bicorpus.claims.quantities.reading import Quantity, find_quantities
from bicorpus.data import Claim, Language, SegmentKind, Side, Span

_HEADINGS = frozenset({SegmentKind.HEADLINE, SegmentKind.SUBHEADING, SegmentKind.KICKER})
# Translations of a word beyond these are chance.
_MOST_SENSES, _LEAST_STRENGTH = 6, 0.03
# A country is in every other claim; a name that no list has is a stronger sign.
_KNOWN_NAME, _OTHER_NAME = 0.6, 0.9
_SHORTEST_GENITIVE = 5


class TokenVectors(Protocol):
    """The vectors of the pieces of one sentence, and the token of each."""

    @property
    def vectors(self) -> NDArray[numpy.float32]:
        """Float32 [pieces, d]."""
        ...

    @property
    def tokens(self) -> NDArray[numpy.int64]:
        """Int64 [pieces]."""
        ...


class Encoder(Protocol):
    """Gives vectors to the words of sentences, in one space for both languages."""

    def token_vectors(self, sentences: Sequence[Sequence[str]]) -> Iterable[TokenVectors]:
        """Yield the vectors of each sentence of tokens."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that still lacks its vectors.

    `key` is (document id, index of the claim); `places` are the indices into `tokens` of the
    content words.
    """

    key: tuple[str, int]
    statement: Statement
    tokens: tuple[str, ...]
    places: tuple[int, ...]


def read_claims(side: Side) -> Iterator[Draft]:
    """Yield a draft for each claim of `side` that has a content word."""
    length = max(len(side.document.text), 1)
    for index, claim in enumerate(side.claims or ()):
        draft = _read(side, index, claim, claim.spans[0].start / length)
        if draft.places:
            yield draft


def with_vectors(drafts: Sequence[Draft], encoder: Encoder) -> list[Statement]:
    """Return the statements of `drafts` with the vectors of their content words."""
    from dataclasses import replace

    made = []
    encoded = encoder.token_vectors([draft.tokens for draft in drafts])
    for draft, found in zip(drafts, encoded, strict=True):
        sums = numpy.zeros((len(draft.tokens), found.vectors.shape[1]), dtype=numpy.float32)
        numpy.add.at(sums, found.tokens, found.vectors)
        sums /= numpy.maximum(numpy.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        made.append(replace(draft.statement, vectors=sums[list(draft.places)]))
    return made


def _read(side: Side, index: int, claim: Claim, place: float) -> Draft:
    language = side.document.language
    text, names = _text_and_names(claim, side.document.text)
    quantities = find_quantities(text, language)
    spans = find_words(text)
    found = _content_words(text, language, spans, names, quantities)
    words = tuple(found.values())
    statement = Statement(
        document=side.document.id,
        language=language,
        place=place,
        is_heading=side.segments[side.sentences[claim.sentence].segment].kind in _HEADINGS,
        words=words,
        vectors=numpy.zeros((len(words), 1), dtype=numpy.float32),
        quantities=quantities,
        names=frozenset(sense for word in words if word.is_name for sense in word.senses),
        speakers=_speakers(claim, side),
        is_negated=claim.negated,
        is_denied=claim.stance == "denied",
        text=text,
    )
    tokens = tuple(span.of(text) for span in spans)
    return Draft((side.document.id, index), statement, tokens, tuple(found))


def _text_and_names(claim: Claim, document: str) -> tuple[str, list[Span]]:
    """Return the claim's spans as one text, and its names' places there."""
    text, names = "", []
    for span in claim.spans:
        shift = len(text) - span.start
        names += [
            name.span.shifted(shift)
            for name in claim.names
            if span.start <= name.span.start and name.span.end <= span.end
        ]
        text += span.of(document) + " "
    return text.rstrip().replace("\n", " "), names


def _content_words(
    text: str,
    language: Language,
    spans: Sequence[Span],
    names: Sequence[Span],
    quantities: Sequence[Quantity],
) -> dict[int, Word]:
    """Return the content words by index into `spans`; figures are compared by value."""
    known = _known_names(text, language)
    no_content = function_words(language)
    words: dict[int, Word] = {}
    for index, span in enumerate(spans):
        form = span.of(text)
        if form[0].isdigit() or _is_in(span, [one.figure for one in quantities]):
            continue
        keys = next((keys for stretch, keys in known if _is_in(span, [stretch])), ())
        if keys:
            words[index] = Word({f"@{key}": 1.0 for key in keys}, _KNOWN_NAME, is_name=True)
        elif _is_in(span, names):
            words[index] = Word({_name_key(form, language): 1.0}, _OTHER_NAME, is_name=True)
        elif len(form) > 1 and form.lower() not in no_content:
            lemma = lemma_of(form, language)
            if lemma not in no_content:
                words[index] = Word(_senses(lemma, language), _rarity(lemma, language))
    return words


def _is_in(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start < other.end for other in others)


def _known_names(text: str, language: Language) -> list[tuple[Span, tuple[str, ...]]]:
    """Return the stretches that the gazetteer knows, with its keys; adjectives of places, too."""
    pieces = cut(text)
    return [
        (
            Span(pieces[stretch.first].start, pieces[stretch.last].end),
            tuple(sorted(stretch.keys)),
        )
        for stretch in scan(pieces, language)
    ]


def _speakers(claim: Claim, side: Side) -> frozenset[str]:
    if claim.attribution is None or claim.attribution.source is None:
        return frozenset()
    text, language = claim.attribution.source.of(side.document.text), side.document.language
    keys = {f"@{key}" for key in scan_keys(cut(text), language)}
    last = re.findall(r"[A-ZÄÖÜ]\w{2,}", text)[-1:]
    return frozenset(keys | {_name_key(word, language) for word in last})


def _name_key(name: str, language: Language) -> str:
    """Return the sounds of a name, without a genitive's "s"."""
    bare = re.sub(r"[’'`]?s$", "", name) if len(name) >= _SHORTEST_GENITIVE else name
    return f"~{skeleton(bare, language)}"


@lru_cache(maxsize=100_000)
def _senses(lemma: str, language: Language) -> Mapping[str, float]:
    """Return the English lemmas that a lemma may stand for, the likeliest first."""
    if language == "en":
        return {lemma: 1.0}
    found = sorted(load_lexicon().strengths(lemma).items(), key=lambda one: (-one[1], one[0]))
    kept = {sense: value for sense, value in found[:_MOST_SENSES] if value >= _LEAST_STRENGTH}
    return kept or {f"={lemma}": 1.0}


@lru_cache(maxsize=100_000)
def _rarity(lemma: str, language: Language) -> float:
    """Return in [0, 1] how rare a lemma is in the language; that of a compound's rarer part."""
    lexicon = load_lexicon()
    entry = lexicon.entry(lemma, language)
    if entry is None:
        parts = lexicon.parts(lemma) if language == "de" else ()
        return min(1.0, max((_rarity(part, language) for part in parts), default=0.9) + 0.1)
    total = _total(language)
    return min(1.0, math.log(total / (entry.count + 1)) / math.log(total / 2))


@cache
def _total(language: Language) -> int:
    return sum(entry.count for entry in load_lexicon().entries[language].values())
