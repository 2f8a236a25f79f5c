"""The files that a folder or a ZIP archive brings to an import, and those that are passed over."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bicorpus.errors import BicorpusError, InputError
from bicorpus.importers.names import KNOWN_SUFFIXES, language_in, stem_of, suffix_of
from bicorpus.importers.opening import open_binary
from bicorpus.importers.units import Request
from bicorpus.importers.xml_stream import prolog_of
from bicorpus.importers.zips import files_in_zip, is_zip

# An archive in an archive is refused, rather than passed over.
_TAKEN = KNOWN_SUFFIXES | {".zip"}
_MOST_NAMED = 3


@dataclass(slots=True)
class Gathered:
    """A file that is to be imported; `notes` count what is worth saying of where it comes from.

    `error` says why a place brings no files: `path` is then that place.
    """

    path: Path
    notes: Counter[str] = field(default_factory=Counter)
    error: BicorpusError | OSError | None = None


def gather_all(paths: Iterable[Path], request: Request) -> Iterator[Gathered]:
    """Yield the files of all places in order, those of archives in folders, too."""
    notes: Counter[str] = Counter()
    waiting = deque(paths)
    while waiting:
        path = waiting.popleft()
        try:
            found, passed_over = gather(path, request)
        except (BicorpusError, OSError) as error:
            yield Gathered(path, error=error)
            continue
        if passed_over:
            notes[_note(path, passed_over)] += len(passed_over)
        if path.is_dir() and found != [path]:
            waiting.extendleft(reversed(found))
            continue
        for one in found:
            yield Gathered(one, notes)
            notes = Counter()


def _note(place: Path, passed_over: Sequence[Path]) -> str:
    """Return what follows the number of the files that were passed over."""
    names = [one.relative_to(place).as_posix() for one in passed_over[:_MOST_NAMED]]
    more = ", …" if len(passed_over) > _MOST_NAMED else ""
    return f'file{"s" * (len(passed_over) > 1)} of "{place}" passed over: {", ".join(names)}{more}'


def gather(path: Path, request: Request) -> tuple[list[Path], list[Path]]:
    """Return a file as it is; of a folder or a ZIP archive the files that are to be imported.

    To be imported are the links (XCES) of a folder, or else all files with a known suffix and all
    pairs such as "news.de" and "news.en"; a lone file in an archive, whatever it is called. The
    second list has those that are passed over. A corpus inside a folder is none of its files: its
    claims would come in as units.

    Raises InputError where none of them is to be imported, or the archive is no good.
    """
    if path.is_dir() and not (path / "corpus.db").exists():
        corpora = {one.parent for one in path.rglob("corpus.db")}
        files = sorted(
            one for one in path.rglob("*") if one.is_file() and corpora.isdisjoint(one.parents)
        )
        if links := [one for one in files if _is_xml(one) and is_links(one)]:
            return links, []
        return _choose(path, files, request)
    if path.is_file() and is_zip(path):
        files = files_in_zip(path)
        return (files, []) if len(files) == 1 else _choose(path, files, request)
    return [path], []


def _is_xml(path: Path) -> bool:
    return path.name.endswith((".xml.gz", ".xml"))


def is_links(path: Path) -> bool:
    """Return whether the file is an alignment (cesAlign)."""
    try:
        with open_binary(path) as file:
            return prolog_of(file, path, None).name == "cesAlign"
    except (BicorpusError, OSError):
        return False


def _choose(place: Path, files: Sequence[Path], request: Request) -> tuple[list[Path], list[Path]]:
    sides: dict[tuple[Path, str], set[int]] = {}
    for one in files:
        if (side := language_in(one, request)) >= 0:
            sides.setdefault((one.parent, stem_of(one, request)), set()).add(side)
    chosen = [
        one
        for one in files
        if suffix_of(one) in _TAKEN
        or (language_in(one, request) >= 0 and len(sides[one.parent, stem_of(one, request)]) == 2)
    ]
    if not chosen:
        names = ", ".join(f'"{one.relative_to(place)}"' for one in files[:_MOST_NAMED])
        what = "folder" if place.is_dir() else "archive"
        raise InputError(
            f'The {what} "{place}" holds no file of a known format'
            f"{f': {names} …' if names else ': it is empty'}.",
            next_step="bicorpus import --help lists the formats; name a file itself where its name "
            "does not tell what it is.",
        )
    return chosen, sorted(set(files).difference(chosen))
