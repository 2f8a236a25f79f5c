"""`bicorpus models`, as people and programs call it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bicorpus.cli.main import bicorpus
from bicorpus.cli.models import _progress, models
from bicorpus.errors import ModelError
from bicorpus.models import embedded_folder, find_package, survey_installed


def run(*arguments: str, typed: str = "") -> Result:
    """Run the command; an error of ours comes out as it would reach `main`."""
    result = CliRunner().invoke(bicorpus, ["models", *arguments], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_list_for_people_and_programs(package_files, make_zip) -> None:
    run("install", str(make_zip(package_files())))
    head, *rows = run("list").stdout.splitlines()
    assert head.split() == ["NAME", "LANGUAGES", "VERSION", "SIZE", "ORIGIN", "HASH"]
    assert [row.split()[0] for row in rows] == [find_package("embedded").name, "argos:de_fr@1.0"]
    listed = json.loads(run("list", "--format", "json").stdout)
    assert [row["origin"] for row in listed] == ["embedded", "installed"]
    assert listed[1]["source_language"] == "de"
    assert len(listed[1]["hash"]) == 12
    assert listed[1]["hash"] in rows[1]


def test_a_damaged_package_is_listed_as_such(lay_out) -> None:
    lay_out({"metadata.json": b"{}"}, "broken")
    result = run("list")
    assert result.exit_code == 0
    assert "broken           damaged" in result.stdout
    assert "lacks model/model.bin" in result.stdout
    broken = json.loads(run("list", "--format", "json").stdout)[1]
    assert "lacks" in broken["damaged"]


def test_info_tells_origin_licence_and_scores() -> None:
    text = run("info", "embedded").stdout
    for part in (
        "licence: ",
        "data:",
        "scores:",
        "signature: ",
        "made by: ",
        "# Translator, German to English",
    ):
        assert part in text
    facts = json.loads(run("info", "embedded", "--format", "json").stdout)
    assert facts["origin"] == "embedded"
    assert facts["card"].startswith("# ")
    assert facts["sha256"]["metadata.json"]


def test_install_and_remove(package_files, make_zip) -> None:
    path = make_zip(package_files())
    result = run("install", str(path))
    assert "Installed argos:de_fr@1.0" in result.stdout
    assert result.stderr == "", "no progress bar where there is no terminal"
    declined = run("remove", "de_fr", typed="n\n")
    assert declined.exit_code == 1
    assert len(survey_installed()) == 1
    agreed = run("remove", "de_fr", typed="y\n")
    assert agreed.exit_code == 0
    assert survey_installed() == []


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_bar_is_drawn_on_terminals_only(
    is_terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: is_terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    with _progress("de_fr") as progress:
        assert (progress is not None) == is_terminal
        if progress:
            progress(5, 10)
    assert ("de_fr" in stream.getvalue()) == is_terminal


def test_remove_without_asking(package_files, make_zip) -> None:
    run("install", str(make_zip(package_files())))
    assert run("remove", "de_fr", "--yes").stdout.startswith("Removed ")
    assert survey_installed() == []


def test_verify_fails_on_damage_and_only_then(package_files, make_zip) -> None:
    run("install", str(make_zip(package_files())))
    result = run("verify")
    assert result.exit_code == 0
    assert result.stdout.count("sound") == 3
    path = find_package("de_fr").folder / "model" / "model.bin"
    path.write_bytes(path.read_bytes() + b" ")
    result = run("verify")
    assert result.exit_code == 1
    assert "argos:de_fr@1.0 (installed): DAMAGED" in result.stdout
    assert '"model/model.bin" is not as it was recorded' in result.stdout
    assert run("verify", "embedded").exit_code == 0


def test_verify_says_where_hashes_were_never_recorded(package_files, lay_out) -> None:
    lay_out(package_files(), "de_fr")
    result = run("verify", "de_fr")
    assert result.exit_code == 0
    assert "never recorded" in result.stdout


def test_verify_takes_the_folder_of_a_damaged_package(lay_out) -> None:
    lay_out({"metadata.json": b"{}"}, "broken")
    result = run("verify", "broken")
    assert result.exit_code == 1
    assert "lacks" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("install", "embedded:de_en"),
        ("install", "de_en@1.0", "--version", "1.1"),
        ("install", "some.argosmodel", "--version", "1.1"),
        ("list", "--format", "xml"),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_errors_of_ours_reach_the_program(tmp_path: Path) -> None:
    for arguments in (
        ("info", "xx_yy"),
        ("remove", "xx_yy"),
        ("verify", "xx_yy"),
        ("install", str(tmp_path / "absent.argosmodel")),
    ):
        with pytest.raises(ModelError):
            run(*arguments)


@pytest.mark.parametrize("name", sorted(models.commands))
def test_every_command_has_examples(name: str) -> None:
    text = run(name, "--help").stdout
    assert "Examples:\n" in text
    assert f"\n    bicorpus models {name}" in text


def test_the_import_stays_light(root: Path) -> None:
    program = (
        "import sys, bicorpus.cli.models\n"
        "print([m for m in ('torch', 'argostranslate', 'ctranslate2', 'rich', 'ssl', 'zipfile')"
        " if m in sys.modules])"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_verify_covers_the_encoder_too(tmp_path, monkeypatch) -> None:
    assert "encoder-de_en (embedded): sound" in run("verify").output
    copy = tmp_path / "models"
    shutil.copytree(embedded_folder(), copy)
    config = copy / "encoder-de_en" / "config.json"
    config.write_text(config.read_text("utf-8") + " ", "utf-8")
    monkeypatch.setattr("bicorpus.models.places.embedded_folder", lambda: copy)
    result = run("verify")
    assert result.exit_code == 1
    assert 'encoder-de_en (embedded): damaged\n  The file "config.json" is not as' in result.output
