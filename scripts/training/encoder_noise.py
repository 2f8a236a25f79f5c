"""Sentences in the guises that the encoder meets, and English that says something else."""

import random
import re

from training.encoder_settings import NoiseSettings

# The tokens of the word gold, and of most tools of the field: marks stand by themselves.
TOKEN = re.compile(r"\w+(?:[-.,'’]\w+)*|[^\w\s]")
NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w{2,}")
AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|may)\b")
NEGATION = re.compile(r"\b(not|never)\s+|(?<=[a-z])n['’]t\b")


def tokenised(text: str) -> str:
    """Set blanks between all tokens: "Kursk." becomes "Kursk ."."""
    return " ".join(TOKEN.findall(text))


def batch_guise(chances: NoiseSettings, lot: random.Random) -> tuple[bool, bool]:
    """Tell whether the source and the target sides of a batch are tokenised.

    All of a batch alike: tokenised text has a fifth more pieces, and mixed lengths are padding.
    """
    drawn = lot.random()
    if drawn < chances.tokenised:
        return True, True
    if drawn < chances.tokenised + chances.one_tokenised:
        return (True, False) if lot.random() < 0.5 else (False, True)
    return False, False


def in_other_case(
    source: str, target: str, chances: NoiseSettings, lot: random.Random
) -> tuple[str, str]:
    """Return both sides, perhaps in capitals, or one of them in small letters."""
    if lot.random() < chances.upper:
        return source.upper(), target.upper()
    if lot.random() < chances.lower:
        source = source.lower()
    if lot.random() < chances.lower:
        target = target.lower()
    return source, target


def altered(text: str, others: list[str], lot: random.Random) -> str | None:
    """English `text` with one figure, negation or name changed; None where nothing offers itself.

    A name is replaced by one out of `others`, the English of the same batch.
    """
    kinds = list(WAYS)
    lot.shuffle(kinds)
    for kind in kinds:
        made = WAYS[kind](text, others, lot)
        if made is not None and made != text:
            return made
    return None


def _other_figure(text: str, _others: list[str], lot: random.Random) -> str | None:
    places = [match.start() for match in re.finditer(r"\d", text)]
    if not places:
        return None
    place = lot.choice(places)
    digit = lot.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + digit + text[place + 1 :]


def _other_negation(text: str, _others: list[str], lot: random.Random) -> str | None:
    found = NEGATION.search(text)
    if found is not None:
        return text[: found.start()] + text[found.end() :]
    places = list(AUXILIARY.finditer(text))
    if not places:
        return None
    place = lot.choice(places).end()
    return text[:place] + " not" + text[place:]


def _other_name(text: str, others: list[str], lot: random.Random) -> str | None:
    names = list(NAME.finditer(text))
    if not names:
        return None
    found = lot.choice(names)
    for other in lot.sample(others, min(4, len(others))):
        there: list[str] = [name for name in NAME.findall(other) if name not in text]
        if there:
            return text[: found.start()] + lot.choice(there) + text[found.end() :]
    return None


WAYS = {"figure": _other_figure, "negation": _other_negation, "name": _other_name}
"""What may change, and the function (text, others, lot) that changes it, or returns None."""
