"""Streams the elements of an XML file: no entity is resolved, nothing is fetched, errors say where.

A prolog is looked at first: an encoding that the bytes contradict and declared entities are
refused there. Then nothing is left that could blow up, and the limits of the parser (a base64
skeleton of an XLIFF file may pass them) can be off.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Any

from lxml import etree

from bicorpus.errors import InputError
from bicorpus.importers.opening import head_of, open_binary
from bicorpus.importers.units import Reading, broken
from bicorpus.importers.xml_errors import SAY_THE_ENCODING, syntax_error

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = re.compile(r"[ \t\r\n]+")

_BLOCK = 1 << 16
_PIECE = 64
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FIRST_TAG = re.compile(r"<[^\s!?]")
_ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?([^\s>\"']+)")

_ENTITIES = "Write the characters themselves into the file and try again."


@dataclass(frozen=True, slots=True)
class Prolog:
    """What stands at the beginning of an XML file.

    `parser_encoding` is what the parser must be told, None where it finds out by itself.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    encoding: str
    parser_encoding: str | None

    def tag(self, name: str) -> str:
        """Return the full tag of an element in the root's namespace."""
        return f"{{{self.namespace}}}{name}" if self.namespace else name


def read_prolog(path: Path, encoding: str | None = None) -> Prolog:
    """Return the prolog of the XML file at `path`; `encoding` overrules what the file says.

    Raises InputError where there is no root element, where the encoding is declared wrong, and
    where entities are declared.
    """
    with open_binary(path) as file:
        prolog = prolog_of(file, path, encoding)
    if not encoding and prolog.encoding not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        _refuse_hidden_utf_8(path, prolog.encoding)
    return prolog


def prolog_of(file: BufferedIOBase, path: Path, encoding: str | None) -> Prolog:
    """Return the prolog of an open file, which is left somewhere behind it."""
    head = head_of(file, _BLOCK)
    if not head.strip():
        raise broken(path, 1, "the file is empty.", next_step="Check the file.")
    known, told = (encoding, encoding) if encoding else _encoding(head, path)
    _refuse_entities(head, path)
    parser = etree.XMLPullParser(events=("start",), encoding=told, **_options(huge=False))
    try:
        root = _root(parser, head, file)
    except etree.XMLSyntaxError as error:
        raise syntax_error(error, parser, path, known) from error
    except LookupError as error:
        raise broken(
            path, 1, f'there is no encoding "{told or known}".', next_step=SAY_THE_ENCODING
        ) from error
    namespace, _, name = root.tag.removeprefix("{").rpartition("}")
    if "}" in namespace:  # lxml parts a tag there
        raise broken(path, 1, f'its namespace "{namespace}" is none.', next_step="Repair the file.")
    attributes = {str(key): str(value) for key, value in root.attrib.items()}
    return Prolog(name, namespace, attributes, known, told)


def _root(parser: Any, head: bytes, file: BufferedIOBase) -> Any:
    """Return the root element, which is there as soon as its start tag has been read.

    The file is fed in small pieces, so that an error behind the root is not met here.
    """
    while head:
        for start in range(0, len(head), _PIECE):
            parser.feed(head[start : start + _PIECE])
            for _, root in parser.read_events():
                return root
        head = file.read(_BLOCK)
    return parser.close()  # raises: there is no root


def _refuse_hidden_utf_8(path: Path, declared: str) -> None:
    """Refuse a file that is UTF-8 and says that it is Latin-1 or the like.

    Any bytes are valid in such an encoding: every umlaut would come out as two wrong letters. That
    text in it is valid UTF-8 by chance does not happen beyond a letter or two.
    """
    if "16" in declared or "32" in declared:
        return
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = 0
    with open_binary(path) as file:
        try:
            for number, line in enumerate(file, 1):
                if not decoder.decode(line).isascii():
                    first = first or number
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return
    if first:
        raise broken(
            path,
            first,
            f'it says that it is "{declared}", and is UTF-8.',
            next_step=SAY_THE_ENCODING,
        )


def _options(*, huge: bool) -> dict[str, Any]:
    return {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "huge_tree": huge,
        "remove_comments": True,
        "remove_pis": True,
    }


def _encoding(head: bytes, path: Path) -> tuple[str, str | None]:
    """Return the encoding of the file, and what to tell the parser (None: it knows)."""
    proven = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    how = "its byte order mark"
    if proven is None:
        proven = next((name for start, name in _UNMARKED_WIDE if head.startswith(start)), None)
        how = "its bytes"
    text = head.decode(proven or "latin-1", "replace").removeprefix("\ufeff")
    match = _DECLARED.match(text.lstrip())
    declared = match[1].strip().lower() if match else ""
    if not declared:
        return proven or "utf-8", None
    if proven is None:
        if _family(declared) in {"utf-16", "utf-32", "ucs-2", "ucs-4"}:
            raise broken(
                path, 1, f'it says that it is "{declared}", which its bytes are not.',
                next_step=SAY_THE_ENCODING,
            )  # fmt: skip
        return declared, None
    if _family(declared) != _family(proven):
        raise broken(
            path, 1, f'it says that it is "{declared}"; by {how} it is {proven}.',
            next_step=SAY_THE_ENCODING,
        )  # fmt: skip
    return proven, None


def _family(encoding: str) -> str:
    """Return the name of an encoding without its byte order: "utf-16" for "UTF-16LE"."""
    name = encoding.lower().replace("_", "-")
    name = re.sub(r"^iso-10646-", "", name)
    name = re.sub(r"^(?:utf|ucs)-?(\d+)(?:-?[lb]e)?$", r"utf-\1", name)
    return "utf-16" if name == "utf-2" else name


def _refuse_entities(head: bytes, path: Path) -> None:
    """Refuse a prolog that declares entities, before a parser looks at what they would become."""
    text = head.replace(b"\0", b"").decode("latin-1")  # enough to find ASCII, in any encoding
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    first = _FIRST_TAG.search(text)
    declared = list(_ENTITY.finditer(text, 0, first.start() if first else len(text)))
    if declared:
        some = ", ".join(f'"{one[1]}"' for one in declared[:3])
        line = text.count("\n", 0, declared[0].start()) + 1
        raise broken(
            path, line, f"it declares entities ({some}), which bicorpus does not resolve.",
            next_step=_ENTITIES,
        )  # fmt: skip


def elements(
    file: BufferedIOBase, path: Path, prolog: Prolog, tags: tuple[str, ...], *, starts: bool = False
) -> Iterator[tuple[str, Any]]:
    """Yield event and element for those of `tags`; an element is emptied behind its end.

    Raises InputError, with the line, where the XML ends or breaks.
    """
    events = ("start", "end") if starts else ("end",)
    parser = etree.iterparse(
        _Pieces(file),
        events=events,
        tag=tags,
        encoding=prolog.parser_encoding,
        **_options(huge=True),
    )
    try:
        for event, element in parser:
            yield event, element
            if event == "end":
                _forget(element, with_parents=starts)
    except etree.XMLSyntaxError as error:
        raise syntax_error(error, parser, path, prolog.encoding) from error


class _Pieces:
    """A file for the parser, which asks for more than may come before an archive breaks."""

    def __init__(self, file: BufferedIOBase) -> None:
        self.read = file.read1


def _forget(element: Any, *, with_parents: bool) -> None:
    """Free an element and what stands before it: all of the file would stay in memory.

    Some programs put each unit into a group of its own: `with_parents` frees those before, too.
    """
    element.clear()
    parent = element.getparent()
    while parent is not None:
        while element.getprevious() is not None:
            del parent[0]
        if not with_parents:
            return
        element, parent = parent, parent.getparent()


def read_elements(
    reading: Reading, prolog: Prolog, tags: tuple[str, ...], *, starts: bool = False
) -> Iterator[tuple[str, Any]]:
    """Yield the elements of a reading's file: see `elements`."""
    reading.encoding = prolog.encoding
    with open_binary(reading.path) as file:
        try:
            yield from elements(file, reading.path, prolog, tags, starts=starts)
        except OSError as error:
            raise InputError(f'"{reading.path}" cannot be read: {error.strerror}.') from error


def place(element: Any) -> str:
    """Return where an element begins, for people."""
    return f"line {element.sourceline}"


def fold(text: str, element: Any) -> str:
    """Return `text` as xml:space wants it: line breaks and indentation fold unless preserved.

    XLIFF leaves the default to programs, and printers of XML break lines in it.
    """
    if "\n" not in text and "\t" not in text and "  " not in text:
        return text
    while element is not None:
        if space := element.get(_XML_SPACE):
            return text if space == "preserve" else _BLANKS.sub(" ", text)
        element = element.getparent()
    return _BLANKS.sub(" ", text)
