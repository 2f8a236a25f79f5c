"""corpus.tmx: valid by construction, and read back by readers that are not ours."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bicorpus.data import Finding
from bicorpus.errors import SettingsError
from bicorpus.exporters.characters import REPLACEMENT, xml_text
from bicorpus.exporters.rows import BeadRow, Written
from bicorpus.exporters.tmx import XML_LANG, check_written_tmx, write_tmx
from bicorpus.exporters.tmx_rules import check_tmx

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


@pytest.fixture(autouse=True)
def no_date(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(scope="module")
def row(rows) -> BeadRow:
    return rows[0]


@pytest.fixture
def corpus(rows, header, tmp_path) -> Path:
    write_tmx(rows, header, tmp_path / "corpus.tmx")
    return tmp_path / "corpus.tmx"


@pytest.fixture(scope="module")
def dtd(data) -> etree.DTD:
    with (data / "tmx14-rules.dtd").open("rb") as file:
        return etree.DTD(file)


def parsed(path: Path) -> etree._ElementTree:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.parse(path, parser)


def units(path: Path) -> list[tuple[str, str]]:
    """Both texts of every unit, as an XML reader sees them."""
    return [
        tuple(segment.text or "" for segment in unit.iterfind("tuv/seg"))
        for unit in parsed(path).iterfind("body/tu")
    ]


def test_golden(rows, header, data, tmp_path):
    written = write_tmx(iter(rows), header, tmp_path / "corpus.tmx")
    assert written == Written(rows=4, left_out=1, replaced=1)
    produced = (tmp_path / "corpus.tmx").read_text("utf-8")
    assert produced == (data / "corpus.tmx").read_text("utf-8")


def test_golden_keeps_the_rules(data, dtd):
    assert check_tmx(data / "corpus.tmx") == []
    assert dtd.validate(parsed(data / "corpus.tmx")), dtd.error_log.filter_from_errors()


def test_same_rows_same_bytes(rows, header, corpus, tmp_path):
    write_tmx(rows, header, tmp_path / "again.tmx")
    assert (tmp_path / "again.tmx").read_bytes() == corpus.read_bytes()


def test_texts_come_back(rows, corpus):
    kept = [row for row in rows if row.target_text]
    assert units(corpus) == [(xml_text(row.source_text), xml_text(row.target_text)) for row in kept]
    assert units(corpus)[3] == ("NA", "NA\r\n")


@settings(deadline=None)
@given(texts=st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT))
def test_any_text_comes_back(texts, row, header, dtd):
    source, target, message, origin = texts
    changed = replace(
        row,
        source_text=source,
        target_text=target,
        origin=origin,
        findings=(Finding("figures", "error", message),),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.tmx"
        written = write_tmx([changed], header, path)
        assert check_written_tmx(path, written) == []
        assert dtd.validate(parsed(path)), dtd.error_log.filter_from_errors()
        found = units(path)
        props = [prop.text or "" for prop in parsed(path).iter("prop")]
    is_unit = bool(source.strip() and target.strip())
    assert written.left_out == (not is_unit)
    assert found == ([(xml_text(source), xml_text(target))] if is_unit else [])
    assert all(len(prop.splitlines()) <= 1 for prop in props)


def test_replacement_moves_no_offset():
    text = "a\x00b\ud800c\uffff\x85\u2028\t\r\n\x7f"
    folded = f"a{REPLACEMENT}b{REPLACEMENT}c{REPLACEMENT}\x85\u2028\t\r\n\x7f"
    assert xml_text(text) == folded
    assert len(xml_text(text)) == len(text)


def test_another_source_language_is_said_on_the_unit(row, header, dtd, tmp_path):
    french = replace(row, source_language="fr")
    path = tmp_path / "corpus.tmx"
    assert check_written_tmx(path, write_tmx([french], header, path)) == []
    assert parsed(path).find("body/tu").get("srclang") == "fr"
    assert dtd.validate(parsed(path))


def test_empty_corpus_is_valid(header, dtd, tmp_path):
    path = tmp_path / "corpus.tmx"
    assert check_written_tmx(path, write_tmx([], header, path)) == []
    assert dtd.validate(parsed(path))


def test_header_without_signature_is_valid(row, header, dtd, tmp_path):
    path = tmp_path / "corpus.tmx"
    written = write_tmx([row], replace(header, signature="", model="", run=""), path)
    assert check_written_tmx(path, written) == []
    assert dtd.validate(parsed(path))


def test_check_compares_the_count(corpus):
    problems = check_written_tmx(corpus, Written(rows=5, left_out=0))
    assert problems == ["line 1: 4 units in the file instead of 5"]


def test_date_comes_from_the_environment_only(row, header, monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1706745599")  # 31 January 2024, last second, UTC
    path = tmp_path / "corpus.tmx"
    assert check_written_tmx(path, write_tmx([row], header, path)) == []
    assert parsed(path).find("header").get("creationdate") == "20240131T235959Z"


@pytest.mark.parametrize("value", ["yesterday", "1e3", "99999999999999999999"])
def test_date_that_is_none(value, row, header, monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(SettingsError, match=f'SOURCE_DATE_EPOCH is "{value}".* unset it'):
        write_tmx([row], header, tmp_path / "corpus.tmx")


# Readers of the field, as strict as their makers say they are.


@dataclass
class OmegatEntry:
    source: str
    target: str
    note: str | None
    props: dict[str, str]


def omegat_entries(path: Path, source: str, target: str) -> Iterator[OmegatEntry]:
    """What OmegaT does with a memory: the header's language must be the project's (else it warns),
    sides are found by `lang` alone, text inside inline codes is skipped, the last note wins.
    """
    root = parsed(path).getroot()
    header = root.find("header")
    assert header.get("srclang").lower() == source.lower(), "TMXR_WARNING_INCORRECT_SOURCE_LANG"
    assert header.get("segtype") != "paragraph", "TMXR_WARNING_UPGRADE_SENTSEG"
    for unit in root.iter("tu"):
        sides = {}
        for variant in unit.iterfind("tuv"):
            (language,) = [v for k, v in variant.items() if etree.QName(k).localname == "lang"]
            segment = variant.find("seg")
            text = (segment.text or "") + "".join(code.tail or "" for code in segment)
            sides.setdefault(language.lower(), text)
        assert source in sides, "TMXR_WARNING_SOURCE_NOT_FOUND"
        notes = [note.text for note in unit.iterfind("note")]
        props = {prop.get("type"): prop.text for prop in unit.iterfind("prop")}
        yield OmegatEntry(sides[source], sides[target], notes[-1] if notes else None, props)


def test_omegat_finds_nothing_to_complain_about(rows, corpus):
    entries = list(omegat_entries(corpus, "de", "en"))
    kept = [row for row in rows if row.target_text]
    assert [entry.source for entry in entries] == [xml_text(row.source_text) for row in kept]
    assert [entry.target for entry in entries] == [xml_text(row.target_text) for row in kept]
    assert [entry.note is not None for entry in entries] == [False, False, True, False]
    assert entries[1].props["type"] == "2:1"


TRADOS_LEVELS = {
    "Unspecified",
    "Draft",
    "Translated",
    "RejectedTranslation",
    "ApprovedTranslation",
    "RejectedSignOff",
    "ApprovedSignOff",
}
TRADOS_ORIGINS = {
    "Unknown",
    "TM",
    "MachineTranslation",
    "MT",
    "Alignment",
    "ContextTM",
    "AdaptiveMT",
}


def test_trados_finds_nothing_to_complain_about(corpus):
    """Trados wants two variants in the header's language and another, no empty side, its own
    names for level and origin, and fields whose names begin with "x-" if they are not its own.
    """
    root = parsed(corpus).getroot()
    source = root.find("header").get("srclang").lower()
    for unit in root.iter("tu"):
        languages = [variant.get(XML_LANG).lower() for variant in unit.iterfind("tuv")]
        assert len(languages) == 2
        assert languages[0] == source != languages[1]
        assert all((segment.text or "").strip() for segment in unit.iterfind("tuv/seg"))
        (level,) = unit.xpath("prop[@type='x-ConfirmationLevel']/text()")
        (origin,) = unit.xpath("prop[@type='x-Origin']/text()")
        assert level in TRADOS_LEVELS
        assert origin in TRADOS_ORIGINS
        names = {prop.get("type") for prop in unit.iterfind("prop")}
        assert all(name.startswith("x-") for name in names - {"type", "score-aligner"})


def test_translate_toolkit_reads_it_without_loss(rows, corpus):
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    with corpus.open("rb") as file:
        memory = tmx.tmxfile(file, "de", "en")
    kept = [row for row in rows if row.target_text]
    assert [str(unit.source) for unit in memory.units] == [xml_text(r.source_text) for r in kept]
    assert [str(unit.target) for unit in memory.units] == [xml_text(r.target_text) for r in kept]


MEMORY_OF_EXPORT = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from bicorpus.data import Span
from bicorpus.exporters.rows import BeadRow, CorpusHeader
from bicorpus.exporters.tmx import check_written_tmx, write_tmx
row = BeadRow("d", "o", "de", "en", 1, 1, "body", (1,), (1,), Span(0, 9), Span(0, 9), "1-1",
              "Ein Satz, der lang genug ist.", "A sentence, long enough.", 0.5, 0.5, (), (), True)
header = CorpusHeader("signature", "model", "run", "0.1", "de", "en")
path = Path(sys.argv[1])
rows = (replace(row, number=number) for number in range(int(sys.argv[2])))
assert check_written_tmx(path, write_tmx(rows, header, path)) == []
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_corpus(tmp_path, root):
    pytest.importorskip("resource")

    def peak(count: int) -> int:
        command = [sys.executable, "-c", MEMORY_OF_EXPORT, tmp_path / "corpus.tmx", str(count)]
        return int(subprocess.run(command, check=True, capture_output=True, cwd=root).stdout)

    few, many = peak(1_000), peak(100_000)
    # A tree of 100,000 units takes ten times the base; 16 bytes an id and a sort are allowed.
    assert many < 1.25 * few
