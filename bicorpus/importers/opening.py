"""Opens files as a stream, as they are or from an archive: their first bytes tell, not names."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from bicorpus.errors import InputError
from bicorpus.importers.units import broken
from bicorpus.importers.zips import archive_of, open_entry

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP = b"\x1f\x8b"
_NEXT_STEP = "Get the file again from where it came, or use --keep-readable."
_DAMAGE = (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError)


def is_gzipped(path: Path) -> bool:
    """Return whether the file is a gzip archive. Raises OSError where it cannot be read."""
    if archive_of(path):
        return False
    with path.open("rb") as file:
        return file.read(len(_GZIP)) == _GZIP


def is_there(path: Path) -> bool:
    """Return whether there is such a file, or such an archive to look for it in."""
    return path.exists() or archive_of(path) is not None


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of the archive that it is in; 0 where there is none."""
    place = archive_of(path) or path
    return place.stat().st_size if place.is_file() else 0


def open_binary(path: Path) -> io.BufferedReader:
    """Return the bytes of a file, unpacked if need be, in constant memory.

    While it is read, InputError is raised, with the line of the text, where an archive ends too
    early or is damaged; all that was before that place has then been given out.
    """
    if archive := archive_of(path):
        return io.BufferedReader(_Unpacked(open_entry(path, archive), path, "ZIP"))
    if is_gzipped(path):
        return io.BufferedReader(_Unpacked(gzip.open(path, "rb"), path, "gzip"))
    return path.open("rb")


def head_of(file: io.BufferedIOBase, size: int) -> bytes:
    """Return the first `size` bytes; fewer where there are no more, or none that can be read."""
    head = b""
    try:
        while len(head) < size and (more := file.read1(size - len(head))):
            head += more
    except InputError:
        if not head:
            raise
    return head


class _Unpacked(io.RawIOBase):
    """A file in an archive of a kind, "ZIP" or "gzip"."""

    def __init__(self, file: gzip.GzipFile | zipfile.ZipExtFile, path: Path, kind: str) -> None:
        super().__init__()
        self._file = file
        self._path = path
        self._kind = kind
        self._lines = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        try:
            # Not read: it would lose what came before the place where the archive breaks.
            content = self._file.read1(len(view))
        except EOFError as error:
            raise self._broken("ends too early: it is cut off") from error
        except _DAMAGE as error:
            raise self._broken(f"is damaged ({error})") from error
        self._lines += content.count(b"\n")
        view[: len(content)] = content
        return len(content)

    def _broken(self, what: str) -> InputError:
        line = self._lines + 1
        kind = self._kind
        return broken(self._path, line, f"the {kind} archive {what}.", next_step=_NEXT_STEP)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
