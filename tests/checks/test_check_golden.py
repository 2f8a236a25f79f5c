"""Pairs written by hand, each good and damaged: what is damaged is found, what is good is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bicorpus.checks import Evidence, check_pair
from bicorpus.checks.evidence import MOST_WORDS, gather
from bicorpus.checks.forced import ForcedDecoder
from bicorpus.data import Finding
from bicorpus.embedders.folder import FolderEmbedder
from bicorpus.models.packages import find_package

DATA = Path(__file__).parents[1] / "data" / "checks"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


PAIRS = rows("pairs.tsv")
PLAIN = [row for row in PAIRS if not row[0].startswith("(") and row[0] != "unrelated"]
GOOD = [(source, good) for _, source, good, _ in PAIRS] + [(a, b) for a, b in rows("good.tsv")]


@cache
def evidence_of(pair: tuple[str, str]) -> Evidence:
    return all_evidence()[pair]


@cache
def all_evidence() -> dict[tuple[str, str], Evidence]:
    pairs = GOOD + [(source, damaged) for _, source, _, damaged in PAIRS]
    decoder = ForcedDecoder(find_package("embedded").folder)
    found = gather(pairs, encoder=FolderEmbedder(), decoder=decoder)
    return dict(zip(pairs, found, strict=True))


def checked(source: str, target: str) -> tuple[Finding, ...]:
    return check_pair(source, target, evidence=evidence_of((source, target)))


def test_of_a_very_long_line_it_is_said_that_its_words_are_not_compared() -> None:
    source, target = PAIRS[0][1], PAIRS[0][2]
    long = " ".join([source] * (MOST_WORDS // len(source.split()) + 1))
    found = gather([(long, target), (source, target)], encoder=FolderEmbedder())
    kinds = [
        {(one.check, one.severity) for one in check_pair(*pair, evidence=evidence)}
        for pair, evidence in zip([(long, target), (source, target)], found, strict=True)
    ]
    assert ("omission", "info") in kinds[0]
    assert ("omission", "info") not in kinds[1]


def test_there_are_pairs_enough() -> None:
    assert 2 * len(PAIRS) >= 120


@pytest.mark.parametrize(("kind", "source", "good", "damaged"), PLAIN)
def test_damage_is_found_by_its_check(kind: str, source: str, good: str, damaged: str) -> None:
    assert kind not in {one.check for one in check_pair(source, good) if one.severity == "error"}
    assert kind in {one.check for one in check_pair(source, damaged)}


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_good_pairs_get_no_error(source: str, target: str) -> None:
    assert [one for one in check_pair(source, target) if one.severity == "error"] == []


@pytest.mark.slow
def test_good_pairs_get_few_findings_with_all_models() -> None:
    found = [checked(*pair) for pair in GOOD]
    grave = [one for some in found for one in some if one.severity == "error"]
    warnings = [one for some in found for one in some if one.severity == "warning"]
    assert len(grave) <= 0.05 * len(GOOD)
    assert len(warnings) < 0.5 * len(GOOD)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "share"), [("omission", 0.6), ("addition", 0.6)])
def test_words_too_few_and_too_many_are_found_with_models(kind: str, share: float) -> None:
    pairs = [row for row in PAIRS if row[0] == f"({kind})"]
    hits = 0
    for _, source, good, damaged in pairs:
        before = {one.message for one in checked(source, good)}
        new = [one for one in checked(source, damaged) if one.message not in before]
        hits += any(one.check in {kind, "wording"} for one in new)
    assert hits >= share * len(pairs)


@pytest.mark.slow
def test_an_unrelated_text_is_called_that() -> None:
    for kind, source, _, damaged in PAIRS:
        if kind == "unrelated":
            assert next(one.check for one in checked(source, damaged)) == "unrelated"


def test_without_models_the_checks_that_need_them_say_nothing() -> None:
    from bicorpus.checks import NO_EVIDENCE, checks_run

    assert "omission" not in checks_run(NO_EVIDENCE)
    source, target = "Die junge Ärztin half dem Fahrer.", "The young helped the driver."
    assert check_pair(source, target) == ()
