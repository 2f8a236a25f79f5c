"""Claims in XLIFF: annotations that leave the text as it is, nest or cross, and say what became."""

from __future__ import annotations

import importlib.util
import tempfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bicorpus.cli.main import bicorpus
from bicorpus.data import Span
from bicorpus.exporters.characters import xml_text
from bicorpus.exporters.claim_rows import ClaimRow, ClaimSide
from bicorpus.exporters.rows import ArticleRows, BeadRow, CorpusHeader
from bicorpus.exporters.xliff import XLIFF
from bicorpus.exporters.xliff_rules import check_xliff
from bicorpus.store import Project

NAMES = {
    "x": "urn:oasis:names:tc:xliff:document:2.0",
    "mda": "urn:oasis:names:tc:xliff:metadata:2.0",
}


@pytest.fixture(scope="module")
def samples() -> ModuleType:
    place = Path(__file__).with_name("sample_claims.py")
    spec = importlib.util.spec_from_file_location("sample_claims", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def path(samples: ModuleType, header: CorpusHeader, tmp_path: Path) -> Path:
    place = tmp_path / "corpus.xlf"
    written = XLIFF.write(samples.claim_article_rows(), header, [place])
    assert XLIFF.check([place], written) == []
    assert written.rows == 3
    return place


def segments(path: Path) -> list[etree._Element]:
    return etree.parse(path).getroot().findall("x:file/x:unit/x:segment", NAMES)


def covered(side: etree._Element) -> dict[str, str]:
    """Return what each annotation covers, by id: read as the standard says, mrk and sm to em."""
    found: dict[str, str] = {}
    opened: list[str] = []

    def add(text: str | None) -> None:
        for name in opened:
            found[name] += text or ""

    def walk(element: etree._Element) -> None:
        name = etree.QName(element).localname
        if name in {"mrk", "sm"}:
            found[element.get("id")] = ""
            opened.append(element.get("id"))
        if name == "em":
            opened.remove(element.get("startRef"))
        add(element.text)
        for child in element:
            walk(child)
            add(child.tail)
        if name == "mrk":
            opened.remove(element.get("id"))

    walk(side)
    return found


def test_annotations_cover_the_words_of_the_claims(path):
    first, second, third = segments(path)
    source, target = (covered(first.find(f"x:{side}", NAMES)) for side in ("source", "target"))
    assert source.pop("m1") == "Die Fähre, die seit März ruht, fährt laut Roth nicht mehr."
    assert source == {
        "c1": "Die Fähre",
        "c1.2": "fährt",
        "c1.3": "nicht mehr",
        "c2": "die seit März ruht",
    }
    assert target == {
        "c1": "The ferry no longer runs",
        "c2": "ferry no longer runs, according to Roth.\nIt has been idle since March",
    }
    source, target = (covered(second.find(f"x:{side}", NAMES)) for side in ("source", "target"))
    assert source == {"c1": "Zwei Boote sanken", "c2": "niemand ertrank"}
    # The added claim shares its last word with another.
    assert target == {"c1": "Two boats", "c1.2": "sank", "c3": "a raft sank"}
    assert covered(third.find("x:source", NAMES)) == {"c1": "Der Hafen bleibt zu"}


def test_only_what_crosses_is_no_element(path):
    first, second, _ = segments(path)
    assert [one.get("id") for one in first.iter("{*}sm")] == ["c2", "c2"]
    assert [one.get("startRef") for one in first.iter("{*}em")] == ["c2", "c2"]
    assert not list(second.iter("{*}sm"))
    # The inner one stands in the outer one.
    outer = second.find("x:target/x:mrk[@id='c3']", NAMES)
    assert outer.find("x:mrk", NAMES).get("id") == "c1.2"


def test_annotations_name_their_claim_and_say_nothing_on_translation(path, samples):
    ids = {row.id for article in samples.claim_article_rows() for row in article.claims}
    marks = [
        one for one in etree.parse(path).getroot().iter("{*}mrk", "{*}sm") if one.get("id") != "m1"
    ]
    assert {one.get("value") for one in marks} == ids
    assert {one.get("type") for one in marks} == {"bicorpus:claim"}
    assert all("translate" not in one.attrib for one in marks)


def test_metadata_and_notes_say_what_became_of_a_claim(path):
    units = etree.parse(path).getroot().findall("x:file/x:unit", NAMES)
    facts = [
        {one.get("type"): one.text for one in group}
        for group in units[0].findall(".//mda:metaGroup[@category='bicorpus:claim']", NAMES)
    ]
    document = units[0].getparent().get("id")
    assert facts == [
        {
            "claim": f"{document}-c1",
            "verdict": "kept",
            "match-quality": "90.00",
            "group": "g1",
        },
        {
            "claim": f"{document}-c2",
            "verdict": "changed",
            "match-quality": "50.00",
            "reason": 'it is said < once > & "more"',
        },
    ]
    notes = [
        (one.get("category"), one.get("appliesTo"), one.text)
        for one in units[1].iterfind("x:notes/x:note", NAMES)
    ]
    assert notes == [
        ("claim-lost", "source", '"niemand ertrank": nothing carries it'),
        ("claim-added", "target", '"a raft sank": no source'),
    ]


def test_claims_change_no_text(path, samples):
    rows = [row for article in samples.claim_article_rows() for row in article.rows]
    for side in ("source", "target"):
        texts = ["".join(one.find(f"x:{side}", NAMES).itertext()) for one in segments(path)]
        assert texts == [getattr(row, f"{side}_text") for row in rows]


def test_the_command_writes_claims(samples, tmp_path, header, path):
    corpus = samples.save_claim_corpus(tmp_path / "corpus")
    command = ["export", str(corpus), "--format", "xliff", "-o", str(tmp_path / "out.xlf"), "-q"]
    assert CliRunner().invoke(bicorpus, command).exit_code == 0
    shown = (tmp_path / "out.xlf").read_text("utf-8").count("<mda:meta ")
    # The same facts but for signature and run, which are those of the corpus.
    assert shown == path.read_text("utf-8").count("<mda:meta ")
    assert 'type="group">g2<' in (tmp_path / "out.xlf").read_text("utf-8")


def test_import_reads_the_texts_without_loss(samples, tmp_path, path):
    rows = [row for article in samples.claim_article_rows() for row in article.rows]
    result = CliRunner().invoke(
        bicorpus, ["import", str(path), "-o", str(tmp_path / "back"), "-q", "--no-claims"]
    )
    assert result.exit_code == 0, result.output
    with Project(tmp_path / "back", writable=False) as project:
        articles = list(project.articles())
    names = [one.source.document.origin for one in articles]
    assert [name.partition("(")[2] for name in names] == ["hafen/fähre.txt)", "hafen/nachtrag.txt)"]
    for side in ("source", "target"):
        read = " ".join(getattr(one, side).document.text for one in articles).split()
        assert read == " ".join(getattr(row, f"{side}_text") for row in rows).split()


def test_translate_toolkit_reads_the_texts_without_loss(samples, path):
    xliff2 = pytest.importorskip(
        "translate.storage.xliff2", reason="translate-toolkit is not installed"
    )
    rows = [row for article in samples.claim_article_rows() for row in article.rows]
    units = xliff2.Xliff2File.parsefile(str(path)).units
    assert [str(unit.source) for unit in units] == [row.source_text for row in rows]
    assert [str(unit.target) for unit in units] == [row.target_text for row in rows]


TEXT = st.text(st.characters(exclude_categories=()), min_size=1, max_size=30)


@st.composite
def annotated_pairs(draw: st.DrawFn) -> tuple[str, str, list[tuple[list[Span], list[Span]]]]:
    """Two texts and claims with any spans in them."""
    texts = f"a{draw(TEXT)}", f"a{draw(TEXT)}"

    def spans(text: str) -> list[Span]:
        ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
        return [Span(min(one), max(one)) for one in draw(st.lists(ends, max_size=3))]

    claims = [(spans(texts[0]), spans(texts[1])) for _ in range(draw(st.integers(0, 4)))]
    return *texts, claims


@settings(deadline=None)
@given(made=annotated_pairs())
def test_any_spans_are_valid_and_come_back(made, rows, header):
    source, target, claims = made
    row = place_row(rows[0], source, target)
    found = tuple(claim_row(row, number, *spans) for number, spans in enumerate(claims))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlf"
        written = XLIFF.write([ArticleRows(None, (row,), found)], header, [path])  # type: ignore[arg-type]
        assert XLIFF.check([path], written) == []
        [segment] = segments(path)
    for index, (side, text) in enumerate((("source", source), ("target", target))):
        element = segment.find(f"x:{side}", NAMES)
        assert "".join(element.itertext()) == xml_text(text)
        marked = covered(element)
        marked.pop("m1", None)
        wanted = [span.of(xml_text(text)) for claim in claims for span in claim[index] if span]
        assert sorted(marked.values()) == sorted(wanted)


def place_row(row: BeadRow, source: str, target: str) -> BeadRow:
    spans = Span(5, 5 + len(source)), Span(9, 9 + len(target))
    return replace(
        row, source_text=source, target_text=target, source_span=spans[0], target_span=spans[1]
    )


def claim_row(row: BeadRow, number: int, source: list[Span], target: list[Span]) -> ClaimRow:
    sides = [
        ClaimSide(f"{row.document}-c{number + 1}", spans=tuple(one.shifted(by) for one in spans))
        for spans, by in ((source, 5), (target, 9))
    ]
    return ClaimRow(
        row.document, row.origin, "de", "en", "body", sides[0], sides[1], "kept", 0.5, ""
    )


def test_a_span_over_two_units_is_in_both(samples, header, tmp_path):
    [article, _] = samples.claim_article_rows()
    start = article.rows[0].source_text.index("nicht")
    end = len(article.rows[0].source_text) + 1 + len("Zwei Boote")
    wide = replace(article.claims[0].source, spans=(Span(start, end),))
    claims = (replace(article.claims[0], source=wide),)
    XLIFF.write([replace(article, claims=claims)], header, [tmp_path / "a.xlf"])
    sources = [covered(one.find("x:source", NAMES)) for one in segments(tmp_path / "a.xlf")]
    assert [one["c1"] for one in sources] == ["nicht mehr.", "Zwei Boote"]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('type="bicorpus:claim"', 'type="claim"', 'type="claim" of "mrk" is not allowed'),
        ('type="bicorpus:claim"', 'type="bicorpus: claim"', "is not allowed"),
        ('<mrk id="c1.2"', '<mrk id="c1"', 'the id "c1" of this "mrk" is used before'),
        ('<em startRef="c2"/>', "", 'what the "sm" "c2" starts has no end in this "source"'),
        ('<em startRef="c2"/>', '<em startRef="c9"/>', 'refers to "c9", which no "sm"'),
        ('<em startRef="c2"/>', '<em startRef="c2"/><em startRef="c2"/>', "refers to"),
        ('<sm id="c2"', "<sm", '"sm" lacks the attribute "id"'),
        ('<sm id="c2" type', '<sm id="c2.2" type', 'refers to "c2", which no "sm"'),
    ],
)
def test_check_sees_wrong_annotations(before, after, says, path):
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    problems = check_xliff(path)
    assert any(says in problem for problem in problems), problems


def test_check_sees_an_id_twice_in_a_target(path):
    text = path.read_text("utf-8")
    path.write_text(text.replace('<mrk id="c3"', '<mrk id="c1"', 1), "utf-8")
    assert any('the id "c1" of this "mrk" is used before' in one for one in check_xliff(path))


def test_check_sees_an_element_of_another_name_with_the_id_of_the_source(path):
    text = path.read_text("utf-8")
    start = text.index('<target><mrk id="c1"', text.index("<segment"))
    damaged = text[start:].replace("</mrk>", '<em startRef="c1"/>', 1)
    mark = damaged.index(">", damaged.index("<mrk"))
    damaged = damaged[:mark].replace("<mrk", "<sm", 1) + "/" + damaged[mark:]
    path.write_text(text[:start] + damaged, "utf-8")
    assert any('the id "c1" of this "sm" is used before' in one for one in check_xliff(path))
