"""`bicorpus terms consistency`: renderings told apart whatever their inflection, odd ones first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from term_corpus import article_of, write_corpus

from bicorpus.cli.main import bicorpus
from bicorpus.cli.terms.reading import read_corpus
from bicorpus.terms.consistency import Renderings
from bicorpus.terms.consistency_renderings import Consistency, outlet_of, surprise

HOLDS = ("Der Staudamm hält.", "The dam holds.", "Staudamm=dam hält=holds")
BROKE = ("Zwei Staudämme brachen.", "Two dams broke.", "Staudämme=dams brachen=broke")
BARRAGE = ("Am Staudamm stieg das Wasser.", "Water rose at a barrage.",
           "Staudamm=barrage Wasser=Water stieg=rose")  # fmt: skip
WATER = ("Das Wasser stieg.", "The water rose.", "Wasser=water stieg=rose")
RUSSIA = ("Russland schwieg.", "Russia was silent.", "Russland=Russia")
RUSSIAN = ("Die Armee Russlands schwieg.", "The Russian army was silent.",
           "Armee=army Russlands=Russian")  # fmt: skip
LOST = ("Am Staudamm war es still.", "It was quiet there.", "still=quiet")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    articles = [
        article_of("https://www.fluss.example/1", [HOLDS, BROKE, WATER, RUSSIA]),
        article_of("https://fluss.example/2", [HOLDS, BARRAGE, RUSSIAN]),
        article_of("press/bote/3.txt", [BROKE, WATER, RUSSIA, LOST]),
    ]
    return write_corpus(tmp_path / "c", articles)


def terms(corpus: Path, at_least: int = 3) -> dict[str, Consistency]:
    gathered = Renderings("de")
    for bead in read_corpus(corpus):
        gathered.add(bead)
    return {one.form: one for one in gathered.terms(at_least=at_least)}


def test_the_odd_rendering_stands_beside_the_usual_one(corpus: Path) -> None:
    dam = terms(corpus)["Staudamm"]
    assert (dam.count, dam.unlinked, dam.mixed) == (6, 1, 1)
    usual, odd = dam.renderings
    assert (usual.form, usual.count, usual.surprise) == ("dam", 4, 0)
    assert (odd.form, odd.count) == ("barrage", 1)
    assert odd.surprise == surprise(1, 4, 5, 0.9) > 0
    assert [str(place) for place in odd.places] == ["https://fluss.example/2, 2"]
    assert odd.outlets == (("fluss.example", 1),)
    assert dict(usual.outlets) == {"fluss.example": 3, "bote": 1}


def test_neither_inflection_nor_derivation_is_another_rendering(corpus: Path) -> None:
    found = terms(corpus)
    assert [one.form for one in found["Russland"].renderings] == ["Russia"]
    assert [one.form for one in found["Wasser"].renderings] == ["water"]


def test_words_without_content_are_out(corpus: Path) -> None:
    assert set(terms(corpus)) == {"Staudamm", "Russland", "Wasser", "steigen", "schweigen"} & set(
        terms(corpus)
    )
    assert {"der", "sein", "am", "es"}.isdisjoint(terms(corpus, at_least=2))


@pytest.mark.parametrize(
    ("origin", "outlet"),
    [
        ("https://www.fluss.example/a/b", "fluss.example"),
        ("HTTP://Bote.Example", "bote.example"),
        ("press/bote/3.txt", "bote"),
        ("C:\\press\\bote\\3.txt", "bote"),
        ("3.txt", "."),
    ],
)
def test_the_outlet_of_a_document(origin: str, outlet: str) -> None:
    assert outlet_of(origin) == outlet


@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 50), st.floats(0, 1))
def test_surprise_is_least_for_the_usual_and_grows_with_it(
    count: int, more: int, rest: int, link: float
) -> None:
    usual = count + more
    total = usual + count + rest
    found = surprise(count, usual, total, link)
    assert found >= 0
    assert surprise(usual, usual, total, link) == 0
    assert surprise(count, usual + 1, total + 1, link) >= found
    assert surprise(count, usual, total + 5, link) <= found


def test_of_other_words_every_time_none_is_odd() -> None:
    assert surprise(1, 1, 9, 1.0) == 0
    assert surprise(0, 3, 3, 1.0) == 0


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(bicorpus, ["terms", "consistency", *map(str, words)])


def test_the_report_for_people(corpus: Path) -> None:
    result = run(corpus)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == (
        "Staudamm  (met 6 times, 1 of them unlinked, in more than one way in 1 article)"
    )
    assert lines[1].startswith("          4  dam  (3 articles: fluss.example 3, bote 1; 4 places: ")
    assert lines[2].split() == ["1.4", "1", "barrage", "(https://fluss.example/2,", "bead", "2)"]
    assert "1 to show, 0 of them not shown." in result.stderr
    everything = run(corpus, "--all", "--most", "1")
    assert "of them not shown; --most shows more." in everything.stderr


def test_rows_for_programs(corpus: Path) -> None:
    rows = [json.loads(line) for line in run(corpus, "--format", "jsonl").stdout.splitlines()]
    assert [(row["term"], row["rendering"], row["count"]) for row in rows] == [
        ("Staudamm", "dam", 4),
        ("Staudamm", "barrage", 1),
    ]
    assert rows[1]["places"] == [{"document": "https://fluss.example/2", "bead": 2}]
    table = run(corpus, "--format", "tsv", "--all").stdout.splitlines()
    assert len({line.count("\t") for line in table}) == 1


def test_a_page_to_look_at_escapes_what_it_shows(tmp_path: Path) -> None:
    article = article_of("<b>/1.txt", [HOLDS, BROKE, BARRAGE])
    corpus = write_corpus(tmp_path / "c", [article])
    page = tmp_path / "page.html"
    run(corpus, "--format", "html", "-o", page)
    text = page.read_text("utf-8")
    assert "&lt;b&gt;/1.txt, bead 3" in text
    assert "<b>" not in text


def test_a_glossary_says_what_is_looked_at(corpus: Path, tmp_path: Path) -> None:
    glossary = tmp_path / "g.tsv"
    glossary.write_text("source\ttarget\nWasser\twater\nDeich\tdike\n", "utf-8")
    rows = run(corpus, "--glossary", glossary, "--all", "--format", "tsv").stdout.splitlines()
    assert [row.split("\t")[:2] for row in rows[1:]] == [["Wasser", "3"]]


def test_a_corpus_without_links_says_so(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "c", [article_of("a.txt", [("Nichts.", "Nothing.", "")])])
    result = run(corpus)
    assert "has no word links" in str(result.exception)


def test_memory_is_bounded_and_it_is_told(corpus: Path) -> None:
    gathered = Renderings("de", most_held=4)
    for bead in read_corpus(corpus):
        gathered.add(bead)
    assert gathered.dropped > 0
    assert len(gathered.terms(at_least=1)) <= 4
