"""Writes the findings of pairs of lines: for people, as JSON lines, as a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import IO

import click

from bicorpus.data import Finding, Span
from bicorpus.exporters.jsonl import finding_record

Write = Callable[[int, str, str, Sequence[Finding]], None]
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_RANKS = {"info": 0, "warning": 1, "error": 2}
_HEAD = (
    "line", "check", "severity", "message", "source_start", "source_end", "target_start",
    "target_end", "source", "target",
)  # fmt: skip


def write_jsonl(stream: IO[str]) -> Write:
    """Return what writes an object a line: its number, both texts, the findings."""

    def write(number: int, source: str, target: str, findings: Sequence[Finding]) -> None:
        record = {
            "line": number,
            "source": source,
            "target": target,
            "findings": [finding_record(one) for one in findings],
        }
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")

    return write


def write_tsv(stream: IO[str]) -> Write:
    """Return what writes a head and a row a finding; tabs and line ends in texts are blanks."""
    stream.write("\t".join(_HEAD) + "\n")

    def write(number: int, source: str, target: str, findings: Sequence[Finding]) -> None:
        for one in findings:
            ends = [
                str(end)
                for span in (one.source_span, one.target_span)
                for end in ((span.start, span.end) if span else ("", ""))
            ]
            cells = [str(number), one.check, one.severity, one.message, *ends, source, target]
            stream.write("\t".join(" ".join(cell.splitlines()).replace("\t", " ")
                                   for cell in cells) + "\n")  # fmt: skip

    return write


def write_text(stream: IO[str]) -> Write:
    """Return what writes lines with findings: both texts, what is meant underlined, the messages.

    On a terminal in colours; else the stretches stand underlined by a row of marks below.
    """
    is_coloured = stream.isatty()

    def write(number: int, source: str, target: str, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        places = [
            [(span, one.severity) for one in findings if (span := getattr(one, side))]
            for side in ("source_span", "target_span")
        ]
        head = f"{number}: "
        lines = []
        for text, some in zip((source, target), places, strict=True):
            lines += _underlined(head, text, some, is_coloured=is_coloured)
            head = " " * len(head)
        for one in findings:
            label = f"{one.severity}: {one.check}"
            shown = click.style(label, fg=_COLOURS[one.severity], bold=True)
            lines.append(f"{head}{shown if is_coloured else label}: {one.message}")
        stream.write("\n".join(lines) + "\n\n")

    return write


def _underlined(
    head: str, text: str, places: Sequence[tuple[Span, str]], *, is_coloured: bool
) -> list[str]:
    """Return the text with its places marked, as one line in colours or as two without."""
    worst: list[str | None] = [None] * len(text)
    for span, severity in places:
        for at in range(span.start, min(span.end, len(text))):
            if _RANKS[severity] > _RANKS.get(worst[at] or "", -1):
                worst[at] = severity
    # A tab has no one width: shown as a blank, it keeps the marks below the letters.
    plain = text.replace("\t", " ")
    if not is_coloured:
        marks = "".join(" " if mark is None else "^" for mark in worst).rstrip()
        return [head + plain, *([" " * len(head) + marks] if marks else [])]
    shown: list[str] = []
    start = 0
    for end in range(1, len(plain) + 1):
        if end == len(plain) or worst[end] != worst[start]:
            shown.append(_coloured(plain[start:end], worst[start]))
            start = end
    return [head + "".join(shown)]


def _coloured(part: str, severity: str | None) -> str:
    if severity is None:
        return part
    return click.style(part, fg=_COLOURS[severity], underline=True)


WRITERS: dict[str, Callable[[IO[str]], Write]] = {
    "jsonl": write_jsonl,
    "text": write_text,
    "tsv": write_tsv,
}
