"""Moses: two plain files, a line a row, line n of one translates line n of the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from bicorpus.exporters.characters import Replacements, controls, one_line
from bicorpus.exporters.formats import Format, all_rows
from bicorpus.exporters.rows import ArticleRows, BeadRow, CorpusHeader, Written


def write_moses(
    articles: Iterable[ArticleRows],
    header: CorpusHeader,  # noqa: ARG001 - the contract of formats; plain text has no place for it
    paths: Sequence[Path],
) -> Written:
    """Write source and target texts to the two `paths`; rows with an empty side are left out."""
    written = left_out = 0
    replacements = Replacements()
    with ExitStack() as stack:
        source, target = (
            stack.enter_context(path.open("w", encoding="utf-8", newline="\n")) for path in paths
        )
        for row in all_rows(articles):
            sides = _line(row.source_text), _line(row.target_text)
            if not all(side.strip() for side in sides):
                left_out += 1
                continue
            source.write(sides[0] + "\n")
            target.write(sides[1] + "\n")
            written += 1
            _note(row, replacements)
    return Written(written, left_out, replacements.rows, replacements.places)


def _line(text: str) -> str:
    # Blanks at an end would make the length filters and tokenizers of others count one word more.
    return one_line(text).strip(" ")


def _note(row: BeadRow, replacements: Replacements) -> None:
    if found := controls(row.source_text) + controls(row.target_text):
        replacements.add(row.place, found)


def check_moses(paths: Sequence[Path], written: Written) -> list[str]:
    """Return which file has not a line a row, as `wc -l` and as Python's readers count."""
    problems = []
    for path in paths:
        with path.open("rb") as file:
            lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
        if lines != written.rows:
            problems.append(f'{lines} lines in "{path.name}" instead of {written.rows}')
        with path.open(encoding="utf-8", newline="") as text:
            shifted = next((n for n, line in enumerate(text, 1) if len(line.splitlines()) > 1), 0)
        if shifted:
            problems.append(f'line {shifted} of "{path.name}" breaks into several')
    return problems


def _places(path: Path, header: CorpusHeader) -> tuple[Path, ...]:
    return tuple(
        path.with_name(f"{path.name}.{language}")
        for language in (header.source_language, header.target_language)
    )


MOSES = Format(
    write=write_moses,
    check=check_moses,
    places=_places,
    needs=("source", "target"),
    unit="lines",
    to_standard_output=False,
)
