"""Steering with a translator of a few lines: what is tried, what is kept, what is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import pytest

from bicorpus.data import Bead, Span, Translation, WordLink
from bicorpus.protocols import TokenLink
from bicorpus.terms.glossary import Term
from bicorpus.terms.use import TermChecker
from bicorpus.translators import flags
from bicorpus.translators.steering.candidates import STEPS, Step
from bicorpus.translators.steering.decoder import PieceScore
from bicorpus.translators.steering.steered import SteeredTranslator, changes_of, with_changes

WORDS = {"Brücke": "bridge", "Zug": "train", "Züge": "trains", "drei": "three", "12": "12"}
_WORD = re.compile(r"\w+")


class PlainTranslator:
    """Renders what its table has."""

    source_language, target_language, signature = "de", "en", "plain"

    def __init__(self, table: dict[str, str]) -> None:
        self.table = table

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        return [Translation(self.table[one], 0.5, 5, 5) for one in sentences]

    def stream(self, lines: Iterable[str], *, blocks_ahead: int = 1) -> Iterator[Translation]:
        return iter(self.translate(list(lines)))


class TableTranslator(PlainTranslator):
    """Has other renderings, too; words in `improbable` are so, all others have 0.5."""

    def __init__(
        self,
        table: dict[str, str],
        *,
        others: Sequence[str] = (),
        endings: dict[str, str] | None = None,
        improbable: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(table)
        self.others, self.endings, self.improbable = others, endings or {}, improbable

    def alternatives(self, sentences: Sequence[str], count: int) -> list[list[str]]:
        return [list(self.others)[:count] for _ in sentences]

    def continuations(self, begun: Sequence[tuple[str, str]]) -> list[list[str]]:
        return [
            [beginning + self.endings[beginning]] if beginning in self.endings else []
            for _, beginning in begun
        ]

    def defects(self, source: str, target: str) -> tuple[str, ...]:
        return ()

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[list[PieceScore]]:
        return [
            [
                PieceScore(Span(*match.span()), -5.0 if match[0] in self.improbable else -0.7)
                for match in _WORD.finditer(target)
            ]
            + [PieceScore(Span(len(target), len(target)), -0.7)]
            for _, target in pairs
        ]


class TableAligner:
    """Links what `WORDS` has."""

    signature = "table"

    def link(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[WordLink, ...]]:
        return [
            tuple(
                WordLink(Span(*here.span()), Span(*there.span()), 0.9)
                for here in _WORD.finditer(source)
                for there in _WORD.finditer(target)
                if WORDS.get(here[0]) == there[0]
            )
            for source, target in pairs
        ]

    def link_tokens(
        self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]
    ) -> list[tuple[TokenLink, ...]]:
        raise NotImplementedError


def steered(
    translator: PlainTranslator, *terms: Term, steps: Sequence[Step] = STEPS
) -> SteeredTranslator:
    return SteeredTranslator(translator, TermChecker(terms), TableAligner(), steps=steps)


BRIDGE = Term("Brücke", ("crossing",))
SOURCE = "Über die Brücke fuhren 12 Züge."
TABLE = {SOURCE: "12 trains went over the bridge."}


def test_what_is_right_stays_as_it_is() -> None:
    (made,) = steered(TableTranslator(TABLE), Term("Brücke", ("bridge",))).translate([SOURCE])
    assert made == Translation(TABLE[SOURCE], 0.5, 5, 5)
    assert changes_of(made) == ()


def test_another_rendering_of_the_decoder_is_taken() -> None:
    engine = TableTranslator(TABLE, others=[TABLE[SOURCE], "12 trains used the crossing."])
    (made,) = steered(engine, BRIDGE, steps=("alternative",)).translate([SOURCE])
    assert made.text == "12 trains used the crossing."
    assert flags.GLOSSARY in made.flags
    (change,) = changes_of(made)
    assert (change.before, change.after, change.step) == ("bridge", "crossing", "alternative")


def test_a_rendering_that_loses_a_figure_is_not() -> None:
    engine = TableTranslator(TABLE, others=["Trains used the crossing."])
    (made,) = steered(engine, BRIDGE, steps=("alternative",)).translate([SOURCE])
    assert made.text == TABLE[SOURCE]


def test_a_rendering_that_reads_much_worse_is_not() -> None:
    engine = TableTranslator(
        TABLE, others=["12 trains qwx the crossing."], improbable=frozenset({"qwx"})
    )
    (made,) = steered(engine, BRIDGE, steps=("alternative",)).translate([SOURCE])
    assert made.text == TABLE[SOURCE]


def test_linked_words_are_exchanged() -> None:
    (made,) = steered(TableTranslator(TABLE), BRIDGE).translate([SOURCE])
    assert made.text == "12 trains went over the crossing."
    (change,) = changes_of(made)
    assert change.step == "repair"
    assert change.source_span.of(SOURCE) == "Brücke"
    assert change.target_span is not None
    assert change.target_span.of(made.text) == "crossing"
    assert change.finding.message == (
        '"Brücke" was rendered "bridge", changed to "crossing" after the glossary'
    )


def test_the_wording_itself_may_be_improbable() -> None:
    """The translator does not know the house's words: only what stands around them counts."""
    engine = TableTranslator(TABLE, improbable=frozenset({"crossing"}))
    (made,) = steered(engine, BRIDGE).translate([SOURCE])
    assert made.text == "12 trains went over the crossing."


@pytest.mark.parametrize(
    "term",
    [
        Term("Brücke", ("crossing", "bridge")),
        Term("Brücke", ("crossing",), ("bridge",)),
        Term("Brücke", (), ("crossing", "bridge")),
    ],
    ids=["preferred, too", "allowed", "allowed alone"],
)
def test_any_rendering_that_is_right_stays(term: Term) -> None:
    engine = TableTranslator(TABLE, others=["12 trains used the crossing."])
    (made,) = steered(engine, term).translate([SOURCE])
    assert made == Translation(TABLE[SOURCE], 0.5, 5, 5)


def test_the_first_preferred_rendering_is_put_in() -> None:
    engine = TableTranslator(TABLE, improbable=frozenset({"crossing"}))
    (made,) = steered(engine, Term("Brücke", ("crossing", "span"))).translate([SOURCE])
    assert made.text == "12 trains went over the crossing."


def test_another_preferred_rendering_is_put_in_where_the_first_does_harm() -> None:
    term = Term("Brücke", ("13th crossing", "viaduct"))  # a figure that the source has not
    (made,) = steered(TableTranslator(TABLE), term).translate([SOURCE])
    assert made.text == "12 trains went over the viaduct."


def test_several_terms_are_exchanged_at_once_and_judged_once() -> None:
    engine = TableTranslator(TABLE)
    asked: list[int] = []
    plain = engine.probabilities

    def counting(pairs: Sequence[tuple[str, str]]) -> list[list[PieceScore]]:
        asked.append(len(pairs))
        return plain(pairs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "probabilities", counting)
        (made,) = steered(engine, BRIDGE, Term("Zug", ("railcar",))).translate([SOURCE])
    assert made.text == "12 railcars went over the crossing."
    assert asked == [2]  # the text as it was, and as it is


def test_what_does_harm_together_is_tried_one_by_one() -> None:
    terms = BRIDGE, Term("Zug", ("40 railcar",))  # a figure that the source has not
    (made,) = steered(TableTranslator(TABLE), *terms).translate([SOURCE])
    assert made.text == "12 trains went over the crossing."


def test_a_plural_stays_one() -> None:
    (made,) = steered(TableTranslator(TABLE), Term("Zug", ("railcar",))).translate([SOURCE])
    assert made.text == "12 railcars went over the bridge."


def test_the_decoder_goes_on_behind_the_wording() -> None:
    engine = TableTranslator(TABLE, endings={"12 trains went over the crossing": " there."})
    (made,) = steered(engine, BRIDGE, steps=("continuation",)).translate([SOURCE])
    assert made.text == "12 trains went over the crossing there."


def test_what_was_replaced_does_not_follow() -> None:
    engine = TableTranslator(TABLE, endings={"12 trains went over the crossing": " bridge."})
    (made,) = steered(engine, BRIDGE, steps=("continuation",)).translate([SOURCE])
    assert made.text == TABLE[SOURCE]


def test_several_terms_in_one_sentence() -> None:
    terms = BRIDGE, Term("Zug", ("railcar",))
    (made,) = steered(TableTranslator(TABLE), *terms).translate([SOURCE])
    assert made.text == "12 railcars went over the crossing."
    assert [change.wording for change in changes_of(made)] == ["Brücke", "Züge"]


@pytest.mark.parametrize(
    "term", [Term("fahren", ("drive",)), Term("Brücke", ()), Term("Eisenbahnbrücke", ("viaduct",))]
)
def test_what_cannot_be_exchanged_stays(term: Term) -> None:
    (made,) = steered(TableTranslator(TABLE), term).translate([SOURCE])
    assert made.text == TABLE[SOURCE]


def test_the_part_of_a_compound_is_not_exchanged_for_the_whole() -> None:
    source = "Die Grenzbrücke brach."
    table = {source: "The border bridge broke."}
    (made,) = steered(TableTranslator(table), BRIDGE).translate([source])
    assert made.text == table[source]


def test_a_noun_does_not_take_the_place_of_a_verb() -> None:
    source = "Die Brücke kam."
    table = {source: "They bridged it."}
    engine = TableTranslator(table, endings={"They crossing": " it."})
    translator = steered(engine, BRIDGE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(WORDS, "Brücke", "bridged")
        (made,) = translator.translate([source])
    assert made.text == table[source]


def test_a_forbidden_name_gives_way_to_as_many_words() -> None:
    source = "Selenskyj kam."
    table = {source: "Selenskyj came."}
    term = Term(
        "Wolodymyr Selenskyj",
        ("Volodymyr Zelenskyy",),
        ("Zelenskyy",),
        ("Selenskyj",),
        domain="person",
    )
    (made,) = steered(TableTranslator(table), term).translate([source])
    assert made.text == "Zelenskyy came."


def test_a_translator_that_cannot_be_asked_has_its_words_exchanged() -> None:
    translator = steered(PlainTranslator(TABLE), BRIDGE)
    (made,) = translator.translate([SOURCE])
    assert made.text == "12 trains went over the crossing."
    assert made.score == 0.5
    assert "steering:2/repair," in translator.signature


def test_the_signature_has_what_the_glossary_asks_for() -> None:
    engine = TableTranslator(TABLE)
    one, other = steered(engine, BRIDGE), steered(engine, Term("Brücke", ("span",)))
    same = steered(engine, Term("Brücke", ("crossing",), note="ask Anna", origin="b.csv, line 3"))
    assert one.signature != other.signature
    assert one.signature == same.signature


def test_lines_do_not_depend_on_blocks() -> None:
    lines = [SOURCE, "Nichts."] * 300
    engine = TableTranslator({**TABLE, "Nichts.": "Nothing."})
    translator = steered(engine, BRIDGE)
    streamed = list(translator.stream(iter(lines), blocks_ahead=2))
    assert [one.text for one in streamed[:2]] == ["12 trains went over the crossing.", "Nothing."]
    assert streamed == translator.translate(lines)
    assert streamed[:2] * 300 == streamed


def test_beads_carry_the_changes() -> None:
    (made,) = steered(TableTranslator(TABLE), BRIDGE).translate([SOURCE])
    (bead,) = with_changes([Bead(Span(0, 1), Span(0, 1), known=True)], [made])
    (finding,) = bead.findings
    assert (finding.check, finding.severity) == ("term", "info")
