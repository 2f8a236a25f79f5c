"""Reads the development sets: ladders of sentence numbers, and beads of annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bicorpus.align.ladder import read_ladder

Bead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class GoldText:
    """A text pair with its beads; `starts` say which sentences begin a paragraph, or None.

    Texts of the same `article` must not be in both what is fitted on and what is measured.
    """

    set_name: str
    article: str
    source: list[str]
    target: list[str]
    beads: list[Bead]
    source_starts: list[bool] | None = None
    target_starts: list[bool] | None = None


def read_sets(folder: Path) -> Iterator[GoldText]:
    """Yield the text pairs of a folder of sets with NNN.de, NNN.en and NNN.gold in each."""
    for path in sorted(folder.glob("*/*.gold")):
        yield GoldText(
            path.parent.name,
            path.stem,
            read_lines(path.with_suffix(".de")),
            read_lines(path.with_suffix(".en")),
            [(source, target) for source, target, _ in read_ladder(path)],
        )


def read_lines(path: Path) -> list[str]:
    """Return the lines of a file; only a line feed ends a line."""
    return path.read_text("utf-8").removesuffix("\n").split("\n")


def read_articles(folder: Path) -> Iterator[GoldText]:
    """Yield the annotated articles of a folder with segments/, references/ and beads/."""
    for path in sorted((folder / "beads").glob("*.beads.json")):
        name = path.name.partition(".")[0]
        beads = json.loads(path.read_text("utf-8"))
        wanted = {sentence for bead in beads for sentence in bead["de"]}
        source = _sentences(folder / "segments" / f"{name}.de.json", wanted)
        target = _sentences(folder / "references" / f"{name}.ref.en.json", None)
        yield GoldText(
            "gold",
            name,
            [text for text, _ in source.values()],
            [text for text, _ in target.values()],
            _join_crossings(beads, list(source), list(target)),
            [is_first for _, is_first in source.values()],
            [is_first for _, is_first in target.values()],
        )


def _sentences(path: Path, wanted: set[str] | None) -> dict[str, tuple[str, bool]]:
    """Return text and "first of its segment" by id, for the wanted ids or all."""
    return {
        sentence["id"]: (sentence["text"], index == 0)
        for segment in json.loads(path.read_text("utf-8"))
        for index, sentence in enumerate(segment["sentences"])
        if wanted is None or sentence["id"] in wanted
    }


def _join_crossings(
    beads: list[dict[str, object]], source: list[str], target: list[str]
) -> list[Bead]:
    """Return the beads as numbers; two that changed places are one 2-2 bead, as in the sets."""
    joined: list[Bead] = []
    was_crossing = False
    for bead in beads:
        numbers = (
            tuple(source.index(one) for one in _ids(bead["de"])),
            tuple(target.index(one) for one in _ids(bead["en"])),
        )
        is_crossing = bool(bead.get("crossing"))
        if is_crossing and was_crossing:
            before = joined.pop()
            numbers = (
                tuple(sorted(before[0] + numbers[0])),
                tuple(sorted(before[1] + numbers[1])),
            )
            is_crossing = False
        joined.append(numbers)
        was_crossing = is_crossing
    return joined


def _ids(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
