"""What the name of a file says: its format, its language, and which other file it goes with."""

from __future__ import annotations

from pathlib import Path

from bicorpus.importers.units import Request, primary

XML_SUFFIXES = frozenset(
    (".tmx", ".xlf", ".xliff", ".sdlxliff", ".mxliff", ".mqxliff", ".ttx", ".xml")
)
TEXT_SUFFIXES = {".tsv": "tsv", ".tab": "tsv", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
# Names that say no more than that a file is XML are no reason to take it out of a folder.
KNOWN_SUFFIXES = {*XML_SUFFIXES, *TEXT_SUFFIXES} - {".xml"}


def suffix_of(path: Path) -> str:
    """Return the suffix of a name in lower case; that before ".gz" of a gzipped file."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def language_in(path: Path, request: Request) -> int:
    """Return 0 or 1 where the name says that the file is in the source or target language."""
    parts = [part for part in path.name.split(".")[1:] if part not in {"txt", "gz"}]
    code = primary(parts[-1]) if parts else ""
    wanted = (request.source, request.target)
    return wanted.index(code) if code in wanted else -1


def stem_of(path: Path, request: Request) -> str:
    """Return the name without its language: "news" for "news.de" and "news.de.txt.gz"."""
    parts = path.name.removesuffix(".gz").removesuffix(".txt").split(".")
    return ".".join(parts[:-1]) if language_in(path, request) >= 0 else path.name
