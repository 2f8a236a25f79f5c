"""Which columns of a table (or fields of a record) hold the texts: by the field's usual names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bicorpus.errors import SettingsError
from bicorpus.importers.units import Request, primary

_SOURCE = ("source", "src", "source_text", "src_text", "source_segment", "sourcetext", "original")
_TARGET = (
    "target", "tgt", "trg", "target_text", "tgt_text", "trg_text", "target_segment",
    "targettext", "translation", "reference", "ref",
)  # fmt: skip
_DOCUMENT = ("document", "document_id", "doc", "doc_id", "docid", "x-document", "file", "filename")
_NAMES = {"de": "german", "en": "english", "fr": "french", "es": "spanish", "it": "italian"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the texts are: indices; None where there is no such column."""

    source: int
    target: int
    document: int | None = None
    origin: int | None = None
    kind: int | None = None
    segment: int | None = None


def find_columns(header: Sequence[str], request: Request, *, place: str) -> Columns | None:
    """Return the columns that a header names, or that the request names; None where none fit.

    Raises SettingsError, with the place of the header, where the request names a column that is
    not there.
    """
    names = [name.strip().strip('"').lower().replace(" ", "_") for name in header]
    if request.columns:
        return _asked_for(names, header, request.columns, place)
    source = _find(names, _languages(request.source_language), _SOURCE)
    target = _find(names, _languages(request.target_language), _TARGET)
    if source is None or target is None or source == target:
        return None
    return Columns(
        source,
        target,
        _find(names, _DOCUMENT),
        *(names.index(name) if name in names else None for name in ("origin", "kind", "segment")),
    )


def numbered(columns: Sequence[str]) -> Columns | None:
    """Return the columns that were given as numbers from 1: the table then has no header."""
    if not columns or not all(one.isdecimal() and int(one) for one in columns):
        return None
    return Columns(*(int(one) - 1 for one in columns))


def _languages(tag: str) -> tuple[str, ...]:
    """Return what a column in a language is called: "de", "de-at", "text_de", "german"."""
    code = primary(tag)
    full = tag.lower().replace("_", "-")
    names = (code, full, f"text_{code}", f"{code}_text", f"sentence_{code}", f"{code}_sentence")
    return (*names, _NAMES.get(code, code))


def _find(names: list[str], *choices: tuple[str, ...]) -> int | None:
    for choice in choices:
        for name in choice:
            if name in names:
                return names.index(name)
    # "de-DE", "de_AT": a language with a region that nobody asked for.
    codes = choices[0][:1] if len(choices) > 1 else ()
    tagged = [n for n, name in enumerate(names) if len(name) == 5 and name[2] in "-_"]
    return next((n for n in tagged if primary(names[n]) in codes), None)


def _asked_for(
    names: list[str], header: Sequence[str], columns: Sequence[str], place: str
) -> Columns:
    places = []
    for column in columns:
        wanted = column.strip().lower().replace(" ", "_")
        if wanted not in names:
            there = ", ".join(f'"{name}"' for name in header)
            close = get_close_matches(wanted, names, 1)
            guess = f'Did you mean "{header[names.index(close[0])]}"? ' if close else ""
            raise SettingsError(
                f'{place}: there is no column "{column}".',
                next_step=f"{guess}The header names: {there}.",
            )
        places.append(names.index(wanted))
    return Columns(*places)
