"""`bicorpus terms extract`: every format is read again by the glossary readers, or by its rules."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from term_corpus import article_of, side_of, write_corpus

from bicorpus.cli.main import bicorpus
from bicorpus.data import Article
from bicorpus.glossaries import read_glossaries, writing
from bicorpus.terms.candidates.corpus import Candidate, CandidateRendering, Place

SCHEMA = Path(__file__).parents[1] / "data" / "terms" / "tbx-basic.rng"
TBX = "{urn:iso:std:iso:30042:ed-2}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PAIRS = [
    ("Der Staudamm hält.", "The dam holds.", "Staudamm=dam"),
    ("Zwei Staudämme brachen.", "Two dams broke.", "Staudämme=dams"),
    ("Am Staudamm stieg das Wasser.", "Water rose at the barrage.", "Staudamm=barrage"),
    (
        "Die Fischtreppe fehlt.",
        "The fish ladder is missing.",
        "Fischtreppe=fish Fischtreppe=ladder",
    ),
    ("Eine Fischtreppe half.", "It helped.", "half=helped"),
]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(bicorpus, ["terms", "extract", *map(str, words)])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "c", [article_of("a.txt", PAIRS)])


def test_people_get_terms_with_renderings_and_places(corpus: Path) -> None:
    result = run(corpus)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("   1  Staudamm  (term, met 3 times in 1 article, score ")
    assert lines[0].endswith("; a.txt, 1; a.txt, 2)")
    assert lines[1:3] == ["         2  dam  (0.90)", "         1  barrage  (0.90)"]
    assert lines[4] == "         1  fish ladder  (0.90)"


def test_the_table_for_review(corpus: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(corpus, "--format", "csv").stdout)))
    assert [(row["source"], row["target"], row["keep"]) for row in rows] == [
        ("Staudamm", "dam", ""),
        ("Fischtreppe", "fish ladder", ""),
    ]
    assert rows[0]["other_renderings"] == "barrage (1)"
    assert (rows[0]["support"], rows[0]["link_score"]) == ("2", "0.90")
    table = run(corpus, "--format", "tsv").stdout.splitlines()
    assert {line.count("\t") for line in table} == {len(writing.COLUMNS) - 1}


@pytest.mark.parametrize(
    ("form", "name"),
    [("csv", "g.csv"), ("tsv", "g.tsv"), ("tbx", "g.tbx"), ("weblate", "g.csv"),
     ("omegat", "g.txt")],
)  # fmt: skip
def test_what_is_written_is_a_glossary_that_is_read(
    corpus: Path, tmp_path: Path, form: str, name: str
) -> None:
    file = tmp_path / name
    assert run(corpus, "--format", form, "-o", file).exit_code == 0
    found = read_glossaries([file])
    assert [(term.source, term.targets) for term in found.terms] == [
        ("Staudamm", ("dam",)),
        ("Fischtreppe", ("fish ladder",)),
    ]
    assert found.left_out == ()


def test_omegat_has_no_header_and_weblate_asks_for_eyes(corpus: Path) -> None:
    first = run(corpus, "--format", "omegat").stdout.splitlines()[0]
    assert first.split("\t")[:2] == ["Staudamm", "dam"]
    rows = list(csv.DictReader(io.StringIO(run(corpus, "--format", "weblate").stdout)))
    assert {row["fuzzy"] for row in rows} == {"True"}
    assert "met 3 times" in rows[0]["developer_comments"]


def test_tbx_keeps_the_rules_of_its_dialect(corpus: Path) -> None:
    root = etree.fromstring(run(corpus, "--format", "tbx").stdout.encode())
    check_tbx(root)
    entry = root.find(f".//{TBX}conceptEntry")
    assert entry is not None
    languages = [part.get(XML_LANGUAGE) for part in entry.findall(f"{TBX}langSec")]
    assert languages == ["de", "en"]
    statuses = [
        (part.findtext(f"{TBX}term"), part.findtext(f"{TBX}termNote[@type='administrativeStatus']"))
        for part in entry.iter(f"{TBX}termSec")
    ]
    assert statuses[1:] == [("dam", None), ("barrage", "admittedTerm-admn-sts")]


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA))


def check_tbx(root: etree._Element) -> None:
    """Hold a file to the core structure of ISO 30042:2019 and to TBX-Basic."""
    schema().assertValid(root)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('type="TBX-Basic"', 'type="TBX-Core"'),
        ('style="dca"', 'style="dct"'),
        ("ed-2", "ed-1"),
        ('id="c2"', 'id="c1"'),
        ('id="c2"', ""),
        ('xml:lang="de"', ""),
        ("<term>Staudamm</term>", ""),
        ("<term>Staudamm</term>", "<term/>"),
        (">noun<", ">properNoun<"),
        ("admittedTerm-admn-sts", "admitted"),
        ("langSec", "langSet"),
        ("<sourceDesc>", "<sourceDesc/><sourceDesc>"),
    ],
)
def test_the_schema_refuses_what_is_wrong(corpus: Path, old: str, new: str) -> None:
    text = run(corpus, "--format", "tbx").stdout
    assert old in text
    assert not schema().validate(etree.fromstring(text.replace(old, new).encode()))


def test_tbx_without_a_candidate_is_not_written(corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "none.tbx"
    result = run(corpus, "--format", "tbx", "--at-least", "9", "-o", str(file))
    assert "a TBX file must have a term" in str(result.exception)
    assert not file.exists()


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Zl", "Zp"]), min_size=1, max_size=12
).filter(lambda text: " ".join(text.split()) and text.isprintable())


@given(WORDS, WORDS)
def test_tbx_gives_back_any_text(
    tmp_path_factory: pytest.TempPathFactory, one: str, two: str
) -> None:
    source, target = " ".join(one.split()), " ".join(two.split())
    made = Candidate(
        source, "de", "term", 2, 1, 3.0, 1.0, 3.0, (Place("a <b>.txt", 1),),
        (CandidateRendering(target, 2, 0.5),),
    )  # fmt: skip
    file = tmp_path_factory.mktemp("tbx") / "g.tbx"
    file.write_bytes(writing.to_tbx([made], "en"))
    check_tbx(etree.parse(file).getroot())
    [term] = read_glossaries([file]).terms
    assert (term.source, term.targets) == (source, (target,))


def test_how_many_are_not_shown(corpus: Path) -> None:
    result = run(corpus, "--most", "1")
    assert "1 of 2 candidates; --most shows more." in result.stderr
    assert "Fischtreppe" not in result.stdout
    assert "No candidates" in run(corpus, "--at-least", "9").stderr


def test_names_can_be_left_out(tmp_path: Path) -> None:
    pairs = [("Angela Merkel kam.", "Angela Merkel came.", "Merkel=Merkel")] * 2
    pairs = [*pairs, *PAIRS]
    corpus = write_corpus(tmp_path / "n", [article_of("n.txt", pairs)])
    assert "Angela Merkel  (name" in run(corpus).stdout
    assert "Merkel" not in run(corpus, "--no-names").stdout


def test_candidates_of_one_language_say_so(tmp_path: Path) -> None:
    side = side_of("en", ["The barrage broke.", "The barrage holds."], "c.txt")
    corpus = write_corpus(tmp_path / "e", [Article(side)])
    result = run(corpus)
    assert 'candidates of one language ("en"), without renderings' in result.stderr
    assert "barrage  (term, met 2 times" in result.stdout
    root = etree.fromstring(run(corpus, "--format", "tbx").stdout.encode())
    check_tbx(root)
    assert {part.get(XML_LANGUAGE) for part in root.iter(f"{TBX}langSec")} == {"en"}
    result = run(corpus, "--format", "omegat")
    assert result.stdout == ""
    assert "Left out for want of a rendering: 1 candidate;" in result.stderr


def test_articles_that_are_no_pairs_are_told_of(tmp_path: Path) -> None:
    side = side_of("en", ["The barrage broke.", "The barrage holds."], "c.txt")
    corpus = write_corpus(tmp_path / "m", [article_of("a.txt", PAIRS), Article(side)])
    result = run(corpus)
    assert 'Left out: 2 sentences in "en" outside of such pairs' in result.stderr
    assert "barrage" in run(corpus, "--side", "en").stdout


def test_a_folder_without_a_corpus_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(bicorpus, ["terms", "extract", str(tmp_path)])
    assert "There is no corpus in" in str(result.exception)
