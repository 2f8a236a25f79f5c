"""Words, marks, anchors and the matching itself, without an encoder."""

from __future__ import annotations

import numpy
import pytest

from bicorpus.align.words.anchors import Words, find_anchors, is_mark
from bicorpus.align.words.linking import METHODS, Table, link_pieces, unit_rows
from bicorpus.align.words.tokens import place_tokens, split_words
from bicorpus.align.words.windows import cut_pair


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Russia's army.", ["Russia's", "army", "."]),
        ("„Ja“, sagte er.", ["„", "Ja", "“", ",", "sagte", "er", "."]),
        ("1.000,5 m2 – 3%", ["1.000,5", "m2", "–", "3", "%"]),
        ("Nordkorea-Soldaten z.B. hier", ["Nordkorea-Soldaten", "z.B", ".", "hier"]),
        ("Cafe\u0301 Zu\u00adfall", ["Cafe\u0301", "Zu\u00adfall"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert [span.of(text) for span in split_words(text)] == words


def anchored(source: str, target: str) -> set[str]:
    here = Words(*place_tokens(source.split()), "de")
    there = Words(*place_tokens(target.split()), "en")
    return {f"{here.forms[i]}={there.forms[j]}" for i, j in find_anchors(here, there).links}


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("rund 11.000 Soldaten", "some 11,000 soldiers", {"11.000=11,000"}),
        ("1,3 Millionen Euro", "1.3 million euros", {"1,3=1.3", "Millionen=million"}),
        ("drei Häuser", "three houses", {"drei=three"}),
        ("Selenskyj kam", "Zelenskyy came", {"Selenskyj=Zelenskyy"}),
        ("Putins Armee", "Putin's army", {"Putins=Putin's"}),
        ("Müller kam", "Mueller came", {"Müller=Mueller"}),
        ("er lebt in Kursk", "he lives in Kursk", {"Kursk=Kursk"}),
        ("Die Maus", "Die hard", set()),
        ("11.000 Soldaten", "12,000 soldiers", set()),
        ("Bonn und Bonn", "Bonn and Bonn", set()),
    ],
)
def test_anchors(source: str, target: str, wanted: set[str]) -> None:
    assert anchored(source, target) == wanted


def test_marks() -> None:
    assert [word for word in [".", "„", "%", "a", "...", "&", "1"] if is_mark(word)] == [
        ".", "„", "...",
    ]  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (2, 5), (3, 3), (12, 9), (30, 41)])
def test_matching_is_simaligns(method: str, shape: tuple[int, int]) -> None:
    from simalign import SentenceAligner

    lots = numpy.random.default_rng(shape[0] * 100 + shape[1])
    rows = [unit_rows(lots.normal(size=(n, 16)).astype(numpy.float32)) for n in shape]
    likeness = SentenceAligner.get_similarity(*rows)
    forward, backward = SentenceAligner.get_alignment_matrix(likeness)
    wanted = {
        "inter": lambda: forward * backward,
        "itermax": lambda: SentenceAligner.iter_max(likeness),
        "mwmf": lambda: SentenceAligner.get_max_weight_match(likeness),
    }[method]()
    made = numpy.zeros(shape)
    links = link_pieces(Table(*rows), method)  # type: ignore[arg-type]
    made[links.sources, links.targets] = 1
    if method == "mwmf":  # of matchings with one sum, each takes its own
        assert (made * likeness).sum() == pytest.approx((wanted * likeness).sum(), abs=1e-5)
    else:
        assert (made == wanted).all()


@pytest.mark.parametrize("shape", [(5, 4), (3000, 2500), (1500, 9000), (40_000, 100), (9, 200_000)])
def test_windows_tile_the_source(shape: tuple[int, int]) -> None:
    lots = numpy.random.default_rng(1)
    rows = [unit_rows(lots.normal(size=(n, 4)).astype(numpy.float32)) for n in shape]
    windows = list(cut_pair(rows[0], rows[1]))
    borders = [window.core.start for window in windows] + [windows[-1].core.stop]
    assert borders[0] == 0
    assert borders[-1] == shape[0]
    assert [window.core.stop for window in windows] == borders[1:]
    for window in windows:
        assert window.source.start <= window.core.start < window.core.stop <= window.source.stop
        assert 0 <= window.target.start < window.target.stop <= shape[1]
    assert min(window.target.start for window in windows) == 0
    assert max(window.target.stop for window in windows) == shape[1]
