"""Findings about a pair of texts: what each check needs is in the pair alone."""

from __future__ import annotations

from bicorpus.checks.pair import check_pair

__all__ = ["check_pair"]
