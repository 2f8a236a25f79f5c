"""Writes the files of a hand-off, one pass over the units, and reads all of them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TextIO

from bicorpus.checks import check_pair
from bicorpus.counted import counted
from bicorpus.data import Finding
from bicorpus.errors import InputError
from bicorpus.evaluate.shifts import refuse_strangers
from bicorpus.exporters.files import write_all_checked
from bicorpus.handoff import formats
from bicorpus.handoff.appraise import AppraiseWriter, Judged
from bicorpus.handoff.manifest import Counts, write_manifest
from bicorpus.handoff.plan import (
    APPRAISE,
    DOCIDS,
    ESA,
    MANIFEST,
    UNITS,
    WITHOUT_REFERENCE,
    WMT,
    Line,
    Plan,
    line_of,
)
from bicorpus.handoff.reading import check_handoff
from bicorpus.handoff.units import Unit

_UNIT_COLUMNS = ("line", "document", "docid", "beads", "source_sentences", "shapes", "reference")
_LEFT_OUT_COLUMNS = ("document", "docid", "beads", "why", "source", "target")


def write_handoff(units: Iterable[Unit], plan: Plan, folder: Path) -> Counts:
    """Write the hand-off into `folder`; nothing is put in place before all of it is proven.

    With a reference planned, units without one go to a list of their own. Raises InputError where
    no unit is left, or a system's lines are not as many as the units.
    """
    names = plan.files
    return write_all_checked(
        [folder / name for name in names],
        lambda paths: _write(units, plan, dict(zip(names, paths, strict=True))),
        lambda paths, counts: check_handoff(plan, dict(zip(names, paths, strict=True)), counts),
    )


def _write(units: Iterable[Unit], plan: Plan, paths: Mapping[str, Path]) -> Counts:
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
            for name, path in paths.items()
            if name != MANIFEST
        }
        counts = _write_units(units, plan, files)
    _refuse_other_counts(plan, counts)
    _refuse_strangers(plan, paths)
    listed = {name: path for name, path in paths.items() if name != MANIFEST}
    write_manifest(plan, counts, listed, paths[MANIFEST])
    return counts


@dataclass
class _Tally:
    """What has been written so far."""

    units: int = 0
    documents: int = 0
    joined: int = 0
    partial: int = 0


def _write_units(units: Iterable[Unit], plan: Plan, files: Mapping[str, TextIO]) -> Counts:
    tally, left_out = _Tally(), Counter[str]()
    _start(plan, files)
    languages = plan.header.source_language, plan.header.target_language
    appraise = AppraiseWriter(files[APPRAISE], *languages) if APPRAISE in files else None
    for _, document in groupby(units, key=lambda unit: unit.docid):
        kept = []
        for unit in document:
            if plan.has_reference and unit.reference is None:
                left_out[unit.why] += 1
                _row(files[WITHOUT_REFERENCE], _left_out_cells(unit))
            else:
                kept.append(unit)
        if kept:
            judged = _write_document(kept, plan, files, tally)
            if appraise:
                appraise.document(judged)
    files[WMT].write(formats.WMT_TAIL)
    if ESA in files:
        files[ESA].write(formats.ESA_TAIL)
    if appraise:
        appraise.close()
    shortened = appraise.shortened if appraise else {}
    return Counts(tally.units, tally.documents, tally.joined, tally.partial, left_out, shortened)


def _start(plan: Plan, files: Mapping[str, TextIO]) -> None:
    files[WMT].write(formats.wmt_head(plan))
    if ESA in files:
        files[ESA].write(formats.esa_head(plan))
    _row(files[UNITS], _UNIT_COLUMNS)
    _row(files[WITHOUT_REFERENCE], _LEFT_OUT_COLUMNS)


def _write_document(
    units: Sequence[Unit], plan: Plan, files: Mapping[str, TextIO], tally: _Tally
) -> Judged:
    """Write the lines of a document; return them with the findings of each system."""
    written = []
    for number, unit in enumerate(units, tally.units + 1):
        line = _line(plan, unit, number)
        written.append((number, unit, line))
        files[plan.source_file].write(line.source + "\n")
        files[DOCIDS].write(line.docid + "\n")
        if plan.has_reference:
            files[plan.reference_file].write(f"{line.reference}\n")
        for index, (system, text) in enumerate(line.hypotheses):
            files[plan.hypothesis_file(system)].write(text + "\n")
            files[f"metricx.{system}.jsonl"].write(formats.metricx_line(line, index) + "\n")
            files[f"comet.{system}.jsonl"].write(formats.comet_line(line, index) + "\n")
        _row(files[UNITS], _unit_cells(unit, number))
        tally.joined += len(unit.beads) > 1
        tally.partial += unit.is_partial
    files[WMT].write(formats.wmt_document(plan, [(unit, line) for _, unit, line in written]))
    judged = [(number, line, _findings(plan, unit, line)) for number, unit, line in written]
    if ESA in files:
        files[ESA].write((",\n" if tally.documents else "") + formats.esa_document(judged))
    tally.units += len(units)
    tally.documents += 1
    return judged


def _line(plan: Plan, unit: Unit, number: int) -> Line:
    for system, lines in plan.others.items():
        if number > len(lines):
            raise _too_few(system, len(lines), plan)
    return line_of(plan, unit, number)


def _findings(plan: Plan, unit: Unit, line: Line) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of each system: stored ones of the corpus, fresh ones of the others."""
    languages = plan.header.source_language, plan.header.target_language
    return {
        system: unit.findings if system == plan.own else check_pair(line.source, text, *languages)
        for system, text in line.hypotheses
    }


def _unit_cells(unit: Unit, number: int) -> Iterator[str]:
    yield str(number)
    yield unit.document
    yield unit.docid
    yield " ".join(map(str, unit.beads))
    yield " ".join(map(str, unit.sentences))
    yield " ".join(unit.shapes)
    yield "none" if unit.reference is None else "partial" if unit.is_partial else "whole"


def _left_out_cells(unit: Unit) -> Iterator[str]:
    beads = " ".join(map(str, unit.beads))
    yield from (unit.document, unit.docid, beads, unit.why, unit.source, unit.target)


def _row(file: TextIO, cells: Iterable[str]) -> None:
    file.write("\t".join(cells) + "\n")


def _refuse_other_counts(plan: Plan, counts: Counts) -> None:
    if not counts.units:
        reasons = ", ".join(f"{count} where {why}" for why, count in counts.left_out.items())
        raise InputError(
            f"There is no unit to hand over{': ' + reasons if reasons else ''}.",
            next_step="Look at --filter and --reference: the reference must be of these documents.",
        )
    for system, lines in plan.others.items():
        if len(lines) != counts.units:
            raise _too_few(system, len(lines), plan, counts.units)


def _refuse_strangers(plan: Plan, paths: Mapping[str, Path]) -> None:
    """Refuse a system whose lines are of another text or out of step, as far as words tell."""
    if not plan.others or not (plan.has_reference or plan.own):
        return
    measure = plan.reference_file if plan.has_reference else plan.hypothesis_file(str(plan.own))
    lines = paths[measure].read_text("utf-8").split("\n")[:-1]
    for system, texts in plan.others.items():
        refuse_strangers(texts, lines, Path(plan.hypothesis_file(system)), Path(measure))


def _too_few(system: str, lines: int, plan: Plan, units: int | None = None) -> InputError:
    wanted = str(units) if units else f"more than {lines}"
    return InputError(
        f'The system "{system}" has {counted(lines, "line")}; units to hand over: {wanted}.',
        next_step=f'Hand over without --system first, translate the "{plan.source_file}" that is '
        "written then, line by line, and hand over again with the same options.",
    )
