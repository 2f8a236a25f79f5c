"""How a derived file is written: beside its place, checked, then renamed over the old one."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bicorpus.errors import ProjectError

Result = TypeVar("Result")

_AGAIN = "run the same command again: nothing that was done is lost."


def write_checked(
    path: Path, write: Callable[[Path], Result], check: Callable[[Path, Result], list[str]]
) -> Result:
    """Write `path` so that it holds either its old bytes or all of the new ones, checked.

    `write` fills the path that it is given and returns what it did; `check` gets both and returns
    the problems it finds. Raises ProjectError, with the old file in place and nothing beside it,
    where the file cannot be written or is not right.
    """
    return write_all_checked(
        (path,), lambda paths: write(paths[0]), lambda paths, result: check(paths[0], result)
    )


def write_all_checked(
    paths: Sequence[Path],
    write: Callable[[Sequence[Path]], Result],
    check: Callable[[Sequence[Path], Result], list[str]],
) -> Result:
    """Write files that belong together as `write_checked` writes one.

    None is put in place before all are written and checked. The files are then renamed one after
    the other, which only a failure of the disk between two renames can cut in half.
    """
    # A link is written through, not replaced by a file.
    places = [Path(os.path.realpath(path)) for path in paths]
    # One name, not a random one: what a killed run left behind is overwritten by the next.
    temporary = [place.with_name(f".{place.name}.partial") for place in places]
    for path in paths:
        if path.is_dir():
            raise _unwritable(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    try:
        for one in temporary:
            one.unlink(missing_ok=True)
        result = write(temporary)
        for one in temporary:
            _flush(one)
        if problems := check(temporary, result):
            raise _damaged(paths[0], problems)
        for one, place in zip(temporary, places, strict=True):
            one.replace(place)
            _flush(place.parent)
    except OSError as error:
        raise _unwritable(paths[0], error) from error
    finally:
        for one in temporary:
            _discard(one)
    return result


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where it is not there. Raises ProjectError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        is_file = next((one for one in (path, *path.parents) if one.is_file()), None)
        reason = f'"{is_file}" is a file' if is_file else error.strerror or str(error)
        raise ProjectError(
            f'The folder "{path}" cannot be made: {reason}.',
            next_step="Name another folder with -o.",
        ) from error


def _flush(path: Path) -> None:
    """Wait until the file or folder is on the disk, so that a power cut leaves no empty file."""
    if os.name == "nt" and path.is_dir():  # Windows cannot open a folder
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _discard(temporary: Path) -> None:
    """Remove what is left of a failed attempt; the reason for the failure matters more."""
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return


def _damaged(path: Path, problems: list[str]) -> ProjectError:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return ProjectError(
        f'The file written for "{path}" did not pass its check and was not put in place: '
        f"{problems[0]}{more}.",
        next_step="This is a defect of bicorpus: please report it with this message.",
    )


def _unwritable(path: Path, error: OSError) -> ProjectError:
    folder = path.parent
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            problem = f'No space left to write "{path.name}" in the folder "{folder}".'
            next_step = f"Free some space and {_AGAIN}"
        case errno.EROFS:
            problem = f'The folder "{folder}" is read-only, so "{path.name}" cannot be written.'
            next_step = f"Make it writable, or name another folder, and {_AGAIN}"
        case errno.EACCES | errno.EPERM:
            problem = f'No permission to write "{path.name}" in the folder "{folder}".'
            next_step = f"Change its permissions, or name another folder, and {_AGAIN}"
        case errno.ENOENT | errno.ENOTDIR if not folder.is_dir():
            problem = f'There is no folder "{folder}" to write "{path.name}" in.'
            next_step = "Create it, or name another place."
        case errno.EISDIR:
            problem = f'"{path}" is a folder, not a file.'
            next_step = "Name a file to write."
        case _:
            reason = error.strerror or str(error)
            problem = f'"{path.name}" cannot be written in the folder "{folder}": {reason}.'
            next_step = f"Solve that and {_AGAIN}"
    return ProjectError(problem, next_step=next_step)
