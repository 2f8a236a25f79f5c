"""Finds the claims of a document: what the project's guide to claims calls one, in its order."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from bicorpus.claims.names import find_article_names
from bicorpus.claims.quantities.reading import Quantity, find_quantities
from bicorpus.data import Claim, Figure, Language, Name, SegmentKind, Side, Span
from bicorpus.protocols import Lemmatizer

# Raised when the same text gives other claims.
CLAIMS_VERSION = 3

_FINDERS: dict[Language, str] = {
    "de": "bicorpus.claims.german",
    "en": "bicorpus.claims.english",
}
RUNNING_TEXT = frozenset(kind for kind in SegmentKind if kind.is_translated)


def find_claims(side: Side, lemmatizer: Lemmatizer) -> tuple[Claim, ...]:
    """Return the claims of `side` in order of place, with their quantities and names.

    Only segments of running text are read (headlines, captions and lists, too), repeats left out.
    A language that claims are not found in has none. Raises SettingsError where `lemmatizer` has
    no model for the language.
    """
    language = side.document.language
    module = _FINDERS.get(language)
    if module is None or find_spec(module) is None:
        return ()
    drafts: list[Claim] = import_module(module).draft_claims(side, lemmatizer)
    quantities: dict[int, tuple[Quantity, ...]] = {}
    names = _names(side, lemmatizer)
    claims = []
    for claim in sorted(drafts, key=lambda draft: draft.spans):
        index = claim.sentence
        if index not in quantities:
            quantities[index] = find_quantities(side.sentence_text(index), language)
        start = side.sentences[index].span.start
        claims.append(
            replace(
                claim,
                quantities=_figures(claim, quantities[index], start),
                names=tuple(name for name in names[index] if _is_inside(name.span, claim)),
            )
        )
    return tuple(claims)


def sentences_of_running_text(side: Side) -> list[int]:
    """Return the indices of the sentences that may hold claims."""
    return [
        index
        for index, sentence in enumerate(side.sentences)
        if side.segments[sentence.segment].kind in RUNNING_TEXT
        and not side.segments[sentence.segment].repeat
    ]


def _names(side: Side, lemmatizer: Lemmatizer) -> dict[int, tuple[Name, ...]]:
    """Return the names of each sentence that may hold claims, in places of the document."""
    indices = sentences_of_running_text(side)
    found = find_article_names(
        [side.sentence_text(index) for index in indices],
        side.document.language,
        lemmatizer=lemmatizer,
    )
    return {
        index: tuple(
            Name(name.span.shifted(side.sentences[index].span.start), name.kind) for name in names
        )
        for index, names in zip(indices, found, strict=True)
    }


def _is_inside(span: Span, claim: Claim) -> bool:
    return any(each.start <= span.start and span.end <= each.end for each in claim.spans)


def _figures(claim: Claim, quantities: tuple[Quantity, ...], start: int) -> tuple[Figure, ...]:
    figures = []
    for quantity in quantities:
        figure = figure_of(quantity, start)
        if figure is not None and _is_inside(figure.span, claim):
            figures.append(figure)
    return tuple(figures)


def figure_of(quantity: Quantity, start: int) -> Figure | None:
    """Return a quantity as claims carry it, or None for labels, scores and clock times.

    `start` is where the text that was read begins in its document.
    """
    span = quantity.span.shifted(start)
    if quantity.kind == "date":
        return Figure(quantity.figure.shifted(start), "date", quantity.value)
    if quantity.kind != "number":
        return None
    if quantity.value is None:
        return Figure(span, "number", None, "about", quantity.unit or quantity.vague)
    return Figure(span, "number", quantity.value, quantity.bound, quantity.unit)
