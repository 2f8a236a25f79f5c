"""Which files a folder holds, in an order that is the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from bicorpus.data import Refusal

CORPUS_MARK = "corpus.db"


def walk_folder(folder: Path, *, origin: str) -> Iterator[tuple[Path, str] | Refusal]:
    """Yield path and origin (`origin`/place in the folder) of each file in the folder, or below.

    By code points of the names, a folder's files standing where its name stands. Hidden files and
    folders (".git") are left out, and so are corpora that bicorpus made. Links are followed, each
    real folder is read once: a link back
    up the tree ends there. What cannot be listed is yielded as a Refusal.
    """
    return _walk(folder, origin, set())


def _walk(
    folder: Path, origin: str, seen: set[tuple[int, int]]
) -> Iterator[tuple[Path, str] | Refusal]:
    try:
        state = folder.stat()
        if (state.st_dev, state.st_ino) in seen:
            return
        seen.add((state.st_dev, state.st_ino))
        entries = sorted(folder.iterdir(), key=_sort_key)
    except OSError as error:
        yield Refusal(origin, f'The folder "{origin}" cannot be listed: {error.strerror}.')
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        place = f"{origin.rstrip('/')}/{printable(entry.name)}"
        if (entry / CORPUS_MARK).is_file():
            # `bicorpus build . -o corpus` must not read what it wrote the last time.
            continue
        if entry.is_dir():
            yield from _walk(entry, place, seen)
        else:
            yield entry, place


def _sort_key(path: Path) -> tuple[str, str]:
    # Some file systems hand out "ä" as one code point, some as two.
    return normalize("NFC", path.name), path.name


def printable(name: str) -> str:
    r"""Return a file name that can be written as UTF-8: bytes that are not come as "\\xe4"."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
