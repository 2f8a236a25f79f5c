"""XCES: links between sentences (cesAlign), with the sentence files that they point into.

The links are read a document at a time; `fromDoc` and `toDoc` are looked for beside the file of
links, below its folder, and in the zip files there, as OPUS lays them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from bicorpus.errors import InputError
from bicorpus.importers.inline import plain
from bicorpus.importers.ladder import check_bead
from bicorpus.importers.opening import open_binary
from bicorpus.importers.sentence_files import SentenceFiles
from bicorpus.importers.sides import Paragraph, side_of, text_of
from bicorpus.importers.units import (
    GivenDocument,
    Item,
    LeftOut,
    Reading,
    broken,
    primary,
)
from bicorpus.importers.xliff import OTHER_PAIR
from bicorpus.importers.xml_stream import XML_LANG, elements, prolog_of

# Not \s: no-break and thin blanks hold figures together.
_BLANKS = re.compile(r"[ \t\r\n]+")
Ids = dict[str, int]


def read_xces(reading: Reading) -> Iterator[Item]:
    """Yield a document for each group of links."""
    path = reading.path
    with ExitStack() as stack:
        places = stack.enter_context(SentenceFiles(path.parent))
        with open_binary(path) as file:
            prolog = prolog_of(file, path, reading.request.encoding)
        if prolog.name != "cesAlign":
            raise broken(path, 1, f'it is no cesAlign document: its root is "{prolog.name}".')
        reading.encoding = prolog.encoding
        file = stack.enter_context(open_binary(path))
        tags = (prolog.tag("linkGrp"),)
        for _, group in elements(file, path, prolog, tags):
            yield from _read_group(group, places, reading)


def _read_group(group: Any, places: SentenceFiles, reading: Reading) -> Iterator[Item]:
    request = reading.request
    names = [group.get("fromDoc", ""), group.get("toDoc", "")]
    loaded = [_load(name, places, reading, group) for name in names]
    languages = [language for language, _, _ in loaded]
    is_swapped = languages == [request.target, request.source]
    is_wanted = is_swapped or languages == [request.source, request.target]
    if is_swapped:
        loaded.reverse()
    source, target = (
        side_of(language, str(reading.path), paragraphs) for language, paragraphs, _ in loaded
    )
    beads = []
    for link in group.iterchildren("{*}link"):
        reading.elements += 1
        place = f"line {link.sourceline}, link {link.get('id', reading.elements)}"
        sides = link.get("xtargets", "").split(";")
        if len(sides) != 2:
            raise broken(reading.path, link.sourceline, "its xtargets have not two sides.")
        if is_swapped:
            sides.reverse()
        left, right = (
            _indices(side, known[2], link, reading)
            for side, known in zip(sides, loaded, strict=True)
        )
        reason, bead = check_bead(left, right, source, target, reading)
        if not is_wanted:
            reading.languages.update(languages)
            reason, bead = OTHER_PAIR, None
        if bead is None:
            yield LeftOut(reason, place, text_of(source, left), text_of(target, right))
        else:
            beads.append(bead)
    if beads:
        yield GivenDocument(names[0], source, target, tuple(beads))


def _indices(side: str, ids: Ids, link: Any, reading: Reading) -> tuple[int, ...]:
    found = []
    for one in side.split():
        if one not in ids:
            raise broken(
                reading.path, link.sourceline, f'it links the sentence "{one}", which is not there.'
            )
        found.append(ids[one])
    return tuple(found)


def _load(
    name: str, places: SentenceFiles, reading: Reading, group: Any
) -> tuple[str, list[Paragraph], Ids]:
    """Return language, paragraphs and the index of each sentence's id of a sentence file."""
    opened = places.open(name)
    if opened is None:
        raise broken(
            reading.path, group.sourceline or 1, f'the sentence file "{name}" is nowhere near it.',
            next_step="Put it, or the zip file that holds it, into the same folder.",
        )  # fmt: skip
    file, path = opened
    with file:
        prolog = prolog_of(file, path, None)
        file.seek(0)
        paragraphs: list[tuple[str, list[str]]] = []
        ids: Ids = {}
        tags = tuple(prolog.tag(tag) for tag in ("s", "p"))
        for event, element in elements(file, path, prolog, tags, starts=True):
            if element.tag == tags[1]:
                if event == "start":
                    paragraphs.append((element.get("type", "body"), []))
            elif event == "end":
                if not paragraphs:
                    paragraphs.append(("body", []))
                ids[element.get("id", "")] = len(ids)
                paragraphs[-1][1].append(_sentence(element, reading))
    language = prolog.attributes.get("lang") or prolog.attributes.get(XML_LANG) or ""
    filled: list[Paragraph] = [one for one in paragraphs if one[1]]
    return primary(language or name.partition("/")[0]), filled, ids


def _sentence(element: Any, reading: Reading) -> str:
    """Return the text of a sentence; the tokens of OPUS's parsed files with blanks between."""
    words = [word.text or "" for word in element.iter("{*}w")]
    try:
        text = " ".join(words) if words else plain(element, reading.notes)
    except InputError as error:
        raise broken(reading.path, element.sourceline, f"{error}.") from error
    return _BLANKS.sub(" ", text)
