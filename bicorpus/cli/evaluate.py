"""`bicorpus evaluate`: scores against gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bicorpus.errors import InputError

if TYPE_CHECKING:
    from bicorpus.evaluate.beads import BeadScore, Rates


@click.group()
def evaluate() -> None:
    """Score results against gold."""


@evaluate.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("predicted", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def beads(gold: Path, predicted: Path, *, form: str) -> None:
    """Score sentence alignments: strict and lax precision, recall and F1.

    GOLD and PREDICTED are ladders (a bead a line, [0, 1]:[0]) or folders of ladders whose names
    are the same but for the extension; in GOLD, files that end in .gold are taken where there are
    any. Strict: the same bead. Lax: one that shares a sentence on either side. As in vecalign,
    drops and additions count for precision only.

    \b
    Examples:
      bicorpus evaluate beads 001.gold 001.ladder
      bicorpus evaluate beads gold/ predicted/ --format json
    """
    from bicorpus.align.ladder import read_ladder
    from bicorpus.evaluate.beads import BeadScore, score_beads

    total = BeadScore()
    pairs = _pairs(gold, predicted)
    for wanted, found in pairs:
        ladders = [[(one[0], one[1]) for one in read_ladder(path)] for path in (wanted, found)]
        total += score_beads(*ladders)
    if form == "json":
        click.echo(json.dumps({"files": len(pairs), **_record(total)}))
        return
    click.echo(f"{'':8}{'precision':>10}{'recall':>10}{'F1':>10}")
    for name, rates in (("strict", total.strict), ("lax", total.lax)):
        click.echo(f"{name:8}{rates.precision:10.4f}{rates.recall:10.4f}{rates.f1:10.4f}")
    click.echo(f"{len(pairs)} files, {total.gold} gold beads with two sides, "
               f"{total.predicted} predicted beads.")  # fmt: skip


def _record(score: BeadScore) -> dict[str, Any]:
    def rates(one: Rates) -> dict[str, float]:
        return {"precision": one.precision, "recall": one.recall, "f1": one.f1}

    return {
        "strict": rates(score.strict),
        "lax": rates(score.lax),
        "gold_beads": score.gold,
        "predicted_beads": score.predicted,
    }


def _pairs(gold: Path, predicted: Path) -> list[tuple[Path, Path]]:
    for path in (gold, predicted):
        if not path.exists():
            raise InputError(f'There is no file or folder "{path}".', next_step="Check the path.")
    if gold.is_dir() != predicted.is_dir():
        raise InputError(
            f'"{gold}" and "{predicted}" are a folder and a file.',
            next_step="Name two files, or two folders.",
        )
    if not gold.is_dir():
        return [(gold, predicted)]
    wanted = _by_stem(gold)
    found = _by_stem(predicted)
    missing = sorted(set(wanted) - set(found))
    if missing or not wanted:
        what = f'no alignment of "{missing[0]}"' if missing else "nothing"
        raise InputError(
            f'There is {what} in "{predicted if missing else gold}".',
            next_step="Both folders need files of the same names, whatever their extensions.",
        )
    return [(path, found[stem]) for stem, path in wanted.items()]


def _by_stem(folder: Path) -> dict[str, Path]:
    """Return the ladders of a folder; beside texts, those are the files that end in .gold."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    ladders = [path for path in files if path.suffix == ".gold"] or files
    return {path.stem: path for path in ladders}
