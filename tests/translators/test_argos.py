"""The direct engine on the embedded package: same bytes always, nothing cut or lost in silence."""

from __future__ import annotations

import math

import pytest

from bicorpus.config import Settings
from bicorpus.data import Translation
from bicorpus.errors import ModelError
from bicorpus.models import find_package
from bicorpus.models.glosses import GlossedPieces, Glosses
from bicorpus.registry import find_backend
from bicorpus.translators import argos, beam_search, flags
from bicorpus.translators.argos import ArgosTranslator
from bicorpus.translators.argos_api import ArgosApiTranslator
from bicorpus.translators.beam_search import BeamSearch

SENTENCES = [
    "Der Minister sagte am Montag, die Brücke werde erst im Herbst fertig.",
    "Rund 1.000 Menschen kamen am 6. August 2024 nach Köln.",
    "",
    "***",
    "Der Verein gewann 4:1.",
    "Es regnete.",
    "42,5",
    "Die Polizei bat die Anwohner, ihre Fenster zu schließen.",
    "   ",
    "Niemand wurde verletzt, doch zwei Häuser brannten bis auf die Grundmauern nieder.",
]


@pytest.fixture(scope="module")
def engine() -> ArgosTranslator:
    return ArgosTranslator(threads=2)


def test_a_line_in_a_line_out(engine: ArgosTranslator) -> None:
    translations = engine.translate(SENTENCES)
    assert len(translations) == len(SENTENCES)
    for sentence, translation in zip(SENTENCES, translations, strict=True):
        if not sentence.strip():
            assert translation == Translation("", None, 0, 0, (flags.EMPTY,))
        elif not any(character.isalpha() for character in sentence):
            assert translation == Translation(sentence, None, 0, 0, (flags.PASSED,))
        else:
            assert translation.text
            assert translation.source_tokens > 0
            assert translation.target_tokens > 0


def test_the_score_is_the_mean_probability_of_a_token(engine: ArgosTranslator) -> None:
    """Recomputed by CTranslate2's own scorer, which forces the decoder through our text."""
    sentence = "Die Polizei bat die Anwohner, ihre Fenster zu schließen."
    (translation,) = engine.translate([sentence])
    pieces = engine._search.sources.encode([sentence])
    target = engine._search.pieces.encode([translation.text], out_type=str)
    (scored,) = engine._search.decoder.score_batch(pieces, target)
    expected = math.exp(sum(scored.log_probs) / len(scored.log_probs))
    # The decoder may have spelled the text in other pieces than the encoder gives.
    assert translation.score == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize(("threads", "blocks_ahead"), [(1, 1), (2, 1), (2, 4)])
def test_the_same_result_for_any_threads_and_blocks(
    engine: ArgosTranslator, monkeypatch: pytest.MonkeyPatch, threads: int, blocks_ahead: int
) -> None:
    monkeypatch.setattr(argos, "BLOCK", 16)
    lines = [f"Am {day}. Mai sagte er: {sentence}" for day in range(1, 8) for sentence in SENTENCES]
    expected = list(engine.stream(lines))
    other = ArgosTranslator(threads=threads)
    assert list(other.stream(lines, blocks_ahead=blocks_ahead)) == expected


def test_a_long_sentence_goes_through_in_parts_and_says_so(engine: ArgosTranslator) -> None:
    clause = "der Fluss trat über die Ufer, und die Feuerwehr half den Menschen in der Stadt"
    long = "Am Montag hieß es, " + ", ".join([clause] * 12) + "."
    short, translation = engine.translate(["Es regnete.", long])
    assert flags.SPLIT not in short.flags
    assert flags.SPLIT in translation.flags
    assert flags.TRUNCATED not in translation.flags
    assert len(translation.text) > len(long) / 2


def test_fifty_thousand_characters_without_a_blank_do_not_stop_it(engine: ArgosTranslator) -> None:
    (translation,) = engine.translate(["Straßenbahn" * 400])
    assert flags.SPLIT in translation.flags


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Weitere Angaben stehen auf www.example.org/karte?x=1.", "www.example.org/karte?x=1"),
        ("Schreiben Sie an hilfe.nord@example.org oder rufen Sie an.", "hilfe.nord@example.org"),
        ("Es kamen 12.345 Menschen.", "12,345"),
        ("Das Wasser stieg auf 2,75 Meter.", "2.75"),
    ],
)
def test_addresses_and_figures_pass_through(
    engine: ArgosTranslator, sentence: str, kept: str
) -> None:
    assert kept in engine.translate([sentence])[0].text


def test_quotes_become_straight(engine: ArgosTranslator) -> None:
    (translation,) = engine.translate(["„Wir bleiben hier“, sagte sie."])
    assert translation.text.count('"') == 2
    assert not set("„“”»«") & set(translation.text)


def test_every_lost_figure_is_flagged(engine: ArgosTranslator) -> None:
    sentences = [f"Im Ort {name} stehen {number} Häuser." for number, name in enumerate("ABCD", 17)]
    for sentence, translation in zip(sentences, engine.translate(sentences), strict=True):
        number = sentence.split()[-2]
        assert (number in translation.text) or flags.FIGURE in translation.flags


def test_a_word_said_twice_is_a_defect_where_the_source_has_it_once(
    engine: ArgosTranslator,
) -> None:
    twice = "The council wants a quick change change of the rules."
    assert engine.defects("Der Rat will die Regeln schnell ändern.", twice) == (flags.REPETITION,)
    echoed = "He called wolf wolf across the valley."
    assert engine.defects("Er rief Wolf Wolf über das Tal.", echoed) == ()


def test_parity_with_the_api_of_argostranslate(
    engine: ArgosTranslator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the API's settings, without our glosses, choice and repairs, both give the same."""
    monkeypatch.setattr(engine._search, "sources", GlossedPieces(engine._search.pieces, None))
    monkeypatch.setattr(engine._search, "rescorer", None)
    monkeypatch.setattr(beam_search, "LENGTH_PENALTY", 0.2)
    monkeypatch.setattr(beam_search, "BATCH", 1)
    monkeypatch.setattr(argos, "to_english_notation", lambda _, target: target)
    monkeypatch.setattr(ArgosTranslator, "_second_try", lambda *_: None)
    sentences = [sentence for sentence in SENTENCES if "_" not in sentence]
    ours = [one.text for one in engine.translate(sentences)]
    theirs = [one.text for one in ArgosApiTranslator().translate(sentences)]
    assert ours == theirs


def test_what_glosses_spoil_is_rendered_without_them(
    engine: ArgosTranslator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a gloss that makes the figure disappear, the second try finds it again."""
    sentence = "Nach dem Brand zählte die Gemeinde 47 Häuser."
    misled = Glosses({"Brand": ["fire"], "Gemeinde": ["municipality"]}, [])
    search = engine._search
    monkeypatch.setattr(search, "sources", GlossedPieces(search.pieces, misled))
    monkeypatch.setattr(search, "rescorer", None)
    (found,) = engine.translate([sentence])
    assert "47" in found.text
    decoded = []
    decode = BeamSearch.decode

    def counted(self: BeamSearch, pieces: list[list[str]], *args: int) -> object:
        decoded.append(pieces)
        return decode(self, pieces, *args)

    monkeypatch.setattr(BeamSearch, "decode", counted)
    monkeypatch.setattr(ArgosTranslator, "defects", lambda *_: (flags.FIGURE,))
    engine.translate([sentence])
    glossed, again, plain = decoded
    assert glossed == again == search.sources.encode([sentence])
    assert plain == search.pieces.encode([sentence], out_type=str)
    assert plain != glossed


def test_a_package_without_sentencepiece_names_the_way_out(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from dataclasses import replace

    folder = tmp_path_factory.mktemp("bpe")
    package = replace(find_package("embedded"), folder=folder)
    with pytest.raises(ModelError, match="argos-api"):
        ArgosTranslator(package)


def test_a_damaged_model_is_a_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    from dataclasses import replace

    folder = tmp_path_factory.mktemp("broken")
    (folder / "sentencepiece.model").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="cannot be loaded"):
        ArgosTranslator(replace(find_package("embedded"), folder=folder))


def test_what_frames_a_line_stands_as_it_came(engine: ArgosTranslator) -> None:
    (translation,) = engine.translate(["+++ Der Fluss steigt weiter +++"])
    assert translation.text.startswith("+++ ")
    assert translation.text.endswith(" +++")
    assert translation.text.count("+") == 6


def test_the_fast_engine_takes_the_first_rendering() -> None:
    sentence = ["Die Polizei bat die Anwohner, ihre Fenster zu schließen."]
    backend, package = Settings(translator="fast").translator_backend
    fast = find_backend("translator", backend)(package)
    assert fast._search.rescorer is None
    assert "reverse:" not in fast.signature
    (first, *_) = fast._search.renderings(
        fast._search.decode(fast._search.sources.encode(sentence), beam_search.BEAM, 1)[0], []
    )
    assert fast.translate(sentence)[0].text == first.text


@pytest.mark.parametrize(
    ("name", "backend", "package"),
    [
        ("fast", "argos-fast", "embedded"),
        ("fast:argos:de_en@1.0", "argos-fast", "argos:de_en@1.0"),
        ("embedded", "argos", "embedded"),
        ("argos-api:de_en", "argos-api", "argos:de_en"),
    ],
)
def test_names_of_translators(name: str, backend: str, package: str) -> None:
    assert Settings(translator=name).translator_backend == (backend, package)
