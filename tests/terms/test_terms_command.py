"""`bicorpus terms`: glossaries joined, uses reported in every form, exit statuses for CI."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bicorpus.cli.main import bicorpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "g.csv").write_text(
        "source,target,forbidden\nKiew,Kyiv,Kiev\nStaudamm,dam,\n,lost,\n", "utf-8"
    )
    (tmp_path / "a.de").write_text("Kiew schwieg.\nDie Staudämme hielten.\nNichts.\n", "utf-8")
    (tmp_path / "a.en").write_text("Kiev said nothing.\nThe dams held.\nNothing.\n", "utf-8")
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(bicorpus, ["terms", *map(str, words)], standalone_mode=False)


def check(folder: Path, *words: str | Path) -> Result:
    pair = ("--lines", folder / "a.de", folder / "a.en", "--glossary", folder / "g.csv")
    return run("check", *pair, *words)


def test_glossaries_are_joined_and_bad_rows_listed(folder: Path) -> None:
    (folder / "h.tsv").write_text("de\ten\tallowed\nKiew\tKyiv\tKyïv\nDeich\tdike\t\n", "utf-8")
    result = run("import", folder / "g.csv", folder / "h.tsv", "-o", "-")
    assert result.stdout.splitlines()[1:] == [
        "Kiew\tKyiv\tKyïv\tKiev\t\t\t\t",
        "Staudamm\tdam\t\t\t\t\t\t",
        "Deich\tdike\t\t\t\t\t\t",
    ]
    assert "g.csv, line 4: it has no source term" in result.stderr
    assert result.return_value == 4


def test_what_is_written_is_read_again_as_it_was(folder: Path) -> None:
    first, second = folder / "one.tsv", folder / "two.tsv"
    run("import", folder / "g.csv", "-o", first)
    assert run("import", first, "-o", second).return_value == 0
    assert first.read_bytes() == second.read_bytes()


def test_the_report_has_breaches_with_their_lines(folder: Path) -> None:
    result = check(folder)
    assert result.return_value == 0
    assert "Kiew → Kyiv" in result.stdout
    assert "forbidden        1  Kiev  (line 1)" in result.stdout
    assert "Staudamm" not in result.stdout
    assert result.stdout.splitlines()[-1] == "2 terms met 2 times: 1 inflected, 1 forbidden"


def test_one_is_no_plural(folder: Path) -> None:
    (folder / "g.csv").write_text("source,target,forbidden\nKiew,Kyiv,Kiev\n", "utf-8")
    lines = check(folder).stdout.splitlines()
    assert lines[0] == "Kiew → Kyiv  (met 1 time)"
    assert lines[-1] == "1 term met 1 time: 1 forbidden"
    assert run("import", folder / "g.csv", "-o", "-").stderr == "1 term, 0 rows left out.\n"


def test_a_report_that_breaks_off_is_no_file(folder: Path) -> None:
    (folder / "a.en").write_text("Kiev said nothing.\n", "utf-8")
    result = check(folder, "--format", "tsv", "-o", folder / "uses.tsv")
    assert result.exit_code == 1
    assert sorted(path.name for path in folder.iterdir()) == ["a.de", "a.en", "g.csv"]


def test_a_file_that_cannot_be_written_is_named(folder: Path) -> None:
    result = check(folder, "-o", folder / "no" / "uses.txt")
    assert 'uses.txt" cannot be written' in str(result.exception)


def test_all_uses_as_rows(folder: Path) -> None:
    rows = [
        json.loads(line) for line in check(folder, "--all", "--format", "jsonl").stdout.splitlines()
    ]
    assert [(row["place"], row["use"], row["rendering"]) for row in rows] == [
        ("line 1", "forbidden", "Kiev"),
        ("line 2", "inflected", "dams"),
    ]
    table = check(folder, "--all", "--format", "tsv").stdout.splitlines()
    assert [len(line.split("\t")) for line in table] == [10, 10, 10]


def test_a_page_to_look_at_escapes_what_it_shows(folder: Path) -> None:
    (folder / "g.csv").write_text("source,target,forbidden\nKiew,<b>Kyiv,Kiev\n", "utf-8")
    page = folder / "terms.html"
    check(folder, "--format", "html", "-o", page)
    text = page.read_text("utf-8")
    assert "&lt;b&gt;Kyiv" in text
    assert "<b>" not in text


@pytest.mark.parametrize(("use", "status"), [("forbidden", 3), ("untranslated", 0)])
def test_the_exit_status_tells_of_breaches(folder: Path, use: str, status: int) -> None:
    assert check(folder, "--fail-on", use).return_value == status


def test_a_target_text_alone(folder: Path) -> None:
    words = ("--target-only", folder / "a.en", "--glossary", folder / "g.csv", "--format", "tsv")
    rows = run("check", *words).stdout.splitlines()[1:]
    assert [row.split("\t")[0].rpartition(", ")[2] for row in rows] == ["line 1"]


def test_files_of_different_length_are_refused(folder: Path) -> None:
    (folder / "a.en").write_text("One line.\n", "utf-8")
    result = check(folder)
    assert result.exit_code == 1
    assert "3" in str(result.exception)


def test_one_kind_of_input_at_a_time(folder: Path) -> None:
    result = run("check", "--glossary", folder / "g.csv")
    assert "Give one of CORPUS" in str(result.exception)
