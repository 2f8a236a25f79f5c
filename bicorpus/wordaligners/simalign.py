"""Word links by the likeness of contextual vectors: simalign's methods, batched, with places.

simalign itself takes a pair a call, gives no scores, cuts long input in silence and fails on an
empty text. With `threshold=0` and no anchors the links here are its own (a test compares them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bicorpus.align.words.anchors import Words
from bicorpus.align.words.linking import METHODS, Method
from bicorpus.align.words.scores import Calibration, find_calibration
from bicorpus.align.words.tokens import place_tokens, split_words
from bicorpus.data import Language, WordLink
from bicorpus.errors import SettingsError
from bicorpus.protocols import TokenLink
from bicorpus.wordaligners.encoders import PieceEncoder

if TYPE_CHECKING:
    from bicorpus.wordaligners.candidates import Candidates

# Pairs whose vectors are held at once, some 20 MB of sentences.
_BLOCK = 256


class SimalignWordAligner:
    """Links words by the vectors of an encoder; see `protocols.WordAligner`.

    `encoder` is a folder's path, "embedded", the name of an encoder that ships with bicorpus, or
    one in the local cache of Hugging Face; nothing is downloaded. `layer` is counted as simalign
    does, None is its default 8, or the last of a smaller model.

    `method` is one of simalign's: "inter" makes the fewest and surest links, "itermax" more,
    "mwmf" links every word of the shorter side. Links whose score is below `threshold` are
    dropped; None is the one that was fitted with the encoder that ships with bicorpus, and 0 with
    any other. With `anchors`, words that hold an equal figure or name are linked to each other, and
    no word is linked with a punctuation mark; `languages` are those of source and target.

    `threads` is the number of batches at a time; it changes the speed and nothing else.

    ModelError where there is no encoder or its files cannot be loaded, SettingsError for a method,
    threshold or layer that does not exist.
    """

    def __init__(  # noqa: PLR0913 - an option is a parameter
        self,
        encoder: str | Path = "embedded",
        *,
        method: Method = "itermax",
        threshold: float | None = None,
        anchors: bool = True,
        threads: int = 1,
        layer: int | None = None,
        languages: tuple[Language, Language] = ("de", "en"),
    ) -> None:
        if method not in METHODS:
            raise SettingsError(
                f'There is no method "{method}" for word links.',
                next_step=f"Known: {', '.join(METHODS)}.",
            )
        if threshold is not None and not 0 <= threshold <= 1:
            raise SettingsError(
                f'The threshold "{threshold:g}" is no score.', next_step="Give one from 0 to 1."
            )
        self._method: Method = method
        self._threshold = threshold
        self._languages = languages
        self._has_anchors = anchors
        self._encoder = PieceEncoder(encoder, layer=layer, threads=threads)

    @cached_property
    def _calibration(self) -> Calibration | None:
        return find_calibration(self._encoder.signature, self._method)

    @property
    def threshold(self) -> float:
        """The score below which a link is dropped."""
        if self._threshold is not None:
            return self._threshold
        return self._calibration.threshold if self._calibration else 0.0

    @cached_property
    def signature(self) -> str:
        """What decides the links: encoder, hash, layer, method, scores, threshold, anchors."""
        scores = "cosine"
        if self._calibration:
            fitted = self._calibration
            scores = f"fitted:{fitted.bias:g}/{fitted.cosine:g}/{fitted.margin:g}"
        anchors = "-".join(self._languages) if self._has_anchors else "none"
        return (
            f"simalign:{self._method},{self._encoder.signature},score:{scores},"
            f"threshold:{self.threshold:g},anchors:{anchors}"
        )

    def link(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[WordLink, ...]]:
        """Return the links of each (source text, target text), in order of place.

        Words are cut by `align.words.tokens`; spans count code points of either text.
        """
        here, there = self._languages
        made = self._link(
            (Words(source, split_words(source), here), Words(target, split_words(target), there))
            for source, target in pairs
        )
        return [
            tuple(
                WordLink(source.spans[link.source], target.spans[link.target], link.score)
                for link in links
            )
            for (source, target), links in made
        ]

    def link_tokens(
        self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]
    ) -> list[tuple[TokenLink, ...]]:
        """Return the links of each (source tokens, target tokens), in order of place."""
        here, there = self._languages
        made = self._link(
            (Words(*place_tokens(source), here), Words(*place_tokens(target), there))
            for source, target in pairs
        )
        return [links for _, links in made]

    def _link(
        self, pairs: Iterable[tuple[Words, Words]]
    ) -> Iterator[tuple[tuple[Words, Words], tuple[TokenLink, ...]]]:
        from bicorpus.wordaligners.candidates import find_candidates

        waiting = iter(pairs)
        while block := list(islice(waiting, _BLOCK)):
            found = find_candidates(
                self._encoder, block, method=self._method, anchors=self._has_anchors
            )
            for pair, candidates in zip(block, found, strict=True):
                yield pair, tuple(self._scored(candidates))

    def _scored(self, found: Candidates) -> Iterator[TokenLink]:
        """Yield the links that reach the threshold."""
        # Four places: the same on machines whose sums round differently in the seventh.
        scores = found.scores(self._calibration).round(4).tolist()
        for source, target, score in zip(
            found.sources.tolist(), found.targets.tolist(), scores, strict=True
        ):
            if score >= self.threshold:
                yield TokenLink(source, target, score)
