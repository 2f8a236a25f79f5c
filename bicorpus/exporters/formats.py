"""What the export command knows about a format: how it is written, checked and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bicorpus.errors import DependencyError
from bicorpus.exporters.claim_rows import ClaimRow
from bicorpus.exporters.rows import ArticleRows, BeadRow, CorpusHeader, SideName, Written

Write = Callable[[Iterable[ArticleRows], CorpusHeader, Sequence[Path]], Written]
Check = Callable[[Sequence[Path], Written], list[str]]


def _one_file(path: Path, header: CorpusHeader) -> tuple[Path, ...]:
    del header
    return (path,)


@dataclass(frozen=True, slots=True)
class Format:
    """A format to export to.

    `write` fills the files that `places` names for the path that the user gave, and `check`
    returns what is wrong with them. `needs` are the sides without which a row has no place in the
    format, `unit` is what `Written.rows` counts, `needs_claims` says that articles are to come
    with their claims. `places_with_links` names the files where word links are written, too. Only
    formats of a single text file go to standard output. `packages` have to be installed, with
    `extra` of bicorpus. `advice` is shown when the files are there; it may hold {path}, {source}
    and {target}.
    """

    write: Write
    check: Check
    places: Callable[[Path, CorpusHeader], tuple[Path, ...]] = _one_file
    places_with_links: Callable[[Path, CorpusHeader], tuple[Path, ...]] | None = None
    needs: tuple[SideName, ...] = ()
    unit: str = "rows"
    needs_claims: bool = False
    to_standard_output: bool = True
    is_folder: bool = False
    packages: tuple[str, ...] = ()
    extra: str = ""
    advice: str = ""

    def require_packages(self) -> None:
        """Raise DependencyError, with the command that helps, where a package is missing."""
        from importlib.util import find_spec

        for package in self.packages:
            if find_spec(package) is None:
                raise DependencyError(
                    f'This format needs the package "{package}", which is not installed.',
                    next_step=f'Install it with: pip install "bicorpus[{self.extra}]"',
                )


def all_rows(articles: Iterable[ArticleRows]) -> Iterator[BeadRow]:
    """Yield the rows of the articles, in order."""
    for article in articles:
        yield from article.rows


def all_claims(articles: Iterable[ArticleRows]) -> Iterator[ClaimRow]:
    """Yield the claims of the articles, in order."""
    for article in articles:
        yield from article.claims


def row_format(
    write: Callable[[Iterable[BeadRow], CorpusHeader, Path], Written],
    check: Callable[[Path, Written], list[str]],
    *,
    needs: tuple[SideName, ...] = (),
    unit: str = "rows",
) -> Format:
    """Return the format of one file that is written bead by bead."""
    return Format(
        write=lambda articles, header, paths: write(all_rows(articles), header, paths[0]),
        check=lambda paths, written: check(paths[0], written),
        needs=needs,
        unit=unit,
    )


def claim_format(
    write: Callable[[Iterable[ClaimRow], CorpusHeader, Path], Written],
    check: Callable[[Path, Written], list[str]],
    *,
    needs: tuple[SideName, ...] = (),
    unit: str = "rows",
) -> Format:
    """Return the format of one file that is written claim by claim."""
    return Format(
        write=lambda articles, header, paths: write(all_claims(articles), header, paths[0]),
        check=lambda paths, written: check(paths[0], written),
        needs=needs,
        unit=unit,
        needs_claims=True,
    )
