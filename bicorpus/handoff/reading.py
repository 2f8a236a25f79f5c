"""Reads the files of a hand-off back, and compares line n of each with line n of all others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from lxml import etree

from bicorpus.handoff.appraise import appraise_lines, document_id
from bicorpus.handoff.formats import TRANSLATOR
from bicorpus.handoff.manifest import Counts
from bicorpus.handoff.plan import APPRAISE, DOCIDS, ESA, UNITS, WMT, Line, Plan

_MOST_PROBLEMS = 5


def check_handoff(plan: Plan, paths: Mapping[str, Path], counts: Counts) -> list[str]:
    """Return where a file, read as its readers read it, has another text in a line than the rest.

    The plain files are the measure: each has a line for each of the units.
    """
    problems = []
    others: list[tuple[str, Callable[[Line], Line], Iterator[Line]]] = [
        (WMT, _whole, wmt_lines(paths[WMT], plan))
    ]
    if ESA in paths:
        others.append((ESA, _whole, esa_lines(paths[ESA])))
    if APPRAISE in paths:
        others.append((APPRAISE, _for_appraise, appraise_lines(paths[APPRAISE])))
    for system in plan.systems:
        for kind in ("metricx", "comet"):
            name = f"{kind}.{system}.jsonl"
            lines = _json_lines(paths[name], kind, system)
            others.append((name, partial(_of_system, system=system), lines))
    for name, narrow, lines in others:
        plain = map(narrow, plain_lines(plan, paths))
        if problem := _first_problem(name, plain, lines):
            problems.append(problem)
    written = sum(1 for _ in plain_lines(plan, paths))
    if written != counts.units:
        problems.append(f"{written} lines instead of {counts.units}")
    rows = sum(1 for _ in _lines(paths[UNITS])) - 1
    if rows != counts.units:
        problems.append(f'{rows} rows in "{UNITS}" instead of {counts.units}')
    return problems[:_MOST_PROBLEMS]


def _first_problem(name: str, plain: Iterator[Line], lines: Iterator[Line]) -> str:
    try:
        for number, (wanted, found) in enumerate(zip_longest(plain, lines), 1):
            if wanted != found:
                return f'line {number} of "{name}" is not that of the other files'
    except (ValueError, KeyError, TypeError, StopIteration, etree.XMLSyntaxError) as error:
        return f'"{name}" cannot be read back: {error}'
    return ""


def plain_lines(plan: Plan, paths: Mapping[str, Path]) -> Iterator[Line]:
    """Yield the lines of the plain files; one that is longer than the others gives odd lines."""
    systems = [(system, paths[plan.hypothesis_file(system)]) for system in plan.systems]
    columns = [_lines(paths[DOCIDS]), _lines(paths[plan.source_file])]
    columns += [_lines(path) for _, path in systems]
    if plan.has_reference:
        columns.append(_lines(paths[plan.reference_file]))
    for cells in zip_longest(*columns, fillvalue="\0missing"):
        reference = cells[-1] if plan.has_reference else None
        texts = zip(plan.systems, cells[2 : 2 + len(systems)], strict=True)
        yield Line(cells[0], cells[1], reference, tuple(texts))


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            # A reader that breaks lines elsewhere (NEL, U+2028) must find none there, either.
            yield line.removesuffix("\n") if len(line.splitlines()) < 2 else "\0broken"


def _whole(line: Line) -> Line:
    return line


def _for_appraise(line: Line) -> Line:
    return replace(line, docid=document_id(line.docid), reference=None)


def _of_system(line: Line, system: str) -> Line:
    """Return what a file of one system has of a line: neither document nor other systems."""
    texts = tuple((name, text) for name, text in line.hypotheses if name == system)
    return Line("", line.source, line.reference, texts)


def wmt_lines(path: Path, plan: Plan) -> Iterator[Line]:
    """Yield the lines of a WMT XML file, matched by the numbers of their segments."""
    events = etree.iterparse(
        str(path), tag="doc", resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, document in events:
        sources = _segments(document.find("src"))
        reference = document.find(f"ref[@translator='{TRANSLATOR}']")
        references = _segments(reference) if plan.has_reference else {}
        systems = {one.get("system"): _segments(one) for one in document.findall("hyp")}
        for number, text in sources.items():
            texts = tuple((name, systems[name].get(number, "\0")) for name in plan.systems)
            yield Line(str(document.get("id")), text, references.get(number), texts)
        document.clear()


def _segments(side: Any) -> dict[int, str]:
    """Return the texts by number; a number that stands twice shows as a text too few."""
    return {int(one.get("id")): one.text or "" for one in side.iter("seg")}


def esa_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a campaign; a document stands in a line of the file."""
    with path.open(encoding="utf-8", newline="\n") as file:
        head = next(file)
        json.loads(head + "]}")
        for row in file:
            if row == "]}\n":
                return
            for item in json.loads(row.rstrip("\n").removesuffix(",")):
                yield Line(item["doc_id"], item["src"], item.get("ref"), tuple(item["tgt"].items()))


def _json_lines(path: Path, kind: str, system: str) -> Iterator[Line]:
    names = {"metricx": ("source", "hypothesis", "reference"), "comet": ("src", "mt", "ref")}
    source, hypothesis, reference = names[kind]
    for row in _lines(path):
        record = json.loads(row)
        found = record.get(reference) or None
        yield Line("", record[source], found, ((system, record[hypothesis]),))
