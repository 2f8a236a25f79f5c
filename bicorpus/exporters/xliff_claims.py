"""Claims in XLIFF: annotations around their words, and what became of them as metadata and notes.

XLIFF has a span an annotation, so each stretch of a claim has its own: `c3`, `c3.2`. Words of a
claim in the source and its words in the target have the same id, as the standard wants it of what
corresponds; they are then elements of the same name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bicorpus.data import Span
from bicorpus.exporters.characters import one_line, xml_attribute, xml_content
from bicorpus.exporters.claim_rows import ClaimRow
from bicorpus.exporters.rows import BeadRow

ANNOTATION = "bicorpus:claim"

# What people should look at first; see the priorities of findings.
_PRIORITY = {"lost": 1, "changed": 1, "added": 4}


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation of the code points `span` of a unit's text; `claim` is the claim's id."""

    id: str
    claim: str
    span: Span


@dataclass(slots=True)
class UnitClaims:
    """The claims of a unit by the id of their first annotation, and all annotations.

    `crossing` are ids of annotations that cross others on a side, and cannot be elements there.
    """

    claims: dict[str, ClaimRow] = field(default_factory=dict)
    source: list[Mark] = field(default_factory=list)
    target: list[Mark] = field(default_factory=list)
    crossing: frozenset[str] = frozenset()


def claims_of_units(rows: Sequence[BeadRow], claims: Iterable[ClaimRow]) -> list[UnitClaims]:
    """Return for each of the rows of a document the claims that have words in it."""
    found = [UnitClaims() for _ in rows]
    sources = _Places([row.source_span for row in rows])
    targets = _Places([row.target_span for row in rows])
    for claim in claims:
        parts = sources.parts(claim.source.spans), targets.parts(claim.target.spans)
        for index in sorted({*parts[0], *parts[1]}):
            unit = found[index]
            name = f"c{len(unit.claims) + 1}"
            unit.claims[name] = claim
            unit.source += _marks(name, claim.id, parts[0].get(index, ()))
            unit.target += _marks(name, claim.id, parts[1].get(index, ()))
    for unit in found:
        unit.crossing = _crossing(unit.source) | _crossing(unit.target)
    return found


class _Places:
    """Finds the units in which spans of a document's text lie."""

    def __init__(self, spans: Sequence[Span | None]) -> None:
        # Beads may stand in another order on the other side; they never overlap.
        self._units = sorted((span, index) for index, span in enumerate(spans) if span)
        self._starts = [span.start for span, _ in self._units]

    def parts(self, spans: Iterable[Span]) -> dict[int, list[Span]]:
        """Return the parts of `spans` by unit, counted from the start of its text."""
        found: dict[int, list[Span]] = defaultdict(list)
        for span in spans:
            place = max(bisect_right(self._starts, span.start) - 1, 0)
            for unit, index in self._units[place:]:
                if unit.start >= span.end:
                    break
                start, end = max(span.start, unit.start), min(span.end, unit.end)
                if start < end:
                    found[index].append(Span(start - unit.start, end - unit.start))
        return found


def _marks(name: str, claim: str, spans: Iterable[Span]) -> Iterator[Mark]:
    for number, span in enumerate(sorted(spans), 1):
        yield Mark(name if number == 1 else f"{name}.{number}", claim, span)


def _outer_first(mark: Mark) -> tuple[int, int]:
    return mark.span.start, -mark.span.end


def _crossing(marks: Iterable[Mark]) -> frozenset[str]:
    """Return the ids of marks without which all others lie side by side or inside one another."""
    crossing, around = set(), list[Span]()
    for mark in sorted(marks, key=_outer_first):
        while around and around[-1].end <= mark.span.start:
            around.pop()
        if around and mark.span.end > around[-1].end:
            crossing.add(mark.id)
        else:
            around.append(mark.span)
    return frozenset(crossing)


def annotated(text: str, marks: Sequence[Mark], crossing: frozenset[str]) -> str:
    """Return the content of `text` with its annotations: `mrk`, or `sm` and `em` where they cross.

    The text alone is what `xml_content` makes of it.
    """
    if not marks:
        return xml_content(text)
    starts: dict[int, str] = defaultdict(str)
    ends: dict[int, str] = defaultdict(str)
    for mark in sorted(marks, key=_outer_first):
        value = f'type="{ANNOTATION}" value="{xml_attribute(mark.claim)}"'
        if mark.id in crossing:
            starts[mark.span.start] += f'<sm id="{mark.id}" {value}/>'
            # In front of what closes here, so that no start tag of its own has to be minded.
            ends[mark.span.end] = f'<em startRef="{mark.id}"/>{ends[mark.span.end]}'
        else:
            starts[mark.span.start] += f'<mrk id="{mark.id}" {value}>'
            ends[mark.span.end] += "</mrk>"
    parts, done = [], 0
    for place in sorted({*starts, *ends}):
        parts.append(f"{xml_content(text[done:place])}{ends[place]}{starts[place]}")
        done = place
    return "".join(parts) + xml_content(text[done:])


def claim_facts(claim: ClaimRow) -> Iterator[tuple[str, str]]:
    """Yield what became of a claim; its match quality is a percentage, as XLIFF has it."""
    yield "claim", claim.id
    yield "verdict", claim.verdict
    yield "match-quality", "" if claim.score is None else f"{100 * claim.score:.2f}"
    yield "reason", claim.reason
    yield "group", claim.group


def claim_notes(unit: UnitClaims) -> Iterator[str]:
    """Yield a note for people about each claim that is not kept."""
    for claim in unit.claims.values():
        if claim.verdict in _PRIORITY:
            side = "target" if claim.verdict == "added" else "source"
            text = one_line(f'"{claim.source_text or claim.target_text}": {claim.reason}')
            yield (
                f'        <note category="claim-{claim.verdict}" appliesTo="{side}" '
                f'priority="{_PRIORITY[claim.verdict]}">{xml_content(text)}</note>\n'
            )
