"""What the golden files cannot say: languages, signatures, word lists."""

from importlib.metadata import version

import pytest

from bicorpus.errors import InputError, SettingsError
from bicorpus.splitters import rules
from bicorpus.splitters.decisions import RULES
from bicorpus.splitters.rules import RuleSplitter
from bicorpus.splitters.sentencex import SentencexSplitter
from bicorpus.splitters.words import split_words


def test_other_languages_go_to_sentencex() -> None:
    text = "Il est venu. Elle est partie."
    assert [span.of(text) for span in RuleSplitter().split(text, "fr")] == [
        "Il est venu.",
        "Elle est partie.",
    ]


@pytest.mark.parametrize("splitter", [RuleSplitter(), SentencexSplitter()])
@pytest.mark.parametrize("language", ["xx", "", "de-AT"])
def test_an_unknown_language_is_refused_by_name(
    splitter: RuleSplitter | SentencexSplitter, language: str
) -> None:
    with pytest.raises(SettingsError, match=f'"{language}".*Known: .*de.*en'):
        splitter.split("Ein Satz.", language)


def test_the_signature_names_what_decides() -> None:
    installed = version("sentencex")
    assert SentencexSplitter().signature == f"sentencex-{installed}"
    signature = RuleSplitter().signature
    assert signature.startswith(f"rules-{rules.VERSION},words:")
    assert signature.endswith(f"+sentencex-{installed}")


def test_the_signature_follows_the_word_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    before = RuleSplitter().signature
    monkeypatch.setattr("bicorpus.splitters.words.load_words", lambda *_: ("changed",))
    for cached in (split_words, rules._fingerprint):
        cached.cache_clear()
    after = RuleSplitter().signature
    for cached in (split_words, rules._fingerprint):
        cached.cache_clear()
    assert after != before


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.__name__))
def test_every_rule_says_what_it_is_for(rule: object) -> None:
    assert rule.__doc__


@pytest.mark.parametrize("language", rules.LANGUAGES)
def test_no_abbreviation_is_in_two_lists(language: str) -> None:
    words = split_words(language)
    lists = (words.titles, words.abbreviations, words.closers, words.number_labels)
    for position, first in enumerate(lists):
        for second in lists[position + 1 :]:
            assert not first & second
    assert all(entry.endswith(".") for entries in lists for entry in entries)


def test_a_panic_of_the_library_is_an_error_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def fail(*_: object) -> None:
        raise PanicException("not a char boundary")

    monkeypatch.setattr("sentencex.get_sentence_boundaries", fail)
    with pytest.raises(InputError, match=r'"Ein Satz.*not a char boundary'):
        SentencexSplitter().split("Ein Satz.", "de")


def test_an_interrupt_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sentencex.get_sentence_boundaries", interrupt)
    with pytest.raises(KeyboardInterrupt):
        SentencexSplitter().split("Ein Satz.", "de")
