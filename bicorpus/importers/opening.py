"""Opens files as a stream, as they are or gzipped: their first bytes tell, not their names."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from bicorpus.errors import InputError
from bicorpus.importers.units import broken

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP = b"\x1f\x8b"
_NEXT_STEP = "Get the file again from where it came, or use --keep-readable."


def is_zipped(path: Path) -> bool:
    """Return whether the file is a gzip archive. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return file.read(len(_GZIP)) == _GZIP


def open_binary(path: Path) -> io.BufferedReader:
    """Return the bytes of a file, unzipped if need be, in constant memory.

    While it is read, InputError is raised, with the line of the text, where an archive ends too
    early or is damaged; all that was before that place has then been given out.
    """
    if is_zipped(path):
        return io.BufferedReader(_Unzipped(path))
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


class _Unzipped(io.RawIOBase):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file = gzip.open(path, "rb")  # noqa: SIM115 - closed by close
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
        except (gzip.BadGzipFile, zlib.error) as error:
            raise self._broken(f"is damaged ({error})") from error
        self._lines += content.count(b"\n")
        view[: len(content)] = content
        return len(content)

    def _broken(self, what: str) -> InputError:
        line = self._lines + 1
        return broken(self._path, line, f"the gzip archive {what}.", next_step=_NEXT_STEP)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
