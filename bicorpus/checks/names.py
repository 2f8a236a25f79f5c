"""The name check: persons, places and organisations that a translation lost, replaced or added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bicorpus.claims.names.matching import NameMatch, match_names
from bicorpus.data import Finding, Language, Severity, WordLink
from bicorpus.languages import load_words
from bicorpus.protocols import Lemmatizer

CHECK = "name"


def check_names(  # noqa: PLR0913 - two texts with their languages, two options
    source: str,
    target: str,
    source_language: Language = "de",
    target_language: Language = "en",
    *,
    lemmatizer: Lemmatizer | None = None,
    links: Sequence[WordLink] | None = None,
) -> list[Finding]:
    """Return the findings about the names of a pair, in source order, then what was added.

    A name in whose place another stands is an error where both are names beyond doubt, else a
    warning; a name that is lost is a warning, for a pronoun or a description may stand for it; so
    is one that is added; a lost acronym that no list knows is an info. What is lost or added
    several times is told once. A lemmatizer and word links make the findings surer. Spans count
    code points of `source` and `target`.
    """
    matches = match_names(
        source,
        _with_capitals(target) if target_language == "en" else target,
        source_language,
        target_language,
        lemmatizer=lemmatizer,
        links=links,
    )
    findings = []
    told: set[tuple[object, ...]] = set()
    for match in matches:
        severity = _severity(match)
        about = tuple(side.words if side else () for side in (match.source, match.target))
        if severity is not None and about not in told:
            told.add(about)
            findings.append(
                Finding(
                    CHECK,
                    severity,
                    _message(match, source, target),
                    source_span=match.source.span if match.source else None,
                    target_span=match.target.span if match.target else None,
                )
            )
    return findings


def _with_capitals(text: str) -> str:
    """Return the English text with "North Korean" for "north Korean", a slip of the pen."""
    return _compass().sub(lambda point: point[0].capitalize(), text)


@cache
def _compass() -> re.Pattern[str]:
    names = "|".join(load_words("en", "check_compass_names"))
    return re.compile(rf"\b(?:north|south|east|west)(?= (?:{names}))")


def _severity(match: NameMatch) -> Severity | None:
    if match.fate == "kept":
        return None
    if match.fate == "replaced":
        return "error" if match.is_sure else "warning"
    if match.fate == "lost":
        # English writes out what German shortens: "PKV", "AGB".
        is_acronym = match.source is not None and match.source.words[0].isupper()
        return "info" if is_acronym and not match.is_sure else "warning"
    # "Indian rhinoceroses" for "Panzernashörner": adjectives come with other words.
    is_name = match.target is not None and match.target.kind is not None
    return "warning" if match.is_sure and is_name else None


def _message(match: NameMatch, source: str, target: str) -> str:
    here = match.source.span.of(source) if match.source else ""
    there = match.target.span.of(target) if match.target else ""
    if match.fate == "replaced":
        return f'"{here}" became "{there}"'
    if match.fate == "lost":
        return f'the name "{here}" is not in the target'
    return f'the name "{there}" is not in the source'
