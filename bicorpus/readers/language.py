"""Which language a text is in, offline: py3langid (naive Bayes on byte n-grams, BSD-3-Clause).

Its model of 139 languages (4.4 MB, in its wheel) takes a second to unpack and 130 MB of memory,
once a process and only when a text is asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from bicorpus.data import Language
from bicorpus.languages import load_words

READ_LANGUAGES: tuple[Language, ...] = ("de", "en")

# What people hand to bicorpus is German or English but for the odd exception, and the model
# takes all its languages for equally likely: without a weight, 8 of 700 German headlines come
# out as Luxembourgish or Frisian by 0.3 and more. The weight is far too small to move a
# paragraph, where the model is certain. Of 700 headlines, weights of 1, 5, 10, 20 (at a
# threshold of 0.5) accept 629, 670, 683, 692; from 20 on Low German passes as German.
_WEIGHT_OF_READ_LANGUAGES = 10.0

# A part of a long text tells as much as all of it: 0.98 and more on three sentences.
_SAMPLE_LENGTH = 2_000

# Two words alone ("would meet") are as good as no text.
_FEWEST_SMALL_WORDS = 3

# Addresses say nothing about the language around them, and pages hold many.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")

# Letters that only Yiddish writes; the model does not know it and says Hebrew.
_YIDDISH = re.compile("[\u05f0-\u05f2]")


@dataclass(frozen=True, slots=True)
class Guess:
    """ISO 639 code of the likeliest language, and the probability that it is this one, 0 to 1.

    The code "zxx" stands for text in no language (codes, digits), with confidence 0 where there
    is no letter at all.
    """

    language: Language
    confidence: float


def detect_language(text: str) -> Guess:
    """Return the likeliest language of `text`. Dialects of German count as German."""
    sample = _ADDRESS.sub(" ", _sample(text))
    if not any(map(str.isalpha, sample)):
        return Guess("zxx", 0.0)
    weights = {
        code: probability * (_WEIGHT_OF_READ_LANGUAGES if code in READ_LANGUAGES else 1.0)
        for code, probability in _weigh(sample).items()
    }
    language = max(weights, key=weights.__getitem__)
    confidence = weights[language] / sum(weights.values())
    if language in {"he", "hbo"} and _YIDDISH.search(sample):
        language = "yi"
    return Guess(language, confidence)


def _weigh(text: str) -> dict[Language, float]:
    """Return the probability of each language, all being equally likely beforehand."""
    if _is_mostly_capitals(text):
        text = text.lower()  # the model has hardly seen capitals
    probabilities: dict[Language, float] = dict(_identifier().rank(text))
    # Names speak for their own language: "The Süddeutsche Zeitung wrote that Angela Müller and
    # Jürgen Weiß would meet" is German to the model, by 0.99. So the small words have half the say.
    small_words = [word for word in text.split() if word[0].islower()]
    if len(small_words) < _FEWEST_SMALL_WORDS:
        return probabilities
    without_names = dict(_identifier().rank(" ".join(small_words)))
    return {code: (value + without_names[code]) / 2 for code, value in probabilities.items()}


def describe_language(code: Language) -> str:
    """Return name and code for people: "Dutch (nl)"; the bare code where it has no name here."""
    name = _names().get(code)
    return f"{name} ({code})" if name else f'"{code}"'


def _sample(text: str) -> str:
    """Return beginning, middle and end of a long text, and a short one as it is."""
    if len(text) <= 3 * _SAMPLE_LENGTH:
        return text
    middle = (len(text) - _SAMPLE_LENGTH) // 2
    parts = (
        text[:_SAMPLE_LENGTH],
        text[middle : middle + _SAMPLE_LENGTH],
        text[-_SAMPLE_LENGTH:],
    )
    return "\n".join(parts)


def _is_mostly_capitals(text: str) -> bool:
    # Not str.isupper: a single "ß" in "DIE GROßE STRAßE" is a small letter.
    capitals = sum(map(str.isupper, text))
    return capitals > sum(map(str.islower, text))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _names() -> dict[Language, str]:
    entries = (line.partition(" ") for line in load_words("", "names"))
    return {code: name.strip() for code, _, name in entries}
