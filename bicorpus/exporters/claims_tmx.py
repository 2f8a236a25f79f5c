"""claims.tmx: TMX 1.4, a unit a claim pair; segtype is phrase, which is what TMX calls a clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bicorpus.exporters.characters import xml_attribute
from bicorpus.exporters.claim_rows import ClaimRow, ClaimSide, quantities_json
from bicorpus.exporters.formats import claim_format
from bicorpus.exporters.rows import CorpusHeader, Written, score_text, sentence_numbers
from bicorpus.exporters.tmx import (
    SIDE_INDENT,
    UNIT_INDENT,
    header_lines,
    prop_lines,
    side_lines,
    write_units,
)
from bicorpus.exporters.tmx_shape import check_our_tmx


def write_claims_tmx(rows: Iterable[ClaimRow], header: CorpusHeader, path: Path) -> Written:
    """Write `rows` to `path` as translation units as they come, in constant memory.

    Claims that are lost or added, and those of documents in the target language, have an empty
    side: they are no units and are left out. Characters that XML cannot hold become U+FFFD.
    """
    made_by = [("x-bicorpus-model", header.model), ("x-bicorpus-run", header.run)]
    return write_units(
        rows,
        lambda row, note: _unit(row, header, made_by, note),
        header_lines(header, "phrase"),
        path,
    )


def check_claims_tmx(path: Path, written: Written) -> list[str]:
    """Return what is wrong with the file at `path`: the rules of TMX, and the count of units."""
    return check_our_tmx(path, units=written.rows)


def _unit(row: ClaimRow, header: CorpusHeader, made_by: list[tuple[str, str]], note: str) -> str:
    language = ""
    if row.source_language != header.source_language:
        language = f' srclang="{xml_attribute(row.source_language)}"'
    sentences = ";".join(sentence_numbers(side.sentences) for side in (row.source, row.target))
    props = [
        ("x-document", row.document),
        ("score-aligner", score_text(row.score)),
        ("x-bicorpus-sentences", sentences),
        *made_by,
        ("x-bicorpus-kind", row.kind),
        ("x-bicorpus-verdict", row.verdict),
        ("x-bicorpus-reason", row.reason if row.verdict != "kept" else ""),
        ("x-bicorpus-group", row.group),
    ]
    return (
        f'    <tu tuid="{xml_attribute(row.id)}" segtype="phrase"{language}>\n'
        f"{prop_lines(props, UNIT_INDENT)}{note}"
        f"{_side(row.source, row.source_language, row.origin)}"
        f"{_side(row.target, row.target_language, row.origin)}"
        "    </tu>\n"
    )


def _side(side: ClaimSide, language: str, origin: str) -> str:
    return side_lines(language, side.text, prop_lines(_side_props(side, origin), SIDE_INDENT))


def _side_props(side: ClaimSide, origin: str) -> Iterator[tuple[str, str]]:
    yield "source-document", origin
    yield "x-bicorpus-offset", " ".join(map(str, side.spans))
    yield "x-bicorpus-claim", side.claim
    yield "x-bicorpus-speaker", side.speaker
    yield "x-bicorpus-cue", side.cue
    yield "x-bicorpus-stance", side.stance or ""
    yield "x-bicorpus-hedged", "yes" if side.hedged else ""
    yield "x-bicorpus-negated", "yes" if side.negated else ""
    yield "x-bicorpus-quantities", quantities_json(side.quantities)
    for name in side.names:
        yield "x-bicorpus-name", name


CLAIMS_TMX = claim_format(
    write_claims_tmx, check_claims_tmx, needs=("source", "target"), unit="units"
)
