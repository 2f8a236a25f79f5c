"""How well word links agree with gold: alignment error rate, precision and recall.

Och and Ney (2003): gold links are sure or possible, and a sure link is possible, too. With A the
predicted links, S the sure and P the possible ones, precision is |A∩P| / |A|, recall is
|A∩S| / |S|, and AER is 1 - (|A∩S| + |A∩P|) / (|A| + |S|). Counts are pooled over all pairs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bicorpus.errors import InputError

Link = tuple[int, int]
"""Source token and target token, from 0."""

_LINK = re.compile(r"(\d+)([-p])(\d+)(?::(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class WordLinks:
    """The links of one pair: `possible` holds the sure ones, too. `name` is None without an id."""

    sure: frozenset[Link]
    possible: frozenset[Link]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class WordScore:
    """Counts of links, pooled over pairs; they add up."""

    predicted: int = 0
    sure: int = 0
    predicted_possible: int = 0
    predicted_sure: int = 0

    def __add__(self, other: WordScore) -> WordScore:
        return WordScore(
            self.predicted + other.predicted,
            self.sure + other.sure,
            self.predicted_possible + other.predicted_possible,
            self.predicted_sure + other.predicted_sure,
        )

    @property
    def precision(self) -> float:
        """Share of the predicted links that are possible, in [0, 1]; 1 where none was made."""
        return _share(self.predicted_possible, self.predicted)

    @property
    def recall(self) -> float:
        """Share of the sure links that were predicted, in [0, 1]; 1 where gold has none."""
        return _share(self.predicted_sure, self.sure)

    @property
    def error_rate(self) -> float:
        """The alignment error rate (AER), in [0, 1], lower is better; 0 without any link."""
        right = self.predicted_sure + self.predicted_possible
        return 1.0 - _share(right, self.predicted + self.sure)


def score_links(gold: WordLinks, predicted: WordLinks) -> WordScore:
    """Compare the links of one pair; every predicted link counts, sure or possible."""
    made = predicted.possible
    return WordScore(
        predicted=len(made),
        sure=len(gold.sure),
        predicted_possible=len(made & gold.possible),
        predicted_sure=len(made & gold.sure),
    )


def score_words(gold: Sequence[WordLinks], predicted: Sequence[WordLinks]) -> WordScore:
    """Pool the comparison over all pairs, in order, or by name where both sides have names.

    Raises InputError where a pair is missing on one side.
    """
    named = all(pair.name is not None for pair in (*gold, *predicted))
    if named and gold and predicted:
        predicted = _in_order_of(gold, predicted)
    if len(gold) != len(predicted):
        raise InputError(
            f"There are {len(gold)} pairs in the gold, but {len(predicted)} in the prediction.",
            next_step="Give a line for each pair, an empty one where there are no links.",
        )
    pairs = zip(gold, predicted, strict=True)
    return sum((score_links(right, made) for right, made in pairs), start=WordScore())


def _in_order_of(gold: Sequence[WordLinks], predicted: Sequence[WordLinks]) -> list[WordLinks]:
    by_name = {pair.name: pair for pair in predicted}
    strange = by_name.keys() - {pair.name for pair in gold}
    missing = [pair.name for pair in gold if pair.name not in by_name]
    if strange or missing:
        name, side = (
            (missing[0], "prediction") if missing else (sorted(map(str, strange))[0], "gold")
        )
        raise InputError(
            f'The pair "{name}" is missing in the {side}.',
            next_step="Give both files the same pairs, or leave the names out on one side.",
        )
    return [by_name[pair.name] for pair in gold]


def read_word_links(path: Path) -> list[WordLinks]:
    """Read the links of a file, a pair a line: `0-0 1p2`, perhaps after a name and a tab.

    `3-4` is sure, `3p4` possible, both from 0; `3-4:0.87` carries a score, which is passed over.
    An empty line is a pair without links. Raises InputError, naming file and line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as reason:
        raise InputError(
            f'The file "{path}" cannot be read: {reason.strerror}.',
            next_step="Check its name and your rights to it.",
        ) from reason
    except UnicodeDecodeError as reason:
        raise InputError(
            f'The file "{path}" is not in UTF-8.', next_step="Word links are plain text in UTF-8."
        ) from reason
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    pairs = [_read_line(line, path, number) for number, line in enumerate(lines, start=1)]
    _refuse_doubles(pairs, path)
    return pairs


def _read_line(line: str, path: Path, number: int) -> WordLinks:
    name, tab, links = line.rstrip("\r").rpartition("\t")
    sure: set[Link] = set()
    possible: set[Link] = set()
    for written in links.split():
        match = _LINK.fullmatch(written)
        if match is None:
            raise InputError(
                f'"{written}" in line {number} of "{path}" is no word link.',
                next_step='Write links as "3-4" (sure) or "3p4" (possible), numbers from 0, with '
                "blanks between them.",
            )
        source, kind, target = match.groups()
        link = (int(source), int(target))
        possible.add(link)
        if kind == "-":
            sure.add(link)
    return WordLinks(frozenset(sure), frozenset(possible), name if tab else None)


def _refuse_doubles(pairs: Sequence[WordLinks], path: Path) -> None:
    first: dict[str, int] = {}
    for number, pair in enumerate(pairs, start=1):
        if pair.name is None:
            continue
        if pair.name in first:
            raise InputError(
                f'The pair "{pair.name}" stands in lines {first[pair.name]} and {number} of '
                f'"{path}".',
                next_step="Keep one of them.",
            )
        first[pair.name] = number


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
