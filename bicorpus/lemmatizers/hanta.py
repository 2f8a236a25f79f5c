"""HanTa, the Hanover Tagger (LGPL): trigram tags and morphological lemmas; models in its wheel.

German tags are STTS ("VV(FIN)" is a finite full verb), English ones BNC's C5 ("VVD").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.metadata import version
from typing import Any

from bicorpus.data import Language
from bicorpus.errors import SettingsError
from bicorpus.lemmatizers.hanta_search import remembering_search
from bicorpus.protocols import TaggedWord

_MODELS = {"de": "morphmodel_ger.pgz", "en": "morphmodel_en.pgz"}
# HanTa's search takes time square in the length; nothing that agrees lies so far apart.
_WINDOW = 120
# The forms of a corpus come again; several checks ask for the same sentence.
_FORMS_KEPT = 200_000
_SENTENCES = 2_000


class HantaLemmatizer:
    """Tags and lemmas by HanTa; a model is loaded when its language is first met."""

    def __init__(self) -> None:
        self._taggers: dict[Language, Any] = {}
        # Claims, names and checks ask for the same sentences in turn.
        self._tagged = lru_cache(maxsize=_SENTENCES)(self._tag)

    @cached_property
    def signature(self) -> str:
        """The program's version, which its models come with."""
        return f"hanta,{version('HanTa')}"

    def tag(self, words: Sequence[str], language: Language) -> list[TaggedWord]:
        """Return one tagged word a word of the sentence, in order; very long ones in windows."""
        return list(self._tagged(tuple(words), language))

    def _tag(self, words: tuple[str, ...], language: Language) -> tuple[TaggedWord, ...]:
        tagger = self._tagger(language)
        tagged: list[TaggedWord] = []
        for start in range(0, len(words), _WINDOW):
            window = list(words[start : start + _WINDOW])
            tagged.extend(
                TaggedWord(word, lemma, tag)
                for word, (_, lemma, tag) in zip(window, tagger.tag_sent(window), strict=True)
            )
        return tuple(tagged)

    def _tagger(self, language: Language) -> Any:
        if language not in self._taggers:
            if language not in _MODELS:
                raise SettingsError(
                    f'There is no tagger for the language "{language}".',
                    next_step=f"Known: {', '.join(_MODELS)}.",
                )
            from HanTa.HanoverTagger import HanoverTagger

            self._taggers[language] = _with_memory(HanoverTagger(_MODELS[language]))
        return self._taggers[language]


def _with_memory(tagger: Any) -> Any:
    """Let the tagger keep what it made of a form: nine tenths of its time go into new ones.

    `_analyze` is pure, and its results are only read.
    """
    tagger._analyze = lru_cache(_FORMS_KEPT)(tagger._analyze)
    tagger.tag_sent_viterbi = remembering_search(tagger, forms_kept=_FORMS_KEPT)
    return tagger
