"""Where lines are cut, whose spans move, and that a shift cannot pass: properties and damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.cli.main import bicorpus
from bicorpus.data import Finding, Span
from bicorpus.errors import InputError
from bicorpus.exporters.rows import BeadRow, CorpusHeader
from bicorpus.handoff.manifest import Counts, read_handoff
from bicorpus.handoff.plan import MANIFEST, Plan
from bicorpus.handoff.reading import check_handoff
from bicorpus.handoff.units import Piece, fold, make_units

NAME = "argos-de_en-0.9"


def row(number: int, span: Span, target: str = "t", findings: tuple[Finding, ...] = ()) -> BeadRow:
    return BeadRow(
        document="d", origin="d.txt", source_language="de", target_language="en", number=number,
        segment=1, kind="body", source_sentences=(number,), target_sentences=(number,),
        source_span=span, target_span=None, shape="1-1", source_text=f"s{number}",
        target_text=target, translation_score=None, score=None, flags=(), findings=findings,
        known=True,
    )  # fmt: skip


cuts = st.lists(st.integers(1, 39), unique=True, max_size=12).map(
    lambda found: [0, *sorted(found), 40]
)


@given(cuts, cuts, st.data())
def test_units_are_the_shortest_stretches_that_both_can_cut(
    own: list[int], other: list[int], data: st.DataObject
) -> None:
    rows = [row(n, Span(a, b)) for n, (a, b) in enumerate(pairwise(own), 1)]
    pieces = [Piece(Span(a, b), n, f"r{n}") for n, (a, b) in enumerate(pairwise(other), 1)]
    units, unused = make_units(rows, data.draw(st.permutations(pieces)), "d")
    assert unused == 0
    edges = [0, *(parts[-1].source_span.end for _, parts in units if parts[-1].source_span)]
    assert edges == sorted(set(own) & set(other))
    # Every bead and every piece is in one unit, in order.
    assert [number for unit, _ in units for number in unit.beads] == [one.number for one in rows]
    said = [text for unit, _ in units for text in (unit.reference or "").split()]
    assert said == [piece.text for piece in pieces]


words = st.text(st.sampled_from("ab 🌉\t\n\u2028\u00a0ü\x07"), min_size=1, max_size=12)


@given(words, words, words)
def test_spans_move_with_the_text(before: str, marked: str, after: str) -> None:
    text = f"{before}X{marked}X{after}"
    span = Span(len(before), len(before) + len(marked) + 2)
    finding = Finding("figure", "error", "m", None, span)
    rows = [row(1, Span(0, 1), " \n first"), row(2, Span(1, 2), text, (finding,))]
    (unit, _), = make_units(rows, [Piece(Span(0, 2), 1, "r")], "d")[0]  # fmt: skip
    (moved,) = unit.findings
    assert moved.target_span
    assert moved.target_span.of(unit.target) == fold(span.of(text))


def test_pieces_outside_all_rows_are_counted() -> None:
    units, unused = make_units([row(1, Span(5, 9))], [Piece(Span(0, 4), 1, "r")], "d")
    assert unused == 1
    assert units[0][0].why == "no bead of the reference covers it"


def test_a_reference_that_leaves_a_part_out_is_partial() -> None:
    rows = [row(1, Span(0, 9))]
    pieces = [Piece(Span(0, 4), 1, "r"), Piece(Span(5, 9), 2, "")]
    (unit, _), = make_units(rows, pieces, "d")[0]  # fmt: skip
    assert (unit.reference, unit.is_partial) == ("r", True)


@pytest.fixture
def handoff(machine: Path, people: Path, tmp_path: Path) -> Path:
    words = ["handoff", str(machine), "-o", str(tmp_path), "--reference", str(people)]
    CliRunner().invoke(bicorpus, words, catch_exceptions=False)
    return tmp_path


def check(folder: Path) -> list[str]:
    header = CorpusHeader("", "", "", "", "de", "en")
    plan = Plan(header, NAME, has_reference=True)
    paths = {name: folder / name for name in plan.files if name != MANIFEST}
    return check_handoff(plan, paths, Counts(6, 2, 1, 0, {}))


def shift_lines(text: str) -> str:
    lines = text.split("\n")
    lines[1], lines[2] = lines[2], lines[1]
    return "\n".join(lines)


def drop_line(text: str) -> str:
    return text.partition("\n")[2]


def break_line(text: str) -> str:
    return text.replace(" ", "\u2028", 1)


@pytest.mark.parametrize("damage", [shift_lines, drop_line, break_line])
@pytest.mark.parametrize(
    "name",
    ["source.de", "reference.en", f"hypothesis.{NAME}.en", f"metricx.{NAME}.jsonl",
     f"comet.{NAME}.jsonl"],
)  # fmt: skip
def test_no_shift_in_a_file_of_lines_passes(
    damage: Callable[[str], str], name: str, handoff: Path
) -> None:
    assert check(handoff) == []
    path = handoff / name
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    assert check(handoff) != []


def test_no_shift_in_xml_and_esa_passes(handoff: Path) -> None:
    for name, old, new in (
        ("wmt.xml", '<seg id="2">', '<seg id="3">'),
        ("wmt.xml", "Bridge shut", "Bridge"),
        ("esa.json", "Pendler", "Pandler"),
        ("appraise.json", "Pendler", "Pandler"),
        ("appraise.json", '"itemID": 2,', '"itemID": 2, "targetText": "", "was":'),
    ):
        path = handoff / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        assert check(handoff) != [], (name, old)
        path.write_text(text, "utf-8")


def test_a_hand_off_is_proven_when_it_is_read(handoff: Path) -> None:
    found = read_handoff(handoff)
    assert [name for name, _ in found.hypotheses] == [NAME]
    assert found.reference == handoff / "reference.en"
    assert (found.source_language, found.target_language) == ("de", "en")


def test_a_changed_file_is_named(handoff: Path) -> None:
    path = handoff / "reference.en"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"shut", b"Shut"))
    with pytest.raises(InputError, match=r"reference\.en.*still has 6 lines"):
        read_handoff(handoff)
    path.write_bytes(content + b"more\n")
    with pytest.raises(InputError, match="7 lines instead of 6"):
        read_handoff(handoff)
    path.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        read_handoff(handoff)


def test_what_is_no_hand_off_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no hand-off"):
        read_handoff(tmp_path)
    (tmp_path / MANIFEST).write_text(json.dumps({"files": 3}), "utf-8")
    with pytest.raises(InputError, match="not the manifest"):
        read_handoff(tmp_path)
