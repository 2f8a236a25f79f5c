"""Text of the target language with a machine's rendering as its source (Sennrich et al., 2016)."""

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from bicorpus.registry import find_backend
from training.corpora import Pair, read_lines, reason_to_drop
from training.measurement import Engine

_BLOCK = 2048
# How agencies wrote on the wire in 1987: version 0.4 learnt "5 pct" from it.
_WIRE = {
    "pct": "percent", "mln": "million", "bln": "billion", "dlr": "dollar", "dlrs": "dollars",
    "cts": "cents", "shr": "share", "shrs": "shares", "stg": "pounds sterling", "avg": "average",
    "yr": "year", "qtr": "quarter", "oper": "operating", "revs": "revenues", "govt": "government",
}  # fmt: skip
_SHORT = re.compile(rf"\b(?:{'|'.join(_WIRE)})\b")
_FEWEST, _MOST = 4, 60  # words; shorter ones are remains of tables, longer ones go wrong


def sentences(path: Path, language: str = "en") -> Iterator[str]:
    """Yield the sentences of a text with a paragraph a line, each once, in order."""
    splitter = find_backend("splitter", "rules")()
    seen: set[str] = set()
    for line in read_lines(path):
        for span in splitter.split(line, language) if line.strip() else ():
            sentence = written_out(" ".join(line[span.start : span.end].split()))
            if _FEWEST <= len(sentence.split()) <= _MOST and sentence not in seen:
                seen.add(sentence)
                yield sentence


def written_out(sentence: str) -> str:
    """Write the short forms of the wire as people print them: "5 pct" is "5 percent"."""
    return _SHORT.sub(lambda found: _WIRE[found.group()], sentence)


def back_translated(
    wanted: Iterable[str], engine: Engine, *, beam: int, counts: Counter[str]
) -> Iterator[Pair]:
    """Yield the pairs of a rendering and its sentence that are fit to train on.

    `counts` gets the reason of every drop. A rendering that repeats itself tells of a decoder
    that hangs: it has hardly any different words.
    """
    rest = iter(wanted)
    while block := list(islice(rest, _BLOCK)):
        for german, english in zip(engine.translate(block, beam=beam), block, strict=True):
            pair = Pair(" ".join(german.split()), english)
            reason = reason_to_drop(pair, held_out=frozenset(), maximum_ratio=2.0)
            words = german.casefold().split()
            if reason is None and 2 * len(set(words)) < len(words):
                reason = "repeats itself"
            counts[reason or "kept"] += 1
            if reason is None:
                yield pair


def write_pairs(pairs: Iterable[Pair], path: Path) -> None:
    """Write a `.tsv.xz` file as `corpora.read_pairs` reads it, whole or not at all."""
    beside = path.with_name(path.name + ".part")
    with lzma.open(beside, "wt", encoding="utf-8", newline="\n") as file:
        for pair in pairs:
            file.write("\t".join(pair) + "\n")
    beside.replace(path)
