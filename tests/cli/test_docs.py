"""Every command is documented, and the page says what the program says."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bicorpus.cli.main import bicorpus


def load_script(root: Path) -> object:
    place = root / "scripts" / "write_command_docs.py"
    spec = importlib.util.spec_from_file_location("write_command_docs", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_up_to_date(root: Path) -> None:
    page = load_script(root).commands_page()  # type: ignore[attr-defined]
    written = (root / "docs" / "commands.md").read_text("utf-8")
    assert written == page, "run scripts/write_command_docs.py"


def leaves(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command)
        else:
            yield command


@pytest.mark.parametrize("command", list(leaves(bicorpus)), ids=lambda command: command.name)
def test_every_command_has_help_with_an_example(command: click.Command) -> None:
    assert "Example" in (command.help or "")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.opts != ["--format"]:
            assert parameter.help, parameter.opts


def test_links_between_the_pages_lead_somewhere(root: Path) -> None:
    for page in [root / "README.md", *(root / "docs").glob("*.md"), root / "CHANGELOG.md"]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_names_the_two_commands(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    assert "scripts/demo" in readme
    assert "scripts/test" in readme
