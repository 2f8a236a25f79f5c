"""An encoder in a folder that transformers loads: our own, or any BERT-type model.

A text's vector is the mean of its pieces' vectors, start and end mark included. simalign's own
loader cuts long input in silence; here it goes through in windows (see `windows`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bicorpus.embedders.loading import Encoder, Tokenizer, find_folder, folder_hash
from bicorpus.embedders.pooling import Pool
from bicorpus.embedders.sentence_modules import SentenceModules, normalised, read_modules
from bicorpus.embedders.windows import Window, cut_windows, plan_batches

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]

# A batch that stays in the cache; larger ones were no faster on one core.
MOST_ROWS = 32
MOST_PLACES = 2048
# Texts are taken block by block, so that memory does not grow with a corpus; a block is also the
# reach of the batch plan.
BLOCK = 2048


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The pieces of one sentence of tokens.

    `vectors` is float32 [pieces, d], not normalised; `tokens` int64 [pieces] gives each piece's
    token, ascending. A token that leaves no piece (a lone zero-width blank) is not in it.
    """

    vectors: Vectors
    tokens: NDArray[numpy.int64]


class FolderEmbedder:
    """Embeds with the encoder in a folder; see `protocols.Embedder`.

    `folder` is a path, "embedded", or the name of an encoder that ships with bicorpus. `threads`
    is the number of batches at a time; it changes the speed and nothing else. `layer` says whose
    states are taken, as simalign counts them (0 is below the first layer); None is the last.

    ModelError where the folder holds no encoder; at first use, also where its files cannot be
    loaded, and SettingsError for a layer that it does not have.
    """

    def __init__(
        self, folder: str | Path = "embedded", *, threads: int = 1, layer: int | None = None
    ) -> None:
        self.folder = find_folder(folder)
        self._threads = threads
        self._layer = layer

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer(self.folder)

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder(self.folder, layer=self._layer)

    @cached_property
    def signature(self) -> str:
        """What decides the vectors: the folder's name, its files' hash, layer and pooling."""
        layer = "last" if self._layer is None else self._layer
        name = self.folder.resolve().name
        return (
            f"{name},sha:{folder_hash(self.folder)},layer:{layer},{self._modules.signature},"
            f"batch:{MOST_ROWS}/{MOST_PLACES}/{BLOCK}"
        )

    @cached_property
    def _modules(self) -> SentenceModules:
        return read_modules(self.folder)

    @property
    def width(self) -> int:
        """Length of a text's vector."""
        return self._modules.width or len(self._modules.pooling) * self._encoder.width

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text: float32 [len(texts), d]; zeros where a text is empty.

        A text longer than the model takes goes through in windows; its mean is over all of them.
        What takes the mean's place or stands behind it is the folder's choice: `sentence_modules`.
        """
        import numpy

        pool = Pool(self._modules.pooling, texts=len(texts), width=self._encoder.width)
        for start in range(0, len(texts), BLOCK):
            rows = self._tokenizer.pieces(list(texts[start : start + BLOCK]))
            for window, states in self._states(rows):
                starts, ends = window.first == 0, window.last == len(rows[window.row])
                marks = states[: int(starts)], states[len(states) - int(ends) :]
                taken = numpy.concatenate([marks[0], states[window.kept], marks[1]])
                pool.add(start + window.row, taken, starts=starts)
        vectors = pool.vectors()
        for step in self._modules.steps:
            vectors = step(vectors)
        units: Vectors = normalised(numpy.where(pool.is_empty, 0.0, vectors)).astype(numpy.float32)
        return units

    def token_vectors(self, sentences: Sequence[Sequence[str]]) -> Iterator[TokenVectors]:
        """Yield the pieces' vectors of each sentence of tokens, as word alignment needs them.

        Pieces are those of each token by itself, as simalign makes them. A sentence longer than
        the model takes goes through in windows with an overlap.
        """
        import numpy

        for start in range(0, len(sentences), BLOCK):
            rows, tokens = self._token_pieces(sentences[start : start + BLOCK])
            width = self._encoder.width
            made = [numpy.zeros((len(row), width), dtype=numpy.float32) for row in rows]
            for window, states in self._states(rows):
                made[window.row][window.first : window.last] = states[window.kept]
            yield from map(TokenVectors, made, tokens)

    def _token_pieces(
        self, sentences: Sequence[Sequence[str]]
    ) -> tuple[list[list[int]], list[NDArray[numpy.int64]]]:
        """Return the pieces of each sentence, and the token that each belongs to."""
        import numpy

        pieces = iter(self._tokenizer.pieces([token for tokens in sentences for token in tokens]))
        rows, maps = [], []
        for tokens in sentences:
            own = [next(pieces) for _ in tokens]
            rows.append([piece for token in own for piece in token])
            maps.append(numpy.repeat(numpy.arange(len(own)), [len(token) for token in own]))
        return rows, maps

    def _states(self, rows: Sequence[Sequence[int]]) -> Iterator[tuple[Window, Vectors]]:
        """Yield each window of `rows` with its states [pieces + 2, d], marks included."""
        longest = min(self._tokenizer.longest, self._encoder.places) - 2
        windows = [
            window
            for number, row in enumerate(rows)
            for window in cut_windows(number, len(row), longest=longest)
        ]
        batches = plan_batches(windows, places=MOST_PLACES, most=MOST_ROWS)
        with ThreadPoolExecutor(self._threads, initializer=_one_thread) as pool:
            pending = pool.map(lambda batch: self._run(rows, batch), batches)
            for batch, states in zip(batches, pending, strict=True):
                for window, row in zip(batch, states, strict=True):
                    yield window, row[: len(window) + 2]

    def _run(self, rows: Sequence[Sequence[int]], batch: Sequence[Window]) -> Vectors:
        """States [windows, places, d] of a batch of windows, padded at their ends."""
        import torch

        width = max(map(len, batch)) + 2
        pieces = torch.full((len(batch), width), self._tokenizer.padding)
        mask = torch.zeros((len(batch), width), dtype=torch.long)
        for index, window in enumerate(batch):
            row = rows[window.row][window.start : window.end]
            marked = [self._tokenizer.before, *row, self._tokenizer.after]
            pieces[index, : len(marked)] = torch.tensor(marked)
            mask[index, : len(marked)] = 1
        return self._encoder.states(pieces, mask)


def _one_thread() -> None:
    """Keep torch from spreading one sum over several threads, which changes its rounding."""
    import torch

    torch.set_num_threads(1)
