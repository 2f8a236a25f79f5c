"""`bicorpus evaluate`: scores against gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bicorpus.cli.evaluate.corpus import corpus
from bicorpus.cli.evaluate.mt import mt
from bicorpus.errors import InputError

if TYPE_CHECKING:
    from bicorpus.evaluate.beads import BeadScore, Rates
    from bicorpus.evaluate.words import WordScore


@click.group()
def evaluate() -> None:
    """Score results against gold."""


evaluate.add_command(mt)
evaluate.add_command(corpus)


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
    pairs = _pairs(gold, predicted, ".gold")
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


@evaluate.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("predicted", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def words(gold: Path, predicted: Path, *, form: str) -> None:
    """Score word links: alignment error rate (AER), precision and recall.

    GOLD and PREDICTED have a line a pair, as `bicorpus words` writes them: links 3-4 from 0,
    source first. In GOLD, 3-4 is sure and 3p4 possible. A name and a tab may stand before the
    links: where both sides have names, pairs are compared by them, else in order. Or they are
    folders of such files whose names are the same but for the extension; those that end in .wa
    are taken where there are any.

    Precision is the share of predicted links that are sure or possible, recall the share of sure
    links that were predicted (Och and Ney, 2003); all pairs are counted together.

    \b
    Examples:
      bicorpus evaluate words gold.wa predicted.links
      bicorpus evaluate words gold/ predicted/ --format json
    """
    from bicorpus.evaluate.words import WordScore, read_word_links, score_words

    total, lines = WordScore(), 0
    for wanted, found in _pairs(gold, predicted, ".wa"):
        right, made = read_word_links(wanted), read_word_links(found)
        try:
            total += score_words(right, made)
        except InputError as error:
            raise InputError(
                f'"{wanted}" and "{found}": {error.problem}', next_step=error.next_step
            ) from error
        lines += len(right)
    if form == "json":
        click.echo(json.dumps({"pairs": lines, **_word_record(total)}))
        return
    click.echo(f"{'AER':>10}{'precision':>11}{'recall':>8}")
    click.echo(f"{total.error_rate:10.4f}{total.precision:11.4f}{total.recall:8.4f}")
    click.echo(f"{lines} pairs, {total.sure} sure links in the gold, {total.predicted} predicted.")


def _word_record(score: WordScore) -> dict[str, Any]:
    return {
        "error_rate": score.error_rate,
        "precision": score.precision,
        "recall": score.recall,
        "sure_links": score.sure,
        "predicted_links": score.predicted,
        "predicted_possible": score.predicted_possible,
        "predicted_sure": score.predicted_sure,
    }


def _record(score: BeadScore) -> dict[str, Any]:
    def rates(one: Rates) -> dict[str, float]:
        return {"precision": one.precision, "recall": one.recall, "f1": one.f1}

    return {
        "strict": rates(score.strict),
        "lax": rates(score.lax),
        "gold_beads": score.gold,
        "predicted_beads": score.predicted,
    }


def _pairs(gold: Path, predicted: Path, extension: str) -> list[tuple[Path, Path]]:
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
    wanted = _by_stem(gold, extension)
    found = _by_stem(predicted, extension)
    missing = sorted(set(wanted) - set(found))
    if missing or not wanted:
        what = f'no alignment of "{missing[0]}"' if missing else "nothing"
        raise InputError(
            f'There is {what} in "{predicted if missing else gold}".',
            next_step="Both folders need files of the same names, whatever their extensions.",
        )
    return [(path, found[stem]) for stem, path in wanted.items()]


def _by_stem(folder: Path, extension: str) -> dict[str, Path]:
    """Return the files of a folder; beside texts, those with the extension."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    chosen = [path for path in files if path.suffix == extension] or files
    return {path.stem: path for path in chosen}
