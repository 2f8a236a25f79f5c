"""The manifest of a hand-off: how many lines each file has, and its hash; read back and proven."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bicorpus import __version__
from bicorpus.errors import InputError
from bicorpus.handoff.plan import DOCIDS, MANIFEST, Plan

FORMAT = 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Counts:
    """What was written, and what was not: `left_out` counts units by reason.

    `shortened` has the whole ids of documents by those that Appraise's batches have.
    """

    units: int
    documents: int
    joined: int
    partial: int
    left_out: Mapping[str, int]
    shortened: Mapping[str, str] = field(default_factory=dict)


def write_manifest(plan: Plan, counts: Counts, paths: Mapping[str, Path], path: Path) -> None:
    """Write the manifest of the files at `paths`, by their names in the hand-off."""
    record = {
        "format": FORMAT,
        "bicorpus": __version__,
        "signature": plan.header.signature,
        "languages": {
            "source": plan.header.source_language,
            "target": plan.header.target_language,
        },
        "units": counts.units,
        "documents": counts.documents,
        "joined_units": counts.joined,
        "units_with_a_partial_reference": counts.partial,
        "left_out": dict(sorted(counts.left_out.items())),
        "appraise_documents": dict(counts.shortened),
        "systems": list(plan.systems),
        "reference": plan.reference_file if plan.has_reference else None,
        "files": {name: _fingerprint(place) for name, place in paths.items()},
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _fingerprint(path: Path) -> dict[str, Any]:
    digest, lines = hashlib.sha256(), 0
    with path.open("rb") as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            digest.update(block)
            lines += block.count(b"\n")
    return {"lines": lines, "sha256": digest.hexdigest()}


@dataclass(frozen=True, slots=True)
class Handoff:
    """The files of a hand-off that are evaluated; `reference` is None where there is none."""

    source: Path
    docids: Path
    hypotheses: tuple[tuple[str, Path], ...]
    reference: Path | None
    source_language: str
    target_language: str


def read_handoff(folder: Path) -> Handoff:
    """Return the files of a hand-off whose every file is as it was written.

    Raises InputError, naming the file, where one is missing or has changed.
    """
    path = folder / MANIFEST
    try:
        record = json.loads(path.read_text("utf-8"))
        files: dict[str, dict[str, Any]] = record["files"]
        source, target = record["languages"]["source"], record["languages"]["target"]
        systems: Sequence[str] = record["systems"]
        reference: str | None = record["reference"]
    except OSError as error:
        raise InputError(
            f'There is no hand-off in "{folder}": "{MANIFEST}" cannot be read.',
            next_step=f'Write one with: bicorpus handoff CORPUS -o "{folder}".',
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f'"{path}" is not the manifest of a hand-off.',
            next_step="Write the hand-off again with: bicorpus handoff.",
        ) from error
    for name, wanted in files.items():
        _prove(folder / name, wanted)
    return Handoff(
        folder / f"source.{source}",
        folder / DOCIDS,
        tuple((system, folder / f"hypothesis.{system}.{target}") for system in systems),
        folder / reference if reference else None,
        source,
        target,
    )


def _prove(path: Path, wanted: Mapping[str, Any]) -> None:
    try:
        found = _fingerprint(path)
    except OSError as error:
        raise InputError(
            f'"{path}", which the manifest lists, cannot be read: {error.strerror or error}.',
            next_step="Write the hand-off again with: bicorpus handoff.",
        ) from error
    if found != wanted:
        lines = (
            f"it has {found['lines']} lines instead of {wanted['lines']}"
            if found["lines"] != wanted["lines"]
            else f"it still has {found['lines']} lines"
        )
        raise InputError(
            f'"{path}" has changed since the hand-off was written: {lines}.',
            next_step="Write the hand-off again; give changed translations with --system.",
        )
