"""What every splitter keeps, whatever the text."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bicorpus.data import Span
from bicorpus.protocols import Splitter
from bicorpus.registry import BACKENDS, find_backend

SPLITTERS = sorted(BACKENDS["splitter"])
LANGUAGES = ("de", "en")

# Pieces that the rules look at, so that arbitrary sequences of them reach every branch.
MARKS = ".!?…,;:()[]„“”\"'‚‘»«–- \n\t\u00a0\u00ad\u2028\x85\x1c7"
WORDS = (
    "Prof|z|B|u. a|usw|XIV|3|2024|2,5|Mio|Yahoo|dpa|gut|Die|der|Juni|Platz|ist|sagte|said|Mr|U.S"
    "|:-)|😀|\r\n|www.a.de|Corp|Linie|...|(dpa)|. |“ |. D"
)
PIECES = [*MARKS, *WORDS.split("|")]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def check(text: str, spans: list[Span]) -> None:
    end = 0
    for span in spans:
        assert not text[end : span.start].strip(), "lost between sentences"
        assert span.of(text)
        assert span.of(text) == span.of(text).strip()
        assert span.start >= end
        end = span.end
    assert not text[end:].strip(), "lost after the last sentence"


@pytest.mark.parametrize("name", SPLITTERS)
@settings(max_examples=300, deadline=None)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_only_white_space_lies_between_sentences(name: str, text: str, language: str) -> None:
    splitter: Splitter = find_backend("splitter", name)()
    check(text, splitter.split(text, language))


@pytest.mark.parametrize("name", SPLITTERS)
@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0", "\u2028\t"])
def test_white_space_has_no_sentences(name: str, text: str) -> None:
    assert find_backend("splitter", name)().split(text, "de") == []


@pytest.mark.parametrize("name", SPLITTERS)
def test_code_points_count(name: str) -> None:
    text = "Schöne Grüße 😀𝄞 aus Köln am Rhein. Der Bus fährt ab."
    assert find_backend("splitter", name)().split(text, "de") == [Span(0, 34), Span(35, 52)]


@pytest.mark.parametrize("name", SPLITTERS)
@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000"])
def test_an_initial_before_a_wide_space(name: str, space: str) -> None:
    """The library sentencex 1.0.32 on its own panics here."""
    text = f"Es sprach J.{space}K. Vogt."
    spans = find_backend("splitter", name)().split(text, "de")
    assert [span.of(text) for span in spans] == [text]


@pytest.mark.parametrize("name", SPLITTERS)
def test_a_pickled_splitter_splits_the_same(name: str) -> None:
    splitter = find_backend("splitter", name)()
    copy = pickle.loads(pickle.dumps(splitter))
    text = "Es kam Dr. Vogt. Er blieb."
    assert copy.signature == splitter.signature
    assert copy.split(text, "de") == splitter.split(text, "de")


NEWS = "Am 3. Juni, z. B. um 14.30 Uhr, kam Prof. Dr. Huber (SPD). „Wer?“, fragte sie. Nichts …\n"


UNITS = '.|. | |\n| \n|"|„|."|(|(a) |A. |1. |:) |😀|a\n|x-.|der\n|!?. |\u00ad|[1]|.[1]|A.A'


@pytest.mark.parametrize("piece", [NEWS, *UNITS.split("|")])
def test_monotonous_text_is_split_by_the_contract(piece: str) -> None:
    """Input that a careless pattern would take quadratic time for: at this length, for ever."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    check(text, find_backend("splitter", "rules")().split(text, "de"))


def test_a_megabyte_of_news_keeps_all_its_sentences() -> None:
    text = NEWS * (1_000_000 // len(NEWS))
    assert len(find_backend("splitter", "rules")().split(text, "de")) == 3 * text.count("\n")


def test_one_line_of_50000_code_points_is_one_sentence() -> None:
    text = "wort " * 10_000
    assert find_backend("splitter", "rules")().split(text, "de") == [Span(0, 49_999)]
