"""CSV and TSV glossaries: with named columns, or OmegaT's own without (source, target, comment)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from bicorpus.data import Language
from bicorpus.errors import InputError
from bicorpus.glossaries.languages import checked_languages
from bicorpus.glossaries.reading import LeftOutRow
from bicorpus.glossaries.rows import find_fields, make_term, names_languages
from bicorpus.readers.encoding import decode
from bicorpus.terms.glossary import Term

Fields = Mapping[str, tuple[int, ...]]

_OMEGAT: Fields = {"source": (0,), "targets": (1,), "note": (2,)}


def read_table(path: Path, source: Language, target: Language) -> Iterator[Term | LeftOutRow]:
    """Yield the terms of a table, a row each; rows that cannot be used with their line.

    Tabs part the cells where the first line holds one, else commas or semicolons. Without a header
    the first cells are source, target and comment, as in OmegaT's glossaries.
    """
    text = decode(path.read_bytes(), name=f'"{path}"').text
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise InputError(f'"{path}" is empty.', next_step="Check the file.")
    first = next((line for line in lines if not line.startswith("#")), lines[0])
    delimiter = max("\t,;", key=lambda mark: (first.count(mark), mark == "\t"))
    lines_of = io.StringIO(text, newline="")
    if delimiter == "\t" and '"' not in first:  # a quotation mark is then a character
        reader = csv.reader(lines_of, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines_of, delimiter=delimiter)
    try:
        numbered = ((reader.line_num, cells) for cells in reader)
        yield from read_rows(numbered, path, "line", (source, target))
    except csv.Error as error:
        raise InputError(
            f'"{path}", line {reader.line_num}: the table breaks off: {error}.',
            next_step="Check the quotation marks in this line.",
        ) from error


def read_rows(
    numbered: Iterable[tuple[int, list[str]]],
    path: Path,
    unit: str,
    languages: tuple[Language, Language],
) -> Iterator[Term | LeftOutRow]:
    """Yield the terms of rows of cells; places are told as "g.csv, line 7" where `unit` is "line".

    The first row may be a header; empty rows and comments are passed over. Raises InputError where
    no header names the languages and the terms are in others.
    """
    rows: Iterator[tuple[int, list[str]]] = (one for one in numbered if _has_content(one[1]))
    first = next(rows, None)
    if first is None:
        return
    fields: Fields | None = find_fields(first[1], *languages)
    is_certain = bool(fields) and names_languages(first[1], *languages)
    if fields is None:
        rows = chain([first], rows)
        fields = {name: at for name, at in _OMEGAT.items() if at[0] < len(first[1])}
    terms = (_term(cells, fields, f"{path.name}, {unit} {number}") for number, cells in rows)
    yield from terms if is_certain else checked_languages(terms, path, *languages)


def _has_content(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells) and not cells[0].startswith("# ")


def _term(cells: list[str], fields: Fields, place: str) -> Term | LeftOutRow:
    if len(cells) == 1 and len(fields) > 1:
        return LeftOutRow(place, "it has one cell only")
    named = {
        name: [cells[index] for index in indices if index < len(cells)]
        for name, indices in fields.items()
    }
    return make_term(named, place)
