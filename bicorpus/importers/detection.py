"""Which format a file is in, and which files belong together, by content first and name second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bicorpus.errors import BicorpusError, InputError
from bicorpus.exporters.characters import one_line
from bicorpus.importers.gathering import gather_all, is_links
from bicorpus.importers.lines import find_encoding
from bicorpus.importers.names import (
    TEXT_SUFFIXES,
    XML_SUFFIXES,
    language_in,
    stem_of,
    suffix_of,
)
from bicorpus.importers.opening import head_of, is_gzipped, is_there, open_binary
from bicorpus.importers.units import Request, broken
from bicorpus.importers.xml_stream import prolog_of
from bicorpus.importers.zips import archive_of

# Root elements, and what they are: a format of ours, or what people take for one.
_ROOTS = {"tmx": "tmx", "xliff": "xliff", "cesAlign": "xces", "TRADOStag": "ttx"}
_OTHER_ROOTS = {
    "srx": "segmentation rules (SRX), which hold no translations",
    "martif": "a terminology (TBX), not a memory of translated segments",
    "tbx": "a terminology (TBX), not a memory of translated segments",
    "html": "a web page",
    "cesDoc": "a text of one language (XCES); name the file of the links (cesAlign)",
    "text": "a text of one language; name the file of the links (cesAlign)",
    "TS": "a catalogue of Qt Linguist; export it as XLIFF",
    "TEI": "a TEI document; only cesAlign, TMX, XLIFF and TTX are read",
}
# What is XML whatever its name says.
_XML = re.compile(r"<(?:\?xml|!DOCTYPE|tmx|xliff|cesAlign|TRADOStag)\b")
_LADDER = re.compile(r"\s*\[[\d,\s]*\]\s*:\s*\[[\d,\s]*\]")
_BINARIES = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Microsoft Office file"),
    (b"SQLite format 3\0", "an SQLite database"),
)
_NEXT_STEP = "Give it with --format; bicorpus import --help lists the formats."


@dataclass(frozen=True, slots=True)
class Job:
    """Files to be read together, in which format; or why the first of them cannot be.

    `notes` count what is worth saying of the folder or archive that they come from.
    """

    form: str
    paths: tuple[Path, ...]
    error: BicorpusError | None = None
    notes: Counter[str] = field(default_factory=Counter)


def plan(paths: Sequence[Path], request: Request, *, form: str | None = None) -> list[Job]:
    """Return the jobs that the files make, in their order; those of a pair count once."""
    jobs: list[Job] = []
    waiting = {one.path: one for one in gather_all(paths, request)}
    while waiting:
        path, found = next(iter(waiting.items()))
        try:
            if found.error:
                raise found.error
            job = _job(path, tuple(waiting), request, form)
        except (BicorpusError, OSError) as error:
            job = Job("", (path,), _readable(error, path))
        jobs.append(replace(job, notes=found.notes))
        for one in job.paths:
            waiting.pop(one, None)
    return jobs


def _readable(error: BicorpusError | OSError, path: Path) -> BicorpusError:
    """Return an error as one for people."""
    if isinstance(error, BicorpusError):
        return error
    return InputError(
        f'"{path}" cannot be read: {error.strerror or error}.',
        next_step="Check the path, and that you may read it.",
    )


def _job(path: Path, all_paths: Sequence[Path], request: Request, form: str | None) -> Job:
    if (path / "corpus.db").exists():
        raise InputError(
            f'"{path}" is a corpus of bicorpus.',
            next_step=f'Name one of its files, such as "{path / "corpus.tmx"}", or an export.',
        )
    if not is_there(path):
        raise InputError(f'There is no file "{path}".', next_step="Check the path.")
    found = form or find_format(path, request)
    if found == "moses":
        return Job(found, _pair(path, all_paths, request, is_named=form == found))
    if found in {"ladder", "xces"} and archive_of(path):
        what = "a ladder" if found == "ladder" else "an alignment (XCES)"
        raise InputError(
            f'"{path}" is {what} in an archive, where its texts are not looked for.',
            next_step="Unpack the archive, and name the file that was in it.",
        )
    if found == "ladder":
        if is_gzipped(path):
            raise broken(path, 1, "it is a gzipped ladder.", next_step="Unpack it first.")
        return Job(found, (path, *_texts(path, all_paths, request, is_named=form == found)))
    return Job(found, (path,))


def find_format(path: Path, request: Request) -> str:
    """Return the name of the format of a file; InputError where it is none, or cannot be told."""
    suffix = suffix_of(path)
    if is_gzipped(path) and is_links(path):
        return "xces"
    with open_binary(path) as file:
        head = head_of(file, 8192)
    _refuse_binary(path, head)
    text = head.decode(find_encoding(path, request.encoding), "replace").lstrip("\ufeff \t\r\n")
    if _XML.match(text) or (text.startswith("<") and suffix not in TEXT_SUFFIXES):
        return _format_of_xml(path, request)
    first = text.partition("\n")[0]
    if suffix in XML_SUFFIXES:
        begins = f'it is not XML: it begins with "{one_line(first[:20])}".'
        next_step = "If it is a table, give --format tsv." if "\t" in first else _NEXT_STEP
        raise broken(path, 1, begins, next_step=next_step)
    if suffix == ".csv" and "\t" in first and "," not in first and ";" not in first:
        return "tsv"
    return TEXT_SUFFIXES.get(suffix) or _format_of_text(path, text, request)


def _refuse_binary(path: Path, head: bytes) -> None:
    if not head:
        raise broken(path, 1, "the file is empty.", next_step="Check the file.")
    for beginning, what in (*_BINARIES, (head[:257] + b"ustar", "a tar archive")):
        if head.startswith(beginning):
            packed = " in a ZIP archive" if archive_of(path) else ""
            packed = " in a gzip archive" if is_gzipped(path) else packed
            raise InputError(
                f'"{path}" is {what}{packed}.', next_step="Unpack or convert it first."
            )


def _format_of_text(path: Path, text: str, request: Request) -> str:
    first = text.partition("\n")[0]
    if text.startswith("{"):
        return "jsonl"
    if text.startswith("[") and path.suffix.lower() == ".json":
        raise InputError(
            f'"{path}" is a list in JSON, and not an object a line (JSONL).',
            next_step="Write one a line, for example with: jq -c '.[]'.",
        )
    if _LADDER.match(first):
        return "ladder"
    if language_in(path, request) >= 0:
        return "moses"
    if "\t" in first:
        return "tsv"
    raise InputError(f'"{path}" is in no format that can be told.', next_step=_NEXT_STEP)


def _format_of_xml(path: Path, request: Request) -> str:
    with open_binary(path) as file:
        root = prolog_of(file, path, request.encoding).name
    if root in _ROOTS:
        return _ROOTS[root]
    what = _OTHER_ROOTS.get(root, f'XML of a kind that is not read (its root is "{root}")')
    raise broken(path, 1, f"it is {what}.", next_step="TMX, XLIFF, TTX and XCES are read.")


def _pair(
    path: Path, all_paths: Sequence[Path], request: Request, *, is_named: bool
) -> tuple[Path, ...]:
    """Return the two files of a pair, the source's first: "x.de" with "x.en"."""
    side = language_in(path, request)
    if side < 0:
        if is_named and len(all_paths) >= 2:
            return (path, all_paths[1])
        raise InputError(
            f'"{path}" is half of a pair.',
            next_step=f"Name both files, the one in {request.source} first.",
        )
    partner = _beside(path, all_paths, request, 1 - side)
    return (path, partner) if side == 0 else (partner, path)


def _beside(path: Path, all_paths: Sequence[Path], request: Request, side: int) -> Path:
    """Return the file that is called like `path` but for the language."""
    stem = stem_of(path, request)
    for other in (*all_paths, *sorted(path.parent.glob("*"))):
        if (
            other.parent == path.parent
            and language_in(other, request) == side
            and (stem_of(other, request) == stem)
        ):
            return other
    language = (request.source, request.target)[side]
    raise InputError(
        f'There is no "{stem}.{language}" beside "{path}".',
        next_step="The two files of a pair have the same name but for the language.",
    )


def _texts(
    path: Path, all_paths: Sequence[Path], request: Request, *, is_named: bool
) -> tuple[Path, Path]:
    """Return the two texts of a ladder: named behind it, or beside it under its name."""
    rest = [one for one in all_paths if one != path]
    if is_named and len(rest) == 2 and {language_in(one, request) for one in rest} != {0, 1}:
        return rest[0], rest[1]
    beside = [one for one in sorted(path.parent.glob("*")) if stem_of(one, request) == path.stem]
    for candidates in (rest, beside):
        sides = {language_in(one, request): one for one in reversed(candidates)}
        if {0, 1} <= sides.keys():
            return sides[0], sides[1]
    raise InputError(
        f'"{path}" is a ladder, and its texts are not there.',
        next_step=f'Name them behind it, or call them "{path.stem}.{request.source}" and '
        f'"{path.stem}.{request.target}".',
    )
