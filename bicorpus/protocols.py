"""The contracts of the exchangeable parts. One backend a file, each under its own package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from bicorpus.data import Document, Language, Refusal, Span, Translation

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]

Work = TypeVar("Work")
Result = TypeVar("Result")


class Reader(Protocol):
    """Reads the documents of one file format."""

    def read(self, path: Path, content: bytes) -> Iterator[Document | Refusal]:
        """Yield the documents in `content`, which came from `path` (used for `origin` only).

        A document or a place in the file that cannot be used is yielded as a `Refusal`, so that
        the rest goes on. `Document.language` is detected from the text.
        """
        ...


class Splitter(Protocol):
    """Finds sentence boundaries."""

    signature: str

    def split(self, text: str, language: Language) -> list[Span]:
        """Return the spans of the sentences of `text`, in order.

        Between sentences, before the first and after the last there is only white space; no
        sentence is empty or begins or ends with white space.
        """
        ...


class Translator(Protocol):
    """Renders sentences of one language into another."""

    source_language: Language
    target_language: Language

    @property
    def signature(self) -> str:
        """What decides the result: package, hash, engine and its settings."""
        ...

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Return one translation a sentence, in order; the same list gives the same result.

        How sentences are batched depends on `sentences` alone, never on settings, so that the
        result is the same for any worker count.
        """
        ...

    def stream(self, lines: Iterable[str], *, blocks_ahead: int = 1) -> Iterator[Translation]:
        """Yield one translation a line, in order, reading a bounded number of lines ahead."""
        ...


class Embedder(Protocol):
    """Puts sentences of either language into one space of vectors."""

    @property
    def signature(self) -> str:
        """What decides the vectors: model, hash, and how they are pooled."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text: float32, shape (len(texts), d), rows of length one.

        An empty text has a row of zeros. The same texts give the same rows.
        """
        ...


class Executor(Protocol):
    """Applies a pure function to each item: the shape of `map`, results in order, lazily."""

    def __call__(
        self, function: Callable[[Work], Result], items: Iterable[Work]
    ) -> Iterator[Result]:
        """Yield `function(item)` for each item, in order; raises what `function` raises."""
        ...
