"""The house keeps its order: imports go down, start-up is light, no file gets away."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

FLOORS = (
    ("data", "errors", "languages", "counted"),
    ("protocols", "registry", "config", "models"),
    ("align", "claims", "terms", "segments"),
    ("checks", "evaluate"),
    ("store",),
    ("readers", "splitters", "translators", "embedders", "wordaligners", "lemmatizers",
     "exporters", "importers", "glossaries", "executors"),
    ("tools",),
    ("pipeline", "derived", "annotate", "handoff"),
    ("web",),
    ("cli", "__main__"),
)  # fmt: skip


def floor_of(part: str) -> int:
    for number, parts in enumerate(FLOORS):
        if part in parts:
            return number
    raise AssertionError(f'"{part}" has no place in the design; give it one')


def modules(root: Path) -> list[Path]:
    return sorted((root / "bicorpus").rglob("*.py"))


def imported_parts(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "bicorpus":
                names.update(f"bicorpus.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    parts = {name.split(".")[1] for name in names if name.startswith("bicorpus.")}
    return parts - {"__version__"}


def test_imports_only_go_down(root: Path) -> None:
    wrong = []
    for path in modules(root):
        relative = path.relative_to(root).with_suffix("")
        name = ".".join(relative.parts).removesuffix(".__init__")
        if name == "bicorpus":
            continue
        own = floor_of(name.split(".")[1])
        higher = [part for part in imported_parts(path) if floor_of(part) > own]
        wrong += [f"{name} imports {part}" for part in higher]
    assert wrong == []


def test_no_module_gets_away(root: Path) -> None:
    folders = (root / "bicorpus", root / "scripts")
    lengths = {
        str(path.relative_to(root)): len(path.read_text("utf-8").splitlines())
        for folder in folders
        for path in folder.rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_word_lists_say_where_they_come_from(root: Path) -> None:
    for path in (root / "bicorpus" / "languages").rglob("*.txt"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        assert first.startswith("# "), path
        assert len(first) > 20, path


@pytest.mark.parametrize(
    "module", ["bicorpus.cli.main", "bicorpus.cli.build", "bicorpus.cli.models"]
)
def test_the_command_line_starts_light(module: str) -> None:
    script = (
        f"import sys, {module}; heavy = {{'torch', 'transformers', 'pandas', 'ctranslate2', "
        "'argostranslate', 'numpy', 'trafilatura', 'lxml'}; print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_nothing_names_a_machine(root: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    marks = ("/wo" + "rk/", "/ro" + "ot/")
    for name in filter(None, listed.stdout.split("\0")):
        path = root / name
        if path.suffix in {".bin", ".model", ".png", ".safetensors"} or not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace")
        assert not any(mark in text for mark in marks), name


def test_no_possessive_quantifier_stands_over_a_group(root: Path) -> None:
    """Python 3.11.2, Debian's, matches them wrong (mended in 3.11.5), over a class right."""
    wrong = [
        f"{path.relative_to(root)}:{number}"
        for path in [*modules(root), *sorted((root / "scripts").rglob("*.py"))]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\)(?:[*+?]|\{[\d,]+\})\+|\(\?>", line)
    ]
    assert wrong == []
