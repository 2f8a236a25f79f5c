"""The vectors of the pieces of sentences, the same for a sentence whatever stands beside it.

A sum's rounding depends on the shape of the tables that it is made with. So a row is padded to a
width that follows from its own length, and never to that of its batch: measured, the same row then
has the same bits in a batch of any size and at any place of it, from a width of 16 on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bicorpus.embedders.loading import Encoder, Tokenizer, find_folder, folder_hash
from bicorpus.embedders.windows import Window, cut_windows
from bicorpus.errors import ModelError

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]
    Integers = NDArray[numpy.int64]

# simalign's default, the layer of BERT and XLM-R that aligned best (Jalili Sabet et al., 2020).
USUAL_LAYER = 8
_NARROWEST = 16
_WIDTH_STEP = 4
# A batch that stays in the cache; larger ones were no faster on one core.
_MOST_PLACES = 1024
# Longer than any sentence: such a text goes through in windows of the length that an encoder has
# learnt from, though it would take more. On 80 sentences joined into one line, 0.55 of the links of
# the single sentences are found again with windows of 126 pieces, 0.37 with 510.
_LONGEST_SENTENCE = 254
_WINDOW = 126


def find_encoder(name: str | Path) -> Path:
    """Return the folder of an encoder: by path, one that ships with bicorpus, or one by its name.

    A name such as "owner/model" is looked up in the local cache of Hugging Face, never in the
    network. Raises ModelError where there is none.
    """
    try:
        return find_folder(name)
    except ModelError as missing:
        cached = _cached_folder(str(name))
        if cached is None:
            raise ModelError(
                missing.problem,
                next_step=f"{missing.next_step} The local cache of Hugging Face has none of that "
                "name either, and nothing is downloaded.",
            ) from missing
        return cached


def _cached_folder(name: str) -> Path | None:
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        found = try_to_load_from_cache(name, "config.json")
    except (HFValidationError, OSError):
        return None
    return Path(found).parent if isinstance(found, str) else None


def usual_layer(folder: Path) -> int | None:
    """Return the layer that simalign would take, or the last of a smaller encoder.

    None where the configuration does not tell: the last.
    """
    try:
        count = json.loads((folder / "config.json").read_text("utf-8")).get("num_hidden_layers")
    except (OSError, ValueError, AttributeError) as reason:
        raise ModelError(
            f'The file "{folder / "config.json"}" cannot be read: {reason}.',
            next_step="Save the encoder again, as transformers does.",
        ) from reason
    return min(USUAL_LAYER, count) if isinstance(count, int) else None


class PieceEncoder:
    """Gives the pieces of sentences of words their vectors.

    `threads` is the number of batches at a time; it changes the speed and nothing else. torch is
    imported at first use.
    """

    def __init__(self, name: str | Path, *, layer: int | None, threads: int) -> None:
        self.folder = find_encoder(name)
        self.layer = usual_layer(self.folder) if layer is None else layer
        self._threads = threads
        self._known: dict[str, list[int]] = {}

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer(self.folder)

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder(self.folder, layer=self.layer)

    @cached_property
    def signature(self) -> str:
        """What decides the vectors: the folder's name, its files' hash, the layer."""
        layer = "last" if self.layer is None else self.layer
        return f"{self.folder.name},sha:{folder_hash(self.folder)},layer:{layer}"

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[tuple[Vectors, Integers]]:
        """Return each sentence's vectors float32 [pieces, d] and each piece's word int64 [pieces].

        Pieces are those of each word by itself, as simalign makes them; a word that leaves none (a
        lone zero-width blank) has none. A sentence longer than the model takes goes through in
        windows with an overlap.
        """
        import numpy

        self._learn_pieces({word for words in sentences for word in words})
        rows, maps = [], []
        for words in sentences:
            own = [self._known[word] for word in words]
            rows.append([piece for word in own for piece in word])
            counts = numpy.array([len(word) for word in own], dtype=numpy.int64)
            maps.append(numpy.repeat(numpy.arange(len(own), dtype=numpy.int64), counts))
        made = [numpy.zeros((len(row), self._encoder.width), numpy.float32) for row in rows]
        for window, states in self._states(rows):
            made[window.row][window.first : window.last] = states[window.kept]
        return list(zip(made, maps, strict=True))

    def _learn_pieces(self, words: set[str]) -> None:
        if len(self._known) > 200_000:  # some 50 MB; a corpus has no end of words
            self._known.clear()
        new = sorted(words - self._known.keys())
        # Half a character (a lone surrogate) cannot be told to a tokenizer.
        texts = [word.encode("utf-8", "replace").decode() for word in new]
        self._known.update(zip(new, self._tokenizer.pieces(texts), strict=True))

    def _states(self, rows: Sequence[Sequence[int]]) -> Iterator[tuple[Window, Vectors]]:
        """Yield each window of `rows` with its states [places, d], the mark before it first."""
        longest = min(self._tokenizer.longest, self._encoder.places) - 2
        batches = _plan(
            [
                window
                for number, row in enumerate(rows)
                for window in cut_windows(
                    number,
                    len(row),
                    longest=longest if len(row) <= _LONGEST_SENTENCE else min(longest, _WINDOW),
                )
            ],
            most=longest + 2,
        )
        with ThreadPoolExecutor(self._threads, initializer=_one_thread) as pool:
            made = pool.map(lambda batch: self._run(rows, *batch), batches)
            for (_, windows), states in zip(batches, made, strict=True):
                yield from zip(windows, states, strict=True)

    def _run(self, rows: Sequence[Sequence[int]], width: int, windows: Sequence[Window]) -> Any:
        import torch

        pieces = torch.full((len(windows), width), self._tokenizer.padding)
        mask = torch.zeros((len(windows), width), dtype=torch.long)
        for index, window in enumerate(windows):
            row = rows[window.row][window.start : window.end]
            marked = [self._tokenizer.before, *row, self._tokenizer.after]
            pieces[index, : len(marked)] = torch.tensor(marked)
            mask[index, : len(marked)] = 1
        return self._encoder.states(pieces, mask)


def _plan(windows: Sequence[Window], *, most: int) -> list[tuple[int, list[Window]]]:
    """Return batches of windows with the width that all of a batch are padded to."""
    by_width: dict[int, list[Window]] = defaultdict(list)
    for window in windows:
        width = -(-(len(window) + 2) // _WIDTH_STEP) * _WIDTH_STEP
        by_width[min(max(width, _NARROWEST), most)].append(window)
    batches = []
    for width, alike in sorted(by_width.items()):
        size = max(_MOST_PLACES // width, 1)
        batches += [(width, alike[start : start + size]) for start in range(0, len(alike), size)]
    return batches


def _one_thread() -> None:
    """Keep torch from spreading one sum over several threads, which changes its rounding."""
    import torch

    torch.set_num_threads(1)
