"""argostranslate's own API as a backend: for packages with a BPE model, and as an oracle in tests.

A sentence is a call, so that the API neither joins sentences nor splits them, and its splitter,
which goes to the network where a package has none inside, is never asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bicorpus.data import Translation
from bicorpus.models import Package, find_package, package_hash
from bicorpus.translators import flags, parts


class _WholeText:
    """Stands in for argostranslate's sentence splitter: the text is one sentence."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


class ArgosApiTranslator:
    """Translates through `argostranslate.translate`; see `protocols.Translator`.

    No score: the API returns a sum whose scale depends on its length penalty.
    """

    def __init__(self, package: Package | str = "embedded", *, threads: int = 1) -> None:
        self.package = find_package(package) if isinstance(package, str) else package
        self.source_language = self.package.source_language
        self.target_language = self.package.target_language
        self._translation = _load(self.package, threads)

    @property
    def signature(self) -> str:
        """What decides the result: package, its hash, and the version of argostranslate."""
        from importlib.metadata import version

        return (
            f"{self.package.name},sha:{package_hash(self.package)},"
            f"engine:argostranslate-{version('argostranslate')}"
        )

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Return one translation a sentence, in order."""
        return [self._one(" ".join(sentence.split())) for sentence in sentences]

    def stream(self, lines: Iterable[str], *, blocks_ahead: int = 1) -> Iterator[Translation]:
        """Yield one translation a line; nothing is read ahead, whatever `blocks_ahead` says."""
        del blocks_ahead
        for line in lines:
            yield self._one(" ".join(line.split()))

    def _one(self, sentence: str) -> Translation:
        if not parts.has_words(sentence):
            flag = flags.PASSED if sentence else flags.EMPTY
            return Translation(sentence, None, 0, 0, (flag,))
        text = self._translation.hypotheses(sentence, 1)[0].value
        return Translation(text, None, 0, 0)


def _load(package: Package, threads: int) -> Any:
    # argostranslate reads its settings at import, and onnxruntime behind it calls home unless told
    # not to.
    os.environ.setdefault("ARGOS_INTER_THREADS", str(threads))
    os.environ.setdefault("ARGOS_INTRA_THREADS", "1")
    from argostranslate.package import Package as ArgosPackage
    from argostranslate.translate import Language, PackageTranslation

    translation = PackageTranslation(
        Language(package.source_language, package.source_language),
        Language(package.target_language, package.target_language),
        ArgosPackage(package.folder),
    )
    translation.sentencizer = _WholeText()
    return translation
