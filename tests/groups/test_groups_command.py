"""`bicorpus groups` on a corpus with saved groups."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bicorpus.claims.groups.grouping import GROUPS_VERSION
from bicorpus.cli.main import bicorpus
from bicorpus.data import Article, Claim, Document, Segment, SegmentKind, Sentence, Side, Span
from bicorpus.derived.groups import GroupCounts
from bicorpus.store import Project


def article(language: str, origin: str, claims: list[str]) -> Article:
    text = " ".join(f"{claim}." for claim in claims)
    sentences, found, start = [], [], 0
    for number, claim in enumerate(claims, 1):
        sentences.append(Sentence(number, Span(start, start + len(claim) + 1), 0))
        found.append(Claim(number - 1, (Span(start, start + len(claim)),)))
        start += len(claim) + 2
    segments = (Segment(Span(0, len(text)), SegmentKind.BODY),)
    document = Document(language, text, origin)
    return Article(Side(document, segments, tuple(sentences), tuple(found)))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of two documents and two groups; the second is in conflict."""
    articles = [
        article("de", "a.txt", ["Die Rettung dauert an", "Die Suche geht weiter",
                                "Es starben 58 Menschen"]),
        article("en", "b.txt", ["At least 61 people died"]),
    ]  # fmt: skip
    with Project(tmp_path) as project:
        for one in articles:
            project.add(one.source.document)
            project.save(one, "test")
        first, second = (one.source.document.id for one in articles)
        project.save_claim_groups({
            (first, 0): ("g1", False), (first, 1): ("g1", False),
            (first, 2): ("g2", True), (second, 0): ("g2", True),
        })  # fmt: skip
    return tmp_path


def listed(corpus: Path, *options: str) -> str:
    result = CliRunner().invoke(bicorpus, ["groups", str(corpus), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def listed_records(corpus: Path, *options: str) -> list[dict[str, Any]]:
    lines = listed(corpus, "--format", "jsonl", *options).splitlines()
    return [json.loads(line) for line in lines]


def test_groups_in_conflict_come_first_with_their_figures(corpus: Path) -> None:
    text = listed(corpus, "--all")
    conflict = text.index("g2  2 claims in 2 documents, figures differ")
    assert conflict < text.index("g1  2 claims in 1 document")
    lines = text.splitlines()
    assert "  58 people       “Es starben 58 Menschen”" in lines
    assert "  over 61 people  “At least 61 people died”" in lines
    assert any("a.txt, sentence 3" in line for line in lines)
    assert text.endswith("2 groups of 4 claims, 1 with figures that differ.\n")


def test_what_a_document_repeats_is_hidden_and_counted(corpus: Path) -> None:
    text = listed(corpus)
    assert "Rettung" not in text
    assert text.endswith("1 group inside one document not shown; --all shows them, too.\n")


@pytest.mark.parametrize(
    ("option", "names"),
    [
        (["--conflicts"], ["g2"]),
        (["--across"], ["g2"]),
        (["--at-least", "3"], []),
        ([], ["g2"]),
        (["--all"], ["g2", "g1"]),
        (["--all", "--containing", "RETTUNG"], ["g1"]),
        (["--document", "b.txt"], ["g2"]),
        (["--document", "c.txt"], []),
    ],
)
def test_options_choose_groups(corpus: Path, option: list[str], names: list[str]) -> None:
    records = listed_records(corpus, *option)
    assert [record["group"] for record in records] == names


def test_json_names_the_claims_in_conflict(corpus: Path) -> None:
    (record,) = listed_records(corpus, "--conflicts")
    figures = [member["figure"] for member in record["members"]]
    assert [(one["value"], one["bound"], one["unit"]) for one in figures] == [
        (58, "exact", "people"), (61, "over", "people")
    ]  # fmt: skip
    claims = [member["claim"] for member in record["members"]]
    assert record["conflicts"] == [
        {"claims": claims, "figures": ["58 Menschen", "At least 61 people"]}
    ]


def test_a_table_has_a_row_a_member(corpus: Path) -> None:
    lines = listed(corpus, "--format", "tsv", "--all").splitlines()
    assert [line.split("\t")[:5] for line in lines] == [
        ["group", "documents", "value", "bound", "unit"],
        ["g2", "2", "58", "", "people"], ["g2", "2", "61", "over", "people"],
        ["g1", "1", "", "", ""], ["g1", "1", "", "", ""],
    ]  # fmt: skip


def test_a_page_shows_markup_as_text(tmp_path: Path) -> None:
    one = article("de", "a<b>.txt", ["Es starben 58 <i>Menschen</i>", "58 Menschen starben"])
    with Project(tmp_path) as project:
        project.add(one.source.document)
        project.save(one, "test")
        name = one.source.document.id
        project.save_claim_groups({(name, 0): ("g1", False), (name, 1): ("g1", False)})
    page = listed(tmp_path, "--format", "html", "--all")
    assert "&lt;i&gt;Menschen" in page
    assert "a&lt;b&gt;.txt" in page
    assert "<b>" not in page
    assert page.startswith("<!doctype html>")


def test_groups_that_are_not_of_the_present_state_are_told_of(corpus: Path) -> None:
    note = "the `bicorpus build` that made the corpus remakes them"
    assert note in CliRunner().invoke(bicorpus, ["groups", str(corpus)]).stderr
    record = {"groups": asdict(GroupCounts(2, 4, 1))}
    (corpus / "run.json").write_text(json.dumps(record), "utf-8")
    with Project(corpus) as project:
        project.mark_derived()
    assert note not in CliRunner().invoke(bicorpus, ["groups", str(corpus)]).stderr
    record = {"groups": asdict(GroupCounts(2, 4, 1, version=GROUPS_VERSION - 1))}
    (corpus / "run.json").write_text(json.dumps(record), "utf-8")
    assert note in CliRunner().invoke(bicorpus, ["groups", str(corpus)]).stderr


def test_groups_of_claims_that_are_gone_are_an_error_that_helps(corpus: Path) -> None:
    with Project(corpus) as project:
        groups = project.claim_groups()
        (document, _), *_ = groups
        project.save_claim_groups(groups | {(document, 9): ("g1", False)})
    result = CliRunner().invoke(bicorpus, ["groups", str(corpus)])
    assert result.exit_code != 0
    assert "older than its articles" in str(result.exception) + result.output


def test_a_folder_without_a_corpus_is_an_error_that_helps(tmp_path: Path) -> None:
    result = CliRunner().invoke(bicorpus, ["groups", str(tmp_path / "none")])
    assert result.exit_code != 0
