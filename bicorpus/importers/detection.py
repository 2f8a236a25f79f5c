"""Which format a file is in, and which files belong together, by content first and name second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bicorpus.errors import BicorpusError, InputError
from bicorpus.importers.lines import find_encoding
from bicorpus.importers.opening import head_of, is_zipped, open_binary
from bicorpus.importers.units import Request, broken, primary
from bicorpus.importers.xml_stream import prolog_of

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
_XML_SUFFIXES = frozenset(
    (".tmx", ".xlf", ".xliff", ".sdlxliff", ".mxliff", ".mqxliff", ".ttx", ".xml")
)
_SUFFIXES = {".tsv": "tsv", ".tab": "tsv", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
# What is XML whatever its name says.
_XML = re.compile(r"<(?:\?xml|!DOCTYPE|tmx|xliff|cesAlign|TRADOStag)\b")
_LADDER = re.compile(r"\s*\[[\d,\s]*\]\s*:\s*\[[\d,\s]*\]")
_BINARIES = (
    (b"\x1f\x8b", "a gzip archive in a gzip archive"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"SQLite format 3\0", "an SQLite database"),
)
_NEXT_STEP = "Give it with --format; bicorpus import --help lists the formats."


@dataclass(frozen=True, slots=True)
class Job:
    """Files to be read together, in which format; or why the first of them cannot be."""

    form: str
    paths: tuple[Path, ...]
    error: BicorpusError | None = None


def plan(paths: Sequence[Path], request: Request, *, form: str | None = None) -> list[Job]:
    """Return the jobs that the files make, in their order; those of a pair count once."""
    jobs = []
    waiting = [inner for path in paths for inner in _inside(path)]
    while waiting:
        path = waiting[0]
        try:
            job = _job(path, waiting, request, form)
        except BicorpusError as error:
            job = Job("", (path,), error)
        except OSError as error:
            reason = InputError(f'"{path}" cannot be read: {error.strerror or error}.')
            job = Job("", (path,), reason)
        jobs.append(job)
        waiting = [one for one in waiting if one not in job.paths]
    return jobs


def _inside(path: Path) -> list[Path]:
    """Return a file as it is; of a folder its links (XCES), else all files with a known suffix.

    A corpus inside the folder is none of its files: its claims would come in as units.
    """
    if not path.is_dir() or (path / "corpus.db").exists():
        return [path]
    corpora = {one.parent for one in path.rglob("corpus.db")}
    files = sorted(
        one for one in path.rglob("*") if one.is_file() and corpora.isdisjoint(one.parents)
    )
    links = [one for one in files if one.name.endswith((".xml.gz", ".xml")) and _is_links(one)]
    known = {*_XML_SUFFIXES, *_SUFFIXES} - {".xml"}
    return links or [one for one in files if _suffix(one) in known] or [path]


def _suffix(path: Path) -> str:
    """Return the suffix of a name in lower case; that before ".gz" of a gzipped file."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _is_links(path: Path) -> bool:
    try:
        with open_binary(path) as file:
            return prolog_of(file, path, None).name == "cesAlign"
    except (BicorpusError, OSError):
        return False


def _job(path: Path, all_paths: Sequence[Path], request: Request, form: str | None) -> Job:
    if (path / "corpus.db").exists():
        raise InputError(
            f'"{path}" is a corpus of bicorpus.',
            next_step=f'Name one of its files, such as "{path / "corpus.tmx"}", or an export.',
        )
    if path.is_dir():
        raise InputError(f'The folder "{path}" holds no file of a known format.')
    if not path.exists():
        raise InputError(f'There is no file "{path}".', next_step="Check the path.")
    found = form or find_format(path, request)
    if found == "moses":
        return Job(found, _pair(path, all_paths, request, is_named=form == found))
    if found == "ladder":
        if is_zipped(path):
            raise broken(path, 1, "it is a gzipped ladder.", next_step="Unpack it first.")
        return Job(found, (path, *_texts(path, all_paths, request, is_named=form == found)))
    return Job(found, (path,))


def find_format(path: Path, request: Request) -> str:
    """Return the name of the format of a file; InputError where it is none, or cannot be told."""
    suffix = _suffix(path)
    if is_zipped(path) and _is_links(path):
        return "xces"
    with open_binary(path) as file:
        head = head_of(file, 8192)
    _refuse_binary(path, head)
    text = head.decode(find_encoding(path, request.encoding), "replace").lstrip("\ufeff \t\r\n")
    if _XML.match(text) or (text.startswith("<") and suffix not in _SUFFIXES):
        return _format_of_xml(path, request)
    if suffix in _XML_SUFFIXES:
        raise broken(path, 1, f'it is not XML: it begins with "{text[:20]}".', next_step=_NEXT_STEP)
    first = text.partition("\n")[0]
    if suffix == ".csv" and "\t" in first and "," not in first and ";" not in first:
        return "tsv"
    return _SUFFIXES.get(suffix) or _format_of_text(path, text, request)


def _refuse_binary(path: Path, head: bytes) -> None:
    if not head:
        raise broken(path, 1, "the file is empty.", next_step="Check the file.")
    for beginning, what in (*_BINARIES, (head[:257] + b"ustar", "a tar archive")):
        if head.startswith(beginning):
            raise broken(path, 1, f"it is {what}.", next_step="Unpack or convert it first.")


def _format_of_text(path: Path, text: str, request: Request) -> str:
    first = text.partition("\n")[0]
    if text.startswith("{"):
        return "jsonl"
    if _LADDER.match(first):
        return "ladder"
    if _language_in(path, request) >= 0:
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


def _language_in(path: Path, request: Request) -> int:
    """Return 0 or 1 where the name says that the file is in the source or target language."""
    parts = [part for part in path.name.split(".")[1:] if part not in {"txt", "gz"}]
    code = primary(parts[-1]) if parts else ""
    wanted = (request.source, request.target)
    return wanted.index(code) if code in wanted else -1


def _pair(
    path: Path, all_paths: Sequence[Path], request: Request, *, is_named: bool
) -> tuple[Path, ...]:
    """Return the two files of a pair, the source's first: "x.de" with "x.en"."""
    side = _language_in(path, request)
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
    stem = _stem(path, request)
    for other in (*all_paths, *sorted(path.parent.glob("*"))):
        if (
            other.parent == path.parent
            and _language_in(other, request) == side
            and (_stem(other, request) == stem)
        ):
            return other
    language = (request.source, request.target)[side]
    raise InputError(
        f'There is no "{stem}.{language}" beside "{path}".',
        next_step="The two files of a pair have the same name but for the language.",
    )


def _stem(path: Path, request: Request) -> str:
    parts = path.name.removesuffix(".gz").removesuffix(".txt").split(".")
    return ".".join(parts[:-1]) if _language_in(path, request) >= 0 else path.name


def _texts(
    path: Path, all_paths: Sequence[Path], request: Request, *, is_named: bool
) -> tuple[Path, Path]:
    """Return the two texts of a ladder: named behind it, or beside it under its name."""
    rest = [one for one in all_paths if one != path]
    if is_named and len(rest) == 2 and {_language_in(one, request) for one in rest} != {0, 1}:
        return rest[0], rest[1]
    for place in (rest, sorted(path.parent.glob("*"))):
        found = [
            next((o for o in place if _language_in(o, request) == side and (
                place is rest or _stem(o, request) == path.stem)), None)
            for side in (0, 1)
        ]  # fmt: skip
        if found[0] is not None and found[1] is not None:
            return found[0], found[1]
    raise InputError(
        f'"{path}" is a ladder, and its texts are not there.',
        next_step=f'Name them behind it, or call them "{path.stem}.{request.source}" and '
        f'"{path.stem}.{request.target}".',
    )
