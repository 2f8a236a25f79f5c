"""Paragraphs cut where two kinds share a line: caption and credit, body and agency, image and text.

What is cut off is recognised by its own look, so it comes with its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bicorpus.data import SegmentKind, Span
from bicorpus.segments.blocks import Paragraph
from bicorpus.segments.cues import (
    is_agency_mark,
    is_boilerplate,
    is_name,
    is_origin,
    is_section,
    names_agency,
)
from bicorpus.segments.features import (
    CLOSING,
    IMAGE,
    OPENING,
    bare,
)
from bicorpus.segments.lexicon import Lexicon

AGENCY_AT_END = re.compile(rf"(?<=[.!?…{re.escape(CLOSING)}])\s*\(([^()]{{2,40}})\)$")
INITIALS_AT_END = re.compile(
    r"(?<=[.!?…“”\"»«])\s+([a-zäöü]{2,4}(?:[/,]\s?[a-zA-ZÄÖÜäöü]{2,7}){0,3})$"
)
BRACKETED_CREDIT = re.compile(r"[(\[][^()\[\]]{4,120}[)\]]$")
GLUED_AT_END = re.compile(rf"(?<=[a-zäöüß\d)][.!?…])[{re.escape(CLOSING)}]?()(?=[A-ZÄÖÜ])")
# "in der WohnungVorname Nachname/Zeitung": glued to a caption without a full stop.
JOINED_AT_END = re.compile(r"(?<=[a-zäöüß]{2})(?=[A-ZÄÖÜ])")
SPACED_AT_END = re.compile(rf"(?<=[.!?…{re.escape(CLOSING)}])\s+(?=[A-ZÄÖÜ])")
# A text that is printed twice must be longer than a chance repetition of a title or a name.
SHORTEST_DOUBLE = 30
LONGEST_CREDIT = 120
# Longer text before a credit is an article's last paragraph, not a caption.
LONGEST_CAPTION = 450


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one kind; `kind` is None where only its neighbours can tell."""

    span: Span
    text: str
    apart: bool
    kind: SegmentKind | None = None
    glued: bool = False
    indent: int = 0


def cut_pieces(text: str, paragraphs: list[Paragraph], lexicon: Lexicon) -> list[Piece]:
    """Return the pieces of all paragraphs in order."""
    pieces: list[Piece] = []
    for paragraph in paragraphs:
        spans = list(_cut(text, paragraph.span, pieces[-1].text if pieces else "", lexicon))
        for number, (span, kind) in enumerate(spans):
            apart = paragraph.apart and number == 0
            content = bare(span.of(text))
            pieces.append(Piece(span, content, apart, kind, number > 0, paragraph.indent))
    return pieces


def _cut(
    text: str, span: Span, before: str, lexicon: Lexicon
) -> Iterator[tuple[Span, SegmentKind | None]]:
    images = [Span(*found.span()).shifted(span.start) for found in IMAGE.finditer(span.of(text))]
    start = span.start
    for image in images:
        yield from _cut_words(text, _trimmed(text, start, image.start), before, lexicon)
        yield image, SegmentKind.IMAGE
        start = image.end
    yield from _cut_words(text, _trimmed(text, start, span.end), before, lexicon)


def _cut_words(
    text: str, span: Span, before: str, lexicon: Lexicon
) -> Iterator[tuple[Span, SegmentKind | None]]:
    line = span.of(text)
    if not line:
        return
    doubled = _doubled(line, before)
    if doubled is not None:
        yield from _cut_double(text, span, doubled, lexicon)
        return
    if is_boilerplate(bare(line), lexicon):
        yield span, None
        return
    for find, kind, head_kind in (
        # The label is the surest sign, then the brackets; names alone come last.
        (_labelled_credit, SegmentKind.CREDIT, SegmentKind.CAPTION),
        (_agency_at_end, SegmentKind.BYLINE, None),
        (_unlabelled_credit, SegmentKind.CREDIT, SegmentKind.CAPTION),
    ):
        cut = find(line, lexicon)
        if cut:
            head = _trimmed(text, span.start, span.start + cut)
            is_caption = head_kind is not None and len(head) <= LONGEST_CAPTION
            yield head, head_kind if is_caption else None
            yield _trimmed(text, span.start + cut, span.end), kind
            return
    yield span, None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _doubled(line: str, before: str) -> int | None:
    """Return where the second half begins if the line repeats `before`, or itself, and goes on."""
    if len(before) >= SHORTEST_DOUBLE and line.startswith(before):
        rest = line[len(before) :].strip()
        return len(before) if rest and len(rest) <= 120 else None
    second = line.find(line[:SHORTEST_DOUBLE], SHORTEST_DOUBLE)
    if second > 0 and line[second:].startswith(line[:second].rstrip()):
        return second
    return None


def _cut_double(
    text: str, span: Span, cut: int, lexicon: Lexicon
) -> Iterator[tuple[Span, SegmentKind | None]]:
    first = _trimmed(text, span.start, span.start + cut)
    rest = _trimmed(text, span.start + cut, span.end)
    yield first, SegmentKind.CAPTION
    if rest.of(text).startswith(first.of(text)):
        second = Span(rest.start, rest.start + len(first))
        yield second, SegmentKind.CAPTION
        rest = _trimmed(text, second.end, rest.end)
    if len(rest):
        is_credit = is_origin(rest.of(text), lexicon, labelled=True) or _labelled_credit(
            f" {rest.of(text)}", lexicon
        )
        yield rest, SegmentKind.CREDIT if is_credit else SegmentKind.CAPTION


def _labelled_credit(line: str, lexicon: Lexicon) -> int | None:
    """Return where "Foto: …", "© …" or "(Quelle: …)" begins behind a text."""
    for found in lexicon.credit_label.finditer(line):
        start = found.start()
        if len(line) - found.end() > LONGEST_CREDIT:
            continue
        bracket = line[:start].rstrip()[-1:]
        if bracket in {"(", "[", "|"}:
            start = line[:start].rindex(bracket)
        if start and is_origin(line[found.end() :], lexicon, labelled=True):
            return start
    bracketed = BRACKETED_CREDIT.search(line)
    if bracketed is None or not bracketed.start() or "/" not in bracketed[0]:
        return None
    is_credit = names_agency(bracketed[0], lexicon) and not is_agency_mark(bracketed[0], lexicon)
    return bracketed.start() if is_credit else None


def _agency_at_end(line: str, lexicon: Lexicon) -> int | None:
    """Return where "(mit AFP)", "(fbu)" or a bare "bod" begins behind the last sentence."""
    found = AGENCY_AT_END.search(line)
    if found and is_agency_mark(found[1], lexicon):
        return line.rindex("(")
    found = INITIALS_AT_END.search(line)
    if found and is_agency_mark(found[1], lexicon):
        return found.start(1)
    return None


def _unlabelled_credit(line: str, lexicon: Lexicon) -> int | None:
    """Return where an origin without a label begins behind a caption.

    Glued to the full stop a name is enough ("zeigen.Vorname Nachname"): nobody writes so.
    """
    for pattern in (GLUED_AT_END, JOINED_AT_END):
        for found in reversed(list(pattern.finditer(line))):
            tail = line[found.end() :]
            if len(tail) <= 80 and _is_glued_credit(tail, lexicon, pattern is GLUED_AT_END):
                return found.end()
    bar = line.rfind("|")
    if bar > 0 and is_origin(line[bar + 1 :], lexicon, labelled=False):
        return bar
    for found in reversed(list(SPACED_AT_END.finditer(line))):
        tail = line[found.end() :]
        if len(tail) <= 60 and not tail.endswith(".") and is_origin(tail, lexicon, labelled=False):
            return found.end()
    return None


def _is_glued_credit(tail: str, lexicon: Lexicon, is_closed: bool) -> bool:
    if not is_origin(tail, lexicon, labelled=True):
        return False
    if is_origin(tail, lexicon, labelled=False):
        return True
    is_person = is_name(tail.split("/", maxsplit=1)[0], lexicon)
    return ("/" in tail or is_person) if is_closed else ("/" in tail and is_person)


def kicker_cut(line: str, lexicon: Lexicon) -> int | None:
    """Return where the headline begins behind a kicker on the same line.

    "Laut Minister Nach langem Streit: …": a German article, preposition or question word is
    written with a capital only where a title begins. "Fußball: …": the name of a section.
    """
    label, colon, rest = line.partition(":")
    if colon and len(rest.split()) >= 3 and is_section(label, lexicon):
        return line.index(rest.strip(), len(label) + 1)
    words = list(re.finditer(r"\S+", line))
    for word, following in pairwise(words[1:8]):
        before = line[: word.start()].rstrip()
        if before[-1:] in ":.!?,;–—-/" or before[-1:] in OPENING + CLOSING:
            return None
        if words[0][0] in lexicon.openers:
            return None
        if word[0] in lexicon.openers and following[0][0].isalnum() and len(words) >= 5:
            return word.start()
    return None
