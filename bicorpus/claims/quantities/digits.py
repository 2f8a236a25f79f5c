"""Reads the numerals that are written in digits: numbers, ordinals, scores, labels, fractions."""

from __future__ import annotations

import unicodedata

from bicorpus.claims.quantities.numeral import Numeral, number_value, power_at, scaled
from bicorpus.claims.quantities.phrases import label_phrases, phrases
from bicorpus.claims.quantities.tokens import Tokens

# Higher than any usual score; a pair of higher figures is a range.
_HIGHEST_SCORE = 250
_UNIT_SIGNS = frozenset("%€$£¥°‰-")


def read_digits(tokens: Tokens, index: int) -> Numeral | None:
    """Return the numeral that begins with the figure at `index`."""
    named = _month_and_day(tokens, index) or _label(tokens, index)
    if named is not None:
        return named
    token = tokens[index]
    if token.kind == "clock":
        return Numeral(index, index + 1, "score", token.text.replace(".", ":"))
    if token.kind == "fraction":
        return scaled(tokens, index, index + 1, unicodedata.numeric(token.text), in_words=False)
    value = number_value(token.text, tokens.language)
    if value is None:
        return Numeral(index, index + 1, "label", token.text)
    return (
        _slash(tokens, index, value)
        or _ordinal(tokens, index, value)
        or _score(tokens, index, value)
        or _mixed(tokens, index, value)
        or scaled(tokens, index, index + 1, value, in_words=False)
    )


def _label(tokens: Tokens, index: int) -> Numeral | None:
    """Read "A380", "F-16", "5G", "007", "§ 218", "2.6.1"."""
    token = tokens[index]
    if token.kind == "chain":
        return Numeral(index, index + 1, "label", token.text)
    if token.glued:
        place = index - 1
        if tokens.folded(place) == "-" and tokens.glued(place):
            place -= 1
        measures = phrases(tokens.language, "quantity_measures")
        # "EUR5" and "DM-5" are money, "30x15" is a size.
        is_sign = tokens.folded(place) == "x" or measures.at(tokens, place) is not None
        if tokens.is_word(place) and not is_sign:
            text = tokens.written(place).upper() + token.text
            return Numeral(index, index + 1, "label", text)
    letter = tokens.written(index + 1)
    is_thousand = letter == "K" and power_at(tokens, index + 1, index) > 0
    if tokens.glued(index + 1) and letter in {*"GDPXBK"} and not is_thousand:
        return Numeral(index, index + 2, "label", token.text + letter)
    if token.kind != "number" or not token.text.isdigit():
        return None
    is_padded = token.text[0] == "0" and len(token.text) > 1
    if is_padded or label_phrases(tokens.language).before(tokens, index):
        return Numeral(index, index + 1, "label", token.text)
    return None


def _slash(tokens: Tokens, index: int, value: float) -> Numeral | None:
    """Read "3/4" as a fraction; "24/7" and the like are labels."""
    other = index + 2
    if not (tokens.folded(index + 1) == "/" and tokens.glued(index + 1) and tokens.glued(other)):
        return None
    divisor = number_value(tokens.written(other), tokens.language)
    if not tokens.is_figure(other) or not divisor:
        return None
    if 0 < value < divisor <= 10 and value.is_integer() and divisor.is_integer():
        return Numeral(index, index + 3, "number", value / divisor)
    label = f"{tokens.written(index)}/{tokens.written(other)}"
    return Numeral(index, index + 3, "label", label)


def _month_and_day(tokens: Tokens, index: int) -> Numeral | None:
    """Read English "18/01" and "03/16", which a leading zero tells from fractions and labels."""
    parts = [tokens.written(index), tokens.written(index + 2)]
    if tokens.language != "en" or tokens.written(index + 1) != "/":
        return None
    if not all(part.isdigit() and len(part) == 2 for part in parts):
        return None
    day, month = (int(part) for part in parts)
    if month > 12:
        day, month = month, day
    if "0" not in {parts[0][0], parts[1][0]} or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return Numeral(index, index + 3, "date", f"--{month:02d}-{day:02d}")


def _mixed(tokens: Tokens, index: int, value: float) -> Numeral | None:
    """Read "2½" and "2 1/2"."""
    if tokens.glued(index + 1) and tokens[index + 1].kind == "fraction":
        value += unicodedata.numeric(tokens[index + 1].text)
        return scaled(tokens, index, index + 2, value, in_words=False)
    if not (tokens.is_figure(index + 1) and value.is_integer() and value < 1000):
        return None
    top = number_value(tokens.written(index + 1), tokens.language)
    rest = _slash(tokens, index + 1, top) if top is not None else None
    if rest is None or not isinstance(rest.value, float):
        return None
    return scaled(tokens, index, rest.last, value + rest.value, in_words=False)


def _ordinal(tokens: Tokens, index: int, value: float) -> Numeral | None:
    end = index + 1
    if not value.is_integer() or not tokens.glued(end):
        return None
    if tokens.language == "en":
        is_ordinal = tokens.folded(end) in {"st", "nd", "rd", "th"}
    else:
        # "der 3. Platz", and not the full stop behind "Kapitel 3.".
        is_ordinal = (
            tokens.folded(end) == "."
            and value < 1000
            and tokens.is_word(end + 1)
            and not tokens.glued(end + 1)
        )
    return Numeral(index, end + 1, "ordinal", value) if is_ordinal else None


def _score(tokens: Tokens, index: int, value: float) -> Numeral | None:
    """Read "4-1" as a score; "5-7 Jahre", "1990-95" and "2,5-3" are two numbers."""
    dash, other = index + 1, index + 2
    if tokens.folded(dash) not in {"-", "–"} or not tokens.glued(dash) or not tokens.glued(other):
        return None
    if not tokens.is_figure(other) or tokens[other].kind != "number":
        return None
    second = number_value(tokens.written(other), tokens.language)
    if second is None or not (value.is_integer() and second.is_integer()):
        return None
    after = tokens.written(other + 1)
    counts = tokens.is_word(other + 1) or after[:1] in _UNIT_SIGNS
    # A higher second figure with a word or sign behind is a range; "a 4-1 win" is none.
    if max(value, second) > _HIGHEST_SCORE or (counts and after and second > value):
        return None
    return Numeral(index, other + 1, "score", f"{value:g}:{second:g}")
