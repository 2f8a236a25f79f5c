"""What the benchmarks of formats write and read, and how they take turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bicorpus.data import Article, Side
    from bicorpus.exporters.formats import Format
    from bicorpus.exporters.rows import ArticleRows, BeadRow, CorpusHeader

ROOT = Path(__file__).resolve().parent.parent
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def sample_rows(count: int) -> Iterator[BeadRow]:
    """Yield rows of 50 a document, with texts of the usual length."""
    from bicorpus.data import Finding, Span
    from bicorpus.exporters.rows import BeadRow

    finding = Finding("figure", "info", '"1,000" is not in the target')
    row = BeadRow(
        *("0a1b2c3d4e5f6071", "articles/monday/one.txt", "de", "en", 1, 1, "body", (1,), (1,)),
        *(Span(512, 611), Span(498, 590), "1-1"),
        "Der Ausschuss hat am Dienstag 1.000 Seiten beraten & den Rest vertagt, hieß es im Saal.",
        "The committee debated a thousand pages on Tuesday & adjourned the rest, it was said.",
        *(0.8123, 0.7654, (), (), True),
    )
    for number in range(count):
        document = f"{number // 50:016x}"
        findings = (finding,) if number % 10 == 0 else ()
        source, target = f"{row.source_text} {number}", f"{row.target_text} {number}"
        yield replace(
            row,
            document=document,
            number=number % 50 + 1,
            source_text=source,
            target_text=target,
            findings=findings,
        )


def sample_header() -> CorpusHeader:
    """Return the header that the sample rows go with."""
    from bicorpus.exporters.header import corpus_header

    signature = "segments:1|split:rules-1|mt:argos:de_en@1.0,sha:3fe1d5aff689,beam:4|bicorpus:0.1"
    return corpus_header((signature,), source_language="de", target_language="en")


def find_format(name: str) -> Format:
    """Return the format; each is in the module of its name, under its name in capitals."""
    module = import_module(f"bicorpus.exporters.{name}")
    chosen: Format = getattr(module, name.upper())
    return chosen


def sample_articles(count: int) -> Iterator[ArticleRows]:
    """Yield `count` sample rows by document; for formats that write rows, not documents."""
    from bicorpus.exporters.rows import ArticleRows

    rows = sample_rows(count)
    while some := tuple(islice(rows, 50)):
        yield ArticleRows(None, some)  # type: ignore[arg-type] - rows alone are written


def sample_article(number: int, *, claims: bool = False) -> Article:
    """Return an article of 50 beads whose text no other number has; with a claim a sentence."""
    from bicorpus.data import Article, Bead, ClaimLink, Span, WordLink

    rows = list(sample_rows(50))
    source = _side("de", [f"{row.source_text} {number}" for row in rows], number, claims=claims)
    target = _side("en", [row.target_text for row in rows], number, claims=claims)
    links = tuple(WordLink(Span(n, n + 3), Span(n, n + 3), 0.5) for n in range(0, 40, 4))
    beads = tuple(
        Bead(Span(n, n + 1), Span(n, n + 1), True, row.score, row.translation_score, links=links)
        for n, row in enumerate(rows)
    )
    tied = None
    if claims:
        spans = [sentence.span for sentence in target.sentences]
        tied = tuple(ClaimLink(n, n, (span,), "kept", 0.8, "") for n, span in enumerate(spans))
    return Article(source, target, beads, claim_links=tied)


def _side(language: str, lines: list[str], number: int, *, claims: bool) -> Side:
    from bicorpus.data import Claim, Document, Segment, SegmentKind, Sentence, Side, Span

    text, sentences = "", []
    for count, line in enumerate(lines, 1):
        sentences.append(Sentence(count, Span(len(text), len(text) + len(line)), 0))
        text += line + "\n"
    segment = Segment(Span(0, len(text)), SegmentKind.BODY)
    document = Document(language, text, f"articles/{number}.txt")
    found = tuple(Claim(n, (sentence.span,)) for n, sentence in enumerate(sentences))
    return Side(document, (segment,), tuple(sentences), found if claims else None)


def race(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run the contenders in turn; return the median CPU seconds, the first round left out."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, run in contenders.items():
            start = time.process_time()
            run()
            if turn:
                seconds[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in seconds.items()}


def peak_memory() -> int:
    """Return the most memory that this process has had, in MB.

    Not getrusage: what it tells of a child begins with the peak of the parent that started it.
    """
    status = Path("/proc/self/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields["VmHWM"].split()[0]) // 1024
