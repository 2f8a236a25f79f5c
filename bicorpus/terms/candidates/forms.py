"""The form in which a term is shown: its most usual wording, a German one in the nominative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bicorpus.data import Language
from bicorpus.terms.candidates.words import (
    ADJECTIVE,
    ARTICLE,
    FUSED,
    MARK,
    NAME,
    NOUN,
    PREPOSITION,
    VERB,
    TermWord,
)

# A wording that begins a sentence may owe its capital to that: ten of them weigh as one other.
_USUAL, _INITIAL = 10, 1
_MOST_FORMS = 40
# "Streitkräfte" is shown in the plural because its singular is four times rarer.
_PLURAL_BY = 4
# What an article before a singular noun says of its gender; "der" may be two of them.
_GENDERS = {
    "das": "n", "die": "f", "eine": "f", "einer": "f", "den": "m", "einen": "m", "dem": "mn",
    "des": "mn", "einem": "mn", "eines": "mn", "ein": "mn", "der": "mf", "vom": "mn", "im": "mn",
    "am": "mn", "zum": "mn", "beim": "mn", "zur": "f", "ins": "n", "ans": "n",
}  # fmt: skip
# What is left to the noun's own ending where the articles do not tell.
_SUFFIXES = (
    ("f", ("ung", "heit", "keit", "schaft", "ion", "tät", "ik", "ei", "enz", "anz")),
    ("n", ("um", "chen", "ment", "lein")),
    ("m", ("er", "ismus", "ling", "ist")),
)
# One in eight: a name's genitive is often the more usual ("Russlands"), a misspelling never.
_FEW = 8
_ENDINGS = {"m": "er", "f": "e", "n": "es", "plural": "e"}
_CASES = ("en", "em", "er", "es", "e")


def article_before(words: Sequence[TermWord], first: int) -> str:
    """Return the article of the phrase that begins at word `first`, as `Form` has it."""
    before = words[first - 1] if first else None
    if before is None or before.kind in (MARK, PREPOSITION, VERB):
        return ""
    return before.text.lower() if before.kind in (ARTICLE, FUSED) else "?"


class Form(NamedTuple):
    """A wording with the article before it, in small letters.

    "" is no article, and "?" a word that may stand for one ("dieser").
    """

    article: str
    text: str


@dataclass(slots=True)
class Forms:
    """Wordings by weight. Bounded: a rare one that comes late is not counted."""

    counts: Counter[Form] = field(default_factory=Counter)

    def add(self, text: str, *, initial: bool, article: str = "") -> None:
        """Count a wording."""
        form = Form(article, text)
        if form in self.counts or len(self.counts) < _MOST_FORMS:
            self.counts[form] += _INITIAL if initial else _USUAL

    @property
    def best(self) -> str:
        """The most usual wording; of two the shorter, then the first by the alphabet."""
        texts: Counter[str] = Counter()
        for form, weight in self.counts.items():
            texts[form.text] += weight
        return min(texts, key=lambda text: (-texts[text], len(text), text), default="")


def dictionary_form(forms: Forms, key: tuple[str, ...], kinds: str, language: Language) -> str:
    """Return a phrase as a dictionary has it, as near as its wordings tell.

    A German head is in the singular, or in the plural where that is by far the more usual; its
    adjectives agree with it: "der ukrainischen Streitkräfte" is "ukrainische Streitkräfte". An
    English phrase stands in its most usual wording. `key` are the lemmas without articles, `kinds`
    the letters of all words.
    """
    if language != "de":
        return forms.best
    size = next((at for at, kind in enumerate(kinds) if kind not in "ANE"), len(kinds))
    cut = [(form, form.text.split(" ")) for form in forms.counts]
    if size > len(key) or any(len(words) != len(kinds) for _, words in cut):
        return forms.best
    head = size - 1
    nouns: Counter[str] = Counter()
    for form, words in cut:
        nouns[words[head]] += forms.counts[form]
    # "Coronavirus" is no genitive of "Coronaviru", for it stands behind "das", too.
    is_genitive = all(
        form.article in ("des", "eines")
        for form, words in cut
        if words[head].casefold() != key[head] and _is_singular(words[head], key[head])
    )
    noun, is_plural = _noun(nouns, key[head], kinds[head], is_genitive=is_genitive)
    gender = "plural"
    if not is_plural:
        told = _gender(
            (forms.counts[form], form.article, words[0] if kinds[0] == ADJECTIVE else "")
            for form, words in cut
            if _is_singular(words[head], key[head])
        )
        gender = _one_gender(told, key[head])
    shown = forms.best.split(" ")
    for at in range(head):
        if kinds[at] == ADJECTIVE:
            shown[at] = _agreeing(shown[at], gender)
    shown[head] = noun
    return " ".join(shown)


def _is_singular(form: str, lemma: str) -> bool:
    folded = form.casefold()
    return folded == lemma or folded in (f"{lemma}s", f"{lemma}es")


def _noun(forms: Counter[str], lemma: str, kind: str, *, is_genitive: bool) -> tuple[str, bool]:
    """Return the head of a phrase in the nominative, and whether that is the plural."""
    singular = Counter({form: n for form, n in forms.items() if _is_singular(form, lemma)})
    plural = Counter({form: n for form, n in forms.items() if form not in singular})
    if singular and (kind == NAME or plural.total() < _PLURAL_BY * singular.total()):
        bare = max((n for form, n in singular.items() if form.casefold() == lemma), default=0)
        usual = min(singular, key=lambda form: (-singular[form], len(form), form))
        # "Morales" is no genitive, whatever the tagger says, while few write "Moral".
        return (
            usual[: len(lemma)] if is_genitive or _FEW * bare >= singular.total() else usual
        ), False
    # "Streitkräften" is a dative where "Streitkräfte" is there, too.
    best = min(plural, key=lambda form: (-plural[form], form))
    shorter = best[:-1]
    return (shorter if best.endswith("n") and shorter in plural else best), kind == NOUN


def _one_gender(told: str, lemma: str) -> str:
    """Return one of the genders that the articles leave open, by the noun's ending if need be."""
    by_ending = next((gender for gender, ends in _SUFFIXES if lemma.endswith(ends)), "")
    if len(told) == len("mnf"):
        return by_ending or "f"
    return by_ending if by_ending and by_ending in told else told[0]


def _gender(occurrences: Iterable[tuple[int, str, str]]) -> str:
    """Return m, f or n by the articles, and the strong endings, that a singular noun was met with.

    Several letters where they do not tell one from another. Each occurrence is its weight, its
    article and its first adjective.
    """
    votes: Counter[str] = Counter()
    for weight, article, adjective in occurrences:
        told = _GENDERS.get(article, "")
        if not article and adjective:
            told = {"e": "f", "s": "n", "m": "mn", "r": "mf"}.get(adjective[-1], "")
        elif article in ("ein", "der") and adjective:
            # "ein großer", "ein großes"; "der große Mann", "der großen Stadt"
            told = {"s": "n", "r": "m", "e": "m", "n": "f"}.get(adjective[-1], told)
        for gender in told:
            votes[gender] += 2 * weight if len(told) == 1 else weight
    most = max(votes[gender] for gender in "mnf")
    return "".join(gender for gender in "mnf" if votes[gender] == most)


def _agreeing(adjective: str, gender: str) -> str:
    for ending in _CASES:
        stem = adjective.removesuffix(ending)
        if stem != adjective and len(stem) > 2:
            return stem + _ENDINGS[gender]
    return adjective
