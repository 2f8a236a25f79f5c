"""`bicorpus export --unit claim`: what a build writes as claims.tmx and claims.tsv, filtered."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from bicorpus.cli.main import bicorpus
from bicorpus.derived import claim_rows
from bicorpus.derived.header import project_header
from bicorpus.errors import BicorpusError
from bicorpus.exporters.claims_tmx import write_claims_tmx
from bicorpus.exporters.claims_tsv import write_claims_tsv
from bicorpus.exporters.tmx_rules import check_tmx
from bicorpus.store import Project


@pytest.fixture(scope="module")
def samples(root: Path) -> ModuleType:
    place = root / "tests" / "exporters" / "sample_claims.py"
    spec = importlib.util.spec_from_file_location("sample_claims", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def corpus(samples: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles with five claims and six claim pairs: four kept or changed, one lost, added."""
    folder: Path = samples.save_claim_corpus(tmp_path_factory.mktemp("claims"))
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(bicorpus, ["export", *map(str, arguments)])


def error(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, BicorpusError), result.output
    return str(result.exception)


@pytest.mark.parametrize(("form", "write"), [("tmx", write_claims_tmx), ("tsv", write_claims_tsv)])
def test_it_is_what_a_build_writes(form, write, corpus, tmp_path):
    with Project(corpus, writable=False) as project:
        write(claim_rows(project), project_header(project), tmp_path / "derived")
    result = run(corpus, "--format", form, "--unit", "claim", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out").read_bytes() == (tmp_path / "derived").read_bytes()
    shown = run(corpus, "--format", form, "--unit", "claim", "-o", "-", "-q")
    assert shown.stdout_bytes == (tmp_path / "out").read_bytes()


def test_a_unit_is_a_claim_pair(corpus, tmp_path):
    out = tmp_path / "out.tmx"
    result = run(corpus, "--format", "tmx", "--unit", "claim", "-o", out)
    assert result.stderr.splitlines() == [
        f"4 units written to {out}.",
        "2 of 6 claims left out: 1 the source side is empty, 1 the target side is empty.",
    ]
    assert check_tmx(out, units=4) == []
    units = [
        [seg.text for seg in unit.iter("seg")] for unit in etree.parse(out).getroot().iter("tu")
    ]
    assert ["Die Fähre … fährt … nicht mehr", "The ferry no longer runs"] in units
    assert ["Zwei Boote sanken", "Two boats … sank"] in units


def test_bead_is_the_default(corpus, tmp_path):
    run(corpus, "--format", "tmx", "-o", tmp_path / "one")
    run(corpus, "--format", "tmx", "--unit", "bead", "-o", tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert check_tmx(tmp_path / "one", units=3) == []


@pytest.mark.parametrize(
    ("expression", "verdicts"),
    [
        ("verdict:lost", ["lost"]),
        ("verdict!=kept", ["changed", "lost", "added"]),
        ("score>=0.8 and verdict:kept", ["kept", "kept", "kept"]),
        ("score:none", ["lost", "added"]),
        ("finding:quantity", ["changed"]),
        ("severity:warning or group:g2", ["changed", "kept"]),
        ("group:g1", ["kept", "kept"]),
        ("target_words>=6", ["changed"]),
        ("origin:*nachtrag*", ["kept"]),
    ],
)
def test_filters_ask_for_what_claims_have(expression, verdicts, corpus, tmp_path):
    arguments = ("--format", "tsv", "--unit", "claim", "--filter", expression)
    assert run(corpus, *arguments, "-o", tmp_path / "out").exit_code == 0
    assert [row["verdict"] for row in table(tmp_path / "out")] == verdicts


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_kept_and_rejected_claims_are_the_whole(corpus, tmp_path):
    run(
        *(corpus, "--format", "tmx", "--unit", "claim", "-o", tmp_path / "out"),
        *("--filter", "score>=0.6", "--rejected", tmp_path / "rejected.tsv"),
    )
    rejected = [(one["verdict"], one["reasons"]) for one in table(tmp_path / "rejected.tsv")]
    assert rejected == [
        ("changed", "score>=0.6 (0.5000)"),
        ("lost", "score>=0.6 (not computed) | the target side is empty"),
        ("added", "score>=0.6 (not computed) | the source side is empty"),
    ]
    assert len(rejected) + len(list(etree.parse(tmp_path / "out").getroot().iter("tu"))) == 6


def test_what_if_counts_claims(corpus):
    result = run(corpus, "--unit", "claim", "--what-if", "--filter", "verdict:kept and group:g9")
    assert result.stdout.splitlines()[-1] == "0 of 6 claims would be written."
    assert result.stderr == 'Note: no claim has the group "g9".\n'


@pytest.mark.parametrize("form", ["jsonl", "xliff", "xces", "moses", "parquet"])
def test_other_formats_say_that_they_have_no_unit_of_claims(form, corpus, tmp_path):
    message = error(corpus, "--format", form, "--unit", "claim", "-o", tmp_path / "out")
    assert message.startswith(f'The format "{form}" has no unit of its own for a claim. ')
    assert "tsv, tmx" in message
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_without_claims_says_so(tmp_path):
    with Project(tmp_path / "bare"):
        pass
    result = run(tmp_path / "bare", "--format", "tsv", "--unit", "claim", "-o", tmp_path / "out")
    assert result.stderr.splitlines()[-1].startswith("Note: there is no claim in this corpus; ")
    assert run(tmp_path / "bare", "--unit", "claim", "--what-if").stderr.startswith("Note: there")


def test_fields_of_the_other_kind_are_told(corpus):
    message = error(corpus, "--unit", "claim", "--what-if", "--filter", "type:1-1")
    assert '"type" is a field of beads only.' in message
    message = error(corpus, "--what-if", "--filter", "score>0 and verdict:kept")
    assert message.startswith('Column 13 of the filter: "verdict" is a field of claims only.')


def test_links_go_to_standard_output(corpus):
    result = run(corpus, "--format", "links", "-o", "-")
    assert result.stdout.splitlines()[-1].endswith("\t4-9\t4-8\tHafen\tport\t1.0000")
    assert result.stderr == "10 links written to standard output.\n"


def test_links_are_a_third_file_of_moses(corpus, tmp_path):
    result = run(corpus, "--format", "moses", "--links", "-o", tmp_path / "out")
    out = tmp_path / "out"
    assert result.stderr == f"3 lines written to {out}.de, {out}.en and {out}.align.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.align", "out.de", "out.en"]
    assert (tmp_path / "out.align").read_text("utf-8").splitlines()[2] == "1-1"
    message = error(corpus, "--format", "tmx", "--links", "-o", tmp_path / "out.tmx")
    assert message.startswith('The format "tmx" has no file for word links.')
