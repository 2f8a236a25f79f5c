"""Runs imports, reads corpora back, and writes small memories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from bicorpus.cli.main import bicorpus
from bicorpus.errors import BicorpusError
from bicorpus.store import Project

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Imported:
    """Exit status, what was said, and the corpus (which need not be there)."""

    status: int
    said: str
    folder: Path

    @property
    def pairs(self) -> Pairs:
        """The texts of all beads, in order."""
        return [pair for _, pairs in self.documents for pair in pairs]

    @property
    def documents(self) -> list[tuple[str, Pairs]]:
        """Origin and texts of each document, in order."""
        return list(read_documents(self.folder))


def read_documents(folder: Path) -> Iterator[tuple[str, Pairs]]:
    with Project(folder, writable=False) as project:
        for article in project.articles():
            source, target = article.source, article.target
            assert article.failure is None
            assert target is not None
            assert all(bead.known for bead in article.beads)
            yield (
                source.document.origin,
                [
                    (
                        source.text_of(bead.source),
                        target.text_of(bead.target),
                    )
                    for bead in article.beads
                ],
            )


Import = Callable[..., Imported]


def run_command(*words: str | Path) -> tuple[int, str]:
    """Run the command line; errors become messages and statuses as in `main`."""
    result = CliRunner().invoke(bicorpus, [str(word) for word in words], standalone_mode=False)
    if isinstance(result.exception, BicorpusError):
        return result.exception.exit_status, f"{result.output}{result.exception}"
    if result.exception is not None:
        raise result.exception
    status = result.return_value
    return (status if isinstance(status, int) else 0), result.output


def tmx(*units: str, version: str = "1.4", prolog: str = "", namespace: str = "") -> str:
    body = "\n".join(f"<tu>{unit}</tu>" for unit in units)
    return f'{prolog}<tmx version="{version}"{namespace}><header/><body>\n{body}\n</body></tmx>\n'


def versions(*sides: tuple[str, str], attribute: str = "xml:lang") -> str:
    return "".join(f'<tuv {attribute}="{tag}"><seg>{seg}</seg></tuv>' for tag, seg in sides)
