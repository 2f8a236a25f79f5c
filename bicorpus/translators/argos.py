"""The direct engine: an Argos package's own CTranslate2 and SentencePiece models.

argostranslate's API joins the sentences of a text before it hands them back, sums their scores,
turns "_" into a blank and batches 32 tokens at a time; this engine gives a score a sentence and
is several times as fast (scripts/benchmark.py translate). Where the package has a model of the
other direction, that has a say in which of the beam's renderings stands. What can be seen to be
wrong (a lost figure, a loop, a lost address) gets a second try.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bicorpus.checks import surface
from bicorpus.checks.figures import missing_figures
from bicorpus.checks.wordings import check_repeated_clauses
from bicorpus.claims.quantities.reading import read_quantities
from bicorpus.data import Translation
from bicorpus.models import Package, find_package, package_hash
from bicorpus.translators import flags, parts
from bicorpus.translators.beam_search import BATCH, BeamSearch, Search
from bicorpus.translators.capitals import with_capital_nations, with_capital_start
from bicorpus.translators.notation import to_english_notation
from bicorpus.translators.rescoring import Rendering

# Rounding in the decoder depends on what shares a batch, so batches are cut from blocks of fixed
# size and by nothing else: 2 of 300 sentences differ between batches of 1 and of 16.
BLOCK = 256
# Renderings looked through in the second try.
SECOND_TRY_BEAM = 6
# The training sentences rarely have more pieces; past them the model loses the thread.
MOST_SOURCE_PIECES = 120


class ArgosTranslator:
    """Translates with the models inside an Argos package; see `protocols.Translator`.

    `threads` is the number of batches decoded at the same time. It changes the speed and nothing
    else.
    """

    rescores = True
    """Whether a model of the other direction, if there is one, chooses among renderings."""

    def __init__(self, package: Package | str = "embedded", *, threads: int = 1) -> None:
        self.package = find_package(package) if isinstance(package, str) else package
        self.source_language = self.package.source_language
        self.target_language = self.package.target_language
        self._search = BeamSearch(self.package, threads=threads, rescores=self.rescores)

    @property
    def signature(self) -> str:
        """What decides the result: package, its hash, and the decoder's settings."""
        return (
            f"{self.package.name},sha:{package_hash(self.package)},engine:4,"
            f"{self._search.signature},batch:{BATCH}/{BLOCK}"
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
        whole = [part for cut in cuts for part in cut]
        return _Block(frames, texts, cuts, self._search.start(whole))

    def _cut(self, text: str) -> list[str]:
        return parts.cut(
            text,
            limit=MOST_SOURCE_PIECES,
            length=lambda part: len(self._search.pieces.encode(part)),
        )

    def _finish(self, block: _Block) -> list[Translation]:
        ordered = iter(self._search.finish(block.searches))
        lengths = iter(search.length for search in block.searches)
        translations = []
        for frame, text, cut in zip(block.frames, block.texts, block.cuts, strict=True):
            if not cut:
                flag = flags.PASSED if any(frame) else flags.EMPTY
                translations.append(Translation(text, None, 0, 0, (flag,)))
                continue
            renderings = list(islice(ordered, len(cut)))
            source_tokens = sum(islice(lengths, len(cut)))
            first = self._join(text, [one[0] for one in renderings], source_tokens)
            others = renderings[0][1:] if len(cut) == 1 else []
            translations.append(self._better(text, first, others))
        self._second_try(block.texts, translations)
        return [
            replace(translation, text=before + translation.text + after)
            for (before, _, after), translation in zip(block.frames, translations, strict=True)
        ]

    def _join(self, text: str, renderings: list[Rendering], source_tokens: int) -> Translation:
        """Join the renderings of a sentence's parts; its score is the mean over all tokens."""
        raw = " ".join(rendering.text.strip() for rendering in renderings)
        target = to_english_notation(text, raw) if self.target_language == "en" else raw
        is_renoted = to_english_notation("", raw) != target
        if (self.source_language, self.target_language) == ("de", "en"):
            target = with_capital_start(text, with_capital_nations(text, target))
        # The end-of-sentence token is decoded, too.
        weights = [len(rendering.pieces) + 1 for rendering in renderings]
        total = sum(
            weight * rendering.log_probability
            for weight, rendering in zip(weights, renderings, strict=True)
        )
        done = [flags.SPLIT] if len(renderings) > 1 else []
        if any(rendering.truncated for rendering in renderings):
            done.append(flags.TRUNCATED)
        if is_renoted:
            done.append(flags.NOTATION)
        return Translation(
            target,
            math.exp(total / sum(weights)),
            source_tokens,
            sum(len(rendering.pieces) for rendering in renderings),
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
        searches = self._search.start_wider([texts[index] for index in again], SECOND_TRY_BEAM)
        for index, found in zip(again, self._search.finish(searches), strict=True):
            translations[index] = self._better(texts[index], translations[index], found)
        for index in again:
            if flags.ADDRESS in translations[index].flags:
                translations[index] = self._around(texts[index], translations[index])

    def _better(self, text: str, first: Translation, renderings: list[Rendering]) -> Translation:
        """Return the best rendering among those with the fewest defects."""
        best = first
        for rendering in renderings:
            if not _defect_count(best):
                break
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
                rendering = self._search.finish(self._search.start([between.strip()]))[0][0]
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


class FastArgosTranslator(ArgosTranslator):
    """The same, three times as fast: the beam's first rendering stands if nothing is wrong."""

    rescores = False


def _defect_count(translation: Translation) -> int:
    return len((flags.REPAIRABLE | {flags.TRUNCATED}).intersection(translation.flags))


@dataclass(frozen=True, slots=True)
class _Block:
    """A block on its way: what frames each line, its text, cut into parts; a search for each."""

    frames: list[tuple[str, str, str]]
    texts: list[str]
    cuts: list[list[str]]
    searches: list[Search]
