"""XLSX glossaries, through pandas: the first sheet, a header and a row a term."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from bicorpus.data import Language
from bicorpus.errors import DependencyError, InputError
from bicorpus.glossaries.reading import LeftOutRow
from bicorpus.glossaries.table import read_rows
from bicorpus.terms.glossary import Term


def read_spreadsheet(path: Path, source: Language, target: Language) -> Iterator[Term | LeftOutRow]:
    """Yield the terms of the first sheet, a row each; rows that cannot be used with their number.

    Raises DependencyError where openpyxl, which pandas needs for it, is not installed.
    """
    if find_spec("openpyxl") is None:
        raise DependencyError(
            f'To read "{path}" the package "openpyxl" is needed, which is not installed.',
            next_step='Install it with: pip install "bicorpus[xlsx]"',
        )
    import pandas

    try:
        table = pandas.read_excel(path, header=None, dtype=str, keep_default_na=False)
    except (ValueError, KeyError) as error:
        raise InputError(
            f'"{path}" is no spreadsheet that can be read: {error}.',
            next_step="Save it as .xlsx again, or export it as CSV.",
        ) from error
    numbered = (
        (number, [str(cell) for cell in row])
        for number, row in enumerate(table.itertuples(index=False), 1)
    )
    yield from read_rows(numbered, path, "row", (source, target))
