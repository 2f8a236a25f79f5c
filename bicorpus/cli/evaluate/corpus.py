"""`bicorpus evaluate corpus`: all layers of a corpus against gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bicorpus.evaluate.beads import Rates
    from bicorpus.evaluate.claims import ClaimScore
    from bicorpus.evaluate.corpus import CorpusScore

_ATTRIBUTES = ("attributed", "speaker", "cue", "stance", "hedged", "negated")


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, file_okay=False), metavar="CORPUS")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="FOLDER",
    help='Holds "segments", "references", "beads", "words", "claims" and "pairs", as far as there '
    "are any: see docs/evaluation.md.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def corpus(corpus: Path, *, gold: Path, form: str) -> None:
    """Score all that CORPUS has against gold: segments, sentences, beads, words and claims.

    Articles of the gold are found in the corpus by their texts. Beads, words and target spans can
    be scored where the corpus has the gold's own reference as its target (`bicorpus align`), claims
    in any corpus. What cannot be scored is told.

    \b
    Examples:
      bicorpus evaluate corpus corpus --gold gold
      bicorpus evaluate corpus corpus --gold gold --format json
    """
    from bicorpus.evaluate.corpus import CorpusScore, score_corpus
    from bicorpus.evaluate.gold import read_gold
    from bicorpus.store import Project

    wanted = read_gold(gold)
    with Project(corpus, writable=False) as project:
        scores, notes = score_corpus(wanted, project.articles())
    total = sum(scores.values(), start=CorpusScore())
    if form == "json":
        record = {
            "articles": {name: _record(score) for name, score in scores.items()},
            "all": _record(total),
            "notes": [*notes, *total.notes],
        }
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    click.echo(f"{len(scores)} of the gold's {len(wanted)} articles: {', '.join(scores)}")
    click.echo("")
    for line in _lines(total):
        click.echo(line)
    for note in (*notes, *total.notes):
        click.echo(f"Note: {note}")


def _record(score: CorpusScore) -> dict[str, Any]:
    """Return the scores as values; None where a layer was not scored."""
    beads, words = score.beads, score.words
    return {
        "segments": None
        if score.segments_exact is None or score.segments_kind is None
        else {"exact": score.segments_exact.share, "kind": score.segments_kind.share},
        "sentences": None
        if score.sentences is None
        else {
            "precision": score.sentences.precision,
            "recall": score.sentences.recall,
            "f1": score.sentences.f1,
        },
        "beads": None
        if beads is None
        else {"strict": _rates(beads.strict), "lax": _rates(beads.lax), "gold": beads.gold},
        "words": None
        if words is None
        else {
            "precision": words.precision,
            "recall": words.recall,
            "aer": words.error_rate,
            "sure_links": words.sure,
        },
        "claims": None if score.claims is None else _claims_record(score.claims),
    }


def _claims_record(claims: ClaimScore) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: {**_rates(tally.rates), "gold": tally.gold, "predicted": tally.predicted}
        for name, tally in (
            ("spans", claims.spans),
            ("targets", claims.targets),
            ("quantities", claims.quantities),
            ("names", claims.names),
        )
    }
    for name in _ATTRIBUTES:
        accuracy = getattr(claims, name)
        found[name] = {"accuracy": accuracy.share, "of": accuracy.asked}
    return found


def _rates(rates: Rates) -> dict[str, float]:
    return {"precision": rates.precision, "recall": rates.recall, "f1": rates.f1}


def _lines(score: CorpusScore) -> Iterator[str]:
    """Yield the table: a line a layer, absent ones with a hyphen."""
    record = _record(score)
    yield f"{'':24}{'precision':>10}{'recall':>10}{'F1':>10}"
    yield _row("sentence boundaries", record["sentences"])
    beads = record["beads"] or {}
    yield _row("beads, strict", beads.get("strict"))
    yield _row("beads, lax", beads.get("lax"))
    words = record["words"]
    aer = f"   AER {words['aer']:.4f}" if words else ""
    yield _row("words", words) + aer
    claims = record["claims"] or {}
    for name in ("spans", "targets", "quantities", "names"):
        counted = claims.get(name)
        # No rates of nothing: a corpus without claim links has no targets to be right or wrong.
        is_there = counted and (counted["gold"] or counted["predicted"])
        yield _row(f"claims, {name}", counted if is_there else None)
    yield ""
    yield f"{'':24}{'accuracy':>10}{'of':>10}"
    for name, accuracy in (
        ("segments, edges and kind", score.segments_exact),
        ("segments, kind", score.segments_kind),
    ):
        if accuracy:
            yield f"{name:24}{accuracy.share:10.4f}{accuracy.asked:10} characters"
    for name in _ATTRIBUTES if score.claims else ():
        one = claims[name]
        yield f"{'claims, ' + name:24}{one['accuracy']:10.4f}{one['of']:10} claims"


def _row(name: str, rates: dict[str, float] | None) -> str:
    if not rates:
        return f"{name:24}{'-':>10}{'-':>10}{'-':>10}"
    figures = [rates.get("precision"), rates.get("recall"), rates.get("f1")]
    return f"{name:24}" + "".join(f"{'-':>10}" if x is None else f"{x:10.4f}" for x in figures)
