"""Batches for the encoder: pairs of like length in changing guises, with altered copies."""

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.encoder_links import LinkTable, piece_links, piece_tokens
from training.encoder_noise import altered, batch_guise, in_other_case, tokenised
from training.encoder_settings import EncoderSettings
from training.packing import END, PAD, START, Numbers, Packed, cut_batches, epoch_rows


@dataclass(frozen=True)
class PairBatch:
    """Piece numbers with start and end marks; 0 is padding.

    `source` [pairs, n]; `target` [pairs + copies, m]: row i translates source row i, and the
    rows past `pairs` are English that translates none of them. `same` [pairs, pairs] is true
    where two pairs share a side, so that neither may count as the other's negative. `links`
    [pairs, n, m] is true where a teacher links two pieces. `keys` [pairs, 2] stand for the texts
    of both sides as they were packed.
    """

    source: Numbers
    target: Numbers
    same: NDArray[np.bool_]
    links: NDArray[np.bool_]
    keys: Numbers

    @property
    def pairs(self) -> int:
        """Number of true pairs."""
        return len(self.source)


def batches_of_epoch(packed: Packed, settings: EncoderSettings, epoch: int) -> list[Numbers]:
    """Rows of every batch of one epoch, in order; rows that are too long for it are left out."""
    rows = epoch_rows(packed, settings, news=False, epoch=epoch)
    source, target = packed.lengths()
    rows = rows[np.maximum(source[rows], target[rows]) <= settings.data.maximum_pieces]
    seed = [settings.training.seed, epoch, 1]
    batches = cut_batches(packed, rows, batch_tokens=settings.training.batch_tokens, seed=seed)
    return [batch for batch in batches if len(batch) > 1]  # one pair alone has no contrast


def make_batch(  # noqa: PLR0913  -- a batch depends on all of them
    packed: Packed,
    rows: Numbers,
    vocabulary: Any,
    settings: EncoderSettings,
    *,
    seed: str,
    teacher: LinkTable | None = None,
) -> PairBatch:
    """Make the batch of `rows`; the same for the same seed."""
    lot = random.Random(seed)  # noqa: S311  -- no secrets here
    sources = [_row(packed.source_pieces, packed.source_starts, row) for row in rows]
    targets = [_row(packed.target_pieces, packed.target_starts, row) for row in rows]
    keys = np.array(
        [[zlib.crc32(row.tobytes()) for row in pair] for pair in zip(sources, targets, strict=True)]
    )
    same = (keys[:, None] == keys[None]).any(2)
    np.fill_diagonal(same, False)
    german = vocabulary.decode([row.tolist() for row in sources])
    english = vocabulary.decode([row.tolist() for row in targets])
    copies = _copies(english, round(settings.noise.altered * len(english)), lot)
    sides = [german, english, copies]
    guises = batch_guise(settings.noise, lot)
    spaced = [
        [tokenised(text) for text in side] if is_tokenised else side
        for side, is_tokenised in zip(sides, (*guises, guises[1]), strict=True)
    ]
    cased = [
        in_other_case(source, target, settings.noise, lot)
        for source, target in zip(spaced[0], spaced[1], strict=True)
    ]
    source_rows = _encoded(spaced[0], [source for source, _ in cased], vocabulary)
    target_rows = _encoded(spaced[1], [target for _, target in cased], vocabulary)
    source = _filled(source_rows)
    target = _filled(target_rows + vocabulary.encode(spaced[2]))
    links = np.zeros((len(rows), source.shape[1], target.shape[1]), dtype=bool)
    if teacher is not None:
        texts = list(zip(german, english, strict=True))
        for index, row in enumerate(rows):
            taught = teacher.of(row)
            if taught is not None:
                numbers = source_rows[index], target_rows[index]
                _write_links(links[index], taught, texts[index], numbers, vocabulary)
    return PairBatch(source, target, same, links, keys)


def _write_links(
    links: NDArray[np.bool_],
    taught: NDArray[np.uint8],
    texts: tuple[str, str],
    numbers: tuple[list[int], list[int]],
    vocabulary: Any,
) -> None:
    """Set the links [n, m] of one pair, behind the start marks; none where letters were lost."""
    source, target = (
        piece_tokens(text, vocabulary.id_to_piece(row))
        for text, row in zip(texts, numbers, strict=True)
    )
    if source is not None and target is not None:
        places = slice(1, len(source) + 1), slice(1, len(target) + 1)
        links[places] = piece_links(taught, source, target)


def _encoded(texts: list[str], other: list[str], vocabulary: Any) -> list[list[int]]:
    rows: list[list[int]] = vocabulary.encode(texts)
    longest = max(map(len, rows))
    for index, (text, changed) in enumerate(zip(texts, other, strict=True)):
        if changed != text:
            row = vocabulary.encode(changed)
            # Capitals fall into three times as many pieces, and one such row pads all others.
            if len(row) <= max(longest, 24):
                rows[index] = row
    return rows


def _copies(texts: list[str], number: int, lot: random.Random) -> list[str]:
    made: list[str] = []
    for text in lot.sample(texts, len(texts)):
        if len(made) == number:
            break
        copy = altered(text, texts, lot)
        if copy is not None:
            made.append(copy)
    return made


def _row(pieces: NDArray[np.uint16], starts: Numbers, row: int) -> NDArray[np.uint16]:
    return pieces[starts[row] : starts[row + 1]]


def _filled(rows: Sequence[Sequence[int]]) -> Numbers:
    filled = np.full((len(rows), max(map(len, rows)) + 2), PAD, dtype=np.int64)
    filled[:, 0] = START
    for index, row in enumerate(rows):
        filled[index, 1 : len(row) + 1] = row
        filled[index, len(row) + 1] = END
    return filled
