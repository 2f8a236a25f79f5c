"""XLIFF 2.1: valid by construction, and read back by a reader that is not ours."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bicorpus.errors import ProjectError
from bicorpus.exporters.characters import xml_text
from bicorpus.exporters.rows import ArticleRows, BeadRow, CorpusHeader
from bicorpus.exporters.xliff import XLIFF
from bicorpus.exporters.xliff_rules import check_xliff

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
NAMES = {
    "x": "urn:oasis:names:tc:xliff:document:2.0",
    "mtc": "urn:oasis:names:tc:xliff:matches:2.0",
    "mda": "urn:oasis:names:tc:xliff:metadata:2.0",
}


def by_document(rows: tuple[BeadRow, ...]) -> list[ArticleRows]:
    documents = dict.fromkeys(row.document for row in rows)
    return [
        ArticleRows(None, tuple(row for row in rows if row.document == name))  # type: ignore[arg-type]
        for name in documents
    ]


@pytest.fixture
def corpus(rows: tuple[BeadRow, ...], header: CorpusHeader, tmp_path: Path) -> Path:
    path = tmp_path / "corpus.xlf"
    written = XLIFF.write(by_document(rows), header, [path])
    assert XLIFF.check([path], written) == []
    assert (written.rows, written.left_out, written.replaced) == (5, 0, 1)
    return path


def test_units_segments_and_states(rows, corpus):
    root = etree.parse(corpus).getroot()
    assert root.get("version") == "2.1"
    assert (root.get("srcLang"), root.get("trgLang")) == ("de", "en")
    assert root.xpath("x:file/@id", namespaces=NAMES) == ["0a1b2c3d4e5f6071", "ffffffffffffffff"]
    assert root.xpath("//x:unit/@id", namespaces=NAMES) == ["u1", "u2", "u3", "u4", "u1"]
    states = root.xpath("//x:segment/@state", namespaces=NAMES)
    assert states == ["translated"] * 3 + ["initial", "translated"]
    sources = [
        "".join(one.itertext()) for one in root.iterfind("x:file/x:unit/x:segment/x:source", NAMES)
    ]
    assert sources == [xml_text(row.source_text) for row in rows]


def test_match_quality_is_the_score_in_percent(corpus):
    root = etree.parse(corpus).getroot()
    found = root.xpath("//mtc:match/@matchQuality", namespaces=NAMES)
    assert found == ["87.65", "50.00", "0.00"]
    assert set(root.xpath("//mtc:match/@origin", namespaces=NAMES)) == {"argos-de_en-0.1"}
    assert set(root.xpath("//mtc:match/@ref", namespaces=NAMES)) == {"#m1"}


def test_findings_are_notes(corpus):
    unit = etree.parse(corpus).getroot().find("x:file/x:unit[@id='u2']", NAMES)
    notes = [
        (note.get("category"), note.get("priority"), note.text)
        for note in unit.iterfind("x:notes/x:note", NAMES)
    ]
    assert notes == [
        ("negation", "1", '"nicht" is lost | see "some"'),
        ("length", "4", '3 < 4 & "7"'),
    ]
    facts = {one.get("type"): one.text for one in unit.iterfind(".//mda:meta", NAMES)}
    assert facts["type"] == "2-1"
    assert facts["sentences"] == "2 3;2"
    assert facts["flags"] == "split long"
    assert facts["source-offset"] == "44-83"


def test_translate_toolkit_reads_it_without_loss(rows, corpus):
    xliff2 = pytest.importorskip(
        "translate.storage.xliff2", reason="translate-toolkit is not installed"
    )
    units = xliff2.Xliff2File.parsefile(str(corpus)).units
    assert [str(unit.source) for unit in units] == [xml_text(row.source_text) for row in rows]
    assert [str(unit.target or "") for unit in units] == [xml_text(r.target_text) for r in rows]
    assert [unit.istranslated() for unit in units] == [True, True, True, False, True]


def test_rows_without_source_are_left_out(rows, header, tmp_path):
    added = replace(rows[3], source_text="", source_span=None, target_text="Added.", shape="0-1")
    written = XLIFF.write(by_document((rows[0], added)), header, [tmp_path / "a.xlf"])
    assert (written.rows, written.left_out) == (1, 1)
    assert XLIFF.check([tmp_path / "a.xlf"], written) == []


def test_empty_document_is_refused(header, tmp_path):
    with pytest.raises(ProjectError, match="No row is left"):
        XLIFF.write([], header, [tmp_path / "a.xlf"])


@settings(deadline=None)
@given(texts=st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT))
def test_any_text_comes_back(texts, rows, header):
    source, target, origin = texts
    row = replace(rows[0], source_text=f"a{source}", target_text=target, origin=origin)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlf"
        written = XLIFF.write(by_document((row,)), header, [path])
        assert XLIFF.check([path], written) == []
        segment = etree.parse(path).getroot().find("x:file/x:unit/x:segment", NAMES)
    assert "".join(segment.find("x:source", NAMES).itertext()) == xml_text(f"a{source}")
    found = segment.find("x:target", NAMES)
    assert (found is not None) == bool(target.strip())
    assert found is None or (found.text or "") == xml_text(target)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('version="2.1"', 'version="2.0"', 'version="2.0" of "xliff" is not allowed'),
        (' srcLang="de"', "", '"xliff" lacks the attribute "srcLang"'),
        (' trgLang="en"', "", 'there is a target, but "xliff" has no attribute "trgLang"'),
        ("document:2.0", "document:1.2", 'the file is a "urn:oasis'),
        ('id="ffffffffffffffff"', 'id="0a1b2c3d4e5f6071"', "is used before"),
        ('unit id="u2"', 'unit id="u1"', 'the id "u1" of this "unit" is used before'),
        ('unit id="u2"', "unit", '"unit" lacks the attribute "id"'),
        ('id="u2"', 'id="u 2"', "is not allowed"),
        ('mrk id="m1"', 'mrk id="m2"', 'refers to "#m1", which is not in its unit'),
        ('matchQuality="50.00"', 'matchQuality="150"', "is not allowed"),
        ('type="mt"', 'type="machine"', "is not allowed"),
        ('state="translated"', 'state="done"', 'state="done" of "segment" is not allowed'),
        ('state="initial"', 'state="final"', 'without a target has the state "initial"'),
        ('priority="1"', 'priority="0"', "is not allowed"),
        ("<target>", "text<target>", 'text "text" stands directly inside a "mtc:match"'),
        ("<mtc:matches>", "<notes><note>n</note></notes><mtc:matches>", "comes too late"),
        ("<source>", "<target>t</target><source>", "comes too late"),
        ("<notes>", "<notes/><notes>", 'this "notes" has no "note"'),
        ("<notes>", "<notes><note>n</note></notes><notes>", 'holds only one "notes"'),
        ("<notes>", "<remarks/><notes>", 'a "remarks" may not stand inside a "unit"'),
        ("<target>", "<target><b>bold</b>", 'there is no element "b"'),
        ("</xliff>", "", "not well-formed XML"),
        ('encoding="UTF-8"?>', 'encoding="UTF-8"?><!DOCTYPE xliff>', "has no DOCTYPE"),
    ],
)
def test_check_sees(before, after, says, corpus):
    text = corpus.read_text("utf-8")
    assert before in text
    corpus.write_text(text.replace(before, after, 1), "utf-8")
    problems = check_xliff(corpus)
    assert any(says in problem for problem in problems), problems
    # Each names the line; the change stands on one line and is found there or behind it.
    first = text[: text.index(before)].count("\n") + 1
    assert all(int(problem.split()[1].rstrip(":")) >= first for problem in problems)


def test_check_counts_units(corpus):
    assert check_xliff(corpus, units=6) == ["line 1: 5 units in the file instead of 6"]
