"""Finds words that became their opposites: "stieg" rendered as "fell", "gut" as "bad".

The lists have keys that are the same in both languages. A word that may have another sense
("fallen" in a decision that "fällt") counts only where the lexicon finds nothing else on the
other side that goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bicorpus.checks.cues import find_cues, load_cues
from bicorpus.checks.lemmas import lemma_of
from bicorpus.checks.lexicon import Lexicon, load_lexicon
from bicorpus.checks.words import find_words
from bicorpus.data import Finding, Language, Severity, Span
from bicorpus.languages import load_words

LISTS = {"direction": "check_directions", "antonym": "check_antonyms"}
# A link that the lexicon has seen; below are accidents of its training.
_LINKED = 0.04
# How far a negation turns words: "nicht sehr gut", and a German verb before it: "gelang es nicht".
_TURNED = 3
_TURNED_BEFORE = 6
# Renderings stand farther apart only in other words' order; beyond it is another matter.
_FARTHEST = 0.45
_CLAUSE_ENDS = tuple(',.;:!?"“”»)–')
_FARTHEST_PREFIX = 14
# Shorter words end others by chance: "auf" in "Kauf".
_SHORTEST_HEAD = 5


@dataclass(frozen=True, slots=True)
class Axis:
    """Two lists of lemmas that are opposites."""

    one: frozenset[str]
    other: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lemma:
    """A lemma where it stands; `turned` if a negation stands before it."""

    span: Span
    lemma: str
    turned: bool


@cache
def load_axes(language: Language, name: str) -> dict[str, Axis]:
    """Return the axes of a list by their keys."""
    axes = {}
    for line in load_words(language, name):
        key, _, sides = line.partition(":")
        one, _, other = sides.partition("|")
        axes[key.strip()] = Axis(*(frozenset(side.casefold().split()) for side in (one, other)))
    return axes


def read_lemmas(text: str, language: Language) -> list[Lemma]:
    """Return the lemmas of the words of a text; a German verb with its separated prefix is one."""
    negations = find_cues(text, load_cues(language, "check_negations"))
    before = _TURNED_BEFORE if language == "de" else 0
    turned = {place for cue in negations for place in range(cue.first - before, cue.end + _TURNED)}
    words = [
        Lemma(span, lemma_of(span.of(text), language), number in turned)
        for number, span in enumerate(find_words(text))
    ]
    return _joined(words, text) if language == "de" else words


def _joined(words: list[Lemma], text: str) -> list[Lemma]:
    """Give verbs their prefixes from the end of the clause: "lehnte … ab" is "ablehnen"."""
    joined = list(words)
    for number, prefix in enumerate(words):
        end = prefix.span.end
        behind = words[number + 1].lemma if number + 1 < len(words) else ""
        is_last = not behind or behind in {"und", "oder"} or text[end : end + 1] in _CLAUSE_ENDS
        if not is_last or prefix.span.of(text) not in load_words("de", "check_prefixes"):
            continue
        for at in range(number - 1, max(number - _FARTHEST_PREFIX, -1), -1):
            whole = prefix.lemma + words[at].lemma
            if words[at].lemma.endswith("n") and _is_known(whole):
                joined[at] = Lemma(words[at].span, whole, words[at].turned)
                break
    return joined


@cache
def _is_known(lemma: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(lemma, lang="de"))


def check_opposites(source: str, target: str) -> tuple[Finding, ...]:
    """Return a finding for each German word that stands as its opposite in the English text."""
    if denials(source, "de") != denials(target, "en"):
        return ()  # "wenig" may well be "not much": whether it is, the negation check says
    lexicon = load_lexicon()
    first, second = read_lemmas(source, "de"), read_lemmas(target, "en")
    german, english = ({word.lemma for word in words} for words in (first, second))
    findings: dict[tuple[Span, Span], Finding] = {}
    for check, name in LISTS.items():
        other = load_axes("en", name)
        # Nearly every text has no axis with a word on either side.
        keys = _keys("de", name, german) & _keys("en", name, english)
        for key, axis in load_axes("de", name).items() if keys else ():
            if key not in keys:
                continue
            for one, two in ((axis.one, axis.other), (axis.other, axis.one)):
                opposite = other[key].other if one is axis.one else other[key].one
                same = other[key].one if one is axis.one else other[key].other
                pair = _opposed(first, second, (one, two, opposite, same), lexicon)
                if pair:
                    finding = _finding(check, pair, source, target)
                    findings.setdefault((pair[0].span, pair[1].span), finding)
    return tuple(findings.values())


def _keys(language: Language, name: str, lemmas: set[str]) -> set[str]:
    """Return the keys of the axes that have one of the lemmas."""
    index = _index(language, name)
    return {key for lemma in lemmas for key in index.get(lemma, ())}


@cache
def _index(language: Language, name: str) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for key, axis in load_axes(language, name).items():
        for lemma in axis.one | axis.other:
            index.setdefault(lemma, []).append(key)
    return index


@cache
def listed_opposites() -> dict[str, frozenset[str]]:
    """Return the English lemmas that are opposed to each, by all axes."""
    found: dict[str, set[str]] = {}
    for name in LISTS.values():
        for axis in load_axes("en", name).values():
            for one, two in ((axis.one, axis.other), (axis.other, axis.one)):
                for lemma in one - two:
                    found.setdefault(lemma, set()).update(two - one)
    return {lemma: frozenset(others) for lemma, others in found.items()}


def denials(text: str, language: Language) -> int:
    """Return how many negations a text has."""
    return len(find_cues(text, load_cues(language, "check_negations")))


def _opposed(
    source: list[Lemma],
    target: list[Lemma],
    lists: tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]],
    lexicon: Lexicon,
) -> tuple[Lemma, Lemma] | None:
    """Return the words of an axis that stand opposed, or None."""
    german, german_opposite, opposite, same = lists
    here = [word for word in source if word.lemma in german]
    there = [word for word in target if word.lemma in opposite]
    if not here or not there:
        return None
    if any(_is_one_of(word.lemma, german_opposite) for word in source):
        return None
    if any(word.lemma in same for word in target):
        return None
    free = [word for word in here if not _is_rendered(word, target, lexicon)]
    unfounded = [word for word in there if not _is_founded(word, source, lexicon)]
    if not free or not unfounded or free[0].turned or unfounded[0].turned:
        return None
    is_far = abs(_place(free[0], source) - _place(unfounded[0], target)) > _FARTHEST
    return None if is_far else (free[0], unfounded[0])


def _is_one_of(lemma: str, words: frozenset[str]) -> bool:
    """Return whether a lemma is one of `words` or a compound with one: "Drohnenangriff"."""
    return lemma in words or any(
        len(word) >= _SHORTEST_HEAD and lemma.endswith(word) for word in words
    )


def _place(word: Lemma, words: list[Lemma]) -> float:
    return word.span.start / max(words[-1].span.end, 1)


def _is_rendered(word: Lemma, target: list[Lemma], lexicon: Lexicon) -> bool:
    return any(lexicon.strength(word.lemma, one.lemma) >= _LINKED for one in target)


def _is_founded(word: Lemma, source: list[Lemma], lexicon: Lexicon) -> bool:
    return any(lexicon.strength(one.lemma, word.lemma) >= _LINKED for one in source)


def _finding(check: str, pair: tuple[Lemma, Lemma], source: str, target: str) -> Finding:
    severity: Severity = "error"
    one, two = pair[0].span, pair[1].span
    message = f"„{one.of(source)}“ became “{two.of(target)}”, its opposite"
    return Finding(check, severity, message, source_span=one, target_span=two)
