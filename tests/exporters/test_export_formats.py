"""JSONL, XCES, Moses and Parquet: written, checked, and read back by readers that are not ours."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.data import Article, Span, WordLink
from bicorpus.derived import article_rows
from bicorpus.errors import DependencyError, ProjectError
from bicorpus.exporters.characters import one_line, tokens, xml_text
from bicorpus.exporters.formats import Format, all_rows
from bicorpus.exporters.jsonl import JSONL
from bicorpus.exporters.links import COLUMNS as LINK_COLUMNS
from bicorpus.exporters.links import LINKS
from bicorpus.exporters.moses import MOSES, pharaoh
from bicorpus.exporters.parquet import PARQUET
from bicorpus.exporters.rows import ArticleRows, CorpusHeader, Written
from bicorpus.exporters.xces import XCES

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
Export = Callable[..., tuple[Written, tuple[Path, ...]]]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def articles() -> list[ArticleRows]:
    return [with_rows(one) for one in load("sample_articles").sample_articles()]


def with_rows(article: Article) -> ArticleRows:
    return ArticleRows(article, tuple(article_rows(article)))


@pytest.fixture
def export(header: CorpusHeader, tmp_path: Path) -> Export:
    """Write articles in a format, check the files, and return what was done and where."""

    def run(form: Format, rows: list[ArticleRows]) -> tuple[Written, tuple[Path, ...]]:
        place = tmp_path / "out"
        if form.is_folder:
            place.mkdir(exist_ok=True)
        paths = form.places(place, header)
        written = form.write(iter(rows), header, paths)
        assert form.check(paths, written) == []
        return written, paths

    return run


@pytest.mark.parametrize("form", [JSONL, XCES, MOSES], ids=["jsonl", "xces", "moses"])
def test_same_articles_same_bytes(form, articles, export):
    _, paths = export(form, articles)
    before = [path.read_bytes() for path in paths]
    _, paths = export(form, articles)
    assert [path.read_bytes() for path in paths] == before


# JSONL


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_jsonl_has_every_layer(articles, export):
    written, (path,) = export(JSONL, articles)
    assert written == Written(rows=4, left_out=0, replaced=1)
    assert written.replaced_in == ("artikel/ü mit\tTab.txt: U+D800",)
    found = records(path)
    assert [one["origin"] for one in found] == [a.article.source.document.origin for a in articles]
    assert [len(one["beads"]) for one in found] == [5, 1, 0, 0]
    assert found[3]["failure"] == "The model is not there."
    assert found[2]["target"] is None
    first, article = found[0], articles[0].article
    for name, side in (("source", article.source), ("target", article.target)):
        text = first[name]["text"]
        assert text == side.document.text
        shown = [text[one["start"] : one["end"]] for one in first[name]["sentences"]]
        assert shown == [side.sentence_text(index) for index in range(len(side.sentences))]
        kinds = [one["kind"] for one in first[name]["segments"]]
        assert kinds == [one.kind.value for one in side.segments]
    assert [(one["source"], one["target"]) for one in first["beads"]] == [
        ([1], [1]),
        ([2, 3], [2]),
        ([4], [3]),
        ([5], []),
        ([], [4]),
    ]
    assert first["beads"][1]["findings"][0] == {
        "check": "figure",
        "severity": "error",
        "message": '"5" is\nlost | & gone',
        "source": {"start": 0, "end": 3},
        "target": None,
    }


def test_jsonl_holds_to_its_schema(articles, export, root):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads((root / "docs" / "corpus.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    _, (path,) = export(JSONL, articles)
    for record in records(path):
        assert [error.message for error in validator.iter_errors(record)] == []
        for broken in ({**record, "format": 1}, {**record, "more": 1}, {"id": record["id"]}):
            assert not validator.is_valid(broken)


def test_jsonl_of_a_selection_names_its_beads_by_number(articles, export):
    some = replace(articles[0], rows=articles[0].rows[1:3])
    _, (path,) = export(JSONL, [some])
    (record,) = records(path)
    assert [bead["number"] for bead in record["beads"]] == [2, 3]
    assert len(record["source"]["sentences"]) == 5


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('"source": [2, 3]', '"source": [2, 9]', "line 1: bead 2 names a source sentence"),
        ('"end": 5', '"end": 99995', "line 1: a span of the source ends behind its text"),
        ('"beads"', '"beads', "line 1: no JSON"),
    ],
)
def test_jsonl_check_sees(before, after, says, articles, export):
    written, paths = export(JSONL, articles[:1])
    changed = paths[0].read_text("utf-8").replace(before, after)
    assert changed != paths[0].read_text("utf-8")
    paths[0].write_text(changed, "utf-8")
    problems = JSONL.check(paths, written)
    assert problems
    assert problems[0].startswith(says)


def test_jsonl_check_counts_lines(articles, export):
    written, paths = export(JSONL, articles)
    paths[0].write_bytes(paths[0].read_bytes().partition(b"\n")[2])
    assert JSONL.check(paths, written) == ["3 lines instead of 4"]


# Moses


def test_moses_pairs_lines(articles, export):
    written, (source, target) = export(MOSES, articles)
    assert (source.name, target.name) == ("out.de", "out.en")
    assert written == Written(rows=4, left_out=2, replaced=1)
    assert written.replaced_in == ("artikel/ü mit\tTab.txt, bead 1: U+0007 U+D800",)
    sides = [path.read_text("utf-8").split("\n") for path in (source, target)]
    assert list(zip(*sides, strict=True))[1:3] == [
        (
            "Die Brücke ist seit Montag zu. Das sagte ein Sprecher.",
            "The bridge has been closed since Monday, a spokesman said.",
        ),
        ("Kosten: 5 Mio. Euro netto.", "The cost: 5 million euros."),
    ]


@given(texts=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=5))
def test_no_text_shifts_a_line(texts, articles, header):
    row = articles[0].rows[0]
    rows = tuple(replace(row, source_text=one, target_text=other) for one, other in texts)
    with tempfile.TemporaryDirectory() as folder:
        paths = MOSES.places(Path(folder) / "out", header)
        written = MOSES.write([replace(articles[0], rows=rows)], header, paths)
        assert MOSES.check(paths, written) == []
        sides = [path.read_text("utf-8").splitlines() for path in paths]
    assert written.rows + written.left_out == len(texts)
    kept = [
        (one, other) for one, other in texts if one_line(one).strip() and one_line(other).strip()
    ]
    assert [len(side) for side in sides] == [len(kept), len(kept)]
    assert sides[0] == [one_line(one).strip(" ") for one, _ in kept]
    assert sides[1] == [one_line(other).strip(" ") for _, other in kept]


def test_moses_check_counts_lines_of_both_files(articles, export):
    written, paths = export(MOSES, articles)
    paths[1].write_bytes(paths[1].read_bytes() + b"one more\n")
    assert MOSES.check(paths, written) == ['5 lines in "out.en" instead of 4']
    paths[1].write_text("a\u2028b\n2\n3\n4\n", "utf-8")
    assert MOSES.check(paths, written) == ['line 1 of "out.en" breaks into several']


@pytest.fixture(scope="module")
def linked() -> list[ArticleRows]:
    found: list[ArticleRows] = load("sample_claims").claim_article_rows()
    return found


WITH_LINKS = replace(MOSES, places=MOSES.places_with_links or MOSES.places)


def test_moses_links_number_the_tokens_of_the_lines(linked, export):
    written, (source, target, links) = export(WITH_LINKS, linked)
    assert (written.rows, written.notes, links.name) == (3, (), "out.align")
    sides = [path.read_text("utf-8").splitlines() for path in (source, target)]
    found = [
        [
            (one.split()[int(first)], other.split()[int(second)])
            for first, second in (pair.split("-") for pair in line.split())
        ]
        for one, other, line in zip(*sides, links.read_text("utf-8").splitlines(), strict=True)
    ]
    assert found == [
        [
            ("Die", "The"),
            ("Fähre,", "ferry"),
            # The link of two words is one of each of them.
            ("seit", "since"),
            ("März", "since"),
            ("fährt", "runs,"),
            # One of "mehr" and one of the full stop behind it.
            ("mehr.", "no"),
            ("mehr.", "longer"),
            ("mehr.", "Roth."),
        ],
        [("Zwei", "Two"), ("Boote", "boats")],
        [("Hafen", "port")],
    ]


@given(text=ANY_TEXT)
def test_tokens_are_those_of_the_written_line(text):
    found = [one_line(span.of(text)) for span in tokens(text)]
    assert found == [token for token in one_line(text).split(" ") if token]


@given(data=st.data())
def test_a_link_is_of_every_token_that_it_touches(data, articles):
    texts = [data.draw(st.text("ab \t\u2028\u00a0", min_size=1, max_size=12)) for _ in range(2)]
    spans = []
    for text in texts:
        start = data.draw(st.integers(0, len(text) - 1))
        spans.append(Span(start, data.draw(st.integers(start + 1, len(text)))))
    row = replace(articles[0].rows[0], source_text=texts[0], target_text=texts[1])
    wanted = [
        {n for n, token in enumerate(tokens(text)) if touches(token, span)}
        for text, span in zip(texts, spans, strict=True)
    ]
    found = pharaoh([WordLink(*spans, 1.0)], row).split()
    assert found == [f"{one}-{other}" for one in sorted(wanted[0]) for other in sorted(wanted[1])]


def touches(one: Span, other: Span) -> bool:
    return bool({*range(one.start, one.end)} & {*range(other.start, other.end)})


def test_moses_says_where_words_are_not_linked(linked, articles, export):
    with pytest.raises(ProjectError, match="No words are linked"):
        export(WITH_LINKS, articles)
    written, (_, _, links) = export(WITH_LINKS, [*articles, *linked])
    assert written.notes == ("4 lines have no word links: nobody has linked their words.",)
    assert links.read_text("utf-8").splitlines()[:4] == [""] * 4


@pytest.mark.parametrize("link", ["2-0", "0-9", "0", "0-0-0", "-1-0", "a-0"])
def test_moses_check_sees_links_that_lead_nowhere(link, linked, export):
    written, paths = export(WITH_LINKS, linked[1:])
    assert written.rows == 1
    paths[0].write_text("Zwei Wörter\n", "utf-8")
    paths[2].write_text(f"0-0 {link}\n", "utf-8")
    assert WITH_LINKS.check(paths, written) == [
        f'line 1 of "out.align": "{link}" links no two tokens'
    ]
    paths[2].write_text("0-0\n1-1\n", "utf-8")
    assert WITH_LINKS.check(paths, written) == ['2 lines in "out.align" instead of 1']


def test_links_are_a_table_of_words_and_their_places(linked, articles, export):
    written, (path,) = export(LINKS, [*linked, articles[0]])
    header, *found = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    assert header == list(LINK_COLUMNS)
    assert written.rows == len(found) == 10
    assert written.notes == ("3 rows have no word links: nobody has linked their words.",)
    texts = {
        one.article.source.document.id: (
            one.article.source.document.text,
            one.article.target.document.text,
        )
        for one in linked
    }
    for document, _, *places, source, target, score in found:
        spans = [slice(*map(int, place.split("-"))) for place in places]
        assert [text[span] for text, span in zip(texts[document], spans, strict=True)] == [
            source,
            target,
        ]
        assert score == "1.0000"
    assert ["Zwei", "Two"] in [line[4:6] for line in found if line[1] == "2"]
    with pytest.raises(ProjectError, match="No words are linked"):
        export(LINKS, articles)


# XCES


def test_xces_links_and_sentence_files(articles, export):
    written, paths = export(XCES, articles)
    assert [path.name for path in paths] == [
        "bicorpus_latest_xml_de-en.xml.gz",
        "bicorpus_latest_raw_de.zip",
        "bicorpus_latest_raw_en.zip",
    ]
    assert written.rows == 6
    with gzip.open(paths[0], "rt", encoding="utf-8") as file:
        links = file.read()
    for targets in ('"s1;s1"', '"s2 s3;s2"', '"s4;s3"', '"s5;"', '";s4"'):
        assert f"xtargets={targets}" in links
    assert '<cesAlign version="1.0">' in links
    name = articles[0].article.source.document.id
    assert f'fromDoc="de/{name}.xml.gz" toDoc="en/{name}.xml.gz"' in links
    with zipfile.ZipFile(paths[1]) as archive:
        text = archive.read(f"bicorpus/raw/de/{name}.xml").decode("utf-8")
    assert '<s id="s1">Brücke "gesperrt" &amp; &lt;zu&gt;</s>' in text
    assert '<s id="s3">Das sagte ein Sprecher.</s>' in text


OPUS_READ = """
import sys
from opustools import OpusRead
OpusRead(
    directory="bicorpus", source="de", target="en", preprocess="raw", download_dir=sys.argv[1],
    write_mode="moses", leave_non_alignments_out=True,
).printPairs()
"""


def test_opus_read_prints_the_corpus(articles, export):
    """OpusTools itself, from the files in the folder and nothing else."""
    pytest.importorskip("opustools", reason="OpusTools is not installed")
    _, paths = export(XCES, articles)
    command = [sys.executable, "-c", OPUS_READ, str(paths[0].parent)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    expected = [
        # Sentence by sentence with a blank between, as OpusTools joins them.
        tuple(
            " ".join(
                one_line(side.sentence_text(number - 1)).strip()
                for number in (row.source_sentences, row.target_sentences)[which]
            )
            for which, side in enumerate((one.article.source, one.article.target))
        )
        for one in articles[:2]
        for row in one.rows
        if row.source_sentences and row.target_sentences
    ]
    assert [tuple(line.split("\t")) for line in done.stdout.splitlines()] == expected
    assert len(expected) == 4


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('"s2 s3;s2"', '"s2 s9;s2"', 'there is no sentence "s9"'),
        ('"s2 s3;s2"', '"s2 s3 s2"', "on both sides of a semicolon"),
        ('"s2 s3;s2"', '";"', "on both sides of a semicolon"),
        ('fromDoc="de/', 'fromDoc="fr/', "there is no sentence file"),
        ('version="1.0">', 'version="2.0">', 'must be "1.0"'),
        ('    <link id="SL1" xtargets="s1;s1" certainty="0.9100" />\n', "", "5 links instead of 6"),
        ("</cesAlign>", "", "not readable"),
    ],
)
def test_xces_check_sees(before, after, says, articles, export):
    written, paths = export(XCES, articles)
    text = gzip.decompress(paths[0].read_bytes()).decode("utf-8")
    assert before in text
    paths[0].write_bytes(gzip.compress(text.replace(before, after, 1).encode("utf-8")))
    assert any(says in problem for problem in XCES.check(paths, written))


# Parquet


def test_parquet_keeps_texts_and_types(articles, export):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    written, (path,) = export(PARQUET, articles)
    assert (written.rows, written.left_out, written.replaced) == (6, 0, 1)
    table = parquet.read_table(path)
    rows = list(all_rows(articles))
    found = table.to_pylist()
    assert [one["target"] for one in found] == [row.target_text for row in rows]
    assert found[1]["source"] == rows[1].source_text
    assert found[1]["source_sentences"] == [2, 3]
    assert found[1]["findings"][0]["source_span"] == {"start": 0, "end": 3}
    assert found[4]["source_span"] is None
    assert [one["score"] for one in found] == [row.score for row in rows]
    assert table.schema.metadata[b"bicorpus.source_language"] == b"de"
    assert PARQUET.check((path,), replace(written, rows=7)) == ["6 rows instead of 7"]


def test_parquet_without_pyarrow_is_a_sentence(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DependencyError, match=r'"pyarrow".*pip install "bicorpus\[parquet\]"'):
        PARQUET.require_packages()


def test_xml_text_is_what_xces_replaces(articles, export):
    written, paths = export(XCES, articles)
    assert written.replaced_in == (
        "artikel/ü mit\tTab.txt, sentence 1: U+0007 U+D800",
        "artikel/ü mit\tTab.txt, sentence 1: U+0007",
    )
    name = articles[1].article.source.document.id
    with zipfile.ZipFile(paths[1]) as archive:
        text = archive.read(f"bicorpus/raw/de/{name}.xml").decode("utf-8")
    assert xml_text(articles[1].rows[0].source_text) in text
