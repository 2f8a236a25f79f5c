"""Claims projected through word links: whole clauses, cut clauses, phrases, lost and added ones."""

from __future__ import annotations

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from bicorpus.claims.linking.projection import project
from bicorpus.data import Span, WordLink

GERMAN = (
    "Der Fluss stieg am Abend, und die Feuerwehr sperrte zwei Straßen, wie die Stadt mitteilte."
)
ENGLISH = "The river rose in the evening, and firefighters closed two roads, the city said."


def at(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def linked(source: str, target: str, pairs: str) -> list[WordLink]:
    """Return links from "Fluss=river Abend=evening"."""
    sides = (pair.split("=") for pair in pairs.split())
    return [WordLink(at(source, one), at(target, other), 0.9) for one, other in sides]


LINKS = linked(
    GERMAN,
    ENGLISH,
    "Fluss=river stieg=rose Abend=evening Feuerwehr=firefighters sperrte=closed zwei=two "
    "Straßen=roads Stadt=city mitteilte=said",
)
RISING, CLOSING = (
    at(GERMAN, "Der Fluss stieg am Abend"),
    at(GERMAN, "die Feuerwehr sperrte zwei Straßen"),
)


def texts(spans: tuple[Span, ...], target: str = ENGLISH) -> list[str]:
    return [span.of(target) for span in spans]


def test_a_clause_goes_whole_to_the_claim_that_its_words_render() -> None:
    rose = at(ENGLISH, "The river rose in the evening")
    closed = at(ENGLISH, "firefighters closed two roads")
    found = project({0: [RISING], 1: [CLOSING]}, {5: [rose], 6: [closed]}, GERMAN, ENGLISH, LINKS)
    assert found.carried[0].spans == (rose,)
    assert found.carried[1].spans == (closed,)
    assert (found.carried[0].claims, found.carried[1].claims) == ((5,), (6,))
    assert found.added == ()


def test_one_clause_for_two_claims_is_cut_where_the_votes_change() -> None:
    both = at(ENGLISH, "The river rose in the evening, and firefighters closed two roads")
    found = project({0: [RISING], 1: [CLOSING]}, {0: [both]}, GERMAN, ENGLISH, LINKS)
    assert texts(found.carried[0].spans) == ["The river rose in the evening"]
    assert texts(found.carried[1].spans) == ["firefighters closed two roads"]


def test_a_frame_inside_a_clause_stays_outside_the_claim() -> None:
    everything = Span(0, len(ENGLISH) - 1)
    found = project({1: [CLOSING]}, {0: [everything]}, GERMAN, ENGLISH, LINKS)
    assert "the city said" not in " ".join(texts(found.carried[1].spans))


def test_without_target_claims_the_linked_words_make_a_phrase() -> None:
    found = project({1: [CLOSING]}, {}, GERMAN, ENGLISH, LINKS)
    assert texts(found.carried[1].spans) == ["firefighters closed two roads"]
    assert found.carried[1].claims == ()


def test_two_clauses_for_one_claim_both_go_to_it() -> None:
    source, target = "Er kam müde und spät heim.", "He came home late. He was tired."
    links = linked(source, target, "kam=came müde=tired spät=late heim=home")
    claims = {0: [at(target, "He came home late")], 1: [at(target, "He was tired")]}
    found = project({0: [Span(0, 25)]}, claims, source, target, links)
    assert texts(found.carried[0].spans, target) == ["He came home late", "He was tired"]
    assert found.carried[0].claims == (0, 1)


def test_a_claim_without_links_is_carried_by_nothing() -> None:
    links = [link for link in LINKS if link.source.start < CLOSING.start]
    found = project({0: [RISING], 1: [CLOSING]}, {}, GERMAN, ENGLISH, links)
    assert list(found.carried) == [0]


def test_a_target_claim_without_links_is_added() -> None:
    target = f"{ENGLISH} Nobody was hurt."
    extra = at(target, "Nobody was hurt")
    found = project({0: [RISING]}, {3: [extra]}, GERMAN, target, LINKS)
    assert found.added == (3,)


def test_a_clause_that_renders_a_heading_without_a_verb_is_not_added() -> None:
    source, target = "Hochwasser in Passau", "Passau is flooded"
    links = linked(source, target, "Hochwasser=flooded Passau=Passau")
    found = project({}, {0: [Span(0, 17)]}, source, target, links)
    assert found.added == ()


@st.composite
def beads(
    draw: st.DrawFn,
) -> tuple[str, str, dict[int, list[Span]], dict[int, list[Span]], list[WordLink]]:
    words = st.lists(
        st.sampled_from(["ab", "Haus,", "12", "which", "und", "läuft"]), min_size=1, max_size=14
    )
    texts = [" ".join(draw(words)) for _ in range(2)]
    places = [[Span(*one.span()) for one in re.finditer(r"\w+", text)] for text in texts]
    claims: list[dict[int, list[Span]]] = []
    for side in places:
        cuts = sorted(draw(st.sets(st.integers(0, len(side)), max_size=4)))
        claims.append(
            {
                number: [Span(side[a].start, side[b - 1].end)]
                for number, (a, b) in enumerate(itertools.pairwise(cuts))
            }
        )
    links = draw(
        st.lists(
            st.builds(
                WordLink, st.sampled_from(places[0]), st.sampled_from(places[1]), st.just(0.5)
            ),
            max_size=20,
        )
    )
    return texts[0], texts[1], claims[0], claims[1], links


@given(beads())
def test_spans_are_in_order_inside_the_text_and_overlap_nowhere(
    bead: tuple[str, str, dict[int, list[Span]], dict[int, list[Span]], list[WordLink]],
) -> None:
    source, target, here, there, links = bead
    found = project(here, there, source, target, links)
    taken: set[int] = set()
    for carried in found.carried.values():
        assert list(carried.spans) == sorted(carried.spans)
        assert 0 <= carried.score <= 1
        for span in carried.spans:
            assert span.of(target).strip() == span.of(target) != ""
            places = set(range(span.start, span.end))
            assert not places & taken
            taken |= places
    assert set(found.added) <= set(there)
