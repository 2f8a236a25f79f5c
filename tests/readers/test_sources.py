"""Files, folders and standard input: what is read, in which order, and what is refused."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bicorpus.data import Document, Refusal
from bicorpus.errors import InputError, SettingsError
from bicorpus.readers import read_sources, sources
from bicorpus.registry import BACKENDS, find_backend

GERMAN = "Der Bürgermeister sagte am Donnerstag, die Brücke werde im Juni geöffnet.\n"
DUTCH = "De burgemeester zei donderdag dat de brug volgend jaar voor het verkeer opengaat.\n"
PAGE = f"<!DOCTYPE html><html><body><article><p>{GERMAN}</p></article></body></html>"


def write(path: Path, content: str | bytes = GERMAN) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_one(source: Path | str, **options: str) -> Document | Refusal:
    (result,) = read_sources([source], **options)  # type: ignore[arg-type]
    return result


def refused(source: Path | str, **options: str) -> str:
    result = read_one(source, **options)
    assert isinstance(result, Refusal)
    return result.reason


def origins(results: Sequence[Document | Refusal], *, below: Path) -> list[str]:
    return [result.origin.removeprefix(below.as_posix() + "/") for result in results]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_text_file(here: Path) -> None:
    write(here / "a.txt", codecs.BOM_UTF8 + normalize("NFD", GERMAN).encode())
    assert read_one("a.txt") == Document("de", GERMAN, "a.txt")


def test_a_guessed_encoding_is_recorded(here: Path) -> None:
    write(here / "a.txt", GERMAN.encode("cp1252"))
    assert read_one("a.txt") == Document(
        "de", GERMAN, "a.txt", encoding="cp1252", encoding_guessed=True
    )


def test_markdown_is_kept_as_it_stands(here: Path) -> None:
    text = f"# Brücke\r\n\r\n![Die Brücke](https://example.org/b.jpg)\r\n\r\n*{GERMAN.strip()}*\r\n"
    write(here / "a.MD", text)
    document = read_one("a.MD")
    assert isinstance(document, Document)
    assert document.text == text


def test_folder_order_is_by_code_points(here: Path) -> None:
    for name in ("b.txt", "B.txt", "ä.txt", "a10.txt", "a9.txt", "sub/z.txt", "sub/a.md", "t.txt"):
        write(here / "in" / name)
    assert origins(list(read_sources(["in"])), below=Path("in")) == [
        "B.txt", "a10.txt", "a9.txt", "b.txt", "sub/a.md", "sub/z.txt", "t.txt", "ä.txt",
    ]  # fmt: skip


def test_origin_of_a_folder_is_as_given(here: Path) -> None:
    write(here / "in" / "sub" / "a.txt")
    assert read_one("in/").origin == "in/sub/a.txt"
    assert read_one(here / "in").origin == f"{here.as_posix()}/in/sub/a.txt"
    assert read_one(".").origin.endswith("in/sub/a.txt")


def test_hidden_files_are_left_out_of_folders_only(here: Path) -> None:
    write(here / "in" / ".hidden.txt")
    write(here / "in" / ".git" / "a.txt")
    write(here / "in" / "a.txt")
    assert [result.origin for result in read_sources(["in"])] == ["in/a.txt"]
    assert isinstance(read_one("in/.hidden.txt"), Document)


def test_unknown_extension(here: Path) -> None:
    write(here / "in" / "a.docx")
    write(here / "in" / "LICENSE")
    reasons = [item.reason for item in read_sources(["in"]) if isinstance(item, Refusal)]
    assert reasons == [
        f'"in/{name}" is not a kind of file that bicorpus reads (known: '
        f"{', '.join(BACKENDS['reader'])})."
        for name in ("LICENSE", "a.docx")
    ]


def test_a_named_file_without_extension_is_text(here: Path) -> None:
    write(here / "article")
    assert isinstance(read_one("article"), Document)
    write(here / "program", b"\x7fELF\0\1\2")
    assert "a program" in refused("program")


def test_a_loop_of_links_ends(here: Path) -> None:
    write(here / "in" / "sub" / "a.txt")
    (here / "in" / "sub" / "up").symlink_to(here / "in", target_is_directory=True)
    (here / "in" / "broken.txt").symlink_to(here / "nowhere")
    (here / "in" / "self.txt").symlink_to(here / "in" / "self.txt")
    results = list(read_sources(["in"]))
    assert [result.origin for result in results] == ["in/broken.txt", "in/self.txt", "in/sub/a.txt"]
    assert isinstance(results[0], Refusal)
    assert "a link to nothing" in results[0].reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_a_folder_does_not_block(here: Path) -> None:
    (here / "in").mkdir()
    os.mkfifo(here / "in" / "pipe.txt")
    assert refused("in") == '"in/pipe.txt" is not a file.'


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_file_name_that_is_no_utf8(here: Path) -> None:
    (here / "in").mkdir()
    Path(os.fsdecode(os.fsencode(here / "in") + b"/k\xf6ln.txt")).write_text(GERMAN, "utf-8")
    assert read_one("in").origin == "in/k\\xf6ln.txt"


def test_an_empty_folder_is_named(here: Path) -> None:
    (here / "in").mkdir()
    assert refused("in") == 'The folder "in" holds no files.'


def test_a_missing_source_is_told_before_anything_is_read(here: Path) -> None:
    write(here / "a.txt")
    with pytest.raises(InputError, match=r'no file or folder "b\.txt"'):
        read_sources(["a.txt", "b.txt"])  # nobody has asked for a document yet
    with pytest.raises(InputError, match="no file or folder"):
        read_sources(["x" * 5000])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "white space"),
        (codecs.BOM_UTF8, "is empty"),
        (b"12.30 - 14.45", "holds no letter"),
        (b"a\0b" * 50, "NUL bytes"),
        (bytes(range(256)) * 4, "NUL bytes"),
        (DUTCH.encode(), "is in Dutch (nl)"),
        (b"\xff\xfe" + b"\x00\xdc" + b"a\x00", "damaged"),
    ],
)
def test_what_cannot_be_used_is_refused_and_the_rest_goes_on(
    here: Path, content: bytes, reason: str
) -> None:
    write(here / "in" / "a.txt", content)
    write(here / "in" / "b.txt")
    first, second = read_sources(["in"])
    assert isinstance(first, Refusal)
    assert first.origin == "in/a.txt"
    assert '"in/a.txt"' in first.reason
    assert reason in first.reason
    assert isinstance(second, Document)


def test_too_large(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SIZE_LIMIT", 2**20)
    write(here / "a.txt", b"a" * (2**20 + 1))
    assert "larger than 1 MiB" in refused("a.txt")


def test_an_unreadable_file_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "a.txt")
    write(here / "b.txt")
    original = Path.open

    def locked(self: Path, mode: str = "r") -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return original(self, mode)

    monkeypatch.setattr(Path, "open", locked)
    first, second = read_sources(["a.txt", "b.txt"])
    assert first == Refusal("a.txt", '"a.txt" cannot be read: Permission denied.')
    assert isinstance(second, Document)


def test_a_forced_language(here: Path) -> None:
    write(here / "a.txt", "OK\n")
    assert "--language de" in refused("a.txt")
    document = read_one("a.txt", language="en")
    assert isinstance(document, Document)
    assert document.language == "en"
    with pytest.raises(SettingsError, match='the language "fr"'):
        read_sources(["a.txt"], language="fr")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize(
    ("content", "origin"),
    [
        (GERMAN, "<stdin>"),
        (PAGE, "<stdin>"),
        (f"<!-- x -->\n{PAGE}", "<stdin>"),
        ('\n{"text": "' + GERMAN.strip() + '"}\n', "<stdin>:2"),
    ],
)
def test_standard_input_is_told_by_its_beginning(content: str, origin: str, encoding: str) -> None:
    stream = io.BytesIO(content.encode(encoding))
    (document,) = read_sources(["-"], standard_input=stream)
    assert isinstance(document, Document)
    assert document.origin == origin
    assert document.text.strip() == GERMAN.strip()
    assert document.encoding_guessed == (encoding in {"utf-16-le", "cp1252"})
    assert not stream.closed


def test_standard_input_may_be_empty_and_is_named_once() -> None:
    (refusal,) = read_sources(["-"], standard_input=io.BytesIO())
    assert refusal == Refusal("<stdin>", '"<stdin>" is empty.')
    with pytest.raises(InputError, match="only be read once"):
        read_sources(["-", "-"])


def test_files_are_read_one_at_a_time(here: Path) -> None:
    write(here / "a.txt")
    write(here / "b.txt")
    results = read_sources(["a.txt", "b.txt"])
    next(results)
    (here / "b.txt").write_text("Die Brücke ist seit dem Morgen wieder gesperrt.", "utf-8")
    second = next(results)
    assert isinstance(second, Document)
    assert second.text.startswith("Die Brücke ist")


def test_every_registered_reader_meets_the_contract() -> None:
    for extension in BACKENDS["reader"]:
        reader = find_backend("reader", extension)(language="de")
        for content in (b"", b"\0", b"\xff" * 9, GERMAN.encode("cp1252")):
            for result in reader.read(Path("in/x"), content):
                assert isinstance(result, Document | Refusal)
                assert result.origin.startswith("in/x")


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(sorted(BACKENDS["reader"])),
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(
            st.sampled_from(["<p>", "</p>", "<table>", "<td>", "<li>", "{", '"text":', '"\\ud800"',
                             "}", "\n", "<!--", "Größe und Ähnliches ", "&#xD800;", "<figure>",
                             "<figcaption>", "</figure>", "<h1>", "<html>", "<?xml encoding='x'"])
        ).map(lambda parts: "".join(parts).encode()),
    ),
)  # fmt: skip
def test_random_content_raises_nothing(extension: str, content: bytes) -> None:
    reader = find_backend("reader", extension)()
    results = list(reader.read(Path("x"), content))
    assert results
    for result in results:
        if isinstance(result, Document):
            assert result.text.strip()
            assert (result.text + result.title + result.origin).encode()
        else:
            assert '"x' in result.reason
            assert result.reason.encode()


@pytest.mark.shared
def test_real_articles_come_out_as_they_are(shared: Path) -> None:
    results = list(read_sources([shared / "seeds"]))
    files = sorted((shared / "seeds").glob("*.txt"))
    assert [getattr(item, "language", None) for item in results] == ["en", "de", "de", "de", "de"]
    # Gold offsets count the code points of the raw file.
    for item, path in zip(results, files, strict=True):
        assert isinstance(item, Document)
        assert item.text == path.read_bytes().decode("utf-8")
