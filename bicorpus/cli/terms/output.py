"""How the use of terms is shown: a report for people, rows for programs, a page to look at."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bicorpus.cli.terms.options import PAGE_STYLE, write_lines
from bicorpus.counted import counted

if TYPE_CHECKING:
    from bicorpus.terms.glossary import Term
    from bicorpus.terms.report import PlacedUse, TermSummary
    from bicorpus.terms.use import Use

FORMATS = ("text", "tsv", "jsonl", "html")
_COLUMNS = (
    "place", "term", "use", "wording", "rendering", "source_offset", "target_offset", "met_as",
    "preferred", "domain",
)  # fmt: skip
_GLOSSARY_COLUMNS = (
    "source", "target", "allowed", "forbidden", "part_of_speech", "domain", "note",
    "case_sensitive",
)  # fmt: skip
_COLOURS = {"forbidden": "red", "untranslated": "red", "other": "yellow", "missing": "yellow"}
_FINE = frozenset({"right", "inflected", "variant"})
_SHOWN_PLACES = 3


def write_uses(
    uses: Iterable[PlacedUse], form: str, output: str, *, everything: bool
) -> frozenset[Use]:
    """Write the uses in a format to a file, or to standard output ("-"); return which there were.

    They are read once, and only what is told of each term is held.
    """
    writers: dict[str, Callable[[Iterable[PlacedUse], bool], Iterator[str]]] = {
        "text": _text,
        "tsv": _tsv,
        "jsonl": _jsonl,
        "html": _html,
    }
    seen: set[Use] = set()

    def noted() -> Iterator[PlacedUse]:
        for one in uses:
            seen.add(one.use.use)
            yield one

    write_lines(writers[form](noted(), everything), output)
    return frozenset(seen)


def _reported(summaries: Iterable[TermSummary], *, everything: bool) -> list[TermSummary]:
    return [one for one in summaries if everything or not _FINE.issuperset(one.uses)]


def _text(uses: Iterable[PlacedUse], everything: bool) -> Iterator[str]:
    from bicorpus.terms.report import summarise

    summaries = summarise(uses)
    for one in _reported(summaries, everything=everything):
        wanted = f" → {', '.join(one.term.targets)}" if one.term.targets else ""
        met = counted(one.total, "time")
        yield click.style(f"{one.term.source}{wanted}", bold=True) + f"  (met {met})"
        for use, rendering, count, places in one.rows():
            label = click.style(f"{use:<13}", fg=_COLOURS.get(use))
            more = f" and {count - _SHOWN_PLACES} more" if count > _SHOWN_PLACES else ""
            shown = "; ".join(places[:_SHOWN_PLACES])
            yield f"  {label} {count:>4}  {rendering or '-'}  ({shown}{more})"
    yield _closing_line(summaries)


def _closing_line(summaries: Sequence[TermSummary]) -> str:
    from bicorpus.terms.report import USES

    counts: Counter[Use] = Counter()
    for one in summaries:
        counts.update(one.uses)
    told = ", ".join(f"{counts[use]} {use}" for use in USES if counts[use])
    met = f"{counted(len(summaries), 'term')} met {counted(counts.total(), 'time')}"
    return f"{met}: {told}" if told else met


def _row(placed: PlacedUse) -> dict[str, str]:
    use = placed.use
    return dict(
        zip(
            _COLUMNS,
            (
                placed.place,
                use.term.source,
                use.use,
                use.wording,
                use.rendering,
                str(use.source_span),
                str(use.target_span or ""),
                use.how,
                " | ".join(use.term.targets),
                use.term.domain,
            ),
            strict=True,
        )
    )


def _rows(uses: Iterable[PlacedUse], everything: bool) -> Iterator[dict[str, str]]:
    for one in uses:
        if everything or one.use.use not in _FINE:
            yield _row(one)


def _tsv(uses: Iterable[PlacedUse], everything: bool) -> Iterator[str]:
    yield "\t".join(_COLUMNS)
    for row in _rows(uses, everything):
        yield "\t".join(" ".join(cell.split()) for cell in row.values())


def _jsonl(uses: Iterable[PlacedUse], everything: bool) -> Iterator[str]:
    for row in _rows(uses, everything):
        yield json.dumps(row, ensure_ascii=False)


def _html(uses: Iterable[PlacedUse], everything: bool) -> Iterator[str]:
    from bicorpus.terms.report import summarise

    summaries = summarise(uses)
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width"><title>Terms</title>'
    yield f"<style>{PAGE_STYLE}</style></head><body><h1>How the terms are rendered</h1>"
    yield f"<p>{html.escape(_closing_line(summaries))}</p>"
    yield "<table><thead><tr><th scope=col>Term</th><th scope=col>Wanted</th>"
    yield "<th scope=col>Use</th><th scope=col>Rendering</th><th scope=col>Count</th>"
    yield "<th scope=col>Where</th></tr></thead><tbody>"
    for one in _reported(summaries, everything=everything):
        for use, rendering, count, places in one.rows():
            cells = (one.term.source, ", ".join(one.term.targets))
            yield (
                "<tr>"
                + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
                + f'<td class="{use}">{use}</td><td>{html.escape(rendering or "–")}</td>'
                f'<td class="count">{count}</td>'
                f'<td class="places">{html.escape("; ".join(places))}</td></tr>'
            )
    yield "</tbody></table></body></html>"


def glossary_lines(terms: Iterable[Term]) -> Iterator[str]:
    """Yield the lines of a glossary as the table that `terms import` writes."""
    yield "\t".join(_GLOSSARY_COLUMNS) + "\n"
    for term in terms:
        cells = (
            term.source,
            " | ".join(term.targets),
            " | ".join(term.allowed),
            " | ".join(term.forbidden),
            term.part_of_speech,
            term.domain,
            term.note,
            "yes" if term.case_sensitive else "",
        )
        yield "\t".join(" ".join(cell.split()) for cell in cells) + "\n"
