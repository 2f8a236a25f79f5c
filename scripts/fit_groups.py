"""Fits the weights of `bicorpus/claims/groups/weights.toml` to groups made by reading.

    python scripts/fit_groups.py LABELS.tsv=CORPUS... [--write] [--threshold 0.22]

CORPUS is the folder that `bicorpus build` made of the articles of LABELS.tsv (tests/groups/labels;
its README gives the form). Each set is first weighed by weights that have not seen it, so two sets
or more are needed: articles on other events are what the weights are for. Printed are B-cubed
figures over the labelled claims and, as "strict", over all claims, those without a label being
groups of one; and F1 over pairs in conflict.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bicorpus.claims.groups.conflicts import find_conflicts
from bicorpus.claims.groups.features import FEATURES, Pairs, Places
from bicorpus.claims.groups.grouping import Weights, are_mutual, as_likeness, cluster
from bicorpus.claims.groups.words import Statement
from bicorpus.data import Side
from bicorpus.derived.statements import read_claims, with_vectors
from bicorpus.embedders.folder import FolderEmbedder
from bicorpus.evaluate.claims import score_conflicts, score_groups
from bicorpus.store import Project

Floats = NDArray[np.float64]
WEIGHTS = Path(__file__).parents[1] / "bicorpus" / "claims" / "groups" / "weights.toml"
# One pair of unlike claims in five is as good as all, and counts five times.
SHARE = 5
# The strength of the prior that keeps weights small; of scaled features.
PRIOR = 30.0
# What can only speak for one fact, and what only against it: of few examples, some say otherwise.
FOR = {
    "shared", "most_shared", "strongly_shared", "content_shared", "best_word", "names_shared",
    "figure_same", "figure_near", "date_same", "speaker_same",
}  # fmt: skip
AGAINST = {"polarity_differs"}
# Chosen by cross-validation, not fitted: a fit that is told which claims are of another event
# trusts those of its own too easily (F1 on a corpus of one event 0.64, without it 0.72).
OTHER_STORY = -1.0


@dataclass(frozen=True)
class Label:
    """The group of a claim, and its figure for what the group is about; "" where it has none."""

    group: str
    figure: str


@dataclass(frozen=True)
class Labelled:
    """A corpus: its claims with labels, and all pairs of them with features and weights."""

    name: str
    statements: list[Statement]
    labels: list[Label | None]
    places: Places
    features: Floats
    same: NDArray[np.bool_]
    other_story: NDArray[np.bool_]
    weights: Floats


def main() -> None:
    """Read the labels, report, and with --write put the weights in place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="LABELS.tsv=CORPUS")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--threshold", type=float, default=0.22)
    options = parser.parse_args()
    sets = [read(*map(Path, one.split("=", 1))) for one in options.sets]
    for one in sets:
        others = [other for other in sets if other is not one]
        if others:
            report(one, fit(others, options.threshold))
    weights = fit(sets, options.threshold)
    lines = [
        "# From groups of claims made by reading, by scripts/fit_groups.py; see docs/groups.md.",
        f"constant = {weights.constant:.3f}",
        f"mutual = {weights.mutual:.3f}",
        f"other_story = {weights.other_story}",
        f"threshold = {weights.threshold}",
        "",
        "[features]",
        *(f"{name} = {one:.3f}" for name, one in zip(FEATURES, weights.features, strict=True)),
    ]
    print("\n".join(lines))
    if options.write:
        WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(labels: Path, corpus: Path) -> Labelled:
    """Return the claims of a corpus with their labels, and all pairs of them."""
    with labels.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    drafts, found = [], []
    with Project(corpus, writable=False) as project:
        for article in project.articles():
            labelled = dict(find_labels(article.source, rows))
            for draft in read_claims(article.source):
                drafts.append(draft)
                found.append(labelled.get(draft.key[1]))
    statements = with_vectors(drafts, FolderEmbedder("embedded"))
    return weigh(labels.stem, statements, found)


def find_labels(side: Side, rows: Sequence[dict[str, str]]) -> Iterator[tuple[int, Label]]:
    """Yield the labels of a document's claims, by index; one without a claim is told of."""
    text = side.document.text.replace("\n", " ")
    for row in rows:
        if row["document"] not in {side.document.id, Path(side.document.origin).name}:
            continue
        begins = row["claim_begins"]
        place = int(begins) if begins.isdigit() else text.index(begins)
        at = [
            (claim.spans[0].start != place, index)
            for index, claim in enumerate(side.claims or ())
            if any(span.start <= place < span.end for span in claim.spans)
        ]
        if at:
            yield min(at)[1], Label(row["group"], row["figure"])
        else:
            print(f"# no claim begins at {begins!r} in {row['document']}")


def weigh(name: str, statements: list[Statement], labels: list[Label | None]) -> Labelled:
    """Return all pairs; those of a large group count less each, so that it does not rule."""
    pairs, total = Pairs(statements), len(statements)
    features = [pairs.features(one, np.arange(one + 1, total)) for one in range(total - 1)]
    places = np.triu_indices(total, 1)
    groups = [label.group if label else None for label in labels]
    sizes = Counter(groups)
    same = np.array([
        groups[one] is not None and groups[one] == groups[other]
        for one, other in zip(*places, strict=True)
    ])  # fmt: skip
    weights = np.ones(len(same))
    for pair in np.nonzero(same)[0]:
        weights[pair] = max(1.0, sizes[groups[places[0][pair]]] / 2) ** -0.5
    return Labelled(
        name, statements, labels, places, np.concatenate(features), same,
        pairs.are_of_other_stories(places), weights,
    )  # fmt: skip


def fit(sets: Sequence[Labelled], threshold: float) -> Weights:
    """Return weights by two logistic regressions: of the features, then with who is whose nearest.

    Who is nearest depends on the weights of the features, hence the second.
    """
    bounds = [(0.0 if name in FOR else None, 0.0 if name in AGAINST else None) for name in FEATURES]
    first = [(one, one.features) for one in sets]
    features, constant = regress(first, prior=PRIOR, bounds=bounds)
    second = [(one, with_mutual(one, one.features @ features + constant)) for one in sets]
    (scale, mutual), shift = regress(second, prior=1.0, bounds=[(None, None)] * 2)
    constant = float(constant * scale + shift)
    return Weights(features * scale, constant, float(mutual), OTHER_STORY, threshold)


def with_mutual(one: Labelled, odds: Floats) -> Floats:
    """Return float64 [pairs, 2]: the log-odds, and whether either is the other's nearest."""
    return np.column_stack([odds, are_mutual(one.statements, one.places, odds)])


def regress(
    tables: Sequence[tuple[Labelled, Floats]],
    *,
    prior: float,
    bounds: list[tuple[float | None, float | None]],
) -> tuple[Floats, float]:
    """Return the weights of the columns, and the constant, of a logistic regression."""
    chance = np.random.default_rng(0)
    kept = [one.same | (chance.random(len(one.same)) < 1 / SHARE) for one, _ in tables]
    pairs = list(zip(tables, kept, strict=True))
    features = np.concatenate([table[k] for (_, table), k in pairs]).astype(float)
    same = np.concatenate([one.same[k] for (one, _), k in pairs]).astype(float)
    weights = np.concatenate([one.weights[k] for (one, _), k in pairs]) * np.where(same, 1, SHARE)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])

    def loss(guess: Floats) -> tuple[float, Floats]:
        odds = scaled @ guess
        held = np.append(guess[:-1], 0.0)
        wrong = np.logaddexp(0, odds) - same * odds
        slope = scaled.T @ (weights * (1 / (1 + np.exp(-odds)) - same))
        return float(weights @ wrong + prior / 2 * held @ held), slope + prior * held

    start = np.zeros(scaled.shape[1])
    limits = [*bounds, (None, None)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits).x
    own = found[:-1] / spread
    return own, float(found[-1] - own @ mean)


def report(one: Labelled, weights: Weights) -> None:
    """Print how well weights that have not seen a set group it, around the threshold."""
    odds = one.features @ weights.features + weights.constant
    odds += weights.other_story * one.other_story
    odds += weights.mutual * are_mutual(one.statements, one.places, odds)
    likeness = as_likeness(one.places, odds, len(one.statements))
    for level in (weights.threshold - 0.03, weights.threshold, weights.threshold + 0.05):
        made = gathered(cluster(likeness, level)[0])
        labelled = [label.group if label else None for label in one.labels]
        gold = {name: group for name, group in gathered(labelled).items() if name is not None}
        alone = [{index} for index, label in enumerate(one.labels) if label is None]
        rates = score_groups(gold.values(), made.values())
        strict = score_groups([*gold.values(), *alone], made.values())
        print(
            f"# {one.name}, threshold {level:.2f}: B-cubed P {rates.precision:.3f} "
            f"R {rates.recall:.3f} F1 {rates.f1:.3f}; strict F1 {strict.f1:.3f}; "
            f"conflicts F1 {conflict_score(one, made.values()):.3f}; "
            f"{sum(map(len, gold.values()))} of {len(one.labels)} claims labelled"
        )


def gathered(labels: Sequence[object]) -> dict[object, set[int]]:
    """Return the indices that have each label."""
    found: dict[object, set[int]] = {}
    for index, label in enumerate(labels):
        found.setdefault(label, set()).add(index)
    return found


def conflict_score(one: Labelled, made: Iterable[set[int]]) -> float:
    """Return F1 over pairs of claims whose figures for the same thing differ."""
    wanted = [
        {here, there}
        for here, there in combinations(range(len(one.labels)), 2)
        if is_conflict(one.labels[here], one.labels[there])
    ]
    found = [
        {conflict.first, conflict.second}
        for group in made
        for conflict in find_conflicts(one.statements, sorted(group))
    ]
    return score_conflicts(wanted, found).rates.f1


def is_conflict(one: Label | None, other: Label | None) -> bool:
    """Return whether two labels are of one group with figures that differ."""
    return bool(
        one and other and one.group == other.group
        and one.figure and other.figure and one.figure != other.figure
    )  # fmt: skip


if __name__ == "__main__":
    main()
