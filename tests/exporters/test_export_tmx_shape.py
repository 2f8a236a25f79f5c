"""The fast check of our own TMX files gives what the full one gives."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bicorpus.exporters import tmx_shape
from bicorpus.exporters.tmx import write_tmx
from bicorpus.exporters.tmx_rules import check_tmx
from bicorpus.exporters.tmx_shape import check_our_tmx

DATA = Path(__file__).resolve().parents[1] / "data" / "exporters"
SAMPLES = json.loads((DATA / "broken.json").read_text("utf-8"))


@pytest.fixture
def no_full_check(monkeypatch):
    def refuse(path, *, units):
        raise AssertionError("the full check was needed")

    monkeypatch.setattr(tmx_shape, "check_tmx", refuse)


@pytest.fixture(params=[1500, 1 << 18])
def block_size(request, monkeypatch):
    """Blocks of about a unit, so that units lie across them, and of all units."""
    monkeypatch.setattr(tmx_shape, "_BLOCK", request.param)


@pytest.mark.usefixtures("no_full_check", "block_size")
def test_our_files_need_no_full_check(rows, header, tmp_path):
    many = [replace(row, number=number) for number in range(30) for row in rows[:1]]
    for name, table in (("sample", rows), ("many", many), ("none", ())):
        written = write_tmx(table, header, tmp_path / f"{name}.tmx")
        assert check_our_tmx(tmp_path / f"{name}.tmx", units=written.rows) == []


@pytest.mark.usefixtures("no_full_check")
def test_another_language_and_no_signature_need_no_full_check(rows, header, tmp_path):
    french = [replace(rows[0], source_language="fr"), *rows[1:]]
    written = write_tmx(french, replace(header, signature=""), tmp_path / "a.tmx")
    assert check_our_tmx(tmp_path / "a.tmx", units=written.rows) == []


@pytest.mark.parametrize("case", SAMPLES["cases"], ids=lambda case: case["says"])
def test_broken_files_are_explained_by_the_full_check(case, tmp_path):
    lines = list(SAMPLES["valid"])
    lines[case["line"] - 1] = lines[case["line"] - 1].replace(case["from"], case["to"])
    path = tmp_path / "broken.tmx"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    problems = check_our_tmx(path, units=2)
    assert problems == check_tmx(path, units=2)
    assert problems


CHANGES = [
    (b'tuid="ffffffffffffffff-1"', b'tuid="0a1b2c3d4e5f6071-1"'),
    (b'tuid="ffffffffffffffff-1"', b'tuid="a b"'),
    (b'tuid="ffffffffffffffff-1"', b'tuid="a\xc2\xa0b"'),
    (b'tuid="ffffffffffffffff-1"', b'tuid="a<b"'),
    (b'<tuv xml:lang="de">', b'<tuv xml:lang="fr">'),
    (b'<tuv xml:lang="de">', b'<tuv xml:lang="d/e">'),
    (b'<tuv xml:lang="de">', b"<tuv>"),
    (b"<seg>NA</seg>", b"<seg>&nbsp;</seg>"),
    (b"<seg>NA</seg>", b"<seg>\x01</seg>"),
    (b"<seg>NA</seg>", b"<seg>\xff</seg>"),
    (b"<seg>NA</seg>", b"<seg>]]></seg>"),
    (b"<seg>NA</seg>", b"<seg>&#0;</seg>"),
    (b"<seg>NA</seg>", b"<seg>&#xFFFE;</seg>"),
    (b"<seg>NA</seg>", b"<seg>&amp</seg>"),
    (b"<seg>NA</seg>", b"<seg>&lt &gt;</seg>"),
    (b"<seg>NA</seg>", b"<seg>\xed\xa0\x80</seg>"),
    (b"<seg>NA</seg>", b"<seg>\xc0\xbc</seg>"),
    (b"<seg>NA</seg>", b"<seg>\xf5\x80\x80\x80</seg>"),
    (b"<seg>NA</seg>", b"<seg>\xef\xbf\xbe</seg>"),
    (b"<seg>NA</seg>", b"<seg>\x1f</seg>"),
    (b"<seg>NA</seg>", b"<seg>NA</seg><seg/>"),
    (b"<seg>NA</seg>", b"<seg>\xef\xbf\xbf</seg>"),
    (b"<seg>NA</seg>", b"<seg>a & b</seg>"),
    (b"<seg>NA</seg>", b""),
    (b'segtype="block"', b'segtype="blocks"'),
    (b'<prop type="x-bicorpus-kind">', b"<prop>"),
    (b"</body>", b"</body>text"),
    (b"</tmx>", b"</tmx><tmx/>"),
    (b"</tmx>", b""),
    (b'srclang="de"', b'srclang="de" more="1"'),
    (b'datatype="plaintext"', b""),
    (b"tmx14.dtd", b'tmx14.dtd" [<!ENTITY a "b">] "'),
]


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_damage_is_seen(before, after, rows, header, tmp_path):
    path = tmp_path / "corpus.tmx"
    written = write_tmx(rows, header, path)
    assert before in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(before, after, 1))
    assert check_our_tmx(path, units=written.rows) != []


PIECES = (
    *(
        b"",
        b"<",
        b">",
        b'"',
        b"&",
        b" ",
        b"\n",
        b"\r",
        b"x",
        b"\xc3",
        b"\xc3\xa4",
        b"\x7f",
        b"\x00",
    ),
    *(b"]]>", b"&lt;", b"&#13;", b"&#1;", b"&apos;", b"<!---->", b"<prop/>", b"\xef\xbf\xbf"),
)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_change_of_bytes_is_judged_alike(data, rows, header, tmp_path):
    """What the fast check accepts, the full one accepts."""
    path = tmp_path / "corpus.tmx"
    written = write_tmx(rows[:2], header, path)
    content = path.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    size = data.draw(st.integers(0, 12))
    piece = data.draw(st.sampled_from(PIECES))
    path.write_bytes(content[:place] + piece + content[place + size :])
    assert check_our_tmx(path, units=written.rows) == check_tmx(path, units=written.rows)
