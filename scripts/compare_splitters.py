"""Compare sentence splitters on texts with gold spans and on our own golden file.

    python scripts/compare_splitters.py DEV.jsonl [--language de]

DEV.jsonl has one text a line: {"text": ..., "spans": [[start, end], ...]}. The others (pysbd,
syntok, SoMaJo, nltk's Punkt) are no dependencies of ours: those that are not installed are named
as absent. The figure is boundary F1 as `bicorpus.evaluate.boundaries` defines it.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from bicorpus.data import Span
from bicorpus.evaluate.boundaries import BoundaryScore, read_golden, score_boundaries
from bicorpus.splitters.rules import RuleSplitter
from bicorpus.splitters.sentencex import SentencexSplitter, spans_between

Case = tuple[str, list[Span]]
Split = Callable[[str], list[Span]]

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "data" / "split"


def pysbd(language: str) -> Split:
    """Pragmatic segmenter rules; its sentences carry no offsets that hold, so they are searched."""
    segmenter = import_module("pysbd").Segmenter(language=language, clean=False)
    return lambda text: locate(text, segmenter.segment(text))


def syntok(_language: str) -> Split:
    """Tokens with offsets; one rule set for Spanish, English and German."""
    segmenter = import_module("syntok.segmenter")

    def split(text: str) -> list[Span]:
        return [
            Span(sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))
            for paragraph in segmenter.analyze(text)
            for sentence in paragraph
        ]

    return split


def somajo(language: str) -> Split:
    """Tokens without offsets: their characters are searched in order, white space apart."""
    model = {"de": "de_CMC", "en": "en_PTB"}[language]
    tokenizer = import_module("somajo").SoMaJo(model, split_camel_case=False)

    def split(text: str) -> list[Span]:
        sentences = tokenizer.tokenize_text([text])
        return locate(text, ["".join(token.text for token in sentence) for sentence in sentences])

    return split


def plain(_language: str) -> Split:
    """Split at white space after any mark: what a one-liner reaches."""
    boundary = re.compile(r"[.!?…]+(?=\s)")
    return lambda text: spans_between(text, [match.end() for match in boundary.finditer(text)])


def punkt(language: str) -> Split:
    """Statistical; its models are a download of their own, so that it is absent without them."""
    name = {"de": "german", "en": "english"}[language]
    tokenizer = import_module("nltk.tokenize.punkt").PunktTokenizer(name)
    return lambda text: [Span(*span) for span in tokenizer.span_tokenize(text)]


def ours(language: str) -> Split:
    """Split as the product does by default."""
    return lambda text: RuleSplitter().split(text, language)


def sentencex(language: str) -> Split:
    """Split as the library does on its own."""
    return lambda text: SentencexSplitter().split(text, language)


SPLITTERS: dict[str, tuple[Callable[[str], Split], str]] = {
    "bicorpus rules": (ours, ""),
    "sentencex": (sentencex, "sentencex"),
    "pysbd": (pysbd, "pysbd"),
    "syntok": (syntok, "syntok"),
    "SoMaJo": (somajo, "somajo"),
    "plain regex": (plain, ""),
    "nltk punkt": (punkt, "nltk"),
}


def locate(text: str, sentences: list[str]) -> list[Span]:
    """Find `sentences` in `text` in order, white space ignored on either side."""
    positions = [index for index, character in enumerate(text) if not character.isspace()]
    spans, used = [], 0
    for sentence in sentences:
        length = len("".join(sentence.split()))
        if length and used + length <= len(positions):
            spans.append(Span(positions[used], positions[used + length - 1] + 1))
            used += length
    return spans


def read_cases(path: Path) -> Iterator[Case]:
    """Yield text and gold spans of each line."""
    for line in path.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        yield row["text"], [Span(*span) for span in row["spans"]]


def measure(split: Split, cases: list[Case]) -> tuple[BoundaryScore, int, float]:
    """Return pooled score, number of texts without a fault, seconds."""
    begun = time.perf_counter()
    scores = [score_boundaries(gold, split(text)) for text, gold in cases]
    seconds = time.perf_counter() - begun
    perfect = sum(not (score.wrong or score.missed) for score in scores)
    return sum(scores, BoundaryScore()), perfect, seconds


@click.command(help=__doc__)
@click.argument("development", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.option("--errors", is_flag=True, help="Print our own faults on the development texts.")
def main(development: Path, language: str, errors: bool) -> None:
    """Print a table, one splitter a row."""
    cases = list(read_cases(development))
    golden = list(read_golden(GOLDEN / f"{language}_news.txt"))
    golden_cases = [(case.text, list(case.spans)) for case in golden]
    header = (
        f"{'splitter':<15} {'P':>6} {'R':>6} {'F1':>6} {'wrong':>6} {'missed':>6} {'golden':>9}"
    )
    click.echo(f"{header} {'ms':>6}")
    for name, (make, package) in SPLITTERS.items():
        try:
            split = make(language)
        except (ImportError, LookupError):
            click.echo(f"{name:<15} absent: {package} (or its model) is not installed")
            continue
        score, _, seconds = measure(split, cases)
        _, perfect, _ = measure(split, golden_cases)
        click.echo(
            f"{name:<15} {score.precision:6.4f} {score.recall:6.4f} {score.f1:6.4f} "
            f"{score.wrong:6d} {score.missed:6d} {perfect:4d}/{len(golden)} {seconds * 1000:6.0f}"
        )
    if errors:
        print_errors(ours(language), cases)


def print_errors(split: Split, cases: list[Case]) -> None:
    """Print each wrong and missed boundary with what stands around it."""
    for text, gold in cases:
        gold_ends = {span.end for span in gold}
        ends = {span.end for span in split(text)}
        for end in sorted(gold_ends ^ ends):
            kind = "missed" if end in gold_ends else "wrong "
            click.echo(f"{kind}: {text[max(0, end - 45) : end]} | {text[end : end + 40]}")


if __name__ == "__main__":
    main()
