"""Gzipped files: read as what is in them, as a stream; broken ones are refused with the place."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from import_running import tmx, versions

UNITS = [
    versions(("de", f"Satz {n} über Größe."), ("en", f"Sentence {n} on size.")) for n in range(300)
]
PAIRS = [(f"Satz {n} über Größe.", f"Sentence {n} on size.") for n in range(300)]
MEMORY = '<?xml version="1.0" encoding="UTF-8"?>\n' + tmx(*UNITS)
GERMAN = "".join(f"{source}\n" for source, _ in PAIRS)
ENGLISH = "".join(f"{target}\n" for _, target in PAIRS)
TABLE = "de\ten\n" + "".join(f"{source}\t{target}\n" for source, target in PAIRS)
LINES = "".join(f'{{"de": "{source}", "en": "{target}"}}\n' for source, target in PAIRS)

FILES = {
    "tmx": {"memory.tmx.gz": MEMORY},
    "utf-16": {"memory.tmx.gz": MEMORY.replace("UTF-8", "UTF-16")},
    "no name": {"memory.bin": MEMORY},
    "tsv": {"pairs.tsv.gz": TABLE},
    "jsonl": {"pairs.jsonl.gz": LINES},
    "moses": {"news.de.gz": GERMAN, "news.en.gz": ENGLISH},
    "moses with suffix": {"news.de.txt.gz": GERMAN, "news.en.txt.gz": ENGLISH},
}


def write(folder: Path, name: str) -> list[Path]:
    encoding = "utf-16" if name == "utf-16" else "utf-8"
    paths = [folder / file for file in FILES[name]]
    for path, text in zip(paths, FILES[name].values(), strict=True):
        path.write_bytes(gzip.compress(text.encode(encoding)))
    return paths


@pytest.mark.parametrize("name", FILES)
def test_it_is_read_as_what_is_in_it(name, tmp_path, run_import):
    result = run_import(*write(tmp_path, name))
    assert result.status == 0, result.said
    assert result.pairs == PAIRS


def test_one_of_a_pair_finds_the_other_zipped_or_not(tmp_path, run_import):
    (tmp_path / "news.de.gz").write_bytes(gzip.compress(GERMAN.encode()))
    (tmp_path / "news.en").write_text(ENGLISH, "utf-8")
    assert run_import(tmp_path / "news.de.gz").pairs == PAIRS


def test_a_folder_is_searched_for_zipped_files(tmp_path, run_import):
    folder = tmp_path / "memories"
    folder.mkdir()
    write(folder, "tmx")
    assert run_import(folder).pairs == PAIRS


@pytest.mark.parametrize("name", ["tmx", "tsv", "jsonl", "moses"])
def test_a_cut_archive_is_refused_and_nothing_goes_in(name, tmp_path, run_import):
    path = write(tmp_path, name)[0]
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 3 // 4])
    result = run_import(path)
    assert result.status == 1
    assert f'"{path}", line ' in result.said
    assert "the gzip archive ends too early: it is cut off." in result.said
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize("name", ["tmx", "tsv", "jsonl", "moses"])
def test_what_is_before_the_cut_is_kept_on_request(name, tmp_path, run_import):
    path = write(tmp_path, name)[0]
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 3 // 4])
    result = run_import(path, "--keep-readable")
    assert result.status == 4
    assert "Only in part" in result.said
    # Three quarters of the archive are some three quarters of the lines.
    assert 150 < len(result.pairs) < 300
    assert result.pairs == PAIRS[: len(result.pairs)]


def test_a_damaged_archive_is_refused(tmp_path, run_import):
    [path] = write(tmp_path, "tmx")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    result = run_import(path)
    assert result.status == 1
    assert "the gzip archive is damaged" in result.said
    # The last eight bytes are the sum and the length of what is in it.
    [path] = write(tmp_path, "tmx")
    path.write_bytes(path.read_bytes()[:-8] + bytes(8))
    assert "the gzip archive is damaged" in run_import(path).said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (gzip.compress(b""), "the file is empty"),
        (gzip.compress(gzip.compress(b"x")), "a gzip archive in a gzip archive"),
        (gzip.compress(b"a.tmx" + bytes(252) + b"ustar\x0000" + bytes(249)), "a tar archive"),
        (gzip.compress(b"PK\x03\x04" + bytes(30)), "a ZIP archive"),
        (b"\x1f\x8b", "it is cut off"),
        (gzip.compress(b"[0]:[0]:0.5\n"), "a gzipped ladder"),
    ],
    # Not the archives' bytes: the time of making stands in them, and each process has its own.
    ids=["empty", "gzip in gzip", "tar", "zip", "cut off", "ladder"],
)
def test_what_is_in_it_is_told(content, says, tmp_path, run_import):
    path = (
        tmp_path / "a.tmx.gz" if b"[0]" not in gzip_content(content) else tmp_path / "a.ladder.gz"
    )
    path.write_bytes(content)
    result = run_import(path)
    assert result.status == 1
    assert says in result.said
    assert str(path) in result.said


def gzip_content(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except EOFError:
        return b""


def test_the_line_of_a_fault_is_that_of_the_text(tmp_path, run_import):
    path = tmp_path / "pairs.tsv.gz"
    path.write_bytes(gzip.compress(TABLE.replace("\tSentence 170", " Sentence 170").encode()))
    assert f'"{path}", line 172: 1 cells instead of 2' in run_import(path).said
    path.write_bytes(gzip.compress(TABLE.encode().replace(b"Satz 170 \xc3", b"Satz 170 \xff")))
    assert f'"{path}", line 172: there is the byte 0xFF that is no UTF-8' in run_import(path).said


_LINE = """
import gzip, sys
from pathlib import Path
from bicorpus.importers.lines import read_lines
from bicorpus.importers.units import Reading, Request
path = Path(sys.argv[1])
try:
    sum(1 for _ in read_lines(path, Reading((path,), Request())))
except Exception as error:
    print(error)
fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(fields["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured on Linux")
def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path, root):
    path = tmp_path / "bomb.de.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(200):
            file.write(b"a" * 1_000_000)
    assert path.stat().st_size < 10_000_000
    done = subprocess.run(
        [sys.executable, "-c", _LINE, str(path)],
        capture_output=True, text=True, check=True, cwd=root,
    )  # fmt: skip
    *said, peak = done.stdout.splitlines()
    assert "line 1: the line is too long" in " ".join(said)
    assert int(peak) < 700


def test_a_cut_sentence_file_of_an_alignment_is_named(tmp_path, run_import):
    folder = tmp_path / "opus"
    for language in ("de", "en"):
        (folder / "raw" / language).mkdir(parents=True)
        sentences = b'<text><s id="s1">Eins.</s></text>'
        content = gzip.compress(sentences)
        cut = content[:-9] if language == "en" else content
        (folder / "raw" / language / "one.xml.gz").write_bytes(cut)
    links = folder / "links.xml.gz"
    group = (
        '<linkGrp fromDoc="de/one.xml.gz" toDoc="en/one.xml.gz"><link xtargets="s1;s1"/></linkGrp>'
    )
    links.write_bytes(gzip.compress(f'<cesAlign version="1.0">{group}</cesAlign>'.encode()))
    said = run_import(links).said
    assert f'"{folder / "raw" / "en" / "one.xml.gz"}" cannot be unpacked: it is cut off' in said
