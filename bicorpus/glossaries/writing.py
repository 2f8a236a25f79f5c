"""Writes term candidates: a table for review, TBX 3 (Basic), and glossaries of Weblate and OmegaT.

What is written is read again by `read_glossaries`, once a rendering stands beside each term.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bicorpus.counted import counted
from bicorpus.data import Language
from bicorpus.terms.candidates.corpus import Candidate, CandidateRendering

if TYPE_CHECKING:
    from lxml.etree import _Element

COLUMNS = (
    "source", "target", "keep", "language", "kind", "count", "articles", "support", "link_score",
    "score", "c_value", "keyness", "other_renderings", "places",
)  # fmt: skip
_WEBLATE = ("source", "target", "fuzzy", "developer_comments")
_OTHERS = 3
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def review_rows(candidates: Iterable[Candidate]) -> Iterator[list[str]]:
    """Yield the rows for review, COLUMNS first. The cell "keep" is the reviewer's."""
    yield list(COLUMNS)
    for one in candidates:
        best, *others = one.renderings or (None,)
        yield [
            one.form,
            best.form if best else "",
            "",
            one.language,
            one.kind,
            str(one.count),
            str(one.articles),
            str(best.support) if best else "",
            f"{best.score:.2f}" if best else "",
            f"{one.score:.2f}",
            f"{one.c_value:.2f}",
            f"{one.keyness:.2f}",
            " | ".join(f"{other.form} ({other.support})" for other in others[:_OTHERS] if other),
            " | ".join(map(str, one.places)),
        ]


def to_csv(candidates: Iterable[Candidate]) -> str:
    """Return the table for review as CSV, as spreadsheets open it."""
    return _csv(review_rows(candidates))


def to_tsv(candidates: Iterable[Candidate]) -> str:
    """Return the table for review as TSV: a row a line, no quotation marks."""
    return "".join(f"{_joined(row)}\n" for row in review_rows(candidates))


def to_weblate(candidates: Iterable[Candidate]) -> str:
    """Return a glossary for Weblate, as CSV: each row marked as needing a person's eyes."""
    rows = [[one.form, _target(one), "True", _comment(one)] for one in candidates]
    return _csv([list(_WEBLATE), *rows])


def to_omegat(candidates: Iterable[Candidate]) -> str:
    """Return a glossary for OmegaT: source, tab, target, tab, comment, and no header."""
    rows = ([one.form, _target(one), _comment(one)] for one in candidates)
    return "".join(f"{_joined(row)}\n" for row in rows)


def to_tbx(candidates: Sequence[Candidate], target: Language | None) -> bytes:
    """Return a termbase as TBX 3, dialect TBX-Basic, in the style DCA.

    The best rendering stands first, up to three more as admitted terms; `target` is their language,
    None for candidates of one language.
    """
    from lxml import etree

    root = etree.Element(
        f"{{{_NAMESPACE}}}tbx",
        {"style": "dca", "type": "TBX-Basic", _XML_LANGUAGE: "en"},
        nsmap={None: _NAMESPACE},  # type: ignore[dict-item]  # the stubs know no default namespace
    )
    described = _under(_under(root, "tbxHeader"), "fileDesc")
    _under(_under(described, "titleStmt"), "title", "Term candidates")
    _under(_under(described, "sourceDesc"), "p", "Extracted by bicorpus; not yet reviewed.")
    body = _under(_under(root, "text"), "body")
    for number, one in enumerate(candidates, 1):
        entry = _under(body, "conceptEntry", id=f"c{number}")
        _under(entry, "note", f"{_comment(one)}; {'; '.join(map(str, one.places))}")
        source = _under(entry, "langSec")
        source.set(_XML_LANGUAGE, one.language)
        _term(source, one.form, "", None)
        if target and one.renderings:
            section = _under(entry, "langSec")
            section.set(_XML_LANGUAGE, target)
            for place, rendering in enumerate(one.renderings[: 1 + _OTHERS]):
                status = "admittedTerm-admn-sts" if place else ""
                _term(section, rendering.form, status, rendering)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _term(section: _Element, text: str, status: str, rendering: CandidateRendering | None) -> None:
    part = _under(section, "termSec")
    _under(part, "term", text)
    _under(part, "termNote", "noun", type="partOfSpeech")
    if status:
        _under(part, "termNote", status, type="administrativeStatus")
    if rendering:
        _under(
            part, "note", f"met {counted(rendering.support, 'time')}, links {rendering.score:.2f}"
        )


def _under(parent: _Element, name: str, text: str = "", **attributes: str) -> _Element:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    # XML has no place for control characters, which a text may hold.
    element.text = "".join(one for one in text if one >= " ") or None
    return element


def _comment(one: Candidate) -> str:
    """Return what a person wants to know of a candidate, on one line."""
    return f"candidate: {one.kind}, met {counted(one.count, 'time')}, score {one.score:.2f}"


def _target(one: Candidate) -> str:
    return one.renderings[0].form if one.renderings else ""


def _joined(cells: Iterable[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([" ".join(cell.split()) for cell in row] for row in rows)
    return text.getvalue()
