"""Plain text and Markdown: the file's text is the document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bicorpus.data import Document, Language, Refusal
from bicorpus.errors import InputError
from bicorpus.readers.documents import check_language, make_document
from bicorpus.readers.encoding import decode


class TextReader:
    """Reads one document from a file of plain text; Markdown is kept as it stands."""

    def __init__(self, *, language: Language | None = None) -> None:
        check_language(language)
        self.language = language

    def read(self, path: Path, content: bytes) -> Iterator[Document | Refusal]:
        """Yield the text of `content` as one Document, or a Refusal. `path` is the origin."""
        origin = path.as_posix()
        try:
            decoded = decode(content, name=origin)
        except InputError as error:
            yield Refusal(origin, str(error))
            return
        yield make_document(decoded, origin=origin, language=self.language)
