"""The errors that people read: what is wrong, the thing in quotes, what to do next.

Every error that a user can cause derives from `BicorpusError`; the command line prints its
text as it is and exits with `exit_status`. Anything else is a defect of ours.
"""

from __future__ import annotations


class BicorpusError(Exception):
    """A problem that its reader can solve.

    `problem` says what is wrong and names the thing in quotes; `next_step` says what to do.
    """

    exit_status = 1

    def __init__(self, problem: str, *, next_step: str = "") -> None:
        super().__init__(problem, next_step)
        self.problem = problem
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.problem} {self.next_step}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments are lost by the default pickling, and errors cross processes.
        return (_rebuild, (type(self), self.problem, self.next_step))


def _rebuild(kind: type[BicorpusError], problem: str, next_step: str) -> BicorpusError:
    return kind(problem, next_step=next_step)


class InputError(BicorpusError):
    """A source file, or a place in one, cannot be used."""


class ModelError(BicorpusError):
    """A model is missing, damaged or of the wrong kind."""


class ProjectError(BicorpusError):
    """A corpus folder cannot be opened, read or written."""


class SettingsError(BicorpusError):
    """A setting is unknown, or its value cannot be used."""

    exit_status = 2


class DependencyError(BicorpusError):
    """An optional package that this job needs is not installed."""
