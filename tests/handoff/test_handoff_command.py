"""`bicorpus handoff` from the command line inward: what stands where, and what is told."""

from __future__ import annotations

import hashlib
import html
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from bicorpus.cli.main import bicorpus
from bicorpus.errors import BicorpusError

DATA = Path(__file__).resolve().parents[1] / "data" / "handoff"
NAME = "argos-de_en-0.9"


def run(*arguments: object) -> Result:
    words = ["handoff", *map(str, arguments)]
    result = CliRunner().invoke(bicorpus, words, standalone_mode=False)
    if result.exception and not isinstance(result.exception, BicorpusError):
        raise result.exception
    return result


def failure(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, BicorpusError), result.output
    return str(result.exception)


def lines(path: Path) -> list[str]:
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("\n")
    return text[:-1].split("\n")


@pytest.fixture
def handoff(machine: Path, people: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    run(machine, "-o", folder, "--reference", people)
    return folder


def test_without_a_reference_each_bead_with_a_source_is_a_line(machine, tmp_path):
    result = run(machine, "-o", tmp_path)
    assert lines(tmp_path / "source.de") == [
        'Brücke "gesperrt" & <zu>',
        "Die Brücke ist seit Montag zu.",
        "Das sagte ein Sprecher.",
        "Sie kostet 5 Mio. Euro netto.",
        "Pendler müssen warten.",
        "Mehr folgt.",
        "Der See ist kalt.",
        "Niemand badet.",
        "Diesen Text hat noch niemand übersetzt.",
    ]
    hypotheses = lines(tmp_path / f"hypothesis.{NAME}.en")
    assert hypotheses[3] == "It costs 🌉 6 million euros net."
    assert hypotheses[7] == "", "what the machine left out is an empty line, not a line less"
    assert set(lines(tmp_path / "docids")) == {
        "stadt/bruecke.txt", "stadt/see.txt", "stadt/neu.txt"
    }  # fmt: skip
    assert not (tmp_path / "reference.en").exists()
    assert "9 units of 3 documents" in result.stderr


def test_lines_are_joined_where_the_reference_cuts_elsewhere(handoff):
    # The people made one sentence of the second and third, and two of the fourth.
    pairs = list(zip(lines(handoff / "source.de"), lines(handoff / "reference.en"), strict=True))
    assert pairs == [
        ('Brücke "gesperrt" & <zu>', "Bridge shut"),
        (
            "Die Brücke ist seit Montag zu. Das sagte ein Sprecher.",
            "According to a spokesman, the bridge has been closed since Monday.",
        ),
        ("Sie kostet 5 Mio. Euro netto.", "It costs 5 million euros. That is net."),
        ("Pendler müssen warten.", "Commuters will have to wait."),
        # The people's edition of this text has a kicker more: sentences are found by their text.
        ("Der See ist kalt.", "The lake is cold."),
        ("Niemand badet.", "Nobody swims."),
    ]
    assert lines(handoff / f"hypothesis.{NAME}.en")[1] == (
        "The bridge has been closed since Monday. This was said by a spokesman."
    )


def test_what_has_no_reference_is_told_and_listed(machine, people, tmp_path):
    result = run(machine, "-o", tmp_path, "--reference", people)
    assert "6 units of 2 documents" in result.stderr
    assert "1 unit made of several beads" in result.stderr
    assert "2 units without a reference, listed" in result.stderr
    assert "1 where the reference leaves it out" in result.stderr
    assert "1 where the reference does not have the document" in result.stderr
    assert '"stadt/neu.txt"' in result.stderr
    assert "1 bead of the reference in no unit: text that was added." in result.stderr
    rows = [line.split("\t") for line in lines(tmp_path / "without_reference.tsv")]
    assert [(row[3], row[4]) for row in rows[1:]] == [
        ("the reference leaves it out", "Mehr folgt."),
        ("the reference does not have the document", "Diesen Text hat noch niemand übersetzt."),
    ]


def test_each_line_can_be_traced(handoff):
    head, *rows = [line.split("\t") for line in lines(handoff / "units.tsv")]
    second = dict(zip(head, rows[1], strict=True))
    assert second["line"] == "2"
    assert second["docid"] == "stadt/bruecke.txt"
    assert second["beads"] == "2 3"
    assert second["source_sentences"] == "2 3"
    assert second["shapes"] == "1-1 1-1"
    assert second["reference"] == "whole"


def test_the_manifest_has_lines_and_hashes_of_all_files(handoff):
    record = json.loads((handoff / "MANIFEST").read_text("utf-8"))
    assert set(record["files"]) == {path.name for path in handoff.iterdir()} - {"MANIFEST"}
    for name, one in record["files"].items():
        content = (handoff / name).read_bytes()
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
        assert one["lines"] == content.count(b"\n")
    for name in ("source.de", "docids", f"hypothesis.{NAME}.en", "reference.en"):
        assert record["files"][name]["lines"] == record["units"] == 6
    assert record["joined_units"] == 1
    assert sum(record["left_out"].values()) == 2


def wmt(folder: Path) -> Any:
    return etree.parse(str(folder / "wmt.xml"))


def test_wmt_xml_keeps_the_published_rules(handoff, machine, tmp_path):
    rules = etree.RelaxNG(etree.parse(str(DATA / "wmt.rng")))
    run(machine, "-o", tmp_path / "plain")
    for folder in (handoff, tmp_path / "plain"):
        tree = wmt(folder)
        rules.assertValid(tree)
        for document in tree.iter("doc"):
            wanted = [one.get("id") for one in document.find("src").iter("seg")]
            assert wanted == [str(n) for n in range(1, len(wanted) + 1)]
            for side in document:
                assert [one.get("id") for one in side.iter("seg")] == wanted
    assert len({one.get("id") for one in wmt(handoff).iter("doc")}) == 2


def test_the_rules_refuse_what_is_wrong(handoff):
    rules = etree.RelaxNG(etree.parse(str(DATA / "wmt.rng")))
    for change in ("lang", "seg", "system", "src"):
        tree = wmt(handoff)
        hypothesis = next(tree.iter("hyp"))
        if change == "seg":
            next(tree.iter("seg")).set("id", "0")
        elif change == "src":
            next(tree.iter("doc")).remove(next(tree.iter("src")))
        else:
            del hypothesis.attrib[change]
        assert not rules.validate(tree), change


def test_wmt_xml_has_the_plain_lines(handoff):
    tree = wmt(handoff)
    for tag, name in (("src", "source.de"), ("ref", "reference.en"),
                      ("hyp", f"hypothesis.{NAME}.en")):  # fmt: skip
        found = [seg.text or "" for one in tree.iter(tag) for seg in one.iter("seg")]
        assert found == lines(handoff / name)
    paragraphs = [len(p) for p in next(tree.iter("src"))]
    assert paragraphs == [1, 3], "the headline is a paragraph of its own"


def test_sacrebleus_reader_takes_the_wmt_xml(handoff):
    reader = pytest.importorskip("sacrebleu.dataset.wmt_xml").WMTXMLDataset
    fields = reader._unwrap_wmt21_or_later(str(handoff / "wmt.xml"))
    assert fields["src"] == lines(handoff / "source.de")
    assert fields["ref:reference"] == lines(handoff / "reference.en")
    assert fields["docid"] == lines(handoff / "docids")


def test_metricx_and_comet_have_the_plain_lines(handoff):
    source, hypothesis, reference = (
        lines(handoff / name) for name in ("source.de", f"hypothesis.{NAME}.en", "reference.en")
    )
    for kind, keys in (
        ("metricx", ("source", "hypothesis", "reference")), ("comet", ("src", "mt", "ref"))
    ):  # fmt: skip
        rows = [json.loads(line) for line in lines(handoff / f"{kind}.{NAME}.jsonl")]
        found = [tuple(row[key] for key in keys) for row in rows]
        assert found == list(zip(source, hypothesis, reference, strict=True))
        assert all(set(row) == set(keys) for row in rows)


def test_without_reference_metricx_has_an_empty_one_and_comet_none(machine, tmp_path):
    run(machine, "-o", tmp_path)
    rows = [json.loads(line) for line in lines(tmp_path / f"metricx.{NAME}.jsonl")]
    assert {row["reference"] for row in rows} == {""}
    rows = [json.loads(line) for line in lines(tmp_path / f"comet.{NAME}.jsonl")]
    assert set(rows[0]) == {"src", "mt"}


def test_findings_are_error_spans(handoff):
    campaign = json.loads((handoff / "esa.json").read_text("utf-8"))
    assert campaign["info"]["protocol"] == "ESA"
    assert [len(document) for document in campaign["data"]] == [4, 2]
    item = campaign["data"][0][2]
    text = item["tgt"][NAME]
    major, minor = item["error_spans"][NAME]
    # The bridge is one code point and two UTF-16 units, and one of two blanks before it is gone.
    units = text.encode("utf-16-le")
    marked = units[2 * major["start_i"] : 2 * (major["end_i"] + 1)].decode("utf-16-le")
    assert marked == "6"
    assert (major["severity"], minor["severity"]) == ("major", "minor")
    assert minor["start_i"] == minor["end_i"] == len(units) // 2, "behind the text: [missing]"
    assert set(major) == {"start_i", "end_i", "severity", "category"}
    assert item["ref"] == "It costs 5 million euros. That is net."


def test_findings_are_error_spans_for_appraise(handoff):
    (task,) = json.loads((handoff / "appraise.json").read_text("utf-8"))
    assert task["task"] == {
        "batchNo": 1,
        "randomSeed": 0,
        "requiredAnnotations": 1,
        "sourceLanguage": "deu",
        "targetLanguage": "eng",
    }
    assert [item["itemID"] for item in task["items"]] == [1, 2, 3, 4, 5, 6]
    assert [item["documentID"] for item in task["items"]] == lines(handoff / "docids")
    item = task["items"][2]
    # Texts are shown as HTML; spans count what is shown.
    text = html.unescape(item["targetText"])
    major, minor = item["mqm"]
    marked = text.encode("utf-16-le")[2 * major["start_i"] : 2 * (major["end_i"] + 1)]
    assert (marked.decode("utf-16-le"), major["severity"]) == ("6", "major")
    assert minor == {"start_i": "missing", "end_i": "missing", "severity": "minor"}
    assert {item["itemType"] for item in task["items"]} == {"TGT"}
    assert {item["targetID"] for item in task["items"]} == {NAME}
    assert task["items"][0]["sourceText"] == 'Brücke "gesperrt" &amp; &lt;zu&gt;'


def test_other_systems_go_in_step_and_are_checked(machine, people, tmp_path):
    other = tmp_path / "other.en"
    other.write_text("A\nB said\nIt costs 7 million euros net.\nD\nE\nF\n", "utf-8")
    result = run(machine, "-o", tmp_path / "o", "--reference", people, "--system", f"o={other}")
    assert lines(tmp_path / "o" / "hypothesis.o.en")[2] == "It costs 7 million euros net."
    assert "6 units" in result.stderr
    campaign = json.loads((tmp_path / "o" / "esa.json").read_text("utf-8"))
    item = campaign["data"][0][2]
    assert [one["severity"] for one in item["error_spans"]["o"]] == ["major"]
    assert [one.get("system") for one in wmt(tmp_path / "o").find("doc").findall("hyp")] == [
        NAME, "o"
    ]  # fmt: skip


@pytest.mark.parametrize("count", [5, 7])
def test_a_system_with_another_number_of_lines_is_refused(count, machine, people, tmp_path):
    other = tmp_path / "other.en"
    other.write_text("A\n" * count, "utf-8")
    said = failure(machine, "-o", tmp_path / "o", "--reference", people, "--system", f"o={other}")
    assert f'"o" has {count} lines; units to hand over: ' in said
    assert list((tmp_path / "o").iterdir()) == [], "nothing is put in place"


def test_the_filter_leaves_units_out_and_tells(machine, people, tmp_path):
    result = run(
        machine,
        "-o",
        tmp_path,
        "--reference",
        people,
        "--filter",
        "kind:body and not finding:figure",
    )
    assert lines(tmp_path / "source.de") == [
        "Die Brücke ist seit Montag zu. Das sagte ein Sprecher.",
        "Pendler müssen warten.",
        "Der See ist kalt.",
        "Niemand badet.",
    ]
    assert "2 of 9 beads left out: 1 kind:body, 1 not finding:figure." in result.stderr


def test_a_unit_goes_where_one_of_its_beads_goes(machine, people, tmp_path):
    result = run(
        machine, "-o", tmp_path, "--reference", people, "--filter", "source_characters!=23"
    )
    assert "Die Brücke ist seit Montag zu." not in (tmp_path / "source.de").read_text("utf-8")
    assert "1 bead left out for being joined with such beads." in result.stderr


def test_a_folder_of_files_is_a_reference(machine, tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "bruecke.en.txt").write_text("One\nTwo\n\nFour\nFive\nSix\n", "utf-8")
    (folder / "other.txt").write_text("Stranger\n", "utf-8")
    result = run(machine, "-o", tmp_path / "o", "--reference", folder)
    assert lines(tmp_path / "o" / "reference.en") == ["One", "Two", "Four", "Five", "Six"]
    assert "4 units without a reference" in result.stderr
    assert 'named as no document is, such as "other.txt"' in result.stderr


def test_a_file_with_another_number_of_lines_is_named(machine, tmp_path):
    (tmp_path / "see.txt").write_text("One\n", "utf-8")
    said = failure(machine, "-o", tmp_path / "o", "--reference", tmp_path)
    assert 'see.txt" has 1 line, but "stadt/see.txt" has 2 beads' in said


def test_a_reference_of_other_documents_is_refused(machine, tmp_path):
    (tmp_path / "fremd.txt").write_text("One\n", "utf-8")
    said = failure(machine, "-o", tmp_path / "o", "--reference", tmp_path)
    assert "no unit to hand over: 9 where the reference does not have the document" in said
    assert "of these documents" in said


def test_a_machines_corpus_is_no_reference(machine, tmp_path):
    assert "no reference" in failure(machine, "-o", tmp_path, "--reference", machine)


def test_a_corpus_of_people_is_handed_over_for_others_to_translate(people, tmp_path):
    result = run(people, "-o", tmp_path)
    assert "no hypothesis yet" in result.stderr
    assert not list(tmp_path.glob("hypothesis*"))
    assert lines(tmp_path / "reference.en")[-1] == "Nobody swims."
    assert "the translation leaves it out" in (tmp_path / "without_reference.tsv").read_text(
        "utf-8"
    )
    etree.RelaxNG(etree.parse(str(DATA / "wmt.rng"))).assertValid(wmt(tmp_path))
    assert "already" in failure(people, "-o", tmp_path, "--reference", people)


def test_names_that_cannot_stand_in_file_names_are_refused(machine, tmp_path):
    assert "cannot be the name" in failure(machine, "-o", tmp_path, "--name", "../x")
    other = tmp_path / "x"
    other.write_text("A\n", "utf-8")
    said = failure(machine, "-o", tmp_path, "--name", "a", "--system", f"a={other}")
    assert "Two systems" in said


def test_the_same_corpus_gives_the_same_bytes(machine, people, tmp_path):
    for name in ("a", "b"):
        run(machine, "-o", tmp_path / name, "--reference", people)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_what_lies_in_the_folder_besides_is_told(machine, tmp_path):
    (tmp_path / "hypothesis.old.en").write_text("A\n", "utf-8")
    assert '"hypothesis.old.en"' in run(machine, "-o", tmp_path, "-q").stderr
