"""Which package a name means, and what a person reads where it means none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bicorpus.errors import ModelError
from bicorpus.models import (
    Package,
    Unusable,
    embedded_packages,
    find_package,
    package_hash,
    packages_folder,
    places,
    survey_embedded,
    survey_installed,
    version_key,
)


def test_embedded_is_the_one_that_ships() -> None:
    package = find_package("embedded")
    assert package == find_package("embedded:de_en") == embedded_packages()[0]
    assert (package.source_language, package.target_language) == ("de", "en")
    assert package.origin == "embedded"
    assert find_package(f"embedded:de_en@{package.version}") == package


@pytest.mark.parametrize("name", ["de_en", "argos:de_en"])
def test_a_pair_means_the_embedded_one_until_another_is_installed(
    name: str, package_files, lay_out
) -> None:
    assert find_package(name).origin == "embedded"
    lay_out(package_files("de", "en", "0.0"), "older")
    assert find_package(name).origin == "installed", "an older one was installed on purpose"
    assert find_package("embedded:de_en").origin == "embedded"


def test_the_newest_installed_is_found_by_number_not_by_text(package_files, lay_out) -> None:
    for version in ("1.9", "1.10", "1.2"):
        lay_out(package_files(version=version), f"de_fr-{version}")
    assert find_package("argos:de_fr").version == "1.10"
    assert find_package("de_fr@1.2").version == "1.2"
    assert version_key("1.10") > version_key("1.9")


def test_a_path_means_the_folder(package_files, lay_out) -> None:
    folder = lay_out(package_files(), "anything")
    package = find_package(str(folder))
    assert (package.origin, package.folder) == ("folder", folder.resolve())


@pytest.mark.parametrize("name", ["de_xx", "argos:de_en@77", "nonsense", "embedded:de_fr", ""])
def test_an_unknown_name_is_answered_with_what_there_is(name: str, package_files, lay_out) -> None:
    if name:  # an empty name is the current folder to Path, and that is no package
        lay_out(package_files(), "de_fr")
    with pytest.raises(ModelError) as caught:
        find_package(name)
    if name:
        assert f'"{name}"' in str(caught.value)
        assert "argos:de_fr@1.0 (installed)" in str(caught.value)
        assert "bicorpus models install" in str(caught.value)


def test_a_packed_package_is_to_be_installed_first(package_files, make_zip) -> None:
    path = make_zip(package_files())
    with pytest.raises(ModelError, match="bicorpus models install"):
        find_package(str(path))


def test_two_different_packages_of_one_name_are_not_guessed_between(package_files, lay_out) -> None:
    lay_out(package_files(), "one")
    lay_out(package_files(), "same")
    assert find_package("de_fr").folder.name == "one"
    lay_out(package_files() | {"model/model.bin": b"others"}, "two")
    with pytest.raises(ModelError, match="differ"):
        find_package("de_fr@1.0")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"model/model.bin": None}, "model/model.bin"),
        ({"model/model.bin": b""}, "is empty"),
        ({"sentencepiece.model": None}, "sentencepiece.model or bpe.model"),
        ({"model/shared_vocabulary.json": None}, "vocabulary"),
        ({"metadata.json": None}, "metadata.json"),
        ({"metadata.json": b"\xff"}, "no JSON"),
        ({"metadata.json": b"[" * 100_000}, "no JSON"),
        ({"metadata.json": b"[]"}, "no JSON object"),
        ({"metadata.json": b'{"from_code": "de"}'}, '"to_code"'),
        ({"metadata.json": b'{"from_code": "../x", "to_code": "en"}'}, '"from_code"'),
        ({"metadata.json": b'{"from_code": "de", "to_code": "de"}'}, "both sides"),
        ({"metadata.json": b'{"from_code": "de", "to_code": "en"}'}, "package_version"),
        ({"metadata.json": b'{"type": "sbd", "from_code": "de"}'}, '"sbd"'),
    ],
)
def test_a_damaged_package_is_surveyed_with_its_reason(
    change: dict[str, bytes | None], reason: str, package_files, lay_out
) -> None:
    files = {**package_files(), **change}
    folder = lay_out({name: b for name, b in files.items() if b is not None}, "de_fr")
    (found,) = survey_installed()
    assert isinstance(found, Unusable)
    assert reason in found.reason
    assert str(folder) in found.reason
    with pytest.raises(ModelError, match="damaged"):
        find_package("de_fr")
    with pytest.raises(ModelError, match="cannot be used"):
        find_package(str(folder))


def test_separate_vocabularies_and_bpe_are_fine(package_files, lay_out) -> None:
    files = package_files()
    del files["model/shared_vocabulary.json"], files["sentencepiece.model"]
    files |= dict.fromkeys(
        ["model/source_vocabulary.txt", "model/target_vocabulary.txt", "bpe.model"], b"x"
    )
    lay_out(files, "de_fr")
    assert isinstance(survey_installed()[0], Package)


def test_what_an_interrupted_installation_left_is_not_listed(package_files, lay_out) -> None:
    lay_out({"metadata.json": b"{"}, ".bicorpus-incoming-packages")
    assert survey_installed() == []


def test_the_packages_folder_is_the_one_of_argostranslate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "XDG_CONFIG_HOME" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "file")}))
    assert packages_folder() == tmp_path / "file"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "variable"))
    assert packages_folder() == tmp_path / "variable"
    monkeypatch.delenv("ARGOS_PACKAGES_DIR")
    settings.write_text("{")
    with pytest.raises(ModelError, match=r"settings\.json"):
        packages_folder()
    assert find_package("embedded").origin == "embedded", "the main job does not need them"


def test_a_packages_folder_that_is_a_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="ARGOS_PACKAGES_DIR"):
        survey_installed()


def test_a_broken_installation_of_ours_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "embedded_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="Install bicorpus again"):
        find_package("embedded")
    (tmp_path / "manifest.toml").write_text('[[model]]\nfolder = "gone"\nkind = "translator"\n')
    (found,) = survey_embedded()
    assert isinstance(found, Unusable)
    with pytest.raises(ModelError, match="gone"):
        find_package("embedded")


def test_the_hash_follows_what_decides_results(package_files, lay_out) -> None:
    lay_out(package_files(), "one")
    before = package_hash(find_package("de_fr"))
    assert len(before) == 12
    lay_out({"README.md": b"Another card."}, "one")
    assert package_hash(find_package("de_fr")) == before
    for name in ("model/model.bin", "model/config.json", "sentencepiece.model"):
        lay_out({name: b"changed"}, "one")
        changed = package_hash(find_package("de_fr"))
        assert changed != before
        before = changed


def test_the_hash_is_the_same_wherever_the_package_lies(package_files, lay_out) -> None:
    one, two = (find_package(str(lay_out(package_files(), name))) for name in ("one", "two"))
    assert package_hash(one) == package_hash(two)
