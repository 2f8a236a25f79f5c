"""The chosen backends in one object, with the signature of what they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, BinaryIO

from bicorpus import __version__
from bicorpus.config import Settings
from bicorpus.data import Document, Refusal, Segment, Sentence
from bicorpus.protocols import Splitter, Translator
from bicorpus.readers import read_sources
from bicorpus.registry import find_backend
from bicorpus.segments import segment
from bicorpus.segments.sentences import split_sentences

# Raised when the segmenter, the aligner or the checks give another result for the same input.
SEGMENTS_VERSION = 1
ALIGN_VERSION = 1
CHECKS_VERSION = 1


class Tools:
    """What `settings` names, loaded at first use. Pickles as its settings, so workers load anew.

    `threads` is the number of batches that a translator decodes at a time: it changes the speed
    and nothing else, and is not in the signature.
    """

    def __init__(self, settings: Settings, *, threads: int = 1) -> None:
        self.settings = settings
        self.threads = threads

    def __reduce__(self) -> tuple[Any, tuple[Settings, int]]:
        # One thread each: there are as many workers as processors.
        return (_tools_once, (self.settings, 1))

    @cached_property
    def translator(self) -> Translator:
        """The translator; ModelError where its package is missing or damaged."""
        backend, package = self.settings.translator_backend
        translator: Translator = find_backend("translator", backend)(package, threads=self.threads)
        return translator

    @cached_property
    def splitter(self) -> Splitter:
        """The sentence splitter."""
        splitter: Splitter = find_backend("splitter", self.settings.splitter)()
        return splitter

    @cached_property
    def signature(self) -> str:
        """What made the results; stored work holds as long as this stays the same."""
        return "|".join(
            (
                f"segments:{SEGMENTS_VERSION}",
                f"split:{self.splitter.signature}",
                f"mt:{self.translator.signature}",
                f"align:known,{ALIGN_VERSION}",
                f"checks:{CHECKS_VERSION}",
                f"bicorpus:{__version__}",
            )
        )

    def read(
        self,
        sources: Iterable[str | Path],
        *,
        language: str | None = None,
        standard_input: BinaryIO | None = None,
    ) -> Iterator[Document | Refusal]:
        """Yield the documents in `sources`; see `readers.read_sources`."""
        return read_sources(list(sources), language=language, standard_input=standard_input)

    def segment(self, document: Document) -> tuple[Segment, ...]:
        """Return the segments of a document."""
        return segment(document.text, document.language)

    def sentences(self, document: Document, segments: tuple[Segment, ...]) -> tuple[Sentence, ...]:
        """Return the sentences of a document's segments."""
        return split_sentences(document.text, segments, self.splitter, document.language)


@cache
def _tools_once(settings: Settings, threads: int) -> Tools:
    """Return the tools of this process: a worker loads its models once, not once an article."""
    return Tools(settings, threads=threads)
