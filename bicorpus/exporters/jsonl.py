"""JSONL: an object a document with every layer of it, stand-off: texts, and spans into them.

The shape is in docs/corpus.schema.json. Spans count code points of their text, end exclusive;
those of findings count from the start of the bead's text, as everywhere in bicorpus.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bicorpus.data import Bead, Claim, ClaimLink, Finding, Side, Span
from bicorpus.exporters.characters import Replacements, surrogates, without_surrogates
from bicorpus.exporters.formats import Format
from bicorpus.exporters.rows import ArticleRows, CorpusHeader, Written

VERSION = 2

_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")


def write_jsonl(
    articles: Iterable[ArticleRows], header: CorpusHeader, paths: Sequence[Path]
) -> Written:
    """Write an object a line for each article; it holds the beads that `rows` name, by number."""
    written = 0
    replacements = Replacements()
    with paths[0].open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            line = json_line(document_record(article, header))
            # A lone surrogate has no place in UTF-8; nothing else needs to be replaced here.
            if found := surrogates(line):
                replacements.add(article.article.source.document.origin, found)
            file.write(without_surrogates(line) + "\n")
            written += 1
    return Written(written, 0, replacements.rows, replacements.places)


def json_line(record: dict[str, Any]) -> str:
    """Return `record` as JSON that is one line for every reader.

    JSON lets NEL, LS and PS stand as they are, but str.splitlines and others break lines there.
    """
    line = json.dumps(record, ensure_ascii=False)
    if line.isprintable():
        return line
    return _LINE_BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def document_record(rows: ArticleRows, header: CorpusHeader) -> dict[str, Any]:
    """Return all that is known about an article as plain values."""
    article = rows.article
    document, target = article.source.document, article.target
    kept = [(row.number, article.beads[row.number - 1]) for row in rows.rows]
    return {
        "format": VERSION,
        "id": document.id,
        "origin": document.origin,
        "title": document.title,
        "encoding": document.encoding,
        "encoding_guessed": document.encoding_guessed,
        "signature": header.signature,
        "failure": article.failure,
        "source": _side(article.source),
        "target": _side(target) if target else None,
        "beads": [_bead(number, bead, article.source, target) for number, bead in kept],
        "claim_links": None
        if article.claim_links is None
        else [_claim_link(link) for link in article.claim_links],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "language": side.document.language,
        "text": side.document.text,
        "segments": [
            {**_ends(one.span), "kind": one.kind.value, "repeat": one.repeat}
            for one in side.segments
        ],
        "sentences": [
            {"number": one.number, **_ends(one.span), "segment": one.segment + 1}
            for one in side.sentences
        ],
        "claims": None if side.claims is None else [_claim(claim, side) for claim in side.claims],
    }


def _claim(claim: Claim, side: Side) -> dict[str, Any]:
    said = claim.attribution
    return {
        "sentence": side.sentences[claim.sentence].number,
        "spans": [_ends(span) for span in claim.spans],
        "attribution": said and {"source": _place(said.source), "cue": _place(said.cue)},
        "stance": claim.stance,
        "hedged": claim.hedged,
        "negated": claim.negated,
        "quantities": [
            {
                **_ends(one.span),
                "kind": one.kind,
                "value": one.value,
                "bound": one.bound,
                "unit": one.unit,
            }
            for one in claim.quantities
        ],
        "names": [{**_ends(one.span), "kind": one.kind} for one in claim.names],
    }


def _claim_link(link: ClaimLink) -> dict[str, Any]:
    return {
        "source": None if link.source is None else link.source + 1,
        "target": None if link.target is None else link.target + 1,
        "target_spans": [_ends(span) for span in link.target_spans],
        "verdict": link.verdict,
        "score": link.score,
        "reason": link.reason,
        "findings": [finding_record(one) for one in link.findings],
    }


def _bead(number: int, bead: Bead, source: Side, target: Side | None) -> dict[str, Any]:
    return {
        "number": number,
        "type": bead.shape,
        "source": _numbers(source, bead.source),
        "target": _numbers(target, bead.target) if target else [],
        "known": bead.known,
        "score": bead.score,
        "translation_score": bead.translation_score,
        "flags": list(bead.flags),
        "findings": [finding_record(one) for one in bead.findings],
        "links": None
        if bead.links is None
        else [
            [one.source.start, one.source.end, one.target.start, one.target.end, one.score]
            for one in bead.links
        ],
    }


def _numbers(side: Side, indices: Span) -> list[int]:
    return [one.number for one in side.sentences[indices.start : indices.end]]


def finding_record(finding: Finding) -> dict[str, Any]:
    """Return a finding as an object; spans count code points of their text, None where none is."""
    return {
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "source": _place(finding.source_span),
        "target": _place(finding.target_span),
    }


def _place(span: Span | None) -> dict[str, int] | None:
    return None if span is None else _ends(span)


def _ends(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def check_jsonl(paths: Sequence[Path], written: Written) -> list[str]:
    """Return what is wrong: lines that are no object, spans and numbers that lead nowhere."""
    problems: list[str] = []
    lines = 0
    with paths[0].open(encoding="utf-8", newline="\n") as file:
        for lines, line in enumerate(file, 1):
            try:
                problems += [f"line {lines}: {one}" for one in _record_problems(json.loads(line))]
            except json.JSONDecodeError as error:
                problems.append(f"line {lines}: no JSON: {error.msg}")
    if lines != written.rows:
        problems.append(f"{lines} lines instead of {written.rows}")
    return problems


def _record_problems(record: dict[str, Any]) -> list[str]:
    problems = []
    numbers: dict[str, set[int]] = {"source": set(), "target": set()}
    for name in numbers:
        if side := record[name]:
            numbers[name] = {sentence["number"] for sentence in side["sentences"]}
            size = len(side["text"])
            ends = [one["end"] for layer in ("segments", "sentences") for one in side[layer]]
            if max(ends, default=0) > size:
                problems.append(f"a span of the {name} ends behind its text of {size}")
    problems += [
        f"bead {bead['number']} names a {name} sentence that is not there"
        for bead in record["beads"]
        for name, known in numbers.items()
        if not known.issuperset(bead[name])
    ]
    return problems


JSONL = Format(write=write_jsonl, check=check_jsonl, unit="documents")
