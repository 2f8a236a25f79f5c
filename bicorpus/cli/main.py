"""The root command, and how errors and signals become messages and exit statuses.

Exit 0 done, 1 failure, 2 wrong usage, 3 findings above --fail-on, 4 some articles were left out
(listed), 130 stopped and resumable.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module

import click

from bicorpus import __version__
from bicorpus.config import keep_quiet
from bicorpus.errors import BicorpusError

_COMMANDS = {
    "build": "bicorpus.cli.build:build",
    "align": "bicorpus.cli.align:align",
    "translate": "bicorpus.cli.translate:translate",
    "words": "bicorpus.cli.words.command:words",
    "split": "bicorpus.cli.split:split",
    "check": "bicorpus.cli.check.command:check",
    "claims": "bicorpus.cli.claims:claims",
    "show": "bicorpus.cli.show:show",
    "stats": "bicorpus.cli.show:stats",
    "import": "bicorpus.cli.importing.command:import_",
    "export": "bicorpus.cli.export.command:export",
    "handoff": "bicorpus.cli.handoff:handoff",
    "explain": "bicorpus.cli.explain:explain",
    "groups": "bicorpus.cli.groups.command:groups",
    "terms": "bicorpus.cli.terms.command:terms",
    "concordance": "bicorpus.cli.concordance.command:concordance",
    "evaluate": "bicorpus.cli.evaluate.command:evaluate",
    "models": "bicorpus.cli.models:models",
    "doctor": "bicorpus.cli.doctor:doctor",
}
STOPPED = 130


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which people meet them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None where there is none of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="bicorpus %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error, too.")
def bicorpus(debug: bool) -> None:
    """German-English parallel corpora that a person can trust, built offline.

    \b
    Examples:
      bicorpus build articles/ -o corpus
      bicorpus show corpus 3
      bicorpus translate article.txt > article.en.txt
    """
    del debug  # read by `main`, where errors arrive


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    keep_quiet()
    words = sys.argv[1:] if arguments is None else arguments
    sys.exit(run(words))


def run(words: list[str]) -> int:  # noqa: PLR0911 - one return a kind of ending
    """Run a command line and return its exit status; errors are sentences on standard error."""
    debug = "--debug" in words
    try:
        status = bicorpus.main(words, prog_name="bicorpus", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(
            "\nStopped. What was done is saved; the same command goes on from there.", err=True
        )
        return STOPPED
    except BrokenPipeError:
        # The reader has seen enough (`| head`): no message, and none from the interpreter's exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except BicorpusError as error:
        if debug:
            traceback.print_exc()
        click.echo(f"Error: {error}", err=True)
        return error.exit_status
    except Exception as error:
        return _defect(error, debug=debug)
    return status if isinstance(status, int) else 0


def _defect(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    hint = "" if debug else " Run it with `bicorpus --debug …` for the details, and"
    click.echo(
        f"Error: bicorpus has a defect ({type(error).__name__}: {error}).{hint} please report it.",
        err=True,
    )
    return 1
