"""Archives that must not be unpacked."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bicorpus.errors import ModelError
from bicorpus.models import packages_folder
from bicorpus.translators import package_archive
from bicorpus.translators.package_archive import inspect_archive
from bicorpus.translators.packages import install_file


def test_a_sound_archive_is_described(package_files, make_zip) -> None:
    files = package_files("de", "fr", "1.2")
    archive = inspect_archive(make_zip(files, folder="Übersetzer-de_fr"))
    assert archive.folder == "Übersetzer-de_fr"
    assert archive.name == "argos:de_fr@1.2"
    assert archive.size == sum(map(len, files.values()))


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        ("../evil", "outside"),
        ("pack/../../evil", "outside"),
        ("/etc/evil", "outside"),
        ("pack/..\\evil", "outside"),
        ("C:/evil", "outside"),
        ("pack//evil", "unusable name"),
        ("pack/./evil", "unusable name"),
        ("pack/new\nline", "unusable name"),
        ("pack/escape\x1b[2J", "unusable name"),
        ("pack/NUL", "device"),
        ("pack/model/com1.txt", "device"),
        ("other/file", "exactly one folder"),
        ("__MACOSX/pack/._metadata.json", "exactly one folder"),
        ("file", "exactly one folder"),
        ("pack/model/MODEL.bin", "twice"),
        ("pack/metadata.json/inside", "inside another file"),
    ],
)
def test_names_that_lead_astray_are_refused(
    member: str, reason: str, package_files, make_zip
) -> None:
    path = make_zip(package_files())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(member, b"evil")
    refused(path, reason)


def test_a_name_cut_at_a_nul_is_refused(package_files, make_zip) -> None:
    path = make_zip(package_files() | {"abcXdef": b""})
    path.write_bytes(path.read_bytes().replace(b"pack/abcXdef", b"pack/abc\0def"))
    refused(path, "unusable name")


@pytest.mark.parametrize(
    ("mode", "reason"), [(stat.S_IFLNK, "a link"), (stat.S_IFIFO, "neither a file nor a folder")]
)
def test_links_and_devices_are_refused(mode: int, reason: str, package_files, make_zip) -> None:
    path = make_zip(package_files())
    with zipfile.ZipFile(path, "a") as archive:
        member = zipfile.ZipInfo("pack/model/extra")
        member.external_attr = (mode | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    refused(path, reason)


def test_the_same_name_twice_is_refused(package_files, make_zip) -> None:
    path = make_zip(package_files())
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("pack/metadata.json", b"{}")
    refused(path, "twice")


def test_a_hidden_folder_is_refused(package_files, make_zip) -> None:
    refused(make_zip(package_files(), folder=".hidden"), "hidden")


def test_a_bomb_is_refused_before_it_goes_off(package_files, make_zip) -> None:
    path = make_zip(package_files() | {"model/zeros": bytes(40 << 20)})
    assert path.stat().st_size < 1 << 20
    refused(path, "would become")


def test_more_files_than_any_model_are_refused(
    package_files, make_zip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_archive, "MAXIMUM_FILES", 5)
    refused(make_zip(package_files()), "holds 6 files")


def test_metadata_of_a_megabyte_are_refused(package_files, make_zip) -> None:
    refused(make_zip(package_files() | {"metadata.json": b" " * (2 << 20)}), r"metadata\.json has")


def test_an_encrypted_member_is_refused(package_files, make_zip) -> None:
    path = make_zip(package_files())
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")  # the flags stand 8 bytes into the directory's entry
    content[place + 8 : place + 10] = struct.pack("<H", 1)
    path.write_bytes(content)
    refused(path, "encrypted")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"metadata.json": None}, "lacks metadata.json"),
        ({"model/model.bin": None}, "lacks model/model.bin"),
        ({"metadata.json": b"{}"}, '"from_code"'),
        ({"metadata.json": b'{"from_code": 7, "to_code": "en"}'}, '"from_code"'),
        ({"metadata.json": b'{"from_code": "de", "to_code": "de"}'}, "both sides"),
    ],
)
def test_what_is_no_translator_is_refused(change, reason: str, package_files, make_zip) -> None:
    files = {**package_files(), **change}
    refused(make_zip({name: b for name, b in files.items() if b is not None}), reason)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_or_an_empty_one_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.argosmodel"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"x\.argosmodel"):
        inspect_archive(path)


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no package file"):
        inspect_archive(tmp_path / "absent.argosmodel")


def test_a_truncated_zip_is_refused_wherever_it_was_cut(package_files, make_zip) -> None:
    path = make_zip(package_files())
    content = path.read_bytes()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        with pytest.raises(ModelError):
            inspect_archive(path)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_either_harmless_or_a_sentence(
    data: st.DataObject, package_files, make_zip
) -> None:
    path = make_zip(package_files())
    content = bytearray(path.read_bytes())
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        archive = inspect_archive(path)
    except ModelError as error:
        assert str(path) in str(error)  # noqa: PT017 (either outcome is right)
    else:
        assert archive.folder


def refused(path: Path, reason: str) -> None:
    """Assert that the archive is refused for `reason`, and that nothing was written."""
    with pytest.raises(ModelError, match="is refused") as caught:
        install_file(path)
    assert re.search(reason, str(caught.value)), str(caught.value)
    assert not packages_folder().exists()
