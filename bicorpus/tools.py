"""The chosen backends in one object, with the signature of what they make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from bicorpus import __version__
from bicorpus.claims.finding import CLAIMS_VERSION
from bicorpus.config import EMBEDDED_LANGUAGES, Settings
from bicorpus.data import Document, Language, Refusal, Segment, Sentence
from bicorpus.protocols import Lemmatizer, Splitter, Translator, WordAligner
from bicorpus.readers import read_sources
from bicorpus.registry import find_backend
from bicorpus.segments import segment
from bicorpus.segments.sentences import split_sentences

if TYPE_CHECKING:
    from bicorpus.embedders.folder import FolderEmbedder
    from bicorpus.glossaries import Glossary
    from bicorpus.terms.use import TermChecker
    from bicorpus.translators.steering.steered import SteeredTranslator

# Raised when the segmenter, the aligner or the checks give another result for the same input.
SEGMENTS_VERSION = 1
ALIGN_VERSION = 2
CHECKS_VERSION = 4


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
        return self._plain_translator if self.steering is None else self.steering

    @cached_property
    def _plain_translator(self) -> Translator:
        backend, package = self.settings.translator_backend
        if self.settings.glossary and backend in {"argos", "argos-fast"}:
            backend = f"{backend}-steerable"
        translator: Translator = find_backend("translator", backend)(package, threads=self.threads)
        return translator

    @cached_property
    def glossary(self) -> Glossary | None:
        """The glossary in the translator's languages; None where none is asked for.

        InputError where a file cannot be read or holds no term in these languages.
        """
        if not self.settings.glossary:
            return None
        from bicorpus.glossaries import read_glossaries

        translator = self._plain_translator
        paths = [Path(path) for path in self.settings.glossary]
        return read_glossaries(paths, translator.source_language, translator.target_language)

    @cached_property
    def term_checker(self) -> TermChecker | None:
        """The check of the glossary's terms; None where no glossary is asked for."""
        if self.glossary is None:
            return None
        from bicorpus.terms.use import TermChecker

        translator = self._plain_translator
        return TermChecker(
            self.glossary.terms, translator.source_language, translator.target_language
        )

    @cached_property
    def steering(self) -> SteeredTranslator | None:
        """The translator that the glossary steers; None where no glossary is asked for."""
        if self.term_checker is None:
            return None
        from bicorpus.translators.steering.steered import SteeredTranslator

        # Without claims there are no links in the corpus, but terms are found by them.
        aligner = self.word_aligner or find_backend("wordaligner", "simalign")(
            self.settings.encoder
        )
        return SteeredTranslator(self._plain_translator, self.term_checker, aligner)

    @cached_property
    def splitter(self) -> Splitter:
        """The sentence splitter."""
        splitter: Splitter = find_backend("splitter", self.settings.splitter)()
        return splitter

    @cached_property
    def word_aligner(self) -> WordAligner | None:
        """The word aligner; None where no claims are asked for. ModelError without its encoder."""
        if not self.settings.claims:
            return None
        aligner: WordAligner = find_backend("wordaligner", "simalign")(self.settings.encoder)
        return aligner

    @cached_property
    def embedder(self) -> FolderEmbedder | None:
        """The encoder's vectors of words and texts; None where no claims are asked for."""
        if not self.settings.claims:
            return None
        embedder: FolderEmbedder = find_backend("embedder", "folder")(self.settings.encoder)
        return embedder

    def embedder_for(self, *languages: Language) -> FolderEmbedder | None:
        """Return the encoder where it knows `languages`; one asked for by name is believed to."""
        knows = self.settings.encoder != "embedded" or set(languages) <= set(EMBEDDED_LANGUAGES)
        return self.embedder if knows else None

    @cached_property
    def lemmatizer(self) -> Lemmatizer | None:
        """The tagger that claims are found with; None where no claims are asked for."""
        if not self.settings.claims:
            return None
        lemmatizer: Lemmatizer = find_backend("lemmatizer", "hanta")()
        return lemmatizer

    @cached_property
    def signature(self) -> str:
        """What made the results; stored work holds as long as this stays the same."""
        return "|".join(
            (
                f"segments:{SEGMENTS_VERSION}",
                f"split:{self.splitter.signature}",
                f"mt:{self.translator.signature}",
                f"align:known,{ALIGN_VERSION}",
                *self.signature_of_layers,
                f"bicorpus:{__version__}",
            )
        )

    @property
    def signature_of_layers(self) -> tuple[str, ...]:
        """What made the layers behind the beads: word links, checks, claims."""
        words = self.word_aligner.signature if self.word_aligner else "none"
        tagger = f"{CLAIMS_VERSION},{self.lemmatizer.signature}" if self.lemmatizer else "none"
        return f"words:{words}", f"checks:{CHECKS_VERSION}", f"claims:{tagger}"

    def signature_of_pair(self, source: Document, target: Document) -> str:
        """Return what made the article of two texts: these tools, and the texts."""
        texts = hashlib.sha256(f"{source.id}{target.id}".encode()).hexdigest()[:12]
        return f"{self.signature}|pair:{texts}"

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
