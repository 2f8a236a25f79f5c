"""Fits the weights that judge coverage, on held-out good translations damaged on purpose."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from bicorpus.checks.contrast import Doubts, Scorer, ask, doubted
from bicorpus.checks.gaps import wish_table
from bicorpus.checks.judging import (
    JOINT,
    Weights,
    as_weights,
    asked_table,
    gap_table,
    joint_chance,
    judge_asked,
    word_tables,
)
from scripts.checking.examples import BLOCK, Example, Table

HIDDEN, EPOCHS, RATE, BATCH = 16, 12, 6e-3, 512
HELD_OUT = 0.25
# Shares of good sentences that get a warning of a kind, or an error.
WARNED = {"omission": 0.12, "addition": 0.14, "break": 0.07, JOINT: 0.2}
ALARMED = 0.005


def add_words(examples: Iterable[Example]) -> None:
    """Give the examples what words are judged by, without a forecast and with it."""
    for one in examples:
        bare = word_tables(one.coverage, None, None)
        whole = word_tables(one.coverage, one.forecast, wish_table(one.coverage, one.forecast))
        for name, (source, target) in (("", bare), ("+scores", whole)):
            lost_rows = numpy.flatnonzero(one.coverage.source.is_content).tolist()
            added_rows = numpy.flatnonzero(one.coverage.target.is_content).tolist()
            one.add(f"omission{name}", source, lost_rows)
            one.add(f"addition{name}", target, added_rows)


def add_contrasts(
    examples: Sequence[Example], records: dict[str, dict[str, Any]], scorer: Scorer
) -> None:
    """Ask about the words that the fitted weights doubt, and give the examples what that says."""
    known = {name: as_weights(records[name]) for name in ("omission+scores", "addition+scores")}
    for start in range(0, len(examples), BLOCK):
        block = examples[start : start + BLOCK]
        judged = [_firsts(one, known) for one in block]
        doubts = [
            Doubts(
                doubted(one.coverage.source.is_content, lost),
                doubted(one.coverage.target.is_content, added),
            )
            for one, ((_, lost), (_, added)) in zip(block, judged, strict=True)
        ]
        asked = ask([one.coverage for one in block], doubts, scorer)
        for one, contrasts, (lost, added) in zip(block, asked, judged, strict=True):
            one.contrasts = contrasts
            source = asked_table(*lost, contrasts.lost, "omission")
            one.add("omission+contrasts", source, sorted(contrasts.lost))
            target = asked_table(*added, contrasts.added, "addition")
            one.add("addition+contrasts", target, sorted(contrasts.added))


def _firsts(
    one: Example, known: dict[str, Weights]
) -> tuple[tuple[Table, Table], tuple[Table, Table]]:
    """Return the tables of source and target words, each with what the weights make of it."""
    wishes = wish_table(one.coverage, one.forecast)
    source, target = word_tables(one.coverage, one.forecast, wishes)
    return (
        (source, known["omission+scores"].judge(source)),
        (target, known["addition+scores"].judge(target)),
    )


def add_breaks(examples: Iterable[Example], records: dict[str, dict[str, Any]]) -> None:
    """Give the examples what gaps are judged by, which takes the fitted weights of omission."""
    known = {name: as_weights(record) for name, record in records.items()}
    for one in examples:
        bare = known["omission"].judge(word_tables(one.coverage, None, None)[0])
        wishes = wish_table(one.coverage, one.forecast)
        source, _ = word_tables(one.coverage, one.forecast, wishes)
        whole = judge_asked(source, one.contrasts.lost, "omission", known)
        for name, table in (
            ("break", gap_table(one.coverage, None, None, bare)),
            ("break+scores", gap_table(one.coverage, one.forecast, wishes, whole)),
        ):
            one.add(name, table, range(len(table)))


def fit(examples: Sequence[Example], name: str) -> tuple[dict[str, Any], list[str]]:
    """Return the weights for `name` as the data file has them, and lines on how good they are."""
    import torch

    torch.manual_seed(7)
    torch.set_num_threads(1)
    cut = int(len(examples) * (1 - HELD_OUT))
    table = numpy.concatenate([one.tables[name] for one in examples[:cut]])
    labels = numpy.concatenate([one.labels[name] for one in examples[:cut]])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-6
    net = torch.nn.Sequential(
        torch.nn.Linear(table.shape[1], HIDDEN), torch.nn.Tanh(), torch.nn.Linear(HIDDEN, 1)
    )
    inputs = torch.tensor((table - mean) / scale, dtype=torch.float32)
    wanted = torch.tensor(labels, dtype=torch.float32)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-3)
    for epoch in range(EPOCHS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        for batch in torch.randperm(len(inputs)).split(BATCH):
            found = net(inputs[batch]).squeeze(1)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(found, wanted[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    def judge(rows: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
        with torch.no_grad():
            sums = net(torch.tensor((rows - mean) / scale, dtype=torch.float32)).squeeze(1)
        return torch.sigmoid(sums).numpy()

    good, bad = _worst(examples[cut:], name, judge)
    shares = WARNED[name.partition("+")[0]], ALARMED
    warning, error = (float(numpy.quantile(good, 1 - share)) for share in shares)
    hidden, _, output = net
    record = {
        "mean": mean.tolist(),
        "scale": scale.tolist(),
        "hidden": hidden.weight.tolist(),
        "hidden_bias": hidden.bias.tolist(),
        "output": output.weight[0].tolist(),
        "output_bias": output.bias.item(),
        "warning": warning,
        "error": error,
    }
    lines = [
        f"{name}: {share:.1%} of good sentences, "
        f"{(bad > numpy.quantile(good, 1 - share)).mean():.1%} of the damaged words"
        for share in (0.005, 0.01, 0.02, 0.05, 0.08, 0.12, 0.2, 0.3)
    ]
    return record, lines


def fit_joint(examples: Sequence[Example], records: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return from when a lost word and a gap together get a warning, by the held-out texts."""
    known = {name: as_weights(record) for name, record in records.items()}
    chances = []
    for one in examples[int(len(examples) * (1 - HELD_OUT)) :]:
        if not one.is_damaged:
            source, _ = _firsts(one, known)
            lost = judge_asked(source[0], one.contrasts.lost, "omission", known)
            lost = numpy.where(one.coverage.source.is_content, lost, 0.0)
            gaps = known["break+scores"].judge(one.tables["break+scores"])
            chances.append(joint_chance(lost, gaps))
    return {"warning": float(numpy.quantile(chances, 1 - WARNED[JOINT]))}


def _worst(
    examples: Sequence[Example], name: str, judge: Any
) -> tuple[NDArray[numpy.float32], NDArray[numpy.float32]]:
    """Return the highest chance of each good text, and that of each damaged word."""
    good, bad = [], []
    for one in examples:
        # A text without a word in doubt is one that nothing is said of.
        chances = numpy.append(judge(one.tables[name]), 0.0)
        if not one.is_damaged:
            good.append(chances.max())
        elif one.amiss(name) is not None:
            bad.append(chances[:-1][one.labels[name] > 0].max(initial=0.0))
    return numpy.array(good), numpy.array(bad)


def write(path: Path, records: dict[str, dict[str, Any]]) -> None:
    """Write the weights, rounded, so that the file says no more than was measured."""

    def rounded(value: Any) -> Any:
        if isinstance(value, list):
            return [rounded(one) for one in value]
        return float(f"{value:.5g}")

    text = json.dumps({k: {n: rounded(v) for n, v in one.items()} for k, one in records.items()})
    path.write_text(text.replace('], "', '],\n"') + "\n", "utf-8")
