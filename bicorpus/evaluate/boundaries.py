"""How well a splitter finds sentence boundaries, against gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bicorpus.data import Span


@dataclass(frozen=True, slots=True)
class BoundaryScore:
    """Counts of boundaries found, wrongly set and missed, pooled over texts; they add up."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: BoundaryScore) -> BoundaryScore:
        return BoundaryScore(
            self.found + other.found, self.wrong + other.wrong, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        """Share of the boundaries set that are right, in [0, 1]; 1 where none was set."""
        return _share(self.found, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the gold boundaries that were set, in [0, 1]; 1 where gold has none."""
        return _share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]; 1 where there was nothing to find."""
        return _share(2 * self.found, 2 * self.found + self.wrong + self.missed)


def score_boundaries(gold: Iterable[Span], predicted: Iterable[Span]) -> BoundaryScore:
    """Compare the sentence ends of one text, without the last of either side.

    That a text ends where it ends is no finding: the last boundary is left out, which is also
    the definition under which pysbd 0.3.4 gets the 0.968 that the development set states for it
    (with the last boundaries it gets 0.974).
    """
    gold_ends = {span.end for span in gold}
    predicted_ends = {span.end for span in predicted}
    last = max(gold_ends | predicted_ends, default=0)
    gold_ends.discard(last)
    predicted_ends.discard(last)
    return BoundaryScore(
        found=len(gold_ends & predicted_ends),
        wrong=len(predicted_ends - gold_ends),
        missed=len(gold_ends - predicted_ends),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """One line of a golden file: its number, the text, the sentences, why it is known to fail."""

    line: int
    text: str
    spans: tuple[Span, ...]
    phenomenon: str
    known_failure: str


_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\u00a0": "\u00a0", r"\u00ad": "\u00ad"}


def read_golden(path: Path) -> Iterator[GoldenCase]:
    """Yield the cases of a golden file; the head of the file tells its format."""
    phenomenon = known_failure = ""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if line.startswith("# ---"):
            phenomenon = line.removeprefix("# ---").strip()
        elif line.startswith("# xfail:"):
            known_failure = line.removeprefix("# xfail:").strip()
        elif line and not line.startswith("#"):
            text, spans = _read_case(line)
            yield GoldenCase(number, text, spans, phenomenon, known_failure)
            known_failure = ""


def _read_case(line: str) -> tuple[str, tuple[Span, ...]]:
    for escape, character in _ESCAPES.items():
        line = line.replace(escape, character)
    text, spans = "", []
    for part in line.replace(" | ", "| ").split("|"):
        sentence = part.strip()
        start = len(text) + part.index(sentence)
        spans.append(Span(start, start + len(sentence)))
        text += part
    return text, tuple(spans)
