"""Web pages: the article is found, whole and in order, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bicorpus.data import Document, Refusal
from bicorpus.readers.html import HtmlReader, extract_article

DATA = Path(__file__).resolve().parents[1] / "data" / "readers"
BODY = (
    "<p>Der Stadtrat hat am Montag nach langer Debatte für den Bau der neuen Brücke gestimmt.</p>"
    "<p>Die Arbeiten sollen im Frühjahr beginnen und etwa zwei Jahre dauern, hieß es.</p>"
)


def read(content: str | bytes) -> Document | Refusal:
    data = content.encode() if isinstance(content, str) else content
    (result,) = HtmlReader().read(Path("page.html"), data)
    return result


def test_a_news_page() -> None:
    document = read((DATA / "page.html").read_bytes())
    assert isinstance(document, Document)
    assert document.text == (DATA / "page.txt").read_text("utf-8")
    assert document.title == "Stadtwerke stellen Wärmenetz um"
    assert (document.language, document.encoding, document.encoding_guessed) == (
        "de", "utf-8", False,
    )  # fmt: skip


def test_it_is_the_same_every_time() -> None:
    content = (DATA / "page.html").read_bytes()
    assert len({getattr(read(content), "text", "") for _ in range(5)}) == 1


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1252">',
        "<meta charset=iso-8859-1>",
        '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">',
    ],
)
def test_a_declared_encoding(declaration: str) -> None:
    page = f"<html><head>{declaration}</head><body><article>{BODY}</article></body></html>"
    document = read(page.encode("cp1252"))
    assert isinstance(document, Document)
    assert "Brücke" in document.text
    assert (document.encoding, document.encoding_guessed) == ("cp1252", False)


def test_an_xml_declaration() -> None:
    page = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<body><article>{BODY}</article></body></html>"
    )
    document = read(page.encode("latin-1"))
    assert isinstance(document, Document)
    assert "Frühjahr" in document.text
    assert not document.encoding_guessed


def test_an_undeclared_encoding_is_guessed() -> None:
    document = read(f"<html><body><article>{BODY}</article></body></html>".encode("mac_roman"))
    assert isinstance(document, Document)
    assert "Brücke" in document.text
    assert (document.encoding, document.encoding_guessed) == ("mac-roman", True)


def test_a_headline_outside_the_article_comes_first() -> None:
    page = (
        "<html><head><title>Rat für Brücke – Morgenblatt</title></head><body>"
        f"<header><h1>Rat für Brücke</h1></header><article>{BODY}</article></body></html>"
    )
    title, text = extract_article(page)
    assert title == "Rat für Brücke"
    assert text.startswith("Rat für Brücke\n\nDer Stadtrat")
    assert text.count("Rat für Brücke") == 1


def test_a_caption_follows_its_picture() -> None:
    page = (
        f"<html><body><article>{BODY}<figure><img src='a.jpg'><figcaption><p>Die alte Brücke.</p>"
        f"<span>Foto: Merle Osterkamp</span></figcaption></figure>{BODY}</article></body></html>"
    )
    blocks = extract_article(page)[1].split("\n\n")
    assert blocks[2] == "Die alte Brücke. Foto: Merle Osterkamp"
    assert len(blocks) == 5


def test_words_are_not_glued_or_torn() -> None:
    page = (
        f"<html><body><article>{BODY}<p>Das kostet 5&nbsp;Mil<b>lio</b>nen<br>Euro.</p><ul>"
        f"<li>eins<ul><li>innen</li></ul></li><li>zwei</li></ul>{BODY}</article></body></html>"
    )
    text = extract_article(page)[1]
    assert "Das kostet 5\xa0Millionen Euro." in text
    assert "- eins\n- innen\n- zwei" in text


def test_doubled_line_breaks_part_paragraphs() -> None:
    page = (
        f"<html><body><article>{BODY}<p>Erst dies.<br><br>Dann <b>das</b>.<br/> Gleich.<br /> <br>"
        f"Und <i>jenes</i>.</p>{BODY}</article></body></html>"
    )
    blocks = extract_article(page)[1].split("\n\n")
    assert blocks[2:5] == ["Erst dies.", "Dann das. Gleich.", "Und jenes."]


@pytest.mark.parametrize(
    "page",
    [
        "",
        "   ",
        "<html></html>",
        "<html><head><title>x</title></head><body></body></html>",
        "<!-- -->",
    ],
)
def test_a_page_without_an_article(page: str) -> None:
    refusal = read(page)
    assert isinstance(refusal, Refusal)
    assert '"page.html"' in refusal.reason


def test_half_a_character_by_reference() -> None:
    result = read(f"<html><body><article>{BODY}<p>Hier &#xD800; fehlt etwas.</p></article></body>")
    assert getattr(result, "text", "").encode() or isinstance(result, Refusal)


def test_a_deep_page_does_not_end_the_run() -> None:
    result = read("<html><body>" + "<div>" * 20_000 + BODY)
    assert isinstance(result, Document | Refusal)
