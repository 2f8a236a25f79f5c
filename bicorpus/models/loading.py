"""Loads a CTranslate2 model of a package, for work in batches on the processor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bicorpus.errors import ModelError

UNREADABLE = (RuntimeError, OSError, ValueError)
"""What CTranslate2 and SentencePiece raise at a file that is damaged."""


def load_decoder(folder: Path, *, threads: int) -> Any:
    """Return the `ctranslate2.Translator` of a folder; `threads` batches are decoded at a time.

    Raises one of `UNREADABLE` where it is damaged.
    """
    import ctranslate2

    return ctranslate2.Translator(
        str(folder),
        device="cpu",
        inter_threads=threads,
        intra_threads=1,
        # Its default of twice the threads makes the caller wait for room.
        max_queued_batches=-1,
    )


def damaged(what: str, error: Exception) -> ModelError:
    """Return the error of a model that cannot be loaded; `what` names it and its folder."""
    return ModelError(
        f"{what} cannot be loaded: {error}.",
        next_step="`bicorpus models verify` says which file is damaged.",
    )
