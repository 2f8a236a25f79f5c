"""Finds words left out that need no model, since the ways to render them can be listed.

An adverb goes without a trace ("vor allem in Indien", "in India"), and the witnesses of `omissions`
are seldom sure of it. Three kinds are told here:

- adverbs and adjectives of a list, where none of the words that render their sense stands anywhere
  in the target. On 157,000 pairs of the parallel text 2 or 3 in a hundred have one, free
  translations for the most part;
- "vor drei Jahren" without "ago" or the like (8 of 461 pairs, each of them another time);
- "than" without a comparative before it (29 of 3,649, each of them a fault).
"""

from __future__ import annotations

import re
from functools import cache

from bicorpus.checks.cues import CueList, find_cues, load_cues, make_cues
from bicorpus.checks.messages import lost_message
from bicorpus.data import Finding, Language, Span
from bicorpus.languages import load_words

CHECK = "omission"
# What looks like one of the listed words and is none: "nicht nur", "das letzte Wort".
_PASSED_OVER = "-"

_SOME = (
    r"\d[\d.,]*|eine[mr]|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\w*zehn|\w*zig"
    r"|\w*hundert|\w*tausend|\w*einhalb|wenigen|einigen|mehreren|vielen|etlichen|ein\ paar"
)
_AGO = re.compile(
    rf"""\bvor\ (?:(?:etwa|rund|gut|knapp|fast|über|mehr\ als|genau|ungefähr|gerade|nur|erst)\ )*
    (?:{_SOME})\ (?:\w+\ )?
    (?:Sekunde|Minute|Stunde|Tag|Woche|Monat|Jahr|Jahrzehnt|Jahrhundert)(?:e?n|e)?\b""",
    re.VERBOSE,
)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
# Any word in -er may be a comparative: here it is better to miss a fault than to tell of one.
_COMPARATIVE = re.compile(r"\b\w{2,}er\b", re.IGNORECASE)
_SENTENCE_ENDS = ".!?;"
_WORDS_AROUND_THAN = 2


def check_listed_omissions(source: str, target: str) -> tuple[Finding, ...]:
    """Return a warning for each word of a German text that the English lacks, by the lists."""
    return (
        *_lost_modifiers(source, target),
        *_lost_times(source, target),
        *_lost_comparatives(target),
    )


def _lost_modifiers(source: str, target: str) -> list[Finding]:
    words, senses = _german_words()
    told = {_PASSED_OVER}
    findings = []
    for cue in find_cues(source, words):
        sense = senses[cue.entry]
        if sense not in told and not find_cues(target, _renderings()[sense]):
            message = lost_message(cue.span.of(source))
            findings.append(Finding(CHECK, "warning", message, source_span=cue.span))
        told.add(sense)
    return findings


def _entries(language: Language) -> dict[str, tuple[str, ...]]:
    lines = (line.partition(":") for line in load_words(language, "check_modifiers"))
    return {
        sense: tuple(entry.strip() for entry in entries.split(",")) for sense, _, entries in lines
    }


@cache
def _german_words() -> tuple[CueList, dict[str, str]]:
    """Return all words as one list, so that a text is gone through once, and each one's sense."""
    senses = {entry: sense for sense, entries in _entries("de").items() for entry in entries}
    return make_cues(tuple(senses)), senses


@cache
def _renderings() -> dict[str, CueList]:
    return {sense: make_cues(entries) for sense, entries in _entries("en").items()}


def _lost_times(source: str, target: str) -> list[Finding]:
    match = _AGO.search(source)
    if match is None or find_cues(target, load_cues("en", "check_before_now")):
        return []
    message = f"„{match.group()}“ has no counterpart: nothing says “ago” or the like"
    return [Finding(CHECK, "warning", message, source_span=Span(*match.span()))]


def _lost_comparatives(target: str) -> list[Finding]:
    for match in _THAN.finditer(target):
        start = max(target.rfind(mark, 0, match.start()) for mark in _SENTENCE_ENDS) + 1
        before = target[start : match.start()]
        if _COMPARATIVE.search(before) or find_cues(before, load_cues("en", "check_comparatives")):
            continue
        around = Span(_place_before(target, match.start()), match.end())
        message = f"“{around.of(target)}” compares, but a word such as “more” is missing"
        return [Finding(CHECK, "warning", message, target_span=around)]
    return []


def _place_before(text: str, end: int) -> int:
    """Return where the last words before `end` begin."""
    words = list(re.finditer(r"\S+", text[:end]))
    return words[-_WORDS_AROUND_THAN].start() if len(words) >= _WORDS_AROUND_THAN else 0
