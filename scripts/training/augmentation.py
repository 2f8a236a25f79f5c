"""Altered copies of pairs: what real articles have and the training text has too little of."""

import random
import re
from collections.abc import Iterator, Sequence

from training.corpora import Pair
from training.nations import with_other_nation
from training.settings import AugmentationSettings
from training.substitution import Exchange

FIGURE = re.compile(r"(?<![\w.,:/-])\d+(?:[.,]\d+)*(?![\w:/-]|[.,]\d)")
ENDED = (".", "!", "?", '"', "“", "”")
LONGEST_CAPITALS = 90  # characters; kickers and headlines, not paragraphs
LONGEST_JOINED = 420


def english_form(figure: str) -> str | None:
    """Write a German figure the English way ("1.000": "1,000"); None if it may be a date."""
    if re.fullmatch(r"\d+", figure):
        return figure
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", figure) or re.fullmatch(r"\d+,\d+", figure):
        return figure.translate(str.maketrans(".,", ",."))
    return None


def another_figure(figure: str, random_source: random.Random) -> str:
    """Draw a German figure of another value, sometimes of another length.

    Years stay years and small ones stay small, so that the words around them still agree.
    """
    if re.fullmatch(r"\d+", figure):
        if re.fullmatch(r"(1[89]|20)\d\d", figure):
            return str(random_source.randint(1900, 2039))
        if int(figure) <= 31:
            return str(random_source.randint(2, 31)) if int(figure) > 1 else figure
        return str(random_source.randint(32, 10 ** max(3, len(figure)) - 1)).lstrip("0")
    if "." not in figure:
        decimals = len(figure.split(",")[1])
        whole = random_source.randint(0, 10 ** random_source.randint(1, 3) - 1)
        return f"{whole},{random_source.randint(1, 10**decimals - 1):0{decimals}d}"
    amount = random_source.randint(1000, 10 ** random_source.randint(4, 8))
    return f"{amount:,}".replace(",", ".")


def with_other_figures(pair: Pair, random_source: random.Random) -> Pair | None:
    """`pair` with every figure replaced that stands exactly once on each side."""
    found = FIGURE.findall(pair.source)
    there = FIGURE.findall(pair.target)
    source, target = pair
    for figure in dict.fromkeys(found):
        english = english_form(figure)
        if english is None or found.count(figure) != 1 or there.count(english) != 1:
            continue
        new = another_figure(figure, random_source)
        new_english = english_form(new)
        if new == figure or new_english is None:
            continue
        source = _replace(source, figure, new)
        target = _replace(target, english, new_english)
    return Pair(source, target) if source != pair.source else None


def _replace(text: str, figure: str, new: str) -> str:
    return FIGURE.sub(lambda match: new if match.group() == figure else match.group(), text)


def in_capitals(pair: Pair) -> Pair | None:
    """Set a short pair in capitals on both sides, as kickers are."""
    if len(pair.source) > LONGEST_CAPITALS or pair.source.isupper():
        return None
    return Pair(pair.source.upper(), pair.target.upper())


def with_german_quotes(pair: Pair) -> Pair | None:
    """„…“ on the German side and "…" on the English, where both have the same even number."""
    source = re.sub("[„“”»«]", '"', pair.source)
    target = re.sub("[“”]", '"', pair.target)
    number = source.count('"')
    if number == 0 or number % 2 or target.count('"') != number:
        return None
    pieces = source.split('"')
    quoted = pieces[0]
    for index, piece in enumerate(pieces[1:]):
        quoted += ("„" if index % 2 == 0 else "“") + piece
    made = Pair(quoted, target)
    return made if made != pair else None


def joined(first: Pair, second: Pair) -> Pair | None:
    """Two pairs as one line, where each is a whole sentence and the line does not grow long."""
    sides = (first.source, first.target, second.source, second.target)
    if not all(side.endswith(ENDED) for side in sides):
        return None
    if len(first.source) + len(second.source) > LONGEST_JOINED:
        return None
    return Pair(f"{first.source} {second.source}", f"{first.target} {second.target}")


def augmented(
    pairs: Sequence[Pair],
    chances: AugmentationSettings,
    *,
    seed: str,
    exchange: Exchange | None = None,
) -> Iterator[Pair]:
    """Altered copies of `pairs`, the same for the same seed; the pairs themselves are left out.

    Without `exchange`, none has other words of a dictionary.
    """
    random_source = random.Random(seed)  # noqa: S311  -- no secrets here

    for index, pair in enumerate(pairs):
        if random_source.random() < chances.joined:
            yield from _made(joined(pair, _another(pairs, index, random_source)))
        if random_source.random() < chances.figures:
            yield from _made(with_other_figures(pair, random_source))
        if random_source.random() < chances.capitals:
            yield from _made(in_capitals(pair))
        if random_source.random() < chances.quotes:
            yield from _made(with_german_quotes(pair))
        # No lot is drawn without need: older configurations give the copies that they gave.
        if chances.nations and random_source.random() < chances.nations:
            yield from _made(with_other_nation(pair, random_source))
        if exchange is not None and random_source.random() < chances.words:
            yield from _made(exchange.other(pair, random_source))


def _made(copy: Pair | None) -> tuple[Pair, ...]:
    return () if copy is None else (copy,)


def _another(pairs: Sequence[Pair], index: int, random_source: random.Random) -> Pair:
    # Half of the joins keep the corpus's order (a text goes on), half take any sentence.
    if random_source.random() < 0.5:
        return pairs[(index + 1) % len(pairs)]
    return pairs[random_source.randrange(len(pairs))]
