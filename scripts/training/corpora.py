"""Read the parallel text, drop what hurts, keep the held-out sets out; count every drop."""

import csv
import lzma
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from training.settings import SettingsError

REMAINS = ("\ufffd", "Ã¤", "Ã¶", "Ã¼", "â€")  # of text decoded by the wrong table


class Pair(NamedTuple):
    """A German sentence and its English."""

    source: str
    target: str


def corpus_names(folder: Path, leave_out: Collection[str] = ()) -> list[str]:
    """List the corpora of MANIFEST.tsv in its order; one without its file is an error.

    `leave_out` has uses, as the manifest's column `use` has them ("research"): corpora of these are
    not listed. SettingsError where no corpus is of such a use.
    """
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        uses = {row["corpus"]: row.get("use", "") for row in csv.DictReader(file, delimiter="\t")}
    if unknown := sorted({*leave_out} - {*uses.values()}):
        raise SettingsError(
            f'No corpus of "{folder / "MANIFEST.tsv"}" is of the use "{unknown[0]}"; '
            f"there are {', '.join(sorted({*uses.values()}))}."
        )
    names = [name for name, use in uses.items() if use not in leave_out]
    for name in names:
        if not (folder / f"{name}.tsv.xz").is_file():
            raise FileNotFoundError(f'MANIFEST.tsv lists "{name}", but {name}.tsv.xz is missing.')
    return names


def read_pairs(path: Path) -> Iterator[Pair]:
    """Pairs of a `.tsv.xz` file: German, tab, English, a pair a line."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            source, _, target = line.rstrip("\n").partition("\t")
            yield Pair(" ".join(source.split()), " ".join(target.split()))


def read_lines(path: Path) -> list[str]:
    """Lines of a text file, packed with xz or not."""
    if path.suffix == ".xz":
        return lzma.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return path.read_text(encoding="utf-8").splitlines()


def normalised(line: str) -> str:
    """Keep the line's letters and digits, in NFKC and lower case: what copies have in common."""
    folded = unicodedata.normalize("NFKC", line).casefold()
    return "".join(character for character in folded if character.isalnum())


def held_out_lines(folder: Path) -> frozenset[str]:
    """Normalised lines of the held-out sets: sources, references, and the documents' table."""
    lines: set[str] = set()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".de", ".en"):
            lines.update(map(normalised, path.read_text(encoding="utf-8").split("\n")))
        elif path.suffix == ".tsv":
            for row in read_table(path):
                lines.update((normalised(row["de"]), normalised(row["en_ref"])))
    lines.discard("")
    return frozenset(lines)


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a tab-separated table with a head line and no quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def reason_to_drop(pair: Pair, *, held_out: frozenset[str], maximum_ratio: float) -> str | None:
    """Why `pair` must not be trained on, or None."""
    source, target = pair
    shorter, longer = sorted((len(source), len(target)))
    letters = sum(character.isalpha() for character in source)
    reasons = {
        "empty side": not source or not target,
        "in a held-out set": normalised(source) in held_out or normalised(target) in held_out,
        "broken encoding": any(mark in source or mark in target for mark in REMAINS),
        "not translated": source == target and len(source.split()) > 3,
        "lengths too different": longer > 20 and longer > maximum_ratio * shorter,
        "hardly any letters": letters * 2 < len(source.replace(" ", "")),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def clean(
    pairs: Iterator[Pair], counts: Counter[str], *, held_out: frozenset[str], maximum_ratio: float
) -> Iterator[Pair]:
    """Pairs worth training on, each once; `counts` gets the reason of every drop."""
    seen: set[Pair] = set()
    for pair in pairs:
        reason = reason_to_drop(pair, held_out=held_out, maximum_ratio=maximum_ratio)
        if reason is None and pair in seen:
            reason = "seen before"
        if reason is not None:
            counts[reason] += 1
            continue
        seen.add(pair)
        counts["kept"] += 1
        yield pair
