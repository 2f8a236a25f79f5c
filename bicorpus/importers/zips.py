"""ZIP archives: what they are, the files in them, and one of those opened as a stream.

A file in an archive has the path "memories.zip/news.tmx". Nothing is unpacked to the disk, so that
no name in an archive can lead anywhere; names that try to are refused all the same.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import cast

from bicorpus.errors import InputError

_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")

# A bomb unpacks to a thousand times its size and more (deflate's most is 1,032), memories to ten to
# thirty times; small files of blanks do no harm.
_MOST_TIMES, _HARMLESS = 200, 100_000_000

_DRIVE = re.compile("[A-Za-z]:")
_ENCRYPTED = 1
# What zipfile raises where the list of files, or what stands before a file, makes no sense.
_SENSELESS = (zipfile.BadZipFile, EOFError, ValueError, OverflowError, struct.error)
_UNPACK = "Unpack it, and name the files that were in it."
_NO_PAIRS = (
    "It holds no pairs of sentences. Save it, and its translation, as plain text and pair them "
    "with: bicorpus align."
)
_TO_TABLE = "Save the sheet as CSV in UTF-8, with source and target in columns of their own."
# What is a ZIP archive inside and something else to people: by a file in it, or by its suffix.
_KINDS = {
    "word/document.xml": ("a Word document (DOCX)", _NO_PAIRS),
    "xl/workbook.xml": ("an Excel workbook (XLSX)", _TO_TABLE),
    "xl/workbook.bin": ("an Excel workbook (XLSB)", _TO_TABLE),
    "ppt/presentation.xml": ("a PowerPoint file (PPTX)", _NO_PAIRS),
    "designmap.xml": ("an InDesign file (IDML)", _NO_PAIRS),
    "META-INF/container.xml": ("a book (EPUB)", _NO_PAIRS),
    "META-INF/manifest.xml": ("an OpenDocument file", _NO_PAIRS),
    "META-INF/MANIFEST.MF": ("a Java archive", _UNPACK),
    ".docx": ("a Word document (DOCX)", _NO_PAIRS),
    ".xlsx": ("an Excel workbook (XLSX)", _TO_TABLE),
    ".pptx": ("a PowerPoint file (PPTX)", _NO_PAIRS),
    ".odt": ("an OpenDocument text", _NO_PAIRS),
    ".ods": ("an OpenDocument spreadsheet", _TO_TABLE),
    ".odp": ("an OpenDocument presentation", _NO_PAIRS),
    ".idml": ("an InDesign file (IDML)", _NO_PAIRS),
    ".epub": ("a book (EPUB)", _NO_PAIRS),
    ".sdlppx": ("a Trados project package", "Unpack it, and name its .sdlxliff files."),
    ".sdlrpx": ("a Trados return package", "Unpack it, and name its .sdlxliff files."),
    ".wsxz": ("a WorldServer package", "Unpack it, and name its .sdlxliff files."),
}


def is_zip(path: Path) -> bool:
    """Return whether the file begins as a ZIP archive. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return file.read(4) in _BEGINNINGS


def archive_of(path: Path) -> Path | None:
    """Return the archive of a path such as "memories.zip/news.tmx"; None for any other."""
    return next((one for one in path.parents if one.is_file() and is_zip(one)), None)


def files_in_zip(path: Path) -> list[Path]:
    """Return the paths of the files in an archive, by name.

    Hidden files and those that macOS puts beside others are left out. Raises InputError where the
    archive is damaged, encrypted, a bomb, or of a kind that is none to people (DOCX).
    """
    archive = _open(path)
    names = sorted(set(_names(archive, path)))
    _refuse_other_kinds(path, names)
    packed, unpacked = path.stat().st_size, sum(one.file_size for one in archive.infolist())
    if unpacked > max(_HARMLESS, _MOST_TIMES * packed):
        raise InputError(
            f'"{path}" holds {packed:,} bytes that unpack to {unpacked:,}: it may be a ZIP bomb.',
            next_step="If you trust it, unpack it, and name the files that were in it.",
        )
    return [path / name for name in names if not _is_hidden(name)]


def _names(archive: zipfile.ZipFile, path: Path) -> Iterator[str]:
    for entry in archive.infolist():
        place = PurePosixPath(entry.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or _DRIVE.match(entry.filename):
            raise InputError(
                f'"{path}" holds a file with the name "{entry.filename}", which leads out of it.',
                next_step="Ask whoever made it: archives of memories have no such names.",
            )
        # Links lead to other files, and have no text of their own.
        if not entry.is_dir() and not stat.S_ISLNK(entry.external_attr >> 16):
            yield entry.filename


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts)


def _refuse_other_kinds(path: Path, names: list[str]) -> None:
    if not names:
        raise InputError(f'The ZIP archive "{path}" is empty.', next_step="Check the file.")
    for kind, (what, next_step) in _KINDS.items():
        if kind == path.suffix.lower() or kind in names:
            raise InputError(f'"{path}" is {what}.', next_step=next_step)


def open_entry(path: Path, archive: Path) -> zipfile.ZipExtFile:
    """Return a file in an archive, open. Raises InputError where it is not there, or locked."""
    found = _open(archive)
    name = path.relative_to(archive).as_posix()
    try:
        # Some programs write "./news.tmx".
        entry = found.getinfo(name if name in found.NameToInfo else f"./{name}")
        if entry.flag_bits & _ENCRYPTED:
            raise InputError(
                f'"{path}" is encrypted: the archive has a password.', next_step=_UNPACK
            )
        return cast("zipfile.ZipExtFile", found.open(entry))
    except KeyError as error:
        raise InputError(
            f'There is no file "{name}" in the archive "{archive}".', next_step="Check the path."
        ) from error
    except NotImplementedError as error:
        raise InputError(
            f'"{path}" is packed in a way that Python does not know ({error}).', next_step=_UNPACK
        ) from error
    except _SENSELESS as error:
        raise _damaged(archive, error) from error


def _open(path: Path) -> zipfile.ZipFile:
    state = path.stat()
    try:
        return _opened(path, state.st_size, state.st_mtime_ns)
    except (*_SENSELESS, NotImplementedError) as error:
        raise _damaged(path, error) from error


# An archive's list of files is read with each opening; one of ten thousand files, ten thousand
# times. Size and time of the file tell another archive of the same name.
@lru_cache(maxsize=4)
def _opened(path: Path, _size: int, _time: int) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)


def _damaged(path: Path, error: Exception) -> InputError:
    return InputError(
        f'The ZIP archive "{path}" is cut off or damaged ({error}).',
        next_step="Get the file again from where it came.",
    )
