"""Measures terminology: how far the check can be believed, and what a glossary does for the text.

    python scripts/evaluate_terms.py TERMS.jsonl [--lines 300] [--half first|second]
                                     [--glossary line|all] [--checks-only]

Each line of TERMS.jsonl is an object with "source", "reference" and "terms", a list of pairs by
language ({"de": ..., "en": ...}), as in the terminology task of WMT23. "line" gives each sentence
the pairs of its own line as its glossary, "all" gives every sentence the pairs of all lines.
A term counts as a success where the check, with the pairs of its line, finds it rendered right.
The limits in `translators/steering/candidates.py` were set with the first half in view.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bicorpus.data import Translation  # noqa: E402 - see above
from bicorpus.protocols import WordAligner  # noqa: E402 - see above
from bicorpus.terms.glossary import Term  # noqa: E402 - see above
from bicorpus.terms.use import TermChecker  # noqa: E402 - see above
from bicorpus.translators.steering.candidates import STEPS, Step  # noqa: E402 - see above
from bicorpus.translators.steering.decoder import SteerableArgos  # noqa: E402 - see above
from bicorpus.translators.steering.steered import SteeredTranslator, changes_of  # noqa: E402 - see above

# Alternatives are looked for where nothing else helped, whatever their place in the list.
RUNS: dict[str, tuple[Step, ...]] = {
    "(a) alternatives": ("alternative",),
    "(b) continuation": ("continuation",),
    "(c) repair": ("repair",),
    "(b)+(c)": ("continuation", "repair"),
    "(c)+(b)": ("repair", "continuation"),
    "(c)+(b)+(a)": STEPS,
}


@dataclass(frozen=True)
class Line:
    """A line of the set: its pairs are (German, English)."""

    source: str
    reference: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def terms(self) -> list[Term]:
        """The pairs as a glossary of their own."""
        return glossary_of([self])


def glossary_of(lines: Iterable[Line]) -> list[Term]:
    """Return the pairs of `lines` as one glossary, in order; homonyms have several renderings."""
    targets: dict[str, list[str]] = {}
    for line in lines:
        for german, english in line.pairs:
            targets.setdefault(german, []).append(english)
    return [Term(german, tuple(dict.fromkeys(found))) for german, found in targets.items()]


def read_lines(path: Path) -> list[Line]:
    """Return the lines of a set."""
    records = [json.loads(row) for row in path.read_text("utf-8").splitlines()]
    return [
        Line(
            record["source"],
            record["reference"],
            tuple((one["de"], one["en"]) for one in record["terms"]),
        )
        for record in records
    ]


def check_the_check(lines: Sequence[Line], *, one_glossary: bool) -> None:
    """Print how many of the pairs' terms are met, and how often use and reference agree."""
    common = TermChecker(glossary_of(lines)) if one_glossary else None
    counts: Counter[str] = Counter()
    for line in lines:
        uses = (common or TermChecker(line.terms)).check(line.source, line.reference)
        for german, english in line.pairs:
            counts["pairs"] += 1
            own = [use for use in uses if german in {use.wording, use.term.source}]
            if own:
                counts["met"] += 1
                stands = english.casefold() in line.reference.casefold()
                counts["agree"] += stands == any(use.use in {"right", "inflected"} for use in own)
    name = "one glossary" if one_glossary else "a glossary a line"
    click.echo(
        f"{name:18} {counts['pairs']:6} pairs  met {counts['met'] / counts['pairs']:.2%}  "
        f"agreement {counts['agree'] / counts['met']:.2%}"
    )


class Successes:
    """How many terms are rendered right, by the pairs of each line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._checks = [(line.source, TermChecker(line.terms)) for line in lines]

    def share(self, targets: Sequence[str]) -> float:
        """Return the share of the occurrences met that are right or inflected right."""
        counts: Counter[bool] = Counter()
        for (source, checker), target in zip(self._checks, targets, strict=True):
            counts.update(
                use.use in {"right", "inflected"} for use in checker.check(source, target)
            )
        return counts[True] / max(counts.total(), 1)


def steer(  # noqa: PLR0913 - a set, what translates it, how
    lines: Sequence[Line],
    first: Sequence[Translation],
    engine: SteerableArgos,
    aligner: WordAligner,
    *,
    one_glossary: bool,
    steps: tuple[Step, ...],
) -> list[Translation]:
    """Return the translations steered by one glossary, or each by its own."""
    sources = [line.source for line in lines]
    if one_glossary:
        checker = TermChecker(glossary_of(lines))
        return SteeredTranslator(engine, checker, aligner, steps=steps).steer(sources, first)
    made = []
    for line, translation in zip(lines, first, strict=True):
        steered = SteeredTranslator(engine, TermChecker(line.terms), aligner, steps=steps)
        made += steered.steer([line.source], [translation])
    return made


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), metavar="TERMS.jsonl")
@click.option("--lines", "count", default=300, show_default=True, help="How many to translate.")
@click.option("--half", type=click.Choice(["first", "second"]), default="first", show_default=True)
@click.option("--glossary", type=click.Choice(["line", "all"]), default="line", show_default=True)
@click.option("--checks-only", is_flag=True, help="Do not translate.")
@click.option("--runs", multiple=True, type=click.Choice(list(RUNS)), help="Which steps.")
@click.option("--changes", type=click.Path(path_type=Path), help="Write the changes here.")
def main(  # noqa: PLR0913 - an option is a parameter
    path: Path,
    *,
    count: int,
    half: str,
    glossary: str,
    checks_only: bool,
    runs: tuple[str, ...],
    changes: Path | None,
) -> None:
    """Print what the check and the steering are worth on TERMS.jsonl."""
    everything = read_lines(path)
    if checks_only:
        check_the_check(everything, one_glossary=False)
        check_the_check(everything, one_glossary=True)
        return
    middle = len(everything) // 2
    lines = (everything[:middle] if half == "first" else everything[middle:])[:count]
    measure(lines, runs or tuple(RUNS), changes, one_glossary=glossary == "all")


def measure(
    lines: Sequence[Line], runs: Sequence[str], changes: Path | None, *, one_glossary: bool
) -> None:
    """Print a row a choice of steps: successes, BLEU, chrF2, changed lines and terms, time."""
    from sacrebleu.metrics import BLEU, CHRF

    from bicorpus.wordaligners.simalign import SimalignWordAligner

    engine, aligner, successes = SteerableArgos(), SimalignWordAligner(), Successes(lines)
    references = [[line.reference for line in lines]]
    start = time.process_time()
    first = engine.translate([line.source for line in lines])
    plain = time.process_time() - start
    successes.share([one.text for one in first])  # loads the dictionaries, outside of the clock
    aligner.link([("Ein Haus.", "A house.")])

    def show(name: str, made: Sequence[Translation], seconds: float) -> None:
        texts = [one.text for one in made]
        done = [change for one in made for change in changes_of(one)]
        steps = Counter(change.step for change in done)
        click.echo(
            f"{name:18} success {successes.share(texts):6.1%}  "
            f"BLEU {BLEU().corpus_score(texts, references).score:5.2f}  "
            f"chrF2 {CHRF().corpus_score(texts, references).score:5.2f}  "
            f"lines {sum(bool(changes_of(one)) for one in made):4}  terms {len(done):4} "
            f"({', '.join(f'{steps[step]} {step}' for step in STEPS)})  "
            f"time x{seconds / plain:.2f}"
        )

    click.echo(f"{len(lines)} lines, {'one glossary' if one_glossary else 'a glossary a line'}")
    show("no glossary", first, plain)
    for name in runs:
        start = time.process_time()
        made = steer(lines, first, engine, aligner, one_glossary=one_glossary, steps=RUNS[name])
        show(name, made, plain + time.process_time() - start)
    if changes:
        with changes.open("w", encoding="utf-8") as file:
            for line, one, was in zip(lines, made, first, strict=True):
                for change in changes_of(one):
                    row = (change.step, change.finding.message, line.source, was.text, one.text)
                    file.write("\t".join(row) + "\n")


if __name__ == "__main__":
    main()
