"""Files that are broken, mislabelled, or meant to do harm: refused with file, line and cause."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from import_running import Import, tmx, versions

from bicorpus.importers.tmx import read_tmx
from bicorpus.importers.units import Reading, Request

UNIT = versions(("de", "Ein Satz."), ("en", "A sentence."))
GOOD = tmx(UNIT, UNIT.replace("Satz", "Wort").replace("sentence", "word"))
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
BOMB = (
    '<!DOCTYPE tmx [\n<!ENTITY a "ha">\n'
    + "".join(
        f'<!ENTITY {n} "{f"&{m};" * 10}">\n' for m, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>\n"
)

# name: content, line, a word of the cause
BROKEN = {
    "an entity bomb": (XML + BOMB + GOOD.replace("Ein", "&i;"), 3, "entities"),
    "a bomb in an attribute": (XML + BOMB + GOOD.replace('"1.4"', '"&i;"'), None, "entit"),
    "a file for an entity": (
        XML
        + '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
        + GOOD.replace("Ein", "&x;"),
        2,
        '"x"',
    ),
    "an address for an entity": (
        XML + '<!DOCTYPE tmx [\n<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>\n' + GOOD,
        3,
        '"x"',
    ),
    "a parameter entity": (
        XML + '<!DOCTYPE tmx [\n<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>\n' + GOOD,
        3,
        '"x"',
    ),
    "an entity of a DTD that is not here": (
        XML + '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n' + GOOD.replace("Ein", "Ein&nbsp;"),
        4,
        "nbsp",
    ),
    "an entity that nobody declares": (XML + GOOD.replace("Ein", "&auml;"), 3, "declared"),
    "cut off": (XML + GOOD[: GOOD.index("<seg>Ein W") + 9], 4, "cut off"),
    "cut off in a tag": (XML + GOOD[: GOOD.index("<seg>Ein W") + 3], 4, ""),
    "tags that do not match": (XML + GOOD.replace("Wort.</seg>", "Wort.</sag>"), 4, "mismatch"),
    "a bare ampersand": (XML + GOOD.replace("Ein", "R & D"), 3, ""),
    "a control character": (XML + GOOD.replace("Ein", "E\x02n"), 3, "does not allow"),
    "a reference to one": (XML + GOOD.replace("Wort", "&#x1F;"), 4, "does not allow"),
    "two documents": (XML + GOOD + GOOD, 6, "more behind"),
    "no XML": ("Ein Satz.\tA sentence.\n", 1, "not XML"),
    "nothing": ("", 1, "empty"),
    "blanks": ("  \n\n", 1, ""),
    "only a prolog": (XML, 2, ""),
    "another XML": (XML + "<srx version='2.0'/>", 1, "SRX"),
    "a web page": ("<html><body>Ein Satz.</body></html>", 1, "web page"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_refused_with_their_line(
    name: str, run_import: Import, tmp_path: Path
) -> None:
    content, line, cause = BROKEN[name]
    path = tmp_path / "memory.tmx"
    path.write_text(content, "utf-8", newline="\n")
    result = run_import(path)
    assert result.status == 1
    assert str(path) in result.said
    found = re.search(r", line (\d+)", result.said)
    assert found, result.said
    assert line is None or int(found[1]) == line, result.said
    assert cause in result.said
    assert not result.folder.exists()


BYTES = {
    "Latin-1 that says UTF-8": (XML.encode() + GOOD.replace("Wort", "Größe").encode("latin-1"), 4),
    "UTF-8 that says ASCII": (
        XML.replace("UTF-8", "us-ascii").encode() + GOOD.replace("Wort", "Größe").encode(),
        4,
    ),
    "UTF-8 that says UTF-16": ((XML.replace("UTF-8", "utf-16") + GOOD).encode(), 1),
    "a mark of UTF-8 that says UTF-16": (
        (XML.replace("UTF-8", "utf-16") + GOOD).encode("utf-8-sig"),
        1,
    ),
    "UTF-16 that says UTF-8": ((XML + GOOD).encode("utf-16"), 1),
    "UTF-16 without a mark that says Latin-1": (
        (XML.replace("UTF-8", "latin-1") + GOOD).encode("utf-16-le"),
        1,
    ),
    "UTF-8 that says Latin-1": (
        (XML.replace("UTF-8", "iso-8859-1") + GOOD.replace("Wort", "Größe")).encode(),
        4,
    ),
    "an encoding that does not exist": ((XML.replace("UTF-8", "utf-99") + GOOD).encode(), 1),
}


@pytest.mark.parametrize("name", BYTES)
def test_an_encoding_declared_wrong_is_said(name: str, run_import: Import, tmp_path: Path) -> None:
    content, line = BYTES[name]
    path = tmp_path / "memory.tmx"
    path.write_bytes(content)
    result = run_import(path)
    assert result.status == 1
    assert f'"{path}", line {line}: ' in result.said, result.said
    assert "--encoding" in result.said
    assert not result.folder.exists()


def test_the_true_encoding_can_be_given(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_bytes((XML + GOOD.replace("Wort", "Größe")).encode("latin-1"))
    result = run_import(path, "--encoding", "iso-8859-1")
    assert result.pairs == [("Ein Satz.", "A sentence."), ("Ein Größe.", "A word.")]
    path.write_bytes((XML.replace("UTF-8", "utf-16") + GOOD).encode())
    assert len(run_import(path, "--encoding", "utf-8", folder="other").pairs) == 2


@pytest.mark.parametrize("name", ["cut off", "tags that do not match", "a reference to one"])
def test_the_readable_part_is_kept_on_request(
    name: str, run_import: Import, tmp_path: Path
) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(BROKEN[name][0], "utf-8", newline="\n")
    result = run_import(path, "--keep-readable")
    assert result.status == 4
    assert result.pairs == [("Ein Satz.", "A sentence.")]
    assert "1 unit read, 1 imported" in result.said
    assert "Only in part" in result.said
    assert "line 4" in result.said


def test_one_broken_file_does_not_stop_the_others(run_import: Import, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.tmx", tmp_path / "bad.tmx"
    good.write_text(XML + GOOD, "utf-8")
    bad.write_text(BROKEN["cut off"][0], "utf-8")
    result = run_import(bad, good, tmp_path / "absent.tmx")
    assert result.status == 4
    assert len(result.pairs) == 2
    assert "absent.tmx" in result.said
    assert "cut off" in (result.folder / "run.json").read_text("utf-8")


def test_deep_nesting_is_refused_and_long_text_is_not(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    deep = "<hi>" * 2000 + "tief" + "</hi>" * 2000
    path.write_text(XML + GOOD.replace("Wort", deep), "utf-8")
    result = run_import(path)
    assert result.status == 1
    assert "line 4: its inline elements are nested too deeply" in result.said
    path.write_text(XML + GOOD.replace("Wort", "lang " * 3_000_000), "utf-8")
    found = list(read_tmx(Reading((path,), Request())))
    assert len(found[1].source) == len("Ein .") + 15_000_000
