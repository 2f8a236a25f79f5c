"""The language of a text: short ones, ones full of names, ones near to German."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from bicorpus.data import Document, Refusal
from bicorpus.readers.documents import make_document
from bicorpus.readers.encoding import Decoded
from bicorpus.readers.language import describe_language, detect_language

DATA = Path(__file__).resolve().parents[1] / "data" / "readers"


def cases() -> list[tuple[str, str]]:
    lines = (DATA / "languages.tsv").read_text("utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if line and not line.startswith("#")]
    return [(code, text) for code, _, text in rows]


def read(text: str, language: str | None = None) -> Document | Refusal:
    return make_document(Decoded(text, "utf-8", guessed=False), origin="x.txt", language=language)


@pytest.mark.parametrize(("code", "text"), cases())
def test_golden_sentences(code: str, text: str) -> None:
    result = read(text)
    if code in {"de", "en"}:
        assert isinstance(result, Document)
        assert result.language == code
    elif code == "-":
        assert isinstance(result, Refusal)
        assert "too short to tell its language" in result.reason
        assert "--language de" in result.reason
    else:
        assert isinstance(result, Refusal)
        assert f"({code}), and bicorpus builds from German and English." in result.reason


def test_golden_set_has_every_answer() -> None:
    assert {"de", "en", "nl", "-"} <= {code for code, _ in cases()}


def test_a_refusal_names_the_language() -> None:
    refusal = read("De burgemeester zei donderdag dat de brug volgend jaar opengaat.")
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith(
        '"x.txt" is in Dutch (nl), and bicorpus builds from German and English.'
    )


def test_every_language_of_the_model_has_a_name() -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    codes = set(LanguageIdentifier.from_model_file(MODEL_FILE).labels) - {"zxx"}
    assert [code for code in sorted(codes) if describe_language(code).startswith('"')] == []


def test_a_forced_language_overrules() -> None:
    result = read("OK", language="de")
    assert isinstance(result, Document)
    assert result.language == "de"


def test_no_letter() -> None:
    refusal = read("12:34 – 5 %\n")
    assert isinstance(refusal, Refusal)
    assert "holds no letter" in refusal.reason
    assert isinstance(read("12:34", language="en"), Document)


def test_addresses_do_not_count() -> None:
    link = "https://www.example.org/the-mayor-said-on-thursday-that-the-bridge-would-open "
    assert detect_language(f"Der Rat tagt heute. {link * 20}").language == "de"


def test_a_long_text_is_sampled_at_both_ends_and_the_middle() -> None:
    german, dutch = "Der Rat tagte gestern. ", "De raad vergaderde gisteren. "
    assert detect_language(dutch * 300 + german * 5000).language == "de"


@pytest.mark.shared
def test_no_german_article_is_refused(shared: Path) -> None:
    path = shared / "eval" / "attribution" / "wikinews_train.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) == 700
    guesses = [detect_language(text) for text in texts]
    assert {guess.language for guess in guesses} == {"de"}
    assert min(guess.confidence for guess in guesses) > 0.9


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "language"),
    [("newstest2021.de-en.src.de", "de"), ("newstest2021.de-en.ref.A.en", "en")],
)
def test_three_sentences_are_enough(shared: Path, name: str, language: str) -> None:
    lines = (shared / "eval" / "mt" / name).read_text("utf-8").splitlines()
    texts = [" ".join(lines[start : start + 3]) for start in range(0, len(lines), 3)]
    assert {detect_language(text).language for text in texts} == {language}
