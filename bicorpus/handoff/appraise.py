"""Batches for Appraise, WMT's own tool: its document tasks by the ESA protocol, and their reader.

As Appraise's published example and its importer have it: a list of tasks, each with items of a
source text, a system's text and the error spans to start from. Item `itemID` of a system is line
`itemID` of the hand-off.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from bicorpus.data import Finding, Language
from bicorpus.handoff.error_spans import error_spans, utf16
from bicorpus.handoff.plan import APPRAISE_LANGUAGES, Line

Judged = Sequence[tuple[int, Line, Mapping[str, Sequence[Finding]]]]
"""The lines of a document with their numbers, and the findings of each system."""

# As WMT cuts them: Appraise takes a task for done at 100 results.
MOST_ITEMS = 100

# Longer ids do not go into the column that Appraise's database has for them.
MOST_ID = 100
_DIGITS = 12

_OPEN, _BETWEEN, _CLOSE = '"items": [\n', ",\n", "\n]}"


def document_id(docid: str) -> str:
    """Return the id of a document as Appraise can hold it.

    Of a long one the end stays, which tells documents apart for people, behind a hash of the whole,
    which tells them apart for sure.
    """
    if len(docid) <= MOST_ID:
        return docid
    digest = hashlib.sha256(docid.encode()).hexdigest()[:_DIGITS]
    return f"{digest}~{docid[_DIGITS + 1 - MOST_ID :]}"


class AppraiseWriter:
    """Writes batches as documents come: a document of a system is never cut between two tasks.

    `shortened` has the whole ids of the documents whose ids were cut, by what is written.
    """

    def __init__(self, file: TextIO, source: Language, target: Language) -> None:
        self._file = file
        self._pair = source, target
        self._tasks = self._items = 0
        self.shortened: dict[str, str] = {}
        file.write("[\n")

    def document(self, judged: Judged) -> None:
        """Write the items of a document, system by system."""
        docid = judged[0][1].docid
        if (written := document_id(docid)) != docid:
            self.shortened[written] = docid
        for index, (system, _) in enumerate(judged[0][1].hypotheses):
            if self._items + len(judged) > MOST_ITEMS or not self._tasks:
                self._start_task()
            for number, line, findings in judged:
                item = self._item(number, line, index, findings.get(system, ()))
                self._file.write((_BETWEEN if self._items else "") + item)
                self._items += 1

    def close(self) -> None:
        """Write the end; the file itself stays open."""
        self._file.write((_CLOSE if self._tasks else "") + "\n]\n")

    def _start_task(self) -> None:
        source, target = self._pair
        task = {
            "batchNo": self._tasks + 1,
            "randomSeed": 0,
            "requiredAnnotations": 1,
            "sourceLanguage": APPRAISE_LANGUAGES[source],
            "targetLanguage": APPRAISE_LANGUAGES[target],
        }
        before = _CLOSE + _BETWEEN if self._tasks else ""
        self._file.write(f'{before}{{"task": {json.dumps(task)}, {_OPEN}')
        self._tasks, self._items = self._tasks + 1, 0

    def _item(self, number: int, line: Line, index: int, findings: Sequence[Finding]) -> str:
        system, text = line.hypotheses[index]
        item = {
            "itemID": number,
            "itemType": "TGT",
            "documentID": document_id(line.docid),
            "sourceID": "-".join(self._pair),
            "targetID": system,
            # Appraise shows both texts as HTML; its spans count what is seen.
            "sourceText": html.escape(line.source, quote=False),
            "targetText": html.escape(text, quote=False),
            "mqm": list(_spans(text, findings)),
            "isCompleteDocument": False,
        }
        return json.dumps(item, ensure_ascii=False)


def _spans(text: str, findings: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    """Yield error spans: UTF-16 units, both ends inside; what is missing has a name, no place."""
    # Appraise cuts white space of every kind off the ends of a text before it counts.
    cut = utf16(text) - utf16(text.lstrip())
    for span in error_spans(text, findings):
        first, last = span.first - cut, span.last - cut
        yield {
            "start_i": "missing" if span.is_missing else first,
            "end_i": "missing" if span.is_missing else last,
            "severity": span.severity,
        }


def appraise_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a file of batches, ids as `document_id` gives them.

    An item stands in a line of the file.
    """
    items = _items(path)
    for docid, document in groupby(items, key=lambda item: item["documentID"]):
        texts: dict[str, list[tuple[int, str, str]]] = {}
        for item in document:
            source, target = (html.unescape(item[name]) for name in ("sourceText", "targetText"))
            texts.setdefault(item["targetID"], []).append((item["itemID"], source, target))
        for systems in zip(*texts.values(), strict=True):
            # A system whose item has another number or source than the first has shifted.
            is_same = len({(number, source) for number, source, _ in systems}) == 1
            found = zip(texts, (target for _, _, target in systems), strict=True)
            yield Line(docid if is_same else "\0", systems[0][1], None, tuple(found))


def _items(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        if next(file) != "[\n":
            raise ValueError("it is no list of tasks")
        for line in file:
            if line.startswith('{"itemID"'):
                yield json.loads(line.rstrip("\n").removesuffix(","))
