"""Progress on standard error, and only on a terminal."""

from __future__ import annotations

import sys
from types import TracebackType

from bicorpus.data import Article


class BuildProgress:
    """A progress line for a build; silent where standard error is no terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._is_shown = sys.stderr.isatty() and not quiet

    def __enter__(self) -> BuildProgress:
        if self._is_shown:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )

            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[sentences]} sentences"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._progress.add_task("Reading", total=None, sentences=0)
            self._progress.start()
        self._sentences = 0
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _place: TracebackType | None,
    ) -> None:
        if self._is_shown:
            self._progress.stop()

    def read(self, count: int) -> None:
        """Show how many documents have been read."""
        if self._is_shown:
            self._progress.update(self._task, completed=count)

    def start(self, total: int) -> None:
        """Show how many articles are waiting."""
        if self._is_shown:
            self._progress.update(self._task, description="Building", completed=0, total=total)

    def done(self, article: Article) -> None:
        """Show that one more article is saved."""
        self._sentences += len(article.beads)
        if self._is_shown:
            self._progress.update(self._task, advance=1, sentences=self._sentences)
