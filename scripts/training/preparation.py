"""From the corpora to the packed file."""

import io
import lzma
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sentencepiece

from training.augmentation import augmented
from training.corpora import Pair, clean, corpus_names, held_out_lines, read_pairs
from training.packing import Packed, Packer
from training.settings import Preparation


def read_vocabulary(path: Path) -> Any:
    """Load the SentencePiece model at `path`."""
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def train_vocabulary(corpora: dict[str, list[Pair]], settings: Preparation, path: Path) -> None:
    """Train a joint unigram vocabulary on the mix and write it to `path`."""
    lot = random.Random(settings.training.seed)  # noqa: S311  -- no secrets here
    lines: list[str] = []
    for name, pairs in corpora.items():
        weight = max(settings.weight(name, news=False), settings.weight(name, news=True))
        for pair in pairs:
            if lot.random() < weight:
                lines.extend(pair)
    lot.shuffle(lines)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines[: settings.data.sentencepiece_lines]),
        model_writer=model,
        vocab_size=settings.model.vocabulary,
        model_type="unigram",
        character_coverage=0.9999,
        byte_fallback=True,
        split_digits=True,
        pad_id=0,
        unk_id=1,
        bos_id=2,
        eos_id=3,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())


def load_corpora(
    parallel: Path, held_out: Path, settings: Preparation, also: Sequence[Path] = ()
) -> tuple[dict[str, list[Pair]], dict[str, Counter[str]]]:
    """Clean pairs and the counts of drops, by corpus; a corpus without weight is not read.

    `also` are further `.tsv.xz` files, corpora by the names of their files.
    """
    forbidden = held_out_lines(held_out)
    corpora: dict[str, list[Pair]] = {}
    counts: dict[str, Counter[str]] = {}
    files = {name: parallel / f"{name}.tsv.xz" for name in corpus_names(parallel)}
    files |= {path.name.removesuffix(".tsv.xz"): path for path in also}
    for name, path in files.items():
        if max(settings.weight(name, news=False), settings.weight(name, news=True)) == 0:
            continue
        counts[name] = Counter()
        pairs = read_pairs(path)
        corpora[name] = list(
            clean(
                pairs, counts[name], held_out=forbidden, maximum_ratio=settings.data.maximum_ratio
            )
        )
    return corpora, counts


def pack(
    corpora: dict[str, list[Pair]],
    counts: dict[str, Counter[str]],
    vocabulary: Any,
    settings: Preparation,
) -> Packed:
    """Encode every pair and its altered copies; rows that are too long are counted and left."""
    packer = Packer()
    longest = settings.data.maximum_pieces
    for name, pairs in corpora.items():
        packer.begin(name)
        copies = list(
            augmented(pairs, settings.augmentation, seed=f"{settings.training.seed} {name}")
        )
        counts[name]["altered copies"] = len(copies)
        every = pairs + copies
        sources = vocabulary.encode([pair.source for pair in every])
        targets = vocabulary.encode([pair.target for pair in every])
        for source, target in zip(sources, targets, strict=True):
            if max(len(source), len(target)) > longest:
                counts[name]["too long"] += 1
            elif source and target:
                packer.add(source, target)
    return packer.packed()


def read_lines(path: Path) -> list[str]:
    """Lines of a text file, packed with xz or not."""
    if path.suffix == ".xz":
        return lzma.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return path.read_text(encoding="utf-8").splitlines()
