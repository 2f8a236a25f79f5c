"""Where the sentence files of an XCES alignment are: beside it, below, zipped or in a zip file."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath
from types import TracebackType

from bicorpus.errors import InputError

# OPUS names folders by what is in them: sentences as they are, or cut into tokens.
_FOLDERS = ("", "raw", "xml")


class SentenceFiles:
    """Finds sentence files near the folder of an alignment; a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._archives: list[zipfile.ZipFile] = []
        self._entries: dict[str, tuple[zipfile.ZipFile, str]] | None = None

    def __enter__(self) -> SentenceFiles:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _place: TracebackType | None,
    ) -> None:
        for archive in self._archives:
            archive.close()

    def open(self, name: str) -> tuple[BytesIO, Path] | None:
        """Return the file that an alignment names, open, and its path; None where there is none."""
        parts = PurePosixPath(name).parts
        if not parts or ".." in parts or name.startswith("/"):
            return None  # names of other people's files lead nowhere outside the folder
        bare = name.removesuffix(".gz")
        for folder in _FOLDERS:
            for form in (bare, f"{bare}.gz"):
                path = self._folder / folder / form
                if path.is_file():
                    return _unzipped(path.read_bytes(), path), path
        found = self._in_archives().get(bare)
        if found is None:
            return None
        archive, entry = found
        path = Path(archive.filename or "") / entry
        try:
            return _unzipped(archive.read(entry), path), path
        except (RuntimeError, zipfile.BadZipFile) as error:
            # RuntimeError: it is encrypted, or packed in a way that Python does not know.
            raise InputError(f'"{path}" cannot be unpacked: {error}.') from error

    def _in_archives(self) -> dict[str, tuple[zipfile.ZipFile, str]]:
        """Return the entries of the zip files by the ends of their names: "de/one.xml"."""
        if self._entries is None:
            self._entries = {}
            for path in sorted(self._folder.glob("*.zip")):
                if not zipfile.is_zipfile(path):
                    continue
                archive = zipfile.ZipFile(path)
                self._archives.append(archive)
                for entry in archive.namelist():
                    parts = entry.removesuffix(".gz").split("/")
                    for start in range(len(parts)):
                        self._entries.setdefault("/".join(parts[start:]), (archive, entry))
        return self._entries


def _unzipped(content: bytes, path: Path) -> BytesIO:
    try:
        return BytesIO(gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(
            f'"{path}" cannot be unpacked: it is cut off or damaged ({error}).',
            next_step="Get the file again from where it came.",
        ) from error
