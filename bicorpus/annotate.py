"""What is found out about aligned text: word links, findings, claims and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bicorpus.align.confirm import confirm
from bicorpus.align.signals import Material
from bicorpus.checks import check_pair
from bicorpus.checks.evidence import NO_EVIDENCE, Evidence, gather
from bicorpus.claims.finding import find_claims
from bicorpus.claims.linking.articles import link_claims
from bicorpus.data import Article, Bead, Finding, Language, Severity, Side
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
    languages = source.document.language, target.document.language
    pairs = [bead_texts(bead, source, target) for bead in article.beads]
    scored = _confirmed(article.beads, pairs, languages, tools)
    beads = tuple(
        _checked(bead, texts, languages, evidence, tools)
        for bead, texts, evidence in zip(scored, pairs, _evidence(pairs, tools), strict=True)
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


def _checked(
    bead: Bead,
    texts: tuple[str, str],
    languages: tuple[Language, Language],
    evidence: Evidence,
    tools: Tools,
) -> Bead:
    """Return the bead with its links and the findings of all checks, errors first."""
    findings = [*bead.findings]
    if texts[0] and (texts[1] or bead.known):  # a pairing that was found tells of its gaps itself
        findings += check_pair(*texts, *languages, evidence=evidence, lemmatizer=tools.lemmatizer)
        if tools.term_checker:
            uses = tools.term_checker.check(*texts, evidence.links)
            findings += filter(None, map(finding_of, uses))
    if flags.TRUNCATED in bead.flags:
        message = "the translation was cut off at the decoder's limit"
        findings.insert(0, Finding("truncated", "error", message))
    ordered = tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))
    return replace(bead, findings=ordered, links=evidence.links)


def _confirmed(
    beads: Sequence[Bead],
    pairs: Sequence[tuple[str, str]],
    languages: tuple[Language, Language],
    tools: Tools,
) -> list[Bead]:
    """Return the beads, each pairing that was given with the aligner's score of it.

    Nothing confirms a sentence that was given without a counterpart: its score is 0.
    """
    given = [bead.known and bead.score is None for bead in beads]
    asked = [index for index, is_given in enumerate(given) if is_given and all(pairs[index])]
    texts = [pairs[index][0] for index in asked], [pairs[index][1] for index in asked]
    embedder = tools.embedder_for(*languages) if asked else None
    source, target = (
        Material(side, language, vectors=embedder.embed(side) if embedder else None)
        for side, language in zip(texts, languages, strict=True)
    )
    scores = dict(zip(asked, confirm(source, target), strict=True))
    return [
        replace(bead, score=scores.get(index, 0.0)) if is_given else bead
        for index, (bead, is_given) in enumerate(zip(beads, given, strict=True))
    ]


def bead_texts(bead: Bead, source: Side, target: Side) -> tuple[str, str]:
    """Return the texts of a bead's two sides, as they stand, gaps between sentences included."""
    return source.text_of(bead.source), target.text_of(bead.target)
