"""Score claim finding: on gold articles as the guide says, and on quotes with known speakers.

    python scripts/evaluate_claims.py gold SHARED [--ids 001 003] [--own] [--errors]
    python scripts/evaluate_claims.py speakers SHARED/eval/attribution/wikinews_dev.jsonl.xz

`gold` takes segments and sentences from the gold files, so that nothing but claims is scored;
`--own` finds them with our segmenter and splitter. `speakers` counts the direct and indirect
quotes with a speaker of which half or more lies in claims of that speaker: of all, and of those
with a finite verb of their own (the others are phrases in quotation marks and infinitives, which
to the guide are mostly part of a claim without attribution).
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bicorpus.claims.finding import find_claims
from bicorpus.claims.german.verbs import finite_verbs
from bicorpus.claims.gold_form import claim_record
from bicorpus.claims.wording import tag_words
from bicorpus.config import Settings
from bicorpus.data import Claim, Document, Segment, SegmentKind, Sentence, Side, Span
from bicorpus.lemmatizers.hanta import HantaLemmatizer
from bicorpus.tools import Tools


def own_side(document: Document, tools: Tools) -> Side:
    """Return the document with our segments and sentences."""
    segments = tools.segment(document)
    return Side(document, segments, tools.sentences(document, segments))


def gold_side(document: Document, path: Path) -> Side:
    """Return the document with the segments and sentences of a gold file."""
    segments: list[Segment] = []
    sentences: list[Sentence] = []
    for record in json.loads(path.read_text("utf-8")):
        inside = [Span(each["start"], each["end"]) for each in record["sentences"]]
        span = Span(inside[0].start, inside[-1].end)
        for each in inside:
            sentences.append(Sentence(len(sentences) + 1, each, len(segments)))
        repeat = bool(record.get("repeat"))
        segments.append(Segment(span, SegmentKind(record["kind"]), repeat))
    return Side(document, tuple(segments), tuple(sentences))


def score_gold(shared: Path, *, ids: list[str], own: bool, errors: bool) -> None:
    """Print the figures of the gold's own scorer, and what differs where asked to."""
    lemmatizer, tools = HantaLemmatizer(), Tools(Settings())
    gold, seeds = shared / "gold", shared / "seeds"
    with tempfile.TemporaryDirectory() as folder:
        for name in ids:
            path = next(seeds.glob(f"{name}_*.txt"))
            document = Document("de", path.read_text("utf-8"), str(path))
            segments = gold / "segments" / f"{name}.de.json"
            side = own_side(document, tools) if own else gold_side(document, segments)
            found = find_claims(side, lemmatizer)
            records = [
                claim_record(side, claim, id=f"{name}-c{number}")
                for number, claim in enumerate(found, 1)
            ]
            (Path(folder) / f"{name}.claims.json").write_text(json.dumps(records), "utf-8")
            if errors:
                _print_differences(gold / "claims" / f"{name}.claims.json", records)
        sys.stdout.flush()
        command = [sys.executable, str(gold / "score_claims.py"), str(gold / "claims"), folder]
        subprocess.run([*command, str(seeds), *ids], check=True)


def _print_differences(path: Path, found: list[dict[str, Any]]) -> None:
    wanted = {_line(record) for record in json.loads(path.read_text("utf-8"))}
    lines = {_line(record) for record in found}
    for line in sorted(wanted ^ lines, key=lambda line: json.loads(line)["spans"]):
        record = json.loads(line)
        print("-" if line in wanted else "+", record.pop("text"), record)


def _line(record: dict[str, Any]) -> str:
    attribution = record["attribution"]
    shown = {
        "text": record["text"].replace(" … ", " "),
        "spans": record["spans"],
        "by": attribution and [(attribution[key] or {}).get("text") for key in ("source", "cue")],
        "marks": [key for key in ("hedged", "negated") if record[key]] + [record["stance"]],
        "quantities": [
            [each.get("kind", "number"), each["value"], each.get("bound"), each["text"]]
            for each in record["quantities"]
        ],
    }
    return json.dumps(shown, ensure_ascii=False)


def _tokens(text: str, spans: list[Span]) -> set[int]:
    return {
        span.start + match.start() for span in spans for match in re.finditer(r"\w+", span.of(text))
    }


def score_speakers(path: Path, *, errors: bool) -> None:
    """Print how many quotes lie in claims of their speaker, and how many claims in quotes."""
    lemmatizer, tools = HantaLemmatizer(), Tools(Settings())
    quotes = hits = clauses = clausal_hits = attributed = fitting = 0
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record["text"]
            side = own_side(Document("de", text, record["name"]), tools)
            claims = [each for each in find_claims(side, lemmatizer) if each.attribution]
            verbs = _finite_verbs(side, lemmatizer)
            for quote in record["quotes"]:
                if quote["type"] in {"Direct", "Indirect"} and quote["speaker"]:
                    quotes += 1
                    is_hit = _is_hit(text, quote, claims)
                    hits += is_hit
                    is_clause = any(a <= verb < b for a, b in quote["quote"] for verb in verbs)
                    clauses += is_clause
                    clausal_hits += is_clause and is_hit
                    if errors and not is_hit:
                        _print_missed(text, quote)
            words = _tokens(
                text, [Span(*pair) for quote in record["quotes"] for pair in quote["quote"]]
            )
            attributed += len(claims)
            for claim in claims:
                fits = bool(_tokens(text, list(claim.spans)) & words)
                fitting += fits
                if errors and not fits:
                    print("EXTRA", [span.of(text) for span in claim.spans], _by(text, claim))
    print(f"quotes with a speaker: {quotes}, in claims of theirs: {hits / max(1, quotes):.3f}")
    print(
        f"with a finite verb: {clauses}, in claims of theirs: {clausal_hits / max(1, clauses):.3f}"
    )
    print(f"attributed claims: {attributed}, in a quote: {fitting / max(1, attributed):.3f}")


def _finite_verbs(side: Side, lemmatizer: HantaLemmatizer) -> list[int]:
    """Return where the finite verbs of the document begin."""
    found = []
    for sentence in side.sentences:
        words = tag_words(side.document.text, sentence.span, lemmatizer, "de")
        found += [words[index].start for index in finite_verbs(words)]
    return found


def _is_hit(text: str, quote: dict[str, Any], claims: list[Claim]) -> bool:
    words = _tokens(text, [Span(*pair) for pair in quote["quote"]])
    speaker = _tokens(text, [Span(*pair) for pair in quote["speaker"]])
    covered: set[int] = set()
    for claim in claims:
        source = claim.attribution.source if claim.attribution else None
        if source is not None and _tokens(text, [source]) & speaker:
            covered |= _tokens(text, list(claim.spans))
    return 2 * len(covered & words) >= len(words) > 0


def _by(text: str, claim: Claim) -> list[str | None]:
    attribution = claim.attribution
    places = (attribution.source, attribution.cue) if attribution else (None, None)
    return [place.of(text) if place else None for place in places]


def _print_missed(text: str, quote: dict[str, Any]) -> None:
    parts = {
        key: " … ".join(text[a:b] for a, b in quote[key]) for key in ("quote", "speaker", "cue")
    }
    start = min(pair[0] for pair in quote["quote"])
    around = text[max(0, start - 120) : start + 200].replace("\n", " ")
    print("MISSED", quote["type"], parts, "||", around)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["gold", "speakers"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--ids", nargs="+", default=["001", "003"])
    parser.add_argument("--own", action="store_true", help="segments and sentences of our own")
    parser.add_argument("--errors", action="store_true", help="show what differs")
    options = parser.parse_args()
    if options.what == "gold":
        score_gold(options.path, ids=options.ids, own=options.own, errors=options.errors)
    else:
        score_speakers(options.path, errors=options.errors)


if __name__ == "__main__":
    main()
