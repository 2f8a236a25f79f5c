"""The nouns: frozen values that every part of bicorpus passes on and none changes.

Offsets count Unicode code points of the document's text, end exclusive. A score is a number in
[0, 1], higher is better, comparable only under the same signature; None means not computed. An
empty tuple means computed and nothing found.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = str
"""ISO 639-1 code: "de", "en"."""

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (exclusive) of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span: {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    def of(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """Return the span moved by `by` code points."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it came: text in NFC and otherwise untouched. Cleaning marks, never edits."""

    language: Language
    text: str
    origin: str
    title: str = ""
    encoding: str = "utf-8"
    encoding_guessed: bool = False

    @property
    def id(self) -> str:
        """Hash of language and text, 16 hexadecimal digits: the same text is the same document."""
        digest = hashlib.sha256(f"{self.language}\0{self.text}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:16]


class SegmentKind(StrEnum):
    """What a stretch of an article is; the kind decides whether it is translated."""

    HEADLINE = "headline"
    KICKER = "kicker"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    SUBHEADING = "subheading"
    BODY = "body"
    LIST = "list"
    QUOTE = "quote"
    NAVIGATION = "navigation"
    BOILERPLATE = "boilerplate"
    IMAGE = "image"

    @property
    def is_translated(self) -> bool:
        """Whether sentences of this kind are content that goes through the translator."""
        return self not in _NOT_TRANSLATED


_NOT_TRANSLATED = frozenset(
    map(SegmentKind, ("byline", "credit", "navigation", "boilerplate", "image"))
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document of one kind.

    `repeat` is true where the same text stands directly before it, as on pages that print a
    caption twice: it is kept as a segment, but neither translated nor counted again.
    """

    span: Span
    kind: SegmentKind
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its number in the document (from 1), its span, the index of its segment."""

    number: int
    span: Span
    segment: int


@dataclass(frozen=True, slots=True)
class Translation:
    """What a translator made of one sentence.

    `score` is the geometric mean of the token probabilities, in [0, 1]; None where nothing was
    decoded (empty and symbol-only lines). `flags` are names from `translators.flags`.
    """

    text: str
    score: float | None
    source_tokens: int
    target_tokens: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation about aligned material: which check, how bad, where, a sentence for people.

    Spans count code points of the bead's source and target text.
    """

    check: str
    severity: Severity
    message: str
    source_span: Span | None = None
    target_span: Span | None = None


@dataclass(frozen=True, slots=True)
class WordLink:
    """A source word and a target word that translate each other.

    Spans count code points of the bead's source and target text.
    """

    source: Span
    target: Span
    score: float


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that translate each other.

    `source` and `target` are half-open ranges of indices into the sentences of either side;
    `known` means that the pairing was given (translated sentence by sentence), not found.
    `translation_score` and `flags` are the machine's rendering's, where there was one; `links` are
    the word links in order of source and target place.
    """

    source: Span
    target: Span
    known: bool
    score: float | None = None
    translation_score: float | None = None
    flags: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    links: tuple[WordLink, ...] | None = None

    @property
    def shape(self) -> str:
        """The bead type as the field writes it: "1-1", "1-2", "1-0"."""
        return f"{len(self.source)}-{len(self.target)}"


Stance = Literal["asserted", "denied"]
Verdict = Literal["kept", "changed", "lost", "added"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who vouches for a claim: the speaker and the saying words, each None where not said."""

    source: Span | None
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as a claim carries it: a plain number (None: vague), or an ISO 8601 date.

    `unit` is the English plural of what is counted, a measure or a currency code; None for dates.
    """

    span: Span
    kind: Literal["number", "date"]
    value: float | str | None
    bound: Literal["exact", "about", "over", "under"] = "exact"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a person, a place or an organisation."""

    span: Span
    kind: Literal["person", "place", "organisation"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion inside one sentence: a finite predicate with its arguments and adjuncts.

    `sentence` is an index into the side's sentences; all spans count code points of the side's
    document. Source: the project's guide to claims, whose edge rules the spans follow.
    """

    sentence: int
    spans: tuple[Span, ...]
    attribution: Attribution | None = None
    stance: Stance | None = None
    hedged: bool = False
    negated: bool = False
    quantities: tuple[Figure, ...] = ()
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """A source claim with the target words that say the same, and what became of it.

    `source` and `target` are indices into the article's claims of either side: an added claim has
    no source, a lost one neither target nor spans; a phrase or several claims in the target may
    carry one source claim, `target` is then None or the first of them. `target_spans` count code
    points of the target document.
    """

    source: int | None
    target: int | None
    target_spans: tuple[Span, ...]
    verdict: Verdict
    score: float | None
    reason: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One language's half of an article: the document with its segments and sentences."""

    document: Document
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...] | None = None

    def sentence_text(self, index: int) -> str:
        """Return the text of the sentence at `index`, as it stands in the document."""
        return self.sentences[index].span.of(self.document.text)

    def span_of(self, sentences: Span) -> Span | None:
        """Return where a range of sentences stands, gaps included; None for an empty range."""
        if not sentences:
            return None
        first, last = self.sentences[sentences.start], self.sentences[sentences.end - 1]
        return Span(first.span.start, last.span.end)

    def text_of(self, sentences: Span) -> str:
        """Return the text of a range of sentences as it stands; empty for an empty range."""
        span = self.span_of(sentences)
        return span.of(self.document.text) if span else ""


@dataclass(frozen=True, slots=True)
class Article:
    """The unit of work: one document with all that was found out about it.

    `target` is None for a document that is itself in the target language. `failure` holds the
    reason where the article could not be processed; all else but `source` is then empty.
    """

    source: Side
    target: Side | None = None
    beads: tuple[Bead, ...] = ()
    failure: str | None = None
    claim_links: tuple[ClaimLink, ...] | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was left out, and why: `reason` is a sentence for people."""

    origin: str
    reason: str
