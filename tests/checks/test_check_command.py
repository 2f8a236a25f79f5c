"""`bicorpus check` as people use it: two files, a pipe, a table; formats, limits, errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bicorpus.cli.check.output import write_text
from bicorpus.cli.main import bicorpus
from bicorpus.data import Finding, Span
from bicorpus.errors import InputError

SOURCE = ["Es kamen 3.800 Menschen.", "Das Dach ist nicht dicht.", "Alles ist gut."]
TARGET = ["3,900 people came.", "The roof is tight.", "All is well."]
FAST = ("--without", "vectors", "--without", "tags")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    places = tmp_path / "a.de", tmp_path / "a.en"
    for place, lines in zip(places, (SOURCE, TARGET), strict=True):
        place.write_text("\n".join(lines) + "\n", "utf-8")
    return str(places[0]), str(places[1])


def check(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(bicorpus, ["check", *FAST, *arguments], input=stdin)


def test_jsonl_has_an_object_a_line_with_spans(files: tuple[str, str]) -> None:
    result = check(*files, "--format", "jsonl")
    assert result.exit_code == 0
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["line"] for record in records] == [1, 2, 3]
    (figure,) = records[0]["findings"]
    assert (figure["check"], figure["severity"]) == ("figure", "error")
    place = figure["target"]
    assert TARGET[0][place["start"] : place["end"]] == "3,900"
    assert records[2]["findings"] == []


def test_text_underlines_what_is_meant(files: tuple[str, str]) -> None:
    lines = check(*files).stdout.splitlines()
    assert lines[0] == "1: Es kamen 3.800 Menschen."
    assert lines[1] == " " * 12 + "^^^^^"
    assert any(line.startswith("   error: negation: ") for line in lines)
    assert not any("Alles ist gut." in line for line in lines)


def test_tsv_has_a_row_a_finding(files: tuple[str, str]) -> None:
    rows = [line.split("\t") for line in check(*files, "--format", "tsv").stdout.splitlines()]
    assert rows[0][:3] == ["line", "check", "severity"]
    assert {row[1] for row in rows[1:]} == {"figure", "negation"}
    assert {len(row) for row in rows} == {10}


def test_the_summary_counts_by_kind(files: tuple[str, str]) -> None:
    summary = check(*files).stderr
    assert "3 lines, 2 with findings." in summary
    assert "figure" in summary
    assert check(*files, "-q").stderr == ""


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 0),
        (("--fail-on", "error"), 3),
        (("--fail-on", "error", "--skip", "figure,negation"), 0),
        (("--fail-on", "warning", "--only", "hedging"), 0),
    ],
)
def test_the_status_follows_what_is_found(
    files: tuple[str, str], options: tuple[str, ...], status: int
) -> None:
    assert check(*files, *options).exit_code == status


def test_one_side_may_come_from_standard_input(files: tuple[str, str]) -> None:
    result = check(files[0], "-", "--format", "jsonl", stdin="\n".join(TARGET))
    assert result.stdout == check(*files, "--format", "jsonl").stdout


def test_a_table_of_pairs_is_read(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("Es kamen 12 Gäste.\t13 guests came.\textra\n", "utf-8")
    result = check("--pairs", str(table), "--format", "jsonl")
    assert json.loads(result.stdout)["findings"][0]["check"] == "figure"


@pytest.mark.parametrize("is_piped", [False, True])
def test_other_numbers_of_lines_are_an_error_with_both(
    files: tuple[str, str], is_piped: bool
) -> None:
    longer = "".join(f"{line}\n" for line in [*TARGET, "More.", "And more."])
    Path(files[1]).write_text(longer, "utf-8")
    result = check(files[0], "-", stdin=longer) if is_piped else check(*files)
    assert isinstance(result.exception, InputError)
    assert "3 lines" in str(result.exception)
    assert "has 5" in str(result.exception)


def test_a_row_without_a_tab_is_an_error(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("a\tb\nno tab\n", "utf-8")
    result = check("--pairs", str(table))
    assert isinstance(result.exception, InputError)
    assert "line 2" in str(result.exception)


@pytest.mark.parametrize("arguments", [(), ("only-one",), ("-", "-"), ("a", "b", "--only", "x")])
def test_wrong_usage_is_said(arguments: tuple[str, ...]) -> None:
    result = check(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


@pytest.mark.slow
def test_all_models_together_find_a_lost_word(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    source = "Die Forscher untersuchten das Eis der Antarktis."
    table.write_text(f"{source}\tThe researchers the ice of Antarctica.\n", "utf-8")
    result = CliRunner().invoke(bicorpus, ["check", "--pairs", str(table), "--format", "jsonl"])
    assert result.exit_code == 0
    assert "omission" in {one["check"] for one in json.loads(result.stdout)["findings"]}


def test_colours_underline_on_a_terminal() -> None:
    class Terminal:
        text = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            self.text += text

    terminal = Terminal()
    finding = Finding("figure", "error", "wrong", Span(0, 2), Span(3, 4))
    write_text(terminal)(7, "17 ja", "no 1", [finding])  # type: ignore[arg-type]
    assert "\x1b[4m17" in terminal.text.replace("\x1b[31m", "") or "17\x1b[0m" in terminal.text
    assert "^" not in terminal.text
