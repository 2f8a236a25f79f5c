"""JSON lines: what is taken from a record, and how bad lines are named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path

import pytest

from bicorpus.data import Document, Refusal
from bicorpus.readers import jsonl, read_sources
from bicorpus.readers.jsonl import JsonlReader

GERMAN = "Der Bürgermeister sagte am Donnerstag, die Brücke werde im Juni geöffnet."
PATH = Path("news.jsonl")


def read(content: str | bytes, **options: str) -> list[Document | Refusal]:
    data = content.encode() if isinstance(content, str) else content
    return list(JsonlReader(**options).read(PATH, data))


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("fields", "origin", "title"),
    [
        ({}, "news.jsonl:1", ""),
        ({"title": "Neue  Brücke"}, "news.jsonl:1", "Neue Brücke"),
        ({"name": "Neue Brücke"}, "news.jsonl:1", "Neue Brücke"),
        ({"title": "A", "name": "B"}, "news.jsonl:1", "A"),
        ({"url": "https://example.org/1"}, "news.jsonl:1 (https://example.org/1)", ""),
        ({"id": 17, "title": None}, "news.jsonl:1 (17)", ""),
        ({"id": 17, "url": "u", "origin": "o"}, "news.jsonl:1 (o)", ""),
        ({"id": ["x"], "title": 3.5}, "news.jsonl:1", ""),
    ],
)
def test_origin_and_title(fields: dict[str, object], origin: str, title: str) -> None:
    assert read(line(text=GERMAN, **fields)) == [Document("de", GERMAN, origin, title)]


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    content = (
        line(text=GERMAN)
        + '{"text": "abgeschnitten\n'
        + "\r\n"
        + "[1, 2]\n"
        + line(body=GERMAN, id=1)
        + line(text=7)
        + line(text=" ")
        + '{"text": "halbes Zeichen \\ud83d hier"}\n'
        + "[" * 100_000
        + "\n"
        + line(text="De burgemeester zei donderdag dat de brug volgend jaar opengaat.")
        + line(text=GERMAN)
    )
    results = read(content)
    assert [type(result).__name__ for result in results] == [
        "Document", *["Refusal"] * 8, "Document",
    ]  # fmt: skip
    reasons = {item.origin: item.reason for item in results if isinstance(item, Refusal)}
    expected = {
        "news.jsonl:2": "is not JSON: ",
        "news.jsonl:4": "is not a JSON object",
        "news.jsonl:5": 'has no field "text" (it has: "body", "id")',
        "news.jsonl:6": 'the field "text" is not a string',
        "news.jsonl:7": "holds nothing but white space",
        "news.jsonl:8": "holds half a character (\\ud83d) in line 1",
        "news.jsonl:9": "is not JSON",
        "news.jsonl:10": "is in Dutch (nl)",
    }
    assert list(reasons) == list(expected)
    for origin, part in expected.items():
        assert part in reasons[origin]
        assert f'"{origin}"' in reasons[origin]
    assert results[-1].origin == "news.jsonl:11"


def test_whole_characters_from_escapes_are_kept() -> None:
    (document,) = read('{"text": "Das Gespr\\u00e4ch war sehr gut \\ud83d\\ude00 und kurz."}')
    assert isinstance(document, Document)
    assert document.text == "Das Gespräch war sehr gut 😀 und kurz."


def test_half_a_character_in_a_title_or_name() -> None:
    results = read(json.dumps({"text": GERMAN, "title": "\ud83d", "id": "\udc00"}))
    for result in results:
        assert (result.origin + getattr(result, "title", "")).encode()


def test_another_text_field() -> None:
    assert read(line(body=GERMAN), text_field="body") == [Document("de", GERMAN, "news.jsonl:1")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_encodings(encoding: str) -> None:
    content = (line(text=GERMAN) + "\r\n" + line(text=GERMAN)).encode(encoding)
    results = read(content)
    assert [item.origin for item in results] == ["news.jsonl:1", "news.jsonl:3"]
    assert all(isinstance(item, Document) and item.text == GERMAN for item in results)
    assert {item.encoding_guessed for item in results if isinstance(item, Document)} == {
        encoding == "utf-16-be"
    }


def test_a_line_in_another_encoding_says_so() -> None:
    first, second = read(line(text=GERMAN).encode() + line(text=GERMAN).encode("cp1252"))
    assert first == Document("de", GERMAN, "news.jsonl:1")
    assert second == Document("de", GERMAN, "news.jsonl:2", "", "cp1252", encoding_guessed=True)


def test_nothing_in_it() -> None:
    for content in (b"", b"\n\r\n", b"\xef\xbb\xbf\n"):
        assert read(content) == [Refusal("news.jsonl", '"news.jsonl" holds no record.')]


def test_a_line_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "SIZE_LIMIT", 2**20)
    long = line(text="a" * (5 * 2**20))
    first, second = read(long + line(text=GERMAN))
    assert first == Refusal("news.jsonl:1", '"news.jsonl:1" is longer than 1 MiB.')
    assert second == Document("de", GERMAN, "news.jsonl:2")


class Endless(RawIOBase):
    """Records without end: whoever reads them as a whole never comes back."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = (line(text=GERMAN).encode() * 50)[: len(buffer)]
        data = data[: data.rindex(b"\n") + 1]
        buffer[: len(data)] = data
        self.given += len(data)
        return len(data)


def test_standard_input_is_streamed() -> None:
    stream = Endless()
    results: Iterator[Document | Refusal] = read_sources(["-"], standard_input=stream)  # type: ignore[arg-type]
    assert [next(results).origin for _ in range(200)][-1] == "<stdin>:200"
    assert stream.given < 2**20


def test_the_stream_and_the_bytes_give_the_same() -> None:
    content = (line(text=GERMAN) + "x\n" + line(text=GERMAN)).encode()
    assert list(JsonlReader().read_stream(PATH, BufferedReader(BytesIO(content)))) == read(content)
