"""Reads the files of a job to their end, before anything of them goes into a corpus."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bicorpus.data import Language
from bicorpus.errors import BicorpusError, InputError
from bicorpus.exporters.characters import one_line, without_surrogates
from bicorpus.exporters.jsonl import json_line
from bicorpus.importers.detection import Job
from bicorpus.importers.spool import Spool
from bicorpus.importers.units import (
    Importer,
    Item,
    LeftOut,
    Reading,
    Request,
    Unit,
    primary,
)
from bicorpus.readers.language import READ_LANGUAGES, describe_language, detect_language
from bicorpus.registry import find_backend

REJECTED_COLUMNS = ("file", "place", "reason", "source", "target")

# As much of each side as the detector is sure about; below the least it may be wrong.
_SAMPLE, _LEAST_SAMPLE = 6_000, 200
_SAMPLED_UNITS = 200
_SURE = 0.9


class Rejected(Protocol):
    """Is told of each unit that is left out."""

    def __call__(self, path: Path, unit: LeftOut, /) -> None:
        """Take it in."""


@dataclass(slots=True)
class Intake:
    """What became of the units of a file. `error` is why the rest of it could not be read."""

    reading: Reading
    left_out: Counter[str] = field(default_factory=Counter)
    units: int = 0
    error: BicorpusError | None = None
    warning: str = ""
    samples: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))

    def add(self, item: Item, spool: Spool, rejected: Rejected | None) -> None:
        """Put an item where it belongs; the first ones are samples of their languages."""
        if isinstance(item, Unit):
            spool.add(item)
            if spool.units < _SAMPLED_UNITS:
                self.samples[0].append(item.source)
                self.samples[1].append(item.target)
        elif isinstance(item, LeftOut):
            self.left_out[item.reason] += 1
            if rejected:
                rejected(self.reading.path, item)
        else:
            spool.add_document(item)
            if spool.units < _SAMPLED_UNITS:
                self.samples[0].append(item.source.document.text[:_SAMPLE])
                self.samples[1].append(item.target.document.text[:_SAMPLE])


def take_in(
    job: Job, request: Request, spool: Spool, *, keep_readable: bool, rejected: Rejected | None
) -> Intake:
    """Read the files of `job` into `spool`.

    Raises InputError where a file cannot be read to its end (unless `keep_readable`, and some
    can), where no unit remains, and where the sides are swapped.
    """
    if job.error:
        raise job.error
    reading = Reading(job.paths, request, keep_readable=keep_readable)
    reading.notes += job.notes
    intake = Intake(reading)
    read: Importer = find_backend("importer", job.form)
    try:
        for item in read(reading):
            intake.add(item, spool, rejected)
    except BicorpusError as error:
        if not keep_readable or not spool.units:
            raise
        intake.error = error
    except (OSError, zipfile.BadZipFile) as error:
        what = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise InputError(f'"{reading.path}" cannot be read: {what}.') from error
    intake.units = spool.units
    if not spool.units:
        raise _nothing(intake)
    intake.warning = _compare_languages(intake)
    return intake


def _nothing(intake: Intake) -> InputError:
    """Return why nothing of a file is left: its languages, or the reasons one by one."""
    reading, request = intake.reading, intake.reading.request
    pair = f"{request.source}-{request.target}"
    if not intake.left_out:
        return InputError(f'"{reading.path}" holds no unit.', next_step="Check the file.")
    reasons = ", ".join(f"{reason} ({count})" for reason, count in intake.left_out.most_common(4))
    found = [tag for tag, _ in reading.languages.most_common(8) if tag]
    if not found:
        return InputError(f'"{reading.path}" holds no {pair} unit to import: {reasons}.')
    languages = ", ".join(sorted(found))
    if len(set(map(primary, found))) == 1:
        return InputError(
            f'"{reading.path}" holds no {pair} unit; its only language is {languages}: {reasons}.',
            next_step="Look for the other language: this file has nothing to pair its texts with.",
        )
    return InputError(
        f'"{reading.path}" holds no {pair} unit; its languages are {languages}: {reasons}.',
        next_step="Choose others with --source-language and --target-language.",
    )


def _compare_languages(intake: Intake) -> str:
    """Return a warning where a side is in another language than it says; "" where all is well.

    Raises InputError where the sides are swapped.
    """
    request = intake.reading.request
    wanted = request.source, request.target
    source, target = ("\n".join(texts)[:_SAMPLE] for texts in intake.samples)
    if not set(wanted) <= set(READ_LANGUAGES) or min(len(source), len(target)) < _LEAST_SAMPLE:
        return ""
    guesses = detect_language(source), detect_language(target)
    found: list[Language] = [
        guess.language if guess.confidence >= _SURE else language
        for guess, language in zip(guesses, wanted, strict=True)
    ]
    path = intake.reading.path
    if tuple(found) == wanted[::-1]:
        raise InputError(
            f'The sides of "{path}" are mislabelled: what it calls {wanted[0]} is in {found[0]}, '
            f"and what it calls {wanted[1]} is in {found[1]}.",
            next_step="Swap the labels in the file, or say with --columns which is which.",
        )
    wrong = [
        f"what it calls {language} looks like {describe_language(one)}"
        for one, language in zip(found, wanted, strict=True)
        if one != language
    ]
    return f'"{path}" may be mislabelled: {" and ".join(wrong)}.' if wrong else ""


@contextmanager
def list_rejected(path: Path) -> Iterator[Rejected]:
    """Open the list of units that are left out: TSV, or an object a line for .jsonl."""
    as_json = path.suffix.lower() in {".jsonl", ".ndjson"}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if not as_json:
            file.write("\t".join(REJECTED_COLUMNS) + "\n")

        def write(source: Path, unit: LeftOut) -> None:
            cells = (str(source), unit.place, unit.reason, unit.source, unit.target)
            if as_json:
                record = dict(zip(REJECTED_COLUMNS, cells, strict=True))
                file.write(without_surrogates(json_line(record)) + "\n")
            else:
                file.write("\t".join(one_line(cell).strip() for cell in cells) + "\n")

        yield write
