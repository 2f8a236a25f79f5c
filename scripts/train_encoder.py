"""Train the German-English encoder: prepare, train, export, evaluate.

Heavy libraries are imported by the commands that use them, so that `--help` answers at once.
"""

import json
from dataclasses import asdict
from pathlib import Path

import click
from training import commands
from training.commands import (
    FILE,
    FOLDER,
    append_row,
    budget_of,
    dictionary_file,
    echo_counts,
    end,
    further_corpora,
    held_out_folder,
    left_out_uses,
    parallel_folder,
    stop_on_signals,
    work_folder,
)
from training.encoder_settings import read_encoder_settings

configuration = commands.configuration("encoder.toml")


@click.group(cls=commands.Commands)
def main() -> None:
    """Train the encoder that puts German and English into one space, and pack it."""


@main.command()
@configuration
@held_out_folder
@work_folder
@parallel_folder
@click.option(
    "--vocabulary", type=FILE, required=True, help="The translator's SentencePiece model."
)
@further_corpora
@dictionary_file
@left_out_uses
def prepare(  # noqa: PLR0913, PLR0917  -- one argument an option
    config: Path,
    held_out: Path,
    work: Path,
    parallel: Path,
    vocabulary: Path,
    also: tuple[Path, ...],
    dictionary: Path | None,
    leave_out: tuple[str, ...],
) -> None:
    """Clean the corpora, leave out the held-out sets, and pack everything as numbers."""
    from training import preparation

    settings = read_encoder_settings(config)
    work.mkdir(parents=True, exist_ok=True)
    own = work / "sentencepiece.model"
    own.write_bytes(vocabulary.read_bytes())
    files = preparation.Files(parallel, held_out, also, dictionary, leave_out)
    text = preparation.read_text(files, settings)
    echo_counts(preparation.write_packed(text, preparation.read_vocabulary(own), settings, work))


@main.command()
@configuration
@work_folder
@click.option(
    "--weights",
    type=click.Path(exists=True, path_type=Path),
    help="A translator's weights to start from, as safetensors, or an encoder's folder.",
)
@click.option("--minutes", type=float, help="Budget in minutes of training.")
@click.option("--pairs", type=int, help="Budget in sentence pairs seen.")
@click.option("--device", default="cpu", show_default=True, help='"cpu" or "cuda".')
@click.option("--threads", type=int, default=1, show_default=True, help="Processor threads.")
def train(  # noqa: PLR0913, PLR0917  -- one argument an option
    config: Path,
    work: Path,
    weights: Path | None,
    minutes: float | None,
    pairs: int | None,
    device: str,
    threads: int,
) -> None:
    """Train, or go on from WORK/encoder.pt; it may be stopped at any moment."""
    import torch
    from training.encoder_links import LinkTable
    from training.encoder_trainer import EncoderReport, EncoderTrainer
    from training.packing import Packed
    from training.preparation import read_vocabulary

    torch.set_num_threads(threads)
    budget = budget_of(minutes, pairs, unit="pairs")
    vocabulary = read_vocabulary(work / "sentencepiece.model")
    settings, packed = read_encoder_settings(config), Packed.load(work / "packed.npz")
    links = work / "links.npz"
    teacher = LinkTable.load(links) if links.exists() else None
    if settings.loss.links > 0 and teacher is None:
        raise click.UsageError(f'There is no "{links}": make it with `links`, or set links = 0.')
    trainer = EncoderTrainer(settings, packed, vocabulary, teacher=teacher, device=device)
    checkpoint = work / "encoder.pt"
    if checkpoint.exists():
        trainer.resume(checkpoint)
        click.echo(f"Goes on at step {trainer.progress.step}.", err=True)
    elif weights is not None:
        click.echo(f"Starts from {len(trainer.start_from(weights))} tensors.", err=True)

    def write(report: EncoderReport) -> None:
        append_row(work / "encoder-log.tsv", asdict(report))

    stop = stop_on_signals()
    trainer.run(budget, checkpoint, write, stopped=stop.is_set)
    end(stop)


@main.command()
@configuration
@work_folder
@click.option("--out", type=FOLDER, required=True, help="Folder for de.txt and en.txt.")
@click.option("--pairs", type=int, default=200_000, show_default=True, help="At most so many.")
@click.option("--gold", type=FOLDER, help="Word gold whose sentences come last.")
def text(config: Path, work: Path, out: Path, pairs: int, gold: Path | None) -> None:
    """Write the text of one epoch, tokenised in small letters, for a statistical aligner."""
    from training.encoder_links import write_text
    from training.encoder_measurement import read_gold
    from training.packing import Packed
    from training.preparation import read_vocabulary

    out.mkdir(parents=True, exist_ok=True)
    vocabulary = read_vocabulary(work / "sentencepiece.model")
    settings, packed = read_encoder_settings(config), Packed.load(work / "packed.npz")
    last = read_gold(gold)[0] if gold is not None else ([], [])
    number = write_text(packed, vocabulary, settings, out, most=pairs, gold=last)
    click.echo(f"{number:,} pairs, and {len(last[0])} of the gold")


@main.command()
@work_folder
@click.option("--text", "folder", type=FOLDER, required=True, help="What `text` wrote.")
@click.option("--forward", type=FILE, required=True, help="Links German to English, 0-0 1-2.")
@click.option("--backward", type=FILE, required=True, help="Links of the other direction's run.")
@click.option("--gold", type=FOLDER, help="Word gold that `text` was given: measure the aligner.")
def links(work: Path, folder: Path, forward: Path, backward: Path, gold: Path | None) -> None:
    """Join an aligner's two answers to WORK/links.npz, the teacher that [loss] links asks for."""
    from training.encoder_links import join_answers
    from training.encoder_measurement import read_gold, score_answers

    right = read_gold(gold)[1] if gold is not None else []
    table, answers = join_answers(folder, forward, backward, gold=len(right))
    table.save(work / "links.npz")
    click.echo(f"{len(table.links):,} links of {len(table.rows):,} pairs")
    for name, rate in score_answers(answers, right).items() if right else ():
        click.echo(f"alignment error rate, {name}: {rate:.3f}")


@main.command()
@work_folder
@click.option("--out", type=FOLDER, required=True, help="The encoder's folder, made afresh.")
@click.option("--note", default="", help="A line for the card: what its settings do not say.")
@click.option(
    "--merge",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="Folder of an earlier encoder: the mean of all is exported.",
)
def export(work: Path, out: Path, note: str, merge: tuple[Path, ...]) -> None:
    """Write the averaged weights as a folder that transformers and simalign load."""
    from training.encoder_card import write_card
    from training.encoder_network import Encoder
    from training.encoder_packaging import LEAST_LAYERS, read_weights, write_folder
    from training.learner import averaged, merge_weights

    model, told = averaged(work / "encoder.pt", Encoder)
    merge_weights(model, [read_weights(folder) for folder in merge])
    layers = max(LEAST_LAYERS, model.model.encoder_layers)
    card = write_card(**told, layers=layers, note=note)
    write_folder(model, work / "sentencepiece.model", out, readme=card)
    click.echo(out)


@main.command()
@configuration
@held_out_folder
@parallel_folder
@click.option("--model", type=FOLDER, required=True, help="The encoder's folder.")
@click.option("--pairs", type=int, default=12000, show_default=True, help="At most so many.")
def whiten(config: Path, held_out: Path, parallel: Path, model: Path, pairs: int) -> None:
    """Fit the layer behind maximum and mean on pairs of the mix, and add it to the folder."""
    import random

    import numpy as np
    from training import encoder_whitening, preparation

    from bicorpus.embedders.folder import FolderEmbedder

    settings = read_encoder_settings(config)
    corpora, _ = preparation.load_corpora(preparation.Files(parallel, held_out), settings)
    lot = random.Random(settings.training.seed)  # noqa: S311  -- no secrets here
    mixed = [
        pair
        for name, every in corpora.items()
        for pair in every
        if lot.random() < settings.weight(name, news=False)
    ]
    chosen = lot.sample(mixed, min(pairs, len(mixed)))
    encoder_whitening.write_modules(model)
    embedder = FolderEmbedder(model)
    sources, targets = (
        embedder.embed(side).astype(np.float64) for side in zip(*chosen, strict=True)
    )
    layer = encoder_whitening.fit(sources, targets)
    encoder_whitening.write_modules(model, layer)
    click.echo(f"{len(chosen):,} pairs; {model}/modules.json")


@main.command()
@held_out_folder
@click.option("--model", type=FOLDER, required=True, help="The encoder's folder.")
@click.option(
    "--gold",
    type=FOLDER,
    default=Path("../shared/gold/words"),
    show_default=True,
    help="Folder of word gold: NAME.wa, NAME.de.txt, NAME.en.txt.",
)
@click.option("--output", type=click.Path(path_type=Path), help="File for the scores, as JSON.")
@click.option("--threads", type=int, default=2, show_default=True, help="Batches at a time.")
def evaluate(held_out: Path, model: Path, gold: Path, output: Path | None, threads: int) -> None:
    """Measure word links, sentences found again and speed; write them into the model's card."""
    from training import encoder_measurement
    from training.encoder_card import with_scores

    scores = encoder_measurement.evaluate(model, gold, held_out, threads=threads)
    written = json.dumps(scores, indent=2)
    card = model / "README.md"
    card.write_text(with_scores(card.read_text("utf-8"), scores), encoding="utf-8")
    if output is not None:
        output.write_text(written + "\n", encoding="utf-8")
    click.echo(written)


if __name__ == "__main__":
    main()
