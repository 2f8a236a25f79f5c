"""Word links of a statistical aligner as a teacher: its text, its answer, and pieces for words.

The aligner is a program apart (eflomal is under the GPL, and nothing here imports it): `text` for
it is written, what it answers is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.encoder_noise import TOKEN, tokenised
from training.encoder_settings import EncoderSettings
from training.packing import Numbers, Packed, epoch_rows

Link = tuple[int, int]
NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


@dataclass(frozen=True)
class LinkTable:
    """Links of many rows, end to end: those of `rows[k]` are links[starts[k]:starts[k + 1]]."""

    rows: Numbers
    starts: Numbers
    links: NDArray[np.uint8]

    def save(self, path: Path) -> None:
        """Write the file whole or not at all."""
        beside = path.with_name(path.name + ".part")
        with beside.open("wb") as file:
            np.savez(file, rows=self.rows, starts=self.starts, links=self.links)
        beside.replace(path)

    @staticmethod
    def load(path: Path) -> "LinkTable":
        """Read what `save` wrote."""
        with np.load(path) as file:
            return LinkTable(file["rows"], file["starts"], file["links"])

    def of(self, row: int) -> NDArray[np.uint8] | None:
        """Return the links [links, 2] of a row; None where the aligner has not seen it."""
        place = int(np.searchsorted(self.rows, row))
        if place == len(self.rows) or self.rows[place] != row:
            return None
        return self.links[self.starts[place] : self.starts[place + 1]]


def write_text(  # noqa: PLR0913  -- the text depends on all of them
    packed: Packed,
    vocabulary: Any,
    settings: EncoderSettings,
    folder: Path,
    *,
    most: int,
    gold: tuple[list[str], list[str]] = ([], []),
) -> int:
    """Write de.txt and en.txt of the first epoch's rows, and rows.npy that says which they are.

    Tokenised and in small letters, which leaves a statistical aligner fewer words to learn. The
    sentences of `gold` come last: the aligner links them, too, and can be measured.
    """
    source, target = packed.lengths()
    rows = np.unique(epoch_rows(packed, settings, news=False, epoch=0))
    rows = rows[np.maximum(source[rows], target[rows]) <= settings.data.maximum_pieces]
    if len(rows) > most:
        lot = np.random.default_rng(settings.training.seed)
        rows = np.sort(lot.choice(rows, most, replace=False))
    np.save(folder / "rows.npy", rows)
    for name, pieces, starts, last in (
        ("de.txt", packed.source_pieces, packed.source_starts, gold[0]),
        ("en.txt", packed.target_pieces, packed.target_starts, gold[1]),
    ):
        numbers = [pieces[starts[row] : starts[row + 1]].tolist() for row in rows]
        lines = [tokenised(line).lower() for line in vocabulary.decode(numbers)]
        lines += [line.lower() for line in last]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(rows)


def join_answers(
    folder: Path, forward: Path, backward: Path, *, gold: int = 0
) -> tuple[LinkTable, list[tuple[frozenset[Link], frozenset[Link]]]]:
    """Make the table of links from an aligner's answers to what `write_text` wrote.

    The second value holds both answers for each of the last `gold` sentences.
    """
    rows = np.load(folder / "rows.npy")
    first, second = read_pharaoh(forward), read_pharaoh(backward)
    if not len(first) == len(second) == len(rows) + gold:
        raise ValueError(
            f'"{forward}" has {len(first)} lines, "{backward}" {len(second)}; '
            f'"{folder / "rows.npy"}" and the gold ask for {len(rows) + gold}.'
        )
    both = list(zip(first, second, strict=True))
    return pack_links(rows, [grown(*answers) for answers in both[: len(rows)]]), both[len(rows) :]


def read_pharaoh(path: Path) -> list[frozenset[Link]]:
    """Read links `0-0 1-2`, a pair a line."""
    with path.open(encoding="utf-8") as file:
        return [
            frozenset((int(first), int(second)) for first, second in split_links(line))
            for line in file
        ]


def split_links(line: str) -> list[list[str]]:
    """Both numbers of every link of a line."""
    return [link.split("-") for link in line.split()]


def grown(forward: frozenset[Link], backward: frozenset[Link]) -> frozenset[Link]:
    """Join two directions by grow-diag (Koehn et al. 2003).

    Begin with what both say, and add neighbours that one of them says, as long as they link a
    word that is still without a link.
    """
    made, either = set(forward & backward), forward | backward
    waiting = sorted(made)
    while waiting:
        source, target = waiting.pop(0)
        for step, side in NEIGHBOURS:
            new = (source + step, target + side)
            if new in made or new not in either:
                continue
            sources, targets = {link[0] for link in made}, {link[1] for link in made}
            if new[0] not in sources or new[1] not in targets:
                made.add(new)
                waiting.append(new)
    return frozenset(made)


def pack_links(rows: Numbers, links: Sequence[frozenset[Link]]) -> LinkTable:
    """Make the table of the links of `rows`, which ascend; a token past 255 has no links."""
    kept = [sorted(link for link in one if max(link) < 256) for one in links]
    starts = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in kept], out=starts[1:])
    flat = np.array([link for one in kept for link in one], dtype=np.uint8).reshape(-1, 2)
    return LinkTable(rows, starts, flat)


def piece_tokens(text: str, pieces: Sequence[str]) -> NDArray[np.int64] | None:
    """Tell for each piece of `text` which of its tokens it begins in.

    Letters are counted, without blanks: so it does not matter whether the pieces were made of the
    text itself or of its tokens with blanks between them. None where the letters do not add up
    (capitals of "ß", pieces that are bytes).
    """
    tokens = TOKEN.findall(text)
    owner = np.repeat(np.arange(len(tokens)), [len(token) for token in tokens])
    lengths = [len(piece.replace("▁", "")) for piece in pieces]
    if sum(lengths) != len(owner) or not lengths:
        return None
    begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    tokens_of: NDArray[np.int64] = owner[np.minimum(begins, len(owner) - 1)]
    return tokens_of


def piece_links(
    links: NDArray[np.uint8], source: NDArray[np.int64], target: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Links [source pieces, target pieces] of all pieces of linked words."""
    words = np.zeros((256, 256), dtype=bool)
    words[links[:, 0], links[:, 1]] = True
    return words[np.minimum(source, 255)[:, None], np.minimum(target, 255)[None, :]]
