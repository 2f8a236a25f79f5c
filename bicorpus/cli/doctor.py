"""`bicorpus doctor`: is all there that the main job needs, and does it work with no network?"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import click

from bicorpus.errors import BicorpusError

# A corpus is some ten times the size of its articles; below this nobody gets far.
_ENOUGH_DISK = 512 * 1024**2
_TINY = (
    "Am 3. Juni 2024 kamen rund 1.000 Menschen nach Köln. Der Zug hatte zwei Stunden Verspätung."
)


@click.command()
@click.option(
    "--offline",
    is_flag=True,
    help="Also run a tiny job with all sockets blocked: no network is needed, and none is used.",
)
def doctor(*, offline: bool) -> int:
    """Check Python, packages, models and disk, and say what to do about what is wrong.

    \b
    Examples:
      bicorpus doctor
      bicorpus doctor --offline
    """
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", _python),
        ("Packages", _packages),
        ("Models", _models),
        ("Disk", _disk),
    ]
    if offline:
        checks.append(("Tiny job, no network", _tiny_job))
    problems = 0
    for name, check in checks:
        try:
            message, is_well = check(), True
        except (BicorpusError, OSError) as error:
            message, is_well = str(error), False
        problems += not is_well
        mark = click.style("ok  " if is_well else "BAD ", fg="green" if is_well else "red")
        click.echo(f"{mark} {name}: {message}")
    return 1 if problems else 0


def _python() -> str:
    return f"{sys.version.split()[0]} in {sys.prefix}"


def _packages() -> str:
    """Compare what is installed with what bicorpus asks for."""
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(text) for text in requires("bicorpus") or ()]
    except PackageNotFoundError as error:
        raise BicorpusError(
            "bicorpus itself is not installed here, it runs from a folder.",
            next_step="Install it: pip install -c constraints.txt -e .",
        ) from error
    problems = []
    count = 0
    for requirement in wanted:
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        count += 1
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            problems.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(installed, prereleases=True):
            problems.append(
                f"{requirement.name} is {installed}, but {requirement.specifier} is needed"
            )
    if problems:
        raise BicorpusError(
            f"{'; '.join(problems)}.", next_step="Install bicorpus again with constraints.txt."
        )
    return f"{count} found, all in the versions that are asked for"


def _models() -> str:
    from bicorpus.models import Package, survey_embedded, survey_installed, verify, verify_encoders

    surveyed = [*survey_embedded(), *survey_installed()]
    encoders = verify_encoders()
    problems = [problem for package in surveyed for problem in verify(package)]
    problems += [problem for found in encoders.values() for problem in found]
    if problems:
        raise BicorpusError(" ".join(problems), next_step="See `bicorpus models verify`.")
    packages = [package for package in surveyed if isinstance(package, Package)]
    if not packages:
        raise BicorpusError(
            "There is none.", next_step="Install one: bicorpus models install de_en."
        )
    return ", ".join([*(package.name for package in packages), *encoders]) + " (hashes agree)"


def _disk() -> str:
    free = shutil.disk_usage(Path.cwd()).free
    if free < _ENOUGH_DISK:
        raise BicorpusError(
            f'Only {free // 1024**2} MB are free at "{Path.cwd()}".', next_step="Free some."
        )
    return f"{free / 1024**3:.0f} GB free"


def _tiny_job() -> str:
    from bicorpus.config import Settings
    from bicorpus.data import Document
    from bicorpus.derived import write_derived
    from bicorpus.executors.serial import run_serially
    from bicorpus.pipeline import build
    from bicorpus.store import Project
    from bicorpus.tools import Tools

    with _no_sockets(), tempfile.TemporaryDirectory() as folder:
        tools = Tools(Settings())
        with Project(Path(folder) / "tiny") as project:
            build(iter([Document("de", _TINY, "doctor")]), project, tools, run_serially)
            failures = project.failures()
            if failures:
                raise BicorpusError(failures[0].reason)
            write_derived(project, tools)
            beads = project.count("beads")
    if beads != 2:
        raise BicorpusError(
            f"The job gave {beads} beads instead of 2.", next_step="Please report it."
        )
    return "2 sentences translated and written"


@contextmanager
def _no_sockets() -> Iterator[None]:
    """Make every attempt to reach anything through a socket fail."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise BicorpusError(
            "Something tried to open a network connection.", next_step="Please report it."
        )

    kept = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    look_up = socket.getaddrinfo
    for name in kept:
        setattr(socket.socket, name, refuse)
    socket.getaddrinfo = refuse
    try:
        yield
    finally:
        for name, method in kept.items():
            setattr(socket.socket, name, method)
        socket.getaddrinfo = look_up
