"""A test set as line-aligned files: read, and refused where the lines do not belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bicorpus.counted import counted
from bicorpus.errors import InputError
from bicorpus.evaluate.shifts import refuse_strangers

Named = tuple[str, Path]
_SHOWN = 5
# Outputs of web services come with them (an eighth of the lines of one system of WMT15).
_ENTITY = re.compile(r"&(?:quot|amp|lt|gt|apos|#\d+);")


@dataclass(frozen=True, slots=True)
class TestSet:
    """Line n of everything belongs together. `systems` are (name, hypotheses), in order.

    A line of a reference is None where another reference has one and this has not. `notes` are
    sentences for people about what was seen in the files.
    """

    __test__ = False  # no class of tests, whatever pytest thinks of its name

    systems: tuple[tuple[str, tuple[str, ...]], ...]
    references: tuple[tuple[str | None, ...], ...]
    source: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.references[0])


def read_test_set(
    hypotheses: Sequence[Named],
    references: Sequence[Path],
    *,
    source: Path | None = None,
    documents: Path | None = None,
) -> TestSet:
    """Read the files of a test set: UTF-8, one unit a line.

    Raises InputError, naming file and lines, where a file is empty or of another encoding, line
    counts differ, a line has no reference, or the lines are not translations of the same text.
    """
    _refuse_doubles([name for name, _ in hypotheses])
    notes: list[str] = []
    reference_lines = [read_lines(path, notes) for path in references]
    systems = [(name, read_lines(path, notes)) for name, path in hypotheses]
    source_lines = read_lines(source, notes) if source else None
    document_lines = read_lines(documents, notes) if documents else None
    paths = [*references, *(path for _, path in hypotheses), source, documents]
    texts = [*reference_lines, *(lines for _, lines in systems), source_lines, document_lines]
    _refuse_other_counts([
        (path, len(lines)) for path, lines in zip(paths, texts, strict=True)
        if path is not None and lines is not None
    ])  # fmt: skip
    if documents and document_lines and (empty := _empty(document_lines)):
        raise InputError(
            f'In "{documents}" {_places(empty)} without a document.',
            next_step="Give each line the name of its document.",
        )
    checked = _without_empty(references, reference_lines, notes)
    for (name, path), (_, lines) in zip(hypotheses, systems, strict=True):
        if empty := _empty(lines):
            notes.append(f'The hypothesis "{name}" has nothing in {counted(len(empty), "line")}.')
        if entities := sum(bool(_ENTITY.search(line)) for line in lines):
            notes.append(
                f'The hypothesis "{name}" has HTML entities such as "&quot;" in '
                f"{counted(entities, 'line')}: "
                "they count as they stand, and lower its scores."
            )
        refuse_strangers(lines, checked[0], path, references[0])
    return TestSet(
        tuple(systems), checked, source_lines, document_lines, tuple(dict.fromkeys(notes))
    )


def read_lines(path: Path, notes: list[str]) -> tuple[str, ...]:
    """Return the lines of a file as sacreBLEU reads them: cut at line feeds, blank ends dropped.

    Raises InputError where it cannot be read, is empty or is not in UTF-8, naming the line.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f'The file "{path}" cannot be read: {error.strerror or error}.',
            next_step="Check its name and your rights to it.",
        ) from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8(path, "it is in UTF-16", encoding="UTF-16")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _not_utf8(path, f"line {line} has the byte 0x{content[error.start]:02X}") from error
    if text.startswith("\ufeff"):
        text = text[1:]
        notes.append(f'The byte order mark of "{path}" is passed over; sacreBLEU would count it.')
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        reason = f"line {line} has a NUL, as UTF-16 without its mark has them, or damage"
        raise _not_utf8(path, reason, encoding="UTF-16LE")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    if not any(line.strip() for line in lines):
        raise InputError(
            f'The file "{path}" is empty.', next_step="Name a file with a unit a line."
        )
    return tuple(line.rstrip() for line in lines)


def _not_utf8(path: Path, reason: str, *, encoding: str = "LATIN1") -> InputError:
    return InputError(
        f'The file "{path}" is not in UTF-8: {reason}.',
        next_step=f"Convert it, for example with: iconv -f {encoding} -t UTF-8.",
    )


def _refuse_doubles(names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f'Two hypotheses have the name "{name}".',
                next_step="Name them apart: --hypothesis NAME=FILE.",
            )


def _refuse_other_counts(counts: Sequence[tuple[Path, int]]) -> None:
    first, wanted = counts[0]
    for path, count in counts[1:]:
        if count != wanted:
            raise InputError(
                f'"{path}" has {counted(count, "line")}, but "{first}" has {wanted}: '
                f"line {min(count, wanted)} is the last that both have.",
                next_step="Line n of all files must belong together: look where a line was lost, "
                "added or broken in two.",
            )


def _without_empty(
    paths: Sequence[Path], references: Sequence[Sequence[str]], notes: list[str]
) -> tuple[tuple[str | None, ...], ...]:
    """Return the references with None for empty lines; refuse a line that has none at all."""
    missing = [
        number for number, lines in enumerate(zip(*references, strict=True), 1) if not any(lines)
    ]
    if missing:
        which = f'"{paths[0]}"' if len(paths) == 1 else "any of the references"
        raise InputError(
            f"There is no reference text in {which} for {_places(missing)}.",
            next_step="Take these lines out of all files; `bicorpus handoff` leaves units without "
            "a reference out by itself, and lists them.",
        )
    for path, lines in zip(paths, references, strict=True):
        if empty := _empty(lines):
            notes.append(
                f'"{path}" has nothing in {counted(len(empty), "line")}: the others count there.'
            )
    return tuple(tuple(line or None for line in lines) for lines in references)


def _empty(lines: Sequence[str]) -> list[int]:
    return [number for number, line in enumerate(lines, 1) if not line.strip()]


def _places(numbers: Sequence[int]) -> str:
    """Return "line 3", "lines 3, 5" or "lines 3, 5, 7, 8, 9 and 12 more"."""
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"lines {', '.join(map(str, numbers[:_SHOWN]))}{more}"
