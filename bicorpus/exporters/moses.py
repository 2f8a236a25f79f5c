"""Moses: two plain files, a line a row, line n of one translates line n of the other.

With the word links of the corpus there is a third file, in the notation of Pharaoh: `0-0 1-2` links
the first tokens of the two lines, and the second of the source with the third of the target.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path

from bicorpus.data import Span, WordLink
from bicorpus.errors import ProjectError
from bicorpus.exporters.characters import Replacements, controls, one_line, tokens
from bicorpus.exporters.formats import Format
from bicorpus.exporters.rows import ArticleRows, BeadRow, CorpusHeader, Written


def write_moses(
    articles: Iterable[ArticleRows],
    header: CorpusHeader,  # noqa: ARG001 - the contract of formats; plain text has no place for it
    paths: Sequence[Path],
) -> Written:
    """Write source and target texts to the two `paths`; rows with an empty side are left out.

    With a third path, the word links of each line go there. Raises ProjectError where no word of
    the corpus is linked.
    """
    written = left_out = unlinked = 0
    replacements = Replacements()
    with ExitStack() as stack:
        source, target, *links = (
            stack.enter_context(path.open("w", encoding="utf-8", newline="\n")) for path in paths
        )
        for article, row in _rows(articles):
            sides = _line(row.source_text), _line(row.target_text)
            if not all(side.strip() for side in sides):
                left_out += 1
                continue
            source.write(sides[0] + "\n")
            target.write(sides[1] + "\n")
            for file in links:
                found = article.article.beads[row.number - 1].links
                unlinked += found is None
                file.write(pharaoh(found or (), row) + "\n")
            written += 1
            replacements.look(row, controls)
    if written and unlinked == written:
        raise ProjectError(
            "No words are linked in the rows that are to be written.",
            next_step="Export without --links, or build the corpus again without --no-claims.",
        )
    notes = (f"{unlinked} lines have no word links: nobody has linked their words.",)
    return Written(
        written, left_out, replacements.rows, replacements.places, notes if unlinked else ()
    )


def _rows(articles: Iterable[ArticleRows]) -> Iterator[tuple[ArticleRows, BeadRow]]:
    for article in articles:
        for row in article.rows:
            yield article, row


def pharaoh(links: Iterable[WordLink], row: BeadRow) -> str:
    """Return the links of a row as `0-0 1-2`: numbers of the tokens of its two lines.

    A link of the corpus is between words, which are often less than a token (a full stop is a word
    of its own) and may be more: it links every token that it touches, each pair once, in order.
    """
    sides = tokens(row.source_text), tokens(row.target_text)
    pairs = {
        (first, second)
        for link in links
        for first in _touched(sides[0], link.source)
        for second in _touched(sides[1], link.target)
    }
    return " ".join(f"{first}-{second}" for first, second in sorted(pairs))


def _touched(places: Sequence[Span], span: Span) -> range:
    """Return the numbers of the tokens with which the span shares a character."""
    first = bisect_right(places, span.start, key=lambda token: token.end)
    return range(first, max(first, bisect_left(places, span.end, key=lambda token: token.start)))


def _line(text: str) -> str:
    # Blanks at an end would make the length filters and tokenizers of others count one word more.
    return one_line(text).strip(" ")


def check_moses(paths: Sequence[Path], written: Written) -> list[str]:
    """Return which file has not a line a row, as `wc -l` and as Python's readers count.

    With word links, also the lines whose links lead beyond their tokens.
    """
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
    return problems or (_check_links(paths) if len(paths) > 2 else [])


def _check_links(paths: Sequence[Path]) -> list[str]:
    with ExitStack() as stack:
        files = [stack.enter_context(path.open(encoding="utf-8", newline="\n")) for path in paths]
        for number, (source, target, links) in enumerate(zip_longest(*files, fillvalue=""), 1):
            sizes = [len(line.rstrip("\n").split(" ")) for line in (source, target)]
            for link in links.split():
                ends = [int(end) if end.isdecimal() else -1 for end in link.split("-")]
                if len(ends) != 2 or not all(
                    0 <= end < size for end, size in zip(ends, sizes, strict=True)
                ):
                    return [f'line {number} of "{paths[2].name}": "{link}" links no two tokens']
    return []


def _places(path: Path, header: CorpusHeader) -> tuple[Path, ...]:
    return tuple(
        path.with_name(f"{path.name}.{language}")
        for language in (header.source_language, header.target_language)
    )


def _places_with_links(path: Path, header: CorpusHeader) -> tuple[Path, ...]:
    return (*_places(path, header), path.with_name(f"{path.name}.align"))


MOSES = Format(
    write=write_moses,
    check=check_moses,
    places=_places,
    places_with_links=_places_with_links,
    needs=("source", "target"),
    unit="lines",
    to_standard_output=False,
)
