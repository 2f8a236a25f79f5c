"""The files derived from a project, each checked, then put in place. Written again, same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bicorpus.derived.claims import claim_rows
from bicorpus.derived.groups import groups_are_current, save_groups
from bicorpus.derived.record import run_record
from bicorpus.derived.rows import bead_rows
from bicorpus.exporters.claims_tmx import check_claims_tmx, write_claims_tmx
from bicorpus.exporters.claims_tsv import check_claims_tsv, write_claims_tsv
from bicorpus.exporters.files import write_checked
from bicorpus.exporters.header import corpus_header
from bicorpus.exporters.rows import CorpusHeader, Written
from bicorpus.exporters.tmx import check_written_tmx, write_tmx
from bicorpus.exporters.tsv import check_tsv, write_tsv
from bicorpus.store import Project
from bicorpus.tools import Tools

DERIVED = ("corpus.tsv", "corpus.tmx", "claims.tsv", "claims.tmx", "run.json")


def write_derived(project: Project, tools: Tools) -> None:
    """Write the derived files of `project` beside its database.

    Raises ProjectError where a file cannot be written; those done before it are whole.
    """
    folder = project.folder
    header = _header(tools)
    groups = save_groups(project, tools)
    writers: dict[str, tuple[Callable[[Path], Written], Callable[[Path, Written], list[str]]]] = {
        "corpus.tsv": (lambda path: write_tsv(bead_rows(project), header, path), check_tsv),
        "corpus.tmx": (lambda path: write_tmx(bead_rows(project), header, path), check_written_tmx),
        "claims.tsv": (
            lambda path: write_claims_tsv(claim_rows(project), header, path),
            check_claims_tsv,
        ),
        "claims.tmx": (
            lambda path: write_claims_tmx(claim_rows(project), header, path),
            check_claims_tmx,
        ),
    }
    written = {
        name: write_checked(folder / name, write, check) for name, (write, check) in writers.items()
    }
    whole = run_record(project, tools, written) | {"groups": asdict(groups)}
    record = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    write_checked(
        folder / "run.json",
        lambda path: path.write_text(record, encoding="utf-8", newline="\n"),
        lambda path, _: [] if json.loads(path.read_text("utf-8")) else ["it is empty"],
    )
    project.mark_derived()


def is_current(project: Project) -> bool:
    """Return whether the derived files are there and show the project's present state."""
    there = all((project.folder / name).is_file() for name in DERIVED)
    return there and groups_are_current(project)


def _header(tools: Tools) -> CorpusHeader:
    return corpus_header(
        [tools.signature],
        source_language=tools.settings.source_language,
        target_language=tools.settings.target_language,
    )
