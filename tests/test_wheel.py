"""The wheel carries the models: unpacked elsewhere and run from another folder, the job works."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not installed")


@pytest.fixture(scope="module")
def unpacked(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_the_main_job_runs_from_the_wheel(unpacked: Path, root: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    where = subprocess.run(
        [sys.executable, "-c", "import bicorpus; print(bicorpus.__file__)"],
        cwd=tmp_path, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(unpacked))
    subprocess.run(
        [sys.executable, "-m", "bicorpus", "build", str(root / "seeds"), "-o", "corpus"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "corpus" / "corpus.tsv").read_bytes().count(b"\n") > 150
    verified = subprocess.run(
        [sys.executable, "-m", "bicorpus", "models", "verify"],
        cwd=tmp_path, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "de_en" in verified.stdout


def test_the_wheel_holds_every_data_file(unpacked: Path, root: Path) -> None:
    packed = {
        path.relative_to(unpacked / "bicorpus") for path in (unpacked / "bicorpus").rglob("*")
    }
    for path in (root / "bicorpus").rglob("*"):
        if path.is_file() and path.suffix in {".txt", ".sql", ".toml", ".html", ".typed"}:
            assert path.relative_to(root / "bicorpus") in packed
    for path in (root / "models").rglob("*"):
        assert Path("embedded") / path.relative_to(root / "models") in packed
