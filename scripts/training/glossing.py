"""Makes the translator's glosses of a dictionary, and puts them beside the words to train on.

The names that German and English write differently come from our own list and from CLDR. Which of
a word's translations come first is decided by how often English text has them, and by where the
dictionary lists them; which words need no gloss, by how often German text has them.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from bicorpus.claims.names.gazetteer import translated_names
from bicorpus.models.glosses import MOST, GlossedPieces, Glosses
from training.corpora import Pair
from training.dictionary import Entry

_KNOWN = 100  # times in German text near to news: the translator has learnt such a word
_RANKS = (1.0, 0.6, 0.4, 0.3)  # what the first, second, … synonym of an entry counts
_LATER = 0.3  # what a translation counts in further entries of the same word
_INSIDE = 0.5  # what an entry counts that has more than the word: "sich etwas leisten"
_LEAST = 1.0
_LEAST_OF_BEST = 0.15
_SAME_BEGINNING = 4  # letters: "reconquer" says no more than "reconquered"
_RARER = (1, 1, 4, 20)  # a phrase is rarer than its rarest word by this, by its words
_WORD = re.compile(r"[^\W\d_]+")
_AROUND_GERMAN = re.compile(r"^(?:(?:sich|etwas|jemanden|jemandem) )+")
_AROUND_ENGLISH = re.compile(
    r"^(?:to|being) |\b(?:something|someone|somebody|oneself|one's)\b(?:'s)?"
)
_NAME = re.compile(r"[A-ZÄÖÜ][^\W\d_]{2,}(?:-[A-ZÄÖÜ][^\W\d_]+)*")
_GERMAN = re.compile(r"[^\W\d_]{3,}")
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'-]*(?: [A-Za-z][A-Za-z'-]*){0,2}")


def make_glosses(entries: Iterable[Entry], pairs: Sequence[Pair]) -> Glosses:
    """Choose glosses for the words of a dictionary by `pairs` of text near to news."""
    german: Counter[str] = Counter()
    english: Counter[str] = Counter()
    for pair in pairs:
        german.update(_WORD.findall(pair.source))
        english.update(word.lower() for word in _WORD.findall(pair.target))
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for entry in entries:
        if not entry.far:
            for word, translation, weight in _translations(entry):
                score = weight * _usual(translation, english)
                if score >= _LEAST:
                    before = scores[word].get(translation, 0.0)
                    scores[word][translation] = score + _LATER * before
    words = {word: _best(found) for word, found in scores.items()}
    # Of a name's second form ("Vorpommern" after "Pommern") a dictionary knows more.
    words = _names(usual=False) | words | _names(usual=True)
    known = (word for word, count in german.items() if count >= _KNOWN)
    return Glosses(words, known)


def _names(*, usual: bool) -> dict[str, list[str]]:
    """Return names that a dictionary lacks, or that would be taken apart, with their English."""
    return {
        german: [english]
        for german, english, is_usual in translated_names()
        if is_usual == usual and _NAME.fullmatch(german)
    }


def _translations(entry: Entry) -> Iterable[tuple[str, str, float]]:
    for german in entry.german:
        word = _AROUND_GERMAN.sub("", german)
        if not _GERMAN.fullmatch(word):
            continue
        for place, english in enumerate(entry.english):
            plain = " ".join(_AROUND_ENGLISH.sub(" ", english).split())
            if _ENGLISH.fullmatch(plain):
                rank = _RANKS[min(place, len(_RANKS) - 1)]
                yield word, plain, rank * (1.0 if word == german else _INSIDE)


def _usual(translation: str, english: Counter[str]) -> float:
    words = _WORD.findall(translation.lower())
    return min(english[word] for word in words) / _RARER[min(len(words), len(_RARER) - 1)]


def _best(found: dict[str, float]) -> list[str]:
    """Return the best translations, without those that are rarer by far or begin like another."""
    ordered = sorted(found, key=lambda one: (-found[one], one))
    least = _LEAST_OF_BEST * found[ordered[0]]
    best: list[str] = []
    for one in ordered:
        begins = {other.lower()[:_SAME_BEGINNING] for other in best}
        if found[one] >= least and one.lower()[:_SAME_BEGINNING] not in begins:
            best.append(one)
    return best[:MOST]


def encode_sources(
    texts: Sequence[str], vocabulary: Any, glosses: Glosses | None, *, chance: float, seed: str
) -> list[list[int]]:
    """Return the piece numbers of each text, with glosses in as many as `chance` says."""
    encoded: list[list[int]] = vocabulary.encode(list(texts))
    if glosses is None or not chance:
        return encoded
    lot = random.Random(seed)  # noqa: S311  -- no secrets here
    chosen = [row for row in range(len(texts)) if lot.random() < chance]
    glossed = GlossedPieces(vocabulary, glosses).encode([texts[row] for row in chosen])
    for row, pieces in zip(chosen, glossed, strict=True):
        encoded[row] = [vocabulary.piece_to_id(piece) for piece in pieces]
    return encoded
