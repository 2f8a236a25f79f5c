"""Reads dates and decades: "17.3.1999", "Anfang Januar", "March 3-5", "the 1850s", "2015/16".

A date's value is ISO 8601 as precise as the text: "2024-08-06", "2024-08", "--08-06", "--08",
"2024", and "2015/2016" for a season. A decade's is "1850s", or "50s" without its century.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bicorpus.claims.quantities.bounds import bound_before
from bicorpus.claims.quantities.numeral import Numeral
from bicorpus.claims.quantities.phrases import phrases, words
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.claims.quantities.units import unit_at

_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}|21[0-9]{2}")
_DAY = re.compile(r"0?[1-9]|[12][0-9]|3[01]")
_RECENT = re.compile(r"19[0-9]{2}|20[0-9]{2}")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_CONNECTORS = frozenset(
    {"bis", "und", "to", "and", "or", "oder", "-", "–", "/", "through", "until"}
)
_DECADE_TAILS = {"de": frozenset({"er", "ern"}), "en": frozenset({"s", "ies"})}
# Two digits of a year as people read them: 30 and above are of the last century.
_CENTURY_TURN = 30


def read_date(tokens: Tokens, index: int) -> Numeral | None:
    """Return the date or decade that begins at `index`, or None."""
    token = tokens[index]
    if token.kind == "iso":
        return Numeral(index, index + 1, "date", token.text)
    if token.kind == "date":
        return _numeric(tokens, index)
    if tokens.is_figure(index):
        return (
            _day_first(tokens, index)
            or _decade(tokens, index)
            or _season(tokens, index)
            or _year(tokens, index)
        )
    if token.kind != "word":
        return None
    if index in tokens.words and (date := _day_first(tokens, index)) is not None:
        return date
    return _month_first(tokens, index) or _spelled_decade(tokens, index)


def read_open_day(tokens: Tokens, index: int, date: str) -> Numeral | None:
    """Return the day at `index` that shares month and year with `date`: "3. bis 5. Mai"."""
    day = _day(tokens, index)
    if day is None or not re.fullmatch(r"(\d{4}|-)-\d\d-\d\d", date):
        return None
    return Numeral(index, day[0], "date", f"{date[:-2]}{day[1]:02d}")


def is_connector(tokens: Tokens, start: int, end: int) -> bool:
    """Return whether between two days stands "bis", "and", "-" or the like, and nothing else."""
    return end - start == 1 and tokens.folded(start) in _CONNECTORS


def _numeric(tokens: Tokens, index: int) -> Numeral:
    """Read "17.3.1999", "24.2.", "6/8/2024" (English: the day first unless it cannot be)."""
    parts = [int(part) for part in re.findall(r"[0-9]+", tokens.written(index))]
    day, month, *year = parts
    if month > 12 and day <= 12:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return Numeral(index, index + 1, "label", tokens.written(index))
    if year and year[0] < 100:
        year[0] += 1900 if year[0] >= _CENTURY_TURN else 2000
    end = index + 1
    prefix = f"{year[0]}" if year else "-"
    return Numeral(index, end, "date", f"{prefix}-{month:02d}-{day:02d}")


def _month_at(tokens: Tokens, index: int) -> tuple[int, str] | None:
    """Return the end and number of the month at `index`; names are written with a capital."""
    if not tokens.written(index)[:1].isupper():
        return None
    return phrases(tokens.language, "quantity_months").at(tokens, index)


def _year_at(tokens: Tokens, index: int) -> tuple[int, str] | None:
    """Return the end of the year at `index` and the year; in English "," or "of" may lead."""
    if tokens.language == "en" and tokens.folded(index) in {",", "of"}:
        index += 1
    text = tokens.written(index)
    if not _YEAR.fullmatch(text) or tokens.written(index + 1) in {"%", "€", "$"}:
        return None
    return index + 1, text


def _day(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return the end and value of a day of the month at `index`: "3.", "3rd", "3"."""
    text = tokens.written(index)
    if not tokens.is_figure(index) or not _DAY.fullmatch(text):
        return None
    end = index + 1
    if tokens.glued(end) and tokens.folded(end) in _ORDINAL_ENDINGS | {"."}:
        end += 1
    return end, int(text)


def _spelled_day(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return the end and value of "ersten" in "am ersten November"."""
    if index not in tokens.words:
        return None
    end, value, is_ordinal = tokens.words[index]
    return (end, int(value)) if is_ordinal and 1 <= value <= 31 else None


def _day_first(tokens: Tokens, index: int) -> Numeral | None:
    """Read "6. August 2024", "17 March 1999", "17th of March"."""
    day = _day(tokens, index) or _spelled_day(tokens, index)
    if day is None:
        return None
    place = day[0] + (tokens.folded(day[0]) == "of")
    month = _month_at(tokens, place)
    if month is None or tokens.folded(day[0] - 1) == "." == tokens.folded(day[0]):
        return None
    end, prefix = month[0], "-"
    if (year := _year_at(tokens, end)) is not None:
        end, prefix = year
    is_spelled = index in tokens.words
    return Numeral(index, end, "date", f"{prefix}-{month[1]}-{day[1]:02d}", in_words=is_spelled)


def _month_first(tokens: Tokens, index: int) -> Numeral | None:
    """Read "August 2024", "Anfang Januar", "March 17, 1999", "in May"."""
    first = index
    place, part = index, None
    if (found := phrases(tokens.language, "quantity_date_parts").at(tokens, index)) is not None:
        place, part = found
    month = _month_at(tokens, place)
    if month is None:
        return _part_of_year(tokens, index, place, part) if part else None
    end, number = month
    day = _day(tokens, end) if tokens.language == "en" else None
    year = _year_at(tokens, day[0]) if day else None
    is_count = day and (tokens.is_figure(day[0]) or tokens.folded(day[0]) in {"%", "percent", ":"})
    if day and (year or not is_count):
        end, prefix = year or (day[0], "-")
        return Numeral(first, end, "date", f"{prefix}-{number}-{day[1]:02d}", part=part)
    if (year := _year_at(tokens, end)) is not None:
        return Numeral(first, year[0], "date", f"{year[1]}-{number}", part=part)
    if part is None and not _is_month(tokens, place):
        return None
    return Numeral(first, end, "date", f"--{number}", in_words=True, part=part)


def _is_month(tokens: Tokens, index: int) -> bool:
    """Return whether the name at `index` is a month by what stands before: not "Theresa May"."""
    if tokens.language == "de":
        # "Mai" may be a surname; "Juni" is not.
        return tokens.written(index) not in {"Mai", "August", "März"} or tokens.folded(
            index - 1
        ) in words("de", "quantity_date_cues")
    if tokens.written(index) in {"May", "March"} or len(tokens.written(index)) < 5:
        return tokens.folded(index - 1) in words("en", "quantity_date_cues")
    return True


_ARTICLES = frozenset({"der", "die", "das", "den", "dem", "des"})


def _part_of_year(tokens: Tokens, first: int, place: int, part: str) -> Numeral | None:
    """Read "Anfang 2024", "Ende des Jahres 2023", "early 2024"."""
    if (year := _year_at(tokens, place)) is None or tokens.folded(place) == ",":
        decade = _decade(tokens, place) or _spelled_decade(tokens, place)
        return replace(decade, first=first, part=part) if decade else None
    start = year[0] - 1
    if (whole := _decade(tokens, start) or _season(tokens, start)) is not None:
        return replace(whole, first=first, part=None if part == "year" else part)
    return Numeral(first, year[0], "date", year[1], part=None if part == "year" else part)


def _decade(tokens: Tokens, index: int) -> Numeral | None:
    """Read "1850er Jahre", "in den 50ern", "the 1850s", "the '50s"."""
    text, tail = tokens.written(index), tokens.folded(index + 1)
    if not re.fullmatch(r"[12][0-9]{2}0|[1-9]0", text):
        return None
    is_old_style = tail in {"'", "’"} and len(text) == 4 and tokens.folded(index + 2) == "s"
    if not tokens.glued(index + 1):
        return None
    if tail not in _DECADE_TAILS[tokens.language] and not is_old_style:
        return None
    end = index + 2
    if tail in {"'", "’"}:
        end += 1  # "the 1850's"
    if tokens.folded(end) == "-" and tokens.glued(end) and tokens.folded(end + 1)[:4] == "jahr":
        end += 2
    elif tokens.folded(end) in {"jahre", "jahren", "jahres"}:
        end += 1
    return Numeral(index, end, "decade", f"{text}s")


def _spelled_decade(tokens: Tokens, index: int) -> Numeral | None:
    """Read "Neunzigerjahre", "neunziger Jahre", "the fifties"."""
    found = phrases(tokens.language, "quantity_decades").at(tokens, index)
    if found is None:
        return None
    return Numeral(index, found[0], "decade", f"{found[1]}s", in_words=True)


def _season(tokens: Tokens, index: int) -> Numeral | None:
    """Read "2015/16", "2015-16", "2015/2016"; "1914-1918" is two years."""
    first, dash, second = (tokens.written(index + step) for step in range(3))
    if not (_YEAR.fullmatch(first) and tokens.glued(index + 1) and tokens.glued(index + 2)):
        return None
    if dash not in {"/", "-", "–"} or not second.isdigit():
        return None
    if len(second) == 2:
        second = first[:2] + second if second > first[2:] else f"{int(first[:2]) + 1}{second}"
    elif dash != "/" or not _YEAR.fullmatch(second):
        return None
    # "2015/16" and "1914-18"; but "1500-20" is no pair of years.
    return Numeral(index, index + 3, "date", f"{first}/{second}")


def _year(tokens: Tokens, index: int) -> Numeral | None:
    """Read a year: a bare figure behind "im Jahr", "seit", "in", or one that counts nothing."""
    text = tokens.written(index)
    if tokens[index].kind != "number" or not _YEAR.fullmatch(text):
        return None
    before = tokens.folded(index - 1)
    is_attached = tokens.glued(index + 1) and (
        tokens.is_word(index + 1) or tokens.folded(index + 1) in {"%", "€", "$", "°"}
    )
    if before in {"$", "€", "£", "¥", "us$"} or is_attached:
        return None
    is_cued = before in words(tokens.language, "quantity_date_cues") or _month_before(tokens, index)
    unit = unit_at(tokens, index + 1)
    # "die 1998 eröffnete Schule" has an article before the year.
    is_opened = before in _ARTICLES and unit is not None and unit.end > index + 2
    if unit is not None and (unit.is_measure or not (is_cued or is_opened)):
        return None
    if not is_cued and (bound_before(tokens, index) or not _RECENT.fullmatch(text)):
        return None
    return Numeral(index, index + 1, "date", text)


def _month_before(tokens: Tokens, index: int) -> bool:
    return phrases(tokens.language, "quantity_months").before(tokens, index) is not None
