"""From the corpora to the packed file."""

import io
import json
import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencepiece

from bicorpus.models.glosses import GLOSSES, Glosses
from training import dictionary
from training.augmentation import augmented
from training.corpora import Pair, clean, corpus_names, held_out_lines, read_pairs
from training.glossing import encode_sources, make_glosses
from training.packing import Packed, Packer
from training.settings import Preparation
from training.substitution import Exchange

SENTENCES, PHRASES = "dictionary-sentences", "dictionary-phrases"
# How often the last stretch sees a pair of a corpus whose words are worth counting and exchanging.
_NEAR = 0.25
# A dictionary's words are glossed seldom: there the gloss is always right, in text it is not.
_GLOSSED_PHRASES = 0.35
# Glosses do not count as length, as long as a row has no more of them than of text.
_LONGEST_GLOSSED = 1.5


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


@dataclass(frozen=True)
class Files:
    """Where the text to train on lies.

    `parallel` and `held_out` are folders; `also` are further `.tsv.xz` files, corpora by their
    names; `ding` is a dictionary. Corpora whose use (in the manifest) is in `leave_out` are not
    read.
    """

    parallel: Path
    held_out: Path
    also: Sequence[Path] = ()
    ding: Path | None = None
    leave_out: Collection[str] = ()


def load_corpora(
    files: Files, settings: Preparation, entries: Sequence[dictionary.Entry] = ()
) -> tuple[dict[str, list[Pair]], dict[str, Counter[str]]]:
    """Clean pairs and the counts of drops, by corpus; a corpus without weight is not read.

    The `entries` of a dictionary make two corpora: its example sentences, and its words and
    phrases.
    """
    forbidden = held_out_lines(files.held_out)
    corpora: dict[str, list[Pair]] = {}
    counts: dict[str, Counter[str]] = {}
    names = corpus_names(files.parallel, files.leave_out)
    texts = {name: read_pairs(files.parallel / f"{name}.tsv.xz") for name in names}
    texts |= {path.name.removesuffix(".tsv.xz"): read_pairs(path) for path in files.also}
    if entries:
        texts |= {SENTENCES: dictionary.sentences(entries), PHRASES: dictionary.phrases(entries)}
    for name, pairs in texts.items():
        if max(settings.weight(name, news=False), settings.weight(name, news=True)) == 0:
            continue
        counts[name] = Counter()
        corpora[name] = list(
            clean(
                pairs, counts[name], held_out=forbidden, maximum_ratio=settings.data.maximum_ratio
            )
        )
    return corpora, counts


@dataclass(frozen=True)
class TrainingText:
    """Clean pairs and the counts of drops, by corpus, and what a dictionary adds to them.

    `exchange` exchanges words by others, `glosses` explains rare ones.
    """

    corpora: dict[str, list[Pair]]
    counts: dict[str, Counter[str]]
    exchange: Exchange | None = None
    glosses: Glosses | None = None


def read_text(files: Files, settings: Preparation) -> TrainingText:
    """Read the corpora (see `load_corpora`) and, where there is one, the dictionary.

    Of the dictionary's phrases those stay that are worth learning; the counts get how many do not.
    """
    entries = () if files.ding is None else tuple(dictionary.read_entries(files.ding))
    corpora, counts = load_corpora(files, settings, entries)
    if not entries:
        return TrainingText(corpora, counts)
    near = (name for name in corpora if near_to_news(name, settings))
    pairs = [pair for name in near for pair in corpora[name]]
    exchange = Exchange(dictionary.words(entries), pairs)
    every = corpora.get(PHRASES, [])
    useful = corpora[PHRASES] = [pair for pair in every if exchange.is_useful(pair)]
    dropped = {"kept": len(useful) - len(every), "unusual, or known": len(every) - len(useful)}
    counts.setdefault(PHRASES, Counter()).update(dropped)
    if not settings.augmentation.glosses:
        return TrainingText(corpora, counts, exchange)
    # Further corpora may be text translated back: a word that they have often is not known by that.
    own = set(corpora).difference(path.name.removesuffix(".tsv.xz") for path in files.also)
    near = (name for name in corpora if name in own and near_to_news(name, settings))
    known = [pair for name in near for pair in corpora[name]]
    return TrainingText(corpora, counts, exchange, make_glosses(entries, known))


def near_to_news(name: str, settings: Preparation) -> bool:
    """Whether a corpus has running text that the last stretch of the training sees much of."""
    return name not in {SENTENCES, PHRASES} and settings.weight(name, news=True) >= _NEAR


def write_packed(
    text: TrainingText, vocabulary: Any, settings: Preparation, work: Path
) -> Counter[str]:
    """Write WORK/packed.npz, WORK/prepare.json and the glosses; return all counts together."""
    pack(text, vocabulary, settings).save(work / "packed.npz")
    (work / GLOSSES).unlink(missing_ok=True)
    if text.glosses is not None:
        text.glosses.write(work / GLOSSES)
    told = json.dumps(text.counts, indent=1) + "\n"
    (work / "prepare.json").write_text(told, encoding="utf-8")
    return sum(text.counts.values(), start=Counter())


def pack(text: TrainingText, vocabulary: Any, settings: Preparation) -> Packed:
    """Encode every pair and its altered copies; rows that are too long are counted and left."""
    counts = text.counts
    packer = Packer()
    longest = settings.data.maximum_pieces
    for name, pairs in text.corpora.items():
        packer.begin(name)
        copies = list(
            augmented(
                pairs,
                settings.augmentation,
                seed=f"{settings.training.seed} {name}",
                exchange=text.exchange if near_to_news(name, settings) else None,
            )
        )
        counts[name]["altered copies"] = len(copies)
        every = pairs + copies
        share = _GLOSSED_PHRASES if name == PHRASES else 1.0
        sources = encode_sources(
            [pair.source for pair in every],
            vocabulary,
            text.glosses,
            chance=share * settings.augmentation.glosses,
            seed=f"{settings.training.seed} {name}",
        )
        targets = vocabulary.encode([pair.target for pair in every])
        longest_source = longest * (_LONGEST_GLOSSED if text.glosses is not None else 1)
        for source, target in zip(sources, targets, strict=True):
            if len(source) > longest_source or len(target) > longest:
                counts[name]["too long"] += 1
            elif source and target:
                packer.add(source, target)
    return packer.packed()
