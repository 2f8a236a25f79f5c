"""The direct engine: an Argos package's own CTranslate2 and SentencePiece models.

argostranslate's API joins the sentences of a text before it hands them back, sums their scores,
turns "_" into a blank and batches 32 tokens at a time; this engine gives a score a sentence and
is several times as fast (scripts/benchmark.py translate). What the decoder gets wrong and can be
seen (a lost figure, a loop, a lost address) gets a second try.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bicorpus.checks import surface
from bicorpus.checks.figures import missing_figures
from bicorpus.checks.wordings import check_repeated_clauses
from bicorpus.claims.quantities.reading import read_quantities
from bicorpus.data import Translation
from bicorpus.errors import ModelError
from bicorpus.models import Package, find_package, package_hash
from bicorpus.models.glosses import GlossedPieces, Glosses
from bicorpus.translators import flags, parts
from bicorpus.translators.notation import to_english_notation

# Rounding in the decoder depends on what shares a batch, so batches are cut from blocks of fixed
# size and by nothing else: 2 of 300 sentences differ between batches of 1 and of 16.
BLOCK = 256
BATCH = 32
BEAM = 4
# Divides log probability by the number of tokens: half a BLEU point better than the 0.2 of
# argostranslate on the first 300 lines of WMT21, and the score is then the mean a token.
LENGTH_PENALTY = 1.0
# Renderings looked through in the second try.
SECOND_TRY_BEAM = 6
# The training sentences rarely have more pieces; past them the model loses the thread.
MOST_SOURCE_PIECES = 120
MOST_TARGET_PIECES = 256

Pieces = list[str]


@dataclass(frozen=True, slots=True)
class _Rendering:
    """What the decoder gave for one part: text, mean log probability, pieces, cut off or not."""

    text: str
    log_probability: float
    pieces: int
    truncated: bool


class ArgosTranslator:
    """Translates with the models inside an Argos package; see `protocols.Translator`.

    `threads` is the number of batches decoded at the same time. It changes the speed and nothing
    else.
    """

    def __init__(self, package: Package | str = "embedded", *, threads: int = 1) -> None:
        self.package = find_package(package) if isinstance(package, str) else package
        self.source_language = self.package.source_language
        self.target_language = self.package.target_language
        self._threads = threads
        self._pieces, self._decoder = _load(self.package, threads)
        self._sources = GlossedPieces(self._pieces, Glosses.of_package(self.package.folder))

    @property
    def signature(self) -> str:
        """What decides the result: package, its hash, and the decoder's settings."""
        return (
            f"{self.package.name},sha:{package_hash(self.package)},engine:3,beam:{BEAM},"
            f"lp:{LENGTH_PENALTY:g},batch:{BATCH}/{BLOCK}"
        )

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Return one translation a sentence, in order."""
        return list(self.stream(sentences))

    def stream(self, lines: Iterable[str], *, blocks_ahead: int = 1) -> Iterator[Translation]:
        """Yield one translation a line, reading `blocks_ahead` blocks of 256 lines at a time."""
        source = iter(lines)
        while ahead := list(islice(source, BLOCK * blocks_ahead)):
            blocks = [ahead[at : at + BLOCK] for at in range(0, len(ahead), BLOCK)]
            started = [self._start(block) for block in blocks]
            for block in started:
                yield from self._finish(block)

    def _start(self, lines: list[str]) -> _Block:
        frames = [parts.unframe(" ".join(line.split())) for line in lines]
        texts = [core for _, core, _ in frames]
        cuts = [self._cut(text) if parts.has_words(text) else [] for text in texts]
        pieces = self._sources.encode([part for cut in cuts for part in cut])
        return _Block(frames, texts, cuts, pieces, self._decode(pieces, BEAM, 1))

    def _cut(self, text: str) -> list[str]:
        return parts.cut(
            text, limit=MOST_SOURCE_PIECES, length=lambda part: len(self._pieces.encode(part))
        )

    def _decode(
        self,
        pieces: list[Pieces],
        beam: int,
        hypotheses: int,
        prefixes: list[Pieces] | None = None,
    ) -> list[Any]:
        """Hand parts, and how their renderings begin, to CTranslate2; the results are futures."""
        if not pieces:
            return []
        futures: list[Any] = self._decoder.translate_batch(
            pieces,
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

    def _finish(self, block: _Block) -> list[Translation]:
        results = iter([self._renderings(future)[0] for future in block.futures])
        pieces = iter(block.pieces)
        translations = []
        for frame, text, cut in zip(block.frames, block.texts, block.cuts, strict=True):
            if not cut:
                flag = flags.PASSED if any(frame) else flags.EMPTY
                translations.append(Translation(text, None, 0, 0, (flag,)))
                continue
            renderings = list(islice(results, len(cut)))
            source_tokens = sum(len(part) for part in islice(pieces, len(cut)))
            translations.append(self._join(text, renderings, source_tokens))
        self._second_try(block.texts, translations)
        return [
            replace(translation, text=before + translation.text + after)
            for (before, _, after), translation in zip(block.frames, translations, strict=True)
        ]

    def _renderings(self, future: Any) -> list[_Rendering]:
        result = future.result()
        return [
            _Rendering(
                self._pieces.decode_pieces(hypothesis),
                score,
                len(hypothesis),
                len(hypothesis) >= MOST_TARGET_PIECES,
            )
            for hypothesis, score in zip(result.hypotheses, result.scores, strict=True)
        ]

    def _join(self, text: str, renderings: list[_Rendering], source_tokens: int) -> Translation:
        """Join the renderings of a sentence's parts; its score is the mean over all tokens."""
        raw = " ".join(rendering.text.strip() for rendering in renderings)
        target = to_english_notation(text, raw) if self.target_language == "en" else raw
        # The end-of-sentence token is decoded, too.
        weights = [rendering.pieces + 1 for rendering in renderings]
        total = sum(
            weight * rendering.log_probability
            for weight, rendering in zip(weights, renderings, strict=True)
        )
        done = [flags.SPLIT] if len(renderings) > 1 else []
        if any(rendering.truncated for rendering in renderings):
            done.append(flags.TRUNCATED)
        if to_english_notation("", raw) != target:
            done.append(flags.NOTATION)
        return Translation(
            target,
            math.exp(total / sum(weights)),
            source_tokens,
            sum(rendering.pieces for rendering in renderings),
            (*done, *self.defects(text, target)),
        )

    def defects(self, source: str, target: str) -> tuple[str, ...]:
        """Return the flags of what can be seen to be wrong with `target`."""
        found = []
        loops = surface.find_repetition(target) and not surface.find_repetition(source)
        if loops or check_repeated_clauses(source, target):
            found.append(flags.REPETITION)
        if surface.is_copied(source, target):
            found.append(flags.COPIED)
        missing, _ = missing_figures(
            read_quantities(source, self.source_language),
            read_quantities(target, self.target_language),
        )
        if missing:
            found.append(flags.FIGURE)
        if surface.lost_addresses(source, target):
            found.append(flags.ADDRESS)
        return tuple(found)

    def _second_try(self, texts: list[str], translations: list[Translation]) -> None:
        """Look through more renderings of what has a defect, and translate around addresses."""
        again = [
            index
            for index, translation in enumerate(translations)
            if flags.REPAIRABLE & {*translation.flags} and flags.SPLIT not in translation.flags
        ]
        wanted = [texts[index] for index in again]
        decoded = self._decode(self._sources.encode(wanted), SECOND_TRY_BEAM, SECOND_TRY_BEAM)
        # A gloss may have led it astray; without them it gets other things right.
        pieces = self._pieces.encode(wanted, out_type=str) if self._sources.are_glossed else []
        plain = self._decode(pieces, SECOND_TRY_BEAM, SECOND_TRY_BEAM) or decoded
        for index, *futures in zip(again, decoded, plain, strict=True):
            found = [one for future in futures for one in self._renderings(future)]
            translations[index] = self._better(texts[index], translations[index], found)
        for index in again:
            if flags.ADDRESS in translations[index].flags:
                translations[index] = self._around(texts[index], translations[index])

    def _better(self, text: str, first: Translation, renderings: list[_Rendering]) -> Translation:
        """Return the most probable rendering among those with the fewest defects."""
        best = first
        for rendering in renderings:
            other = self._join(text, [rendering], first.source_tokens)
            if _defect_count(other) < _defect_count(best):
                best = replace(other, flags=(flags.RERANKED, *other.flags))
        return best

    def _around(self, text: str, first: Translation) -> Translation:
        """Translate what stands between the addresses; they themselves stand as they came."""
        joined, scores, at = "", [first.score or 0.0], 0
        spans = surface.find_addresses(text)
        for start, end in zip(
            [0, *(span.end for span in spans)],
            [*(span.start for span in spans), len(text)],
            strict=True,
        ):
            between = text[start:end]
            if parts.has_words(between):
                pieces = self._sources.encode([between.strip()])
                rendering = self._renderings(self._decode(pieces, BEAM, 1)[0])[0]
                scores.append(math.exp(rendering.log_probability))
                lead = between[: len(between) - len(between.lstrip())]
                tail = between[len(between.rstrip()) :]
                between = lead + to_english_notation(between, rendering.text.strip()) + tail
            joined += between
            if at < len(spans):
                joined += spans[at].of(text)
                at += 1
        kept = tuple(flag for flag in first.flags if flag not in flags.REPAIRABLE)
        return replace(
            first,
            text=joined,
            score=min(scores),
            flags=(*kept, flags.AROUND, *self.defects(text, joined)),
        )


def _defect_count(translation: Translation) -> int:
    return len((flags.REPAIRABLE | {flags.TRUNCATED}).intersection(translation.flags))


@dataclass(frozen=True, slots=True)
class _Block:
    """A block on its way: what frames each line, its text, cut into parts; pieces, futures."""

    frames: list[tuple[str, str, str]]
    texts: list[str]
    cuts: list[list[str]]
    pieces: list[Pieces]
    futures: list[Any]


def _load(package: Package, threads: int) -> tuple[Any, Any]:
    """Load SentencePiece and CTranslate2 models; ModelError says what is wrong with them."""
    import ctranslate2
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
        decoder = ctranslate2.Translator(
            str(package.folder / "model"),
            device="cpu",
            inter_threads=threads,
            intra_threads=1,
            # Its default of twice the threads makes the caller wait for room.
            max_queued_batches=-1,
        )
    except (RuntimeError, OSError, ValueError) as error:
        raise ModelError(
            f'The package "{package.name}" in "{package.folder}" cannot be loaded: {error}.',
            next_step="`bicorpus models verify` says which file is damaged.",
        ) from error
    return pieces, decoder
