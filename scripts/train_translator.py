"""Train the German-English translator: prepare, train, export, evaluate.

Heavy libraries are imported by the commands that use them, so that `--help` answers at once.
"""

import json
import tempfile
from collections import Counter
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
from training.settings import read_settings

from bicorpus.models.glosses import GLOSSES

configuration = commands.configuration("small.toml")


@click.group(cls=commands.Commands)
def main() -> None:
    """Train the German-English translator from parallel text, and pack it."""


@main.command()
@configuration
@held_out_folder
@work_folder
@parallel_folder
@click.option(
    "--vocabulary", type=FILE, help="A SentencePiece model to use; without it, one is trained."
)
@further_corpora
@dictionary_file
@left_out_uses
def prepare(  # noqa: PLR0913, PLR0917  -- one argument an option
    config: Path,
    held_out: Path,
    work: Path,
    parallel: Path,
    vocabulary: Path | None,
    also: tuple[Path, ...],
    dictionary: Path | None,
    leave_out: tuple[str, ...],
) -> None:
    """Clean the corpora, leave out the held-out sets, and pack everything as numbers."""
    from training import preparation

    settings = read_settings(config)
    work.mkdir(parents=True, exist_ok=True)
    files = preparation.Files(parallel, held_out, also, dictionary, leave_out)
    text = preparation.read_text(files, settings)
    own = work / "sentencepiece.model"
    if vocabulary is None:
        preparation.train_vocabulary(text.corpora, settings, own)
    else:
        own.write_bytes(vocabulary.read_bytes())
    echo_counts(preparation.write_packed(text, preparation.read_vocabulary(own), settings, work))


@main.command()
@configuration
@held_out_folder
@work_folder
@click.option("--weights", type=FILE, help="Weights to start from, as safetensors.")
@click.option("--minutes", type=float, help="Budget in minutes of training.")
@click.option("--tokens", type=int, help="Budget in target tokens.")
@click.option("--device", default="cpu", show_default=True, help='"cpu" or "cuda".')
@click.option("--threads", type=int, default=1, show_default=True, help="Processor threads.")
@click.option("--log", type=click.Path(path_type=Path), help="Log file; WORK/log.tsv if not given.")
@click.option(
    "--reverse",
    is_flag=True,
    help="Train English to German, for `back-translate` and `export --reverse`.",
)
def train(  # noqa: PLR0913, PLR0917  -- one argument an option
    config: Path,
    held_out: Path,
    work: Path,
    weights: Path | None,
    minutes: float | None,
    tokens: int | None,
    device: str,
    threads: int,
    log: Path | None,
    reverse: bool,
) -> None:
    """Train, or go on from WORK/checkpoint.pt; it may be stopped at any moment."""
    import torch
    from training.packing import Packed
    from training.trainer import Report, Trainer

    if reverse and (work / GLOSSES).is_file():
        raise click.UsageError(
            f'"{work}" was prepared with glosses, which the German of `--reverse` must not have: '
            "prepare a folder with [augmentation] glosses = 0 for it."
        )
    torch.set_num_threads(threads)
    budget = budget_of(minutes, tokens, unit="tokens")
    packed = Packed.load(work / "packed.npz")
    trainer = Trainer(read_settings(config), packed.turned() if reverse else packed, device=device)
    checkpoint, table = work / "checkpoint.pt", log or work / "log.tsv"
    if checkpoint.exists():
        trainer.resume(checkpoint)
        click.echo(f"Goes on at step {trainer.progress.step}.", err=True)
    elif weights is not None:
        trainer.start_from(weights)

    def write(report: Report) -> None:
        bleu = dev_bleu(checkpoint, work / "sentencepiece.model", held_out, reverse=reverse)
        append_row(table, {**asdict(report), "newstest2015_bleu": bleu})

    stop = stop_on_signals()
    trainer.run(budget, checkpoint, write, stopped=stop.is_set)
    end(stop)


@main.command()
@work_folder
@click.option("--text", type=FILE, required=True, help="English, a paragraph a line; .xz or not.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The .tsv.xz to write.")
@click.option("--beam", type=int, default=1, show_default=True, help="Beam of the search.")
@click.option("--threads", type=int, default=1, show_default=True, help="Sentences at a time.")
@click.option("--most", type=int, help="Stop after so many sentences.")
def back_translate(  # noqa: PLR0913, PLR0917  -- one argument an option
    work: Path, text: Path, out: Path, beam: int, threads: int, most: int | None
) -> None:
    """Render English text into German by what `train --reverse` made, as pairs to train on."""
    from itertools import islice

    from training import back_translation
    from training.learner import averaged
    from training.measurement import Engine
    from training.network import Translator
    from training.packaging import convert

    model, _ = averaged(work / "checkpoint.pt", Translator)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = work / "sentencepiece.model"
        convert(model, vocabulary, Path(folder, "model"), quantization="int8")
        engine = Engine(Path(folder, "model"), vocabulary, threads=threads)
        wanted = islice(back_translation.sentences(text), most)
        pairs = back_translation.back_translated(wanted, engine, beam=beam, counts=counts)
        back_translation.write_pairs(pairs, out)
    echo_counts(counts)


def dev_bleu(checkpoint: Path, vocabulary: Path, held_out: Path, *, reverse: bool) -> float:
    """BLEU of a checkpoint's averaged weights, as int8 on CTranslate2."""
    from training.learner import averaged
    from training.measurement import Engine, curve_bleu
    from training.network import Translator
    from training.packaging import convert

    model, _ = averaged(checkpoint, Translator)
    with tempfile.TemporaryDirectory() as folder:
        convert(model, vocabulary, Path(folder, "model"), quantization="int8")
        return curve_bleu(Engine(Path(folder, "model"), vocabulary), held_out, reverse=reverse)


@main.command()
@work_folder
@click.option("--out", type=FOLDER, required=True, help="Folder for the package.")
@click.option("--version", default="0.2", show_default=True, help="The package's version.")
@click.option("--splitter", type=FILE, help="Sentence splitter of train_splitter.py, as ONNX.")
@click.option(
    "--merge",
    type=FILE,
    multiple=True,
    help="Weights of an earlier version: the mean of all is exported.",
)
@click.option(
    "--reverse", type=FOLDER, help="Work folder of `train --reverse`: that model goes in, too."
)
def export(  # noqa: PLR0913, PLR0917  -- one argument an option
    work: Path,
    out: Path,
    version: str,
    splitter: Path | None,
    merge: tuple[Path, ...],
    reverse: Path | None,
) -> None:
    """Write the averaged weights, and the Argos package that is made from them."""
    from safetensors.torch import load_file
    from training.card import NO_SPLITTER, write_card
    from training.learner import averaged, merge_weights
    from training.network import Translator
    from training.packaging import write_package, write_weights

    if splitter is None:
        told_of_splitter = NO_SPLITTER
    else:
        from training.splitter_card import read_card

        told_of_splitter = read_card(splitter)
    out.mkdir(parents=True, exist_ok=True)
    model, told = averaged(work / "checkpoint.pt", Translator)
    merge_weights(model, [load_file(path) for path in merge])
    write_weights(model, out / "weights.fp16.safetensors")
    vocabulary = work / "sentencepiece.model"
    backward, told_of_reverse = None, None
    if reverse is not None:
        if (reverse / "sentencepiece.model").read_bytes() != vocabulary.read_bytes():
            raise click.UsageError(f'"{reverse}" has another vocabulary than "{work}".')
        backward, found = averaged(reverse / "checkpoint.pt", Translator)
        told_of_reverse = found["progress"]
    package = write_package(
        model,
        vocabulary,
        out,
        version=version,
        readme=write_card(
            **told,
            splitter=told_of_splitter,
            merged=[path.name for path in merge],
            reverse=told_of_reverse,
        ),
        splitter=splitter,
        reverse=backward,
    )
    click.echo(package)


@main.command()
@held_out_folder
@click.option("--package", type=FILE, required=True, help="The .argosmodel to measure.")
@click.option("--output", type=click.Path(path_type=Path), help="File for the scores, as JSON.")
@click.option("--threads", type=int, default=1, show_default=True, help="Sentences at a time.")
def evaluate(held_out: Path, package: Path, output: Path | None, threads: int) -> None:
    """Score a package on WMT21 and WMT22 (reference A), figures kept included."""
    from training import measurement

    text = json.dumps(measurement.evaluate(package, held_out, threads=threads), indent=2)
    if output is not None:
        output.write_text(text + "\n", encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
