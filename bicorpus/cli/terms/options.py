"""Options that the commands of `bicorpus terms` share, and how what they made is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

corpus_argument = click.argument(
    "corpus", type=click.Path(path_type=Path, file_okay=False), metavar="CORPUS"
)
output_option = click.option(
    "-o", "--output", metavar="FILE", default="-", help="The file; standard output if not given."
)

# The look of the pages; classes are the uses of `terms check`.
PAGE_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .6rem;vertical-align:top;
 border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent)}
td.count{text-align:right;font-variant-numeric:tabular-nums}
.forbidden,.untranslated{color:light-dark(#a40000,#ff8a80);font-weight:600}
.other,.missing{color:light-dark(#7a5200,#ffd180)}
.places{font-size:.85em;opacity:.8}
""".strip()


def glossary_files(*, required: bool, purpose: str) -> Decorator:
    """Return the option `--glossary`, whose files are `glossaries`."""
    return click.option(
        "--glossary",
        "glossaries",
        multiple=True,
        required=required,
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help=f"{purpose} Can be given more than once.",
    )


def format_option(formats: Iterable[str], purpose: str) -> Decorator:
    """Return the option `--format`, which is `form`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(list(formats)),
        default="text",
        show_default=True,
        help=purpose,
    )


def most_option(default: int, purpose: str) -> Decorator:
    """Return the option `--most`."""
    return click.option(
        "--most", type=click.IntRange(min=1), default=default, show_default=True, help=purpose
    )


def at_least_option(default: int, purpose: str, *, fewest: int) -> Decorator:
    """Return the option `--at-least`, which may be `fewest` or more."""
    return click.option(
        "--at-least",
        type=click.IntRange(min=fewest),
        default=default,
        show_default=True,
        help=purpose,
    )


def write_lines(lines: Iterable[str], output: str) -> None:
    """Write lines, as they come, to a file without colours, or to standard output ("-").

    The file takes its place when all is written. Raises InputError where it cannot be written.
    """
    if output == "-":
        for line in lines:
            click.echo(line)
        return
    part = Path(f"{output}.part")
    with _told_of(output):
        file = part.open("w", encoding="utf-8", newline="\n")
    try:
        with file:
            file.writelines(f"{click.unstyle(line)}\n" for line in lines)
        with _told_of(output):
            part.replace(output)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_output(content: str | bytes, output: str) -> None:
    """Write what a command made to a file, or to standard output ("-").

    Raises InputError where the file cannot be written.
    """
    if output == "-":
        click.echo(content, nl=False)
        return
    with _told_of(output):
        if isinstance(content, bytes):
            Path(output).write_bytes(content)
        else:
            Path(output).write_text(click.unstyle(content), encoding="utf-8", newline="\n")


@contextmanager
def _told_of(output: str) -> Iterator[None]:
    """Tell people of a file that cannot be written."""
    try:
        yield
    except OSError as error:
        from bicorpus.errors import InputError

        raise InputError(
            f'"{output}" cannot be written: {error.strerror or error}.',
            next_step="Choose another file with -o.",
        ) from error
