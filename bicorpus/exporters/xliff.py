"""XLIFF 2.1: a file element a document, a unit a bead; all of it valid against the standard.

The machine's score is the quality of a translation candidate (module "matches"), claims are
annotations, findings are notes, and the rest is metadata of a group "bicorpus".
`xml:space="preserve"` on the file element keeps the texts as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bicorpus.errors import ProjectError
from bicorpus.exporters.characters import (
    Replacements,
    not_in_xml,
    one_line,
    say_replaced,
    xml_attribute,
    xml_content,
)
from bicorpus.exporters.claim_rows import ClaimRow
from bicorpus.exporters.formats import Format
from bicorpus.exporters.rows import (
    ArticleRows,
    BeadRow,
    CorpusHeader,
    Written,
    score_text,
    sentence_numbers,
)
from bicorpus.exporters.xliff_claims import (
    ANNOTATION,
    UnitClaims,
    annotated,
    claim_facts,
    claim_notes,
    claims_of_units,
)
from bicorpus.exporters.xliff_elements import MATCHES, METADATA, XLIFF_NAMESPACE
from bicorpus.exporters.xliff_rules import check_xliff

# XLIFF counts from 1, the most important, to 10.
_PRIORITY = {"error": 1, "warning": 4, "info": 7}


def write_xliff(
    articles: Iterable[ArticleRows], header: CorpusHeader, paths: Sequence[Path]
) -> Written:
    """Write an XLIFF 2.1 document to the first of `paths`, as the articles come.

    Rows without source text are left out: a unit has a source. Those without target text are
    units that are not translated yet. Raises ProjectError where nothing is left, since the
    standard knows no empty document.
    """
    written = left_out = 0
    replacements = Replacements()
    languages = f'srcLang="{header.source_language}" trgLang="{header.target_language}"'
    with paths[0].open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<xliff xmlns="{XLIFF_NAMESPACE}" xmlns:mda="{METADATA}" xmlns:mtc="{MATCHES}" '
            f'version="2.1" {languages}>\n'
        )
        for article in articles:
            rows = [row for row in article.rows if row.source_text.strip()]
            left_out += len(article.rows) - len(rows)
            if rows:
                written += len(rows)
                file.writelines(_file(rows, article.claims, header, replacements))
        file.write("</xliff>\n")
    if not written:
        raise ProjectError(
            "No row is left to write, and XLIFF knows no empty document.",
            next_step="Use a filter that lets rows pass (see --what-if), or another format.",
        )
    return Written(written, left_out, replacements.rows, replacements.places)


def _file(
    rows: list[BeadRow],
    claims: Sequence[ClaimRow],
    header: CorpusHeader,
    replacements: Replacements,
) -> Iterator[str]:
    document, origin = rows[0].document, rows[0].origin
    yield (
        f'  <file id="{xml_attribute(document)}" original="{xml_attribute(one_line(origin))}" '
        'xml:space="preserve">\n'
    )
    made_by = _group("bicorpus", [("signature", header.signature), ("run", header.run)], "    ")
    yield _metadata([made_by], "    ")
    for row, unit in zip(rows, claims_of_units(rows, claims), strict=True):
        yield _unit(row, unit, header, replacements.look(row, not_in_xml))
    yield "  </file>\n"


def _unit(row: BeadRow, claims: UnitClaims, header: CorpusHeader, replaced: list[str]) -> str:
    source = annotated(row.source_text, claims.source, claims.crossing)
    target = annotated(row.target_text, claims.target, claims.crossing)
    is_translated = bool(row.target_text.strip())
    # A candidate names the stretch of the source that it translates: an annotation around it.
    has_match = is_translated and row.translation_score is not None
    marked = f'<mrk id="m1" type="mtc:match">{source}</mrk>' if has_match else source
    target_line = f"        <target>{target}</target>\n" if is_translated else ""
    return (
        f'    <unit id="u{row.number}">\n'
        f"{_match(row, header) if has_match else ''}"
        f"{_metadata(_groups(row, claims), '      ')}{_notes(row, claims, replaced)}"
        f'      <segment state="{"translated" if is_translated else "initial"}">\n'
        f"        <source>{marked}</source>\n{target_line}"
        "      </segment>\n    </unit>\n"
    )


def _match(row: BeadRow, header: CorpusHeader) -> str:
    """Return the machine's rendering as a candidate; its quality is a percentage in XLIFF."""
    source, target = xml_content(row.source_text), xml_content(row.target_text)
    quality = f"{100 * (row.translation_score or 0):.2f}"
    origin = f' origin="{xml_attribute(header.model)}"' if header.model else ""
    return (
        f'      <mtc:matches>\n        <mtc:match ref="#m1" type="mt"{origin} '
        f'matchQuality="{quality}">\n'
        f"          <source>{source}</source>\n          <target>{target}</target>\n"
        "        </mtc:match>\n      </mtc:matches>\n"
    )


def _facts(row: BeadRow) -> Iterator[tuple[str, str]]:
    sentences = (sentence_numbers(row.source_sentences), sentence_numbers(row.target_sentences))
    yield "kind", row.kind
    yield "type", row.shape
    yield "sentences", ";".join(sentences)
    yield "source-offset", "" if row.source_span is None else str(row.source_span)
    yield "target-offset", "" if row.target_span is None else str(row.target_span)
    yield "score", score_text(row.score)
    yield "pairing", "given" if row.known else "found"
    yield "flags", " ".join(row.flags)


def _groups(row: BeadRow, claims: UnitClaims) -> Iterator[str]:
    yield _group("bicorpus", _facts(row), "      ")
    for name, claim in claims.claims.items():
        yield _group(ANNOTATION, claim_facts(claim), "      ", name=name)


def _metadata(groups: Iterable[str], indent: str) -> str:
    """Return the element that holds groups of facts; empty without any."""
    lines = "".join(groups)
    return f"{indent}<mda:metadata>\n{lines}{indent}</mda:metadata>\n" if lines else ""


def _group(category: str, facts: Iterable[tuple[str, str]], indent: str, *, name: str = "") -> str:
    """Return a group of facts with `name` as its id; those without a value are not written."""
    lines = [
        f'{indent}    <mda:meta type="{name}">{xml_content(one_line(value))}</mda:meta>\n'
        for name, value in facts
        if value
    ]
    if not lines:
        return ""
    own = f' id="{name}"' if name else ""
    start = f'{indent}  <mda:metaGroup{own} category="{category}">\n'
    return f"{start}{''.join(lines)}{indent}  </mda:metaGroup>\n"


def _notes(row: BeadRow, claims: UnitClaims, replaced: list[str]) -> str:
    """Return findings and claims that are not kept as notes, and one on replaced characters."""
    lines = []
    for finding in row.findings:
        side = ' appliesTo="source"' if finding.source_span is not None else ""
        if finding.target_span is not None:
            side = ' appliesTo="target"'
        lines.append(
            f'        <note category="{xml_attribute(one_line(finding.check))}"{side} '
            f'priority="{_PRIORITY[finding.severity]}">'
            f"{xml_content(one_line(finding.message))}</note>\n"
        )
    lines += claim_notes(claims)
    if replaced:
        lines.append(f'        <note category="replaced">{say_replaced(replaced)}</note>\n')
    return f"      <notes>\n{''.join(lines)}      </notes>\n" if lines else ""


def check_written_xliff(paths: Sequence[Path], written: Written) -> list[str]:
    """Return what breaks the rules of XLIFF 2.1 in the file, or that a unit is missing."""
    return check_xliff(paths[0], units=written.rows)


XLIFF = Format(
    write=write_xliff,
    check=check_written_xliff,
    needs=("source",),
    unit="units",
    needs_claims=True,
)
