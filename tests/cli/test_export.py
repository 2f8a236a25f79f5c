"""`bicorpus export`: formats, filters, reports, and what it refuses."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bicorpus.cli.main import bicorpus
from bicorpus.errors import BicorpusError
from bicorpus.store import Project

FORMATS = ("tsv", "jsonl", "tmx", "xliff", "xces", "moses", "parquet")
SIGNATURE = "segments:1|mt:argos:de_en@1.0,sha:0123,beam:4|bicorpus:0.1"


@pytest.fixture(scope="module")
def corpus(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the sample articles: 6 beads in two articles, English material, a failure."""
    place = root / "tests" / "exporters" / "sample_articles.py"
    spec = importlib.util.spec_from_file_location("sample_articles", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder = tmp_path_factory.mktemp("corpus")
    with Project(folder) as project:
        for article in module.sample_articles(with_surrogate=False):
            project.add(article.source.document)
            project.save(article, SIGNATURE)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(bicorpus, ["export", *map(str, arguments)], catch_exceptions=True)


def error(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, BicorpusError), result.output
    return str(result.exception)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(form, corpus, tmp_path):
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    result = run(corpus, "--format", form, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    count = {"jsonl": "4 documents", "tmx": "4 units", "xliff": "5 units", "xces": "6 links"}
    count |= {"tsv": "6 rows", "parquet": "6 rows", "moses": "4 lines"}
    out = tmp_path / "out"
    place = f"{out}.de and {out}.en" if form == "moses" else str(out)
    assert result.stderr.startswith(f"{count[form]} written to {place}.\n")
    assert result.stdout == ""
    assert not list(tmp_path.rglob("*.partial"))


@pytest.mark.parametrize("form", ["tsv", "jsonl", "tmx", "xliff"])
def test_standard_output_is_the_file(form, corpus, tmp_path):
    run(corpus, "--format", form, "-o", tmp_path / "out")
    result = run(corpus, "--format", form, "-o", "-", "-q")
    assert result.stdout_bytes == (tmp_path / "out").read_bytes()
    assert result.stderr == ""


@pytest.mark.parametrize("form", ["moses", "xces"])
def test_several_files_do_not_go_to_standard_output(form, corpus):
    assert "cannot go to standard output" in error(corpus, "--format", form, "-o", "-")


def test_summary_says_what_was_left_out_and_replaced(corpus, tmp_path):
    out = tmp_path / "out.tmx"
    result = run(corpus, "--format", "tmx", "-o", out, "--filter", "score>=0.6 or kind:list")
    assert result.stderr.splitlines() == [
        f"2 units written to {out}.",
        "4 of 6 rows left out: 4 score>=0.6, 4 kind:list, 1 the source side is empty, "
        "1 the target side is empty.",
        "2 documents have no row left.",
        "Characters replaced by U+FFFD in 1 place:",
        "  artikel/ü mit\tTab.txt, bead 1: U+0007",
    ]


def test_filter_and_rejected_rows_are_the_whole(corpus, tmp_path):
    out, rejected = tmp_path / "out.tsv", tmp_path / "rejected.tsv"
    run(
        *(corpus, "--format", "tsv", "-o", out, "--rejected", rejected),
        *("--filter", "score>=0.6 and not flag:split"),
    )
    kept, left_out = (table(path) for path in (out, rejected))
    assert [row["source_sentences"] for row in kept] == ["1", "1"]
    assert [row["source_sentences"] for row in left_out] == ["2 3", "4", "5", ""]
    assert [row["reasons"] for row in left_out] == [
        "score>=0.6 (0.5000) | not flag:split (split)",
        "score>=0.6 (0.0000)",
        "score>=0.6 (not computed)",
        "score>=0.6 (not computed)",
    ]


def test_rejected_rows_as_json(corpus, tmp_path):
    rejected = tmp_path / "rejected.jsonl"
    run(corpus, "--format", "moses", "-o", tmp_path / "out", "--rejected", rejected)
    found = [json.loads(line) for line in rejected.read_text("utf-8").splitlines()]
    assert [(one["type"], one["reasons"]) for one in found] == [
        ("1-0", ["the target side is empty"]),
        ("0-1", ["the source side is empty"]),
    ]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_what_if_counts_and_writes_nothing(corpus, tmp_path):
    out = tmp_path / "out"
    result = run(
        *(corpus, "--format", "moses", "-o", out, "--what-if"),
        *("--filter", "score>=0.6 and not flag:split and not finding:figrue"),
    )
    assert result.stdout.splitlines() == [
        "condition                 alone  nothing else does",
        "score>=0.6                    4                  1",
        "not flag:split                1                  0",
        "not finding:figrue            0                  0",
        "the source side is empty      1                  0",
        "the target side is empty      1                  0",
        "all together                  4",
        "2 of 6 rows would be written.",
    ]
    assert result.stderr == 'Note: no row has the finding "figrue".\n'
    assert list(tmp_path.iterdir()) == []


def test_what_if_as_json_needs_no_format(corpus):
    result = run(corpus, "--what-if", "--report", "json", "--filter", "kind:headline")
    assert json.loads(result.stdout) == {
        "rows": 6,
        "kept": 1,
        "left_out": 5,
        "conditions": [{"condition": "kind:headline", "alone": 5, "only": 5}],
    }


def test_old_file_stays_where_the_export_fails(corpus, tmp_path):
    out = tmp_path / "out.xlf"
    out.write_text("old")
    message = error(corpus, "--format", "xliff", "-o", out, "--filter", "score>2")
    assert "No row is left to write" in message
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlf"]
    assert out.read_text() == "old"


@pytest.mark.parametrize("option", ["-o", "--rejected"])
def test_the_database_is_not_overwritten(option, corpus, tmp_path):
    places = {"-o": tmp_path / "out", "--rejected": tmp_path / "rejected"}
    places[option] = corpus / "corpus.db"
    arguments = [part for pair in places.items() for part in pair]
    assert "database of the corpus itself" in error(corpus, "--format", "tsv", *arguments)


def test_two_outputs_in_one_file_are_refused(corpus, tmp_path):
    out = tmp_path / "out"
    message = error(corpus, "--format", "tsv", "-o", out, "--rejected", out)
    assert "both the output and the rejected rows" in message
    message = error(corpus, "--format", "tsv", "-o", out, "--rejected", "-")
    assert "Name a file for --rejected" in message


def test_wrong_words_are_sentences(corpus, tmp_path):
    assert 'Did you mean "tmx"?' in error(corpus, "--format", "tmxx", "-o", "-")
    assert "There is no corpus in" in error(tmp_path, "--format", "tmx", "-o", "-")
    (tmp_path / "file").touch()
    assert "cannot be made" in error(corpus, "--format", "xces", "-o", tmp_path / "file" / "a")
    assert "There is no folder" in error(corpus, "--format", "tsv", "-o", tmp_path / "b" / "a")
    assert "is a folder, not a file" in error(corpus, "--format", "tsv", "-o", tmp_path)
    for arguments in (("--format", "tsv"), ("-o", "-"), ()):
        result = run(corpus, *arguments)
        assert result.exit_code == 2
        assert "Missing option" in result.stderr


def test_xces_says_how_to_read_it(corpus, tmp_path):
    result = run(corpus, "--format", "xces", "-o", tmp_path / "opus")
    command = f'opus_read -d bicorpus -s de -t en -p raw -dl "{tmp_path / "opus"}"'
    assert result.stderr.splitlines()[-1] == f"Read it with: {command}"


def test_several_signatures_are_said(corpus, tmp_path, root):
    with Project(corpus, writable=False) as project:
        articles = list(project.articles())
    with Project(tmp_path / "two") as project:
        for article, model in zip(articles, ("a", "b", "b", "b"), strict=True):
            project.add(article.source.document)
            project.save(article, f"mt:{model},sha:0|x")
    result = run(tmp_path / "two", "--format", "tmx", "-o", tmp_path / "out.tmx")
    assert "made under several signatures" in result.stderr
    assert 'x-bicorpus-model">a b<' in (tmp_path / "out.tmx").read_text("utf-8")


@pytest.mark.slow
def test_export_of_a_build_is_what_the_build_derived(bicorpus, tmp_path):
    (tmp_path / "a.txt").write_text("Die Brücke ist zu. Es kamen 20 Leute.\n", "utf-8")
    bicorpus("build", "a.txt", "-o", "corpus", "--workers", 1)
    for form in ("tsv", "tmx"):
        out = tmp_path / f"out.{form}"
        assert run(tmp_path / "corpus", "--format", form, "-o", out).exit_code == 0
        assert out.read_bytes() == (tmp_path / "corpus" / f"corpus.{form}").read_bytes()


def test_a_file_is_no_corpus_and_no_folder(corpus, tmp_path):
    file = tmp_path / "memory.tmx"
    file.write_text("<tmx/>")
    said = error(file, "--format", "tmx", "-o", tmp_path / "out.tmx")
    assert f'bicorpus import "{file}" -o CORPUS' in said
    said = error(corpus, "--format", "xces", "-o", file)
    assert f'The folder "{file}" cannot be made: "{file}" is a file.' in said
    assert file.read_text() == "<tmx/>"
