"""XCES: sentence alignments as OPUS has them, with the sentence files that they point into.

A folder with the three files that OpusTools' `opus_read` looks for: a cesAlign document, and a zip
a language with a sentence file a document. Sentences keep their numbers: s12 is sentence 12.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from bicorpus.data import Sentence, Side
from bicorpus.exporters.characters import (
    Replacements,
    controls,
    one_line,
    xml_attribute,
    xml_content,
)
from bicorpus.exporters.formats import Format
from bicorpus.exporters.rows import ArticleRows, BeadRow, CorpusHeader, Written, score_text
from bicorpus.exporters.xces_rules import check_xces

# The names under which opus_read takes files for those of a corpus: CORPUS_RELEASE_...
CORPUS, RELEASE = "bicorpus", "latest"

_PROLOGUE = '<?xml version="1.0" encoding="utf-8"?>\n'
_DOCTYPE = '<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n'
# Zip files name a time for each entry: the earliest that they can, so that bytes do not change.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def write_xces(
    articles: Iterable[ArticleRows], header: CorpusHeader, paths: Sequence[Path]
) -> Written:
    """Write links to the first of the `paths`, source and target sentences to the others.

    Documents without rows are left out. All sentences of the others are there, linked or not;
    line breaks and tabs in them become blanks.
    """
    written = 0
    replacements = Replacements()
    languages = header.source_language, header.target_language
    with (
        _zipped_text(paths[0]) as links,
        zipfile.ZipFile(paths[1], "w", zipfile.ZIP_DEFLATED) as sources,
        zipfile.ZipFile(paths[2], "w", zipfile.ZIP_DEFLATED) as targets,
    ):
        links.write(_line(_PROLOGUE + _DOCTYPE + '<cesAlign version="1.0">\n'))
        for rows in articles:
            target = rows.article.target
            if target is None or not rows.rows:
                continue
            name = f"{rows.article.source.document.id}.xml"
            _add(sources, f"{languages[0]}/{name}", rows.article.source, replacements)
            _add(targets, f"{languages[1]}/{name}", target, replacements)
            names = [f"{language}/{name}.gz" for language in languages]
            links.write(_line(_group(names, rows.rows, first=written + 1)))
            written += len(rows.rows)
        links.write(_line("</cesAlign>\n"))
    return Written(written, 0, replacements.rows, replacements.places)


def _line(text: str) -> bytes:
    return text.encode("utf-8")


@contextmanager
def _zipped_text(path: Path) -> Iterator[gzip.GzipFile]:
    # Neither a name nor a time in the header of the file: the same rows, the same bytes.
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file,
    ):
        yield file


def _group(names: list[str], rows: Sequence[BeadRow], *, first: int) -> str:
    """Return the links of a document; `certainty` is OPUS's name for the aligner's score."""
    lines = [
        f'  <linkGrp targType="s" fromDoc="{xml_attribute(names[0])}" '
        f'toDoc="{xml_attribute(names[1])}">\n'
    ]
    for number, row in enumerate(rows, first):
        certainty = f' certainty="{score_text(row.score)}"' if row.score is not None else ""
        targets = f"{_ids(row.source_sentences)};{_ids(row.target_sentences)}"
        lines.append(f'    <link id="SL{number}" xtargets="{targets}"{certainty} />\n')
    return "".join(lines) + "  </linkGrp>\n"


def _ids(numbers: Iterable[int]) -> str:
    return " ".join(f"s{number}" for number in numbers)


def _add(archive: zipfile.ZipFile, name: str, side: Side, replacements: Replacements) -> None:
    """Add the sentence file of a document, a paragraph a segment, as OPUS's raw files are."""
    document = side.document
    lines = [f'{_PROLOGUE}<text id="{document.id}" lang="{xml_attribute(document.language)}">\n']
    lines.append(f"  <head><title>{xml_content(one_line(document.origin))}</title></head>\n")
    lines.append("  <body>\n")
    for segment, sentences in groupby(side.sentences, key=lambda one: one.segment):
        kind = side.segments[segment].kind.value
        lines.append(f'    <p id="{segment + 1}" type="{kind}">\n')
        lines += [_sentence(one, side, replacements) for one in sentences]
        lines.append("    </p>\n")
    lines.append("  </body>\n</text>\n")
    entry = zipfile.ZipInfo(f"{CORPUS}/raw/{name}", _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, "".join(lines).encode("utf-8"))


def _sentence(sentence: Sentence, side: Side, replacements: Replacements) -> str:
    text = sentence.span.of(side.document.text)
    if found := controls(text):
        replacements.add(f"{side.document.origin}, sentence {sentence.number}", found)
    return f'      <s id="s{sentence.number}">{xml_content(one_line(text))}</s>\n'


def _places(path: Path, header: CorpusHeader) -> tuple[Path, ...]:
    source, target = header.source_language, header.target_language
    return (
        path / f"{CORPUS}_{RELEASE}_xml_{source}-{target}.xml.gz",
        path / f"{CORPUS}_{RELEASE}_raw_{source}.zip",
        path / f"{CORPUS}_{RELEASE}_raw_{target}.zip",
    )


XCES = Format(
    write=write_xces,
    check=check_xces,
    places=_places,
    unit="links",
    to_standard_output=False,
    is_folder=True,
    advice=f'opus_read -d {CORPUS} -s {{source}} -t {{target}} -p raw -dl "{{path}}"',
)
