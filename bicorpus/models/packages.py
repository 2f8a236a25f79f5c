"""The translator packages that are there, and which one a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bicorpus.errors import ModelError
from bicorpus.models import hashes, places
from bicorpus.models.contents import (
    LANGUAGE_CODE,
    Origin,
    Package,
    UnfitError,
    Unusable,
    check_metadata,
    decides_results,
    missing_parts,
)

NAME = re.compile(rf"(?:(embedded|argos):)?({LANGUAGE_CODE})_({LANGUAGE_CODE})(?:@(.+))?")
_HOW_TO_INSTALL = (
    'More are installed with "bicorpus models install FILE.argosmodel" or, with a network, '
    '"bicorpus models install de_en".'
)
_HOW_TO_REPAIR = {
    "embedded": places.BROKEN_INSTALLATION,
    "installed": 'Remove it with "bicorpus models remove {folder.name}" and install it again.',
    "folder": "Unpack it again, or name another one.",
}


def read_package(folder: Path, origin: Origin) -> Package:
    """Return the package that lies unpacked in `folder`.

    Raises ModelError where it is not a translator's package or is not complete. Only sizes and
    metadata are looked at; `verify` compares every byte.
    """
    try:
        source, target, version = _read_contents(folder)
    except (OSError, UnfitError) as reason:
        raise ModelError(
            f'The translator package "{folder}" cannot be used: {reason}.',
            next_step=_HOW_TO_REPAIR[origin].format(folder=folder),
        ) from reason
    return Package(f"argos:{source}_{target}@{version}", folder, version, source, target, origin)


def _read_contents(folder: Path) -> tuple[str, str, str]:
    names = {path.relative_to(folder).as_posix() for path in hashes.files_of(folder)}
    if missing := missing_parts(names):
        raise UnfitError(f"it lacks {', '.join(missing)}")
    deciding = sorted(filter(decides_results, names))
    if empty := [name for name in deciding if (folder / name).stat().st_size == 0]:
        raise UnfitError(f"{', '.join(empty)} is empty")
    return check_metadata((folder / "metadata.json").read_bytes())


def survey_embedded() -> list[Package | Unusable]:
    """Return every translator that should have come with bicorpus, the default one first.

    Raises ModelError where the list of them is missing or damaged.
    """
    entries = [entry for entry in places.load_manifest() if entry.get("kind") == "translator"]
    return [_survey(places.embedded_folder() / entry["folder"], "embedded") for entry in entries]


def survey_installed() -> list[Package | Unusable]:
    """Return what lies in the Argos packages folder, by folder name.

    Raises ModelError where the folder cannot be read.
    """
    root = places.packages_folder()
    try:
        # A leading dot marks what an interrupted installation left behind.
        folders = sorted(path for path in root.iterdir() if path.is_dir() and path.name[0] != ".")
    except FileNotFoundError:
        return []
    except OSError as reason:
        raise ModelError(
            f'The packages folder "{root}" cannot be read: {reason.strerror}.',
            next_step="Name another one in the environment variable ARGOS_PACKAGES_DIR.",
        ) from reason
    return [_survey(folder, "installed") for folder in folders]


def _survey(folder: Path, origin: Origin) -> Package | Unusable:
    try:
        return read_package(folder, origin)
    except ModelError as reason:
        return Unusable(folder, origin, reason.problem)


def embedded_packages() -> list[Package]:
    """Return the usable packages that ship with bicorpus, the default one first."""
    return _usable(survey_embedded())


def installed_packages() -> list[Package]:
    """Return the usable packages in the Argos packages folder, by folder name."""
    return _usable(survey_installed())


def _usable(survey: Iterable[Package | Unusable]) -> list[Package]:
    return [package for package in survey if isinstance(package, Package)]


def find_package(name: str) -> Package:
    """Return the package that `name` means.

    "embedded" or "embedded:de_en" is the one that ships; "argos:de_en" or "de_en" the newest one
    installed, else the embedded one of that pair; "argos:de_en@1.0" exactly that version;
    anything else is the path of an unpacked package. Raises ModelError, saying what there is.
    """
    if name == "embedded":
        if usable := embedded_packages():
            return usable[0]
    elif match := NAME.fullmatch(name):
        if found := _find_by_pair(*match.groups()):
            return found
    elif Path(name).is_dir():
        return read_package(Path(name).resolve(), "folder")
    elif Path(name).is_file():
        raise ModelError(
            f'"{name}" is a file, not an unpacked package.',
            next_step=f'Install it first: "bicorpus models install {name}".',
        )
    raise ModelError(f'There is no translator package "{name}".', next_step=_what_there_is())


def _find_by_pair(
    origin: str | None, source: str, target: str, version: str | None
) -> Package | None:
    # "embedded" must work whatever the state of the packages folder, so that is not looked at.
    order = (
        (embedded_packages,) if origin == "embedded" else (installed_packages, embedded_packages)
    )
    for list_packages in order:
        fitting = [
            package
            for package in list_packages()
            if (package.source_language, package.target_language) == (source, target)
            and version in {None, package.version}
        ]
        if fitting:
            return newest_of(fitting)
    return None


def newest_of(packages: Iterable[Package]) -> Package:
    """Return the package with the highest version.

    Raises ModelError where several have that version and differ in what decides results.
    """
    by_age = sorted(packages, key=lambda package: version_key(package.version))
    best = [p for p in by_age if version_key(p.version) == version_key(by_age[-1].version)]
    if len(best) > 1 and len({hashes.package_hash(package) for package in best}) > 1:
        raise ModelError(
            f'The name "{best[0].name}" fits packages that differ: '
            f"{' and '.join(str(package.folder) for package in best)}.",
            next_step="Name one by its folder, or remove the other.",
        )
    return best[0]


def _what_there_is() -> str:
    names = [
        f"{found.name} ({found.origin})"
        if isinstance(found, Package)
        else f'{found.folder.name} (damaged, see "bicorpus models verify")'
        for found in [*survey_embedded(), *survey_installed()]
    ]
    return f"There is: {', '.join(names) or 'none'}. {_HOW_TO_INSTALL}"


def version_key(version: str) -> tuple[int, ...]:
    """Return the numbers in `version`, to order by: 1.10 comes after 1.9."""
    return tuple(int(digits) for digits in re.findall(r"\d+", version))
