"""What a packed translator package holds, found out before a byte of it is unpacked.

An `.argosmodel` is a zip that anybody may have made. argostranslate unpacks whatever it is given;
everything that could leave the packages folder, fill the disk or leave rubbish is refused here.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from bicorpus.errors import ModelError
from bicorpus.models.contents import UnfitError, check_metadata, missing_parts

# The published packages have 50 to 150 MB in some ten files, int8 weights hardly compress, and
# vocabularies compress by 5: these limits are far from any model and near to any zip bomb.
MAXIMUM_BYTES = 4 << 30
MAXIMUM_RATIO = 50
HARMLESS_BYTES = 16 << 20
MAXIMUM_FILES = 5_000
MAXIMUM_METADATA_BYTES = 1 << 20

READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,  # a method of compression that Python does not know
    RuntimeError,  # a password is needed
    ValueError,  # among them names in a broken encoding
    OSError,
)
"""What the standard library raises on zips that are damaged or made to do damage."""

_DEVICES = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}
_NEXT_STEP = "Download it again, or ask whoever made it for a sound package."


@dataclass(frozen=True, slots=True)
class Archive:
    """A packed package that was looked through: `size` in bytes once unpacked."""

    path: Path
    folder: str
    version: str
    source_language: str
    target_language: str
    size: int

    @property
    def name(self) -> str:
        """Pair and version, as "argos:de_en@0.1"."""
        return f"argos:{self.source_language}_{self.target_language}@{self.version}"


def inspect_archive(path: Path) -> Archive:
    """Return what the package file `path` holds.

    Raises ModelError where it is no zip, or damaged, or holds anything but one translator's
    package in one folder.
    """
    if not path.is_file():
        raise ModelError(
            f'There is no package file "{path}".',
            next_step='Name an ".argosmodel" file, or a language pair such as "de_en".',
        )
    try:
        return _inspect(path)
    except UnfitError as reason:
        raise ModelError(
            f'The package file "{path}" is refused: {reason}.', next_step=_NEXT_STEP
        ) from reason
    except READ_ERRORS as reason:
        raise ModelError(
            f'The package file "{path}" is no zip archive, or a damaged one: {reason}.',
            next_step=_NEXT_STEP,
        ) from reason


def _inspect(path: Path) -> Archive:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        for member in members:
            _check_member(member)
        _check_expansion(members, path.stat().st_size)
        folder = _only_folder(members)
        names = _names_within(members, folder)
        if missing := missing_parts(names):
            raise UnfitError(f"it lacks {', '.join(missing)}")
        metadata = archive.getinfo(f"{folder}/metadata.json")
        if metadata.file_size > MAXIMUM_METADATA_BYTES:
            raise UnfitError(f"its metadata.json has {metadata.file_size} bytes")
        source, target, version = check_metadata(archive.read(metadata))
    return Archive(path, folder, version, source, target, sum(m.file_size for m in members))


def _check_member(member: zipfile.ZipInfo) -> None:
    """Refuse names and kinds that could end up anywhere but in the package's own folder."""
    # `filename` is cut at a NUL by zipfile, `orig_filename` is what stands in the archive.
    name = member.orig_filename
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or ".." in parts or any(c in name for c in "\\:"):
        raise UnfitError(f'its member "{name}" would be written outside of its folder')
    if any(part in {"", "."} for part in parts) or not name.isprintable():
        raise UnfitError(f"its member {name!r} has an unusable name")
    for part in parts:
        if part.partition(".")[0].rstrip().casefold() in _DEVICES:
            raise UnfitError(f'its member "{name}" has the name of a device')
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise UnfitError(f'its member "{name}" is a link')
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise UnfitError(f'its member "{name}" is neither a file nor a folder')
    if member.flag_bits & 1:
        raise UnfitError(f'its member "{name}" is encrypted')


def _check_expansion(members: Sequence[zipfile.ZipInfo], packed: int) -> None:
    # The sizes in the directory of a zip bind: zipfile reads no more than they say.
    size = sum(member.file_size for member in members)
    if len(members) > MAXIMUM_FILES:
        raise UnfitError(f"it holds {len(members)} files")
    if size > MAXIMUM_BYTES or (size > HARMLESS_BYTES and size > MAXIMUM_RATIO * packed):
        raise UnfitError(f"{packed} bytes would become {size} bytes when unpacked")


def _only_folder(members: Sequence[zipfile.ZipInfo]) -> str:
    tops = sorted({member.filename.partition("/")[0] for member in members})
    if len(tops) != 1 or any("/" not in member.filename for member in members):
        listed = ", ".join(f'"{top}"' for top in tops[:5]) or "nothing"
        raise UnfitError(f"it should hold exactly one folder, and holds {listed}")
    if tops[0].startswith("."):
        raise UnfitError(f'its folder "{tops[0]}" is a hidden one')
    return tops[0]


def _names_within(members: Sequence[zipfile.ZipInfo], folder: str) -> set[str]:
    """Return the files' names, relative to `folder`, none of which hides another."""
    names: set[str] = set()
    folded: set[str] = set()
    for member in members:
        if member.is_dir():
            continue
        name = member.filename.removeprefix(f"{folder}/")
        # Some file systems take names for the same that differ in case or in normal form.
        key = normalize("NFC", name).casefold()
        if key in folded:
            raise UnfitError(f'it holds the file "{name}" twice')
        names.add(name)
        folded.add(key)
    for name in names:
        if any(parent.as_posix() in names for parent in Path(name).parents):
            raise UnfitError(f'in it "{name}" lies inside another file')
    return names
