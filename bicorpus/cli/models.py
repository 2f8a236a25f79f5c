"""`bicorpus models`: what translators there are, and how to get, check and remove them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bicorpus.models import (
    Package,
    Unusable,
    find_package,
    load_manifest,
    package_hash,
    recorded_hashes,
    survey_embedded,
    survey_installed,
    verify,
    verify_encoders,
)
from bicorpus.models.packages import NAME

if TYPE_CHECKING:
    from bicorpus.translators.package_index import Progress

_FORMAT = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)


@click.group()
def models() -> None:
    """Show, install, check and remove translators.

    One translator ships with bicorpus; any Argos package can be added. They lie in the packages
    folder of Argos Translate, so both programs see the same ones.

    A NAME is "embedded" (the one that ships), "argos:de_en" (the newest one installed for that
    pair), "argos:de_en@1.0" (exactly that version), or the folder of an unpacked package.
    """


@models.command("list")
@_FORMAT
def list_models(style: str) -> None:
    """List the translators that are there, damaged ones too.

    \b
    Examples:
      bicorpus models list
      bicorpus models list --format json
    """
    rows = [_describe(found) for found in [*survey_embedded(), *survey_installed()]]
    if style == "json":
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    head = ("NAME", "LANGUAGES", "VERSION", "SIZE", "ORIGIN", "HASH")
    for line in _columns([head, *map(_row, rows)]):
        click.echo(line)
    for row in rows:
        if row["damaged"]:
            click.echo(row["damaged"])


@models.command()
@click.argument("name")
@_FORMAT
def info(name: str, style: str) -> None:
    """Tell all that is known about the translator NAME: data, licences, scores, model card.

    \b
    Examples:
      bicorpus models info embedded
      bicorpus models info argos:de_en@1.0 --format json
    """
    package = find_package(name)
    facts = _describe(package)
    if package.origin == "embedded":
        listed = {entry["folder"]: entry for entry in load_manifest()}[package.folder.name]
        facts |= {key: value for key, value in listed.items() if key not in facts}
    card = package.folder / "README.md"
    facts["card"] = card.read_text("utf-8", "replace") if card.is_file() else None
    if style == "json":
        click.echo(json.dumps(facts, indent=1, ensure_ascii=False, default=str))
        return
    for line in _facts(facts):
        click.echo(line)


@models.command()
@click.argument("file_or_pair")
@click.option("--version", help="Of the package to download; the newest if not given.")
@click.option("--force", is_flag=True, help="Replace another package in a folder of that name.")
def install(file_or_pair: str, version: str | None, force: bool) -> None:
    """Install a translator from a package file, or by language pair from the Argos index.

    A file is looked through before anything is unpacked. Only an installation by language pair
    needs a network.

    \b
    Examples:
      bicorpus models install translate-de_en-1_0.argosmodel
      bicorpus models install de_en
      bicorpus models install de_en --version 1.0
    """
    from bicorpus.translators.packages import install_file, install_pair

    match = NAME.fullmatch(file_or_pair)
    if match is None or Path(file_or_pair).exists():
        if version is not None:
            raise click.UsageError("--version is for language pairs; a file has its own version.")
        package = install_file(Path(file_or_pair), force=force)
    else:
        origin, source, target, named = match.groups()
        if origin == "embedded":
            raise click.UsageError(f'"{file_or_pair}" ships with bicorpus: nothing to install.')
        if version and named and version != named:
            raise click.UsageError(f'"{file_or_pair}" and --version {version} contradict.')
        with _progress(f"{source}_{target}") as progress:
            package = install_pair(
                source, target, version=version or named, force=force, progress=progress
            )
    click.echo(f'Installed {package.name} in "{package.folder}".')


@models.command("verify")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def verify_models(names: Sequence[str]) -> None:
    """Compare the files of translators with their recorded hashes; without NAME, of all models.

    The exit status is 1 if anything is damaged.

    \b
    Examples:
      bicorpus models verify
      bicorpus models verify embedded && bicorpus build seeds -o corpus
    """
    survey = [*survey_embedded(), *survey_installed()]
    damaged = False
    for found in _named(names, survey) if names else survey:
        problems = verify(found)
        damaged = damaged or bool(problems)
        label = found.name if isinstance(found, Package) else found.folder.name
        click.echo(f"{label} ({found.origin}): {_verdict(found, problems)}")
        for problem in problems:
            click.echo(f"  {problem}")
    for folder, problems in () if names else verify_encoders().items():
        damaged = damaged or bool(problems)
        click.echo(f"{folder} (embedded): {'damaged' if problems else 'sound'}")
        for problem in problems:
            click.echo(f"  {problem}")
    if damaged:
        raise click.exceptions.Exit(1)


@models.command("remove")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_model(name: str, yes: bool) -> None:
    """Remove an installed translator. The one that ships with bicorpus stays.

    A damaged package is named by its folder, as "models list" shows it.

    \b
    Examples:
      bicorpus models remove argos:de_en@1.0
      bicorpus models remove translate-de_en-1_0 --yes
    """
    from bicorpus.translators.packages import find_installed, remove

    found = find_installed(name)
    if not yes:
        click.confirm(f'Remove "{found.folder}"?', abort=True, err=True)
    click.echo(f'Removed "{remove(found.folder.name)}".')


def _named(
    names: Iterable[str], survey: Iterable[Package | Unusable]
) -> Iterator[Package | Unusable]:
    by_folder = {found.folder.name: found for found in survey if isinstance(found, Unusable)}
    for name in names:
        yield by_folder[name] if name in by_folder else find_package(name)


def _verdict(found: Package | Unusable, problems: Sequence[str]) -> str:
    if problems:
        return "DAMAGED"
    if recorded_hashes(found) is None:
        return "complete; its hashes were never recorded (not installed by bicorpus)"
    return "sound"


def _describe(found: Package | Unusable) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": found.folder.name,
        "source_language": None,
        "target_language": None,
        "version": None,
        "size": sum(path.stat().st_size for path in found.folder.rglob("*") if path.is_file()),
        "origin": found.origin,
        "hash": None,
        "folder": str(found.folder),
        "damaged": None,
    }
    if isinstance(found, Unusable):
        return facts | {"damaged": found.reason}
    return facts | {
        "name": found.name,
        "source_language": found.source_language,
        "target_language": found.target_language,
        "version": found.version,
        "hash": package_hash(found),
    }


def _row(facts: dict[str, Any]) -> tuple[str, ...]:
    size = f"{facts['size'] / 1e6:.1f} MB"
    if facts["damaged"]:
        return facts["name"], "damaged", "-", size, facts["origin"], "-"
    languages = f"{facts['source_language']} > {facts['target_language']}"
    return facts["name"], languages, facts["version"], size, facts["origin"], facts["hash"]


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _facts(facts: dict[str, Any]) -> Iterator[str]:
    """Yield `key: value` lines, lists of tables as a line a table, and the model card last."""
    for key, value in facts.items():
        if value is None or key in {"card", "sha256"}:
            continue
        if isinstance(value, list):
            yield f"{key}:"
            for table in value:
                yield f"  {', '.join(f'{k}: {v}' for k, v in table.items())}"
        else:
            yield f"{key.replace('_', ' ')}: {value}"
    if facts["card"]:
        yield f"\n{facts['card'].rstrip()}"


@contextmanager
def _progress(label: str) -> Iterator[Progress | None]:
    """Draw a bar on standard error where that is a terminal, else give None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
