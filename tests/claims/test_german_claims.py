"""The golden German sentences: `german*.txt` beside this file, which a linguist can extend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bicorpus.claims.finding import find_claims
from bicorpus.claims.gold_form import claim_text
from bicorpus.data import Claim, Document, Segment, SegmentKind, Side, Span
from bicorpus.lemmatizers.hanta import HantaLemmatizer
from bicorpus.segments import split_sentences
from bicorpus.splitters.rules import RuleSplitter

GOLDEN = sorted(Path(__file__).parent.glob("german*.txt"))
KIND = re.compile(r"\((\w+)\) ")


@dataclass
class Case:
    text: str
    expected: list[str]
    reason: str


def cases() -> list[Case]:
    found: list[Case] = []
    reason = ""
    for line in (line for path in GOLDEN for line in path.read_text("utf-8").splitlines()):
        if line.startswith("!"):
            reason = line[1:].strip()
        elif line.startswith("> "):
            found[-1].expected.append(line[2:])
        elif line and not line.startswith("#"):
            found.append(Case(line, [], reason))
            reason = ""
    return found


def parameters() -> Iterator[object]:
    for case in cases():
        marks = [pytest.mark.xfail(reason=case.reason, strict=True)] if case.reason else []
        yield pytest.param(case, id=case.text[:50], marks=marks)


@pytest.fixture(scope="module")
def lemmatizer() -> HantaLemmatizer:
    return HantaLemmatizer()


def side_of(text: str) -> Side:
    kind = SegmentKind.BODY
    match = KIND.match(text)
    if match and match[1] in set(SegmentKind):
        kind, text = SegmentKind(match[1]), text[match.end() :]
    segments = (Segment(Span(0, len(text)), kind),)
    sentences = split_sentences(text, segments, RuleSplitter(), "de")
    return Side(Document("de", text, "golden"), segments, sentences)


def written(side: Side, claim: Claim) -> str:
    text = side.document.text
    line = claim_text(text, claim)
    if claim.attribution is not None:
        places = (claim.attribution.source, claim.attribution.cue)
        source, cue = (place.of(text) if place else "-" for place in places)
        line += f" [{source} | {cue}]"
    marks = {
        "hedged": claim.hedged,
        "negated": claim.negated,
        "denied": claim.stance == "denied",
    }
    return " ".join([line, *(name for name, is_so in marks.items() if is_so)])


@pytest.mark.parametrize("case", list(parameters()))
def test_golden_claims(case: Case, lemmatizer: HantaLemmatizer) -> None:
    side = side_of(case.text)
    found = [written(side, claim) for claim in find_claims(side, lemmatizer)]
    assert sorted(found) == sorted(case.expected)


def test_the_golden_file_is_broad_enough() -> None:
    assert len(cases()) >= 120
