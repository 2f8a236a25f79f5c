"""What the exporters of claims are given: a row a claim pair, its two sides alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bicorpus.claims.gold_form import plain_value
from bicorpus.data import Claim, Figure, Finding, Language, Span

BETWEEN_SPANS = " … "


@dataclass(frozen=True, slots=True)
class ClaimSide:
    """One side of a claim pair.

    `claim` is the claim's id; empty for a phrase that is no claim of its own, and for an empty
    side. `spans` count code points of the side's document. `hedged` and `negated` are None where
    there is no claim to tell; so is `stance` in an article's own voice. `quantities` and `names`
    are those inside the spans.
    """

    claim: str = ""
    sentences: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    text: str = ""
    speaker: str = ""
    cue: str = ""
    stance: str | None = None
    hedged: bool | None = None
    negated: bool | None = None
    quantities: tuple[Figure, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with what became of it in the target.

    `verdict` is empty for a claim that nothing was meant to carry: one of a document in the
    target language. `group` names the group of claims that report the same fact; empty for none.
    """

    document: str
    origin: str
    source_language: Language
    target_language: Language
    kind: str
    source: ClaimSide
    target: ClaimSide
    verdict: str
    score: float | None
    reason: str
    findings: tuple[Finding, ...] = ()
    group: str = ""

    @property
    def id(self) -> str:
        """The id of the pair: that of its source claim, or of the added one."""
        return self.source.claim or self.target.claim

    @property
    def source_text(self) -> str:
        """The words of the source claim; empty for an added one."""
        return self.source.text

    @property
    def target_text(self) -> str:
        """The words that carry it in the target; empty where they were lost."""
        return self.target.text

    @property
    def place(self) -> str:
        """Where the row is, for people: "article.txt, claim 0a1b2c3d4e5f6071-c3"."""
        return f"{self.origin}, claim {self.id}"


def claim_id(document: str, index: int, *, is_source: bool = True) -> str:
    """Return the id of the claim at `index` of a document's source or target side."""
    return f"{document}-{'c' if is_source else 't'}{index + 1}"


def text_of(spans: Sequence[Span], text: str) -> str:
    """Return what the spans cover, several of them with an ellipsis between."""
    return BETWEEN_SPANS.join(span.of(text) for span in spans)


def quantities_json(quantities: Sequence[Figure]) -> str:
    """Return quantities as compact JSON; empty where there are none.

    A number has value, bound and unit, a date its ISO form; whole numbers have no point.
    """
    if not quantities:
        return ""
    return json.dumps([_plain(one) for one in quantities], ensure_ascii=False)


def _plain(figure: Figure) -> dict[str, object]:
    value = plain_value(figure.value)
    if figure.kind == "date":
        return {"kind": "date", "value": value}
    return {"value": value, "bound": figure.bound, "unit": figure.unit}


def side_of(claim: Claim, identifier: str, number: int, text: str) -> ClaimSide:
    """Return the row's side for a whole claim; `number` is that of its sentence."""
    attribution = claim.attribution
    speaker = attribution.source.of(text) if attribution and attribution.source else ""
    cue = attribution.cue.of(text) if attribution and attribution.cue else ""
    return ClaimSide(
        identifier,
        (number,),
        claim.spans,
        text_of(claim.spans, text),
        speaker,
        cue,
        claim.stance,
        claim.hedged,
        claim.negated,
        claim.quantities,
        tuple(name.span.of(text) for name in claim.names),
    )
