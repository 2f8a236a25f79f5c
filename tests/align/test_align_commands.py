"""`bicorpus align` and `bicorpus evaluate beads` from the command line inward."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bicorpus.cli.main import bicorpus
from bicorpus.errors import BicorpusError, InputError, SettingsError

GERMAN = [
    "Der Stadtrat von Bad Rosenau hat am Dienstag den Haushalt für 2025 beschlossen.",
    "Er sieht Ausgaben von 41,5 Millionen Euro vor.",
    "Bürgermeisterin Helga Brandt sprach von einem guten Tag für die Stadt.",
    "Die Opposition kritisierte die Pläne dagegen scharf, vor allem die neuen Gebühren.",
]
ENGLISH = [
    "On Tuesday the town council of Bad Rosenau passed the budget for 2025.",
    "It provides for spending of 41.5 million euros.",
    "Mayor Helga Brandt spoke of a good day for the town.",
    "The opposition, however, sharply criticized the plans, above all the new fees.",
]
NO_MODEL = ["--without", "rendering", "--without", "vectors"]


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def run_lines(*arguments: object) -> Result:
    """Run without translator and encoder, which other tests load."""
    words = ["--lines", *NO_MODEL, *map(str, arguments)]
    return CliRunner().invoke(bicorpus, ["align", *words], standalone_mode=False)


def failure(result: Result) -> BicorpusError:
    assert isinstance(result.exception, BicorpusError), result.output
    return result.exception


@pytest.fixture
def german(tmp_path: Path) -> Path:
    return write(tmp_path / "de.txt", GERMAN)


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return write(tmp_path / "en.txt", ENGLISH)


def test_a_ladder_is_printed(german: Path, english: Path) -> None:
    result = run_lines(german, english)
    lines = result.stdout.splitlines()
    assert [line.rpartition(":")[0] for line in lines] == [f"[{n}]:[{n}]" for n in range(4)]
    assert all(0 <= float(line.rpartition(":")[2]) <= 1 for line in lines)


def test_jsonl_has_texts_and_reasons(german: Path, tmp_path: Path) -> None:
    target = write(tmp_path / "short.txt", ENGLISH[:1] + ENGLISH[2:])
    records = [
        json.loads(line)
        for line in run_lines(german, target, "--format", "jsonl").stdout.splitlines()
    ]
    assert records[1]["reason"].startswith("dropped")
    assert records[1]["source_text"] == [GERMAN[1]]
    assert records[1]["target"] == []


def test_swapped_sides_are_named(german: Path, english: Path) -> None:
    assert "swapped" in str(failure(run_lines(english, german)))


def test_one_side_in_the_wrong_language_is_named(german: Path) -> None:
    error = failure(run_lines(german, german))
    assert 'is in "de" and not in "en"' in str(error)


@pytest.mark.parametrize("content", [b"", b"\n\n \n"])
def test_an_empty_side_is_refused(german: Path, tmp_path: Path, content: bytes) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(content)
    assert "empty" in str(failure(run_lines(german, empty)))


def test_a_nul_is_refused_with_its_line(german: Path, tmp_path: Path) -> None:
    broken = tmp_path / "nul.txt"
    broken.write_bytes(b"One.\nTwo\0.\n")
    assert "line 2, holds a NUL" in str(failure(run_lines(german, broken)))


def test_texts_that_are_no_translations_exit_with_3(german: Path, tmp_path: Path) -> None:
    other = write(
        tmp_path / "other.txt",
        ["The kitchen needs more salt?", "Penguins swim!", "(No) comment; none: at all.",
         "A locomotive from 1873 rusts behind the brewery in County Kerry, says Aoife Byrne.",
         "Why not?", "Seventeen owls watched over Lake Tahoe while 4,096 lamps went dark."],
    )  # fmt: skip
    result = run_lines(german, other, "--fail-on", "error")
    assert result.return_value == 3
    assert "do not look like translations" in result.stderr
    assert run_lines(german, other).return_value == 0


def test_long_lines_and_marks_of_direction_do_no_harm(tmp_path: Path) -> None:
    source = write(tmp_path / "de.txt", [*GERMAN, "wort " * 10_000, "\u200f" + GERMAN[0]])
    target = write(tmp_path / "en.txt", [*ENGLISH, "word " * 10_000, "\u202e" + ENGLISH[0]])
    result = run_lines(source, target)
    assert result.exception is None
    assert result.stdout.startswith("[0]:[0]:")


def test_hard_delimiters_hold(tmp_path: Path) -> None:
    source = write(tmp_path / "de.txt", [*GERMAN[:2], "<p>", *GERMAN[2:]])
    target = write(tmp_path / "en.txt", [*ENGLISH[:1], "<p>", *ENGLISH[1:]])
    lines = run_lines(source, target, "--hard", "<p>").stdout.splitlines()
    assert "[2]:[1]:1.00" in lines
    uneven = write(tmp_path / "uneven.txt", ENGLISH)
    assert "hard delimiters" in str(failure(run_lines(source, uneven, "--hard", "<p>")))


def test_it_must_be_said_what_to_align(german: Path, english: Path) -> None:
    result = CliRunner().invoke(
        bicorpus, ["align", str(german), str(english)], standalone_mode=False
    )
    assert isinstance(failure(result), SettingsError)


def test_a_corpus_from_a_list(tmp_path: Path, german: Path, english: Path) -> None:
    from bicorpus.store import Project

    listed = tmp_path / "pairs.tsv"
    listed.write_text(f"{german.name}\t{english.name}\n{german.name}\tmissing.txt\n", "utf-8")
    words = [listed, "-o", tmp_path / "corpus", *NO_MODEL, "--workers", "1"]
    runner = CliRunner()
    result = runner.invoke(bicorpus, ["align", *map(str, words)], standalone_mode=False)
    assert result.exception is None, result.output
    assert result.return_value == 4
    assert "missing.txt" in result.stderr
    with Project(tmp_path / "corpus", writable=False) as project:
        (article,) = project.articles()
    assert [bead.shape for bead in article.beads] == ["1-1"] * 4
    assert not any(bead.known for bead in article.beads)
    first = (tmp_path / "corpus" / "corpus.tsv").read_bytes()
    again = runner.invoke(bicorpus, ["align", *map(str, words)], standalone_mode=False)
    assert "0 pairs aligned, 1 up to date" in again.stderr
    assert (tmp_path / "corpus" / "corpus.tsv").read_bytes() == first


def test_a_list_with_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    listed = tmp_path / "pairs.tsv"
    listed.write_text("only one cell\n", "utf-8")
    result = CliRunner().invoke(
        bicorpus, ["align", str(listed), "-o", str(tmp_path / "c"), *NO_MODEL],
        standalone_mode=False,
    )  # fmt: skip
    assert "line 1, has 1 cells" in str(failure(result))


def test_beads_are_scored_strictly_and_laxly(tmp_path: Path) -> None:
    # Right: two. [3]:[2, 3] shares a sentence with gold's [3]:[3]; [4]:[] is invented.
    gold = write(tmp_path / "a.gold", ["[0]:[0]", "[1, 2]:[1]", "[3]:[3]", "[]:[2]", "[4]:[4]"])
    found = write(
        tmp_path / "a.ladder",
        ["[0]:[0]:1.0", "[1, 2]:[1]:0.9", "[3]:[2, 3]:0.5", "[4]:[]:0.2", "[]:[4]:0.2"],
    )
    result = CliRunner().invoke(
        bicorpus,
        ["evaluate", "beads", str(gold), str(found), "--format", "json"],
        standalone_mode=False,
    )
    scores = json.loads(result.output)
    assert scores["strict"]["precision"] == pytest.approx(2 / 5)
    assert scores["strict"]["recall"] == pytest.approx(2 / 4)
    assert scores["lax"]["precision"] == pytest.approx(3 / 5)
    assert scores["lax"]["recall"] == pytest.approx(3 / 4)


def test_folders_of_ladders_go_by_their_names(tmp_path: Path) -> None:
    for folder, names in (("gold", ("a.gold", "a.de", "b.gold")), ("found", ("a.ladder",))):
        (tmp_path / folder).mkdir()
        for name in names:
            write(tmp_path / folder / name, ["[0]:[0]"])
    words = ["beads", str(tmp_path / "gold"), str(tmp_path / "found")]
    missing = CliRunner().invoke(bicorpus, ["evaluate", *words], standalone_mode=False)
    assert isinstance(missing.exception, InputError)
    assert '"b"' in str(missing.exception)
    write(tmp_path / "found" / "b.ladder", ["[0]:[0]"])
    assert (
        "1.0000" in CliRunner().invoke(bicorpus, ["evaluate", *words], standalone_mode=False).output
    )


def test_a_line_that_is_no_bead_is_named(tmp_path: Path) -> None:
    gold = write(tmp_path / "a.gold", ["[0]:[0]", "0-0"])
    result = CliRunner().invoke(
        bicorpus, ["evaluate", "beads", str(gold), str(gold)], standalone_mode=False
    )
    assert "line 2, is no bead" in str(failure(result))


def test_a_worker_loads_its_models_once() -> None:
    # Tools travel to a worker with every pair.
    from bicorpus.cli.pairs.documents import PairTools
    from bicorpus.config import Settings

    tools = PairTools(Settings(), most=6, without=frozenset({"vectors"}), embedder="none")
    first, second = (pickle.loads(pickle.dumps(tools)) for _ in range(2))
    assert first is second
    assert first.signature == tools.signature
