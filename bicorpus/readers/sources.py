"""Files, folders and standard input, one after the other and one file in memory at a time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from bicorpus.data import Document, Language, Refusal
from bicorpus.errors import InputError
from bicorpus.readers.documents import check_language
from bicorpus.readers.encoding import SIZE_LIMIT, decode
from bicorpus.readers.folders import printable, walk_folder
from bicorpus.registry import BACKENDS, find_backend

STANDARD_INPUT = "<stdin>"
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Options:
    language: Language | None
    text_field: str


def read_sources(
    sources: Sequence[str | Path],
    *,
    standard_input: BinaryIO | None = None,
    language: Language | None = None,
    text_field: str = "text",
) -> Iterator[Document | Refusal]:
    """Yield the documents of all sources in order, and a Refusal for each that cannot be used.

    A source is a file, a folder (with all below it, see `walk_folder`) or "-" for standard input
    (JSON lines, a web page or text, told by how it begins). A file's format is told by its
    extension; a file without one that is named itself is read as text. `language` ("de", "en")
    says what everything is in, else it is detected; `text_field` is the field of JSON lines.

    `Document.origin` is the path as given, in a folder `folder/place/in/it.txt`, in JSON lines
    with `:line` (see `JsonlReader`), and "<stdin>".

    Raises at once, before anything is read: InputError where a source does not exist or standard
    input is named twice; SettingsError where the language is none that bicorpus reads.
    """
    check_language(language)
    names = [str(source) for source in sources]
    for name in names:
        if name != "-" and not _exists(Path(name)):
            raise InputError(
                f'There is no file or folder "{printable(name)}".', next_step="Check the path."
            )
    if names.count("-") > 1:
        raise InputError('Standard input, "-", can only be read once.', next_step="Name it once.")
    return _read_all(names, standard_input, _Options(language, text_field))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long for the system, or with a NUL in it
        return False


def _read_all(
    names: Sequence[str], standard_input: BinaryIO | None, options: _Options
) -> Iterator[Document | Refusal]:
    for name in names:
        path = Path(name)
        origin = printable(path.as_posix())
        if name == "-":
            yield from _read_standard_input(standard_input or sys.stdin.buffer, options)
        elif path.is_dir():
            yield from _read_folder(path, origin, options)
        else:
            yield from _read_file(path, origin, path.suffix or ".txt", options)


def _read_folder(folder: Path, origin: str, options: _Options) -> Iterator[Document | Refusal]:
    is_empty = True
    for entry in walk_folder(folder, origin=origin):
        is_empty = False
        if isinstance(entry, Refusal):
            yield entry
        else:
            path, place = entry
            yield from _read_file(path, place, path.suffix, options)
    if is_empty:
        yield Refusal(origin, f'The folder "{origin}" holds no files.')


def _read_file(
    path: Path, origin: str, extension: str, options: _Options
) -> Iterator[Document | Refusal]:
    extension = extension.lower()
    if extension not in BACKENDS["reader"]:
        known = ", ".join(BACKENDS["reader"])
        yield Refusal(
            origin, f'"{origin}" is not a kind of file that bicorpus reads (known: {known}).'
        )
        return
    try:
        if not path.is_file():
            what = "a link to nothing" if path.is_symlink() and not path.exists() else "not a file"
            yield Refusal(origin, f'"{origin}" is {what}.')
            return
        with path.open("rb") as stream:
            yield from _read_stream(stream, origin, extension, options)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield Refusal(origin, f'"{origin}" cannot be read: {reason}.')


def _read_standard_input(stream: BinaryIO, options: _Options) -> Iterator[Document | Refusal]:
    # Peeking needs a buffer of our own; without detach() it would close the stream with itself.
    buffered = BufferedReader(cast(Any, stream), _HEAD)
    try:
        extension = _sniff(buffered.peek(_HEAD))
        yield from _read_stream(buffered, STANDARD_INPUT, extension, options)
    except OSError as error:
        yield Refusal(STANDARD_INPUT, f"Standard input cannot be read: {error.strerror}.")
    finally:
        buffered.detach()


def _sniff(head: bytes) -> str:
    """Return the extension of the format that content which begins with `head` is in."""
    try:
        # UTF-16 is cut at a whole character.
        text = decode(head[: len(head) // 4 * 4]).text if b"\0" in head else ""
    except InputError:
        return ".txt"  # whose reader will say what is wrong
    text = text or head.decode("utf-8", "replace")
    text = text.removeprefix("\ufeff").lstrip()
    if re.match(r'\{\s*"', text):
        return ".jsonl"
    if re.match(
        r"<(?:!doctype html|html|head|body|article|main|\?xml)\b|<!--", text, re.IGNORECASE
    ):
        return ".html"
    return ".txt"


def _read_stream(
    stream: BufferedReader, origin: str, extension: str, options: _Options
) -> Iterator[Document | Refusal]:
    backend = find_backend("reader", extension)
    if hasattr(backend, "read_stream"):
        reader = backend(language=options.language, text_field=options.text_field)
        yield from reader.read_stream(Path(origin), stream)
        return
    content = stream.read(SIZE_LIMIT + 1)
    if len(content) > SIZE_LIMIT:
        yield Refusal(
            origin,
            f'"{origin}" is larger than {SIZE_LIMIT // 2**20} MiB. Cut it into one file an '
            "article, or put a document a line into a .jsonl file.",
        )
    else:
        yield from backend(language=options.language).read(Path(origin), content)
