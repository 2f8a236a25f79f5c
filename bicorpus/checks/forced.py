"""How probable a translator finds each word of a given translation, in its place, and what else.

A word too few shows in the one behind it, a word too many in itself: "The transmission capacity
is for this" is improbable at "for", where "designed" was expected. The text is handed to the
decoder, nothing is searched for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bicorpus.errors import ModelError
from bicorpus.models.loading import UNREADABLE, damaged

if TYPE_CHECKING:
    from bicorpus.checks.forecast import Forecast, Piece, Vocabulary
    from bicorpus.data import Span
    from bicorpus.models.glosses import GlossedPieces

# Beyond this a line is a text; what lies behind counts as neither probable nor improbable.
_MOST_PIECES = 400
# A sentence's distributions take a megabyte; of 4, 16 and 32 at a time 16 were the fastest.
_BATCH = 16
_BATCH_PIECES = 512
_CHUNK = re.compile(r"\S+")
_VOCABULARIES = ("shared_vocabulary.json", "target_vocabulary.json")


class ForcedDecoder:
    """Reads translations with the CTranslate2 and SentencePiece models in a package's folder."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._folder = folder
        self._threads = threads

    @cached_property
    def _glossed(self) -> GlossedPieces:
        """The vocabulary for sources: a rare word has what a dictionary says of it beside it."""
        from bicorpus.models.glosses import GlossedPieces, Glosses

        return GlossedPieces(self._models[0], Glosses.of_package(self._folder))

    @cached_property
    def _models(self) -> tuple[Any, Any]:
        import ctranslate2
        import sentencepiece

        try:
            return (
                sentencepiece.SentencePieceProcessor(
                    model_file=str(self._folder / "sentencepiece.model")
                ),
                ctranslate2.Translator(
                    str(self._folder / "model"),
                    inter_threads=self._threads,
                    intra_threads=1,
                    compute_type="int8",
                ),
            )
        except UNREADABLE as error:
            raise self._damaged(error) from error

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        from bicorpus.checks.forecast import make_vocabulary

        paths = [self._folder / "model" / name for name in _VOCABULARIES]
        try:
            path = next((path for path in paths if path.exists()), paths[0])
            return make_vocabulary(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> ModelError:
        return damaged(f'The translator in "{self._folder}"', error)

    def forecast(self, pairs: Sequence[tuple[str, str]]) -> list[Forecast]:
        """Return what the translator expects at each place of each pair's target."""
        cuts = [_cut(target, self._models[0]) for _, target in pairs]
        order = sorted(range(len(pairs)), key=lambda number: len(cuts[number]))
        made: dict[int, Forecast] = {}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            made.update(zip(batch, self._forecast(batch, pairs, cuts), strict=True))
        return [made[number] for number in range(len(pairs))]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        """Return the natural logarithm of the probability of each piece of each target."""
        if not pairs:
            return []
        pieces, decoder = self._models
        sources = self._glossed.encode([source for source, _ in pairs])
        results = decoder.score_batch(
            [source[:_MOST_PIECES] for source in sources],
            [[piece for _, _, piece in _cut(target, pieces)] for _, target in pairs],
            max_batch_size=_BATCH_PIECES,
            batch_type="tokens",
        )
        return [list(result.log_probs) for result in results]

    def _source(self, text: str) -> list[Piece]:
        return _with_glosses(_cut(text, self._models[0]), self._glossed.placed(text))

    def _forecast(
        self, batch: list[int], pairs: Sequence[tuple[str, str]], cuts: Sequence[list[Piece]]
    ) -> Iterator[Forecast]:
        """Decode a batch with the targets as prefixes: every step leaves its distribution.

        `score_batch` takes a fifth longer and tells of the pieces that stand there only.
        """
        import numpy

        from bicorpus.checks.forecast import Reading, read_forecast

        decoder = self._models[1]
        sources = [self._source(pairs[number][0]) for number in batch]
        results = decoder.translate_batch(
            [[piece for _, _, piece in source] for source in sources],
            target_prefix=[[piece for _, _, piece in cuts[number]] for number in batch],
            beam_size=1,
            max_decoding_length=max(len(cuts[number]) for number in batch) + 1,
            return_logits_vocab=True,
            return_attention=True,
        )
        for number, source, result in zip(batch, sources, results, strict=True):
            rows = result.logits[0][: len(cuts[number]) + 1]
            logits = numpy.array([numpy.asarray(row) for row in rows], dtype=numpy.float32)
            attention = numpy.array(result.attention[0], dtype=numpy.float32)
            reading = Reading(cuts[number], logits, source, attention)
            yield read_forecast(*pairs[number], reading, self._vocabulary)


def _cut(text: str, pieces: Any) -> list[Piece]:
    """Return the pieces of a text with their places.

    Chunk by chunk, so that what the model normalises ("…" to three points) shifts nothing else.
    """
    chunks = [match.span() for match in _CHUNK.finditer(text)]
    cut: list[Piece] = []
    for (start, end), parts in zip(
        chunks, pieces.encode([text[a:b] for a, b in chunks], out_type=str), strict=True
    ):
        place = start
        for part in parts:
            length = len(part.replace("\u2581", ""))
            cut.append((min(place, end - 1), min(place + length, end), part))
            place += length
    return cut[:_MOST_PIECES]


def _with_glosses(pieces: list[Piece], glosses: Sequence[tuple[Span, list[str]]]) -> list[Piece]:
    """Put the pieces of glosses in; to look at a word's gloss is to look at the word.

    As in translating, they stand before the first piece of what hangs together with the word.
    """
    made: list[Piece] = []
    waiting = list(glosses)
    starts = [place for place, (_, _, piece) in enumerate(pieces) if piece.startswith("\u2581")]
    for begin, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        while waiting and waiting[0][0].start < pieces[end - 1][1]:
            span, parts = waiting.pop(0)
            made += [(span.start, span.end, part) for part in parts]
        made += pieces[begin:end]
    return made
