"""Installs and removes translator packages in the Argos packages folder.

argostranslate unpacks, so that its own view of what is installed stays true; around it the archive
is looked through first, and the folder appears in one step, complete and with its hashes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bicorpus.errors import ModelError
from bicorpus.models import (
    RECORD,
    Package,
    Unusable,
    file_hashes,
    packages_folder,
    read_package,
    survey_embedded,
    survey_installed,
)
from bicorpus.models.packages import NAME
from bicorpus.translators.package_archive import READ_ERRORS, Archive, inspect_archive
from bicorpus.translators.package_index import Progress, download, find_in_index

_STAGING = ".bicorpus-incoming"


def install_file(path: Path, *, force: bool = False) -> Package:
    """Install the package file `path` and return the package.

    With `force` it replaces another package in a folder of the same name. Raises ModelError where
    the file is refused, see `inspect_archive`, the folder is taken or cannot be written; nothing
    is changed then.
    """
    archive = inspect_archive(path)
    root = packages_folder()
    with _exclusive(root) as staging:
        _unpack(archive, staging)
        unpacked = staging / archive.folder
        fresh = read_package(unpacked, "folder")
        hashes = file_hashes(unpacked)
        record = {"name": fresh.name, "sha256": hashes}
        (unpacked / RECORD).write_text(json.dumps(record, indent=1) + "\n", "utf-8")
        destination = root / archive.folder
        if destination.exists() and not force and file_hashes(destination) != hashes:
            raise _taken(destination)
        _put_in_place(unpacked, destination, staging / "replaced")
    return read_package(destination, "installed")


def install_pair(
    source: str,
    target: str,
    *,
    version: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Package:
    """Download a package from the Argos index, install it, and return it.

    Without `version` it is the newest. `progress` is called with the bytes so far and in all, or
    None where the server does not say. Raises ModelError where the index or the package cannot
    be had, saying how to do it by hand.
    """
    address = str(argos_settings().remote_package_index)
    entry = find_in_index(address, source, target, version=version)
    with tempfile.TemporaryDirectory(prefix="bicorpus-") as folder:
        path = Path(folder) / f"translate-{source}_{target}.argosmodel"
        download(entry, path, progress=progress)
        archive = inspect_archive(path)
        asked = (source, target, version or archive.version)
        if (archive.source_language, archive.target_language, archive.version) != asked:
            raise ModelError(
                f'The Argos index gave "{archive.name}" for "{source}_{target}", version '
                f'"{version or entry.version}".',
                next_step='Install a package file: "bicorpus models install FILE.argosmodel".',
            )
        return install_file(path, force=force)


def find_installed(name: str) -> Package | Unusable:
    """Return the installed package that `name` means, so that it can be removed.

    `name` is as in `find_package`, or the name of a folder in the packages folder (the only name
    that a damaged package has). Raises ModelError where there is none, or more than one.
    """
    survey = survey_installed()
    match = NAME.fullmatch(name)
    fitting = [found for found in survey if found.folder.name == name]
    if match and not fitting:
        _, source, target, version = match.groups()
        fitting = [
            found
            for found in survey
            if isinstance(found, Package)
            and (found.source_language, found.target_language) == (source, target)
            and version in {None, found.version}
        ]
    if name == "embedded" or (match and (match[1] == "embedded" or not fitting)):
        _refuse_embedded(name)
    if len(fitting) == 1:
        return fitting[0]
    folders = ", ".join(found.folder.name for found in (fitting or survey)) or "nothing"
    if fitting:
        raise ModelError(
            f'"{name}" means {len(fitting)} packages.', next_step=f"Name one of: {folders}."
        )
    raise ModelError(
        f'No translator package "{name}" is installed.', next_step=f"Installed: {folders}."
    )


def _refuse_embedded(name: str) -> None:
    shipped = {found.folder.name: found for found in survey_embedded()}
    names = {found.name for found in shipped.values() if isinstance(found, Package)}
    pairs = {known.partition("@")[0] for known in names}
    asked = name.replace("embedded:", "argos:")
    asked = asked if asked.startswith("argos:") else f"argos:{asked}"
    if name == "embedded" or asked in names | pairs:
        raise ModelError(
            f'The package "{name}" ships with bicorpus and cannot be removed.',
            next_step="An installed package of the same languages takes its place by name.",
        )


def remove(name: str) -> Path:
    """Remove the installed package that `name` means (see `find_installed`); return its folder."""
    folder = find_installed(name).folder
    with _exclusive(packages_folder()) as staging:
        # Renamed first: cut off while it deletes, nothing half remains under the old name.
        folder.rename(staging / "removed")
    return folder


def argos_settings() -> Any:
    """Return `argostranslate.settings`, which makes its folders when it is imported.

    Raises ModelError where it cannot, for instance in a home that is read-only.
    """
    # onnxruntime, which argostranslate brings in, reports to its maker unless told not to.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        from argostranslate import settings
    except OSError as reason:
        raise ModelError(
            f"Argos Translate cannot make its folders: {reason}.",
            next_step="Set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to folders that can "
            "be written.",
        ) from reason
    return settings


def _unpack(archive: Archive, folder: Path) -> None:
    settings = argos_settings()
    from argostranslate import package

    if shutil.disk_usage(folder).free < archive.size:
        raise ModelError(
            f'There is no room for {archive.size} bytes in "{folder.parent}".',
            next_step="Free some space, or set ARGOS_PACKAGES_DIR to a folder on another disk.",
        )
    # argostranslate unpacks into its packages folder file by file, and from then on trips over
    # a half-written package at every start. So it is pointed at a folder of our own meanwhile.
    usual = settings.package_data_dir
    settings.package_data_dir = folder
    try:
        package.install_from_path(archive.path)
    except READ_ERRORS as reason:
        raise ModelError(
            f'The package file "{archive.path}" cannot be unpacked: {reason}.',
            next_step="Nothing was installed. Download the file again.",
        ) from reason
    finally:
        settings.package_data_dir = usual


def _taken(destination: Path) -> ModelError:
    try:
        held = read_package(destination, "installed").name
    except ModelError:
        held = "a damaged package"
    return ModelError(
        f'The folder "{destination}" already holds {held}, and it differs from the new one.',
        next_step='Replace it with "--force", or remove it first with '
        f'"bicorpus models remove {destination.name}".',
    )


def _put_in_place(unpacked: Path, destination: Path, aside: Path) -> None:
    if not destination.exists():
        unpacked.rename(destination)
        return
    destination.rename(aside)
    try:
        unpacked.rename(destination)
    except OSError:
        aside.rename(destination)
        raise


@contextmanager
def _exclusive(root: Path) -> Iterator[Path]:
    """Hold the packages folder `root` for us alone and give an empty folder on its file system."""
    from filelock import FileLock, Timeout

    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / ".bicorpus.lock", timeout=0):
            staging = _staging_place(root)
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir()
            try:
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except Timeout as reason:
        raise ModelError(
            f'Another process is changing the packages folder "{root}".',
            next_step="Try again when it is done.",
        ) from reason
    except OSError as reason:
        raise ModelError(
            f'The packages folder "{root}" cannot be written: {reason.strerror or reason}.',
            next_step="Set ARGOS_PACKAGES_DIR to a folder that can be written.",
        ) from reason


def _staging_place(root: Path) -> Path:
    # Beside the packages folder, since argostranslate takes every folder in it for a package and
    # fails on one without metadata. Inside only where the parent is another disk or read-only.
    parent = root.resolve().parent
    beside = parent.stat().st_dev == root.stat().st_dev and os.access(parent, os.W_OK)
    return (parent if beside else root) / f"{_STAGING}-{root.name}"
