"""Fits what the checks know: the lexicon, the opposites, and the weights of coverage.

    python scripts/fit_checks.py lexicon PARALLEL
    python scripts/fit_checks.py opposites WORDNET
    python scripts/fit_checks.py weights PARALLEL

WORDNET is the folder of WordNet's `data.*` files (/usr/share/wordnet of Debian's wordnet-base);
the list of opposites has the words that the lexicon knows. All else is from the permissively
licensed corpora of the parallel text (see scripts/checking/pairs.py); every tenth pair is kept
out of the lexicon, and the weights are fitted on those.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bicorpus.checks.forced import ForcedDecoder  # noqa: E402 - see above
from bicorpus.checks.judging import JOINT  # noqa: E402 - see above
from bicorpus.checks.lexicon import load_lexicon  # noqa: E402 - see above
from bicorpus.embedders.folder import FolderEmbedder  # noqa: E402 - see above
from scripts.checking import coverage, examples  # noqa: E402 - see above
from scripts.checking import lexicon as lexicons  # noqa: E402 - see above
from scripts.checking import opposites as wordnets  # noqa: E402 - see above
from scripts.checking.pairs import read_permissive  # noqa: E402 - see above

DATA = ROOT / "bicorpus" / "checks"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def fit() -> None:
    """Fit what the checks know."""


@fit.command()
@click.argument("parallel", type=FOLDER)
def lexicon(parallel: Path) -> None:
    """Train the lexicon of lemmas and write it."""
    path = DATA / "lexicon.tsv.xz"
    count = lexicons.write(path, read_permissive(parallel))
    click.echo(f"{count} rows, {path.stat().st_size:,} bytes")


@fit.command()
@click.argument("wordnet", type=FOLDER)
def opposites(wordnet: Path) -> None:
    """Write the list of English opposites that WordNet has."""
    path = ROOT / "bicorpus" / "languages" / "en" / "check_opposites.txt"
    count = wordnets.write(path, wordnet, load_lexicon())
    click.echo(f"{count} words, {path.stat().st_size:,} bytes")


@fit.command()
@click.argument("parallel", type=FOLDER)
@click.option("--package", type=FOLDER, default=ROOT / "models" / "translate-de_en")
@click.option("--output", type=click.Path(path_type=Path), default=DATA / "coverage.json")
def weights(parallel: Path, package: Path, output: Path) -> None:
    """Fit the weights of coverage, say how good they are, and write them."""
    pairs = examples.choose(read_permissive(parallel))
    decoder = ForcedDecoder(package)
    # In the order of the pairs: what is held out is no other damage of a text that was learnt.
    made = list(examples.make_examples(pairs, FolderEmbedder(), decoder))
    records: dict[str, dict[str, Any]] = {}

    def learn(*names: str) -> None:
        for name in names:
            records[name], lines = coverage.fit(made, name)
            click.echo("\n".join(lines))

    # Each step stands on the one before: who is asked about follows from the first chances, and
    # what a gap is judged by from the last ones.
    coverage.add_words(made)
    learn("omission", "addition", "omission+scores", "addition+scores")
    coverage.add_contrasts(made, records, decoder)
    learn("omission+contrasts", "addition+contrasts")
    coverage.add_breaks(made, records)
    learn("break", "break+scores")
    records[JOINT] = coverage.fit_joint(made, records)
    coverage.write(output, records)


if __name__ == "__main__":
    fit()
