"""Glossaries in every form that people keep them in; bad rows by their line, the rest is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bicorpus.errors import InputError
from bicorpus.glossaries import read_glossaries
from bicorpus.terms.glossary import Term


def read(tmp_path: Path, name: str, content: str | bytes) -> tuple[Term, ...]:
    return read_all(tmp_path, name, content)[0]


def read_all(tmp_path: Path, name: str, content: str | bytes):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = read_glossaries([path])
    return found.terms, found.left_out


def plain(terms: tuple[Term, ...]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(term.source, term.targets, term.forbidden) for term in terms]


def test_named_columns_with_all_lists(tmp_path: Path) -> None:
    (term,) = read(
        tmp_path,
        "g.csv",
        "source,target,allowed,forbidden,part of speech,domain,note,case sensitive\n"
        'Staudamm,dam,"barrage, weir",retaining dam | barrier,noun,water,"mind, please",yes\n',
    )
    assert term == Term(
        "Staudamm", ("dam",), ("barrage", "weir"), ("retaining dam", "barrier"),
        part_of_speech="noun", domain="water", note="mind, please", case_sensitive=True,
        origin="g.csv, line 2",
    )  # fmt: skip


@pytest.mark.parametrize(
    "header",
    ["de\ten", "German\tEnglish", "de_DE\ten_GB", "source\ttarget", "de_lemma\ten_preferred"],
)
def test_the_usual_names_of_columns(tmp_path: Path, header: str) -> None:
    assert plain(read(tmp_path, "g.tsv", f"{header}\nDamm\tdam\n")) == [("Damm", ("dam",), ())]


def test_the_glossary_file_of_omegat_has_no_header(tmp_path: Path) -> None:
    content = "# Glossary in tab-separated format\nDamm\tdam\tof earth\nDeich\tdike\n"
    terms = read(tmp_path, "glossary.txt", content)
    assert plain(terms) == [("Damm", ("dam",), ()), ("Deich", ("dike",), ())]
    assert terms[0].note == "of earth"


def test_the_export_of_weblate_marks_forbidden_targets(tmp_path: Path) -> None:
    content = (
        '"location","source","target","id","fuzzy","context","translator_comments","flags"\n'
        '"","Kiew","Kyiv","","","","",""\n"","Kiew","Kiev","","","","","forbidden"\n'
    )
    assert plain(read(tmp_path, "de-en.csv", content)) == [("Kiew", ("Kyiv",), ("Kiev",))]


def test_a_forbidden_column_of_yes_and_no_speaks_of_the_target(tmp_path: Path) -> None:
    content = "source;target;forbidden\nKiew;Kyiv;no\nKiew;Kiev;yes\n"
    assert plain(read(tmp_path, "g.csv", content)) == [("Kiew", ("Kyiv",), ("Kiev",))]


def test_bad_rows_are_told_by_line_and_the_rest_is_in(tmp_path: Path) -> None:
    content = "source\ttarget\nDamm\tdam\n\tdike\nDeich\t\nnothing\nFluss\triver\n"
    terms, left_out = read_all(tmp_path, "g.tsv", content)
    assert [term.source for term in terms] == ["Damm", "Fluss"]
    assert left_out == (
        ("g.tsv, line 3", "it has no source term"),
        ("g.tsv, line 4", '"Deich" has no target term'),
        ("g.tsv, line 5", "it has one cell only"),
    )


def test_a_windows_file_is_read_as_it_was_meant(tmp_path: Path) -> None:
    terms = read(tmp_path, "g.csv", "source;target\nÜberschwemmung;flood\n".encode("cp1252"))
    assert terms[0].source == "Überschwemmung"


TBX_2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="de"><martifHeader/><text><body>
<termEntry id="c1"><descrip type="subjectField">water</descrip>
 <langSet xml:lang="de-AT"><tig><term>Damm</term>
  <termNote type="partOfSpeech">noun</termNote></tig></langSet>
 <langSet xml:lang="en"><tig><term>dam</term>
  <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  <tig><term>embankment</term>
  <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
  <ntig><termGrp><term>mound</term>
  <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
 </langSet></termEntry>
<termEntry id="c2"><langSet xml:lang="fr"><tig><term>digue</term></tig></langSet></termEntry>
</body></text></martif>
"""
TBX_3_DCT = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dct" type="TBX-Basic" xml:lang="de" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader/><text><body><conceptEntry id="c1"><min:subjectField>water</min:subjectField>
<langSec xml:lang="de"><termSec><term>Damm</term><min:partOfSpeech>noun</min:partOfSpeech></termSec>
</langSec><langSec xml:lang="en"><termSec><term>dam</term></termSec>
<termSec><term>embankment</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>
</termSec><termSec><term>mound</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


@pytest.mark.parametrize(
    "content",
    [
        TBX_2,
        TBX_3_DCT,
        TBX_3_DCT.replace('style="dct"', 'style="dca"')
        .replace("<min:subjectField>", '<descrip type="subjectField">')
        .replace("</min:subjectField>", "</descrip>")
        .replace("<min:partOfSpeech>", '<termNote type="partOfSpeech">')
        .replace("<min:administrativeStatus>", '<termNote type="administrativeStatus">')
        .replace("</min:partOfSpeech>", "</termNote>")
        .replace("</min:administrativeStatus>", "</termNote>"),
    ],
    ids=["TBX 2", "TBX 3 DCT", "TBX 3 DCA"],
)
def test_tbx_of_both_versions_and_styles(tmp_path: Path, content: str) -> None:
    terms, _ = read_all(tmp_path, "g.tbx", content)
    (term,) = terms
    assert (term.source, term.targets, term.allowed, term.forbidden) == (
        "Damm", ("dam",), ("embankment",), ("mound",),
    )  # fmt: skip
    assert (term.part_of_speech, term.domain) == ("noun", "water")


def test_an_entry_of_other_languages_is_left_out_with_its_line(tmp_path: Path) -> None:
    _, left_out = read_all(tmp_path, "g.tbx", TBX_2)
    assert left_out == (("g.tbx, line 14 (entry c2)", "it has no term in de and en"),)


def test_a_spreadsheet(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    table = pandas.DataFrame(
        {"source": ["Damm", "Deich"], "target": ["dam", ""], "forbidden": ["mound", ""]}
    )
    path = tmp_path / "g.xlsx"
    table.to_excel(path, index=False)
    found = read_glossaries([path])
    assert plain(found.terms) == [("Damm", ("dam",), ("mound",))]
    assert found.left_out == (("g.xlsx, row 3", '"Deich" has no target term'),)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("g.csv", "", "is empty"),
        ("g.pdf", "x", "no glossary that bicorpus reads"),
        ("g.tbx", "<html/>", 'its root is "html"'),
        ("g.tbx", "<martif><text>", "line 1"),
        ("g.tbx", '<!DOCTYPE m [<!ENTITY a "b">]><martif/>', "declares entities"),
        ("g.csv", "source,target\n,dam\n", "holds no term in de and en"),
        ("g.xlsx", "no spreadsheet", "no spreadsheet"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    if name.endswith(".xlsx"):
        pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    with pytest.raises(InputError, match=message):
        read(tmp_path, name, content)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_glossaries([tmp_path / "none.csv"])


GERMAN = (
    "Hochwasser", "Staudamm", "Deichbruch", "Grundwasser", "Pegelstand", "Überschwemmung",
    "Wasserwerk", "Schleuse", "Uferbefestigung", "Niederschlag", "Rückhaltebecken", "Strömung",
)  # fmt: skip
ENGLISH = (
    "flood", "dam", "breach of the dike", "groundwater", "water level", "flooding",
    "waterworks", "lock", "bank reinforcement", "rainfall", "retention basin", "current",
)  # fmt: skip
FRENCH = (
    "inondation", "barrage", "rupture de la digue", "eau souterraine", "niveau d'eau", "crue",
    "usine des eaux", "écluse", "renforcement des berges", "chute de pluie", "bassin", "courant",
)  # fmt: skip
ITALIAN = (
    "alluvione", "diga", "rottura dell'argine", "acqua sotterranea", "livello dell'acqua", "piena",
    "acquedotto", "chiusa", "rinforzo delle sponde", "pioggia", "bacino di raccolta", "corrente",
)  # fmt: skip


def table(header: str, *columns: tuple[str, ...]) -> str:
    return header + "".join("\t".join(row) + "\n" for row in zip(*columns, strict=True))


@pytest.mark.parametrize(
    ("header", "columns", "expected"),
    [
        ("", (FRENCH, ITALIAN), "terms are in French (fr) and its renderings are in Italian (it)"),
        ("source\ttarget\n", (FRENCH, ITALIAN), "source terms are in French"),
        ("", (GERMAN, FRENCH), "but its renderings are in French (fr)."),
        ("", (ENGLISH, GERMAN), "its columns are the other way round"),
    ],
)
def test_a_table_of_other_languages_is_refused(
    tmp_path: Path, header: str, columns: tuple[tuple[str, ...], ...], expected: str
) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, "g.tsv", table(header, *columns))
    assert expected in str(error.value)
    assert 'a first line: "de", "en"' in str(error.value)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("", (GERMAN, ENGLISH)),
        ("source\ttarget\n", (GERMAN, ENGLISH)),
        # a header that names the languages is taken at its word
        ("de\ten\n", (FRENCH, ITALIAN)),
        # too short to tell
        ("", (FRENCH[:6], ITALIAN[:6])),
        # names are in any language
        ("", (tuple(f"Herr {name}" for name in "ABCDEFGHIJKL"), ENGLISH)),
    ],
)
def test_a_table_is_taken_where_nothing_speaks_against_it(
    tmp_path: Path, header: str, columns: tuple[tuple[str, ...], ...]
) -> None:
    assert len(read(tmp_path, "g.tsv", table(header, *columns))) == len(columns[0])


def test_a_spreadsheet_of_other_languages_is_refused(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("openpyxl")
    path = tmp_path / "g.xlsx"
    pandas.DataFrame({"a": FRENCH, "b": ITALIAN}).to_excel(path, header=False, index=False)
    with pytest.raises(InputError, match="renderings are in Italian"):
        read_glossaries([path])
