"""Batches for Appraise: tasks that cut no document, and spans that count what Appraise shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.cli.main import bicorpus
from bicorpus.data import Finding, Span
from bicorpus.exporters.rows import CorpusHeader
from bicorpus.handoff.appraise import MOST_ID, AppraiseWriter, appraise_lines, document_id
from bicorpus.handoff.error_spans import error_spans, utf16
from bicorpus.handoff.plan import APPRAISE, MANIFEST, Line, Plan


def write(path: Path, sizes: list[int], systems: tuple[str, ...] = ("a",)) -> list[Line]:
    """Write documents of so many lines and return the lines."""
    written = []
    with path.open("w", encoding="utf-8", newline="\n") as file:
        writer = AppraiseWriter(file, "de", "en")
        for document, size in enumerate(sizes):
            block = [
                Line(f"d{document}", f"Satz {n} & <mehr>", None, tuple(
                    (name, f"{name} {n} & more") for name in systems
                ))
                for n in range(size)
            ]  # fmt: skip
            writer.document([(len(written) + n, line, {}) for n, line in enumerate(block, 1)])
            written += block
        writer.close()
    return written


@pytest.mark.parametrize(
    ("sizes", "systems", "tasks"),
    [
        ([100], ("a",), [100]),
        ([60, 40, 1], ("a",), [100, 1]),
        ([60, 41], ("a",), [60, 41]),
        ([150, 2], ("a",), [150, 2]),
        ([40, 40], ("a", "b"), [80, 80]),
        ([60], ("a", "b"), [60, 60]),
    ],
)
def test_no_document_of_a_system_is_cut(sizes, systems, tasks, tmp_path):
    written = write(tmp_path / "a.json", sizes, systems)
    found = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [len(task["items"]) for task in found] == tasks
    assert [task["task"]["batchNo"] for task in found] == list(range(1, len(tasks) + 1))
    assert list(appraise_lines(tmp_path / "a.json")) == written


def test_without_documents_it_is_an_empty_list(tmp_path):
    write(tmp_path / "a.json", [])
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == []


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    data=st.data(),
)
def test_spans_mark_what_a_browser_shows(text, data, tmp_path_factory):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    finding = Finding("figure", "error", "m", None, span)
    place = tmp_path_factory.mktemp("batch") / "a.json"
    with place.open("w", encoding="utf-8", newline="\n") as file:
        writer = AppraiseWriter(file, "de", "en")
        writer.document([(1, Line("d", "s", None, (("a", text),)), {"a": (finding,)})])
        writer.close()
    [task] = json.loads(place.read_text("utf-8"))
    [mark] = task["items"][0]["mqm"]
    # What the browser has after it has cut white space off, in UTF-16 units.
    shown = text.lstrip().encode("utf-16-le")
    lead = len(text) - len(text.lstrip())
    if span.start >= lead:
        marked = shown[2 * mark["start_i"] : 2 * (mark["end_i"] + 1)].decode("utf-16-le")
        assert marked == span.of(text)


def test_of_spans_that_overlap_the_graver_stays():
    text = "\N{BRIDGE AT NIGHT} 5 and 6"
    findings = [
        Finding("one", "warning", "", None, Span(2, 7)),
        Finding("two", "error", "", None, Span(4, 9)),
        Finding("three", "info", "", None, Span(8, 9)),
        Finding("four", "warning", "", None, None),
        Finding("five", "error", "", None, None),
    ]
    first, missing = error_spans(text, findings)
    assert (first.first, first.last, first.severity) == (3, 7, "major")
    assert (missing.first, missing.severity, missing.is_missing) == (utf16(text), "major", True)


def test_languages_that_appraise_has_no_name_for_have_no_file():
    header = CorpusHeader("", "", "", "", "de", "en")
    assert APPRAISE in Plan(header, "own").files
    assert APPRAISE not in Plan(header, None).files
    other = CorpusHeader("", "", "", "", "de", "xx")
    assert APPRAISE not in Plan(other, "own").files


def test_ids_that_appraise_cannot_hold_are_cut_and_stay_apart():
    long = "archive/" * 20 + "2024/one.txt"
    assert document_id("a" * MOST_ID) == "a" * MOST_ID
    cut = document_id(long)
    assert len(cut) == MOST_ID
    assert cut.endswith("archive/2024/one.txt")
    # Another folder, far before the end that is left.
    assert document_id("b" + long) != cut
    assert document_id("b" + long)[13:] == cut[13:]
    assert document_id(cut) == cut


def test_the_manifest_of_a_hand_off_has_the_whole_ids(build_machine, tmp_path):
    names = ["a" * 80 + f"/{side}/" + "b" * 90 + ".txt" for side in ("left", "right")]
    corpus = build_machine(names)
    words = ["handoff", str(corpus), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(bicorpus, words, catch_exceptions=False)
    assert "2 documents with a longer id than Appraise can hold" in result.output
    found = json.loads((tmp_path / "out" / APPRAISE).read_text("utf-8"))
    written = [item["documentID"] for task in found for item in task["items"]]
    docids = (tmp_path / "out" / "docids").read_text("utf-8").splitlines()
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))
    assert [manifest["appraise_documents"].get(one, one) for one in written] == docids
    assert set(names) < set(docids)
