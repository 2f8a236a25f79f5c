"""What every exporter is given: a header about the corpus and a stream of rows, one a bead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bicorpus.data import Article, Finding, Language, Span
from bicorpus.exporters.claim_rows import ClaimRow

SideName = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class CorpusHeader:
    """What holds for all rows: the signature, what made the corpus, its language pair.

    `model` is the name of the translation model and `run` the identifier of the build; either
    may be empty. `version` is that of bicorpus.
    """

    signature: str
    model: str
    run: str
    version: str
    source_language: Language
    target_language: Language


@dataclass(frozen=True, slots=True)
class BeadRow:
    """One bead with all that a derived file says about it.

    `number` counts the beads of the document from 1, `segment` is the number of its segment;
    `source_sentences` and `target_sentences` are sentence numbers. The spans count code points
    of the document's two texts and are None for an empty side. `score` judges the pairing,
    `translation_score` the machine's rendering; None means not computed. `known` says that the
    pairing was given (translated sentence by sentence), not found. `claims` are the ids of the
    source claims in the bead.
    """

    document: str
    origin: str
    source_language: Language
    target_language: Language
    number: int
    segment: int
    kind: str
    source_sentences: tuple[int, ...]
    target_sentences: tuple[int, ...]
    source_span: Span | None
    target_span: Span | None
    shape: str
    source_text: str
    target_text: str
    translation_score: float | None
    score: float | None
    flags: tuple[str, ...]
    findings: tuple[Finding, ...]
    known: bool
    claims: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where the row is, for people: "article.txt, bead 3"."""
        return f"{self.origin}, bead {self.number}"


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """An article with those of its rows that are to be written, in order.

    `claims` are there for the formats that say so (`Format.needs_claims`).
    """

    article: Article
    rows: tuple[BeadRow, ...]
    claims: tuple[ClaimRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What an exporter did, in rows.

    `left_out` counts the rows that the format has no place for, `replaced` those written with
    U+FFFD in place of characters that the format cannot hold; `replaced_in` says which ones are
    the first of these. A format that has a record a document counts documents. `notes` are
    sentences for people.
    """

    rows: int
    left_out: int
    replaced: int = 0
    replaced_in: tuple[str, ...] = field(default=(), compare=False)
    notes: tuple[str, ...] = ()


def sentence_numbers(numbers: tuple[int, ...]) -> str:
    """Return sentence numbers as all our files write them: "12 13"."""
    if len(numbers) == 1:  # nearly always
        return str(numbers[0])
    return " ".join(map(str, numbers))


def score_text(score: float | None) -> str:
    """Return a score with four decimals; empty where none was computed."""
    return "" if score is None else f"{score:.4f}"
