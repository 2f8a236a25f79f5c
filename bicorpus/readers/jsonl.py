"""JSON lines: a document a line, in an object with a text field."""

from __future__ import annotations

import json
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any

from bicorpus.data import Document, Language, Refusal
from bicorpus.errors import InputError
from bicorpus.readers.documents import check_language, make_document
from bicorpus.readers.encoding import SIZE_LIMIT, Decoded, decode

_TITLE_FIELDS = ("title", "name")
_ORIGIN_FIELDS = ("origin", "url", "id")


class JsonlReader:
    """Reads a document from each line: `{"text": …, "title": …, "url": …}`.

    The text is in the field `text_field`. The title is the record's "title", else its "name". The
    document's origin is file and line, with what the record calls itself behind it ("origin",
    else "url", else "id"): `news.jsonl:12 (https://example.org/a)`. Other fields are left alone.
    """

    def __init__(self, *, language: Language | None = None, text_field: str = "text") -> None:
        check_language(language)
        self.language = language
        self.text_field = text_field

    def read(self, path: Path, content: bytes) -> Iterator[Document | Refusal]:
        """Yield a Document or a Refusal for each line of `content` that is not blank."""
        yield from self.read_stream(path, BufferedReader(BytesIO(content)))

    def read_stream(self, path: Path, stream: BufferedReader) -> Iterator[Document | Refusal]:
        """Yield as `read` does, with only one line of the stream in memory at a time.

        JSON is UTF-8 by its standard. The encoding of a line that is not is guessed by itself,
        and its document says so. Only UTF-16 and UTF-32, where a line end is no single byte, are
        read as a whole.
        """
        origin = path.as_posix()
        whole = None
        head = stream.peek(4)[:4]
        if b"\0" in head or head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            try:
                whole = decode(stream.read(SIZE_LIMIT + 1), name=origin)
            except InputError as error:
                yield Refusal(origin, str(error))
                return
            stream = BufferedReader(BytesIO(whole.text.encode("utf-8")))
        number = 0
        for number, line in _number_records(stream):
            place = f"{origin}:{number}"
            try:
                yield self._read_record(place, line, whole)
            except InputError as error:
                yield Refusal(place, str(error))
        if not number:
            yield Refusal(origin, f'"{origin}" holds no record.')

    def _read_record(self, place: str, line: bytes, whole: Decoded | None) -> Document | Refusal:
        if len(line) > SIZE_LIMIT:
            raise InputError(f'"{place}" is longer than {SIZE_LIMIT // 2**20} MiB.')
        decoded = decode(line, name=place)
        record = _parse_object(decoded.text, place)
        text = record.get(self.text_field)
        if not isinstance(text, str):
            raise InputError(_complain_about_text(place, record, self.text_field))
        name = _first_string(record, _ORIGIN_FIELDS)
        return make_document(
            Decoded(text, (whole or decoded).encoding, (whole or decoded).guessed),
            origin=f"{place} ({name})" if name else place,
            title=_first_string(record, _TITLE_FIELDS),
            language=self.language,
        )


def _number_records(stream: BufferedReader) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of the lines that are not blank; one beyond the limit is cut."""
    number, line = 1, stream.readline(SIZE_LIMIT + 1)
    while line:
        if line.removeprefix(BOM_UTF8).strip():
            yield number, line
        while len(line) > SIZE_LIMIT and not line.endswith(b"\n"):
            line = stream.readline(SIZE_LIMIT + 1) or b"\n"
        number, line = number + 1, stream.readline(SIZE_LIMIT + 1)


def _parse_object(line: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        # RecursionError: brackets nested deeper than any record of an article.
        what = f": {error}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f'"{place}" is not JSON{what}.', next_step=_EXPECTED) from error
    if not isinstance(record, dict):
        raise InputError(f'"{place}" is not a JSON object.', next_step=_EXPECTED)
    return record


_EXPECTED = 'Each line must be an object such as {"text": "…"}.'


def _complain_about_text(place: str, record: dict[str, Any], field: str) -> str:
    if field in record:
        return f'"{place}": the field "{field}" is not a string.'
    fields = ", ".join(f'"{key}"' for key in list(record)[:10])
    return f'"{place}" has no field "{field}" (it has: {fields or "none"}).'


def _first_string(record: dict[str, Any], fields: Iterable[str]) -> str:
    """Return the first of the fields that holds a string or a number, "" where none does."""
    for field in fields:
        value = record.get(field)
        if isinstance(value, str) and value.strip():
            return _printable(value.strip())
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _printable(value: str) -> str:
    # Origins and titles are written to UTF-8 files, half characters cannot be.
    return value.encode("utf-8", "replace").decode("utf-8")
