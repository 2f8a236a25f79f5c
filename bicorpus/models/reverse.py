"""A package's model of the other direction: how probable a source is, given its translation.

A package may have it as a second CTranslate2 model in `reverse/`, with the vocabulary of the first;
argostranslate does not look there. What a translation leaves out or gets wrong makes the source
less probable, which the translator's own probability does not show: a dropped clause costs it
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bicorpus.errors import ModelError

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
        import ctranslate2

        try:
            self._decoder: Any = ctranslate2.Translator(
                str(folder / REVERSE),
                device="cpu",
                inter_threads=threads,
                intra_threads=1,
                max_queued_batches=-1,
            )
        except (RuntimeError, OSError, ValueError) as error:
            raise ModelError(
                f'The model of the other direction in "{folder}" cannot be loaded: {error}.',
                next_step="`bicorpus models verify` says which file is damaged.",
            ) from error

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
