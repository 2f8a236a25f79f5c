"""Groups of claims: small sets of our own, conflict rules, and what holds for any corpus."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bicorpus.claims.groups.conflicts import find_conflicts
from bicorpus.claims.groups.grouping import are_mutual, group_claims
from bicorpus.claims.groups.words import Statement, Word
from bicorpus.claims.quantities.reading import find_quantities
from bicorpus.data import Article, Claim, Document, Segment, SegmentKind, Sentence, Side, Span
from bicorpus.derived.statements import read_claims, with_vectors
from bicorpus.embedders.folder import FolderEmbedder
from bicorpus.evaluate.claims import score_conflicts, score_groups

SETS = [
    json.loads(line)
    for line in (Path(__file__).parent / "sets.jsonl").read_text("utf-8").splitlines()
]
# What the rules are to do on average, not set by set: the sets are hard for their shortness.
LEAST_GROUPS, LEAST_CONFLICTS = 0.9, 0.8


def side_of(language: str, claims: list[str]) -> Side:
    """Return a document whose sentences are one claim each."""
    text, sentences, found = "", [], []
    for number, claim in enumerate(claims, 1):
        span = Span(len(text), len(text) + len(claim))
        sentences.append(Sentence(number, span, 0))
        found.append(Claim(number - 1, (span,)))
        text += claim + ". "
    segments = (Segment(Span(0, len(text)), SegmentKind.BODY),)
    document = Document(language, text, "")
    return Side(document, segments, tuple(sentences), tuple(found))


@pytest.fixture(scope="module")
def encoder() -> FolderEmbedder:
    return FolderEmbedder("embedded")


def read_set(case: dict[str, Any], encoder: FolderEmbedder) -> tuple[list[Statement], list[str]]:
    """Return the statements of a set and their names ("document.claim")."""
    drafts, names = [], []
    for number, (language, claims) in enumerate(case["documents"]):
        for draft in read_claims(side_of(language, claims)):
            drafts.append(draft)
            names.append(f"{number}.{draft.key[1]}")
    return with_vectors(drafts, encoder), names


def test_the_sets_are_grouped(encoder: FolderEmbedder) -> None:
    wanted, made, conflicts, found = [], [], [], []
    for number, case in enumerate(SETS):
        statements, names = read_set(case, encoder)
        groups = group_claims(statements).groups
        wanted += [{(number, one) for one in group} for group in case["groups"]]
        # Claims that belong nowhere are groups of one, so that joining them counts against us.
        grouped = {one for group in case["groups"] for one in group}
        wanted += [{(number, one)} for one in names if one not in grouped]
        made += [{(number, names[member]) for member in group.members} for group in groups]
        conflicts += [{(number, one) for one in pair} for pair in case["conflicts"]]
        found += [
            {(number, names[one.first]), (number, names[one.second])}
            for group in groups
            for one in group.conflicts
        ]
    rates = score_groups(wanted, made)
    tally = score_conflicts(conflicts, found)
    assert rates.f1 >= LEAST_GROUPS, rates
    assert tally.rates.f1 >= LEAST_CONFLICTS, tally


def test_all_sets_in_one_corpus_stay_apart(encoder: FolderEmbedder) -> None:
    statements, topics = [], []
    for case in SETS:
        own, _ = read_set(case, encoder)
        statements += own
        topics += [case["topic"]] * len(own)
    groups = group_claims(statements).groups
    mixed = [group for group in groups if len({topics[one] for one in group.members}) > 1]
    assert len(mixed) <= len(groups) // 10
    assert len(groups) >= len(SETS) // 2


def told(language: str, text: str, *, negated: bool = False) -> Statement:
    """Return a statement of which only the figures matter."""
    return Statement(
        text, language, 0.0, False, (Word({"x": 1.0}, 1.0),), numpy.ones((1, 1), numpy.float32),
        find_quantities(text, language), frozenset(), frozenset(), negated, False, text,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("de", "schickte rund 11.000 Soldaten"), ("en", "sent about 12,000 troops")),
        (("de", "Haft von sieben Jahren"), ("en", "sentenced to eight years in prison")),
        (("de", "kostet 3 Millionen Euro"), ("en", "costs 4 million euros")),
        (("de", "am 6. August 2024 begann es"), ("en", "it began on 7 August 2024")),
        (("de", "endete 2:1"), ("en", "ended 3:1")),
        (("de", "90 Quadratkilometer"), ("en", "60 square miles")),
        (("de", "stieg um 5 Prozent"), ("en", "rose by 7 per cent")),
        (("de", "96 Zeugen wurden gehört"), ("en", "almost 100 witnesses testified")),
        (("de", "14 Einsatzkräfte wurden verletzt"), ("en", "seventeen firefighters were hurt")),
        (("de", "insgesamt 350 Feuerwehrleute"), ("en", "nearly 400 firefighters")),
        (("de", "streicht 4.200 Stellen"), ("en", "to cut 4,500 jobs")),
        (("en", "about 4,500 jobs"), ("en", "some 4,200 posts")),
        (("de", "Das Feuer begann gegen 3.20 Uhr"), ("en", "the fire began shortly before 4 a.m.")),
    ],
)
def test_figures_that_differ_are_in_conflict(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert find_conflicts([told(*one), told(*other)], [0, 1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("de", "rund 11.000 Soldaten"), ("en", "11,000 soldiers")),
        (("de", "1.000 der insgesamt 11.000 Soldaten"), ("en", "at least 1,000 soldiers")),
        (("de", "200 Verletzte"), ("en", "40 deaths")),
        (("de", "90 Quadratkilometer"), ("en", "35 square miles")),
        (("de", "3 Millionen Euro"), ("en", "4 million dollars")),
        (("de", "Tausende Soldaten"), ("en", "11,000 soldiers")),
        (("de", "vor sechs Monaten"), ("en", "four months later")),
        (("de", "davon 200 Soldaten"), ("en", "a total of 500 soldiers")),
        (("de", "1.000 Soldaten in drei Monaten"), ("en", "1,500 soldiers in five months")),
        (("de", "im August 2024"), ("en", "on 6 August 2024")),
        (("de", "ein Bataillon mit 500 Soldaten"), ("en", "1,300,000 soldiers")),
        (("de", "endete 2:1"), ("en", "ended 1:2")),
        (("de", "10.000 russische Soldaten"), ("en", "12,000 North Korean soldiers")),
        (("de", "die Region"), ("en", "12,000 soldiers")),
        (("de", "um 14 Uhr bei 6,3 Metern"), ("en", "6.45 metres at 6.30 pm")),
        (("de", "23 Mängel"), ("en", "23 faults")),
        (("en", "600 houses"), ("en", "200 people")),
    ],
)
def test_other_things_are_no_conflict(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not find_conflicts([told(*one), told(*other)], [0, 1])


def test_nations_may_be_said_elsewhere_in_the_claim() -> None:
    here, there = told("de", "schickte rund 11.000 Soldaten"), told("en", "12,000 North Koreans")
    assert not find_conflicts([here, there], [0, 1])
    sender = replace(here, names=frozenset({"@KP"}))
    assert find_conflicts([sender, there], [0, 1])


def test_a_denied_figure_is_no_conflict() -> None:
    here, there = told("de", "10 Soldaten starben nicht", negated=True), told("en", "12 soldiers")
    assert not find_conflicts([here, there], [0, 1])


def test_a_negation_of_something_else_leaves_the_figures_comparable() -> None:
    here = told("de", "11.000 Haushalte haben keinen Strom", negated=True)
    assert find_conflicts([here, told("en", "12,000 homes were cut off")], [0, 1])


def test_a_denial_of_a_negation_speaks_of_the_same() -> None:
    here = told("de", "10 Soldaten starben nicht", negated=True)
    there = replace(told("en", "12 soldiers died"), is_denied=True)
    assert find_conflicts([here, there], [0, 1])


def test_claims_that_are_each_others_nearest_are_found() -> None:
    statements = [replace(told("en", "x"), document=name) for name in ("a", "b", "b", "c")]
    places = numpy.array([0, 0, 0, 1, 1]), numpy.array([1, 2, 3, 2, 3])
    odds = numpy.array([2.0, 1.0, 0.5, 9.0, 1.0])
    # 0 and 3 are each other's only ones; of 1 and 2, 1 is nearer to 0; 1 and 2 are of one document.
    assert are_mutual(statements, places, odds).tolist() == [True, False, True, False, True]


def test_the_labels_of_our_own_articles_fit_them(root: Path) -> None:
    folders = {"articles": root / "tests" / "groups" / "articles", "seeds": root / "seeds"}
    for name, folder in folders.items():
        lines = (root / "tests" / "groups" / "labels" / f"{name}.tsv").read_text("utf-8")
        for row in csv.DictReader(lines.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
            text = (folder / row["document"]).read_text("utf-8").replace("\n", " ")
            assert text.count(row["claim_begins"]) == 1, row


@some.composite
def corpora(draw: some.DrawFn) -> list[Statement]:
    """Return statements over a small vocabulary, with vectors that its words decide."""
    generator = numpy.random.default_rng(draw(some.integers(0, 1000)))
    vocabulary = generator.normal(size=(12, 8)).astype(numpy.float32)
    vocabulary /= numpy.linalg.norm(vocabulary, axis=1, keepdims=True)
    statements = []
    for number in range(draw(some.integers(1, 12))):
        picked = draw(some.lists(some.integers(0, 11), min_size=1, max_size=5))
        words = tuple(Word({f"w{one}": 1.0}, 0.8, one < 3) for one in picked)
        names = frozenset(f"w{one}" for one in picked if one < 3)
        text = f"{number} {picked}"
        statements.append(
            Statement(
                f"d{number % 4}", "de", number / 12, False, words, vocabulary[picked],
                find_quantities(f"{picked[0] * 100} Menschen", "de"), names, frozenset(),
                False, False, text,
            )
        )  # fmt: skip
    return statements


@given(corpora(), some.randoms(use_true_random=False))
def test_order_does_not_change_the_groups(statements: list[Statement], chance: Any) -> None:
    order = list(range(len(statements)))
    chance.shuffle(order)
    groups = {frozenset(group.members) for group in group_claims(statements).groups}
    again = group_claims([statements[one] for one in order]).groups
    assert {frozenset(order[one] for one in group.members) for group in again} == groups


@given(corpora())
def test_every_claim_is_in_one_group_at_most_and_none_is_alone(
    statements: list[Statement],
) -> None:
    groups = group_claims(statements).groups
    members = [one for group in groups for one in group.members]
    assert len(members) == len(set(members))
    assert all(len(group.members) > 1 for group in groups)
    assert [group.members[0] for group in groups] == sorted(g.members[0] for g in groups)


def test_no_claims_no_groups() -> None:
    assert group_claims([]).groups == ()


def test_a_claim_without_content_words_is_left_out() -> None:
    article = Article(side_of("de", ["er war es", "Der Vulkan brach aus"]))
    assert [draft.key[1] for draft in read_claims(article.source)] == [1]
