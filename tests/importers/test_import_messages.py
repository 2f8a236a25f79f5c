"""What people get wrong: each is told with the file, the place and what to do next."""

from __future__ import annotations

import pytest
from import_running import tmx, versions

DE = "Der Ausschuss hat am Dienstag über den Antrag beraten."
EN = "The committee debated the motion on Tuesday."
TABLE = f"Quelle\tZiel\n{DE}\t{EN}\n"

# name: file, content, options, what is said
MISTAKES = {
    "a table called TMX": (
        "pairs.tmx",
        f"de\ten\n{DE}\t{EN}\n",
        (),
        '"{path}", line 1: it is not XML: it begins with "de en". If it is a table, give '
        "--format tsv.",
    ),
    "one language": (
        "mono.tmx",
        tmx(versions(("de", DE)), versions(("de-AT", f"{DE} Und."))),
        (),
        '"{path}" holds no de-en unit; its only language is de, de-AT: it has no en side (2). Look '
        "for the other language",
    ),
    "a NUL in a table": (
        "pairs.tsv",
        f"de\ten\n{DE}\t{EN}\nEins\0.\tOne.\n",
        (),
        '"{path}", line 3: there is a NUL character, which no text has. Get the file again',
    ),
    "a NUL in XML": (
        "pairs.tmx",
        tmx(versions(("de", f"{DE}\0"), ("en", EN))),
        (),
        '"{path}", line 2: there is a character that XML does not allow',
    ),
    "ends of lines of an old Mac": (
        "pairs.tsv",
        f"de\ten\r{DE}\t{EN}\r",
        (),
        '"{path}", line 1: its lines end in CR alone, as those of old Macs do. Save it with LF',
    ),
    "a column that is not there": (
        "pairs.tsv",
        TABLE,
        ("--columns", "Quelle,Zeil"),
        '"{path}", line 1: there is no column "Zeil". Did you mean "Ziel"? The header names: '
        '"Quelle", "Ziel".',
    ),
    "a number of no column": (
        "pairs.tsv",
        TABLE,
        ("--columns", "1,7"),
        '"{path}", line 1: 2 cells instead of 7. Check --columns.',
    ),
    "columns from 0": ("pairs.tsv", TABLE, ("--columns", "0,1"), "counted from 1. Give each side"),
    "a column twice": ("pairs.tsv", TABLE, ("--columns", "Ziel,Ziel"), '"Ziel,Ziel" are no diff'),
    "no known columns": (
        "pairs.tsv",
        TABLE,
        (),
        '"{path}", line 1: no columns for de and en are named there: "Quelle", "Ziel". Say which',
    ),
    "a quote that is never closed": (
        "pairs.csv",
        f'de,en\n"{DE}","{EN}"\n"offen,x\n',
        (),
        '"{path}", line 3: a quotation mark is opened and never closed. Repair the line.',
    ),
    "a list in JSON": (
        "pairs.json",
        '[{"de": "Eins.", "en": "One."}]',
        (),
        '"{path}" is a list in JSON, and not an object a line (JSONL). Write one a line',
    ),
    "a folder with nothing in it": ("folder/.hidden", "", (), "no file of a known format"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_it_is_told_where_and_what_to_do(name, tmp_path, run_import):
    file, content, options, said = MISTAKES[name]
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode())
    result = run_import(path.parent if "/" in file else path, *options)
    assert result.status != 0
    assert said.replace("{path}", str(path)) in " ".join(result.said.split())
    assert not (tmp_path / "corpus" / "corpus.db").exists()


def test_utf_16_without_a_mark_is_still_told_from_damage(tmp_path, run_import):
    for encoding in ("utf-16-le", "utf-16-be"):
        path = tmp_path / f"{encoding}.tsv"
        path.write_bytes(f"de\ten\n{DE}\t{EN}\n".encode(encoding))
        assert run_import(path, folder=encoding).pairs == [(DE, EN)]


def test_files_pasted_together_with_their_marks_have_none_in_their_texts(tmp_path, run_import):
    path = tmp_path / "pairs.tsv"
    path.write_text(f"\ufeffde\ten\n{DE}\t{EN}\n\ufeffEins.\tOne.\n", "utf-8")
    result = run_import(path)
    assert result.pairs == [(DE, EN), ("Eins.", "One.")]
    assert "Note: 1 byte order marks inside a file were left out." in result.said
