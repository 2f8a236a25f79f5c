"""Web pages: trafilatura finds the article in the page; nothing is fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from bicorpus.data import Document, Language, Refusal
from bicorpus.errors import InputError
from bicorpus.readers.documents import check_language, make_document
from bicorpus.readers.encoding import Decoded, decode

# An encoding is declared in the first 1,024 bytes (HTML standard, "prescan a byte stream").
_DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)

# White space of HTML, where it counts as one space; a no-break space is a character like others.
_SPACE = re.compile(r"[ \t\r\n\f]+")

# Elements of the extractor's tree that stand by themselves.
_BLOCKS = frozenset({"head", "p", "quote", "code", "list", "item", "table", "row", "div"})
# Elements, its own and HTML's, that part words even where no space stands between them.
_PARTING = _BLOCKS | {"cell", "lb", "br", "li", "td", "th", "tr", "hr"}


class HtmlReader:
    """Reads the article of a web page, without menus, banners, teasers and comments.

    Its text has the headline first; headings, paragraphs, captions and quotes are parted by blank
    lines; list items are lines that begin with "- ", cells of a table row are parted by " | ".
    """

    def __init__(self, *, language: Language | None = None) -> None:
        check_language(language)
        self.language = language

    def read(self, path: Path, content: bytes) -> Iterator[Document | Refusal]:
        """Yield the article in `content` as one Document, or a Refusal. `path` is the origin."""
        origin = path.as_posix()
        try:
            decoded = decode(content, name=origin, declared=_find_declaration(content))
            title, text = extract_article(decoded.text, name=origin)
        except InputError as error:
            yield Refusal(origin, str(error))
            return
        article = Decoded(text, decoded.encoding, decoded.guessed)
        yield make_document(article, origin=origin, title=title, language=self.language)


def extract_article(page: str, *, name: str = "the page") -> tuple[str, str]:
    """Return title and text of the article in the page.

    Raises InputError where there is no page or no article in it; `name` stands for it there.
    """
    from trafilatura.core import bare_extraction

    # Its warnings go to standard error; what they say is in our refusal.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = _parse(page, name)
    headline, title = _find_titles(tree)
    _keep_captions(tree)
    _part_paragraphs(tree)
    try:
        found: Any = bare_extraction(tree, include_comments=False, include_tables=True)
    except Exception as error:
        # Pages are broken in more ways than any extractor has met, and the rest must go on.
        raise InputError(f'"{name}": no article could be extracted ({error}).') from error
    blocks = [] if found is None else list(_render(found.body))
    if not blocks:
        raise InputError(
            f'"{name}" is a web page without an article.',
            next_step="If it has one, save its text as .txt and try again.",
        )
    if headline and headline not in blocks[:3]:
        blocks.insert(0, headline)
    return title, "\n\n".join(blocks) + "\n"


def _find_declaration(content: bytes) -> str | None:
    found = _DECLARATION.search(content[:1024])
    return (found[1] or found[2]).decode("ascii") if found else None


def _parse(page: str, name: str) -> Any:
    # Encoded again, because lxml refuses text with an encoding declaration in it.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    from lxml.html import HtmlElementClassLookup

    parser.set_element_class_lookup(HtmlElementClassLookup())
    try:
        tree = etree.fromstring(page.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f'"{name}" is not a web page ({error}).') from error
    if tree is None:
        raise InputError(f'"{name}" is an empty web page.')
    return tree


def _find_titles(tree: Any) -> tuple[str, str]:
    """Return the visible headline, "" where it is in doubt, and the best title there is."""
    headings = [_flatten(heading) for heading in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    headline = headings[0] if len(headings) == 1 else ""
    named = tree.xpath("string(//meta[@property='og:title']/@content)")
    title = _collapse(named) or headline or _collapse(tree.xpath("string(//title)"))
    return headline, title


def _keep_captions(tree: Any) -> None:
    """Make captions paragraphs, which the extractor keeps; it drops them with their pictures."""
    for caption in list(tree.iter("figcaption")):
        figure = next(caption.iterancestors("figure"), caption)
        text = _flatten(caption)
        if text and figure.getparent() is not None:
            paragraph = etree.Element("p")
            paragraph.text = text
            paragraph.tail, figure.tail = figure.tail, None
            figure.addnext(paragraph)
            caption.getparent().remove(caption)


def _part_paragraphs(tree: Any) -> None:
    """Split paragraphs at doubled line breaks, of which the extractor leaves one."""
    for first in list(tree.iter("br")):
        paragraph, second = first.getparent(), first.getnext()
        is_doubled = second is not None and second.tag == "br" and not (first.tail or "").strip()
        if not is_doubled or paragraph is None or paragraph.tag != "p":
            continue
        rest = etree.Element("p")
        rest.text, second.tail = second.tail, None
        for element in list(second.itersiblings()):
            rest.append(element)
        rest.tail, paragraph.tail = paragraph.tail, None
        paragraph.addnext(rest)
        paragraph.remove(second)
        paragraph.remove(first)


def _render(element: Any) -> Iterator[str]:
    """Yield the blocks of the extractor's tree as text, in order."""
    if element.tag == "list":
        yield from _nonempty("\n".join(_list_lines(element)))
    elif element.tag == "table":
        rows = (" | ".join(filter(None, map(_flatten, row))) for row in element.iter("row"))
        yield from _nonempty("\n".join(filter(None, rows)))
    elif any(child.tag in _BLOCKS for child in element):
        yield from _render_mixed(element)
    else:
        yield from _nonempty(_flatten(element))


def _render_mixed(element: Any) -> Iterator[str]:
    """Yield the blocks in an element that holds blocks and, between them, bare text."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _nonempty(_collapse("".join(loose)))
            loose = []
            yield from _render(child)
        else:
            loose.extend(_pieces(child))
        loose.append(child.tail or "")
    yield from _nonempty(_collapse("".join(loose)))


def _list_lines(element: Any) -> Iterator[str]:
    for item in element.iter("item"):
        line = _collapse("".join(_pieces(item, without="list")))  # inner items come by themselves
        if line:
            yield f"- {line}"


def _nonempty(text: str) -> Iterator[str]:
    if text:
        yield text


def _flatten(element: Any) -> str:
    return _collapse("".join(_pieces(element)))


def _pieces(element: Any, *, without: str = "") -> Iterator[str]:
    """Yield the text in the element piece by piece, but for elements of the tag `without`."""
    yield element.text or ""
    for child in element:
        yield " " if child.tag in _PARTING else ""
        if child.tag != without:
            yield from _pieces(child, without=without)
        yield " " if child.tag in _PARTING else ""
        yield child.tail or ""


def _collapse(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")
