"""`bicorpus evaluate mt`: figures as sacreBLEU's, groups, checks, forms, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from bicorpus.cli.main import bicorpus
from bicorpus.errors import BicorpusError

pytest.importorskip("sacrebleu")


def run(*arguments: object) -> Result:
    words = ["evaluate", "mt", *map(str, arguments)]
    result = CliRunner().invoke(bicorpus, words, standalone_mode=False)
    if result.exception and not isinstance(result.exception, BicorpusError):
        raise result.exception
    return result


def failure(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, BicorpusError), result.output
    return str(result.exception)


def given(files: Path, *more: object) -> list[object]:
    return [
        "--hypothesis", f"good={files / 'good.en'}", "--hypothesis", f"poor={files / 'poor.en'}",
        "--reference", files / "reference.en", "--source", files / "source.de",
        "--docids", files / "docids", *more,
    ]  # fmt: skip


def record(*arguments: object) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    assert result.exception is None, result.exception
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def sacrebleu(*arguments: object) -> str:
    """What sacreBLEU's own command line prints."""
    done = subprocess.run(
        [sys.executable, "-m", "sacrebleu", *map(str, arguments)],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONUTF8": "1", "SACREBLEU_SEED": "12345"},
    )  # fmt: skip
    return done.stdout


def test_the_figures_are_those_of_sacrebleus_command_line(files: Path) -> None:
    found = record(*given(files))
    for system in ("good", "poor"):
        printed = sacrebleu(
            files / "reference.en", "-i", files / f"{system}.en", "-m", "bleu", "chrf", "ter",
            "--confidence", "-w", "6", "-f", "json",
        )  # fmt: skip
        for one in json.loads(printed):
            name = one["name"]
            assert found["systems"][system][name]["score"] == pytest.approx(one["score"], abs=1e-5)
            mean, half = one["confidence_mean"], one["confidence_var"]
            edges = found["systems"][system][name]
            assert edges["low"] == pytest.approx(mean - half, abs=1e-3)
            assert edges["high"] == pytest.approx(mean + half, abs=1e-3)
            assert found["signatures"][name] == one["signature"]


@pytest.mark.parametrize(("test", "option"), [("bs", "--paired-bs"), ("ar", "--paired-ar")])
def test_the_significance_is_that_of_sacrebleus_command_line(
    test: str, option: str, files: Path
) -> None:
    found = record(*given(files), "--test", test, "--metrics", "bleu,chrf")
    # Its JSON of a bootstrap test cannot be written (sacreBLEU 2.6): the table has four decimals.
    table = sacrebleu(
        files / "reference.en", "-i", files / "good.en", files / "poor.en",
        "-m", "bleu", "chrf", option, "-f", "text",
    )  # fmt: skip
    printed = [float(p) for p in re.findall(r"p = (0\.\d{4})", table)]
    assert len(printed) == 2, table
    assert [(one["system"], one["against"]) for one in found["comparisons"]] == [
        ("poor", "good"), ("poor", "good")
    ]  # fmt: skip
    assert [one["p"] for one in found["comparisons"]] == pytest.approx(printed, abs=6e-5)


def test_two_references_count_as_sacrebleu_counts_them(files: Path) -> None:
    second = ["--reference", files / "poor.en"]
    found = record(*given(files, *second), "--metrics", "bleu,ter", "--resamples", "0")
    printed = sacrebleu(
        files / "reference.en", files / "poor.en", "-i", files / "good.en", "-m", "bleu", "ter",
        "-w", "6", "-f", "json",
    )  # fmt: skip
    scores = found["systems"]["good"]
    assert {one["name"]: one["score"] for one in json.loads(printed)} == pytest.approx(
        {name: one["score"] for name, one in scores.items()}, abs=1e-5
    )
    assert found["references"] == 2
    assert scores["BLEU"]["low"] is None


def test_groups_are_scored_as_corpora_of_their_own(files: Path) -> None:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    found = record(*given(files))
    good, reference = (
        (files / name).read_text("utf-8").splitlines() for name in ("good.en", "reference.en")
    )
    lake = next(one for one in found["groups"] if one["name"] == "lake")
    wanted = {
        metric.__class__.__name__: metric.corpus_score(good[6:10], [reference[6:10]]).score
        for metric in (BLEU(), CHRF(), TER())
    }
    scores = lake["systems"]["good"]
    assert (lake["scope"], lake["lines"]) == ("document", 4)
    assert scores["BLEU"] == pytest.approx(wanted["BLEU"])
    assert scores["chrF2"] == pytest.approx(wanted["CHRF"])
    assert scores["TER"] == pytest.approx(wanted["TER"])


def test_segments_are_told_apart_by_what_they_hold(files: Path) -> None:
    found = record(*given(files), "--metrics", "chrf", "--resamples", "0")
    lines = {one["name"]: one["lines"] for one in found["groups"] if one["scope"] == "holds"}
    # By hand: 40, 5 million, 2026, two, many, October; niemand, nicht, keinen; one with quotes.
    assert lines["figures"] == 6
    assert lines["negation"] == 3
    assert lines["quotes"] == 1
    for feature in ("figures", "negation", "quotes"):
        assert lines[feature] + lines[f"no {feature}"] == 12
    lengths = [one for one in found["groups"] if one["scope"] == "length"]
    assert [one["name"] for one in lengths] == ["1-10 words"]


def test_checks_stand_beside_the_scores(files: Path) -> None:
    checks = record(*given(files), "--metrics", "chrf", "--resamples", "0")["checks"]
    assert set(checks) == {"good", "poor", "reference"}
    # Of the six figures of the source the poor system has one wrong: 5 became 6.
    assert checks["good"]["figures_kept"]["right"] == checks["good"]["figures_kept"]["of"] == 6
    assert checks["poor"]["figures_kept"]["right"] == 5
    # The check tells two other bounds, too: "round 40" is no "about 40", "around two" is no "two".
    figure = checks["poor"]["checks"]["figure"]
    assert (figure["lines"], figure["errors"], figure["warnings"]) == (3, 1, 2)
    assert figure["kept"] == {"right": 3, "of": 6, "share": 0.5}
    # "keinen Grund zur Freude" became "a ground to joy": one of three negations is lost, and the
    # good system has all of them though the check found nothing in it.
    assert checks["poor"]["checks"]["negation"]["kept"]["of"] == 3
    assert checks["poor"]["checks"]["negation"]["kept"]["right"] < 3
    assert checks["good"]["checks"]["negation"]["kept"] == {"right": 3, "of": 3, "share": 1.0}


def test_without_a_source_it_says_what_is_missing(files: Path) -> None:
    found = record(
        "--hypothesis", files / "good.en", "--reference", files / "reference.en",
        "--metrics", "chrf",
    )  # fmt: skip
    assert found["checks"] is None
    assert list(found["systems"]) == ["good.en"]
    said = " ".join(found["notes"])
    assert "--source" in said
    assert "--docids" in said


def test_seed_and_input_decide_the_figures(files: Path) -> None:
    words = given(files, "--metrics", "chrf", "--resamples", "100")
    assert run(*words).stdout == run(*words).stdout
    assert record(*words) != record(*words, "--seed", "1")


def test_an_empty_line_of_one_reference_leaves_the_other(files: Path) -> None:
    second = files / "second.en"
    texts = (files / "good.en").read_text("utf-8").split("\n")
    texts[3] = ""
    second.write_text("\n".join(texts), "utf-8")
    found = record(*given(files, "--reference", second), "--metrics", "chrf", "--resamples", "0")
    assert "nrefs:var" in found["signatures"]["chrF2"]
    assert any("has nothing in 1 line:" in note for note in found["notes"])


def test_the_terminal_shows_all_parts(files: Path) -> None:
    shown = run(*given(files)).stdout
    for words in (
        "12 lines, 1 reference", "poor - good", "by length", "by contents", "by document",
        "figures kept by value", "lines with negation, all kept",
        "BLEU: nrefs:1|bs:1000|seed:12345",
    ):  # fmt: skip
        assert words in shown


def test_the_table_has_the_same_figures(files: Path) -> None:
    words = given(files, "--metrics", "bleu")
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "tsv").stdout), delimiter="\t"))
    found = record(*words)
    (score,) = (row for row in rows if row["scope"] == "all" and row["system"] == "poor")
    assert float(score["value"]) == pytest.approx(
        found["systems"]["poor"]["BLEU"]["score"], abs=1e-4
    )
    (difference,) = (row for row in rows if row["scope"] == "difference")
    assert difference["against"] == "good"
    assert float(difference["p"]) == pytest.approx(found["comparisons"][0]["p"], abs=1e-4)
    assert {row["scope"] for row in rows} == {
        "all", "difference", "document", "length", "holds", "check"
    }  # fmt: skip


class Page(HTMLParser):
    """Notes tags and attributes, and complains about what is closed wrongly."""

    empty = frozenset({"meta", "br", "rect", "path", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.empty:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def page(files: Path) -> tuple[str, Page]:
    words = given(files, "--hypothesis", f'<b>&"={files / "good.en"}')
    run(*words, "--format", "html", "-o", files / "report.html")
    text = (files / "report.html").read_text("utf-8")
    parsed = Page()
    parsed.feed(text)
    assert parsed.open == []
    return text, parsed


def test_the_page_loads_nothing_and_follows_light_and_dark(page: tuple[str, Page]) -> None:
    text, parsed = page
    assert not re.search(r"https?:|//[a-z]|url\(|@import", text)
    tags = {tag for tag, _ in parsed.seen}
    assert not tags & {"script", "link", "img", "iframe", "object"}
    assert "prefers-color-scheme: dark" in text
    assert "&lt;b&gt;" in text
    assert "<b>" not in text


def test_the_page_can_be_read_without_seeing_it(page: tuple[str, Page]) -> None:
    _, parsed = page
    assert ("html", {"lang": "en"}) in parsed.seen
    pictures = [attributes for tag, attributes in parsed.seen if tag == "svg"]
    assert len(pictures) > 5
    for attributes in pictures:
        assert "aria-hidden" in attributes or (
            attributes["role"] == "img" and "good" in str(attributes["aria-label"])
        )
    tables = [tag for tag, _ in parsed.seen if tag == "table"]
    captions = [tag for tag, _ in parsed.seen if tag == "caption"]
    assert len(tables) == len(captions) > 4
    assert all("scope" in attributes for tag, attributes in parsed.seen if tag == "th")


def test_the_plots_are_well_formed(page: tuple[str, Page]) -> None:
    for picture in re.findall(r"<svg.*?</svg>", page[0], flags=re.DOTALL):
        etree.fromstring(picture)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"A line\n", "has 1 line,"),
        ("ü\n".encode("latin-1") * 12, "line 1 has the byte 0xFC"),
        ("A\n".encode("utf-16"), "UTF-16"),
        ("A\n".encode("utf-16-le") * 12, "line 1 has a NUL"),
    ],
)
def test_files_that_do_not_fit_are_named(content: bytes, words: str, files: Path) -> None:
    (files / "bad.en").write_bytes(content)
    said = failure("--hypothesis", files / "bad.en", "--reference", files / "reference.en")
    assert words in said
    assert 'bad.en"' in said


def test_a_reference_line_that_is_empty_is_named(files: Path) -> None:
    lines = (files / "reference.en").read_text("utf-8").split("\n")
    lines[1] = lines[4] = ""
    (files / "reference.en").write_text("\n".join(lines), "utf-8")
    said = failure("--hypothesis", files / "good.en", "--reference", files / "reference.en")
    assert "lines 2, 5" in said


def test_a_reference_of_another_text_is_refused(files: Path) -> None:
    other = files / "other.en"
    other.write_text(
        "".join(f"Something else, number {n}, entirely.\n" for n in range(12)), "utf-8"
    )
    said = failure("--hypothesis", files / "good.en", "--reference", other)
    assert "not translations of the same text" in said


def test_lines_out_of_step_are_refused_where_it_begins(files: Path) -> None:
    places = "ABCDEFGH"
    reference = [f"The mayor of {p}{q} opened house {n}{p}." for n, (p, q) in enumerate(
        (p, q) for p in places for q in places
    )]  # fmt: skip
    hypothesis = [f"house {n}{line[13]} of {line[13:15]}" for n, line in enumerate(reference)]
    hypothesis = hypothesis[:22] + hypothesis[23:] + ["an end"]
    for name, lines in (("r", reference), ("h", hypothesis)):
        (files / name).write_text("\n".join(lines) + "\n", "utf-8")
    said = failure("--hypothesis", files / "h", "--reference", files / "r")
    assert "From about line 21 on" in said
    assert "n+1" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--metrics", "comet"], 'no metric "comet"'),
        (["--metrics", ","], "no metric named"),
        (["--resamples", "3"], "3 resamples"),
        (["--languages", "deutsch"], "no pair of languages"),
        (["--hypothesis", "=x"], "names no file"),
        (["--hypothesis", "good=good.en"], 'the name "good"'),
    ],
)
def test_wrong_words_are_sentences(words: list[str], said: str, files: Path) -> None:
    assert said in failure(*given(files, *words))


def test_nothing_to_score_is_told(files: Path) -> None:
    assert "no hypothesis" in failure("--reference", files / "reference.en")
    assert "no reference" in failure("--hypothesis", files / "good.en")


def test_html_entities_are_told(files: Path) -> None:
    lines = (files / "good.en").read_text("utf-8").replace('"', "&quot;")
    (files / "good.en").write_text(lines, "utf-8")
    notes = record(*given(files, "--metrics", "chrf", "--resamples", "0"))["notes"]
    assert any("HTML entities" in note and "1 line:" in note for note in notes)


def test_a_text_that_says_the_same_in_all_lines_is_no_stranger_to_itself(tmp_path: Path) -> None:
    lines = [f"Dear customer, your parcel number {n} has arrived at our desk.\n" for n in range(20)]
    (tmp_path / "same.en").write_text("".join(lines), "utf-8")
    words = ("--hypothesis", tmp_path / "same.en", "--reference", tmp_path / "same.en")
    assert run(*words, "--resamples", "0").exit_code == 0
