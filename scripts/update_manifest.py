#!/usr/bin/env python3
"""Bring models/manifest.toml up to date with the files of the models.

Versions, sizes and hashes are computed; licence, data, scores and the command that made a model
are written by hand and kept. To add a model, write its entry by hand first: folder, kind
("translator" or "encoder"), name, licence, made_by, and tables [[model.data]] (name, licence) and
[[model.scores]] (set, metric, value, signature).

Usage: python scripts/update_manifest.py [--check] [FOLDER]
With --check nothing is written; the exit status is 1 if the manifest is out of date.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bicorpus.models import file_hashes  # noqa: E402 (the checkout need not be installed)

HEAD = """\
# The models that ship with bicorpus. `version`, `size` and `sha256` are written by
# scripts/update_manifest.py; everything else by hand, and the script keeps it (but no comments).
"""
WRITTEN_BY_HAND = ("folder", "kind", "name", "licence", "made_by", "data", "scores")


def update_entry(entry: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the manifest's entry with what can be computed computed anew."""
    if missing := [key for key in WRITTEN_BY_HAND if key not in entry]:
        raise SystemExit(f'The entry "{entry.get("folder")}" lacks {", ".join(missing)}.')
    hashes = file_hashes(folder)
    if not hashes:
        raise SystemExit(f'There are no files in "{folder}".')
    computed: dict[str, Any] = {"size": sum((folder / name).stat().st_size for name in hashes)}
    metadata = folder / "metadata.json"
    if metadata.is_file():
        facts = json.loads(metadata.read_text("utf-8"))
        computed["version"] = facts["package_version"]
    return entry | computed | {"sha256": hashes}


def update_manifest(text: str, models: Path) -> str:
    """Return the manifest's new text for its old one and the folder `models`."""
    entries = tomllib.loads(text)["model"]
    listed = {entry["folder"] for entry in entries}
    if unlisted := sorted(p.name for p in models.iterdir() if p.is_dir() and p.name not in listed):
        raise SystemExit(f"Write entries by hand first for: {', '.join(unlisted)}.")
    return HEAD + "".join(
        "".join(f"{line}\n" for line in write_entry(update_entry(entry, models / entry["folder"])))
        for entry in entries
    )


def write_entry(entry: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of one `[[model]]`: plain values, then tables, then lists of tables."""
    yield ""
    yield "[[model]]"
    yield from (write_value(key, value) for key, value in entry.items() if is_plain(value))
    for key, value in entry.items():
        if is_plain(value):
            continue
        for table in [value] if isinstance(value, dict) else value:
            yield ""
            yield f"[model.{key}]" if isinstance(value, dict) else f"[[model.{key}]]"
            yield from (write_value(inner, plain) for inner, plain in table.items())


def is_plain(value: object) -> bool:
    """Return whether `value` fits on the line of its key."""
    return not isinstance(value, dict | list)


def write_value(key: str, value: object) -> str:
    """Return a line of TOML."""
    if not isinstance(value, str | int | float):
        raise SystemExit(f'The manifest cannot hold "{key}" of type {type(value).__name__}.')
    is_bare = key.isascii() and key.replace("_", "").isalnum()
    return f"{key if is_bare else quote(key)} = {quote(value)}"


def quote(value: str | float) -> str:
    """Return a string, number or truth value as JSON writes it, which is TOML but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def main() -> int:
    """Run as a program; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "models")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    arguments = parser.parse_args()
    path = arguments.folder / "manifest.toml"
    old = path.read_text("utf-8")
    new = update_manifest(old, arguments.folder)
    if old == new:
        print(f"{path} is up to date.")
        return 0
    if arguments.check:
        print(f"{path} is out of date: run scripts/update_manifest.py.", file=sys.stderr)
        return 1
    path.write_text(new, "utf-8")
    print(f"{path} was brought up to date.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
