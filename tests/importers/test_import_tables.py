"""Tables, pairs of text files, JSON lines and ladders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from import_running import Import

HEADERS = [
    ("source", "target"),
    ("Source", "Target"),
    ("src_text", "trg_text"),
    ("src", "tgt"),
    ("de", "en"),
    ("DE-at", "EN-gb"),
    ("de_DE", "en_US"),
    ("German", "English"),
    ("source_text", "target_text"),
    ("text_de", "text_en"),
]


@pytest.mark.parametrize("names", HEADERS, ids=["-".join(names) for names in HEADERS])
@pytest.mark.parametrize(("suffix", "mark"), [("tsv", "\t"), ("csv", ","), ("csv", ";")])
def test_columns_by_their_usual_names(
    names: tuple[str, str], suffix: str, mark: str, run_import: Import, tmp_path: Path
) -> None:
    path = tmp_path / f"pairs.{suffix}"
    lines = [("id", names[1], "score", names[0]), ("1", "Yes.", "0.5", "Ja.")]
    path.write_text("".join(mark.join(line) + "\r\n" for line in lines), "utf-8-sig", newline="")
    result = run_import(path)
    assert result.pairs == [("Ja.", "Yes.")], result.said


def test_a_table_of_tabs_that_is_called_csv(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("de\ten\nJa, ja; ja.\tYes.\n", "utf-8")
    assert run_import(path).pairs == [("Ja, ja; ja.", "Yes.")]


def test_columns_by_name_and_by_number(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("a.txt\tYes.\tJa.\nb.txt\tNo.\tNein.\n", "utf-8")
    result = run_import(path, "--columns", "3,2,1")
    assert [pairs for _, pairs in result.documents] == [[("Ja.", "Yes.")], [("Nein.", "No.")]]
    assert result.documents[1][0] == f"{path} (b.txt)"
    path.write_text("Wo\tFremd\tEigen\nb.txt\tNo.\tNein.\n", "utf-8")
    found = run_import(path, "--columns", "eigen,Fremd", folder="other")
    assert found.pairs == [("Nein.", "No.")]


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        ((), 1, 'line 1: no columns for de and en are named there: "Wo", "Fremd", "Eigen"'),
        (("--columns", "Eigen,Deutsch"), 1, 'there is no column "Deutsch". The header names: "Wo"'),
        (("--columns", "Eigen"), 2, "are no columns"),
    ],
)
def test_columns_that_are_not_there(
    options: tuple[str, ...], status: int, said: str, run_import: Import, tmp_path: Path
) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("Wo\tFremd\tEigen\nb.txt\tNo.\tNein.\n", "utf-8")
    result = run_import(path, *options)
    assert (result.status, said in result.said) == (status, True), result.said


def test_quotes_in_csv_and_in_tsv(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(
        'de,en\n"Er sagte ""ja"", dann\nnichts.","He said ""yes"", then nothing."\n', "utf-8"
    )
    assert run_import(path).pairs == [
        ('Er sagte "ja", dann\nnichts.', 'He said "yes", then nothing.')
    ]
    path = tmp_path / "pairs.tsv"
    path.write_text('de\ten\n"Ja" sagte er.\t"Yes", he said.\nOffen: "\tOpen: "\n', "utf-8")
    assert run_import(path, folder="other").pairs == [
        ('"Ja" sagte er.', '"Yes", he said.'), ('Offen: "', 'Open: "'),
    ]  # fmt: skip


BROKEN = {
    "a cell too few": ("pairs.tsv", "de\ten\nJa.\tYes.\nNein.\n", "line 3: 1 cells instead of 2"),
    "a cell too many": ("pairs.csv", "de,en\nJa,gut.,Yes.\n", "line 2: 3 cells instead of 2"),
    "a quote without end": (
        "pairs.csv",
        'de,en\nJa.,Yes.\n"Nein.,No.\nUnd.,And.\n',
        "line 3: a quotation mark is opened and never closed",
    ),
    "no JSON": ("pairs.jsonl", '{"de": "Ja.", "en": "Yes."}\n{"de": \n', "line 2: it is no JSON"),
    "no object": (
        "pairs.jsonl",
        '{"de": "Ja.", "en": "Yes."}\n[1]\n',
        "line 2: it is no JSON object",
    ),
    "no pair": (
        "pairs.jsonl",
        '{"text": "Ja."}\n',
        'line 1: it is no pair: it has the fields "text"',
    ),
    "a number": (
        "pairs.jsonl",
        '{"de": "Ja.", "en": 1}\n',
        "line 1: one of its two texts is no string",
    ),
    "a document without its text": (
        "corpus.jsonl",
        '{"origin": "a", "source": {"language": "de"}, "beads": []}\n',
        "line 1: it is no document",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_line_is_named(name: str, run_import: Import, tmp_path: Path) -> None:
    file, content, said = BROKEN[name]
    path = tmp_path / file
    path.write_text(content, "utf-8")
    result = run_import(path)
    assert result.status == 1
    assert f'"{path}", {said}' in result.said
    assert not result.folder.exists()


@pytest.mark.parametrize("name", ["a cell too few", "no JSON", "no object"])
def test_the_readable_lines_are_kept_on_request(
    name: str, run_import: Import, tmp_path: Path
) -> None:
    file, content, _ = BROKEN[name]
    path = tmp_path / file
    path.write_text(content, "utf-8")
    rejected = tmp_path / "rejected.jsonl"
    result = run_import(path, "--keep-readable", "--rejected", rejected)
    assert result.pairs == [("Ja.", "Yes.")]
    assert "1 left out" in result.said
    [line] = rejected.read_text("utf-8").splitlines()
    assert json.loads(line)["place"] == ("line 3" if file.endswith(".tsv") else "line 2")


def test_bytes_that_are_no_utf_8(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes("de\ten\nJa.\tYes.\nGröße\tSize\n".encode("cp1252"))
    result = run_import(path)
    assert f'"{path}", line 3: there is the byte 0xF6 that is no UTF-8' in result.said
    assert run_import(path, "--encoding", "cp1252").pairs[1] == ("Größe", "Size")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_of_tables(codec: str, run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes("de\ten\nGröße\u2028hier\tSize\u0085here\n".encode(codec))
    assert run_import(path).pairs == [("Größe\u2028hier", "Size\u0085here")]


MOSES = [
    ("news.de", "news.en"),
    ("Europarl.de-en.de", "Europarl.de-en.en"),
    ("train.de-DE", "train.en-US"),
    ("x.de.txt", "x.en.txt"),
]


@pytest.mark.parametrize("names", MOSES, ids=[names[0] for names in MOSES])
def test_pairs_of_text_files(names: tuple[str, str], run_import: Import, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in names]
    paths[0].write_text("Ja.\n\nNein\u2028doch.\r\n", "utf-8", newline="")
    paths[1].write_text("Yes.\nWhat?\nNo.", "utf-8", newline="")
    expected = [("Ja.", "Yes."), ("Nein\u2028doch.", "No.")]
    assert run_import(*paths).pairs == expected
    assert run_import(*reversed(paths), folder="other").pairs == expected
    alone = run_import(paths[1], folder="alone")
    assert alone.pairs == expected
    assert "its de side is empty" in alone.said


def test_files_with_any_name_are_a_pair_where_the_format_is_given(
    run_import: Import, tmp_path: Path
) -> None:
    source, target = tmp_path / "source", tmp_path / "reference"
    source.write_text("Ja.\n", "utf-8")
    target.write_text("Yes.\n", "utf-8")
    assert run_import(source, target, "--format", "moses").pairs == [("Ja.", "Yes.")]


def test_files_that_are_no_pair(run_import: Import, tmp_path: Path) -> None:
    source, target = tmp_path / "x.de", tmp_path / "x.en"
    source.write_text("Ja.\nNein.\nUnd.\n", "utf-8")
    result = run_import(source)
    assert 'There is no "x.en" beside' in result.said
    target.write_text("Yes.\n", "utf-8")
    result = run_import(source, target)
    assert result.status == 1
    assert f'"{target}", line 2: the file ends, and "{source}" has 2 more lines' in result.said


def test_pairs_as_json(run_import: Import, tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    records = [
        {"translation": {"de": "Ja.", "en": "Yes."}},
        {"source": "Nein.", "target": "No.", "document": "a"},
        {"de": "Und.", "en": None},
        {"de": "Halb \ud83d", "en": "Half"},
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    result = run_import(path)
    assert result.pairs == [("Ja.", "Yes."), ("Halb \ufffd", "Half"), ("Nein.", "No.")]
    assert "1  it has no en side" in result.said


LADDER = "[0]:[0, 1]:0.9\n[1, 2]:[2]:0.8\n[]:[3]\n[3]:[]\n\n[4, 6]:[4]:0.1\n[5]:[5]\n"


@pytest.mark.parametrize("way", ["beside", "named", "any name"])
def test_ladders(way: str, run_import: Import, tmp_path: Path) -> None:
    names = ("s", "t") if way == "any name" else ("beads.de", "beads.en")
    ladder, *texts = (tmp_path / name for name in ("beads.ladder", *names))
    ladder.write_text(LADDER, "utf-8")
    for path, letter in zip(texts, "ab", strict=True):
        path.write_text("".join(f"{letter}{n}.\n" for n in range(7)), "utf-8")
    options = {"beside": [], "named": texts, "any name": [*texts, "--format", "ladder"]}[way]
    result = run_import(ladder, *options)
    assert result.pairs == [("a0.", "b0.\nb1."), ("a1.\na2.", "b2."), ("a5.", "b5.")]
    assert "1  its sentences are no neighbours" in result.said
    assert "1  it has no de side" in result.said


def test_a_ladder_beyond_its_texts(run_import: Import, tmp_path: Path) -> None:
    for name, text in (("x.ladder", "[0]:[0]\n[7]:[0]\n"), ("x.de", "Ja.\n"), ("x.en", "Yes.\n")):
        (tmp_path / name).write_text(text, "utf-8")
    result = run_import(tmp_path / "x.ladder")
    assert "line 2: it names line 8 of" in result.said
