"""The header of an export, from what the project says made it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from bicorpus import __version__
from bicorpus.data import Language
from bicorpus.exporters.rows import CorpusHeader


def corpus_header(
    signatures: Sequence[str], *, source_language: Language, target_language: Language
) -> CorpusHeader:
    """Return the header of a corpus whose articles were made under `signatures`.

    There is one signature, but for a build that was cut off after a change: then all are named.
    The run is a hash of them: it says what made the corpus, not when.
    """
    signature = " ".join(signatures)
    parts = [part for one in signatures for part in one.split("|")]
    models = [part[3:].partition(",")[0] for part in parts if part.startswith("mt:")]
    return CorpusHeader(
        signature=signature,
        model=" ".join(dict.fromkeys(models)),
        run=hashlib.sha256(signature.encode()).hexdigest()[:12] if signatures else "",
        version=__version__,
        source_language=source_language,
        target_language=target_language,
    )
