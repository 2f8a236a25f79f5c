"""The SQLite project inside a corpus folder: what is done stays done."""

from __future__ import annotations

from bicorpus.store.project import Project

__all__ = ["Project"]
