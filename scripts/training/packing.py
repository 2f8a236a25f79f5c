"""Training text as numbers: the packed file, and batches of like length from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.settings import Preparation, Settings

PAD, START, END = 0, 2, 3
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Packed:
    """All pairs end to end: row i of the source is pieces[starts[i]:starts[i + 1]]."""

    source_pieces: NDArray[np.uint16]
    source_starts: Numbers
    target_pieces: NDArray[np.uint16]
    target_starts: Numbers
    corpus: NDArray[np.uint8]
    corpora: tuple[str, ...]

    def lengths(self) -> tuple[Numbers, Numbers]:
        """Pieces a row, source and target."""
        return np.diff(self.source_starts), np.diff(self.target_starts)

    def turned(self) -> "Packed":
        """Give the same pairs for the other direction: the target as source."""
        return Packed(
            source_pieces=self.target_pieces,
            source_starts=self.target_starts,
            target_pieces=self.source_pieces,
            target_starts=self.source_starts,
            corpus=self.corpus,
            corpora=self.corpora,
        )

    def save(self, path: Path) -> None:
        """Write the file whole or not at all."""
        beside = path.with_name(path.name + ".part")
        with beside.open("wb") as file:
            np.savez(
                file,
                source_pieces=self.source_pieces,
                source_starts=self.source_starts,
                target_pieces=self.target_pieces,
                target_starts=self.target_starts,
                corpus=self.corpus,
                corpora=np.array(self.corpora),
            )
        beside.replace(path)

    @staticmethod
    def load(path: Path) -> "Packed":
        """Read what `save` wrote."""
        with np.load(path) as file:
            return Packed(
                source_pieces=file["source_pieces"],
                source_starts=file["source_starts"],
                target_pieces=file["target_pieces"],
                target_starts=file["target_starts"],
                corpus=file["corpus"],
                corpora=tuple(str(name) for name in file["corpora"]),
            )


class Packer:
    """Collects encoded rows and becomes a `Packed`."""

    def __init__(self) -> None:
        self._sides: tuple[list[list[int]], list[list[int]]] = ([], [])
        self._corpus: list[int] = []
        self._corpora: list[str] = []

    def begin(self, corpus: str) -> None:
        """Say that the rows that follow belong to `corpus`."""
        self._corpora.append(corpus)

    def add(self, source: list[int], target: list[int]) -> None:
        """Take one pair of piece numbers, without start or end marks."""
        self._sides[0].append(source)
        self._sides[1].append(target)
        self._corpus.append(len(self._corpora) - 1)

    def packed(self) -> Packed:
        """Everything taken so far."""
        (source, source_starts), (target, target_starts) = map(_end_to_end, self._sides)
        return Packed(
            source_pieces=source,
            source_starts=source_starts,
            target_pieces=target,
            target_starts=target_starts,
            corpus=np.array(self._corpus, dtype=np.uint8),
            corpora=tuple(self._corpora),
        )


def _end_to_end(rows: Sequence[list[int]]) -> tuple[NDArray[np.uint16], Numbers]:
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    pieces = np.fromiter((piece for row in rows for piece in row), np.uint16, int(starts[-1]))
    return pieces, starts


@dataclass(frozen=True)
class Batch:
    """Piece numbers [pairs, longest]; 0 is padding. `target` is `labels` moved by one."""

    source: Numbers
    target: Numbers
    labels: Numbers

    @property
    def tokens(self) -> int:
        """Target pieces to predict, end marks included."""
        return int((self.labels != PAD).sum())


def epoch_rows(packed: Packed, settings: Preparation, *, news: bool, epoch: int) -> Numbers:
    """Rows of one epoch: each as often as its corpus's weight says, the fraction by lot."""
    lot = np.random.default_rng([settings.training.seed, int(news), epoch])
    weights = np.array([settings.weight(name, news=news) for name in packed.corpora])
    expected = weights[packed.corpus]
    times = np.floor(expected + lot.random(len(expected))).astype(np.int64)
    return np.repeat(np.arange(len(times)), times)


def cut_batches(
    packed: Packed, rows: Numbers, *, batch_tokens: int, seed: list[int]
) -> list[Numbers]:
    """Cut `rows` into batches of like length, in random order; the same for the same seed.

    Sorted by source length, then target length: nearly nothing is padded, and most batches
    need no source mask at all.
    """
    lot = np.random.default_rng(seed)
    source, target = packed.lengths()
    order = rows[np.lexsort((lot.random(len(rows)), target[rows], source[rows]))]
    longest = np.maximum(source[order], target[order]) + 1
    batches: list[Numbers] = []
    start, widest = 0, 0
    for index, length in enumerate(longest.tolist()):
        if start < index and (index + 1 - start) * max(widest, length) > batch_tokens:
            batches.append(order[start:index])
            start, widest = index, 0
        widest = max(widest, length)
    if start < len(order):
        batches.append(order[start:])
    return [batches[index] for index in lot.permutation(len(batches))]


def gather(packed: Packed, rows: Numbers) -> Batch:
    """Make a batch: source + end mark; start mark + target against target + end mark."""
    sources = [_row(packed.source_pieces, packed.source_starts, row) for row in rows]
    targets = [_row(packed.target_pieces, packed.target_starts, row) for row in rows]
    width = max(map(len, targets)) + 1
    source = np.full((len(rows), max(map(len, sources)) + 1), PAD, dtype=np.int64)
    target = np.full((len(rows), width), PAD, dtype=np.int64)
    labels = np.full((len(rows), width), PAD, dtype=np.int64)
    target[:, 0] = START
    for index, (german, english) in enumerate(zip(sources, targets, strict=True)):
        source[index, : len(german)] = german
        source[index, len(german)] = END
        target[index, 1 : len(english) + 1] = english
        labels[index, : len(english)] = english
        labels[index, len(english)] = END
    return Batch(source, target, labels)


def _row(pieces: NDArray[np.uint16], starts: Numbers, row: int) -> NDArray[np.uint16]:
    return pieces[starts[row] : starts[row + 1]]


def batches_of(packed: Packed, settings: Settings, *, news: bool, epoch: int) -> Iterator[Numbers]:
    """Rows of every batch of one epoch, in order."""
    rows = epoch_rows(packed, settings, news=news, epoch=epoch)
    seed = [settings.training.seed, int(news), epoch, 1]
    yield from cut_batches(packed, rows, batch_tokens=settings.training.batch_tokens, seed=seed)
