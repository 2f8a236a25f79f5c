"""Writes docs/commands.md from the help texts of the program; a test compares the two.

python scripts/write_command_docs.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from bicorpus.cli.main import bicorpus

PLACE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
_HEAD = """# Commands

Made from the help texts by `scripts/write_command_docs.py`; a test checks that they agree.

Exit status: 0 done, 1 failure, 2 wrong usage, 4 some articles were left out (they are listed),
130 stopped and resumable. Errors are sentences; `bicorpus --debug COMMAND …` shows the traceback.
"""


def commands_page() -> str:
    """Return docs/commands.md as it should be."""
    parts = [_HEAD]
    for name, command in _walk(bicorpus, "bicorpus"):
        context = click.Context(
            command,
            info_name=name,
            terminal_width=100,
            max_content_width=100,
            help_option_names=["-h", "--help"],
        )
        parts.append(f"## `{name}`\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, with their full names."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child_name in command.list_commands(context):
            child = command.get_command(context, child_name)
            if child is not None:
                yield from _walk(child, f"{name} {child_name}")


if __name__ == "__main__":
    PLACE.write_text(commands_page(), encoding="utf-8")
    print(f"Wrote {PLACE}.")
