"""What the training commands share: their options, their budget, their log, their stop."""

import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from training.schedule import Budget
from training.settings import SettingsError

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

held_out_folder = click.option(
    "--held-out",
    type=FOLDER,
    default=Path("../shared/eval/mt"),
    show_default=True,
    help="Folder of the held-out sets.",
)
parallel_folder = click.option(
    "--parallel",
    type=FOLDER,
    default=Path("../shared/parallel"),
    show_default=True,
    help="Folder of MANIFEST.tsv and the corpora.",
)
further_corpora = click.option(
    "--also",
    type=FILE,
    multiple=True,
    help="Another corpus, as .tsv.xz (`back-translate` writes one); weighted by its file's name.",
)
dictionary_file = click.option(
    "--dictionary",
    type=FILE,
    help="A dictionary in the format of Ding (Debian's package trans-de-en has one).",
)
left_out_uses = click.option(
    "--leave-out",
    multiple=True,
    metavar="USE",
    help='Leave out the corpora of a use, as MANIFEST.tsv has it ("research", "unclear"); may be '
    "given again.",
)
work_folder = click.option(
    "--work", type=FOLDER, required=True, help="Folder of the packed text and the checkpoint."
)


class Commands(click.Group):
    """Commands that tell in a sentence what is wrong with their input."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a SettingsError becomes a message and the exit status 1."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.ClickException(str(error)) from error


def configuration(name: str) -> Callable[[Command], Command]:
    """Return the option --config, with a file beside this one as its default."""
    return click.option(
        "--config",
        type=FILE,
        default=Path(__file__).resolve().parent / name,
        show_default=name,
        help="The model's configuration.",
    )


def budget_of(minutes: float | None, seen: int | None, *, unit: str) -> Budget:
    """Return the budget of a command with the options --minutes and --`unit`."""
    if (minutes is None) == (seen is None):
        raise click.UsageError(f"Give the budget with either --minutes or --{unit}.")
    return Budget(minutes=minutes, tokens=seen)


def stop_on_signals() -> threading.Event:
    """Return an event that is set when the user or the system asks the program to stop."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def end(stop: threading.Event) -> None:
    """Say how to go on, and leave with the status of an interrupted program, if it was stopped."""
    if stop.is_set():
        click.echo("Stopped; the same command goes on from here.", err=True)
        sys.exit(130)


def append_row(path: Path, row: Mapping[str, object]) -> None:
    """Append `row` to a tab-separated table, with a head line if the file is new."""
    cells = (f"{value:.6g}" if isinstance(value, float) else str(value) for value in row.values())
    head = "" if path.exists() else "\t".join(row) + "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(head + "\t".join(cells) + "\n")


def echo_counts(counts: Counter[str]) -> None:
    """Say how many were kept or left out, by reason, the most frequent first."""
    for reason, number in counts.most_common():
        click.echo(f"{number:>9,}  {reason}", err=True)
