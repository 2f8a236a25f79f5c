"""corpus.tmx: TMX 1.4, a unit a bead, streamed; provenance in props where the field looks for it.

No `xml:space` is written: the standard's DTD does not know the attribute, and the standard says
that all spacing inside `seg` counts. OmegaT, Trados and translate-toolkit read it so. Indentation
therefore stands between elements only, never inside `seg`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bicorpus.data import Language, Span
from bicorpus.errors import SettingsError
from bicorpus.exporters.characters import (
    Replacements,
    not_in_xml,
    one_line,
    say_replaced,
    xml_attribute,
    xml_content,
)
from bicorpus.exporters.claim_rows import ClaimRow
from bicorpus.exporters.formats import row_format
from bicorpus.exporters.rows import BeadRow, CorpusHeader, Written, sentence_numbers
from bicorpus.exporters.tmx_shape import check_our_tmx

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Double quotes: some readers look for the encoding with a regular expression that knows no others.
PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'

# Indentation of what stands in a unit, and in one of its sides.
UNIT_INDENT, SIDE_INDENT = "      ", "        "

# Units that are encoded and written at a time: one by one they take a tenth longer.
_TOGETHER = 256

AnyRow = TypeVar("AnyRow", BeadRow, ClaimRow)


def write_tmx(rows: Iterable[BeadRow], header: CorpusHeader, path: Path) -> Written:
    """Write `rows` to `path` as translation units as they come, in constant memory.

    A bead with an empty side is no unit and is left out; characters that XML cannot hold become
    U+FFFD, and a note on the unit says so. There are no dates, so that the same input gives the
    same bytes, unless SOURCE_DATE_EPOCH gives one.
    """
    return write_units(rows, _Units(header).unit, header_lines(header), path)


def write_units(
    rows: Iterable[AnyRow], unit: Callable[[AnyRow, str], str], header: str, path: Path
) -> Written:
    """Write a unit for each row that has both sides; `unit` is given the row and a note for it."""
    written = left_out = 0
    replacements = Replacements()
    waiting: list[str] = [f'{PROLOGUE}<tmx version="1.4">\n{header}  <body>\n']
    with path.open("wb") as file:
        for row in rows:
            source, target = row.source_text, row.target_text
            if not (source.strip() and target.strip()):
                left_out += 1
                continue
            note = ""
            if found := replacements.look(row, not_in_xml):
                note = f"{UNIT_INDENT}<note>{say_replaced(found)}</note>\n"
            waiting.append(unit(row, note))
            written += 1
            if len(waiting) >= _TOGETHER:
                file.write("".join(waiting).encode())
                waiting.clear()
        file.write("".join((*waiting, "  </body>\n</tmx>\n")).encode())
    return Written(written, left_out, replacements.rows, replacements.places)


def check_written_tmx(path: Path, written: Written) -> list[str]:
    """Return what is wrong with the file at `path`: the rules of TMX, and the count of units."""
    return check_our_tmx(path, units=written.rows)


def header_lines(header: CorpusHeader, segtype: str = "sentence") -> str:
    """Return the header element; units of another kind name their own segtype."""
    attributes = {
        "creationtool": "bicorpus",
        "creationtoolversion": one_line(header.version),
        "segtype": segtype,
        "o-tmf": "bicorpus",
        "adminlang": "en",
        "srclang": header.source_language,
        "datatype": "plaintext",
    }
    if date := _creation_date():
        attributes["creationdate"] = date
    start = " ".join(f'{name}="{xml_attribute(value)}"' for name, value in attributes.items())
    prop = prop_lines([("x-bicorpus-signature", header.signature)], "    ")
    return f"  <header {start}>\n{prop}  </header>\n" if prop else f"  <header {start}/>\n"


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


class _Units:
    """Builds units as text: a tenth of the time of an element tree, and the same bytes.

    What holds for all rows, or for all rows of a document, is built once.
    """

    def __init__(self, header: CorpusHeader) -> None:
        self._language = header.source_language
        made_by = [("x-bicorpus-model", header.model), ("x-bicorpus-run", header.run)]
        self._made_by = prop_lines(made_by, UNIT_INDENT)
        # The props of kind and flags, of which there are a few combinations.
        self._kinds: dict[tuple[str, tuple[str, ...]], str] = {}
        self._document = self._origin = ""
        self._start = self._document_prop = self._origin_prop = ""

    def unit(self, row: BeadRow, note: str) -> str:
        """Return the lines of a unit; props without a value are not written."""
        if row.document != self._document or row.origin != self._origin:
            self._enter(row)
        block = "" if row.shape == "1-1" else ' segtype="block"'
        if row.source_language != self._language:
            block += f' srclang="{xml_attribute(row.source_language)}"'
        return (
            f'{self._start}{row.number}"{block}>\n{self._document_prop}'
            f"{_pairing(row)}{self._made_by}{self._remarks(row)}{note}"
            f"{self._side(row.source_language, row.source_text, row.source_span)}"
            f"{self._side(row.target_language, row.target_text, row.target_span)}"
            "    </tu>\n"
        )

    def _enter(self, row: BeadRow) -> None:
        self._document, self._origin = row.document, row.origin
        self._start = f'    <tu tuid="{xml_attribute(row.document)}-'
        self._document_prop = prop_lines([("x-document", row.document)], UNIT_INDENT)
        self._origin_prop = prop_lines([("source-document", row.origin)], SIDE_INDENT)

    def _remarks(self, row: BeadRow) -> str:
        """Return the props behind those that all units share."""
        told = row.kind, row.flags
        lines = self._kinds.get(told)
        if lines is None:
            props = [("x-bicorpus-kind", row.kind), ("x-bicorpus-flags", " ".join(row.flags))]
            lines = self._kinds[told] = prop_lines(props, UNIT_INDENT)
        for one in row.findings:
            finding = f"{one.check}:{one.severity}:{one.message}"
            lines += prop_lines([("x-bicorpus-finding", finding)], UNIT_INDENT)
        if row.claims:
            lines += prop_lines([("x-bicorpus-claims", " ".join(row.claims))], UNIT_INDENT)
        return lines + (_ALIGNED if row.translation_score is None else _RENDERED)

    def _side(self, language: Language, text: str, span: Span | None) -> str:
        props = self._origin_prop
        if span is not None:
            place = f"{span.start}-{span.end}"
            props += f'{SIDE_INDENT}<prop type="x-bicorpus-offset">{place}</prop>\n'
        return side_lines(language, text, props)


def side_lines(language: Language, text: str, props: str) -> str:
    """Return the element of one side, with its props in front of its text."""
    return (
        f'      <tuv xml:lang="{xml_attribute(language)}">\n{props}'
        f"        <seg>{xml_content(text)}</seg>\n      </tuv>\n"
    )


def _pairing(row: BeadRow) -> str:
    """Return the props whose values are figures, which need no escaping.

    `type` and `score-aligner` are names of Bitextor and ParaCrawl; the type stands with a colon,
    as Bitextor writes it and its readers expect it.
    """
    lines = f'{UNIT_INDENT}<prop type="type">{row.shape.replace("-", ":")}</prop>\n'
    if row.score is not None:
        lines += f'{UNIT_INDENT}<prop type="score-aligner">{row.score:.4f}</prop>\n'
    sides = f"{sentence_numbers(row.source_sentences)};{sentence_numbers(row.target_sentences)}"
    lines += f'{UNIT_INDENT}<prop type="x-bicorpus-sentences">{sides}</prop>\n'
    if row.translation_score is not None:
        score = f"{row.translation_score:.4f}"
        lines += f'{UNIT_INDENT}<prop type="x-bicorpus-mt-score">{score}</prop>\n'
    return lines


def prop_lines(props: Iterable[tuple[str, str]], indent: str) -> str:
    """Return a line a prop; those without a value are not written."""
    return "".join(
        [
            f'{indent}<prop type="{name}">{xml_content(one_line(value))}</prop>\n'
            for name, value in props
            if value
        ]
    )


def _origin_lines(origin: str) -> str:
    """Return the props that say where a unit comes from, in Trados' names and values."""
    props = [("x-Origin", origin), ("x-ConfirmationLevel", "Draft")]
    return prop_lines(props, UNIT_INDENT)


_RENDERED, _ALIGNED = _origin_lines("MT"), _origin_lines("Alignment")

TMX = row_format(write_tmx, check_written_tmx, needs=("source", "target"), unit="units")
