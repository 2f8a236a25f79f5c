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
from bicorpus.config import Settings
from bicorpus.data import Span
from bicorpus.errors import InputError, SettingsError
from bicorpus.protocols import Embedder, Translator

# A sentence has some hundred characters; beyond this a line is a text, and its translation would
# take longer than that of the rest of the file. It is aligned by the other signals.
LONGEST_RENDERED = 4_000
# Below so many letters a guess at the language is no evidence.
_FEWEST_LETTERS = 200
_CERTAIN = 0.9
_SAMPLE = 20_000


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
    embedder: str | None,
    quiet: bool,
) -> tuple[LinePair, list[AlignedBead]]:
    """Return two files' lines and their beads.

    Raises InputError where a file cannot be used, SettingsError where a setting cannot.
    """
    first, _, second = languages.partition("-")
    if not first or not second:
        raise SettingsError(
            f'"{languages}" is no pair of languages.', next_step='It looks like "de-en".'
        )
    pair = LinePair(str(source), str(target), _read(source), _read(target))
    check_languages((pair.source_name, first, pair.source), (pair.target_name, second, pair.target))
    renderings = None
    if "rendering" not in without:
        translator = _translator(settings, first, second, quiet=quiet)
        if translator:
            renderings = render(pair.source, translator, quiet=quiet)
    # The encoder that ships with bicorpus knows German and English.
    is_known = embedder != "embedded" or (first, second) == ("de", "en")
    engine = load_embedder(None if "vectors" in without or not is_known else embedder)
    vectors = (engine.embed(pair.source), engine.embed(pair.target)) if engine else (None, None)
    places = _hard_places(pair, hard) if hard else []
    beads = align_with_reason(
        Material(pair.source, first, renderings, vectors[0]),
        Material(pair.target, second, None, vectors[1]),
        most=most,
        hard=[place for start in places for place in (start, (start[0] + 1, start[1] + 1))],
        without=without,
    )
    return pair, _as_delimiters(beads, set(places))


def align_with_reason(
    source: Material,
    target: Material,
    *,
    most: int,
    hard: Sequence[tuple[int, int]] = (),
    without: frozenset[str],
) -> list[AlignedBead]:
    """Align; raises SettingsError where no weights are fitted for these signals."""
    try:
        return align(source, target, most=most, hard=hard, without=without)
    except LookupError as error:
        raise SettingsError(
            f'No weights have been fitted for the signals "{error.args[0]}".',
            next_step="Leave the embedder out, or fit them with scripts/fit_aligner.py.",
        ) from error


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


def check_languages(
    source: tuple[str, str, Sequence[str]], target: tuple[str, str, Sequence[str]]
) -> None:
    """Raise InputError where a side (name, language, sentences) is surely in another language."""
    found = [_language(lines) for _, _, lines in (source, target)]
    if found[0] == target[1] and found[1] == source[1] and source[1] != target[1]:
        raise InputError(
            f'The sides are swapped: "{source[0]}" is in "{found[0]}" and "{target[0]}" in '
            f'"{found[1]}".',
            next_step=f'Name the one in "{source[1]}" first.',
        )
    for (name, wanted, _), language in zip((source, target), found, strict=True):
        if language not in {None, wanted}:
            raise InputError(
                f'"{name}" is in "{language}" and not in "{wanted}".',
                next_step="Check the files; other pairs of languages are named with --languages.",
            )


def _language(lines: Sequence[str]) -> str | None:
    """Return the language of the lines where that is certain."""
    from bicorpus.readers.language import detect_language

    text = "\n".join(lines)
    # From the middle, too: a file may begin with a licence or a title page.
    middle = max(len(text) // 2 - _SAMPLE // 2, 0)
    sample = text[middle : middle + _SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    guess = detect_language(sample)
    return guess.language if guess.confidence >= _CERTAIN and guess.language != "zxx" else None


def _translator(settings: Settings, source: str, target: str, *, quiet: bool) -> Translator | None:
    from bicorpus.cli.build import default_workers
    from bicorpus.tools import Tools

    if settings.translator == "embedded" and (source, target) != ("de", "en"):
        if not quiet:
            click.echo(
                f'There is no embedded translator from "{source}" to "{target}": aligned by the '
                "signals that need no model.",
                err=True,
            )
        return None
    translator = Tools(settings, threads=default_workers()).translator
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


def load_embedder(name: str | None) -> Embedder | None:
    """Return the encoder of this name or folder; None for None.

    Raises ModelError where there is none.
    """
    if name is None:
        return None
    from bicorpus.registry import find_backend

    engine: Embedder = find_backend("embedder", "folder")(name)
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
