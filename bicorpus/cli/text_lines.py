"""Lines of text files and of standard input ("-"), as the commands that work by line read them."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from bicorpus.errors import InputError

_BOM = b"\xef\xbb\xbf"


def open_lines(name: str, stack: ExitStack) -> IO[bytes]:
    """Return the open file, closed with `stack`; "-" is standard input.

    Raises InputError where it cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise InputError(
            f'"{name}" cannot be read: {error.strerror or error}.',
            next_step="Check the name and its permissions.",
        ) from error


def decode_line(raw: bytes, name: str, number: int) -> str:
    """Return the text of a line (numbers count from 1) without its end and a byte order mark.

    Raises InputError, naming file and line, where it is not UTF-8.
    """
    if number == 1:
        raw = raw.removeprefix(_BOM)
    try:
        return raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputError(
            f'"{shown(name)}", line {number}, is not UTF-8 (byte {error.start + 1}).',
            next_step="Convert it first, for example with `iconv -f windows-1252 -t utf-8`.",
        ) from error


def shown(name: str) -> str:
    """Return what people call the input of this name."""
    return "<stdin>" if name == "-" else name
