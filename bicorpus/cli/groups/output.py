"""Groups of claims as text for a terminal, tables, JSON lines, and a page for a browser."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bicorpus.exporters.characters import one_line

if TYPE_CHECKING:
    from bicorpus.claims.quantities.reading import Quantity
    from bicorpus.derived.groups import ListedGroup
    from bicorpus.exporters.claim_rows import ClaimRow

FORMATS = ("text", "jsonl", "tsv", "html")
_COLUMNS = (
    "group", "documents", "value", "bound", "unit", "claim", "origin", "sentence", "language",
    "kind", "speaker", "stance", "text",
)  # fmt: skip


def write_groups(
    groups: Sequence[ListedGroup], form: str, *, title: str, closing: Sequence[str]
) -> None:
    """Print `groups` in one of `FORMATS`; in tables and JSON lines, `closing` goes to stderr."""
    if form == "text":
        lines = _text_lines(groups)
    elif form == "html":
        lines = _html_lines(groups, title, closing)
    else:
        lines = _json_lines(groups) if form == "jsonl" else _table_lines(groups)
    for line in lines:
        click.echo(line)
    if form != "html":
        for line in closing:
            click.echo(line, err=form != "text")


def closing_lines(shown: Sequence[ListedGroup], *, hidden: int, total: int) -> list[str]:
    """Return what there is to say below: how many groups, and what is not shown."""
    if not total:
        return ["No two claims report the same; `bicorpus stats` tells how many there are."]
    in_conflict = sum(bool(one.conflicts) for one in shown)
    members = sum(len(one.members) for one in shown)
    lines = [
        f"{_count(len(shown), 'group')} of {_count(members, 'claim')}, "
        f"{in_conflict} with figures that differ."
    ]
    if hidden:
        lines.append(
            f"{_count(hidden, 'group')} inside one document not shown; --all shows them, too."
        )
    return lines


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _heading(group: ListedGroup) -> str:
    return (
        f"{_count(len(group.members), 'claim')} in {_count(group.documents, 'document')}"
        f"{', figures differ' if group.conflicts else ''}"
    )


def _text_lines(groups: Sequence[ListedGroup]) -> Iterator[str]:
    for group in groups:
        colour = "yellow" if group.conflicts else None
        yield f"{click.style(group.name, bold=True)}  {click.style(_heading(group), fg=colour)}"
        told = {at: _figure(one) for at, one in group.figures.items()}
        width = max(map(len, told.values()), default=-2) + 2
        for at, member in enumerate(group.members):
            figure = click.style(f"{told.get(at, ''):<{width}}", fg="yellow", bold=True)
            yield f"  {figure}{_quoted(member)}"
            yield click.style(f"  {'':{width}}{_place(member)}  {member.source.claim}", dim=True)
        yield ""


def _figure(one: Quantity) -> str:
    """Return a figure as it was read: "over 10,000 soldiers", "2024-08-06"."""
    value, bound, unit = _fields(one)
    number = f"{value:,}" if isinstance(value, int | float) else value
    return " ".join(part for part in (bound, str(number), unit) if part)


def _fields(one: Quantity) -> tuple[float | str | None, str, str]:
    """Return value, bound and unit; no bound for an exact one."""
    from bicorpus.claims.gold_form import plain_value

    return plain_value(one.value), "" if one.bound == "exact" else one.bound, one.unit or ""


def _quoted(member: ClaimRow) -> str:
    speaker = one_line(member.source.speaker)
    if member.source.stance == "denied":
        speaker = f"denied by {speaker}" if speaker else "denied"
    return f"“{one_line(member.source.text)}”" + (f" ({speaker})" if speaker else "")


def _place(member: ClaimRow) -> str:
    return f"{one_line(member.origin)}, sentence {member.source.sentences[0]}"


def _table_lines(groups: Sequence[ListedGroup]) -> Iterator[str]:
    """Yield a header and a row a member; value, bound and unit of those that differ."""
    yield "\t".join(_COLUMNS)
    for group in groups:
        for at, member in enumerate(group.members):
            side, figure = member.source, group.figures.get(at)
            value, bound, unit = _fields(figure) if figure else ("", "", "")
            cells = (
                group.name, group.documents, value, bound, unit, side.claim, member.origin,
                side.sentences[0], member.source_language, member.kind, side.speaker,
                side.stance or "", side.text,
            )  # fmt: skip
            yield "\t".join(one_line(str(cell)) for cell in cells)


def _json_lines(groups: Sequence[ListedGroup]) -> Iterator[str]:
    """Yield an object a group; `conflicts` has the ids of two members and their figures."""
    for group in groups:
        figures = group.figures
        record = {
            "group": group.name,
            "documents": group.documents,
            "members": [
                {
                    "claim": one.source.claim,
                    "origin": one.origin,
                    "sentence": one.source.sentences[0],
                    "language": one.source_language,
                    "kind": one.kind,
                    "speaker": one.source.speaker or None,
                    "stance": one.source.stance,
                    "text": one.source.text,
                    "figure": _record(figures[at]) if at in figures else None,
                }
                for at, one in enumerate(group.members)
            ],
            "conflicts": [
                {
                    "claims": [group.members[at].source.claim for at in (one.first, one.second)],
                    "figures": [one.first_figure.text, one.second_figure.text],
                }
                for one in group.conflicts
            ],
        }
        yield json.dumps(record, ensure_ascii=False)


def _record(one: Quantity) -> dict[str, object]:
    value, _, unit = _fields(one)
    return {"text": one.text, "value": value, "bound": one.bound, "unit": unit or None}


_STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;max-width:60rem}
section{margin:1.5rem 0;border-top:1px solid color-mix(in srgb,currentColor 20%,transparent)}
h2{font-size:1rem;margin:.6rem 0}
h2.differ{color:light-dark(#a04000,#ffb070)}
table{border-collapse:collapse}
td{vertical-align:top;padding:.2rem 1rem .2rem 0}
td.figure{white-space:nowrap;font-weight:600;color:light-dark(#a04000,#ffb070)}
small{display:block;opacity:.7}
""".strip()


def _html_lines(groups: Sequence[ListedGroup], title: str, closing: Sequence[str]) -> Iterator[str]:
    """Yield a page that needs nothing but itself."""
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{_escaped(title)}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{_escaped(title)}</h1>" + "".join(f"<p>{_escaped(line)}</p>" for line in closing)
    for group in groups:
        differ = ' class="differ"' if group.conflicts else ""
        yield f'<section id="{group.name}"><h2{differ}>{group.name}: {_heading(group)}</h2><table>'
        for at, member in enumerate(group.members):
            figure = group.figures.get(at)
            told = _escaped(_figure(figure)) if figure else ""
            place = f"{_escaped(_place(member))} · {member.source.claim}"
            quote = f'<span lang="{member.source_language}">{_escaped(_quoted(member))}</span>'
            yield f'<tr><td class="figure">{told}</td><td>{quote}<small>{place}</small></td></tr>'
        yield "</table></section>"
    yield "</body></html>"


def _escaped(text: str) -> str:
    return html.escape(one_line(text))
