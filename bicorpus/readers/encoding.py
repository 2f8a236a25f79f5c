"""From bytes to text: marks and patterns that prove an encoding first, a guess last, and said so.

The text comes back in NFC, without its byte order mark, and otherwise untouched: line ends stay.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from unicodedata import normalize

from bicorpus.errors import InputError
from bicorpus.readers.guessing import guess_encoding

# 64 MiB. A book has a megabyte: what is larger by far is a dump, and belongs into JSON lines,
# which are read line by line; the limit is one of lines there.
SIZE_LIMIT = 64 * 2**20

REPAIR = "Save the file as UTF-8 and try again."


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in NFC, the Python name of the encoding it had, and whether that was guessed."""

    text: str
    encoding: str
    guessed: bool


# Longest first: the mark of UTF-32 (little-endian) begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The files that people most often hand in by mistake, by their first bytes.
_KNOWN_BINARIES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (perhaps a .docx, .odt or .epub)"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)

# The labels by which pages declare an encoding. Python knows more codecs, such as "utf-7" and
# "unicode_escape", that no browser accepts and that turn plain text into something else.
_DECLARABLE = re.compile(
    r"(?:iso-?8859-?\d+|latin-?\d|windows-?\d+|cp-?\d+|mac-?\w+|koi8-?[ru]|gbk?|gb-?18030|gb2312"
    r"|big5|shift[_-]jis|euc-(?:jp|kr))",
    re.IGNORECASE,
)
# What browsers do, and the WHATWG Encoding Standard demands: pages that declare Latin-1 or
# ASCII are read as cp1252, because their dashes and quotes are cp1252's.
_READ_AS_CP1252 = frozenset({"iso8859-1", "ascii"})

# Text may hold a stray control character (a page break, what a PDF left behind); from one in
# a hundred it is no text. The limit only has to part prose (none) from random bytes (10%).
_HIGHEST_CONTROL_SHARE = 0.01
# But for tab, line feed, vertical tab, form feed, carriage return and next line (U+0085).
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def decode(content: bytes, *, name: str = "the text", declared: str | None = None) -> Decoded:
    """Return the text of `content`.

    `name` stands for the content in messages; `declared` is the encoding that the content itself
    names, as web pages do: it yields only to a byte order mark and to valid UTF-8.
    Raises InputError where the bytes are not text, or their encoding cannot be found out.
    """
    decoded = _decode_bytes(content, name, declared)
    _refuse_binary(decoded.text, name)
    return Decoded(normalize("NFC", decoded.text), decoded.encoding, decoded.guessed)


def _decode_bytes(content: bytes, name: str, declared: str | None) -> Decoded:
    for beginning, what in _KNOWN_BINARIES:
        if content.startswith(beginning):
            raise InputError(
                f'"{name}" is {what}, which bicorpus does not read.',
                next_step="Save its text as .txt or .html and try again.",
            )
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content[len(mark) :], encoding, name)
    if b"\0" in content:
        return _decode_wide(content, name)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", guessed=False)
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(content, error, name)
    return _decode_declared(content, declared) or _decode_guessed(content, name)


def _decode_marked(content: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding, guessed=False)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, "replace").count("\n") + 1
        raise InputError(
            f'"{name}" says that it is {encoding.upper()}, and is damaged in line {line}: '
            f"{error.reason}.",
            next_step=REPAIR,
        ) from error


def _decode_wide(content: bytes, name: str) -> Decoded:
    """Decode UTF-16 or UTF-32 without a mark, told by where the NUL bytes stand."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Read with the wrong byte order, Latin text turns into Chinese characters; German and
        # English text is Latin letters (below U+0250) and general punctuation (U+2000 to U+20FF).
        latin = sum(char < "\u0250" or "\u2000" <= char <= "\u20ff" for char in text)
        if "\0" not in text and latin >= 0.9 * len(text):
            return Decoded(text, encoding, guessed=True)
    raise InputError(
        f'"{name}" holds NUL bytes: it is a binary file, or damaged.',
        next_step="If it is text, save it as UTF-8 and try again.",
    )


def _refuse_damaged_utf8(content: bytes, error: UnicodeDecodeError, name: str) -> None:
    """Raise InputError where the content is UTF-8 but for single places.

    A guess would turn every umlaut of such a file into two wrong letters, because any bytes at
    all are valid in the one-byte encodings.
    """
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    valid = sum(char > "\x7f" for char in text) - damaged
    if valid <= damaged:
        return
    line = content.count(b"\n", 0, error.start) + 1
    raise InputError(
        f'"{name}" is damaged: it is UTF-8 but for {damaged} byte{"s" if damaged > 1 else ""}, '
        f"the first in line {line} (0x{content[error.start]:02X}).",
        next_step="Repair the place, or cut it out, and try again.",
    )


def _decode_declared(content: bytes, declared: str | None) -> Decoded | None:
    if declared is None or not _DECLARABLE.fullmatch(declared.strip()):
        return None
    try:
        encoding = codecs.lookup(declared.strip()).name
        if encoding in _READ_AS_CP1252:
            encoding = "cp1252"
        return Decoded(content.decode(encoding), encoding, guessed=False)
    except (LookupError, UnicodeDecodeError):
        return None


def _decode_guessed(content: bytes, name: str) -> Decoded:
    encoding = guess_encoding(content)
    if encoding is None:
        raise InputError(
            f'"{name}" is not text, or in an encoding that bicorpus cannot find out.',
            next_step=REPAIR,
        )
    name_of_codec = codecs.lookup(encoding).name
    return Decoded(content.decode(encoding).removeprefix("\ufeff"), name_of_codec, guessed=True)


def _refuse_binary(text: str, name: str) -> None:
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > _HIGHEST_CONTROL_SHARE * len(text):
        raise InputError(
            f'"{name}" holds control characters: it is a binary file, or damaged.',
            next_step="If it is text, save it as UTF-8 and try again.",
        )
