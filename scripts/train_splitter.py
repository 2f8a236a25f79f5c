"""Train the sentence splitter that goes into the translator's package; measure it.

Heavy libraries are imported by the commands that use them, so that `--help` answers at once.
"""

import sys
import time
from pathlib import Path

import click
from training.commands import Commands
from training.splitter_settings import read_splitter_settings

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
KEPT_BACK = 50  # every so manieth paragraph is not learnt from: it tells how well was learnt


@click.group(cls=Commands)
def main() -> None:
    """Train a small network to split as the rules of bicorpus do, for the stock Argos program."""


@main.command()
@click.option(
    "--config",
    type=FILE,
    default=Path(__file__).resolve().parent / "training" / "splitter.toml",
    show_default="splitter.toml",
    help="The model's configuration.",
)
@click.option(
    "--parallel",
    type=FOLDER,
    default=Path("../shared/parallel"),
    show_default=True,
    help="Folder of MANIFEST.tsv and the corpora, of which the German side is used.",
)
@click.option(
    "--held-out",
    type=FILE,
    default=Path("../shared/eval/split/gsd_dev.jsonl"),
    show_default=True,
    help="Splitting set whose sentences are left out.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The .onnx to write.")
@click.option("--threads", type=int, default=1, show_default=True, help="Processor threads.")
def train(config: Path, parallel: Path, held_out: Path, out: Path, threads: int) -> None:
    """Make paragraphs, let the rules split them, learn from that, and write the ONNX file."""
    import torch
    from training.splitter_card import write_card
    from training.splitter_labels import alphabet, encode
    from training.splitter_model import write_onnx
    from training.splitter_text import check_mix, held_out_sentences, paragraphs
    from training.splitter_trainer import agreement
    from training.splitter_trainer import train as train_network

    from bicorpus.splitters.rules import RuleSplitter
    from bicorpus.splitters.words import split_words

    torch.set_num_threads(threads)
    began = time.monotonic()
    settings = read_splitter_settings(config)
    check_mix(parallel, settings.mix)
    teacher, words = RuleSplitter(), split_words(settings.language)
    short_forms = sorted(words.abbreviations | words.titles)
    texts = list(paragraphs(parallel, held_out_sentences(held_out), settings, short_forms))
    units = alphabet(texts, settings.network.rarest)
    data, unseen = (
        encode(part, (teacher.split(text, settings.language) for text in part), units)
        for part in ([text for i, text in enumerate(texts) if i % KEPT_BACK], texts[::KEPT_BACK])
    )
    click.echo(f"{len(texts):,} paragraphs, {len(data.units):,} characters, {len(units)} units")

    def report(step: int, loss: float) -> None:
        click.echo(f"step {step}: loss {loss:.5f}, {time.monotonic() - began:.0f} s", err=True)

    model = train_network(data, len(units), settings, report)
    agreed = agreement(model, unseen, settings)
    card = write_card(settings, teacher.signature, characters=len(data.units), agreement=agreed)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_onnx(model, units, out, language=settings.language, card=card)
    click.echo(f"{out}: {out.stat().st_size:,} bytes, agreement with the teacher {agreed:.4f}")


@main.command()
@click.option("--model", type=FILE, required=True, help="The .onnx to measure.")
@click.argument("development", type=FILE)
def evaluate(model: Path, development: Path) -> None:
    """Score it on a splitting set and on our golden file, as compare_splitters.py does."""
    from compare_splitters import GOLDEN, measure, read_cases
    from training.splitter_model import stock_splitter

    from bicorpus.evaluate.boundaries import read_golden

    split = stock_splitter(model)
    cases = list(read_cases(development))
    golden = [(case.text, list(case.spans)) for case in read_golden(GOLDEN / "de_news.txt")]
    score, _, seconds = measure(split, cases)
    _, perfect, _ = measure(split, golden)
    characters = sum(len(text) for text, _ in cases)
    click.echo(
        f"P {score.precision:.4f}  R {score.recall:.4f}  F1 {score.f1:.4f}  "
        f"wrong {score.wrong}  missed {score.missed}  golden {perfect}/{len(golden)}  "
        f"{characters / seconds:,.0f} characters/s"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
