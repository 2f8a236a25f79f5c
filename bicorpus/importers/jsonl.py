"""JSONL: documents with all their layers as `bicorpus export` writes them, or a pair a line.

A pair is an object with two fields of the usual names ("source", "target"; "de", "en"), or with
such an object in its field "translation".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import normalize

from bicorpus.data import Document, Segment, SegmentKind, Sentence, Side, Span
from bicorpus.errors import InputError
from bicorpus.exporters.characters import without_surrogates
from bicorpus.importers.columns import find_columns
from bicorpus.importers.ladder import NO_NEIGHBOURS
from bicorpus.importers.lines import read_lines
from bicorpus.importers.sides import range_of, text_of
from bicorpus.importers.units import (
    GivenBead,
    GivenDocument,
    Item,
    LeftOut,
    Reading,
    Unit,
    broken,
    primary,
    side_reason,
)
from bicorpus.importers.xliff import OTHER_PAIR

NOT_TRANSLATED = "the document has no translation"
_NEXT_STEP = "Repair the line, or use --keep-readable."


def read_jsonl(reading: Reading) -> Iterator[Item]:
    """Yield what stands on each line."""
    for number, line in enumerate(read_lines(reading.path, reading), 1):
        if not line.strip():
            continue
        try:
            yield from _read_record(json.loads(line), number, reading)
        except (ValueError, RecursionError) as error:
            cause, column = "it is no JSON", ""
            if isinstance(error, json.JSONDecodeError):
                cause, column = f"it is no JSON: {error.msg}", f" (column {error.colno})"
            if not reading.keep_readable:
                raise broken(
                    reading.path, number, f"{cause}{column}.", next_step=_NEXT_STEP
                ) from error
            yield LeftOut(cause, f"line {number}", line[:1000])
        except InputError as error:
            if not reading.keep_readable:
                raise broken(reading.path, number, str(error), next_step=_NEXT_STEP) from error
            yield LeftOut(str(error), f"line {number}", line[:1000])


def _read_record(record: Any, number: int, reading: Reading) -> Iterator[Item]:
    if not isinstance(record, dict):
        raise InputError("it is no JSON object.")
    if isinstance(record.get("beads"), list) and isinstance(record.get("source"), dict):
        # All or nothing of a document: whole before the first of its items goes out.
        yield from list(_read_document(record, number, reading))
    else:
        yield _read_pair(record, number, reading)


def _read_pair(record: dict[str, Any], number: int, reading: Reading) -> Item:
    inner = record.get("translation")
    pair = inner if isinstance(inner, dict) else record
    place = f'"{reading.path}", line {number}'
    columns = find_columns(list(pair), reading.request, place=place)
    values = list(pair.values())
    if columns is None:
        there = ", ".join(f'"{name}"' for name in list(pair)[:10])
        raise InputError(f"it is no pair: it has the fields {there or 'of an empty object'}.")
    texts = values[columns.source], values[columns.target]
    if not all(text is None or isinstance(text, str) for text in texts):
        raise InputError("one of its two texts is no string.")
    reading.elements += 1
    reason = side_reason(texts, reading.request)
    if reason:
        return LeftOut(reason, f"line {number}", texts[0] or "", texts[1] or "")
    document = next((str(record[n]) for n in ("document", "doc_id", "docid") if n in record), "")
    return Unit(texts[0], texts[1], document, document)


def _read_document(record: dict[str, Any], number: int, reading: Reading) -> Iterator[Item]:
    try:
        origin = str(record.get("origin") or "")
        title = str(record.get("title") or "")
        source = _side(record["source"], origin, title)
        target = _side(record["target"], origin, title) if record.get("target") else None
        beads = [(dict(bead), _indices(bead, source, target)) for bead in record["beads"]]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        what = f"{type(error).__name__}: {error}"
        raise InputError(f"it is no document as docs/corpus.schema.json says ({what}).") from error
    place = f"line {number}"
    if target is None:
        reading.elements += 1
        reading.languages[source.document.language] += 1
        yield LeftOut(NOT_TRANSLATED, place, source.document.text[:1000])
        return
    request = reading.request
    found = primary(source.document.language), primary(target.document.language)
    is_swapped = found == (request.target, request.source)
    given = []
    for bead, sides in beads:
        reading.elements += 1
        texts = text_of(source, sides[0]), text_of(target, sides[1])
        one, reason = _bead(bead, sides)
        if not is_swapped and found != (request.source, request.target):
            reading.languages.update(found)
            reason = OTHER_PAIR
        reason = side_reason([text or None for text in texts], request) or reason
        if reason or one is None:
            yield LeftOut(reason, f"{place}, bead {bead.get('number', '')}", *texts)
        else:
            given.append(GivenBead(one.target, one.source) if is_swapped else one)
    if given:
        sides_in_order = (target, source) if is_swapped else (source, target)
        yield GivenDocument(origin, *sides_in_order, tuple(given))


def _bead(
    bead: dict[str, Any], sides: tuple[tuple[int, ...], tuple[int, ...]]
) -> tuple[GivenBead | None, str]:
    source, target = map(range_of, sides)
    if source is None or target is None:
        return None, NO_NEIGHBOURS
    score = bead.get("translation_score")
    if not isinstance(score, float | int) or not 0 <= score <= 1:
        score = None
    flags = tuple(str(flag) for flag in bead.get("flags") or ())
    return GivenBead(source, target, score, flags), ""


def _indices(
    bead: dict[str, Any], source: Side, target: Side | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return _find(bead["source"], source), _find(bead["target"], target) if target else ()


def _find(numbers: Sequence[int], side: Side) -> tuple[int, ...]:
    known = {sentence.number: index for index, sentence in enumerate(side.sentences)}
    return tuple(known[number] for number in numbers)


def _side(values: dict[str, Any], origin: str, title: str) -> Side:
    text = without_surrogates(str(values["text"]))
    if normalize("NFC", text) != text:
        raise ValueError("its text is not in NFC, and spans count its characters")
    document = Document(primary(values["language"]), text, origin, title=title)
    segments = tuple(
        Segment(_span(one, text), SegmentKind(one["kind"]), bool(one.get("repeat")))
        for one in values["segments"]
    )
    sentences = tuple(
        Sentence(int(one["number"]), _span(one, text), int(one["segment"]) - 1)
        for one in values["sentences"]
    )
    numbers = [one.number for one in sentences]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError("its sentences are not numbered from 1")
    if any(not 0 <= one.segment < len(segments) for one in sentences):
        raise ValueError("a sentence names a segment that is not there")
    return Side(document, segments, sentences)


def _span(ends: dict[str, Any], text: str) -> Span:
    span = Span(int(ends["start"]), int(ends["end"]))
    if span.end > len(text):
        raise ValueError(f"a span ends at {span.end}, behind the text of {len(text)}")
    return span
