"""What a translator package is made of, be it a folder or still an archive."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bicorpus.models.glosses import GLOSSES
from bicorpus.models.reverse import REVERSE

Origin = Literal["embedded", "installed", "folder"]

LANGUAGE_CODE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)?"


@dataclass(frozen=True, slots=True)
class Package:
    """A translator package that can be used.

    `name` tells pair and version, as "argos:de_en@0.1"; `origin` where it comes from: shipped
    with bicorpus, installed in the Argos packages folder, or named by its path.
    """

    name: str
    folder: Path
    version: str
    source_language: str
    target_language: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Unusable:
    """A folder where a translator package was expected; `reason` is a sentence for people."""

    folder: Path
    origin: Origin
    reason: str


class UnfitError(Exception):
    """Why something is no translator package, worded as the end of a sentence."""


def check_metadata(content: bytes) -> tuple[str, str, str]:
    """Return source language, target language and version from the bytes of `metadata.json`.

    Raises UnfitError where they are not a translator's.
    """
    try:
        metadata = json.loads(content)
    except (ValueError, RecursionError) as reason:
        raise UnfitError(f"its metadata.json is no JSON ({reason})") from reason
    if not isinstance(metadata, dict):
        raise UnfitError("its metadata.json is no JSON object")
    kind = metadata.get("type", "translate")
    if kind != "translate":
        raise UnfitError(f'it is a package of the type "{kind}", not a translator')
    for key in ("from_code", "to_code"):
        if not re.fullmatch(LANGUAGE_CODE, str(metadata.get(key))):
            raise UnfitError(f'its metadata.json gives no language as "{key}"')
    source, target = metadata["from_code"], metadata["to_code"]
    if source == target:
        raise UnfitError(f'its metadata.json names one language, "{source}", for both sides')
    version = metadata.get("package_version")
    if not isinstance(version, str) or not version.strip():
        raise UnfitError('its metadata.json gives no "package_version"')
    return source, target, version.strip()


def missing_parts(names: Collection[str]) -> list[str]:
    """Return what a translator needs and `names`, relative to the package, do not hold."""
    stems = {name.rpartition(".")[0] for name in names}
    parts = {
        "metadata.json": "metadata.json" in names,
        "model/model.bin": "model/model.bin" in names,
        "a vocabulary in model/": "model/shared_vocabulary" in stems
        or {"model/source_vocabulary", "model/target_vocabulary"} <= stems,
        "sentencepiece.model or bpe.model": bool({"sentencepiece.model", "bpe.model"} & {*names}),
    }
    return [part for part, is_there in parts.items() if not is_there]


def decides_results(name: str) -> bool:
    """Return whether the file `name`, relative to the package, changes translations."""
    top_level = {"metadata.json", "sentencepiece.model", "bpe.model", GLOSSES}
    return name in top_level or name.startswith(("model/", f"{REVERSE}/"))
