"""Finds English words in whose place a translator expected their opposites.

For a word that was not expected its opposites are put in its place. Of 450 good sentences five
gain 5 nats or more by that, thirteen 3 or more; of 300 with a word swapped for its opposite 67 and
76 per cent. Two good sentences in three have nothing to ask about.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bicorpus.checks.inflection import in_form_of
from bicorpus.checks.lemmas import lemma_of
from bicorpus.checks.lexicon import load_lexicon
from bicorpus.checks.messages import added_message
from bicorpus.checks.opposites import denials, listed_opposites
from bicorpus.checks.words import find_words
from bicorpus.data import Finding, Severity
from bicorpus.languages import load_words

if TYPE_CHECKING:
    from bicorpus.checks.contrast import Contrasts
    from bicorpus.checks.coverage import Coverage
    from bicorpus.checks.evidence import Evidence
    from bicorpus.checks.forecast import Forecast

# A word that is likelier than this in its place is not asked about, nor more opposites of a word,
# or words of a text.
_EXPECTED = -3.0
_MOST_OPPOSITES = 3
_MOST_WORDS = 4
# A loose opposite is asked about where the source has a word that it renders, so strongly.
_SUPPORTED = 0.05
_WARNING, _ERROR = 3.0, 5.0
# Without a word that was put in the text gains more than with its opposite in the place: by 6 and
# 11 nats of two such words; of 24 that had become their opposites none gains 6.
_RATHER_ADDED = 6.0


def expected_opposites(coverage: Coverage, forecast: Forecast) -> list[tuple[int, str]]:
    """Return the target words to ask about, by number, with opposites in their form."""
    lows = forecast.scores[:-1, 1:].min(axis=1)
    words = coverage.target
    places = [
        int(place)
        for place in lows.argsort()
        if lows[place] < _EXPECTED
        and words.is_content[place]
        and (not place or words.word(int(place))[0].islower())
    ]
    found: list[tuple[int, str]] = []
    left = _MOST_WORDS
    for place in places:
        opposites = _opposites(place, coverage, forecast)
        found += [(place, opposite) for opposite in opposites]
        left -= bool(opposites)
        if not left:
            break
    return found


def _opposites(place: int, coverage: Coverage, forecast: Forecast) -> list[str]:
    """Return the opposites of a target word that may belong in its place, likely ones first."""
    word = coverage.target.word(place).lower()
    lemma = coverage.target.lemmas[place]
    own = float(coverage.lexical[:, place].max(initial=0.0))
    wishes = {lemma_of(wish, "en"): log for wish, log in forecast.wishes[place].items()}
    ranked = []
    for base, (strict, loose) in _known(word, lemma):
        for opposite in (*strict, *loose):
            support = _support(opposite, coverage)
            is_supported = opposite in wishes or (support >= _SUPPORTED and support > own)
            is_known = opposite in strict and (own < _SUPPORTED or support > own)
            shown = opposite if base == word else in_form_of(opposite, word)
            if (is_supported or is_known) and shown and shown != word:
                ranked.append((wishes.get(opposite, -9.0), support, shown))
    ordered = list(dict.fromkeys(shown for _, _, shown in sorted(ranked, reverse=True)))
    is_first = coverage.target.word(place)[0].isupper()
    return [one.capitalize() if is_first else one for one in ordered[:_MOST_OPPOSITES]]


def _support(opposite: str, coverage: Coverage) -> float:
    """Return how strongly the lexicon links an English lemma to any source word."""
    lexicon = load_lexicon()
    return max((lexicon.strength(lemma, opposite) for lemma in coverage.source.lemmas), default=0.0)


def _known(word: str, lemma: str) -> list[tuple[str, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Return the strict and loose opposites of a word as it stands and of its lemma."""
    return [(base, _lists()[base]) for base in dict.fromkeys((word, lemma)) if base in _lists()]


@cache
def _lists() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the strict and the loose opposites of English words.

    Our own lists have whole groups of words on either side of an axis: those are loose.
    """
    found = {}
    for line in load_words("en", "check_opposites"):
        word, _, rest = line.partition(":")
        strict, _, loose = rest.partition("|")
        found[word] = tuple(strict.split()), tuple(loose.split())
    for word, others in listed_opposites().items():
        strict_ones, loose_ones = found.get(word, ((), ()))
        more = (one for one in sorted(others) if one not in {*strict_ones, *loose_ones})
        found[word] = strict_ones, (*loose_ones, *more)
    return found


def check_expected_opposites(source: str, target: str, contrasts: Contrasts) -> tuple[Finding, ...]:
    """Return a finding for each target word whose opposite is far likelier in its place.

    Where nothing at all is likelier still, the word is one too many: "has happily returned". Where
    one side denies what the other does not, "inconsistent" may render "stimmt nicht".
    """
    spans = find_words(target)
    findings = []
    for place, (opposite, gain) in sorted(contrasts.opposed.items()):
        if gain >= _WARNING:
            span = spans[place]
            if place in contrasts.added and contrasts.added[place].nats - gain >= _RATHER_ADDED:
                findings.append(
                    Finding("addition", "warning", added_message(span.of(target)), target_span=span)
                )
                continue
            is_sure = gain >= _ERROR and denials(source, "de") == denials(target, "en")
            severity: Severity = "error" if is_sure else "warning"
            shown = span.of(target)
            message = f"“{shown}” stands where “{opposite}” was expected, its opposite"
            findings.append(Finding("antonym", severity, message, target_span=span))
    return tuple(findings)


def weighed(finding: Finding, target: str, evidence: Evidence) -> Finding:
    """Return a finding of the word lists, as a warning where a translator is at ease with the word.

    "Partial" may render "voll" after all, in words of another kind.
    """
    if evidence.forecast is None:
        return finding
    number = next(at for at, span in enumerate(find_words(target)) if span == finding.target_span)
    low = evidence.forecast.scores[number, 1:].min()
    _, gain = evidence.contrasts.opposed.get(number, ("", 0.0))
    return replace(finding, severity="warning") if low >= _EXPECTED or gain < 0 else finding
