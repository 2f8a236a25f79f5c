"""`bicorpus explain`: one claim with everything that speaks for and against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bicorpus.claims.quantities.reading import Quantity
    from bicorpus.data import Span
    from bicorpus.derived.explanation import Explanation
    from bicorpus.exporters.claim_rows import ClaimRow, ClaimSide

_COLOURS = {"kept": "green", "changed": "yellow", "lost": "red", "added": "red"}
_LABEL = 12


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, file_okay=False), metavar="CORPUS")
@click.argument("claim", metavar="CLAIM-ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
def explain(corpus: Path, claim: str, *, form: str) -> None:
    """Show one claim of CORPUS: its sentence, word links, checks, where each figure came from.

    CLAIM-ID stands in the columns source_claim and target_claim of claims.tsv. On a terminal the
    claim's words are underlined.

    \b
    Examples:
      bicorpus explain corpus 0a1b2c3d4e5f6071-c3
      bicorpus explain corpus 0a1b2c3d4e5f6071-c3 --format json | jq .links
    """
    from bicorpus.derived.explanation import explain as find_explanation
    from bicorpus.store import Project

    with Project(corpus, writable=False) as project:
        found = find_explanation(project, claim)
    if form == "json":
        click.echo(json.dumps(_record(found), ensure_ascii=False, indent=2))
        return
    for label, text in _lines(found):
        click.echo(f"{click.style(f'{label:<{_LABEL}}', bold=True)} {text}")


def _lines(found: Explanation) -> Iterator[tuple[str, str]]:
    row = found.row
    score = "" if row.score is None else f" (score {row.score:.2f})"
    verdict = click.style(row.verdict or "not compared", fg=_COLOURS.get(row.verdict), bold=True)
    yield "claim", row.id
    yield "verdict", f"{verdict}{score}"
    yield "reason", row.reason or "it stands in a document of the target language"
    yield "origin", f"{row.origin}, {row.kind}"
    yield "source", _underlined(found.source_text, found.source_spans)
    yield "target", _underlined(found.target_text, found.target_spans) or "none"
    yield from _both("said by", row, _said)
    yield from _both("wording", row, _wording)
    yield from _figures(found)
    yield from _both("names", row, lambda side: ", ".join(side.names))
    yield from _links(found)
    for finding in row.findings:
        yield finding.severity, f"{finding.check}: {finding.message}"
    if row.group:
        yield "group", f"{row.group}, with {len(found.members)} others"
    for member in found.members:
        yield "", f"{member.origin}: {member.source.text}"


def _both(label: str, row: ClaimRow, tell: Any) -> Iterator[tuple[str, str]]:
    here, there = tell(row.source), tell(row.target)
    if here or there:
        yield label, f"{here or 'none'} : {there or 'none'}"


def _said(side: ClaimSide) -> str:
    parts = [part for part in (side.speaker, side.cue) if part]
    if side.stance is None:
        return ""
    return f"{', '.join(parts) or 'somebody unnamed'} ({side.stance})"


def _wording(side: ClaimSide) -> str:
    marks = [name for name in ("hedged", "negated") if getattr(side, name)]
    return " and ".join(marks)


def _figures(found: Explanation) -> Iterator[tuple[str, str]]:
    sides = (("source", found.source_quantities), ("target", found.target_quantities))
    for name, quantities in sides:
        for quantity in quantities:
            yield "figure", f"{name}: {_told(quantity)}"


def _told(quantity: Quantity) -> str:
    """Say how a quantity was read: "rund 11.000 Soldaten" is about 11000 soldiers."""
    from bicorpus.claims.gold_form import plain_value

    value = plain_value(quantity.value)
    bound = "" if quantity.bound == "exact" else f"{quantity.bound} "
    unit = f" {quantity.unit}" if quantity.unit else ""
    told = f"{quantity.kind} {bound}{'vague' if value is None else value}{unit}"
    figure = (
        "" if quantity.figure_text == quantity.text else f', the figure is "{quantity.figure_text}"'
    )
    return f'"{quantity.text}" is {told}{figure}'


def _links(found: Explanation) -> Iterator[tuple[str, str]]:
    if found.links is None:
        yield "links", "not computed"
        return
    told = [
        f"{link.source.of(found.source_text)} = {link.target.of(found.target_text)} "
        f"{link.score:.2f}"
        for link in found.links
    ]
    yield "links", "; ".join(told) or "none"


def _underlined(text: str, spans: tuple[Span, ...]) -> str:
    parts, place = [], 0
    for span in spans:
        parts += [text[place : span.start], click.style(span.of(text), underline=True)]
        place = span.end
    return " ".join("".join([*parts, text[place:]]).split())


def _record(found: Explanation) -> dict[str, Any]:
    row = found.row
    return {
        "claim": row.id,
        "verdict": row.verdict or None,
        "score": row.score,
        "reason": row.reason,
        "origin": row.origin,
        "kind": row.kind,
        "source": _side_record(row.source, found.source_text, found.source_spans),
        "target": _side_record(row.target, found.target_text, found.target_spans),
        "figures": {
            "source": [_told(one) for one in found.source_quantities],
            "target": [_told(one) for one in found.target_quantities],
        },
        "links": None
        if found.links is None
        else [
            {
                "source": link.source.of(found.source_text),
                "target": link.target.of(found.target_text),
                "score": link.score,
            }
            for link in found.links
        ],
        "findings": [
            {"check": one.check, "severity": one.severity, "message": one.message}
            for one in row.findings
        ],
        "group": row.group or None,
        "members": [
            {"claim": one.id, "origin": one.origin, "text": one.source.text}
            for one in found.members
        ],
    }


def _side_record(side: ClaimSide, text: str, spans: tuple[Span, ...]) -> dict[str, Any]:
    return {
        "claim": side.claim or None,
        "context": text,
        "spans": [[span.start, span.end] for span in spans],
        "text": side.text,
        "speaker": side.speaker or None,
        "cue": side.cue or None,
        "stance": side.stance,
        "hedged": side.hedged,
        "negated": side.negated,
        "names": list(side.names),
    }
