"""Damage is found, to the byte, and told by file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bicorpus.models import (
    RECORD,
    file_hashes,
    find_package,
    places,
    recorded_hashes,
    survey_installed,
    verify,
)
from bicorpus.translators.packages import install_file


def test_what_ships_is_sound() -> None:
    package = find_package("embedded")
    assert verify(package) == []
    assert recorded_hashes(package) == file_hashes(package.folder)


def test_the_manifest_is_up_to_date(root: Path) -> None:
    command = [sys.executable, "scripts/update_manifest.py", "--check"]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["metadata.json", "model/model.bin", "README.md"])
def test_one_byte_is_noticed(name: str, package_files, make_zip) -> None:
    package = install_file(make_zip(package_files()))
    path = package.folder / name
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert verify(package) == [f'The file "{name}" is not as it was recorded.']


def test_missing_and_surplus_files_are_noticed(package_files, make_zip) -> None:
    package = install_file(make_zip(package_files()))
    (package.folder / "README.md").rename(package.folder / "model" / "Überzählig")
    assert verify(package) == [
        'The file "README.md" is missing.',
        'The file "model/Überzählig" does not belong to the package.',
    ]


def test_a_package_that_became_unusable_is_told_whole(package_files, make_zip) -> None:
    package = install_file(make_zip(package_files()))
    (package.folder / "model" / "model.bin").unlink()
    (found,) = survey_installed()
    problems = verify(found)
    assert "lacks model/model.bin" in problems[0]
    assert problems[1:] == ['The file "model/model.bin" is missing.']


def test_a_damaged_embedded_model_is_noticed(
    tmp_path: Path, package_files, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "models" / "translate-de_fr"
    for name, content in package_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    hashes = "".join(f'"{name}" = "{value}"\n' for name, value in file_hashes(folder).items())
    (tmp_path / "models" / "manifest.toml").write_text(
        f'[[model]]\nfolder = "translate-de_fr"\nkind = "translator"\n[model.sha256]\n{hashes}'
    )
    monkeypatch.setattr(places, "embedded_folder", lambda: tmp_path / "models")
    package = find_package("embedded")
    assert verify(package) == []
    (folder / "sentencepiece.model").write_bytes(b"other")
    assert verify(package) == ['The file "sentencepiece.model" is not as it was recorded.']


def test_a_record_that_cannot_be_read_is_a_problem(package_files, make_zip) -> None:
    package = install_file(make_zip(package_files()))
    (package.folder / RECORD).write_text("{")
    (problem,) = verify(package)
    assert "record of hashes" in problem


def test_without_a_record_it_says_that_it_has_none(package_files, lay_out) -> None:
    lay_out(package_files(), "de_fr")
    package = find_package("de_fr")
    assert recorded_hashes(package) is None
    assert verify(package) == []
