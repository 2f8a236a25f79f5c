"""A way to run the command line as people do: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bicorpus(tmp_path: Path, root: Path) -> Run:
    """Run `bicorpus ARGUMENTS` in an empty folder; input and environment by keyword."""

    def run(
        *arguments: object, stdin: str = "", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bicorpus", *map(str, arguments)],
            input=stdin.encode("utf-8").decode("utf-8"),
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1", **(environment or {})},
            check=False,
        )

    return run
