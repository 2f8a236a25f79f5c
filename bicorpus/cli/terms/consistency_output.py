"""How renderings of terms are shown: a report for people, rows for programs, a page to look at."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bicorpus.cli.terms.options import PAGE_STYLE, write_lines
from bicorpus.counted import counted

if TYPE_CHECKING:
    from bicorpus.terms.consistency_renderings import Consistency, TermRendering

FORMATS = ("text", "tsv", "jsonl", "html")
_COLUMNS = (
    "term", "met", "unlinked", "mixed_articles", "rendering", "count", "surprise", "link_score",
    "outlets", "articles", "places",
)  # fmt: skip
_SHOWN = 3
# Renderings of a term in the reports; the rows have them all.
_MOST_SHOWN = 8


def write_terms(found: Sequence[Consistency], form: str, output: str) -> None:
    """Write the terms in a format to a file, or to standard output ("-")."""
    writers: dict[str, Callable[[Sequence[Consistency]], Iterator[str]]] = {
        "text": _text,
        "tsv": _tsv,
        "jsonl": _jsonl,
        "html": _html,
    }
    write_lines(writers[form](found), output)


def _text(found: Sequence[Consistency]) -> Iterator[str]:
    for term in found:
        mixed = f", in more than one way in {counted(term.mixed, 'article')}" if term.mixed else ""
        unlinked = f", {term.unlinked} of them unlinked" if term.unlinked else ""
        yield (
            click.style(term.form, bold=True)
            + f"  (met {counted(term.count, 'time')}{unlinked}{mixed})"
        )
        for one in term.renderings[:_MOST_SHOWN]:
            odd = click.style(f"{one.surprise:4.1f}", fg="yellow") if one.surprise else " " * 4
            yield f"  {odd} {one.count:>4}  {one.form}  ({_where(one)})"
        if len(term.renderings) > _MOST_SHOWN:
            yield f"       and {counted(len(term.renderings) - _MOST_SHOWN, 'rendering')} more"


def _where(one: TermRendering) -> str:
    """Return the places of a rare rendering; of a usual one, the outlets and some places."""
    places = "; ".join(f"{place.origin}, bead {place.number}" for place in one.places[:_SHOWN])
    if one.count <= _SHOWN:
        return places
    outlets = ", ".join(f"{outlet} {count}" for outlet, count in one.outlets[:_SHOWN])
    more = (
        f" and {counted(len(one.outlets) - _SHOWN, 'outlet')} more"
        if len(one.outlets) > _SHOWN
        else ""
    )
    return (
        f"{counted(len(one.articles), 'article')}: {outlets}{more}; {one.count} places: {places}; …"
    )


def _rows(found: Sequence[Consistency]) -> Iterator[tuple[Consistency, TermRendering]]:
    for term in found:
        for one in term.renderings:
            yield term, one


def _tsv(found: Sequence[Consistency]) -> Iterator[str]:
    yield "\t".join(_COLUMNS)
    for term, one in _rows(found):
        cells = (
            term.form,
            str(term.count),
            str(term.unlinked),
            str(term.mixed),
            one.form,
            str(one.count),
            f"{one.surprise:.2f}",
            f"{one.link:.2f}",
            " | ".join(f"{outlet}: {count}" for outlet, count in one.outlets),
            " | ".join(f"{origin}: {count}" for origin, count in one.articles),
            " | ".join(map(str, one.places)),
        )
        yield "\t".join(" ".join(cell.split()) for cell in cells)


def _jsonl(found: Sequence[Consistency]) -> Iterator[str]:
    for term, one in _rows(found):
        row = {
            "term": term.form,
            "met": term.count,
            "unlinked": term.unlinked,
            "mixed_articles": term.mixed,
            "rendering": one.form,
            "count": one.count,
            "surprise": one.surprise,
            "link_score": one.link,
            "outlets": dict(one.outlets),
            "articles": dict(one.articles),
            "places": [{"document": place.origin, "bead": place.number} for place in one.places],
        }
        yield json.dumps(row, ensure_ascii=False)


def _html(found: Sequence[Consistency]) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width"><title>Renderings</title>'
    yield f"<style>{PAGE_STYLE}</style></head><body><h1>Terms and their renderings</h1>"
    yield (
        "<p>The oddest first. A rendering is the odder the more usual the term’s usual one, which "
        "stands first, is beside it.</p>"
    )
    yield "<table><thead><tr><th scope=col>Term</th><th scope=col>Rendering</th>"
    yield "<th scope=col>Count</th><th scope=col>Odd</th><th scope=col>Where</th></tr></thead>"
    yield "<tbody>"
    for term in found:
        for number, one in enumerate(term.renderings[:_MOST_SHOWN]):
            name = f"{html.escape(term.form)} ({term.count})" if number == 0 else ""
            odd = f"{one.surprise:.1f}" if one.surprise else ""
            yield (
                f"<tr><td>{name}</td>"
                f"<td{' class=other' if odd else ''}>{html.escape(one.form)}</td>"
                f'<td class="count">{one.count}</td><td class="count">{odd}</td>'
                f'<td class="places">{html.escape(_where(one))}</td></tr>'
            )
    yield "</tbody></table></body></html>"
