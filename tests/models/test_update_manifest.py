"""scripts/update_manifest.py: what people wrote stays, what can be computed is."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]


def load_script() -> ModuleType:
    specification = importlib.util.spec_from_file_location(
        "update_manifest", ROOT / "scripts" / "update_manifest.py"
    )
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


script = load_script()

ENTRY = """[[model]]
folder = "one"
kind = "encoder"
name = "encoder:de_en"
licence = "own “words”"
made_by = "hand"
data = [{name = "texts", licence = "CC0"}]
scores = [{set = "own", metric = "AER", value = 0.2, signature = "none"}]
"""


def test_hand_written_fields_stay_and_the_rest_is_computed(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "config.json").write_bytes(b"abc")
    new = script.update_manifest(ENTRY, tmp_path)
    (entry,) = tomllib.loads(new)["model"]
    (old,) = tomllib.loads(ENTRY)["model"]
    assert {key: entry[key] for key in old} == old
    assert entry["size"] == 3
    # The SHA-256 of "abc" as FIPS 180 gives it.
    assert entry["sha256"]["config.json"].startswith("ba7816bf8f01cfea414140de5dae2223")
    assert script.update_manifest(new, tmp_path) == new


def test_a_model_without_an_entry_is_not_made_up(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_bytes(b"abc")
    with pytest.raises(SystemExit, match="two"):
        script.update_manifest(ENTRY, tmp_path)


def test_an_entry_without_licence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="licence"):
        script.update_manifest(ENTRY.replace("licence = ", "license = "), tmp_path)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
tables = st.dictionaries(texts, texts | st.integers(-9, 9) | st.booleans(), min_size=1, max_size=3)


@given(tables, tables, st.lists(tables, min_size=1, max_size=3))
def test_what_is_written_is_read_back(
    plain: dict[str, Any], table: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    entry = plain | {"table": table, "rows": rows}
    text = "\n".join(script.write_entry(entry))
    assert tomllib.loads(text) == {"model": [entry]}
