"""Reads times of day: "14 Uhr", "14.30 Uhr", "halb neun", "2:30 pm", "8 o'clock", "noon"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bicorpus.claims.quantities.numeral import Numeral
from bicorpus.claims.quantities.phrases import words
from bicorpus.claims.quantities.tokens import Tokens

_AFTERNOON = frozenset({"nachmittags", "abends"})
_MORNING = frozenset({"morgens", "früh", "vormittags", "nachts"})
_NOON, _EARLIEST_NIGHT = 12, 9
_PARTS_OF_DAY = {
    ("in", "the", "morning"): False,
    ("in", "the", "afternoon"): True,
    ("in", "the", "evening"): True,
    ("at", "night"): True,
}
_LAST_HOUR, _LAST_MINUTE = 24, 59


def read_time(tokens: Tokens, index: int) -> Numeral | None:
    """Return the time of day that begins at `index`, or None."""
    if tokens.folded(index) in {"halb", "half"}:
        return _half(tokens, index)
    if not tokens.is_figure(index) and index not in tokens.words:
        return None
    clock = _clock(tokens, index)
    if clock is None:
        return None
    found = (
        _german(tokens, index, clock) if tokens.language == "de" else _english(tokens, index, clock)
    )
    if found is None or found.hour > _LAST_HOUR or found.minute > _LAST_MINUTE:
        return None
    return found.numeral(index)


@dataclass(frozen=True, slots=True)
class _Clock:
    """What may be a time of day; `is_sure` is false where it may be of either half of the day."""

    end: int
    hour: int
    minute: int
    in_words: bool = False
    is_sure: bool = True

    def numeral(self, first: int) -> Numeral:
        value = f"{self.hour:02d}:{self.minute:02d}"
        return Numeral(first, self.end, "time", value, self.in_words, is_sure=self.is_sure)


def _clock(tokens: Tokens, index: int) -> _Clock | None:
    """Return the hour and minute that a figure or a word can be."""
    if index in tokens.words and not tokens.is_figure(index):
        end, value, is_ordinal = tokens.words[index]
        return None if is_ordinal or value > _LAST_HOUR else _Clock(end, int(value), 0, True)
    text, kind = tokens.written(index), tokens[index].kind
    hour, _, minute = text.replace(".", ":").partition(":")
    if kind == "clock" or (kind == "number" and "." in text and tokens.language == "en"):
        is_time = len(minute) == 2 and len(hour) <= 2
        return _Clock(index + 1, int(hour), int(minute)) if is_time else None
    is_hour = kind == "number" and text.isdigit() and len(text) <= 2
    return _Clock(index + 1, int(text), 0) if is_hour else None


def _german(tokens: Tokens, index: int, clock: _Clock) -> _Clock | None:
    end = clock.end
    if tokens.folded(end) != "uhr":
        # "um 9:05" without "Uhr"; "endete 2:10" is a score.
        has_cue = tokens.folded(index - 1) in words("de", "quantity_time_cues")
        return clock if tokens[index].kind == "clock" and has_cue else None
    end += 1
    hour, minute = clock.hour, clock.minute
    follow = tokens.written(end)
    if not minute and follow.isdigit() and len(follow) == 2 and tokens.folded(end + 1) != "uhr":
        minute, end = int(follow), end + 1  # "14 Uhr 30"
    is_sure = hour > _NOON or not clock.in_words
    word = tokens.folded(end)
    if word in _AFTERNOON and hour <= _NOON:
        hour, end, is_sure = hour % _NOON + _NOON, end + 1, True
    elif word == "nachts" and _EARLIEST_NIGHT <= hour < _NOON:
        hour, end, is_sure = hour + _NOON, end + 1, True
    elif word in _MORNING:
        end, is_sure = end + 1, True
    return replace(clock, end=end, hour=hour, minute=minute, is_sure=is_sure)


def _english(tokens: Tokens, index: int, clock: _Clock) -> _Clock | None:
    half = _half_of_day(tokens, clock.end)
    if half is not None and 1 <= clock.hour <= _NOON:
        end, is_afternoon = half
        return replace(clock, end=end, hour=clock.hour % _NOON + _NOON * is_afternoon)
    is_sure = clock.hour > _NOON
    if tokens.folded(clock.end) == "o" and tokens.folded(clock.end + 2) == "clock":
        return replace(clock, end=clock.end + 3, is_sure=is_sure)
    has_cue = tokens.folded(index - 1) in words("en", "quantity_time_cues")
    is_padded = clock.minute > 9 or tokens.written(index)[0] == "0"
    if tokens[index].kind == "clock" and (has_cue or is_padded):
        return replace(clock, is_sure=is_sure)
    return None


def _half_of_day(tokens: Tokens, index: int) -> tuple[int, bool] | None:
    """Return the end of "pm", "p.m.", "a. m." at `index`, and whether it is the afternoon."""
    word = tokens.folded(index)
    if word in {"am", "pm"} and tokens.written(index) in {"am", "pm", "AM", "PM"}:
        return index + 1, word == "pm"
    letters = [tokens.folded(index + step) for step in range(3)]
    if letters[0] in {"a", "p"} and letters[1:] == [".", "m"]:
        end = index + 3
        return end + (tokens.folded(end) == "." and tokens.glued(end)), letters[0] == "p"
    for phrase, is_afternoon in _PARTS_OF_DAY.items():
        if [tokens.folded(index + step) for step in range(len(phrase))] == list(phrase):
            return index + len(phrase), is_afternoon
    return None


def _half(tokens: Tokens, index: int) -> Numeral | None:
    """Read "halb neun" as half past eight, and "half past eight"."""
    place = index + 1
    if tokens.language == "en":
        if tokens.folded(place) != "past":
            return None
        place += 1
    if place in tokens.words and not tokens.words[place][2]:
        end, value, _ = tokens.words[place]
    elif tokens.is_figure(place) and tokens.written(place).isdigit():
        end, value = place + 1, float(tokens.written(place))
    else:
        return None
    if not 1 <= value <= _NOON:
        return None
    hour = int(value) if tokens.language == "en" else int(value - 1) or _NOON
    return _Clock(end, hour, 30, in_words=True, is_sure=False).numeral(index)
