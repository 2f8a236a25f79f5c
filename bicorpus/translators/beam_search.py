"""An Argos package's models at work: renderings of sentences, found by beam search.

Where the package has a model of the other direction, the renderings are put in order by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bicorpus.errors import ModelError
from bicorpus.models import Package
from bicorpus.models.glosses import GlossedPieces, Glosses
from bicorpus.models.loading import UNREADABLE, damaged, load_decoder
from bicorpus.models.reverse import ReverseModel
from bicorpus.translators import rescoring
from bicorpus.translators.copied_words import CopiedWords
from bicorpus.translators.loosening import loosened
from bicorpus.translators.lost_blanks import with_lost_blanks
from bicorpus.translators.rescoring import Rendering, Rescorer, Source

BATCH = 32
BEAM = 4
# Divides log probability by the number of tokens: half a BLEU point better than the 0.2 of
# argostranslate on the first 300 lines of WMT21, and the score is then the mean a token.
LENGTH_PENALTY = 1.0
MOST_TARGET_PIECES = 256

Pieces = list[str]


@dataclass(frozen=True, slots=True)
class Search:
    """Renderings on their way: the source, and how many pieces it has with glosses."""

    source: Source
    length: int
    futures: list[Any]


class BeamSearch:
    """Finds renderings with the models inside a package.

    `threads` is the number of batches decoded at the same time. It changes the speed and nothing
    else.
    """

    def __init__(self, package: Package, *, threads: int = 1, rescores: bool = True) -> None:
        self.pieces, self.decoder = _load(package, threads)
        self._is_german = package.source_language == "de"
        self._glosses = Glosses.of_package(package.folder)
        self.sources = GlossedPieces(self.pieces, self._glosses)
        reverse = ReverseModel.of_package(package.folder, threads=threads) if rescores else None
        copied = CopiedWords(self._glosses) if self._glosses is not None else None
        self.rescorer = Rescorer(reverse, copied) if reverse else None

    @property
    def signature(self) -> str:
        """What decides the result beside the package."""
        settings = f"beam:{BEAM},lp:{LENGTH_PENALTY:g}"
        return f"{settings},reverse:{rescoring.WEIGHT:g}" if self.rescorer else settings

    def start(self, texts: Sequence[str]) -> list[Search]:
        """Begin to look for the best rendering of each text, and for what to choose from."""
        return self._begin(texts, BEAM, BEAM if self.rescorer else 1)

    def start_wider(self, texts: Sequence[str], beam: int) -> list[Search]:
        """Begin to look for as many renderings of each text as the beam is wide."""
        return self._begin(texts, beam, beam)

    def _begin(self, texts: Sequence[str], beam: int, count: int) -> list[Search]:
        """Begin to look for `count` renderings of each text.

        Where there are several to choose from, also without glosses: one may have led the decoder
        astray, and without it other things come out right. And with German compounds loosened.
        """
        glossed = self.sources.encode(texts)
        plain: list[Pieces] = self.pieces.encode(list(texts), out_type=str)
        begun = [
            Search(Source(text, own), len(pieces), [future])
            for text, own, pieces, future in zip(
                texts, plain, glossed, self.decode(glossed, beam, count), strict=True
            )
        ]
        if count > 1:
            loose = [(at, self._loosened(text)) for at, text in enumerate(texts)]
            loose = [(at, text) for at, text in loose if text != texts[at]]
            encoded = self.sources.encode([text for _, text in loose])
            for variants in (
                [(at, own) for at, own in enumerate(plain) if own != glossed[at]],
                [(at, own) for (at, _), own in zip(loose, encoded, strict=True)],
            ):
                if variants:
                    futures = self.decode([own for _, own in variants], beam, count)
                    for (at, _), future in zip(variants, futures, strict=True):
                        begun[at].futures.append(future)
        return begun

    def _loosened(self, text: str) -> str:
        if not self._is_german or "-" not in text:
            return text
        glosses = self._glosses
        return loosened(text, lambda word: glosses is not None and glosses.is_joined_name(word))

    def finish(self, searches: Sequence[Search]) -> list[list[Rendering]]:
        """Return the renderings that were found for each text, each once, the best one first."""
        found = [
            _each_once(
                one
                for future in search.futures
                for one in self.renderings(future, search.source.pieces)
            )
            for search in searches
        ]
        if self.rescorer is None:
            return found
        return self.rescorer.order([search.source for search in searches], found)

    def decode(
        self,
        sources: Sequence[Pieces],
        beam: int,
        hypotheses: int,
        prefixes: Sequence[Pieces] | None = None,
    ) -> list[Any]:
        """Hand sources, and how their renderings begin, to CTranslate2; the results are futures."""
        if not sources:
            return []
        futures: list[Any] = self.decoder.translate_batch(
            list(sources),
            target_prefix=prefixes,
            max_batch_size=BATCH,
            batch_type="examples",
            beam_size=beam,
            num_hypotheses=hypotheses,
            length_penalty=LENGTH_PENALTY,
            max_input_length=0,
            max_decoding_length=MOST_TARGET_PIECES,
            return_scores=True,
            replace_unknowns=True,
            asynchronous=True,
        )
        return futures

    def renderings(self, future: Any, source: Pieces) -> list[Rendering]:
        """Wait for a result of `decode` and return its renderings, the most probable first.

        `source` are the pieces of what was translated, without glosses.
        """
        result = future.result()
        found = []
        for hypothesis, score in zip(result.hypotheses, result.scores, strict=True):
            pieces = with_lost_blanks(hypothesis, source)
            text = self.pieces.decode_pieces(pieces)
            is_cut = len(hypothesis) >= MOST_TARGET_PIECES
            found.append(Rendering(text, tuple(pieces), score, is_cut))
        return found


def _each_once(renderings: Iterable[Rendering]) -> list[Rendering]:
    found: dict[str, Rendering] = {}
    for one in renderings:
        found.setdefault(one.text, one)
    return list(found.values())


def _load(package: Package, threads: int) -> tuple[Any, Any]:
    """Load SentencePiece and CTranslate2 models; ModelError says what is wrong with them."""
    import sentencepiece

    vocabulary = package.folder / "sentencepiece.model"
    if not vocabulary.is_file():
        raise ModelError(
            f'The package "{package.name}" has no "sentencepiece.model".',
            next_step="Packages with a BPE model run through argostranslate's own API: "
            f'say --translator "argos-api:{package.name.removeprefix("argos:")}".',
        )
    try:
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
        decoder = load_decoder(package.folder / "model", threads=threads)
    except UNREADABLE as error:
        raise damaged(f'The package "{package.name}" in "{package.folder}"', error) from error
    return pieces, decoder
