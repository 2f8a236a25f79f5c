"""Hashes of model files: what a package is, and whether it is still what it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bicorpus.errors import ModelError
from bicorpus.models import places
from bicorpus.models.contents import Package, Unusable, decides_results

RECORD = "bicorpus-hashes.json"
"""Written into an installed package: its files' hashes as they were when it was unpacked."""


def files_of(folder: Path) -> list[Path]:
    """Return every file under `folder` in order, but for the record of an installation."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file under `folder` by its relative name, in order.

    The record that an installation left is not one of them.
    """
    return {path.relative_to(folder).as_posix(): _hash_file(path) for path in files_of(folder)}


def package_hash(package: Package) -> str:
    """Return 12 hexadecimal digits that change when a file that decides results does.

    Those are the engine's model, the tokenizer's and the metadata; a model card may be edited
    and stored work still holds. Computed once a process, or again when a file is written.
    """
    names = [path.relative_to(package.folder).as_posix() for path in files_of(package.folder)]
    deciding = filter(decides_results, names)
    stamps = tuple((name, (package.folder / name).stat().st_mtime_ns) for name in deciding)
    return _hash_of(package.folder, stamps)


@lru_cache(maxsize=64)
def _hash_of(folder: Path, stamps: tuple[tuple[str, int], ...]) -> str:
    digest = hashlib.sha256()
    for name, _ in stamps:
        digest.update(f"{name}\0{_hash_file(folder / name)}\n".encode())
    return digest.hexdigest()[:12]


def recorded_hashes(package: Package | Unusable) -> Mapping[str, str] | None:
    """Return the hashes that the package's files should have, None where nobody recorded them.

    For embedded packages they stand in the manifest, for others in the record that
    `bicorpus models install` wrote. Raises ModelError where the record cannot be read.
    """
    if package.origin == "embedded":
        entries = {entry["folder"]: entry for entry in places.load_manifest()}
        return dict(entries[package.folder.name]["sha256"])
    record = package.folder / RECORD
    if not record.is_file():
        return None
    try:
        return dict(json.loads(record.read_text("utf-8"))["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise ModelError(
            f'The record of hashes "{record}" cannot be read: {reason}.',
            next_step="Install the package again.",
        ) from reason


def verify(package: Package | Unusable) -> list[str]:
    """Return what is wrong with the package's files, a sentence each; empty means nothing.

    Every file is compared with its recorded hash. A package without a record (see
    `recorded_hashes`) is only checked for being complete.
    """
    problems = [package.reason] if isinstance(package, Unusable) else []
    try:
        recorded = recorded_hashes(package)
        present = file_hashes(package.folder)
    except (OSError, ModelError) as reason:
        return [*problems, f"{str(reason).rstrip('.')}."]
    return problems if recorded is None else [*problems, *_differences(recorded, present)]


def verify_encoders() -> dict[str, list[str]]:
    """Return what is wrong with the files of each embedded encoder, by the name of its folder."""
    found = {}
    for entry in places.load_manifest():
        if entry["kind"] == "encoder":
            folder = places.embedded_folder() / entry["folder"]
            found[entry["folder"]] = _differences(entry["sha256"], file_hashes(folder))
    return found


def _differences(recorded: Mapping[str, str], present: Mapping[str, str]) -> list[str]:
    problems = []
    for name in sorted({*recorded, *present}):
        if name not in present:
            problems.append(f'The file "{name}" is missing.')
        elif name not in recorded:
            problems.append(f'The file "{name}" does not belong to the package.')
        elif present[name] != recorded[name]:
            problems.append(f'The file "{name}" is not as it was recorded.')
    return problems
