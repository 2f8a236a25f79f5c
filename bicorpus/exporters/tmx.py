"""corpus.tmx: TMX 1.4, a unit a bead, streamed; provenance in props where the field looks for it.

No `xml:space` is written: the standard's DTD does not know the attribute, and the standard says
that all spacing inside `seg` counts. OmegaT, Trados and translate-toolkit read it so. Indentation
therefore stands between elements only, never inside `seg`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from bicorpus.data import Language, Span
from bicorpus.errors import SettingsError
from bicorpus.exporters.characters import not_in_xml, one_line, xml_text
from bicorpus.exporters.rows import BeadRow, CorpusHeader, Written, score_text, sentence_numbers
from bicorpus.exporters.tmx_rules import check_tmx

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Written by hand because lxml declares the encoding in single quotes, which some readers that
# look for it with a regular expression miss.
_PROLOGUE = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'

_TU_INDENT, _CHILD_INDENT, _INNER_INDENT = "\n    ", "\n      ", "\n        "


def write_tmx(rows: Iterable[BeadRow], header: CorpusHeader, path: Path) -> Written:
    """Write `rows` to `path` as translation units as they come, in constant memory.

    A bead with an empty side is no unit and is left out; characters that XML cannot hold become
    U+FFFD, and a note on the unit says so. There are no dates, so that the same input gives the
    same bytes, unless SOURCE_DATE_EPOCH gives one.
    """
    written = left_out = replaced = 0
    with path.open("wb") as file:
        file.write(_PROLOGUE)
        with etree.xmlfile(file, encoding="utf-8") as xml, xml.element("tmx", version="1.4"):
            xml.write("\n  ", _header(header), "\n  ")
            with xml.element("body"):
                for row in rows:
                    if not (row.source_text.strip() and row.target_text.strip()):
                        left_out += 1
                        continue
                    note = _replacement_note(row)
                    replaced += note is not None
                    xml.write(_TU_INDENT, _unit(row, header, note))
                    written += 1
                xml.write("\n  ")
            xml.write("\n")
        file.write(b"\n")
    return Written(rows=written, left_out=left_out, replaced=replaced)


def check_written_tmx(path: Path, written: Written) -> list[str]:
    """Return what is wrong with the file at `path`: the rules of TMX, and the count of units."""
    return check_tmx(path, units=written.rows)


def _header(header: CorpusHeader) -> etree._Element:
    attributes = {
        "creationtool": "bicorpus",
        "creationtoolversion": one_line(header.version),
        "segtype": "sentence",
        "o-tmf": "bicorpus",
        "adminlang": "en",
        "srclang": header.source_language,
        "datatype": "plaintext",
    }
    if date := _creation_date():
        attributes["creationdate"] = date
    element = etree.Element("header", attributes)
    _add_props(element, [("x-bicorpus-signature", header.signature)], _TU_INDENT)
    if len(element):
        _close(element, _TU_INDENT, "\n  ")
    return element


def _creation_date() -> str | None:
    """Return the date that SOURCE_DATE_EPOCH gives, as TMX writes it; None where it is not set."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y%m%dT%H%M%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(
            f'The environment variable SOURCE_DATE_EPOCH is "{seconds}", which is no date.',
            next_step="Give it as whole seconds since 1970, or unset it.",
        ) from error


def _unit(row: BeadRow, header: CorpusHeader, note: str | None) -> etree._Element:
    attributes = {"tuid": f"{row.document}-{row.number}"}
    if row.shape != "1-1":
        attributes["segtype"] = "block"
    if row.source_language != header.source_language:
        attributes["srclang"] = row.source_language
    unit = etree.Element("tu", attributes)
    _add_props(unit, _unit_props(row, header), _CHILD_INDENT)
    if note:
        _add(unit, "note", note, _CHILD_INDENT)
    for language, text, span in (
        (row.source_language, row.source_text, row.source_span),
        (row.target_language, row.target_text, row.target_span),
    ):
        variant = _variant(language, text, row.origin, span)
        variant.tail = _CHILD_INDENT
        unit.append(variant)
    _close(unit, _CHILD_INDENT, _TU_INDENT)
    return unit


def _unit_props(row: BeadRow, header: CorpusHeader) -> Iterator[tuple[str, str]]:
    """Yield the props of a unit; those without a value are not written.

    `x-Origin` and `x-ConfirmationLevel` are Trados' names and take its values; `type` and
    `score-aligner` are those of Bitextor and ParaCrawl.
    """
    sentences = (sentence_numbers(row.source_sentences), sentence_numbers(row.target_sentences))
    yield "x-document", row.document
    # With a colon, as Bitextor writes it and its readers expect it.
    yield "type", row.shape.replace("-", ":")
    yield "score-aligner", score_text(row.score)
    yield "x-bicorpus-sentences", ";".join(sentences)
    yield "x-bicorpus-mt-score", score_text(row.translation_score)
    yield "x-bicorpus-model", header.model
    yield "x-bicorpus-run", header.run
    yield "x-bicorpus-kind", row.kind
    yield "x-bicorpus-flags", " ".join(row.flags)
    for finding in row.findings:
        yield "x-bicorpus-finding", f"{finding.check}:{finding.severity}:{finding.message}"
    yield "x-Origin", "MT" if row.known else "Alignment"
    yield "x-ConfirmationLevel", "Draft"


def _variant(language: Language, text: str, origin: str, span: Span | None) -> etree._Element:
    variant = etree.Element("tuv", {XML_LANG: language})
    offset = "" if span is None else str(span)
    props = [("source-document", origin), ("x-bicorpus-offset", offset)]
    _add_props(variant, props, _INNER_INDENT)
    _add(variant, "seg", xml_text(text), _INNER_INDENT)
    _close(variant, _INNER_INDENT, _CHILD_INDENT)
    return variant


def _replacement_note(row: BeadRow) -> str | None:
    """Return a note for people where texts of the row hold what XML cannot; None for most rows.

    Props are on one line and their control characters are folded without a note.
    """
    found = not_in_xml(row.source_text) + not_in_xml(row.target_text)
    if not found:
        return None
    names = ", ".join(f"U+{ord(character):04X}" for character in sorted(set(found)))
    return f"Characters that XML cannot hold ({names}), replaced by U+FFFD: {len(found)}"


def _add_props(parent: etree._Element, props: Iterable[tuple[str, str]], indent: str) -> None:
    for name, value in props:
        if value:
            _add(parent, "prop", one_line(value), indent, {"type": name})


def _add(
    parent: etree._Element,
    tag: str,
    text: str,
    indent: str,
    attributes: dict[str, str] | None = None,
) -> None:
    """Append a child that holds `text`, with `indent` behind it for the child that follows."""
    child = etree.SubElement(parent, tag, attributes)
    child.text = text
    child.tail = indent


def _close(parent: etree._Element, inner: str, outer: str) -> None:
    """Indent the first child of `parent` by `inner` and its end tag by `outer`."""
    parent.text = inner
    parent[-1].tail = outer
