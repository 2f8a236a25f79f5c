"""What cannot be aligned is said in a word, in both modes of `bicorpus align`, without models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bicorpus.cli.main import bicorpus
from bicorpus.errors import ModelError

GERMAN = (
    "Der Stadtrat von Bad Rosenau hat am Dienstag den Haushalt für 2025 beschlossen.",
    "Er sieht Ausgaben von 41,5 Millionen Euro vor.",
    "Bürgermeisterin Helga Brandt sprach von einem guten Tag für die Stadt.",
    "Die Opposition kritisierte die Pläne dagegen scharf, vor allem die neuen Gebühren.",
)
ENGLISH = (
    "On Tuesday the town council of Bad Rosenau passed the budget for 2025.",
    "It provides for spending of 41.5 million euros.",
    "Mayor Helga Brandt spoke of a good day for the town.",
    "The opposition, however, sharply criticized the plans, above all the new fees.",
)
FRENCH = (
    "Le conseil municipal de Bad Rosenau a adopté mardi le budget pour 2025.",
    "Il prévoit des dépenses de 41,5 millions d'euros.",
    "La maire Helga Brandt a parlé d'une bonne journée pour la ville.",
)
OTHER = (
    "The kitchen needs more salt?",
    "Penguins swim in the cold sea!",
    "A locomotive from 1873 rusts behind the brewery in County Kerry, says Aoife Byrne.",
    "Why does nobody paint it?",
    "Seventeen owls watched over Lake Tahoe while 4,096 lamps went dark.",
)
NO_MODEL = ["--without", "rendering", "--embedder", "none"]

# Name, the two texts, what is said; an empty answer means that the pair is aligned.
PAIRS = [
    ("swapped sides", ENGLISH, GERMAN, "The sides are swapped"),
    ("one side in French", GERMAN, FRENCH, 'is in "fr" and not in "en"'),
    ("both sides in German", GERMAN, GERMAN, 'is in "de" and not in "en"'),
    ("an empty side", GERMAN, (), "empty"),
    ("white space", GERMAN, (" ", "\t"), "empty"),
    ("marks of direction", ("\u200f" + GERMAN[0],), ("\u202e" + ENGLISH[0],), ""),
    ("too short to tell a language", ("Ja.",), ("Yes.",), ""),
    ("a line of 50,000 characters", (*GERMAN, "Wort " * 10_000), (*ENGLISH, "word " * 10_000), ""),
]


def run(*words: object) -> Result:
    return CliRunner().invoke(bicorpus, ["align", *map(str, words)], standalone_mode=False)


def write(path: Path, lines: tuple[str, ...]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("source", "target", "said"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS]
)
def test_lines(tmp_path: Path, source: tuple[str, ...], target: tuple[str, ...], said: str) -> None:
    paths = write(tmp_path / "a.de", source), write(tmp_path / "a.en", target)
    result = run("--lines", *paths, *NO_MODEL)
    if said:
        assert said in str(result.exception)
    else:
        assert result.exception is None
        assert result.stdout.startswith("[0]:[0]:")


@pytest.mark.parametrize(
    ("source", "target", "said"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS]
)
def test_documents(
    tmp_path: Path, source: tuple[str, ...], target: tuple[str, ...], said: str
) -> None:
    record = {"source_text": "\n".join(source), "target_text": "\n".join(target)}
    listed = tmp_path / "pairs.jsonl"
    listed.write_text(json.dumps(record), encoding="utf-8")
    result = run(listed, "-o", tmp_path / "corpus", *NO_MODEL, "--workers", "1")
    assert result.exception is None
    if said:
        assert result.return_value == 4
        assert said.replace("empty", "white space" if any(target) else "empty") in result.stderr
    else:
        assert result.return_value == 0
        assert "1 pair aligned" in result.stderr


def test_documents_that_are_no_translations_exit_with_3(tmp_path: Path) -> None:
    paths = write(tmp_path / "a.txt", GERMAN), write(tmp_path / "b.txt", OTHER)
    words = *paths, "-o", tmp_path / "corpus", *NO_MODEL, "--workers", "1"
    result = run(*words, "--fail-on", "error")
    assert result.return_value == 3
    assert "do not look like translations of each other" in result.stderr
    assert run(*words).return_value == 0


def test_a_missing_encoder_is_an_error_with_a_way_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bicorpus.embedders.loading.embedded_folder", lambda: tmp_path)
    paths = write(tmp_path / "a.de", GERMAN), write(tmp_path / "a.en", ENGLISH)
    result = run("--lines", *paths, "--without", "rendering")
    assert isinstance(result.exception, ModelError)
    assert 'There is no encoder "embedded".' in str(result.exception)
    assert "--embedder none" in str(result.exception)


def test_languages_that_no_embedded_model_knows_are_said(tmp_path: Path) -> None:
    paths = write(tmp_path / "a.fr", FRENCH), write(tmp_path / "a.en", ENGLISH[:3])
    result = run("--lines", *paths, "--languages", "fr-en")
    assert result.exception is None
    assert 'no embedded translator and no embedded encoder for "fr-en"' in result.stderr
    assert [line.rpartition(":")[0] for line in result.stdout.splitlines()] == [
        f"[{n}]:[{n}]" for n in range(3)
    ]
