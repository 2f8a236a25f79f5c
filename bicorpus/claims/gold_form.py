"""Claims as the project's gold files write them: one JSON object a claim, texts beside spans."""

from __future__ import annotations

from typing import Any, Literal, cast

from bicorpus.data import Attribution, Claim, Figure, Name, Side, Span

_GAP = " … "


def claim_record(side: Side, claim: Claim, *, id: str) -> dict[str, Any]:  # noqa: A002 - its key
    """Return `claim` of `side` as a record that JSON can hold.

    Spans are [start, end] in code points of the document. A whole value is written as an integer.
    """
    text = side.document.text
    sentence = side.sentences[claim.sentence]
    return {
        "id": id,
        "sentence": _pair(sentence.span),
        "spans": [_pair(span) for span in claim.spans],
        "text": claim_text(text, claim),
        "kind": side.segments[sentence.segment].kind.value,
        "attribution": _attribution_record(text, claim.attribution),
        "stance": claim.stance,
        "hedged": claim.hedged,
        "negated": claim.negated,
        "quantities": [_figure_record(text, figure) for figure in claim.quantities],
        "names": [
            {"span": _pair(name.span), "text": name.span.of(text), "kind": name.kind}
            for name in claim.names
        ],
    }


def claim_text(text: str, claim: Claim) -> str:
    """Return the words of a claim of the document `text`, an ellipsis between its spans."""
    return _GAP.join(span.of(text) for span in claim.spans)


def read_claim(record: dict[str, Any], side: Side) -> Claim:
    """Return the claim that `record`, in the form of `claim_record`, holds.

    Raises ValueError where no sentence of `side` holds its first span.
    """
    spans = tuple(_span(pair) for pair in record["spans"])
    return Claim(
        _sentence_at(side, spans[0]),
        spans,
        _read_attribution(record["attribution"]),
        record["stance"],
        hedged=record["hedged"],
        negated=record["negated"],
        quantities=tuple(_read_figure(each) for each in record["quantities"]),
        names=tuple(Name(_span(each["span"]), each["kind"]) for each in record["names"]),
    )


def _sentence_at(side: Side, span: Span) -> int:
    for index, sentence in enumerate(side.sentences):
        if sentence.span.start <= span.start < sentence.span.end:
            return index
    raise ValueError(f"no sentence at {span}")


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _span(pair: list[int]) -> Span:
    return Span(*pair)


def _place_record(text: str, span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"span": _pair(span), "text": span.of(text)}


def _attribution_record(text: str, attribution: Attribution | None) -> dict[str, Any] | None:
    if attribution is None:
        return None
    return {
        "source": _place_record(text, attribution.source),
        "cue": _place_record(text, attribution.cue),
    }


def _read_attribution(record: dict[str, Any] | None) -> Attribution | None:
    if record is None:
        return None
    source, cue = record["source"], record["cue"]
    return Attribution(
        _span(source["span"]) if source else None, _span(cue["span"]) if cue else None
    )


def _figure_record(text: str, figure: Figure) -> dict[str, Any]:
    record: dict[str, Any] = {"span": _pair(figure.span), "text": figure.span.of(text)}
    if figure.kind == "date":
        return record | {"kind": "date", "value": figure.value}
    return record | {
        "value": plain_value(figure.value),
        "bound": figure.bound,
        "unit": figure.unit,
    }


def plain_value(value: float | str | None) -> float | str | None:
    """Return a figure's value as people write it: a whole number without a decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _read_figure(record: dict[str, Any]) -> Figure:
    kind = cast("Literal['number', 'date']", record.get("kind", "number"))
    value = record["value"]
    return Figure(
        _span(record["span"]),
        kind,
        float(value) if isinstance(value, int) else value,
        record.get("bound", "exact"),
        record.get("unit"),
    )
