"""What is found out about aligned text: word links, findings, claims and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bicorpus.align.confirm import confirm
from bicorpus.checks import check_pair
from bicorpus.checks.evidence import NO_EVIDENCE, Evidence, gather
from bicorpus.checks.figures import missing_figures
from bicorpus.claims.finding import find_claims
from bicorpus.claims.linking import link_claims
from bicorpus.claims.quantities import read_quantities
from bicorpus.data import Article, Bead, Finding, Severity, Side
from bicorpus.terms.use import finding_of
from bicorpus.tools import Tools
from bicorpus.translators import flags

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def annotate(article: Article, tools: Tools) -> Article:
    """Return the article with links, findings, claims and claim links, as `tools` has them.

    Findings that the beads have already (about their pairing) stay; a known pairing without a
    score gets one. A document without a target gets its claims only.
    """
    source, target = article.source, article.target
    if tools.lemmatizer:
        source = replace(source, claims=find_claims(source, tools.lemmatizer))
    if target is None:
        return replace(article, source=source)
    pairs = [bead_texts(bead, source, target) for bead in article.beads]
    beads = tuple(
        _checked(bead, texts, source, target, evidence, tools)
        for bead, texts, evidence in zip(article.beads, pairs, _evidence(pairs, tools), strict=True)
    )
    if not tools.lemmatizer:
        return replace(article, beads=beads)
    target = replace(target, claims=find_claims(target, tools.lemmatizer))
    links = link_claims(source, target, beads) if tools.word_aligner else None
    return replace(article, source=source, target=target, beads=beads, claim_links=links)


def _evidence(pairs: Sequence[tuple[str, str]], tools: Tools) -> Sequence[Evidence]:
    """Return what the models say of each pair; nothing where no claims are asked for.

    The translator is not asked for the probability of each word: of its own renderings it thinks
    well in any case.
    """
    if tools.word_aligner is None or tools.embedder is None:
        return [NO_EVIDENCE] * len(pairs)
    return gather(pairs, encoder=tools.embedder, aligner=tools.word_aligner)


def _checked(  # noqa: PLR0913, PLR0917 - a bead with all that is known of it
    bead: Bead,
    texts: tuple[str, str],
    source: Side,
    target: Side,
    evidence: Evidence,
    tools: Tools,
) -> Bead:
    """Return the bead with its links, the findings of all checks, errors first, and a score."""
    languages = source.document.language, target.document.language
    findings = [*bead.findings]
    if texts[0] and (texts[1] or bead.known):  # a pairing that was found tells of its gaps itself
        findings += check_pair(*texts, *languages, evidence=evidence, lemmatizer=tools.lemmatizer)
        if tools.term_checker:
            uses = tools.term_checker.check(*texts, evidence.links)
            findings += filter(None, map(finding_of, uses))
    if flags.TRUNCATED in bead.flags:
        message = "the translation was cut off at the decoder's limit"
        findings.insert(0, Finding("truncated", "error", message))
    score = _confirmed(texts, languages) if bead.known and bead.score is None else bead.score
    ordered = tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))
    return replace(bead, score=score, findings=ordered, links=evidence.links)


def _confirmed(texts: tuple[str, str], languages: tuple[str, str]) -> float | None:
    """Return how well a pairing that was given bears out."""
    readings = [
        read_quantities(text, language) for text, language in zip(texts, languages, strict=True)
    ]
    missing, kept = missing_figures(*readings)
    return confirm(*texts, kept=kept, missing=len(missing)).score


def bead_texts(bead: Bead, source: Side, target: Side) -> tuple[str, str]:
    """Return the texts of a bead's two sides, as they stand, gaps between sentences included."""
    return source.text_of(bead.source), target.text_of(bead.target)
