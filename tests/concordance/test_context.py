"""The lines of a concordance are the texts' own wording, however they are linked and cut."""

from __future__ import annotations

import re

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.cli.concordance.output import columns, text_lines
from bicorpus.data import Span, WordLink
from bicorpus.errors import SettingsError
from bicorpus.store.search_marks import Marks
from bicorpus.terms.context import (
    Line,
    context_of,
    count_renderings,
    linked_spans,
    sort_lines,
)
from bicorpus.terms.context_hits import form_hits, pattern_hits, query_words, required_literal

TEXTS = st.text(alphabet="aäbß \n-.,\0\ufdd0\u202e漢\u0301A1", max_size=30)


@st.composite
def spans(draw: st.DrawFn, text: str) -> list[Span]:
    ends = draw(st.lists(st.integers(0, len(text)), max_size=8))
    ends = sorted(set(ends))
    return [Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=False)]


@given(st.data(), TEXTS)
def test_left_hit_and_right_are_the_text(data: st.DataObject, text: str) -> None:
    context = context_of(text, data.draw(spans(text)))
    assert context.left + context.middle + context.right == text


@given(TEXTS, st.sampled_from(["a", "ab", "a b", "ä", "1", "a ß"]))
def test_full_text_hits_are_where_the_words_are(text: str, phrase: str) -> None:
    (found,) = Marks(f'"{phrase}"', "target").find([text])
    for hit in found:
        words = re.findall(r"[^\W_]+", hit.of(text))
        assert [word.lower() for word in words] == phrase.split()
        context = context_of(text, [hit])
        assert context.left + context.middle + context.right == text


@given(TEXTS)
def test_form_hits_are_words_of_the_text(text: str) -> None:
    forms = [frozenset({"a", "ä"}), frozenset({"b", "a"})]
    for hit in form_hits(forms, text):
        first, *between, last = re.findall(r"[^\W_]+", hit.of(text))
        assert (first in forms[0], between, last in forms[1]) == (True, [], True)


@given(st.data(), TEXTS, TEXTS, st.integers(1, 12))
def test_no_line_is_wider_than_asked(
    data: st.DataObject, source: str, target: str, width: int
) -> None:
    hit = data.draw(spans(source).filter(bool))[:1] if source else [Span(0, 0)]
    line = Line(
        "d", "o", 1, context_of(source, hit), context_of(target, data.draw(spans(target))), "found"
    )
    first, second = map(click.unstyle, text_lines([line], width))
    widest = max(columns(line.hit.middle), columns(line.rendering.middle), len("(none)"))
    assert columns(second) <= 2 + 2 * width + widest + 1
    assert "\n" not in first + second


def test_links_lead_to_all_words_of_a_rendering() -> None:
    links = [
        WordLink(Span(0, 6), Span(0, 2), 0.9),
        WordLink(Span(0, 6), Span(8, 10), 0.9),
        WordLink(Span(7, 9), Span(3, 7), 0.9),
    ]
    assert linked_spans(links, Span(2, 4), to_target=True) == (Span(0, 2), Span(8, 10))
    assert linked_spans(links, Span(3, 7), to_target=False) == (Span(7, 9),)


def line(left: str, hit: str, right: str, rendering: str = "") -> Line:
    text = left + hit + right
    own = context_of(text, [Span(len(left), len(left) + len(hit))])
    other = context_of(rendering, [Span(0, len(rendering))] if rendering else [])
    return Line("d", "o", 1, own, other, "found" if rendering else "none")


def test_the_left_context_is_sorted_from_the_hit_outwards() -> None:
    lines = [
        line("am Zoo beim ", "X", ""),
        line("zum Ärger ", "X", ""),
        line("ab an der ", "X", ""),
    ]
    assert [one.hit.left for one in sort_lines(lines, "left")] == [
        "zum Ärger ",
        "am Zoo beim ",
        "ab an der ",
    ]


def test_renderings_are_counted_whatever_their_case() -> None:
    lines = [line("", "K", "", name) for name in ("Kyiv", "Kyiv", "KYIV", "Kiev")]
    assert count_renderings([*lines, line("", "K", "")]) == [
        ("Kyiv", 3),
        ("(none)", 1),
        ("Kiev", 1),
    ]


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("Angriff(e|en)?", "Angriff"),
        (r"\bKiew\b", "Kiew"),
        ("(Kiew|Kyjiw)", "K"),
        ("(?:ab)+cd", "ab"),
        ("(ab)?", ""),
        ("(?i)kiew", ""),
        ("(?i:kiew) x", " x"),
        ("a.*Front", "Front"),
        ("[Kk]iew", "iew"),
        ("(?!nicht)da", "da"),
        ("", ""),
    ],
)
def test_what_every_match_must_hold(pattern: str, literal: str) -> None:
    assert required_literal(re.compile(pattern)) == literal


@given(st.from_regex("(?:[ab(|)?*+.äß]|\\[ab\\]|\\\\b){0,8}", fullmatch=True), TEXTS)
def test_a_required_literal_is_in_every_match(pattern: str, text: str) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error:
        return
    literal = required_literal(compiled)
    for hit in pattern_hits(compiled, text):
        assert literal in hit.of(text)


def test_marks_are_no_words() -> None:
    assert query_words("Kursk-Front, 2024") == ["Kursk", "Front", "2024"]
    with pytest.raises(SettingsError, match="holds no word"):
        query_words("_ … %")
