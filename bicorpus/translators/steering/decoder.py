"""What steering asks of a translator beyond translating, and the direct engine's answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from bicorpus.data import Span
from bicorpus.protocols import Translator
from bicorpus.translators import flags, parts
from bicorpus.translators.argos import ArgosTranslator
from bicorpus.translators.beam_search import BATCH, MOST_TARGET_PIECES

_CHUNK = re.compile(r"\S+")
# The renderings that one beginning may be continued with.
_CONTINUATIONS = 2
_CONTINUATION_BEAM = 4


class PieceScore(NamedTuple):
    """A piece of a target text: its place and the natural logarithm of its probability."""

    span: Span
    log_probability: float


class Steerable(Translator, Protocol):
    """A translator that can be asked for more than its best rendering."""

    def alternatives(self, sentences: Sequence[str], count: int) -> list[list[str]]:
        """Return up to `count` renderings of each sentence, the most probable first.

        None for a sentence that went through in parts or that has no words.
        """
        ...

    def continuations(self, begun: Sequence[tuple[str, str]]) -> list[list[str]]:
        """Return renderings of each (sentence, how its rendering begins), beginning included."""
        ...

    def defects(self, source: str, target: str) -> tuple[str, ...]:
        """Return the flags of what can be seen to be wrong with `target`."""
        ...

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[list[PieceScore]]:
        """Return the pieces of the target of each (source, target) with how probable each is.

        The last one, of no length, is the end of the sentence.
        """
        ...


class SteerableArgos(ArgosTranslator):
    """The direct engine, asked for more than its best rendering; see `Steerable`.

    Batches are cut from what is handed over and by nothing else, as in translating.
    """

    def alternatives(self, sentences: Sequence[str], count: int) -> list[list[str]]:
        """Return up to `count` renderings of each sentence, the most probable first."""
        texts = [" ".join(sentence.split()) for sentence in sentences]
        whole = [index for index, text in enumerate(texts) if self._is_whole(text)]
        pieces = self._search.sources.encode([texts[index] for index in whole])
        return self._whole_renderings(texts, whole, self._search.decode(pieces, count, count))

    def continuations(self, begun: Sequence[tuple[str, str]]) -> list[list[str]]:
        """Return renderings of each (sentence, how its rendering begins), beginning included."""
        texts = [" ".join(sentence.split()) for sentence, _ in begun]
        whole = [index for index, text in enumerate(texts) if self._is_whole(text)]
        futures = self._search.decode(
            self._search.sources.encode([texts[index] for index in whole]),
            _CONTINUATION_BEAM,
            _CONTINUATIONS,
            self._search.pieces.encode([begun[index][1] for index in whole], out_type=str),
        )
        return self._whole_renderings(texts, whole, futures)

    def _whole_renderings(
        self, texts: Sequence[str], whole: Sequence[int], futures: Sequence[Any]
    ) -> list[list[str]]:
        """Return the renderings of each text but those that were cut off; `whole` are indices."""
        found: list[list[str]] = [[] for _ in texts]
        for index, future in zip(whole, futures, strict=True):
            pieces = self._search.pieces.encode(texts[index], out_type=str)
            for rendering in self._search.renderings(future, pieces):
                made = self._join(texts[index], [rendering], 0)
                if flags.TRUNCATED not in made.flags:
                    found[index].append(made.text.strip())
        return found

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[list[PieceScore]]:
        """Return the pieces of the target of each (source, target) with how probable each is."""
        if not pairs:
            return []
        cut = [self._places(target) for _, target in pairs]
        results = self._search.decoder.score_batch(
            self._search.sources.encode([" ".join(source.split()) for source, _ in pairs]),
            [[piece for piece, _ in pieces] for pieces in cut],
            max_batch_size=BATCH,
            batch_type="examples",
            max_input_length=0,
        )
        return [
            [
                PieceScore(span, score)
                for (_, span), score in zip(
                    [*pieces, ("", Span(len(target), len(target)))], result.log_probs, strict=False
                )
            ]
            for (_, target), pieces, result in zip(pairs, cut, results, strict=True)
        ]

    def _is_whole(self, text: str) -> bool:
        """Return whether a sentence goes through the decoder as it is: no frame, in one part."""
        return parts.unframe(text)[1] == text and parts.has_words(text) and len(self._cut(text)) < 2

    def _places(self, target: str) -> list[tuple[str, Span]]:
        """Return the pieces of a text, each with its place.

        Chunk by chunk, so that what the model normalises ("…" to three points) shifts no other.
        """
        chunks = [Span(*match.span()) for match in _CHUNK.finditer(target)]
        placed: list[tuple[str, Span]] = []
        encoded = self._search.pieces.encode([chunk.of(target) for chunk in chunks], out_type=str)
        for chunk, pieces in zip(chunks, encoded, strict=True):
            at = chunk.start
            for piece in pieces:
                end = min(at + len(piece.replace("\u2581", "")), chunk.end)
                placed.append((piece, Span(min(at, end), end)))
                at = end
        return placed[:MOST_TARGET_PIECES]


class FastSteerableArgos(SteerableArgos):
    """The same, with the beam's first rendering to begin with."""

    rescores = False
