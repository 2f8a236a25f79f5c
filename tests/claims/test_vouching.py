"""Whether a pair of texts keeps who says what: chains of reports, denials and hedges in words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bicorpus.claims.finding import find_claims
from bicorpus.claims.linking.articles import link_claims
from bicorpus.data import (
    Bead,
    Document,
    Language,
    Segment,
    SegmentKind,
    Sentence,
    Side,
    Span,
    WordLink,
)
from bicorpus.lemmatizers.hanta import HantaLemmatizer

_LEMMATIZER = HantaLemmatizer()


def side_of(language: Language, sentences: list[str]) -> Side:
    """Return a side of one paragraph with its claims."""
    text, spans = "", []
    for sentence in sentences:
        text += " " if text else ""
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence
    side = Side(
        Document(language, text, "test"),
        (Segment(Span(0, len(text)), SegmentKind.BODY),),
        tuple(Sentence(number + 1, span, 0) for number, span in enumerate(spans)),
    )
    claims = find_claims(side, _LEMMATIZER)
    return Side(side.document, side.segments, side.sentences, claims)


def bead_of(index: int, source: str, target: str, pairs: str) -> Bead:
    """Return the bead of two sentences with links from "Brücke=bridge Stadt=city"."""
    links = []
    for pair in pairs.split():
        one, other = pair.split("=")
        here, there = source.index(one), target.index(other)
        places = Span(here, here + len(one)), Span(there, there + len(other))
        links.append(WordLink(*places, 0.9))
    return Bead(Span(index, index + 1), Span(index, index + 1), known=True, links=tuple(links))


def changes(*rows: tuple[str, str, str]) -> list[list[str]]:
    """Return the checks that differ, a list for each source claim, of (source, target, links)."""
    links = linked(*rows)
    return [[finding.check for finding in link.findings] for link in links]


@dataclass(frozen=True)
class Linked:
    """A claim link's findings and reason."""

    findings: tuple
    reason: str


def linked(*rows: tuple[str, str, str]) -> list[Linked]:
    source = side_of("de", [row[0] for row in rows])
    target = side_of("en", [row[1] for row in rows])
    beads = tuple(bead_of(index, *row) for index, row in enumerate(rows))
    found = link_claims(source, target, beads)
    return [Linked(one.findings, one.reason) for one in found if one.source is not None]


SAID = (
    "Der Bürgermeister sagte, die Brücke sei marode.",
    "The mayor said the bridge was dilapidated.",
    "Bürgermeister=mayor sagte=said Brücke=bridge sei=was marode=dilapidated",
)
BARE = (SAID[0], "The bridge is dilapidated.", "Brücke=bridge sei=is marode=dilapidated")
GOES_ON = (
    "Der Umbau koste zwei Millionen.",
    "The repairs cost two million.",
    "Umbau=repairs koste=cost zwei=two Millionen=million",
)
OWN = (
    "Die Stadt hat 8.000 Einwohner.",
    "The town has 8,000 inhabitants.",
    "Stadt=town hat=has 8.000=8,000 Einwohner=inhabitants",
)
POLICE = (
    "Die Polizei erklärte, der Verkehr stocke.",
    "Police said traffic was slow.",
    "Polizei=Police erklärte=said Verkehr=traffic stocke=slow",
)


def test_a_chain_of_reports_may_go_on_without_naming_the_speaker_again() -> None:
    assert changes(SAID, GOES_ON, GOES_ON) == [[], [], []]


def test_a_report_that_nobody_says_any_more_has_changed() -> None:
    (link,) = linked(BARE)
    assert [finding.check for finding in link.findings] == ["attribution"]
    assert '"Der Bürgermeister" say it' in link.reason
    assert "names nobody" in link.reason


def test_nothing_is_carried_on_behind_a_bare_statement() -> None:
    assert changes(BARE, GOES_ON) == [["attribution"], ["attribution"]]


def test_the_article_s_own_voice_ends_the_chain() -> None:
    last = (
        "Auch die Schule sei marode, sagte der Bürgermeister.",
        "The school is dilapidated too.",
    )
    links = "Schule=school sei=is marode=dilapidated"
    assert changes(SAID, OWN, (*last, links)) == [[], [], ["attribution"]]


def test_another_speaker_ends_the_chain() -> None:
    last = (
        "Auch die Schule sei marode, sagte der Bürgermeister.",
        "The school is dilapidated too.",
    )
    links = "Schule=school sei=is marode=dilapidated"
    assert changes(SAID, POLICE, (*last, links)) == [[], [], ["attribution"]]


def test_a_claim_that_tells_of_speaking_begins_a_chain() -> None:
    warned = (
        "Die Ministerin warnte vor Hochwasser.",
        "The minister warned of floods.",
        "Ministerin=minister warnte=warned Hochwasser=floods",
    )
    old = ("Der Damm sei alt.", "The dam was old.", "Damm=dam sei=was alt=old")
    assert changes(warned, old) == [[], []]


def test_a_plan_inside_the_claim_is_a_report_around_it_in_english() -> None:
    row = (
        "Die Bahn kündigte an, die Preise zu senken.",
        "The railway announced that it would cut prices.",
        "Bahn=railway kündigte=announced Preise=prices senken=cut",
    )
    assert changes(row) == [[]]


def test_who_is_named_in_the_next_sentence_is_judged_there() -> None:
    told = (
        "Das teilte die Stadt mit.",
        "The city announced this.",
        "Das=this teilte=announced Stadt=city",
    )
    closed = (
        "Die Brücke bleibt gesperrt.",
        "The bridge remains closed.",
        "Brücke=bridge bleibt=remains gesperrt=closed",
    )
    assert changes(closed, told) == [[], []]


@pytest.mark.parametrize(
    ("source", "target", "links", "expected"),
    [
        (
            "Der Beitrag war nicht autorisiert.",
            "The post was unauthorized.",
            "Beitrag=post war=was autorisiert=unauthorized",
            [],
        ),
        (
            "Der Beitrag war nicht autorisiert.",
            "The post was authorized.",
            "Beitrag=post war=was autorisiert=authorized",
            ["negation"],
        ),
        (
            "Der Beitrag war autorisiert.",
            "The post was never authorized.",
            "Beitrag=post war=was autorisiert=authorized",
            ["negation"],
        ),
        (
            "Die Kinder konnten den Fluss sehen.",
            "The children could see the river.",
            "Kinder=children konnten=could Fluss=river sehen=see",
            [],
        ),
        (
            "Der Dieb ist wohl geflohen.",
            "The thief has fled.",
            "Dieb=thief ist=has geflohen=fled",
            ["hedging"],
        ),
        (
            "Der Dieb ist wohl geflohen.",
            "The thief seems to have fled.",
            "Dieb=thief wohl=seems geflohen=fled",
            [],
        ),
        (
            "Der Streik trifft die Stadt.",
            "The strike might hit the city.",
            "Streik=strike trifft=hit Stadt=city",
            ["hedging"],
        ),
    ],
)
def test_a_word_may_carry_a_negation_or_a_hedge(
    source: str, target: str, links: str, expected: list[str]
) -> None:
    assert changes((source, target, links)) == [expected]


def test_a_denial_is_not_carried_on_as_a_bare_statement() -> None:
    denied = (
        "Der Bürgermeister bestritt, dass der Umbau zwei Millionen koste.",
        "The repairs cost two million.",
        "Umbau=repairs koste=cost zwei=two Millionen=million",
    )
    assert changes(SAID, denied) == [[], ["attribution"]]
