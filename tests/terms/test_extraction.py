"""Term candidates: phrases by word classes, C-value, keyness, renderings from the word links."""

from __future__ import annotations

from collections import Counter
from math import log, log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from term_corpus import article_of, links_of, side_of, write_corpus

from bicorpus.cli.terms.reading import read_corpus
from bicorpus.data import Article
from bicorpus.lemmatizers.hanta import HantaLemmatizer
from bicorpus.terms.candidates.corpus import Candidate, gather
from bicorpus.terms.candidates.extraction import c_values, find_phrases, key_of, termhood
from bicorpus.terms.candidates.forms import Forms, dictionary_form
from bicorpus.terms.candidates.words import read_words
from bicorpus.terms.keyness import (
    MOST_RATIO,
    Background,
    keyness,
    load_background,
    log_likelihood,
    log_ratio,
)
from bicorpus.terms.renderings import BeadWords, LinkedBead, join_words

TAGGER = HantaLemmatizer()


def phrases(text: str, language: str) -> set[str]:
    words = read_words(text, language, TAGGER.tag)
    found = find_phrases(words, language)
    return {join_words(words[one.first : one.last + 1]) for one in found}


@pytest.mark.parametrize(
    ("language", "text", "there", "not_there"),
    [
        ("de", "Die künstliche Beatmung hilft.", {"künstliche Beatmung", "Beatmung"}, {"Die"}),
        ("de", "Das Institut für Wasserbau schweigt.", {"Institut für Wasserbau"}, set()),
        ("de", "Der Rat der Gemeinde tagte.", {"Rat der Gemeinde"}, {"der Gemeinde"}),
        ("de", "Der neue Damm hielt.", {"Damm"}, {"neue Damm"}),
        ("de", "Am Dienstag fiel im März Schnee.", {"Schnee"}, {"Dienstag", "März"}),
        ("de", "Er wohnt in Rio de Janeiro.", {"Rio de Janeiro"}, {"Rio", "Rio de"}),
        ("de", "Angela Merkel kam.", {"Angela Merkel"}, {"Angela"}),
        ("en", "The water level rose.", {"water level", "water"}, {"level"}),
        ("en", "The court of appeal ruled.", {"court of appeal"}, {"of appeal"}),
        ("en", "A new dam broke on Monday.", {"dam"}, {"new dam", "Monday"}),
        ("en", "I don’t, and they can't, see dams.", {"dams"}, {"don’t", "can't"}),
        (
            "de",
            "Die Regel #NAME# und PRS_ORG und 50+1-Regel.",
            {"Regel"},
            {"NAME", "PRS_ORG", "1-Regel"},
        ),
        ("en", "The U.S. Army left.", {"U.S. Army"}, {"U.S"}),
        ("xx", "The dam.", set(), {"dam"}),
    ],
)
def test_phrases_by_their_word_classes(
    language: str, text: str, there: set[str], not_there: set[str]
) -> None:
    if language == "xx":
        words = read_words(text, "en", TAGGER.tag)
        assert list(find_phrases(words, "xx")) == []
        return
    found = phrases(text, language)
    assert there <= found
    assert not not_there & found


def test_words_have_their_places_in_the_text() -> None:
    text = "The mayor's dam, 12,000 tons of it, is the U.S. record."
    words = read_words(text, "en", TAGGER.tag, start=7)
    assert [word.span.shifted(0).start - 7 for word in words] == [
        text.index(word.text, max(word.span.start - 7, 0)) for word in words
    ]
    assert "'s" in [word.text for word in words]
    assert "U.S." in [word.text for word in words]
    assert read_words("  ", "en", TAGGER.tag) == []


def test_the_key_is_the_same_for_all_inflections() -> None:
    keys = set()
    for text in ("die neugotische Kirche", "der neugotischen Kirchen", "neugotischen Kirche"):
        words = read_words(text, "de", TAGGER.tag)
        content = [word for word in words if word.text not in ("die", "der")]
        keys.add(key_of(content))
    assert keys == {("neugotisch", "kirche")}


def test_c_value_takes_what_stands_in_a_longer_phrase() -> None:
    counts = {("floating",): 5, ("point",): 7, ("floating", "point"): 5}
    values = c_values(counts)
    assert values["floating",] == 0
    assert values["point",] == log2(2) * 2
    assert values["floating", "point"] == pytest.approx(log2(3) * 5)


KEYS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=4).map(tuple)


@given(st.dictionaries(KEYS, st.integers(1, 50), max_size=12))
def test_c_value_is_bounded_by_the_count(counts: dict[tuple[str, ...], int]) -> None:
    values = c_values(counts)
    assert values.keys() == counts.keys()
    for key, value in values.items():
        assert 0 <= value <= log2(len(key) + 1) * counts[key]
    for key, count in counts.items():
        joined = "".join(key)
        if not any(joined in "".join(other) and other != key for other in counts):
            assert values[key] == log2(len(key) + 1) * count


@given(st.dictionaries(KEYS, st.integers(1, 50), min_size=1, max_size=12), st.integers(2, 5))
def test_c_value_grows_with_the_corpus(counts: dict[tuple[str, ...], int], times: int) -> None:
    more = c_values({key: count * times for key, count in counts.items()})
    for key, value in c_values(counts).items():
        assert more[key] == pytest.approx(times * value)


COUNT = st.integers(0, 10_000)


@given(COUNT, COUNT)
def test_log_likelihood_is_symmetric_and_not_negative(one: int, other: int) -> None:
    here = log_likelihood(one, 20_000, other, 30_000)
    assert here >= 0
    assert here == pytest.approx(log_likelihood(other, 30_000, one, 20_000))


@given(st.integers(1, 1000), st.integers(1, 20))
def test_log_likelihood_of_equal_shares_is_nothing(count: int, times: int) -> None:
    found = log_likelihood(count, 10_000, count * times, 10_000 * times)
    assert found == pytest.approx(0, abs=1e-6)


def test_log_likelihood_as_it_is_known() -> None:
    # By hand: the 17 are expected as 17/3 here and 34/3 there.
    expected = 2 * (12 * log(12 / (17 / 3)) + 5 * log(5 / (34 / 3)))
    assert log_likelihood(12, 10_000, 5, 20_000) == pytest.approx(expected)
    assert log_ratio(12, 10_000, 6, 20_000) == 2


@given(st.integers(1, 500), st.integers(0, 500))
def test_keyness_stays_in_its_bounds_and_grows(count: int, other: int) -> None:
    background = Background({"dam": other, "rare": 1} if other else {"rare": 1}, 100_000)
    found = keyness(count, 1_000, "dam", background)
    assert 0 <= found <= MOST_RATIO
    assert keyness(count + 1, 1_000, "dam", background) >= found


def test_a_word_that_everybody_says_is_not_key() -> None:
    for language, word in (("de", "haus"), ("en", "house")):
        background = load_background(language)
        share = background.count(word) / background.total
        assert keyness(round(share * 10_000), 10_000, word, background) == 0
        assert keyness(30, 10_000, "zz-no-word", background) > 5
    assert termhood(4, []) == 0


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_list_that_ships_is_whole(language: str) -> None:
    background = load_background(language)
    assert 25_000 <= len(background.counts) <= 30_000
    assert background.total > 1_000_000
    assert sum(background.counts.values()) <= background.total
    assert background.rarest >= 1


def forms_of(text: str, key: tuple[str, ...], kinds: str) -> str:
    forms = Forms()
    for one in text.split(";"):
        article, _, form = one.strip().rpartition(":")
        forms.add(form, initial=False, article=article)
    return dictionary_form(forms, key, kinds, "de")


@pytest.mark.parametrize(
    ("text", "key", "kinds", "shown"),
    [
        ("des:großen Deiches; dem:großen Deich", ("groß", "deich"), "AN", "großer Deich"),
        ("der:alten Schleuse; die:alte Schleuse", ("alt", "schleuse"), "AN", "alte Schleuse"),
        ("das:tiefe Becken; im:tiefen Becken", ("tief", "becken"), "AN", "tiefes Becken"),
        ("der:freie Träger; den:freien Träger", ("frei", "träger"), "AN", "freier Träger"),
        (
            "der:bunten Wehrtürme; den:bunten Wehrtürmen; die:bunten Wehrtürme",
            ("bunt", "wehrturm"), "AN", "bunte Wehrtürme",
        ),
        ("des:roten Gremiums; im:roten Gremium", ("rot", "gremium"), "AN", "rotes Gremium"),
        ("des:Virus; das:Virus", ("viru",), "N", "Virus"),
        (":Selenskyjs; :Selenskyj", ("selenskyj",), "E", "Selenskyj"),
        (":Morales", ("moral",), "N", "Morales"),
        ("des:Sozialamtes", ("sozialamt",), "N", "Sozialamt"),
        ("das:Amt für Statik; dem:Amt für Statik", ("amt", "für", "statik"), "NPN",
         "Amt für Statik"),
    ],
)  # fmt: skip
def test_german_terms_are_shown_in_the_nominative(
    text: str, key: tuple[str, ...], kinds: str, shown: str
) -> None:
    assert forms_of(text, key, kinds) == shown


def linked(source: str, target: str, pairs: str) -> LinkedBead:
    words = tuple(read_words(source, "de", TAGGER.tag))
    others = tuple(read_words(target, "en", TAGGER.tag))
    links = links_of(source, target, pairs)
    return LinkedBead(BeadWords(words, "de", "a.txt", 0, 1, source, others, "en", links))


@pytest.mark.parametrize(
    ("source", "target", "pairs", "stretch", "form"),
    [
        # a preposition and an article between two linked words
        (
            "Die Bundesmarine schwieg.", "The navy of the federation said nothing.",
            "Bundesmarine=navy Bundesmarine=federation", (1, 1), "navy of the federation",
        ),
        # a noun beside it that nothing claims
        ("Der Grenzort schwieg.", "The border village slept.", "Grenzort=border", (1, 1),
         "border village"),
        # one that another word claims is none of its words
        ("Der Ort schwieg.", "The border village slept.", "Ort=village Der=border", (1, 1),
         "village"),
        # names grow by nothing
        ("Gestern kam Merkel.", "Chancellor Merkel came.", "Merkel=Merkel", (2, 2), "Merkel"),
        # articles and genitives go
        ("Die Flut kam.", "The flood's peak came.", "Flut=The Flut=flood kam=came Die=peak",
         (1, 1), "flood"),
        ("Die Flut kam.", "It came.", "kam=came", (1, 1), None),
    ],
)  # fmt: skip
def test_what_renders_a_stretch(
    source: str, target: str, pairs: str, stretch: tuple[int, int], form: str | None
) -> None:
    found = linked(source, target, pairs).rendering(*stretch)
    assert (found.form if found else None) == form
    if found:
        assert found.span.of(target) == form
        assert 0 < found.score <= 0.9


DAM = ("Der Staudamm von Oberau hält.", "The dam of Oberau holds.",
       "Staudamm=dam Oberau=Oberau hält=holds")  # fmt: skip
DAMS = ("Zwei Staudämme brachen.", "Two dams broke.", "Staudämme=dams brachen=broke")
BARRAGE = ("Am Staudamm stieg das Wasser.", "Water rose at the barrage.",
           "Staudamm=barrage Wasser=Water stieg=rose")  # fmt: skip
HOUSE = ("Das Haus war groß.", "The house was big.", "Haus=house groß=big")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    articles = [article_of("a.txt", [DAM, DAMS, HOUSE]), article_of("b.txt", [BARRAGE, HOUSE])]
    return write_corpus(tmp_path / "c", articles)


def candidates(corpus: Path, language: str | None = None) -> dict[str, Candidate]:
    [found] = gather(read_corpus(corpus, language))
    return {one.form: one for one in found.candidates(at_least=2)}


def test_candidates_have_their_renderings_and_places(corpus: Path) -> None:
    found = candidates(corpus)
    dam = found["Staudamm"]
    assert (dam.count, dam.articles, dam.kind) == (3, 2, "term")
    assert [str(place) for place in dam.places] == ["a.txt, 1", "a.txt, 2", "b.txt, 1"]
    assert dam.renderings
    assert [(one.form, one.support) for one in dam.renderings] == [("dam", 2), ("barrage", 1)]
    assert dam.score == max(one.score for one in found.values())


def test_one_side_alone_has_no_renderings(corpus: Path) -> None:
    found = candidates(corpus, "en")
    assert found["dam"].renderings is None
    assert found["dam"].count == 2


def test_articles_without_a_translation_give_candidates_of_their_language(tmp_path: Path) -> None:
    side = side_of("en", ["The barrage broke.", "Two barrages hold."], "c.txt")
    [found] = gather(read_corpus(write_corpus(tmp_path / "c", [Article(side)])))
    assert (found.language, found.has_target) == ("en", False)
    [one] = found.candidates()
    assert one.form in ("barrage", "barrages")
    assert one.count == 2


def test_memory_is_bounded_and_it_is_told(corpus: Path) -> None:
    [found] = gather(read_corpus(corpus), most_held=3)
    assert found.dropped > 0
    assert len(found.candidates(at_least=1)) <= 3
    [whole] = gather(read_corpus(corpus))
    assert whole.dropped == 0


def test_the_order_of_the_articles_does_not_matter(tmp_path: Path) -> None:
    pairs = [("a.txt", [DAM, DAMS, HOUSE]), ("b.txt", [BARRAGE, HOUSE])]
    made = []
    for name, order in (("one", pairs), ("two", pairs[::-1])):
        folder = write_corpus(tmp_path / name, [article_of(*one) for one in order])
        made.append(Counter((form, one.score) for form, one in candidates(folder).items()))
    assert made[0] == made[1]
