"""Files of other programs: each imports, or is refused with a reason and, where broken, a line."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path

import pytest

from bicorpus.errors import BicorpusError
from bicorpus.importers.detection import plan
from bicorpus.importers.intake import Intake, take_in
from bicorpus.importers.spool import Spool
from bicorpus.importers.units import Request, primary

# Formats that hold no translated units.
OTHERS = {"srx", "tbx"}
# Reasons that a person accepts for a well-formed file from which nothing is imported.
ACCEPTED = (
    "has no ", "side is empty", "holds no unit", "it is empty", "not to be translated",
    "does not say in which language", "another language pair",
)  # fmt: skip


def pair_of(entry: dict[str, str]) -> tuple[str, str]:
    """German and English where the file has them, else English and the first other language."""
    found = [primary(tag) for tag in entry["langs"].split(",") if tag]
    if {"de", "en"} <= set(found):
        return "de", "en"
    others = [code for code in found if code != "en"]
    return ("en", others[0]) if "en" in found and others else ("de", "en")


def read(path: Path, entry: dict[str, str]) -> Intake:
    request = Request(*pair_of(entry))
    with Spool() as spool:
        [job] = plan([path], request)
        return take_in(job, request, spool, keep_readable=False, rejected=None)


def encodings(entry: dict[str, str]) -> set[str]:
    """What the catalogue says of the encoding, in the names that we give."""
    if entry["bom"].startswith("utf-16"):
        return {f"utf-16-{entry['bom'][-2:]}"}
    declared = entry["declared_encoding"].lower()
    # One declaration in the catalogue is a word of a comment behind "encoding".
    return {declared if declared not in {"", "is"} else "utf-8"}


@pytest.mark.shared
def test_files_of_other_programs(shared: Path) -> None:
    folder = shared / "eval" / "interop"
    with (folder / "CATALOGUE.tsv").open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file, delimiter="\t"))
    # The catalogue judges the bytes of an archive; see the next test.
    entries = [entry for entry in entries if entry["ext"] not in {"gz", "zip"}]
    assert len(entries) > 150
    problems = []
    imported = 0
    for entry in entries:
        path = folder / entry["path"]
        try:
            intake = read(path, entry)
        except BicorpusError as error:
            problems += check_refusal(entry, str(error), str(path))
            continue
        imported += 1
        reading = intake.reading
        if entry["xml"] != "ok" or entry["ext"] in OTHERS:
            problems.append(f"{entry['path']}: imported")
        # The catalogue counts no Tu of TTX.
        if entry["ext"] != "ttx" and reading.elements != int(entry["units"]):
            problems.append(f"{entry['path']}: {reading.elements} units, not {entry['units']}")
        if reading.encoding not in encodings(entry):
            problems.append(f"{entry['path']}: {reading.encoding}, not {encodings(entry)}")
        if intake.units + sum(intake.left_out.values()) < reading.elements:
            problems.append(f"{entry['path']}: units got lost")
    assert problems == []
    assert imported >= 65


def check_refusal(entry: dict[str, str], said: str, path: str) -> list[str]:
    if path not in said:
        return [f"{entry['path']}: not named in: {said}"]
    if entry["xml"] != "ok":
        line = re.search(r"line (\d+)\)", entry["xml"])
        wanted = f'", line {line[1]}: ' if line else '", line 1: '
        return [] if wanted in said else [f"{entry['path']}: not {wanted} in: {said}"]
    if entry["ext"] in OTHERS:
        name = "SRX" if entry["ext"] == "srx" else "TBX"
        return [] if name in said else [f"{entry['path']}: {said}"]
    return [] if any(one in said for one in ACCEPTED) else [f"{entry['path']}: {said}"]


@pytest.mark.shared
@pytest.mark.parametrize("suffix", ["gz", "zip"])
def test_a_packed_memory_of_another_program(suffix: str, shared: Path) -> None:
    path = shared / f"eval/interop/omegat/src/test/resources/data/tmx/test-level2.tmx.{suffix}"
    with gzip.open(path.with_suffix(".gz"), "rt", encoding="utf-8") as file:
        units = file.read().count("<tu>")
    request = Request("en", "be")
    with Spool() as spool:
        [job] = plan([path], request)
        intake = take_in(job, request, spool, keep_readable=False, rejected=None)
    assert job.form == "tmx"
    assert intake.units + sum(intake.left_out.values()) == units > 0


@pytest.mark.shared
@pytest.mark.parametrize("suffix", ["tmx", "sdlxliff", "xlf", "ttx"])
def test_no_text_holds_a_code(suffix: str, shared: Path, tmp_path: Path) -> None:
    """No control character, and no code of HTML that a bpt, ph or ut of the samples holds."""
    found = []
    for path in sorted((shared / "eval" / "interop").rglob(f"*.{suffix}")):
        for pair in (("de", "en"), ("en", "fr"), ("en", "es")):
            request = Request(*pair)
            with Spool() as spool:
                try:
                    [job] = plan([path], request)
                    take_in(job, request, spool, keep_readable=True, rejected=None)
                except BicorpusError:
                    continue
                for _, units in spool.documents():
                    texts = [text for unit in units for text in (unit.source, unit.target)]
                    found += [t for t in texts if re.search(r"[\x00-\x08]|<(?:cf|w:|img|a) ", t)]
    # One sample has HTML as text of its segments, not as codes.
    assert [text for text in found if "discourse" not in text] == []
