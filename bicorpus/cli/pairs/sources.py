"""Where pairs of documents come from: two files, two folders, or a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bicorpus.cli.pairs.languages import wrong_languages
from bicorpus.data import Document, Refusal
from bicorpus.errors import BicorpusError, InputError
from bicorpus.readers.documents import make_document
from bicorpus.readers.encoding import Decoded, decode
from bicorpus.tools import Tools

_LISTS = {".tsv", ".jsonl", ".ndjson"}


@dataclass(frozen=True)
class Pair:
    """Two documents that ought to be translations of each other."""

    source: Document
    target: Document


def read_pairs(source: Path, target: Path | None, tools: Tools) -> Iterator[Pair | Refusal]:
    """Yield the pairs, and a Refusal for each that cannot be used.

    Raises InputError where the two do not make pairs at all: a file and a folder, a name that is
    not there, a list with a line that is no pair.
    """
    for path in filter(None, (source, target)):
        if not path.exists():
            raise InputError(f'There is no file or folder "{path}".', next_step="Check the path.")
    if target is None:
        if source.suffix.lower() not in _LISTS or source.is_dir():
            raise InputError(
                f'"{source}" is no list of pairs.',
                next_step="Name the target's file, too, or a list that ends in .tsv or .jsonl.",
            )
        return _read_list(source, tools)
    if source.is_dir() != target.is_dir():
        raise InputError(
            f'"{source}" and "{target}" are a folder and a file.',
            next_step="Name two files, or two folders whose files have the same names.",
        )
    if source.is_dir():
        return _read_folders(source, target, tools)
    return iter([_read_pair(source, target, tools)])


def _read_folders(source: Path, target: Path, tools: Tools) -> Iterator[Pair | Refusal]:
    files = [
        {path.relative_to(side).with_suffix(""): path for path in sorted(side.rglob("*"))
         if path.is_file() and not path.name.startswith(".")}
        for side in (source, target)
    ]  # fmt: skip
    if not files[0] or not files[1]:
        empty = source if not files[0] else target
        raise InputError(f'The folder "{empty}" holds no files.', next_step="Check the path.")
    for name in sorted({*files[0], *files[1]}):
        if name not in files[1]:
            yield Refusal(str(files[0][name]), f'There is no "{name}.*" in "{target}".')
        elif name not in files[0]:
            yield Refusal(str(files[1][name]), f'There is no "{name}.*" in "{source}".')
        else:
            yield _read_pair(files[0][name], files[1][name], tools)


def _read_list(path: Path, tools: Tools) -> Iterator[Pair | Refusal]:
    lines = decode(path.read_bytes()).text.split("\n")
    is_empty = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        is_empty = False
        place = f'"{path}", line {number}'
        if path.suffix.lower() == ".tsv":
            cells = line.rstrip("\r").split("\t")
            if len(cells) != 2 or not all(cell.strip() for cell in cells):
                raise InputError(
                    f"{place}, has {len(cells)} cells.",
                    next_step="A line is a source file, a tab, and a target file.",
                )
            yield _read_pair(path.parent / cells[0].strip(), path.parent / cells[1].strip(), tools)
        else:
            yield _read_record(_parse(line, place), path, number, tools)
    if is_empty:
        raise InputError(f'The list "{path}" is empty.', next_step="Check the file.")


def _parse(line: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(f"{place}, is no JSON: {error}.") from error
    names = {"source", "target"}, {"source_text", "target_text"}
    if not isinstance(record, dict) or not any(
        all(isinstance(record.get(name), str) for name in pair) for pair in names
    ):
        raise InputError(
            f"{place}, is no pair.",
            next_step='It needs "source" and "target" (files), or "source_text" and "target_text".',
        )
    return record


def _read_record(record: dict[str, Any], path: Path, number: int, tools: Tools) -> Pair | Refusal:
    if "source_text" not in record:
        return _read_pair(path.parent / record["source"], path.parent / record["target"], tools)
    found = [
        make_document(
            Decoded(record[f"{side}_text"], "utf-8", False),
            origin=f"{path}:{number}",
            language=language,
        )
        for side, language in zip(("source", "target"), _languages(tools), strict=True)
    ]
    return _check(found[0], found[1])


def _languages(tools: Tools) -> tuple[str, str]:
    return tools.settings.source_language, tools.settings.target_language


def _read_pair(source: Path, target: Path, tools: Tools) -> Pair | Refusal:
    first, second = _languages(tools)
    try:
        return _check(_read_one(source, first, tools), _read_one(target, second, tools))
    except BicorpusError as error:
        return Refusal(str(source), str(error))


def _read_one(path: Path, language: str, tools: Tools) -> Document | Refusal:
    # The side says which language is meant: "Ja." needs no telling, and a whole text in another
    # language is found in `_check`.
    documents = list(tools.read([path], language=language))
    if len(documents) != 1:
        return Refusal(str(path), f'"{path}" holds {len(documents)} documents; one is wanted.')
    return documents[0]


def _check(source: Document | Refusal, target: Document | Refusal) -> Pair | Refusal:
    if isinstance(source, Refusal):
        return source
    if isinstance(target, Refusal):
        # Under the source's name it is forgotten as soon as the pair can be used.
        return Refusal(source.origin, target.reason)
    reason = wrong_languages(
        (source.origin, source.language, source.text), (target.origin, target.language, target.text)
    )
    return Refusal(source.origin, reason) if reason else Pair(source, target)
