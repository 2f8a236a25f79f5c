"""ZIP archives: the files in them are read as files are; what is no good is refused by its name."""

from __future__ import annotations

import io
import os
import stat
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_running import tmx, versions

from bicorpus.errors import BicorpusError
from bicorpus.importers.detection import plan
from bicorpus.importers.intake import take_in
from bicorpus.importers.spool import Spool
from bicorpus.importers.units import Request

PAIRS = [(f"Satz {n} über Größe.", f"Sentence {n} on size.") for n in range(300)]
MEMORY = tmx(*(versions(("de", source), ("en", target)) for source, target in PAIRS))
GERMAN = "".join(f"{source}\n" for source, _ in PAIRS)
ENGLISH = "".join(f"{target}\n" for _, target in PAIRS)
TABLE = "de\ten\n" + "".join(f"{source}\t{target}\n" for source, target in PAIRS)
OTHER = tmx(versions(("de", "Ein anderer Satz."), ("en", "Another sentence.")))

FILES = {
    "tmx": {"memory.tmx": MEMORY},
    "in a folder": {"client/2024/memory.tmx": MEMORY},
    "any name": {"export.bin": MEMORY},
    "with a dot": {"./memory.tmx": MEMORY},
    "tsv": {"pairs.tsv": TABLE},
    "as OPUS packs them": {
        "Books.de-en.de": GERMAN,
        "Books.de-en.en": ENGLISH,
        "README": "Books\n",
        "LICENSE": "free\n",
    },
}


def write_zip(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # With a time of its own, an archive would have other bytes each time.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize("name", FILES)
def test_it_is_read_as_what_is_in_it(name, tmp_path, run_import):
    result = run_import(write_zip(tmp_path / "a.zip", FILES[name]))
    assert result.status == 0, result.said
    assert result.pairs == PAIRS


def test_all_memories_are_read_and_named(tmp_path, run_import):
    path = write_zip(tmp_path / "a.zip", {"one.tmx": MEMORY, "two/other.tmx": OTHER})
    result = run_import(path)
    assert [origin for origin, _ in result.documents] == [
        str(path / "one.tmx"),
        str(path / "two" / "other.tmx"),
    ]
    assert "passed over" not in result.said
    again = run_import(path)
    assert "0 imported, 301 there already" in again.said


def test_files_that_are_passed_over_are_said(tmp_path, run_import):
    others = dict.fromkeys(("b.pdf", "c.doc", "d.txt", "e.xml"), "x")
    path = write_zip(
        tmp_path / "a.zip", {"a.tmx": OTHER, "__MACOSX/._a.tmx": "x", ".DS_Store": "x", **others}
    )
    result = run_import(path)
    assert result.status == 0
    assert f'Note: 4 files of "{path}" passed over: b.pdf, c.doc, d.txt, ….' in result.said


def test_a_folder_is_searched_for_archives(tmp_path, run_import):
    folder = tmp_path / "memories"
    folder.mkdir()
    write_zip(folder / "a.zip", FILES["tmx"])
    (folder / "other.tmx").write_text(OTHER, "utf-8")
    assert len(run_import(folder).pairs) == 301


def test_a_file_in_an_archive_can_be_named(tmp_path, run_import):
    path = write_zip(tmp_path / "a.zip", {"one.tmx": MEMORY, "two.tmx": OTHER})
    assert len(run_import(path / "two.tmx").pairs) == 1
    result = run_import(path / "three.tmx", folder="other")
    assert result.status == 1
    assert f'There is no file "three.tmx" in the archive "{path}". Check the path.' in result.said


def test_one_bad_file_does_not_cost_the_others(tmp_path, run_import):
    path = write_zip(tmp_path / "a.zip", {"a.tmx": OTHER, "b.tmx": MEMORY[:900]})
    result = run_import(path)
    assert result.status == 4
    assert len(result.pairs) == 1
    assert f'"{path / "b.tmx"}", line ' in result.said


def nested() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.tmx"), MEMORY)
    return inner.getvalue()


REFUSED: dict[str, tuple[str, Mapping[str, str | bytes], str]] = {
    "empty": ("a.zip", {}, "is empty"),
    "nothing to read": (
        "a.zip",
        {"a.pdf": "x", "b.doc": "x"},
        'no file of a known format: "a.pdf"',
    ),
    "a zip in it": ("a.zip", {"b.zip": nested()}, "is a ZIP archive in a ZIP archive"),
    "two zips in it": ("a.zip", {"b.zip": nested(), "c.bin": nested()}, "b.zip"),
    "another archive in it": ("a.zip", {"a.7z": "7z", "b.7z": "7z"}, "a.7z"),
    "a path out of it": ("a.zip", {"../a.tmx": MEMORY}, "leads out of it"),
    "an absolute path": ("a.zip", {"/tmp/a.tmx": MEMORY}, "leads out of it"),
    "a path of Windows": ("a.zip", {"..\\..\\a.tmx": MEMORY}, "leads out of it"),
    "a drive": ("a.zip", {"C:\\a.tmx": MEMORY}, "leads out of it"),
    "DOCX": ("a.docx", {"word/document.xml": "<w/>"}, "is a Word document (DOCX)"),
    "DOCX by content": ("a.zip", {"word/document.xml": "<w/>"}, "is a Word document (DOCX)"),
    "XLSX": ("a.xlsx", {"xl/workbook.xml": "<w/>"}, "is an Excel workbook (XLSX). Save the sheet"),
    "PPTX": ("a.pptx", {"ppt/presentation.xml": "<w/>"}, "is a PowerPoint file (PPTX)"),
    "ODS": ("a.ods", {"META-INF/manifest.xml": "<w/>"}, "is an OpenDocument"),
    "IDML": ("a.idml", {"designmap.xml": "<w/>"}, "is an InDesign file (IDML)"),
    "EPUB": ("a.epub", {"META-INF/container.xml": "<w/>"}, "is a book (EPUB)"),
    "package of Trados": (
        "a.sdlppx",
        {"a.sdlproj": "<w/>", "en-GB/a.sdlxliff": "<w/>"},
        "is a Trados project package. Unpack it, and name its .sdlxliff files.",
    ),
    "alignment": ("a.zip", {"a.tmx": '<cesAlign version="1.0"/>'}, "an alignment (XCES) in an"),
    "ladder": ("a.zip", {"beads": "[0]:[0]:0.5\n"}, "a ladder in an archive"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_by_name(name, tmp_path, run_import):
    file, content, says = REFUSED[name]
    path = write_zip(tmp_path / file, content)
    result = run_import(path)
    assert result.status == 1
    assert says in result.said
    assert str(path) in result.said
    assert not (tmp_path / "corpus").exists()
    assert not (tmp_path.parent / "a.tmx").exists()


def test_a_bomb_is_refused_unread(tmp_path, run_import):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(3):
            with archive.open(f"{number}.tsv", "w") as file:
                for _ in range(50):
                    file.write(bytes(1_000_000))
    said = run_import(path).said
    assert "unpack to 150,000,000: it may be a ZIP bomb" in said


def test_a_link_is_no_file(tmp_path, run_import):
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("passwords.tsv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is empty" in run_import(path).said


def test_an_encrypted_file_is_refused(tmp_path, run_import):
    path = write_zip(tmp_path / "a.zip", FILES["tmx"])
    content = bytearray(path.read_bytes())
    # The flag stands in the header of the file and in the list at the end.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    result = run_import(path)
    assert result.status == 1
    said = f'"{path / "memory.tmx"}" is encrypted: the archive has a password. Unpack it'
    assert said in result.said


def test_a_cut_archive_is_refused(tmp_path, run_import):
    path = write_zip(tmp_path / "a.zip", FILES["tmx"])
    path.write_bytes(path.read_bytes()[:-40])
    result = run_import(path)
    assert result.status == 1
    assert f'The ZIP archive "{path}" is cut off or damaged' in result.said


def test_damage_is_found_where_it_is_and_the_part_before_kept_on_request(tmp_path, run_import):
    # Stored, not packed: one byte is then one byte of the text, and the sum tells at the end.
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("pairs.tsv"), TABLE)
    path.write_bytes(path.read_bytes().replace(b"Satz 170", b"Satz 171"))
    result = run_import(path)
    assert result.status == 1
    assert f'"{path / "pairs.tsv"}", line ' in result.said
    assert "the ZIP archive is damaged (Bad CRC-32" in result.said


def imported(path: Path) -> int:
    """Return how many units an import reads."""
    found = 0
    for job in plan([path], Request()):
        with Spool() as spool:
            try:
                take_in(job, Request(), spool, keep_readable=False, rejected=None)
            except BicorpusError:
                continue
            found += spool.units
    return found


@settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_archive_however_broken_breaks_the_import(data, tmp_path):
    path = write_zip(tmp_path / "a.zip", {"a.tmx": OTHER, "b/c.tsv": "de\ten\nEins.\tOne.\n"})
    assert imported(path) == 2
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[data.draw(st.sampled_from([0, 0, 0, 1, 30])) :])
    os.utime(path, ns=(0, data.draw(st.integers(0, 1 << 40))))
    assert 0 <= imported(path) <= 2


@pytest.mark.skipif(sys.platform == "win32", reason="the archive is open there, and stays")
def test_an_archive_of_the_same_name_is_read_anew(tmp_path):
    path = write_zip(tmp_path / "a.zip", FILES["tmx"])
    assert imported(path) == 300
    write_zip(path, {"other.tmx": OTHER})
    assert imported(path) == 1
