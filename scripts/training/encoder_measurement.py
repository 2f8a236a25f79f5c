"""What an encoder's folder is worth: word links, sentences found again, speed."""

import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bicorpus.embedders.folder import FolderEmbedder
from bicorpus.evaluate.words import Link, WordLinks, WordScore, read_word_links, score_links
from training.encoder_links import grown
from training.encoder_noise import WAYS

Texts = tuple[list[str], list[str]]
METHODS = ("inter", "itermax", "mwmf")
SETS = {"WMT21": "newstest2021.de-en", "WMT22": "generaltest2022.de-en"}
SIMALIGN_LAYER = 8


def read_gold(folder: Path) -> tuple[Texts, list[WordLinks]]:
    """Tokenised sentences and links of every `NAME.wa` with its `NAME.de.txt` and `NAME.en.txt`."""
    source: list[str] = []
    target: list[str] = []
    links: list[WordLinks] = []
    for path in sorted(folder.glob("*.wa")):
        source += path.with_suffix(".de.txt").read_text("utf-8").splitlines()
        target += path.with_suffix(".en.txt").read_text("utf-8").splitlines()
        links += read_word_links(path)
    if not len(source) == len(target) == len(links):
        raise ValueError(f'The gold in "{folder}" has sides of different lengths.')
    return (source, target), links


def score_simalign(
    model: Path, texts: Texts, gold: Sequence[WordLinks]
) -> dict[str, dict[str, float]]:
    """Score the links that simalign itself makes with `model`, by unit and matching method."""
    from simalign import SentenceAligner

    aligner: Any = SentenceAligner(model=str(model), matching_methods="mai", layer=SIMALIGN_LAYER)
    scores: dict[str, dict[str, float]] = {}
    for unit in ("bpe", "word"):
        aligner.token_type = unit
        totals = dict.fromkeys(METHODS, WordScore())
        for source, target, right in zip(*texts, gold, strict=True):
            made = aligner.get_word_aligns(source.split(), target.split())
            for method in METHODS:
                links = frozenset(made[method])
                totals[method] += score_links(right, WordLinks(links, links))
        for method, total in totals.items():
            scores[f"{method}, {'pieces' if unit == 'bpe' else 'words'}"] = {
                "error_rate": round(total.error_rate, 4),
                "precision": round(total.precision, 4),
                "recall": round(total.recall, 4),
            }
    return scores


def score_answers(
    answers: Sequence[tuple[frozenset[Link], frozenset[Link]]], gold: Sequence[WordLinks]
) -> dict[str, float]:
    """Alignment error rates of a statistical aligner's two answers, joined in two ways."""
    joined = {"intersection": frozenset[Link].__and__, "grow-diag": grown}
    rates: dict[str, float] = {}
    for name, join in joined.items():
        total = WordScore()
        for both, right in zip(answers, gold, strict=True):
            links = join(*both)
            total += score_links(right, WordLinks(links, links))
        rates[name] = round(total.error_rate, 4)
    return rates


def read_sides(held_out: Path, name: str) -> Texts:
    """Source lines and reference A of a set."""
    source = (held_out / f"{name}.src.de").read_text("utf-8").splitlines()
    target = (held_out / f"{name}.ref.A.en").read_text("utf-8").splitlines()
    return source, target


def found_first(embedder: FolderEmbedder, texts: Texts) -> tuple[float, float]:
    """Shares of sources whose reference is the nearest of all, and of references likewise.

    A line that stands in the set twice is found where its text is.
    """
    source, target = (embedder.embed(side) for side in texts)
    nearest, back = np.empty(len(source), dtype=int), np.empty(len(target), dtype=int)
    for start in range(0, len(source), 1024):
        rows = slice(start, start + 1024)
        nearest[rows] = (source[rows] @ target.T).argmax(axis=1)
        back[rows] = (target[rows] @ source.T).argmax(axis=1)
    own = range(len(nearest))
    forward = [texts[1][place] == texts[1][line] for line, place in zip(own, nearest, strict=True)]
    backward = [texts[0][place] == texts[0][line] for line, place in zip(own, back, strict=True)]
    return float(np.mean(forward)), float(np.mean(backward))


def told_apart(embedder: FolderEmbedder, texts: Texts) -> dict[str, float]:
    """Share of sources that are nearer to their reference than to the same with one thing changed.

    By what was changed: a figure, a negation, a name.
    """
    lot = random.Random(1)  # noqa: S311  -- no secrets here
    source, target = (embedder.embed(side) for side in texts)
    shares: dict[str, float] = {}
    for kind, change in WAYS.items():
        made = [change(text, texts[1], lot) for text in texts[1]]
        lines = [line for line, text in enumerate(made) if text not in (None, texts[1][line])]
        changed = embedder.embed([str(made[line]) for line in lines])
        own = (source[lines] * target[lines]).sum(axis=1)
        other = (source[lines] * changed).sum(axis=1)
        shares[kind] = round(float((own > other).mean()), 4) if lines else 1.0
    return shares


def pairs_a_second(model: Path, texts: Texts, *, threads: int) -> float:
    """Pairs a second of which all pieces get their vectors, the model loaded and warm."""
    embedder = FolderEmbedder(model, threads=threads)
    source, target = ([line.split() for line in side] for side in texts)
    list(embedder.token_vectors(source[:8]))
    began = time.perf_counter()
    for side in (source, target):
        for _ in embedder.token_vectors(side):
            pass
    return len(source) / (time.perf_counter() - began)


def write_bert_base(model: Path, folder: Path) -> None:
    """Write a BERT-base of random weights with the tokenizer of `model`, to compare speeds."""
    from transformers import AutoTokenizer, BertConfig, BertModel

    tokenizer = AutoTokenizer.from_pretrained(model)
    tokenizer.save_pretrained(folder)
    BertModel(BertConfig(vocab_size=len(tokenizer))).save_pretrained(folder)


def measure_speed(model: Path, texts: Texts, *, threads: int) -> dict[str, float]:
    """Compare speeds on the same lines: all for ours, a tenth for BERT-base."""
    ours = pairs_a_second(model, texts, threads=threads)
    few = texts[0][::10], texts[1][::10]
    with tempfile.TemporaryDirectory() as folder:
        write_bert_base(model, Path(folder))
        bert = pairs_a_second(Path(folder), few, threads=threads)
    return {
        "threads": threads,
        "pairs_a_second": round(ours, 1),
        "bert_base_pairs_a_second": round(bert, 2),
    }


def evaluate(model: Path, gold: Path, held_out: Path, *, threads: int) -> dict[str, Any]:
    """Measure everything; see `docs/encoder.md` for what the figures mean."""
    scores: dict[str, Any] = {"word_links": score_simalign(model, *read_gold(gold))}
    embedder = FolderEmbedder(model, threads=threads)
    scores["signature"] = embedder.signature
    for name, files in SETS.items():
        forward, backward = found_first(embedder, read_sides(held_out, files))
        scores[f"found_first_{name}"] = {"de-en": round(forward, 4), "en-de": round(backward, 4)}
    lines = read_sides(held_out, SETS["WMT21"])
    scores["told_apart_WMT21"] = told_apart(embedder, lines)
    scores["speed"] = measure_speed(model, lines, threads=threads)
    return scores
