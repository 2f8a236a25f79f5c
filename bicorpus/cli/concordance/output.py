"""How a concordance is shown: aligned lines for people, rows for programs, a page to look at."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bicorpus.data import Span
    from bicorpus.terms.context import Context, Line

FORMATS = ("text", "tsv", "html", "jsonl")
_COLUMNS = (
    "origin", "document", "bead", "left", "hit", "right", "rendering_left", "rendering",
    "rendering_right", "links",
)  # fmt: skip
_CUT = "…"
# White space of any kind is a blank here, and what could steer a terminal is shown as unknown.
_BLANKS = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
Piece = tuple[str, bool]
"""A stretch of text on one line, and whether it is marked."""


def one_line(text: str) -> str:
    """Return a text on one line, blanks at its ends kept, that does nothing to a terminal."""
    return _CONTROLS.sub("\ufffd", _BLANKS.sub(" ", text))


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 1 + (unicodedata.east_asian_width(one) in "WF")
        for one in text
    )


def _pieces(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[Piece]:
    """Yield the text from `start` to `end`, cut where a mark begins or ends."""
    place = start
    for mark in marks:
        first, last = max(mark.start, place), min(mark.end, end)
        if first < last:
            yield one_line(text[place:first]), False
            yield one_line(text[first:last]), True
            place = last
    yield one_line(text[place:end]), False


def _head(pieces: Iterable[Piece], width: int) -> list[Piece]:
    """Return so much of the pieces as `width` columns hold."""
    shown: list[Piece] = []
    for text, marked in pieces:
        needed = columns(text)
        if needed > width:
            return [*shown, (_cut(text, width - 1) + _CUT, marked)]
        shown.append((text, marked))
        width -= needed
    return shown


def _cut(text: str, width: int) -> str:
    for letters in range(max(width, 0), 0, -1):  # fewer letters than columns, where some are wide
        if columns(text[:letters]) <= width:
            return text[:letters]
    return ""


def _tail(pieces: Iterable[Piece], width: int) -> list[Piece]:
    """Return so much of the end of the pieces as `width` columns hold."""
    mirrored = [(text[::-1], marked) for text, marked in reversed(list(pieces))]
    return [(text[::-1], marked) for text, marked in reversed(_head(mirrored, width))]


def _thirds(context: Context, label: str, width: int) -> tuple[list[Piece], ...]:
    """Return left, middle and right for people; the label stands where nothing is marked."""
    text, pivot, marks = context.text, context.pivot, context.marks
    middle = list(_pieces(text, pivot.start, pivot.end, marks)) if marks else [(label, False)]
    left = _tail(_pieces(text, 0, pivot.start, marks), width)
    right = _head(_pieces(text, pivot.end, len(text), marks), width)
    if not marks:
        right.insert(0, (" ", False))
    return left, middle, right


def _width(pieces: Iterable[Piece]) -> int:
    return sum(columns(text) for text, _ in pieces)


def text_lines(lines: Sequence[Line], width: int) -> Iterator[str]:
    """Yield two lines a hit, aligned at the hit and at its rendering; styled for a terminal."""
    digits = len(str(len(lines)))
    shown = [
        (_thirds(one.hit, "", width), _thirds(one.rendering, one.label, width)) for one in lines
    ]
    widest = max((_width((*first[1], *first[2])) for first, _ in shown), default=0)
    for number, (line, (first, second)) in enumerate(zip(lines, shown, strict=True), 1):
        room = min(widest, 2 * width) - _width((*first[1], *first[2]))
        place = " " * max(2, room + 2) + click.style(one_line(line.place), dim=True)
        yield f"{number:>{digits}} {_aligned(first, width, 'red')}{place}"
        yield f"{'':{digits}} {_aligned(second, width, 'green')}".rstrip()


def _aligned(thirds: tuple[list[Piece], ...], width: int, colour: str) -> str:
    left, middle, right = thirds
    padding = " " * (width - _width(left))
    styled = (
        click.style(text, fg=colour, bold=True) if marked else text
        for text, marked in (*left, *middle, *right)
    )
    return padding + "".join(styled)


def tsv_lines(lines: Sequence[Line]) -> Iterator[str]:
    """Yield a header and a row a hit, with the whole contexts."""
    yield "\t".join(_COLUMNS)
    for line in lines:
        cells = (
            line.origin,
            line.document,
            str(line.bead),
            line.hit.left,
            line.hit.middle,
            line.hit.right,
            line.rendering.left,
            line.label,
            line.rendering.right,
            line.links,
        )
        yield "\t".join(one_line(cell).strip() for cell in cells)


def json_lines(lines: Sequence[Line]) -> Iterator[str]:
    """Yield an object a hit; spans count code points of the two texts."""
    for line in lines:
        record = {
            "origin": line.origin,
            "document": line.document,
            "bead": line.bead,
            "text": line.hit.text,
            "hit": line.hit.middle,
            "span": [line.hit.pivot.start, line.hit.pivot.end],
            "other_text": line.rendering.text,
            "rendering": line.rendered or None,
            "rendering_spans": [[one.start, one.end] for one in line.rendering.marks],
            "links": line.links,
        }
        yield json.dumps(record, ensure_ascii=False)


_STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;max-width:100rem}
div.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:auto}
td{padding:.1rem 0;white-space:pre}
td.left{text-align:right}
td.place{padding-left:1.5rem;font-size:.85em;opacity:.7;vertical-align:top}
tr.hit td{padding-top:.5rem}
tr.rendering td{padding-bottom:.5rem;
 border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}
mark{background:none;font-weight:600;color:light-dark(#a40000,#ff8a80)}
tr.rendering mark{color:light-dark(#00600f,#80e27e)}
""".strip()


def html_lines(lines: Sequence[Line], width: int, title: str, closing: str) -> Iterator[str]:
    """Yield a page that needs nothing but itself."""
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{_escaped(title)}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{_escaped(title)}</h1><p>{_escaped(closing)}</p>"
    yield '<div class="scroll"><table><tbody>'
    for line in lines:
        place = f'<td class="place" rowspan="2">{_escaped(line.place)}</td>'
        yield f'<tr class="hit">{_cells(_thirds(line.hit, "", width))}{place}</tr>'
        other = _cells(_thirds(line.rendering, line.label, width))
        yield f'<tr class="rendering">{other}</tr>'
    yield "</tbody></table></div></body></html>"


def _cells(thirds: tuple[list[Piece], ...]) -> str:
    left, middle, right = (
        "".join(
            f"<mark>{html.escape(text)}</mark>" if marked else html.escape(text)
            for text, marked in pieces
        )
        for pieces in thirds
    )
    return f'<td class="left">{left}</td><td>{middle}{right}</td>'


def _escaped(text: str) -> str:
    return html.escape(one_line(text))
