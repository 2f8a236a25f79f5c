"""A translator that a glossary steers: other renderings, forced wordings, exchanged words.

Only sentences with a term that `TermChecker` finds rendered wrong are looked at again, and a
change stays only where nothing else gets worse (docs/steering.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bicorpus.data import Bead, Finding, Span, Translation
from bicorpus.protocols import Translator, WordAligner
from bicorpus.terms.glossary import Term
from bicorpus.terms.use import CHECK, TermChecker
from bicorpus.translators import flags
from bicorpus.translators.steering.candidates import (
    STEPS,
    Candidate,
    Step,
    is_wrong,
)
from bicorpus.translators.steering.choice import Chooser, Work
from bicorpus.translators.steering.forcing import Forcing
from bicorpus.translators.steering.judge import Judge

if TYPE_CHECKING:
    from bicorpus.translators.steering.decoder import Steerable

VERSION = 2
# Sentences are steered in blocks of this size, as they are translated.
BLOCK = 256
ALTERNATIVES = 6


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term whose rendering was changed: the German wording, what stood there, what stands now.

    Spans count code points of the sentence and of its rendering.
    """

    source_span: Span
    target_span: Span | None
    wording: str
    before: str
    after: str
    step: Step

    @property
    def finding(self) -> Finding:
        """The change as a finding, for people."""
        was = f'was rendered "{self.before}"' if self.before else "was not rendered"
        message = f'"{self.wording}" {was}, changed to "{self.after}" after the glossary'
        return Finding(CHECK, "info", message, self.source_span, self.target_span)


@dataclass(frozen=True, slots=True)
class SteeredTranslation(Translation):
    """A translation with what the glossary changed in it."""

    changes: tuple[TermChange, ...] = ()


def changes_of(translation: Translation) -> tuple[TermChange, ...]:
    """Return what a glossary changed in a translation."""
    return translation.changes if isinstance(translation, SteeredTranslation) else ()


def with_changes(beads: Sequence[Bead], translations: Sequence[Translation]) -> tuple[Bead, ...]:
    """Return the beads of `translations`, one each, with what the glossary changed as findings."""
    return tuple(
        replace(bead, findings=(*bead.findings, *(one.finding for one in changes_of(translation))))
        for bead, translation in zip(beads, translations, strict=True)
    )


def glossary_hash(terms: Sequence[Term]) -> str:
    """Return a hash of what `terms` ask for; notes and the files they came from do not count."""
    content = [
        (one.source, one.targets, one.allowed, one.forbidden, one.domain, one.part_of_speech,
         one.case_sensitive)
        for one in terms
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:16]


class SteeredTranslator:
    """Lets a glossary steer `translator`; see `protocols.Translator`.

    Where the translator can be asked for more than its best rendering (`Steerable`), all of
    `steps` are tried; otherwise linked words are exchanged only. `aligner` links the words.
    """

    def __init__(
        self,
        translator: Translator,
        checker: TermChecker,
        aligner: WordAligner,
        *,
        steps: Sequence[Step] = STEPS,
    ) -> None:
        self.source_language = translator.source_language
        self.target_language = translator.target_language
        self._translator = translator
        self._decoder: Steerable | None = (
            translator if hasattr(translator, "continuations") else None  # type: ignore[assignment]
        )
        self._aligner = aligner
        self._checker = checker
        judge = Judge(checker, (self.source_language, self.target_language))
        self._chooser = Chooser(judge, self._decoder)
        self._steps = (
            tuple(steps) if self._decoder else tuple(step for step in steps if step == "repair")
        )
        self._forcing = Forcing(
            checker,
            aligner,
            self._chooser,
            self._decoder,
            steps=self._steps,
            language=self.target_language,
        )

    @property
    def signature(self) -> str:
        """What decides the result: the translator, the glossary's hash, the steps, the links."""
        return (
            f"{self._translator.signature},glossary:{glossary_hash(self._checker.terms)},"
            f"steering:{VERSION}/{'/'.join(self._steps)},"
            f"links:{self._aligner.signature}"
        )

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Return one translation a sentence, in order; those changed are SteeredTranslations."""
        return list(self.stream(sentences))

    def stream(self, lines: Iterable[str], *, blocks_ahead: int = 1) -> Iterator[Translation]:
        """Yield one translation a line, reading `blocks_ahead` blocks of 256 lines at a time."""
        source = iter(lines)
        while ahead := list(islice(source, BLOCK * blocks_ahead)):
            made = self._translator.stream(ahead, blocks_ahead=blocks_ahead)
            for at in range(0, len(ahead), BLOCK):
                block = ahead[at : at + BLOCK]
                yield from self.steer(block, list(islice(made, len(block))))

    def steer(
        self, sentences: Sequence[str], translations: Sequence[Translation]
    ) -> list[Translation]:
        """Return the translations of `sentences`, changed where the glossary asks for it."""
        results = list(translations)
        work: dict[int, Work] = {}
        for index, (source, first) in enumerate(zip(sentences, translations, strict=True)):
            text = first.text.strip()
            if text and any(map(is_wrong, self._checker.check(source, text))):
                work[index] = Work(source, first, text)
        self._forcing.look(list(work.values()))
        for one in work.values():
            one.before = one.uses
        self._forcing.force(list(work.values()))
        if "alternative" in self._steps:
            self._choose_alternatives(
                [one for one in work.values() if not one.steps and any(map(is_wrong, one.uses))]
            )
        for index, one in work.items():
            if one.steps:
                results[index] = self._steered(one)
        return results

    def _choose_alternatives(self, works: list[Work]) -> None:
        """Try other renderings of sentences in which nothing could be exchanged or forced.

        Where something could, they had no term right besides on 60 lines of WMT23's set.
        """
        if self._decoder is None or not works:
            return
        found = self._decoder.alternatives([one.source for one in works], ALTERNATIVES)
        chosen = self._chooser.choose(
            [
                (one, (), [Candidate(text, "alternative") for text in texts])
                for one, texts in zip(works, found, strict=True)
            ]
        )
        self._forcing.look(chosen)

    def _steered(self, one: Work) -> SteeredTranslation:
        """Return the sentence as it stands now, with every term that came right recorded."""
        # By the links, a right wording may stand for another word; it was judged without.
        now = {
            (use.source_span, use.term): use
            for use in (*self._checker.check(one.source, one.text), *one.uses)
            if not is_wrong(use)
        }
        changes = []
        for was in one.before:
            key = was.source_span, was.term
            if key in one.steps and key in now:
                use = now[key]
                changes.append(
                    TermChange(
                        was.source_span,
                        use.target_span,
                        was.wording,
                        was.rendering,
                        use.rendering,
                        one.steps[key],
                    )
                )
        first = one.first
        tokens = len(one.pieces) - 1 if one.pieces else first.target_tokens
        return SteeredTranslation(
            one.text,
            one.score,
            first.source_tokens,
            tokens,
            (*self._flags(one), flags.GLOSSARY),
            tuple(changes),
        )

    def _flags(self, one: Work) -> tuple[str, ...]:
        """Return the flags of the first rendering, what is wrong with it looked up anew."""
        if self._decoder is None:
            return one.first.flags
        kept = [flag for flag in one.first.flags if flag not in flags.REPAIRABLE]
        return (*kept, *self._decoder.defects(one.source, one.text))
