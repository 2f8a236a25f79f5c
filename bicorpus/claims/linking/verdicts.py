"""What became of a claim: kept, changed (in what), lost or added, and a sentence that says why.

Findings of the bead's checks count for the claim that they point into; what the claims themselves
carry (polarity, hedging, attribution, stance) is compared claim by claim, see `comparing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bicorpus.claims.linking.projection import Carried
from bicorpus.claims.linking.vouching import Difference
from bicorpus.data import Finding, Span, Verdict

# Checks of the pair that say something about a claim's content; the others (length, repetition)
# speak of the whole bead. Polarity and hedging are compared below, claim by claim.
_OF_CONTENT = frozenset({"figure", "name", "direction", "antonym"})
# These speak of single words, and of a claim's content where they are sure.
_IF_SURE = frozenset({"omission", "addition", "untranslated", "wording", "term"})
# A phrase is no claim that could be compared: what the pair's checks say of its bead has to do.
_OF_PHRASES = frozenset({"negation", "hedging"})
# A claim is thin where less than half of it is in the words that carry it, and little of it
# elsewhere: of a short paraphrase ("She watched him go"), the word links find 0.4.
_THIN = 0.5
_THIN_ANYWHERE = 0.4
_KEPT = "the target says the same: figures, names, polarity, hedging and attribution agree"
_KEPT_PHRASE = "a phrase of the target says it: its figures and names agree"
LOST = "no words of the target carry it"
ADDED = "no words of the source say it"


def judge(
    source_spans: Sequence[Span],
    carried: Carried,
    findings: Iterable[Finding],
    differences: Iterable[Difference],
    *,
    linked: float,
) -> tuple[Verdict, str, tuple[Finding, ...]]:
    """Return verdict, reason and findings of a source claim and what carries it.

    `carried` are the words that carry it, `findings` the bead's, `differences` those between the
    claim and the target claims in it, `linked` the share of its words that have a counterpart in
    the bead, be it outside of `carried`; all spans count code points of the bead's texts.
    """
    is_phrase = not carried.claims
    own = [
        finding
        for finding in findings
        if _matters(finding, is_phrase=is_phrase)
        and _points_into(finding, source_spans, carried.spans)
    ]
    places = source_spans[0], carried.spans[0]
    own += [Finding(check, "warning", message, *places) for check, message in differences]
    if carried.score < _THIN and linked < _THIN_ANYWHERE:
        message = f"little of it has a counterpart ({linked:.0%} of its words)"
        own.append(Finding("coverage", "warning", message, *places))
    if own:
        return "changed", "; ".join(finding.message for finding in own), tuple(own)
    return "kept", _KEPT_PHRASE if is_phrase else _KEPT, ()


def _matters(finding: Finding, *, is_phrase: bool) -> bool:
    """Return whether a finding says that a claim it points into is not the same any more."""
    if finding.severity == "info":
        return False
    if finding.check in _OF_CONTENT or (is_phrase and finding.check in _OF_PHRASES):
        return True
    return finding.severity == "error" and finding.check in _IF_SURE


def _points_into(
    finding: Finding, source_spans: Sequence[Span], target_spans: Sequence[Span]
) -> bool:
    """Return whether a finding is about the claim: its source place decides, where it has one."""
    if finding.source_span is not None:
        return _inside(finding.source_span, source_spans)
    return finding.target_span is not None and _inside(finding.target_span, target_spans)


def _inside(place: Span, spans: Sequence[Span]) -> bool:
    return any(one.start <= place.start < one.end for one in spans)
