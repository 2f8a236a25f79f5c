"""Packages made in the test, and a packages folder of its own for each test."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

MakePackage = Callable[..., Path]


@pytest.fixture(autouse=True)
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Argos packages folder of this test, not made yet."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("ARGOS_PACKAGES_DIR", "SNAP", "http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "XDG_DATA_HOME" / "argos-translate" / "packages"


@pytest.fixture
def package_files() -> Callable[..., dict[str, bytes]]:
    """Gives the files of a package that is complete in form; its model is noise."""

    def build(source: str = "de", target: str = "fr", version: str = "1.0") -> dict[str, bytes]:
        metadata = {"package_version": version, "from_code": source, "to_code": target}
        return {
            "metadata.json": json.dumps(metadata).encode(),
            "README.md": b"A card.",
            "sentencepiece.model": b"pieces",
            "model/config.json": b"{}",
            "model/model.bin": f"weights {source} {target} {version}".encode(),
            "model/shared_vocabulary.json": b"[]",
        }

    return build


@pytest.fixture
def make_zip(tmp_path: Path) -> Callable[..., Path]:
    """Writes a zip with the given members below one folder."""

    def write(files: dict[str, bytes], folder: str = "pack", name: str = "p.argosmodel") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in files.items():
                archive.writestr(f"{folder}/{member}", content)
        return path

    return write


@pytest.fixture
def lay_out(packages: Path) -> Callable[..., Path]:
    """Writes a package straight into the packages folder, as another program would."""

    def write(files: dict[str, bytes], folder: str) -> Path:
        for member, content in files.items():
            path = packages / folder / member
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return packages / folder

    return write
