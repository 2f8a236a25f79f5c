"""The tagger: lemmas, finite verbs, long sentences, other languages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bicorpus.errors import SettingsError
from bicorpus.lemmatizers.hanta import HantaLemmatizer


@pytest.fixture(scope="module")
def lemmatizer() -> HantaLemmatizer:
    return HantaLemmatizer()


def test_german_lemmas_and_finite_verbs(lemmatizer: HantaLemmatizer) -> None:
    words = ["Die", "Häuser", "wurden", "gestern", "von", "den", "Besitzern", "verkauft", "."]
    tagged = lemmatizer.tag(words, "de")
    assert [one.word for one in tagged] == words
    assert [one.lemma for one in tagged][1] == "Haus"
    assert [one.word for one in tagged if one.tag.endswith("(FIN)")] == ["wurden"]


def test_english_lemmas_and_tags(lemmatizer: HantaLemmatizer) -> None:
    tagged = lemmatizer.tag(["The", "farmers", "sold", "their", "houses", "."], "en")
    assert [(one.lemma, one.tag) for one in tagged][2] == ("sell", "VVD")


def test_a_sentence_longer_than_the_window_keeps_every_word(lemmatizer: HantaLemmatizer) -> None:
    words = ["Haus", "und"] * 200
    assert [one.word for one in lemmatizer.tag(words, "de")] == words


def test_no_words_have_no_tags(lemmatizer: HantaLemmatizer) -> None:
    assert lemmatizer.tag([], "de") == []


def test_an_unknown_language_is_an_error_that_names_the_known(lemmatizer: HantaLemmatizer) -> None:
    with pytest.raises(SettingsError, match="de, en"):
        lemmatizer.tag(["mot"], "fr")


@cache
def plain(language: str) -> Any:
    """HanTa as it comes."""
    from HanTa.HanoverTagger import HanoverTagger

    return HanoverTagger({"de": "morphmodel_ger.pgz", "en": "morphmodel_en.pgz"}[language])


def assert_tagged_as_by_hanta(tagger: HantaLemmatizer, words: list[str], language: str) -> None:
    found = [(one.word, one.lemma, one.tag) for one in tagger.tag(words, language)]
    assert found == plain(language).tag_sent(words)


def sentences_of(path: Path) -> list[list[str]]:
    """The lines of a text, cut at marks that end a sentence; good enough to be tagged."""
    parts = re.split(r"(?<=[.!?])\s+|\n+", path.read_text("utf-8"))
    return [words for part in parts if (words := re.findall(r"\w+(?:-\w+)*|[^\w\s]", part))]


WORDS = ["Damm", "brach", "rote", "Der", "dams", "the", "U.S.", ",", ".", "Merkel", "zz9", "–", "«"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.sampled_from(["de", "en"]))
def test_any_words_are_tagged_as_by_hanta(
    lemmatizer: HantaLemmatizer, words: list[str], language: str
) -> None:
    assert_tagged_as_by_hanta(lemmatizer, words, language)


def test_a_sentence_is_tagged_alike_at_each_asking() -> None:
    words = ["Die", "Deichgrafen", "der", "Marsch", "prüften", "am", "Abend", "die", "Wehre", "."]
    tagger = HantaLemmatizer()
    for _ in range(2):
        assert_tagged_as_by_hanta(tagger, words, "de")
    # The same forms again, at other places: what was kept of them may not depend on the place.
    assert_tagged_as_by_hanta(tagger, words[::-1], "de")


@pytest.mark.parametrize("language", ["de", "en"])
def test_our_texts_are_tagged_as_by_hanta(
    lemmatizer: HantaLemmatizer, root: Path, language: str
) -> None:
    # In either language's tags: unknown words are where a search may differ.
    for name in ("01-agency-hochwasser.txt", "03-english-oder-flood.txt"):
        for words in sentences_of(root / "seeds" / name):
            assert_tagged_as_by_hanta(lemmatizer, words, language)


@pytest.mark.shared
def test_articles_are_tagged_as_by_hanta(lemmatizer: HantaLemmatizer, shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        language = "en" if path.name.startswith("000") else "de"
        for words in sentences_of(path)[:40]:
            assert_tagged_as_by_hanta(lemmatizer, words, language)
