"""Text files line by line, in the encoding that their first bytes prove, else UTF-8, strictly."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from bicorpus.importers.opening import head_of, open_binary
from bicorpus.importers.units import Reading, broken

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# An archive of a megabyte can hold a line of a gigabyte.
_LONGEST_LINE = 1 << 27
INNER_MARKS = "byte order marks inside a file were left out"
_NEXT_STEP = "Save the file as UTF-8, or give its encoding with --encoding, such as cp1252."


def find_encoding(path: Path, wanted: str | None) -> str:
    """Return the encoding of a text file: `wanted`, what its first bytes prove, else UTF-8."""
    if wanted:
        try:
            return codecs.lookup(wanted).name
        except LookupError as error:
            raise broken(
                path, 1, f'there is no encoding "{wanted}".', next_step="Check --encoding."
            ) from error
    with open_binary(path) as file:
        head = head_of(file, 4096)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    # Latin letters in UTF-16 have a NUL in every second place; a single one is damage.
    places = {"utf-16-be": head[0::2].count(0), "utf-16-le": head[1::2].count(0)}
    likely = max(places, key=places.__getitem__)
    return likely if places[likely] * 20 > len(head) else "utf-8"


def read_lines(path: Path, reading: Reading) -> Iterator[str]:
    """Yield the lines of a text file without their ends; only LF and CR LF end a line.

    A byte order mark at the beginning of a line, where files were pasted together, is left out and
    counted. Raises InputError, with the line, at bytes that are not in the encoding, at NUL
    characters, and where an archive breaks.
    """
    encoding = find_encoding(path, reading.request.encoding)
    reading.encoding = reading.encoding or encoding.removesuffix("-sig")
    number = 0
    with TextIOWrapper(open_binary(path), encoding=encoding, newline="\n") as file:
        try:
            while line := file.readline(_LONGEST_LINE):
                number += 1
                if len(line) == _LONGEST_LINE:
                    raise broken(path, number, "the line is too long to be one of text.")
                if "\0" in line or number == 1:
                    _refuse_damage(path, number, line)
                if line.startswith("\ufeff"):
                    line = line[1:]
                    if number > 1:
                        reading.notes[INNER_MARKS] += 1
                yield line.removesuffix("\n").removesuffix("\r")
        except UnicodeError as error:
            line_number, byte = place_of_bad_byte(path, encoding, number + 1)
            what = f"the byte 0x{byte:02X}" if byte is not None else "something"
            raise broken(
                path, line_number,
                f"there is {what} that is no {encoding.removesuffix('-sig').upper()}.",
                next_step=_NEXT_STEP,
            ) from error  # fmt: skip


def _refuse_damage(path: Path, number: int, line: str) -> None:
    if "\0" in line:
        raise broken(
            path, number, "there is a NUL character, which no text has.",
            next_step="Get the file again from where it came, or take the character out.",
        )  # fmt: skip
    if number == 1 and "\r" in line and not line.endswith("\n"):
        raise broken(
            path, number, "its lines end in CR alone, as those of old Macs do.",
            next_step="Save it with LF or CR LF at the ends of lines.",
        )  # fmt: skip


def place_of_bad_byte(path: Path, encoding: str, line: int) -> tuple[int, int | None]:
    """Return line and value of the first byte that `encoding` does not know.

    Where it cannot be found (UTF-16, an encoding that Python does not know) the line is `line`.
    """
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError:
        return line, None
    if "16" in encoding or "32" in encoding:
        return line, None
    with open_binary(path) as file:
        for number, content in enumerate(file, 1):
            try:
                decoder.decode(content)
            except UnicodeDecodeError as error:
                return number, error.object[error.start]
    return line, None
