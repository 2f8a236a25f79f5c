"""What the target's own words show: source words left standing, another language, a cut, a loop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from bicorpus.checks.lemmas import lemma_of
from bicorpus.checks.lexicon import Lexicon, load_lexicon
from bicorpus.checks.name_use import stands_as_name
from bicorpus.checks.surface import find_addresses
from bicorpus.checks.words import find_words, function_words
from bicorpus.data import Finding, Severity, Span
from bicorpus.languages import load_words

_SHORTEST = 4
# From so often on a word of the English side of the lexicon is English; below it may be a name.
_ENGLISH = 2
_TRANSLATED = 0.08
# German and English make words of who does something with the same ending.
_DOERS = ("er", "ers")
_FEWEST_WORDS = 7
_FEWEST_FUNCTIONS = 0.1
_CLAUSE = 5
_END = re.compile(r"[.!?…][\"'”’“»«)\]]*\s*$")


def check_untranslated(source: str, target: str) -> tuple[Finding, ...]:
    """Return a finding for each German word that stands in the English text as it was.

    Sure where it is in small letters; a capitalised one may be a name, and beside another
    capitalised word, a title or a verb of saying is taken for one.
    """
    lexicon = load_lexicon()
    places = {span.of(source).casefold(): span for span in reversed(find_words(source))}
    addresses = find_addresses(target)
    findings = []
    spans = find_words(target)
    for number, span in enumerate(spans):
        word = span.of(target)
        if any(one.start <= span.start < one.end for one in addresses):
            continue
        is_in_source = word.casefold() in places
        severity = _left_standing(word, is_in_source, lexicon)
        if severity is None or (word[0].isupper() and _is_beside_name(number, spans, target)):
            continue
        if is_in_source and stands_as_name(source, places[word.casefold()], target, span):
            continue
        message = f"“{word}” is German, left standing in the target"
        findings.append(
            Finding("untranslated", severity, message, places.get(word.casefold()), span)
        )
    return tuple(findings)


def _left_standing(word: str, is_in_source: bool, lexicon: Lexicon) -> Severity | None:
    if is_in_source and word in load_words("de", "check_marks"):
        return "error"
    if len(word) < _SHORTEST or not word.isalpha() or word.isupper():
        return None
    english = lexicon.entry(lemma_of(word, "en"), "en")
    if _is_english(word) or (english and english.count >= _ENGLISH):
        return None
    lemma = lemma_of(word, "de")
    links = lexicon.links.get(lemma, {})
    other = [score for one, score in links.items() if one != word.casefold()]
    is_german = max(other, default=0.0) >= _TRANSLATED
    if word[0].islower():
        is_sure = is_german and (is_in_source or _has_german_letter(word))
        is_known = is_in_source and _is_german(word)
        return "error" if is_sure or is_known else None
    return "warning" if is_in_source and is_german else None


@cache
def _is_english(word: str) -> bool:
    """Return whether a word, or the verb that it is made of ("podcaster"), is known in English."""
    import simplemma

    forms = [word, word.lower()]
    forms += [word[: -len(end)] for end in _DOERS if word.endswith(end)]
    return any(len(one) >= _SHORTEST and simplemma.is_known(one, lang="en") for one in forms)


@cache
def _is_german(word: str) -> bool:
    import simplemma

    return any(simplemma.is_known(form, lang="de") for form in (word, word.capitalize()))


def _has_german_letter(word: str) -> bool:
    return any(letter in "äöüßÄÖÜ" for letter in word)


def _is_beside_name(number: int, spans: Sequence[Span], target: str) -> bool:
    """Return whether a neighbour, joined by a blank alone, is capitalised as names are."""
    for one, other in ((number - 1, number), (number, number + 1)):
        if one < 0 or other >= len(spans):
            continue
        neighbour = spans[one if other == number else other].of(target)
        between = target[spans[one].end : spans[other].start]
        is_first = one == 0 and other == number
        if between in {" ", "-"} and neighbour[0].isupper() and not is_first:
            return True
    return False


def check_language(target: str) -> tuple[Finding, ...]:
    """Return a finding where a text of some length has hardly any English function word."""
    words = [span.of(target) for span in find_words(target)]
    plain = [word.lower() for word in words if word.isalpha()]
    lower = [word for word in words if word[0].islower() and word.isalpha()]
    if len(lower) < _FEWEST_WORDS:
        return ()
    german = function_words("de") - function_words("en") - {"die", "art", "war", "hat", "man"}
    shares = [sum(word in list_ for word in plain) / len(plain) for list_ in (
        function_words("en"), german)]  # fmt: skip
    if shares[1] > shares[0] and shares[1] > _FEWEST_FUNCTIONS:
        return (Finding("language", "error", "the target is German, not English"),)
    if shares[0] < _FEWEST_FUNCTIONS:
        return (Finding("language", "warning", "the target does not look like English"),)
    return ()


def check_repeated_clauses(source: str, target: str) -> tuple[Finding, ...]:
    """Return a finding where words repeat that do not in the source: one at once, five anywhere."""
    spans = find_words(target)
    words = [span.of(target).casefold() for span in spans]
    german = [span.of(source).casefold() for span in find_words(source)]
    if _doubled(german) is None:
        place = _doubled(words, function_words("en"))
        if place is not None:
            span = Span(spans[place].start, spans[place + 1].end)
            message = f"“{span.of(target)}” says a word twice"
            return (Finding("repetition", "warning", message, target_span=span),)
    seen: dict[tuple[str, ...], int] = {}
    for start in range(len(words) - _CLAUSE + 1):
        clause = tuple(words[start : start + _CLAUSE])
        first = seen.setdefault(clause, start)
        if start - first >= _CLAUSE and not _repeats(german):
            span = Span(spans[start].start, spans[start + _CLAUSE - 1].end)
            message = f"“{span.of(target)}” stands twice in the target, once in the source"
            return (Finding("repetition", "warning", message, target_span=span),)
    return ()


def _doubled(words: list[str], allowed: frozenset[str] = frozenset()) -> int | None:
    for place, (one, two) in enumerate(pairwise(words)):
        if one == two and len(one) > 2 and one.isalpha() and one not in allowed:
            return place
    return None


def _repeats(words: list[str]) -> bool:
    """Return whether any three words of the source stand in it twice."""
    triples = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    return len(set(triples)) < len(triples)


def check_truncation(source: str, target: str) -> tuple[Finding, ...]:
    """Return a warning where the target ends without an end mark, on a word that asks for more."""
    words = find_words(target)
    if not _END.search(source) or _END.search(target) or len(words) < 2:
        return ()
    last = words[-1]
    if target[last.end :].strip(" ,;:-–—"):
        return ()
    asks_for_more = last.of(target).lower() in load_words("en", "check_open_endings")
    is_open = asks_for_more or target.rstrip().endswith((",", "-", "–"))
    severity: Severity = "warning" if is_open else "info"
    message = f"the target ends in “{last.of(target)}”, without an end mark: it may be cut off"
    return (Finding("truncation", severity, message, target_span=last),)
