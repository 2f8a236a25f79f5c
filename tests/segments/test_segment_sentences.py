"""Sentences of segments: what counts as one depends on the kind."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bicorpus.data import Language, Span
from bicorpus.segments import segment, split_sentences

HEAD = "Pegel steigt weiter\n\nDie Lage ist ernst. Das sagt die Stadt.\n\n"


class FullStopSplitter:
    """Splits behind each full stop: enough to see what reaches a splitter."""

    signature = "test"

    def split(self, text: str, language: Language) -> list[Span]:
        return [Span(*found.span()) for found in re.finditer(r"\S[^.]*\.*", text.rstrip())]


def sentences(text: str) -> list[tuple[str, str]]:
    segments = segment(text, "de")
    return [
        (str(segments[part.segment].kind), part.span.of(text))
        for part in split_sentences(text, segments, FullStopSplitter(), "de")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  1. Startseite\n  2. Politik\n",
         [("navigation", "1. Startseite"), ("navigation", "2. Politik")]),
        ("  • Erstens ist da Wasser. Viel davon.\n  • Zweitens Schlamm.\n",
         [("list", "Erstens ist da Wasser."), ("list", "Viel davon."),
          ("list", "Zweitens Schlamm.")]),
        ("1. Tragen Sie Stiefel.\n2. Bleiben Sie im Haus.\n",
         [("list", "1. Tragen Sie Stiefel."), ("list", "2. Bleiben Sie im Haus.")]),
        ("- ein Punkt,\n  der weitergeht\n- noch ein Punkt\n",
         [("list", "ein Punkt,\n  der weitergeht"), ("list", "noch ein Punkt")]),
        ("## Was nun?\n\nEin Satz.\n", [("subheading", "Was nun?"), ("body", "Ein Satz.")]),
        ("**Der Damm hält**\n\nEin Satz.\n",
         [("subheading", "Der Damm hält"), ("body", "Ein Satz.")]),
        ("> Ich bleibe.\n", [("quote", "Ich bleibe.")]),
        ("![Der Damm](damm.jpg)\n", [("image", "![Der Damm](damm.jpg)")]),
        ("Von Dr. Anna Berg\n", [("byline", "Von Dr. Anna Berg")]),
        ("Ein Boot. Ein Steg. (Archivbild) © Foto Berg / dpa\n",
         [("caption", "Ein Boot."), ("caption", "Ein Steg."), ("caption", "(Archivbild)"),
          ("credit", "© Foto Berg / dpa")]),
    ],
)  # fmt: skip
def test_what_a_sentence_is_in_each_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert sentences(HEAD + text)[3:] == expected


def test_a_headline_with_a_full_stop_inside_a_name_is_one_sentence() -> None:
    text = "Streit um St. Pauli: Verein droht mit Klage\n\nEs geht um Geld. Um viel Geld.\n"
    assert sentences(text)[0] == ("headline", "Streit um St. Pauli: Verein droht mit Klage")


@given(
    st.text(alphabet=st.sampled_from("Aa1 .?!\n\r\t•-#>*©„“()\u2028\u00a0\ufeff\x00"), max_size=80)
)
@settings(deadline=None, max_examples=200)
def test_sentences_are_numbered_ordered_and_inside_their_segment(text: str) -> None:
    segments = segment(text, "de")
    parts = split_sentences(text, segments, FullStopSplitter(), "de")
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    for before, part in pairwise(parts):
        assert before.span.end <= part.span.start
    for part in parts:
        span = segments[part.segment].span
        assert span.start <= part.span.start < part.span.end <= span.end
    assert {part.segment for part in parts} == set(range(len(segments)))
