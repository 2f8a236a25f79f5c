"""Bytes to text: every encoding that German files come in, and what is no text."""

from __future__ import annotations

import codecs
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.errors import BicorpusError, InputError
from bicorpus.readers.encoding import decode
from bicorpus.readers.guessing import CANDIDATES, guess_encoding

ARTICLE = (Path(__file__).resolve().parents[1] / "data" / "readers" / "article.txt").read_text(
    "utf-8"
)
# Latin-1 and DOS have no quotes and dashes of print: writers of their time typed these.
PLAIN = str.maketrans({"„": '"', "“": '"', "’": "'", "–": "-"})
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", MARKS)
def test_with_byte_order_mark(encoding: str) -> None:
    decoded = decode(MARKS[encoding] + ARTICLE.encode(encoding))
    assert decoded.text == ARTICLE
    assert (decoded.encoding, decoded.guessed) == (encoding, False)


@pytest.mark.parametrize("encoding", MARKS)
def test_without_byte_order_mark(encoding: str) -> None:
    decoded = decode(ARTICLE.encode(encoding))
    assert decoded.text == ARTICLE
    assert (decoded.encoding, decoded.guessed) == (encoding, encoding != "utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp1250"])
def test_guessed_with_quotes_of_print(encoding: str) -> None:
    decoded = decode(ARTICLE.encode(encoding))
    assert decoded.text == ARTICLE
    assert decoded.guessed


@pytest.mark.parametrize(
    "encoding", ["latin-1", "iso8859_15", "cp1252", "mac_roman", "cp850", "cp437"]
)
def test_guessed_with_typewriter_quotes(encoding: str) -> None:
    text = ARTICLE.translate(PLAIN)
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.guessed


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize(
    "headline",
    [
        "Große Koalition berät über Härtefälle",
        "München stöhnt unter der Hitze",
        "Straße nach Köln gesperrt",
        "FÜR MEHR GRÜN IN DEN STÄDTEN",
    ],
)
def test_guessed_on_a_headline(encoding: str, headline: str) -> None:
    assert decode(headline.encode(encoding)).text == headline


def test_equal_evidence_is_cp1252() -> None:
    assert decode("Grüße".encode("latin-1")).encoding == "cp1252"
    assert CANDIDATES[0] == "cp1252"


def test_the_euro_sign_of_latin_9() -> None:
    text = "Die Grüße kosten 5 € und 7 €."
    assert decode(text.encode("iso8859_15")).text == text


def test_names_of_central_europe() -> None:
    text = "Präsident Lech Wałęsa und Miloš Jakeš fuhren nach Łódź."
    assert decode(text.encode("cp1250")).text == text


def test_another_script_is_guessed_too() -> None:
    text = (
        "Мэр города заявил в четверг, что новый мост через реку откроют в следующем году. "
        "Жители жаловались на пробки, а строители — на нехватку денег."
    )
    assert decode(text.encode("cp1251")).text == text


def test_line_ends_stay_and_nfd_becomes_nfc() -> None:
    decoded = decode(normalize("NFD", "Fähre\r\nÖl\rÄhre\n").encode())
    assert decoded.text == "Fähre\r\nÖl\rÄhre\n"


def test_a_declared_encoding_is_no_guess() -> None:
    decoded = decode("Köln – Bonn".encode("cp1252"), declared="ISO-8859-1")
    assert decoded.text == "Köln – Bonn"
    assert (decoded.encoding, decoded.guessed) == ("cp1252", False)


@pytest.mark.parametrize("declared", ["latin-1", "utf-16", "rot13", "unicode_escape", "nonsense"])
def test_valid_utf8_overrules_a_wrong_declaration(declared: str) -> None:
    assert decode("Köln\\n".encode(), declared=declared).text == "Köln\\n"


@pytest.mark.parametrize("declared", ["utf-8", "rot13", "unicode_escape", "nonsense"])
def test_an_impossible_declaration_leads_to_a_guess(declared: str) -> None:
    decoded = decode(b"K\xf6ln", declared=declared)
    assert (decoded.text, decoded.guessed) == ("Köln", True)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "a PDF file"),
        (b"PK\x03\x04\x14", "a ZIP archive"),
        (b"Text\0mit\0\0Nullen und noch mehr Text", "NUL bytes"),
        (b"\x89PNG\r\n", "a PNG image"),
        (bytes(range(32)) * 3, "NUL bytes"),
        (b"\x01\x02\x03 Text", "control characters"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "UTF-16-LE, and is damaged in line 1"),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"x", "damaged in line 2"),
        (codecs.BOM_UTF8 + b"a\n\xff", "damaged in line 2"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, what: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(content, name="datei.txt")
    assert what in str(caught.value)
    assert '"datei.txt"' in str(caught.value)
    assert caught.value.next_step


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    lines = ARTICLE.encode().splitlines(keepends=True)
    lines[2] = lines[2].replace("ß".encode(), b"\xdf", 1)
    with pytest.raises(InputError, match=r"UTF-8 but for 1 byte, the first in line 3 \(0xDF\)"):
        decode(b"".join(lines))


def test_one_page_break_is_no_reason_to_refuse() -> None:
    assert decode(("Seite eins\f" + ARTICLE + "\x02").encode()).text.endswith("\x02")


def test_guess_is_always_decodable() -> None:
    for content in (b"\x81\x8d\x8f\x90\x9d", b"a\xff", b"\xc3(" * 5):
        encoding = guess_encoding(content)
        assert encoding is None or content.decode(encoding)


@given(
    st.sampled_from(sorted(MARKS)),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
)
def test_what_was_encoded_with_a_mark_comes_back(encoding: str, text: str) -> None:
    text = text.removeprefix("\ufeff")
    assert decode(MARKS[encoding] + text.encode(encoding)).text == normalize("NFC", text)


LATIN = st.characters(codec="latin-1", exclude_categories=["Cc"])


@given(st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]), st.text(LATIN))
def test_wide_encodings_are_known_by_their_nul_bytes(encoding: str, text: str) -> None:
    text = "Ab " + text
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (normalize("NFC", text), encoding)


@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_else(content: bytes) -> None:
    try:
        text = decode(content).text
    except BicorpusError:
        return
    assert "\0" not in text
    assert text.encode().decode() == text
    assert normalize("NFC", text) == text
