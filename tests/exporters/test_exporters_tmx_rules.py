"""Our check of the rules of TMX, beside a DTD as a second opinion; cases in broken.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from bicorpus.exporters.tmx_rules import MOST_PROBLEMS, check_tmx

DATA = Path(__file__).resolve().parents[1] / "data" / "exporters"
SAMPLES = json.loads((DATA / "broken.json").read_text("utf-8"))
VALID: list[str] = SAMPLES["valid"]


def dtd_accepts(path: Path) -> bool:
    with (DATA / "tmx14-rules.dtd").open("rb") as file:
        rules = etree.DTD(file)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return rules.validate(etree.parse(path, parser))


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_valid_sample(tmp_path):
    path = write(tmp_path / "valid.tmx", VALID)
    assert check_tmx(path, units=2) == []
    assert dtd_accepts(path)


@pytest.mark.parametrize("case", SAMPLES["cases"], ids=lambda case: case["says"])
def test_broken_rule_is_named_with_its_line(case: dict[str, Any], tmp_path):
    lines = list(VALID)
    changed = lines[case["line"] - 1].replace(case["from"], case["to"])
    assert changed != lines[case["line"] - 1], "the case changes nothing"
    lines[case["line"] - 1] = changed
    path = write(tmp_path / "broken.tmx", lines)
    problems = check_tmx(path)
    assert any(
        problem.startswith(f"line {case['line']}: ") and case["says"] in problem
        for problem in problems
    ), problems
    if case["dtd"]:
        assert not dtd_accepts(path)


def test_declared_encodings_are_read(tmp_path):
    text = "\n".join(VALID).replace("UTF-8", "UTF-16")
    (tmp_path / "wide.tmx").write_text(text, encoding="utf-16")
    assert check_tmx(tmp_path / "wide.tmx") == []
    latin = "\n".join(VALID).replace("UTF-8", "ISO-8859-1").replace("Satz", "Sätze")
    (tmp_path / "latin.tmx").write_text(latin, encoding="latin-1")
    assert check_tmx(tmp_path / "latin.tmx") == []
    mislabelled = latin.replace("ISO-8859-1", "UTF-8")
    (tmp_path / "wrong.tmx").write_text(mislabelled, encoding="latin-1")
    assert check_tmx(tmp_path / "wrong.tmx") == [
        "line 8: not well-formed XML: not well-formed (invalid token)"
    ]


def test_another_kind_of_file(tmp_path):
    path = write(tmp_path / "page.html", ['<?xml version="1.0" encoding="UTF-8"?>', "<html/>"])
    assert 'line 2: the file is a "html" and not a "tmx"' in check_tmx(path)
    path.write_bytes(b"")
    assert check_tmx(path) == ["line 1: not well-formed XML: no element found"]


def test_file_that_was_cut_off(tmp_path):
    path = write(tmp_path / "cut.tmx", VALID[:8])
    assert check_tmx(path) == ['line 9: not well-formed XML: the file ends inside a "tu"']


def test_lines_beyond_those_that_libxml2_counts(tmp_path):
    lines = list(VALID)
    lines[6] = "\n" * 70_000 + "<prop>p</prop>"
    problems = check_tmx(write(tmp_path / "long.tmx", lines))
    assert problems == ['line 70007: "prop" lacks the attribute "type"']


def test_problems_are_capped(tmp_path):
    lines = [*VALID[:5], *["<tu/>"] * (MOST_PROBLEMS + 50), *VALID[11:]]
    problems = check_tmx(write(tmp_path / "many.tmx", lines))
    assert len(problems) == MOST_PROBLEMS + 1
    assert "the rest was not checked" in problems[-1]


def test_entity_bomb_is_refused_unexpanded(tmp_path):
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    lines = list(VALID)
    lines[1] = f'<!DOCTYPE tmx [<!ENTITY e0 "boom">{bomb}]>'
    lines[8] = lines[8].replace("sentence", "&e9;")
    problems = check_tmx(write(tmp_path / "bomb.tmx", lines))
    assert len(problems) == 2  # the subset, then the first entity, and no further
    assert problems[1].startswith('line 2: the entity "e0" is declared')


def test_repeated_ids_are_capped_too(tmp_path):
    unit = '<tu tuid="same"><tuv xml:lang="de"><seg>x</seg></tuv></tu>'
    lines = [*VALID[:5], *[unit] * (MOST_PROBLEMS + 50), *VALID[11:]]
    assert len(check_tmx(write(tmp_path / "same.tmx", lines))) == MOST_PROBLEMS + 1


def test_three_units_with_one_id(tmp_path):
    unit = '<tu tuid="same"><tuv xml:lang="de"><seg>x</seg></tuv></tu>'
    other = unit.replace("same", "other")
    lines = [*VALID[:5], unit, other, unit, other, unit, *VALID[11:]]
    problems = check_tmx(write(tmp_path / "same.tmx", lines))
    assert sorted(problems) == [
        "line 10: the tuid of this tu is that of line 6 again",
        "line 8: the tuid of this tu is that of line 6 again",
        "line 9: the tuid of this tu is that of line 7 again",
    ]


@pytest.mark.shared
def test_agrees_with_other_tools_files(shared):
    """On files of other tools: ill-formed exactly where lxml says so, and no TMX 1.4 file that our
    check passes is refused by the DTD.
    """
    files = sorted((shared / "eval" / "interop").rglob("*.tmx"))
    if not files:
        pytest.skip("no sample files of other tools")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for path in files:
        problems = check_tmx(path)
        try:
            etree.parse(path, parser)
        except etree.XMLSyntaxError:
            assert any("not well-formed" in problem for problem in problems), path
            continue
        assert not any("not well-formed" in problem for problem in problems), (path, problems)
        if not problems:
            assert dtd_accepts(path), path
