"""Derived files are whole or not there: beside their place, checked, renamed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bicorpus.errors import ProjectError
from bicorpus.exporters.files import write_all_checked, write_checked


def write_new(path: Path) -> int:
    return path.write_bytes(b"new")


def accept(path: Path, result: int) -> list[str]:
    return []


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def place(tmp_path) -> Path:
    (tmp_path / "corpus.tsv").write_bytes(b"old")
    return tmp_path / "corpus.tsv"


def test_new_bytes_and_result(place):
    assert write_checked(place, write_new, accept) == 3
    assert place.read_bytes() == b"new"
    assert names_in(place.parent) == ["corpus.tsv"]


def test_first_file(tmp_path):
    write_checked(tmp_path / "corpus.tmx", write_new, accept)
    assert (tmp_path / "corpus.tmx").read_bytes() == b"new"


def test_check_comes_before_the_rename(place):
    seen = []

    def check(path: Path, result: int) -> list[str]:
        seen.append((path.read_bytes(), place.read_bytes(), result, path.parent == place.parent))
        return []

    write_checked(place, write_new, check)
    assert seen == [(b"new", b"old", 3, True)]


def test_what_fails_the_check_is_not_put_in_place(place):
    with pytest.raises(ProjectError, match=r"corpus\.tsv.* 7 lines .*and 1 more.*report it"):
        write_checked(place, write_new, lambda path, result: ["7 lines", "8 cells"])
    assert place.read_bytes() == b"old"
    assert names_in(place.parent) == ["corpus.tsv"]


@pytest.mark.parametrize("error", [ProjectError("The corpus is gone."), KeyboardInterrupt()])
def test_failure_while_writing_keeps_the_old_file(place, error):
    def write(path: Path) -> int:
        path.write_bytes(b"half")
        raise error

    with pytest.raises(type(error)):
        write_checked(place, write, accept)
    assert place.read_bytes() == b"old"
    assert names_in(place.parent) == ["corpus.tsv"]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, 'No space left to write "corpus.tsv" in the folder'),
        (errno.EDQUOT, "No space left"),
        (errno.EROFS, "is read-only"),
        (errno.EACCES, "No permission"),
        (errno.EPERM, "No permission"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_system_errors_are_sentences(place, number, says):
    def write(path: Path) -> int:
        path.write_bytes(b"half")
        raise OSError(number, os.strerror(number))

    with pytest.raises(ProjectError) as caught:
        write_checked(place, write, accept)
    assert says in caught.value.problem
    assert str(place.parent) in caught.value.problem
    assert "nothing that was done is lost" in caught.value.next_step
    assert place.read_bytes() == b"old"
    assert names_in(place.parent) == ["corpus.tsv"]


def test_folder_that_is_not_there(tmp_path):
    with pytest.raises(ProjectError, match=r'There is no folder ".*gone".* Create it'):
        write_checked(tmp_path / "gone" / "corpus.tsv", write_new, accept)


def test_folder_in_the_place_of_the_file(tmp_path):
    (tmp_path / "corpus.tsv").mkdir()
    with pytest.raises(ProjectError, match="is a folder, not a file"):
        write_checked(tmp_path / "corpus.tsv", write_new, accept)
    assert names_in(tmp_path) == ["corpus.tsv"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes into read-only folders"
)
def test_read_only_folder(place):
    place.parent.chmod(0o555)
    try:
        with pytest.raises(ProjectError, match="No permission"):
            write_checked(place, write_new, accept)
    finally:
        place.parent.chmod(0o755)
    assert place.read_bytes() == b"old"


def test_what_a_killed_run_left_is_cleared(place):
    kept = []

    def killed(path: Path) -> int:
        kept.append(path)
        raise ProjectError("killed")

    with pytest.raises(ProjectError):
        write_checked(place, killed, accept)
    kept[0].write_bytes(b"half of another run")
    write_checked(place, write_new, accept)
    assert place.read_bytes() == b"new"
    assert names_in(place.parent) == ["corpus.tsv"]


def test_link_is_written_through(tmp_path, place):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.tsv"
    link.symlink_to(place)
    write_checked(link, write_new, accept)
    assert link.is_symlink()
    assert place.read_bytes() == b"new"


LIMITED_EXPORT = """
import resource, sys
from pathlib import Path
from bicorpus.data import Span
from bicorpus.errors import ProjectError
from bicorpus.exporters.files import write_all_checked, write_checked
from bicorpus.exporters.rows import BeadRow, CorpusHeader
from bicorpus.exporters.tmx import check_written_tmx, write_tmx
from bicorpus.exporters.tsv import check_tsv, write_tsv
row = BeadRow("d", "o", "de", "en", 1, 1, "body", (1,), (1,), Span(0, 9), Span(0, 9), "1-1",
              "Ein Satz.", "A sentence.", 0.5, 0.5, (), (), True)
header = CorpusHeader("signature", "model", "run", "0.1", "de", "en")
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
for write, check in ((write_tmx, check_written_tmx), (write_tsv, check_tsv)):
    try:
        write_checked(Path(sys.argv[1]), lambda path: write([row] * 5000, header, path), check)
    except ProjectError as error:
        print(error)
"""


def test_system_that_stops_a_real_export(place, root):
    """The nearest to a full disk that a test can have: the system refuses to let a file grow."""
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED_EXPORT, place],
        capture_output=True,
        text=True,
        cwd=root,
        check=True,
    )
    assert done.stdout.count('"corpus.tsv" cannot be written in the folder') == 2
    assert done.stdout.count("run the same command again") == 2
    assert done.stderr == ""
    assert place.read_bytes() == b"old"
    assert names_in(place.parent) == ["corpus.tsv"]


def test_files_that_belong_together_are_put_in_place_together(tmp_path):
    places = [tmp_path / "out.de", tmp_path / "out.en"]
    for path in places:
        path.write_bytes(b"old")

    def write(paths) -> int:
        for path in paths:
            path.write_bytes(b"new")
        return len(paths)

    with pytest.raises(ProjectError, match="not right"):
        write_all_checked(places, write, lambda paths, count: ["not right"])
    assert [path.read_bytes() for path in places] == [b"old", b"old"]
    assert write_all_checked(places, write, lambda paths, count: []) == 2
    assert [path.read_bytes() for path in places] == [b"new", b"new"]
    assert sorted(names_in(tmp_path)) == ["out.de", "out.en"]
