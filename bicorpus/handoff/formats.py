"""The forms that evaluators read: WMT XML, MetricX and COMET JSON lines, ESA for Pearmut."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from bicorpus.data import Finding
from bicorpus.exporters.characters import xml_attribute, xml_content
from bicorpus.handoff.error_spans import ErrorSpan, error_spans
from bicorpus.handoff.plan import Line, Plan
from bicorpus.handoff.units import Unit

TRANSLATOR = "reference"
Written = Sequence[tuple[Unit, Line]]


def wmt_head(plan: Plan) -> str:
    """Return what stands before the documents."""
    run = plan.header.run or "corpus"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<dataset id="bicorpus-{xml_attribute(run)}">\n'


WMT_TAIL = "</dataset>\n"


def wmt_document(plan: Plan, units: Written) -> str:
    """Return a document: its sources, the reference if there is one, then each system.

    Segments are numbered from 1 and have the same numbers on all sides; a paragraph is a segment
    of the source text.
    """
    source, target = plan.header.source_language, plan.header.target_language
    lines = [f'  <doc id="{xml_attribute(units[0][1].docid)}" origlang="{source}">\n']
    lines += _wmt_side("src", {"lang": source}, units, [line.source for _, line in units])
    if plan.has_reference:
        texts = [line.reference or "" for _, line in units]
        lines += _wmt_side("ref", {"lang": target, "translator": TRANSLATOR}, units, texts)
    for index, system in enumerate(plan.systems):
        texts = [line.hypotheses[index][1] for _, line in units]
        lines += _wmt_side("hyp", {"lang": target, "system": system}, units, texts)
    return "".join([*lines, "  </doc>\n"])


def _wmt_side(
    tag: str, attributes: Mapping[str, str], units: Written, texts: Sequence[str]
) -> Iterator[str]:
    written = "".join(f' {name}="{xml_attribute(text)}"' for name, text in attributes.items())
    yield f"    <{tag}{written}>\n"
    numbered = list(enumerate(zip(units, texts, strict=True), 1))
    for _, paragraph in groupby(numbered, key=lambda one: one[1][0][0].segment):
        yield "      <p>\n"
        for number, (_, text) in paragraph:
            yield f'        <seg id="{number}">{xml_content(text)}</seg>\n'
        yield "      </p>\n"
    yield f"    </{tag}>\n"


def metricx_line(line: Line, system: int) -> str:
    """Return a line for MetricX; without a reference that is empty, as its models expect."""
    return _json({
        "source": line.source,
        "hypothesis": line.hypotheses[system][1],
        "reference": line.reference or "",
    })  # fmt: skip


def comet_line(line: Line, system: int) -> str:
    """Return a line for COMET; models that do without a reference do not look for "ref"."""
    record = {"src": line.source, "mt": line.hypotheses[system][1]}
    return _json(record | ({"ref": line.reference} if line.reference is not None else {}))


def esa_head(plan: Plan) -> str:
    """Return what stands before the documents of a campaign."""
    info = {"assignment": "single-stream", "protocol": "ESA", "users": 1}
    name = f"bicorpus-{plan.header.run or 'corpus'}"
    return f'{{"campaign_id": {_json(name)}, "info": {_json(info)}, "data": [\n'


ESA_TAIL = "\n]}\n"


def esa_document(units: Iterable[tuple[int, Line, Mapping[str, Sequence[Finding]]]]) -> str:
    """Return a document as a list of items, in one line; units come with their line numbers.

    Errors are major, warnings minor, infos are left out: they are no errors. The spans can be
    changed by whoever reviews them.
    """
    items = []
    for number, line, findings in units:
        targets = dict(line.hypotheses)
        item: dict[str, Any] = {
            "item_id": f"{line.docid} line {number}",
            "doc_id": line.docid,
            "src": line.source,
            "tgt": targets,
            "error_spans": {
                name: list(map(_span, error_spans(text, findings.get(name, ()))))
                for name, text in targets.items()
            },
            # Pearmut keeps keys that it does not know in its logs.
            "findings": {
                name: [f"{one.severity} {one.check}: {one.message}" for one in found]
                for name, found in findings.items()
            },
        }
        if line.reference is not None:
            item["ref"] = line.reference
        items.append(item)
    return _json(items)


def _span(span: ErrorSpan) -> dict[str, Any]:
    return {
        "start_i": span.first,
        "end_i": span.last,
        "severity": span.severity,
        "category": None,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
