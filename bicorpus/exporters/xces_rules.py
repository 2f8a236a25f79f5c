"""Our own check of cesAlign with its sentence files: every link leads to sentences that are there.

OPUS publishes no schema that is in use: the rules are those that OpusTools relies on.
"""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.parsers import expat

from bicorpus.exporters.rows import Written

_TARGETS = re.compile(r"(\S+(?: \S+)*)?;(\S+(?: \S+)*)?")


def check_xces(paths: Sequence[Path], written: Written) -> list[str]:
    """Return what is wrong with a cesAlign document (gzip) and its two zips of sentence files."""
    try:
        with zipfile.ZipFile(paths[1]) as sources, zipfile.ZipFile(paths[2]) as targets:
            check = _Check((sources, targets))
            with gzip.open(paths[0], "rb") as file:
                check.parser.ParseFile(file)
    except (expat.ExpatError, zipfile.BadZipFile, gzip.BadGzipFile, EOFError) as error:
        return [f"not readable: {error}"]
    if check.links != written.rows:
        check.problems.append(f"{check.links} links instead of {written.rows}")
    return check.problems


class _Check:
    """Walks through the links, and reads the sentence ids of each document as it comes to it."""

    def __init__(self, archives: tuple[zipfile.ZipFile, zipfile.ZipFile]) -> None:
        self.links = 0
        self.problems: list[str] = []
        self._archives = archives
        self._known: tuple[set[str], set[str]] = (set(), set())
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start

    def _say(self, problem: str) -> None:
        self.problems.append(f"line {self.parser.CurrentLineNumber}: {problem}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "cesAlign" and attributes.get("version") != "1.0":
            self._say('the version of cesAlign must be "1.0"')
        elif name == "linkGrp":
            documents = attributes["fromDoc"], attributes["toDoc"]
            self._known = self._sentences(0, documents[0]), self._sentences(1, documents[1])
        elif name == "link":
            self.links += 1
            self._check_link(attributes.get("xtargets", ""))

    def _check_link(self, targets: str) -> None:
        found = _TARGETS.fullmatch(targets)
        if found is None or targets == ";":
            self._say(f'xtargets="{targets}" must be sentence ids on both sides of a semicolon')
            return
        for ids, known in zip(found.groups(), self._known, strict=True):
            for one in (ids or "").split():
                if one not in known:
                    self._say(f'there is no sentence "{one}" in the sentence file')

    def _sentences(self, side: int, document: str) -> set[str]:
        """Return the sentence ids of a document; as OpusTools, which drops ".gz"."""
        name = f"bicorpus/raw/{document.removesuffix('.gz')}"
        if name not in self._archives[side].NameToInfo:
            self._say(f'there is no sentence file "{name}"')
            return set()
        return self._read_ids(self._archives[side].read(name), name)

    def _read_ids(self, content: bytes, name: str) -> set[str]:
        ids: set[str] = set()

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag != "s":
                return
            if attributes["id"] in ids:
                self._say(f'sentence "{attributes["id"]}" stands twice in "{name}"')
            ids.add(attributes["id"])

        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.Parse(content, True)
        return ids
