"""A package's model of the other direction: how probable a source is, given its translation.

A package may have it as a second CTranslate2 model in `reverse/`, with the vocabulary of the first;
argostranslate does not look there. What a translation leaves out or gets wrong makes the source
less probable, which the translator's own probability does not show: a dropped clause costs it
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bicorpus.models.loading import UNREADABLE, damaged, load_decoder

REVERSE = "reverse"
# Tokens of a batch, the padding included.
_BATCH = 512

Pieces = Sequence[str]


class ReverseModel:
    """Reads source texts beside their translations; nothing is searched for."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Load the model in the folder of a package.

        Raises:
            ModelError: it is damaged.

        """
        try:
            self._decoder = load_decoder(folder / REVERSE, threads=threads)
        except UNREADABLE as error:
            raise damaged(f'The model of the other direction in "{folder}"', error) from error

    @classmethod
    def of_package(cls, folder: Path, *, threads: int = 1) -> ReverseModel | None:
        """Return the model in a package's folder, None where it has none."""
        return cls(folder, threads=threads) if (folder / REVERSE).is_dir() else None

    def score(self, pairs: Sequence[tuple[Pieces, Pieces]]) -> list[list[float]]:
        """Return the natural logarithm of the probability of each piece of each source.

        `pairs` are (source, target) as pieces, without glosses; the last figure of a source is
        that of its end. The batches follow from the pairs alone.
        """
        if not pairs:
            return []
        results = self._decoder.score_batch(
            [list(target) for _, target in pairs],
            [list(source) for source, _ in pairs],
            max_batch_size=_BATCH,
            batch_type="tokens",
            max_input_length=0,
        )
        return [list(result.log_probs) for result in results]
