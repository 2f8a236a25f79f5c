"""Figures by value: the cases are data, one a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bicorpus.claims.figures import find_figures

CASES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data" / "figures" / "cases.tsv")
    .read_text("utf-8")
    .splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[case[1] for case in CASES])
def test_figures_by_value(language: str, text: str, expected: str) -> None:
    found = [
        "/".join(f"{value:g}" for value in figure.values) for figure in find_figures(text, language)
    ]
    assert found == expected.split()


@pytest.mark.parametrize(("language", "text"), [case[:2] for case in CASES])
def test_figures_stand_where_their_spans_say(language: str, text: str) -> None:
    end = 0
    for figure in find_figures(text, language):
        assert figure.span.of(text) == figure.text
        assert figure.span.start >= end
        end = figure.span.end
