"""Claim links: verdicts with their reasons, in the order of the beads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bicorpus.claims.linking.articles import link_claims
from bicorpus.data import (
    Attribution,
    Bead,
    Claim,
    ClaimLink,
    Document,
    Finding,
    Segment,
    SegmentKind,
    Sentence,
    Side,
    Span,
    WordLink,
)

GERMAN = "Vorspann. Die Bahn fährt nicht."
ENGLISH = "Trains are not running. Buses are."


def side(language: str, text: str, first: int, claims: tuple[Claim, ...]) -> Side:
    """Return a side of two sentences, the second from `first` on."""
    return Side(
        Document(language, text, "a.txt"),
        (Segment(Span(0, len(text)), SegmentKind.BODY),),
        (Sentence(1, Span(0, first - 1), 0), Sentence(2, Span(first, len(text)), 0)),
        claims,
    )


LINKS = (
    WordLink(Span(4, 8), Span(0, 6), 0.9),  # Bahn, Trains
    WordLink(Span(9, 14), Span(15, 22), 0.9),  # fährt, running
    WordLink(Span(15, 20), Span(11, 14), 0.9),  # nicht, not
)
STOPPED = Claim(1, (Span(10, 30),), negated=True)
NOT_RUNNING = Claim(0, (Span(0, 22),), negated=True)
BEAD = Bead(Span(1, 2), Span(0, 1), known=True, links=LINKS)


def links_of(
    here: Claim = STOPPED,
    there: Claim = NOT_RUNNING,
    bead: Bead = BEAD,
    *,
    english: str = ENGLISH,
) -> tuple[ClaimLink, ...]:
    return link_claims(side("de", GERMAN, 10, (here,)), side("en", english, 24, (there,)), (bead,))


def test_a_claim_that_says_the_same_is_kept() -> None:
    (link,) = links_of()
    assert (link.verdict, link.source, link.target) == ("kept", 0, 0)
    assert link.target_spans == (Span(0, 22),)
    assert link.score is not None
    assert 0.8 < link.score < 1  # "Die" has no counterpart


@pytest.mark.parametrize(
    ("english", "there", "check", "words"),
    [
        (
            ENGLISH.replace("not", "now"),
            replace(NOT_RUNNING, negated=False),
            "negation",
            'negated in the source ("nicht")',
        ),
        (ENGLISH, replace(NOT_RUNNING, hedged=True), "hedging", "hedged in the target"),
        (
            ENGLISH,
            replace(NOT_RUNNING, attribution=Attribution(None, None), stance="asserted"),
            "attribution",
            "the target has somebody say it",
        ),
    ],
)
def test_what_changed_is_said_in_words(english: str, there: Claim, check: str, words: str) -> None:
    (link,) = links_of(there=there, english=english)
    assert link.verdict == "changed"
    assert [finding.check for finding in link.findings] == [check]
    assert words in link.reason


def test_a_denial_that_became_an_assertion_has_another_stance() -> None:
    denied = replace(STOPPED, attribution=Attribution(None, None), stance="denied")
    said = replace(NOT_RUNNING, attribution=Attribution(None, None), stance="asserted")
    (link,) = links_of(denied, said)
    assert [finding.check for finding in link.findings] == ["stance"]
    assert "denied in the source" in link.reason


def test_a_finding_of_the_pair_counts_for_the_claim_that_it_points_into() -> None:
    inside = Finding("figure", "error", '"7" became "8"', Span(4, 8), Span(0, 6))
    outside = Finding("figure", "error", '"1" is lost', Span(20, 21), None)
    general = Finding("omission", "warning", "something may be left out")
    (link,) = links_of(bead=replace(BEAD, findings=(inside, outside, general)))
    assert link.verdict == "changed"
    assert link.findings == (inside,)
    assert link.reason == '"7" became "8"'


def test_a_claim_without_links_is_lost_and_its_neighbour_added() -> None:
    lost, added = links_of(bead=replace(BEAD, links=()))
    assert (lost.verdict, lost.source, lost.target_spans) == ("lost", 0, ())
    assert (added.verdict, added.target, added.target_spans) == ("added", 0, (Span(0, 22),))


def test_a_bead_without_a_target_loses_its_claims() -> None:
    (link,) = links_of(
        there=replace(NOT_RUNNING, sentence=1), bead=Bead(Span(1, 2), Span(0, 0), False)
    )
    assert link.verdict == "lost"


def test_a_bead_without_a_source_adds_its_claims() -> None:
    bead = Bead(Span(1, 1), Span(0, 1), False)
    (link,) = links_of(bead=bead)
    assert link.verdict == "added"
