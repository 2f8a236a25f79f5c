"""Which rendering stands is decided by both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest

from bicorpus.errors import ModelError
from bicorpus.models import find_package
from bicorpus.models.glosses import Glosses
from bicorpus.models.reverse import REVERSE, ReverseModel
from bicorpus.translators.argos import ArgosTranslator
from bicorpus.translators.copied_words import CopiedWords
from bicorpus.translators.rescoring import WEIGHT, Rendering, Rescorer, Source

SOURCE = Source("Der Zug fiel aus", ["▁Der", "▁Zug", "▁fiel", "▁aus"])


@dataclass
class Listed:
    """A model of the other direction that knows the log probability of every source."""

    known: dict[str, float]
    asked: list[str] = field(default_factory=list)

    def score(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[list[float]]:
        self.asked += [" ".join(target) for _, target in pairs]
        return [[self.known[" ".join(target)]] * (len(source) + 1) for source, target in pairs]


def order(model: Listed, *renderings: Rendering) -> list[str]:
    rescorer = Rescorer(cast("ReverseModel", model))
    (ordered,) = rescorer.order([SOURCE], [renderings])
    return [one.text for one in ordered]


def rendering(text: str, log_probability: float) -> Rendering:
    return Rendering(text, tuple(text.split()), log_probability, truncated=False)


def test_a_rendering_that_the_source_fits_comes_first() -> None:
    model = Listed({"The train.": -2.0, "The train was cancelled.": -1.0})
    found = order(
        model, rendering("The train.", -0.3), rendering("The train was cancelled.", -0.45)
    )
    assert found == ["The train was cancelled.", "The train."]


def test_its_own_probability_counts_more() -> None:
    model = Listed({"A.": -1.0, "B.": -0.8})
    assert order(model, rendering("A.", -0.3), rendering("B.", -0.39)) == ["A.", "B."]


def test_what_is_far_less_probable_is_not_asked_about_and_stays_behind() -> None:
    model = Listed({"A.": -1.0, "B.": -0.2})
    far = [rendering("D.", -0.9), rendering("C.", -0.7)]
    assert order(model, rendering("A.", -0.3), rendering("B.", -0.4), *far) == [
        "B.", "A.", "D.", "C."
    ]  # fmt: skip
    assert model.asked == ["A.", "B."]


def test_a_word_left_standing_explains_nothing() -> None:
    """The source is likeliest beside its own words; a dictionary knows that they are no English."""
    source = Source("Heldenmut half", ["▁Held", "en", "mut", "▁half"])
    model = Listed({"Heldenmut helped": -0.5, "Heroism helped": -1.5})
    found = [rendering("Heldenmut helped", -0.3), rendering("Heroism helped", -0.35)]
    for dictionary, best in ((None, 0), (CopiedWords(Glosses({"Heldenmut": ["heroism"]}, [])), 1)):
        rescorer = Rescorer(cast("ReverseModel", model), dictionary)
        (ordered,) = rescorer.order([source], [found])
        assert ordered[0] is found[best]


@pytest.mark.parametrize(
    ("source", "target", "count"),
    [
        ("Sie zeigte großen Heldenmut.", "She showed great Heldenmut.", 1),
        ("Sie zeigte großen Heldenmut.", "She showed great heroism.", 0),
        ("Der Minister sprach.", "The Minister spoke.", 0),  # the same in English
        ("Außenminister Blinken sprach.", "Foreign Minister Blinken spoke.", 0),  # a name
        ("Das Blinken hörte auf.", "The Blinken stopped.", 1),
    ],
)
def test_words_left_standing_are_counted(source: str, target: str, count: int) -> None:
    english = {"Heldenmut": ["heroism"], "Minister": ["minister"], "Blinken": ["flashing"]}
    assert CopiedWords(Glosses(english, [])).count(source, target) == count


def test_without_a_choice_nothing_is_asked() -> None:
    model = Listed({})
    assert order(model, rendering("A.", -0.3)) == ["A."]
    assert order(model, rendering("A.", -0.3), rendering("B.", -2.0)) == ["A.", "B."]
    assert model.asked == []


def test_the_embedded_package_reads_both_ways() -> None:
    """A sentence is likelier beside its translation than beside one that lost a clause."""
    package = find_package("embedded")
    model = ReverseModel.of_package(package.folder)
    assert model is not None
    pieces = ArgosTranslator(package)._search.pieces
    source = "Die Polizei sperrte die Straße, weil ein Baum auf die Gleise gefallen war."
    whole = "The police closed the street because a tree had fallen on the tracks."
    less = "The police closed the street."
    pairs = [
        (pieces.encode(source, out_type=str), pieces.encode(target, out_type=str))
        for target in (whole, less)
    ]
    good, bad = (sum(scores) for scores in model.score(pairs))
    assert good > bad + 5


def test_a_package_without_one_goes_as_it_went(tmp_path_factory: pytest.TempPathFactory) -> None:
    package = find_package("embedded")
    folder = tmp_path_factory.mktemp("bare")
    for path in package.folder.rglob("*"):
        inside = path.relative_to(package.folder)
        if path.is_file() and inside.parts[0] != REVERSE:
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            (folder / inside).symlink_to(path)
    bare = ArgosTranslator(replace(package, folder=folder))
    assert f"{REVERSE}:" not in bare.signature
    assert f"{REVERSE}:{WEIGHT:g}" in ArgosTranslator(package).signature
    assert bare.translate(["Es regnete die ganze Nacht."])[0].text


def test_a_damaged_one_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / REVERSE).mkdir()
    (tmp_path / REVERSE / "model.bin").write_bytes(b"no model")
    with pytest.raises(ModelError, match="other direction"):
        ReverseModel.of_package(tmp_path)
