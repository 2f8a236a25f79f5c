"""What both languages share: words, quotations, edges, and the gold's form."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bicorpus.claims.edges import span_between, spans_of
from bicorpus.claims.finding import find_claims
from bicorpus.claims.gold_form import claim_record, read_claim
from bicorpus.claims.quotations import find_quotations
from bicorpus.claims.wording import Word, cut_words, tag_words
from bicorpus.data import Document, Segment, SegmentKind, Side, Span
from bicorpus.lemmatizers.hanta import HantaLemmatizer
from bicorpus.segments import segment, split_sentences
from bicorpus.splitters.rules import RuleSplitter

LEMMATIZER = HantaLemmatizer()


def texts_of_words(text: str) -> list[str]:
    return [span.of(text) for span in cut_words(text, Span(0, len(text)))]


def side_of(text: str, language: str = "de") -> Side:
    segments = segment(text, language)
    sentences = split_sentences(text, segments, RuleSplitter(), language)
    return Side(Document(language, text, "test"), segments, sentences)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 24. Februar kamen 10.000 Gäste.", "Am|24.|Februar|kamen|10.000|Gäste|."),
        ("Die US-Armee, z. B. in Kiew", "Die|US-Armee|,|z. B.|in|Kiew"),
        ("„Nein“, sagte sie.", "Nein|,|sagte|sie|."),
        ("Weltraum- und Satellitentechnik (5,5 %)", "Weltraum-|und|Satellitentechnik|(|5,5|%|)"),
        ("Er wohnt in Nr. 5.", "Er|wohnt|in|Nr.|5|."),
    ],
)
def test_words_are_cut(text: str, expected: str) -> None:
    assert texts_of_words(text) == expected.split("|")


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("Er sagte: „Ja. Nein.“ Dann schwieg er.", ["Ja. Nein."]),
        ("»Ja«, sagte er, »aber nein«.", ["Ja", "aber nein"]),
        ("«Ja», sagte er.", ["Ja"]),
        ('Die "Tiefe" und die "Breite"', ["Tiefe", "Breite"]),
        ("“Yes,” he said.", ["Yes,"]),
        ("„Ein ‚kleiner‘ Schritt“ war es.", ["Ein ‚kleiner‘ Schritt"]),
        ("„Er ging und kam nicht wieder.", ["Er ging und kam nicht wieder."]),
        ("Keine Rede hier.", []),
    ],
)
def test_quotations_are_found(text: str, inner: list[str]) -> None:
    found = find_quotations(text, [Span(0, len(text))])
    assert [text[each.start : each.end] for each in found] == inner


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    first, second = "Er sagte: „Das war der Anfang.", "„Das ist das Ende.“"
    text = f"{first}\n{second}"
    places = [Span(0, len(first)), Span(len(first) + 1, len(text))]
    assert [each.number for each in find_quotations(text, places)] == [1, 1]


def test_a_quotation_that_nothing_closes_is_broken() -> None:
    text = "„Es regnet, sagte er.\n„Es schneit“, sagte sie.\n„Es taut. Das Eis bricht."
    starts = [0, text.index("„Es sch"), text.index("„Es taut")]
    places = [Span(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    found = find_quotations(text, places)
    assert [each.is_broken for each in found] == [False, False, True]
    assert [each.is_broken for each in find_quotations("Er sagte: „Ja.", [Span(0, 14)])] == [True]


def test_a_word_knows_its_quotation() -> None:
    text = "„Nein“, sagte sie."
    quotations = find_quotations(text, [Span(0, len(text))])
    words = tag_words(text, Span(0, len(text)), LEMMATIZER, "de", quotations)
    assert [(word.text, word.quotation) for word in words[:3]] == [
        ("Nein", 1),
        (",", None),
        ("sagte", None),
    ]


def plain_words(text: str) -> list[Word]:
    spans = cut_words(text, Span(0, len(text)))
    return [
        Word(index, span.of(text), span.start, span.end, "", "") for index, span in enumerate(spans)
    ]


def test_a_span_goes_over_marks_and_breaks_at_words_of_others() -> None:
    text = "Der Mann, der dort wohnte, kam, sah und ging."
    words = plain_words(text)
    spans = spans_of(words, {0, 1, 7, 9, 10, 11})
    assert [span.of(text) for span in spans] == ["Der Mann", "kam, sah und ging"]
    assert span_between(words, 2, 7).of(text) == "der dort wohnte"


ARTICLE = """Neue Brücke über den Fluss

Die Stadt baut eine Brücke. Laut Bauamt kostet sie rund 2,5 Millionen Euro.

„Wir beginnen im Mai“, sagte der Bürgermeister. Der Bau werde nicht teurer."""


def test_the_gold_form_reads_back() -> None:
    side = side_of(ARTICLE)
    for number, claim in enumerate(find_claims(side, LEMMATIZER)):
        record = claim_record(side, claim, id=f"c{number}")
        assert read_claim(record, side) == claim


def test_whole_values_are_written_as_integers() -> None:
    side = side_of("Die Stadt kaufte 40 Busse für 2,5 Millionen Euro.")
    (claim,) = find_claims(side, LEMMATIZER)
    quantities = claim_record(side, claim, id="c")["quantities"]
    assert [each["value"] for each in quantities] == [40, 2500000]
    assert all(isinstance(each["value"], int) for each in quantities)


@pytest.mark.parametrize("kind", ["byline", "credit", "navigation", "boilerplate", "image"])
def test_page_furniture_has_no_claims(kind: str) -> None:
    text = "Die Stadt baut eine Brücke."
    segments = (Segment(Span(0, len(text)), SegmentKind(kind)),)
    sentences = split_sentences(text, segments, RuleSplitter(), "de")
    assert find_claims(Side(Document("de", text, "x"), segments, sentences), LEMMATIZER) == ()


def test_a_repeated_caption_is_read_once() -> None:
    text = "Die Stadt baut eine Brücke."
    double = f"{text}\n{text}"
    segments = (
        Segment(Span(0, len(text)), SegmentKind.CAPTION),
        Segment(Span(len(text) + 1, len(double)), SegmentKind.CAPTION, repeat=True),
    )
    sentences = split_sentences(double, segments, RuleSplitter(), "de")
    found = find_claims(Side(Document("de", double, "x"), segments, sentences), LEMMATIZER)
    assert [claim.spans for claim in found] == [(Span(0, len(text) - 1),)]


PIECES = st.sampled_from(
    [
        "Der Mann",
        "der kam",
        ", ",
        "sagte",
        "und",
        "dass",
        "„",
        "“",
        "weil",
        "hat",
        "gesehen",
        ". ",
        ": ",
        "nicht",
        "laut Polizei",
        "so",
        "zu",
        "verlieren",
        "die",
        "Stadt",
        "sei",
        "wie",
        "mitteilte",
        "(",
        ")",
        "– ",
        "zufolge",
        "nach Angaben",
        "?",
        "!",
        "10.000",
        "als",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=25).map(" ".join))
@example("nach Angaben – ")
def test_claims_lie_in_their_sentence_and_keep_apart(text: str) -> None:
    segments = (Segment(Span(0, len(text)), SegmentKind.BODY),)
    if not text.strip():
        return
    stripped = text.strip()
    start = text.index(stripped)
    segments = (Segment(Span(start, start + len(stripped)), SegmentKind.BODY),)
    sentences = split_sentences(text, segments, RuleSplitter(), "de")
    side = Side(Document("de", text, "x"), segments, sentences)
    found = find_claims(side, LEMMATIZER)
    taken: set[int] = set()
    for claim in found:
        sentence = side.sentences[claim.sentence].span
        assert list(claim.spans) == sorted(claim.spans)
        for span in claim.spans:
            assert sentence.start <= span.start < span.end <= sentence.end
            own = set(range(span.start, span.end))
            assert not own & taken
            taken |= own
    assert found == find_claims(side, LEMMATIZER)
