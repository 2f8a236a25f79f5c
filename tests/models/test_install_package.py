"""Installing and removing: all of it or nothing, and argostranslate sees the same."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bicorpus.errors import ModelError
from bicorpus.models import embedded_folder, file_hashes, find_package, survey_installed, verify
from bicorpus.translators import packages as package_installer
from bicorpus.translators.packages import argos_settings, install_file, remove


def test_an_installed_package_is_found_sound_and_seen_by_argostranslate(
    package_files, make_zip, packages: Path
) -> None:
    package = install_file(make_zip(package_files(), folder="Übersetzer-de_fr"))
    assert package == find_package("argos:de_fr@1.0")
    assert package.folder == packages / "Übersetzer-de_fr"
    assert verify(package) == []
    argos_settings()
    from argostranslate.package import get_installed_packages

    (seen,) = get_installed_packages([packages])
    assert (seen.from_code, seen.to_code, seen.package_version) == ("de", "fr", "1.0")


def test_a_package_that_argostranslate_installed_is_found(
    package_files, make_zip, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = argos_settings()
    from argostranslate.package import install_from_path

    monkeypatch.setattr(settings, "package_data_dir", packages)
    install_from_path(make_zip(package_files()))
    assert find_package("de_fr").origin == "installed"


def test_the_embedded_model_can_be_packed_and_installed(tmp_path: Path) -> None:
    folder = find_package("embedded").folder
    path = tmp_path / "real.argosmodel"
    with zipfile.ZipFile(path, "w") as archive:
        for name in file_hashes(folder):
            archive.write(folder / name, f"de_en/{name}")
    assert file_hashes(install_file(path).folder) == file_hashes(folder)


def test_installing_twice_is_the_same_as_once(package_files, make_zip) -> None:
    path = make_zip(package_files())
    assert install_file(path) == install_file(path)
    assert len(survey_installed()) == 1


def test_another_version_in_the_same_folder_needs_force(package_files, make_zip) -> None:
    install_file(make_zip(package_files(version="1.0")))
    newer = make_zip(package_files(version="1.1"))
    with pytest.raises(ModelError, match=r'already holds argos:de_fr@1\.0.*"--force"'):
        install_file(newer)
    assert find_package("de_fr").version == "1.0"
    assert install_file(newer, force=True).version == "1.1"
    assert [found.folder.name for found in survey_installed()] == ["pack"]


def test_a_damaged_package_is_not_overwritten_silently_either(
    package_files, make_zip, lay_out
) -> None:
    lay_out({"notes.txt": b"mine"}, "pack")
    with pytest.raises(ModelError, match="a damaged package"):
        install_file(make_zip(package_files()))


def test_a_failure_half_way_leaves_nothing(
    package_files, make_zip, packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_zip(package_files())
    install_file(path)
    before = file_hashes(packages)
    content = path.read_bytes().replace(b"weights", b"w3ights")
    newer = tmp_path / "newer.argosmodel"
    newer.write_bytes(content)
    with zipfile.ZipFile(newer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in package_files(version="2.0").items():
            archive.writestr(f"pack/{name}", data)
    # A byte of the stored weights is turned, so that the checksum fails while unpacking.
    newer.write_bytes(newer.read_bytes().replace(b"weights de fr 2.0", b"weights de fr 2.X"))
    with pytest.raises(ModelError, match="cannot be unpacked"):
        install_file(newer, force=True)
    assert file_hashes(packages) == before
    assert leftovers(packages) == []


def test_a_failing_rename_puts_the_old_package_back(
    package_files, make_zip, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_file(make_zip(package_files(version="1.0")))
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "pack" and "incoming" in str(self):
            raise OSError(errno.EIO, "the disk is failing")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ModelError, match="the disk is failing"):
        install_file(make_zip(package_files(version="2.0")), force=True)
    assert find_package("de_fr").version == "1.0"


@pytest.mark.slow
def test_a_killed_installation_leaves_no_half_package(
    package_files, make_zip, packages: Path, root: Path
) -> None:
    path = make_zip(package_files())
    program = """
import os, signal, sys, zipfile
from pathlib import Path
unpack, count = zipfile.ZipFile._extract_member, iter(range(9))
def dying(*arguments):
    if next(count) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return unpack(*arguments)
zipfile.ZipFile._extract_member = dying
from bicorpus.translators.packages import install_file
install_file(Path(sys.argv[1]))
"""
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert leftovers(packages) != []
    assert survey_installed() == []
    assert install_file(path) == find_package("de_fr")
    assert leftovers(packages) == []


def test_a_full_disk_is_said(package_files, make_zip, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = (10, 10, 0)
    monkeypatch.setattr(
        package_installer.shutil,
        "disk_usage",
        lambda folder: type("Usage", (), {"free": usage[2]})(),
    )
    with pytest.raises(ModelError, match="no room"):
        install_file(make_zip(package_files()))
    assert survey_installed() == []


def test_a_packages_folder_that_cannot_be_made_is_said(
    package_files, make_zip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "file" / "packages"))
    with pytest.raises(ModelError, match="cannot be written"):
        install_file(make_zip(package_files()))


def test_a_read_only_packages_folder_is_said(
    package_files, make_zip, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages.mkdir(parents=True)
    packages.chmod(0o555)
    if os.access(packages, os.W_OK):  # permissions do not bind the root user
        mkdir = Path.mkdir

        def refused(self: Path, *arguments: object, **options: object) -> None:
            if self.name.startswith(".bicorpus"):
                raise PermissionError(errno.EACCES, "Permission denied")
            mkdir(self, *arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(ModelError, match=r"cannot be written: Permission denied.*PACKAGES_DIR"):
        install_file(make_zip(package_files()))


def test_two_installations_at_once_do_not_mix(package_files, make_zip, packages: Path) -> None:
    from filelock import FileLock

    packages.mkdir(parents=True)
    with FileLock(packages / ".bicorpus.lock"), pytest.raises(ModelError, match="Another process"):
        install_file(make_zip(package_files()))


def test_where_the_parent_is_read_only_it_is_staged_inside(
    package_files, make_zip, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: path != packages.parent and access(path, mode)
    )
    assert install_file(make_zip(package_files())) == find_package("de_fr")
    assert leftovers(packages) == []


def test_removal(package_files, make_zip) -> None:
    package = install_file(make_zip(package_files()))
    assert remove("argos:de_fr") == package.folder
    assert not package.folder.exists()
    with pytest.raises(ModelError, match=r'No .* "argos:de_fr" is installed'):
        remove("argos:de_fr")


def test_a_damaged_package_is_removed_by_its_folder(lay_out) -> None:
    folder = lay_out({"metadata.json": b"{"}, "broken")
    assert remove("broken") == folder
    assert survey_installed() == []


@pytest.mark.parametrize("name", ["embedded", "embedded:de_en", "argos:de_en", "de_en"])
def test_the_embedded_package_stays(name: str) -> None:
    with pytest.raises(ModelError, match="ships with bicorpus"):
        remove(name)
    assert find_package("embedded").folder.parent == embedded_folder()


@pytest.mark.parametrize("name", ["..", ".", "/", "../packages", "pack/model"])
def test_only_packages_are_removed(name: str, package_files, make_zip) -> None:
    install_file(make_zip(package_files()))
    with pytest.raises(ModelError, match="is installed"):
        remove(name)
    assert len(survey_installed()) == 1


def test_several_versions_are_not_removed_at_once(package_files, lay_out) -> None:
    for version in ("1.0", "1.1"):
        lay_out(package_files(version=version), f"de_fr-{version}")
    with pytest.raises(ModelError, match=r"means 2 packages.*de_fr-1\.0, de_fr-1\.1"):
        remove("de_fr")
    assert remove("de_fr@1.0").name == "de_fr-1.0"


def leftovers(packages: Path) -> list[Path]:
    """Return the staging folders that are still there."""
    return [*packages.glob(".bicorpus-in*"), *packages.parent.glob(".bicorpus-in*")]
