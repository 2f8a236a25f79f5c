"""Aligning two files with a sentence a line: reading, checking, and a record for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bicorpus.align.aligner import align
from bicorpus.align.beads import AlignedBead
from bicorpus.align.signals import Material
from bicorpus.cli.pairs.languages import wrong_languages
from bicorpus.config import EMBEDDED_LANGUAGES, Settings
from bicorpus.data import Span
from bicorpus.errors import InputError, ModelError, SettingsError
from bicorpus.protocols import Embedder, Translator

# A sentence has some hundred characters; beyond this a line is a text, and its translation would
# take longer than that of the rest of the file. It is aligned by the other signals.
LONGEST_RENDERED = 4_000
# What the translator and the encoder that ship with bicorpus know.


@dataclass(frozen=True)
class LinePair:
    """Two files read: their names and lines."""

    source_name: str
    target_name: str
    source: Sequence[str]
    target: Sequence[str]

    def record(self, bead: AlignedBead) -> str:
        """Return a bead as a line of JSON."""
        fields: dict[str, Any] = {
            "source": list(range(bead.source.start, bead.source.end)),
            "target": list(range(bead.target.start, bead.target.end)),
            "score": round(bead.score, 4),
            "crossing": bead.crossing,
            "reason": bead.reason,
            "source_text": list(self.source[bead.source.start : bead.source.end]),
            "target_text": list(self.target[bead.target.start : bead.target.end]),
        }
        return json.dumps(fields, ensure_ascii=False)


def align_lines(
    source: Path,
    target: Path,
    *,
    settings: Settings,
    languages: str,
    most: int,
    hard: str | None,
    without: frozenset[str],
    embedder: str,
    quiet: bool,
) -> tuple[LinePair, list[AlignedBead]]:
    """Return two files' lines and their beads.

    Raises InputError where a file cannot be used, SettingsError where a setting cannot.
    """
    from bicorpus.cli.workers import default_workers

    first, _, second = languages.partition("-")
    if not first or not second:
        raise SettingsError(
            f'"{languages}" is no pair of languages.', next_step='It looks like "de-en".'
        )
    pair = LinePair(str(source), str(target), _read(source), _read(target))
    reason = wrong_languages(
        (pair.source_name, first, "\n".join(pair.source)),
        (pair.target_name, second, "\n".join(pair.target)),
    )
    if reason:
        next_step = "Check the files; other pairs of languages are named with --languages."
        raise InputError(reason, next_step=next_step)
    places = _hard_places(pair, hard) if hard else []
    without |= _unknown(settings, embedder, first, second, without, quiet=quiet)
    renderings = None
    if "rendering" not in without:
        translator = _translator(settings, first, second, threads=default_workers())
        renderings = render(pair.source, translator, quiet=quiet)
    engine = None
    if "vectors" not in without:
        engine = load_embedder(embedder, threads=default_workers())
    vectors = [engine.embed(side) if engine else None for side in (pair.source, pair.target)]
    beads = align(
        Material(pair.source, first, renderings, vectors[0]),
        Material(pair.target, second, None, vectors[1]),
        most=most,
        hard=[place for start in places for place in (start, (start[0] + 1, start[1] + 1))],
        without=without,
    )
    return pair, _as_delimiters(beads, set(places))


def _as_delimiters(beads: list[AlignedBead], places: set[tuple[int, int]]) -> list[AlignedBead]:
    """Return the beads with each pair of delimiters as one certain bead."""
    result: list[AlignedBead] = []
    sources, targets = {i for i, _ in places}, {j for _, j in places}
    for bead in beads:
        is_source = len(bead.source) == 1 and bead.source.start in sources
        is_target = len(bead.target) == 1 and bead.target.start in targets
        if not is_source and not is_target:
            result.append(bead)
        elif is_source:
            j = next(there for here, there in places if here == bead.source.start)
            reason = "delimiter: given on both sides"
            result.append(AlignedBead(bead.source, Span(j, j + 1), 1.0, reason))
    return result


def _read(path: Path) -> list[str]:
    from bicorpus.readers.encoding import decode

    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f'"{path}" cannot be read: {error.strerror or error}.',
            next_step="Check the name and its permissions.",
        ) from error
    zero = content.find(b"\0")
    if zero >= 0 and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        line = content.count(b"\n", 0, zero) + 1
        raise InputError(
            f'"{path}", line {line}, holds a NUL character.',
            next_step="Remove it, for example with `tr -d '\\000'`.",
        )
    text = decode(content).text
    if not text.strip():
        raise InputError(
            f'"{path}" is empty: there is nothing to align with.', next_step="Check the file."
        )
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def _unknown(
    settings: Settings,
    embedder: str,
    source: str,
    target: str,
    without: frozenset[str],
    *,
    quiet: bool,
) -> frozenset[str]:
    """Return the signals whose embedded models do not know these languages, and say so."""
    unknown = {}
    if (
        settings.translator in {"embedded", "fast:embedded"}
        and (source, target) != EMBEDDED_LANGUAGES
    ):
        unknown["rendering"] = "translator"
    # Vectors have no direction.
    if embedder == "embedded" and {source, target} != set(EMBEDDED_LANGUAGES):
        unknown["vectors"] = "encoder"
    unknown = {signal: model for signal, model in unknown.items() if signal not in without}
    if unknown and not quiet:
        click.echo(
            f"There is no embedded {' and no embedded '.join(unknown.values())} for "
            f'"{source}-{target}": aligned by the other signals.',
            err=True,
        )
    return frozenset(unknown)


def _translator(settings: Settings, source: str, target: str, *, threads: int) -> Translator:
    from bicorpus.tools import Tools

    translator = Tools(settings, threads=threads).translator
    pair = translator.source_language, translator.target_language
    if pair != (source, target):
        raise SettingsError(
            f'The translator "{settings.translator}" goes from "{pair[0]}" to "{pair[1]}", not '
            f'from "{source}" to "{target}".',
            next_step="Choose another with --translator, or leave it out: --without rendering.",
        )
    return translator


def render(sentences: Sequence[str], translator: Translator, *, quiet: bool) -> list[str]:
    """Return the sentences' renderings; those that are too long to translate have none."""
    short = [text if len(text) <= LONGEST_RENDERED else "" for text in sentences]
    skipped = [number for number, text in enumerate(sentences, 1) if len(text) > LONGEST_RENDERED]
    if skipped and not quiet:
        shown = ", ".join(map(str, skipped[:5])) + (", …" if len(skipped) > 5 else "")
        click.echo(
            f"Not translated for the comparison, being longer than {LONGEST_RENDERED:,} "
            f"characters: source sentence{'s' if len(skipped) > 1 else ''} {shown}.",
            err=True,
        )
    return [one.text for one in translator.translate(short)]


def load_embedder(name: str, *, threads: int = 1) -> Embedder:
    """Return the encoder of this name or folder.

    Raises ModelError where there is none.
    """
    from bicorpus.registry import find_backend

    try:
        engine: Embedder = find_backend("embedder", "folder")(name, threads=threads)
    except ModelError as missing:
        raise ModelError(
            missing.problem,
            next_step=f"{missing.next_step} To align without vectors: --embedder none.",
        ) from missing
    return engine


def _hard_places(pair: LinePair, mark: str) -> list[tuple[int, int]]:
    places = [
        [index for index, line in enumerate(lines) if line.strip() == mark]
        for lines in (pair.source, pair.target)
    ]
    if len(places[0]) != len(places[1]):
        raise InputError(
            f'"{pair.source_name}" has {len(places[0])} lines "{mark}" and "{pair.target_name}" '
            f"{len(places[1])}: hard delimiters stand on both sides.",
            next_step="Add the missing ones, or leave --hard out.",
        )
    return list(zip(*places, strict=True))
