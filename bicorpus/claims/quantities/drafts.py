"""Puts bound and unit round the numerals of a text, and shares them out in ranges.

"mehr als 5 Mio. Euro" is a draft of one quantity; in "5 bis 7 Mio. Euro" the first draft gets the
magnitude and the unit of the second, in "3. bis 5. Mai" its month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from bicorpus.claims.quantities.bounds import Bound, bound_after, bound_before
from bicorpus.claims.quantities.dates import is_connector, read_date, read_open_day
from bicorpus.claims.quantities.digits import read_digits
from bicorpus.claims.quantities.numeral import Numeral, end_of_half
from bicorpus.claims.quantities.phrases import phrases, words
from bicorpus.claims.quantities.spelled import find_words, read_odds, read_spelled, spelled_starters
from bicorpus.claims.quantities.times import read_time
from bicorpus.claims.quantities.tokens import Tokens
from bicorpus.claims.quantities.units import Unit, currency_before, unit_at
from bicorpus.claims.quantities.words import may_be_compound
from bicorpus.data import Language

# "ein", "a" and "one" count before these; elsewhere they are articles and pronouns.
_ARTICLE_UNITS = frozenset(
    {"years", "months", "weeks", "fortnights", "days", "hours", "minutes", "decades", "centuries",
     "percent", "percentage points", "km", "m", "miles", "km2", "hectares", "kg", "tonnes",
     "litres", "EUR", "USD"}
)  # fmt: skip
_TIME_UNITS = frozenset({"years", "months", "weeks", "days", "hours", "minutes"})
_THAN = frozenset({"than", "als"})
_FURTHER = frozenset({"another", "further", "additional", "weitere", "weiteren", "noch"})
_RANGE_WORDS = frozenset({"bis", "to", "-", "–", "or", "oder", "auf"})
_SHARED_UNIT_WORDS = _RANGE_WORDS | {"und", "and"}
_CLOCK_WORDS = _SHARED_UNIT_WORDS | {"until", "till"}
# "zwischen 5 und 7 Millionen" begins at 5 million, "1.200 bis 2 Millionen" does not.
_LARGEST_SHORTENED = 1000


@dataclass(slots=True)
class Draft:
    """A numeral with the tokens that belong to it: `first` to `last`, exclusive."""

    first: int
    last: int
    numeral: Numeral
    unit: str | None
    is_measure: bool
    bound: Bound = "exact"
    soft: frozenset[Bound] = frozenset()


def read_drafts(tokens: Tokens) -> list[Draft]:
    """Return the drafts of a text's quantities in order of place; no two overlap."""
    return _share(tokens, _complete_days(tokens, list(_read(tokens))))


def _read(tokens: Tokens) -> Iterator[Draft]:
    find_words(tokens)
    index = taken = 0
    while index < len(tokens):
        numeral = None
        if tokens.is_figure(index):
            numeral = (
                read_time(tokens, index)
                or read_date(tokens, index)
                or read_odds(tokens, index)
                or read_digits(tokens, index)
            )
        elif _may_begin(tokens, index):
            numeral = (
                read_time(tokens, index) or read_date(tokens, index) or read_spelled(tokens, index)
            )
        draft = _draft(tokens, numeral, taken) if numeral else None
        if draft is None:
            index += 1
            continue
        yield draft
        index = taken = draft.last


def _may_begin(tokens: Tokens, index: int) -> bool:
    """Return whether a word is worth the grammar's time: one in eight is."""
    if not tokens.is_word(index):
        return False
    word = tokens.folded(index)
    return (
        index in tokens.words
        or word in _starters(tokens.language)
        or may_be_compound(word, tokens.language)
    )


@cache
def _starters(language: Language) -> frozenset[str]:
    lists = ("quantity_months", "quantity_decades", "quantity_date_parts")
    return spelled_starters(language).union(
        {"halb", "half"}, *(phrases(language, name).firsts for name in lists)
    )


def _draft(tokens: Tokens, numeral: Numeral, taken: int) -> Draft | None:
    """Put bound and unit round a numeral, from the token `taken` on; None for a mere article."""
    if numeral.kind in {"date", "decade", "label", "score"}:
        return Draft(numeral.first, numeral.last, numeral, None, is_measure=False)
    draft = Draft(numeral.first, numeral.last, numeral, numeral.unit, bool(numeral.unit))
    if numeral.kind == "number":
        _add_unit(tokens, draft, taken)
    _add_bound(tokens, draft, taken)
    if numeral.vague is not None:
        return _vague(tokens, draft)
    if numeral.is_article and not _counts(tokens, draft, taken):
        return None
    return draft


def _add_unit(tokens: Tokens, draft: Draft, taken: int) -> None:
    before = currency_before(tokens, draft.first)
    if before is not None and before[0] >= taken:
        draft.first, draft.unit, draft.is_measure = before[0], before[1], True
        return
    if draft.unit is not None:
        return
    if (after := bound_after(tokens, draft.last)) is not None:
        draft.last = after[0]  # "500 or more guests"
    unit = unit_at(tokens, draft.last)
    if unit is not None and not _begins_quantity(tokens, draft, unit):
        draft.last, draft.unit, draft.is_measure = unit.end, unit.name, unit.is_measure
        half = end_of_half(tokens, draft.last)
        if half and isinstance(draft.numeral.value, float):
            # "a year and a half"
            draft.numeral = replace(draft.numeral, value=draft.numeral.value + 0.5)
            draft.last = half


def _begins_quantity(tokens: Tokens, draft: Draft, unit: Unit) -> bool:
    """Return whether a numeral stands between this one and what looks like its noun."""
    between = range(draft.last, unit.end)
    return any(
        tokens.is_figure(index) or (index in tokens.words and tokens.words[index][1] > 1)
        for index in between
    )


def _add_bound(tokens: Tokens, draft: Draft, taken: int) -> None:
    # "at least another two", "mindestens weitere zwei"
    is_further = tokens.folded(draft.first - 1) in _FURTHER
    before = bound_before(tokens, draft.first - is_further)
    if before is not None and before[0] >= taken:
        draft.first, cue = before
        draft.bound, draft.soft = cue.bound, cue.soft
        if draft.unit in _TIME_UNITS and tokens.folded(draft.numeral.first - 1) in {"über", "over"}:
            draft.soft |= {"exact"}  # "über drei Jahre" may be "for three years"
        return
    if draft.numeral.kind == "time" and tokens.folded(draft.first - 1) == "gegen":
        draft.first, draft.bound = draft.first - 1, "about"
        return
    for place in (draft.numeral.last, draft.last):
        if (after := bound_after(tokens, place)) is not None:
            draft.bound, draft.soft = after[1].bound, after[1].soft
            draft.last = max(draft.last, after[0])
            return
    plus = draft.numeral.last
    if tokens.folded(plus) == "+" and tokens.glued(plus) and not tokens.glued(plus + 1):
        draft.bound = "over"


def _vague(tokens: Tokens, draft: Draft) -> Draft | None:
    """Return a vague quantity; "viele" and "some" only with the noun they count."""
    word = draft.numeral.vague or ""
    name = word.removesuffix("*")
    is_round = name != word or (name.endswith("s") and name != "numerous")
    has_noun = draft.last > draft.numeral.last
    mass_nouns = words(tokens.language, "quantity_mass_nouns")
    if not is_round and (not has_noun or tokens.folded(draft.last - 1) in mass_nouns):
        return None
    draft.unit = f"{name} {draft.unit}" if draft.unit else name
    draft.bound = "about"
    draft.is_measure = False
    return draft


def _counts(tokens: Tokens, draft: Draft, taken: int) -> bool:
    """Return whether an article is a number: "fast ein Jahr", not "zweimal im Jahr", "a day"."""
    if draft.numeral.first == taken and taken > 0:
        return False  # a rate: "10 euros a day"
    if draft.numeral.value != 1:
        return True
    # "über einen Fluss", "about a man": prepositions, unless a measure follows.
    before = tokens.folded(draft.numeral.first - 1)
    is_bound = draft.bound != "exact" and tokens.is_word(draft.numeral.last)
    if is_bound and before in _THAN and not draft.is_measure and _is_judged(tokens, draft):
        return False
    if is_bound and before not in words(tokens.language, "quantity_prepositions"):
        return True
    phrase = tokens.folded(draft.numeral.first), tokens.folded(draft.numeral.first + 1)
    return draft.unit in _ARTICLE_UNITS and phrase not in {("eines", "tages"), ("a", "second")}


def _is_judged(tokens: Tokens, draft: Draft) -> bool:
    """Return whether "more than a crisis" says what something is, not how many there are.

    English counts with "more than one"; German has no other word, and only a verb of being tells.
    """
    if tokens.language == "en":
        return tokens.folded(draft.numeral.first) != "one"
    copulas = words(tokens.language, "quantity_copulas")
    near = (draft.first - 1, draft.first, draft.last, draft.last + 1)
    return any(tokens.folded(index) in copulas for index in near)


def _complete_days(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """Give "3." in "3. bis 5. Mai" and "5" in "May 3-5" their month and year."""
    for near, far in reversed([*pairwise(drafts)]):
        for day, date in ((near, far), (far, near)):
            if date.numeral.kind != "date" or day.numeral.kind not in {"number", "ordinal"}:
                continue
            start, end = near.last, far.first
            while start < end and tokens.folded(start) == ".":
                start += 1
            if day.unit is not None or not is_connector(tokens, start, end):
                continue
            value = date.numeral.value
            whole = read_open_day(tokens, day.first, value) if isinstance(value, str) else None
            if whole is not None and whole.last <= max(start, day.last):
                day.numeral = replace(whole, last=day.last)
                day.bound = "exact"
    return drafts


def _share_clock(first: Draft, second: Draft) -> None:
    """Make a time of "17" in "zwischen 17 und 18 Uhr"."""
    value, clock = first.numeral.value, second.numeral
    if first.unit is None and isinstance(value, float) and value <= 24 and value.is_integer():
        first.numeral = replace(
            first.numeral,
            kind="time",
            value=f"{value:02.0f}:00",
            is_sure=clock.is_sure and value > 12,
        )


def _share(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """Give "5" in "5 bis 7 Millionen Euro" the magnitude and the unit of its partner."""
    for first, second in reversed([*pairwise(drafts)]):
        one, other = first.numeral, second.numeral
        is_joined = second.first - first.last == 1 and tokens.folded(first.last) in _CLOCK_WORDS
        if one.kind == "number" and other.kind == "time" and is_joined:
            _share_clock(first, second)
            continue
        if one.kind != "number" or other.kind != "number" or second.first - first.last != 1:
            continue
        word = tokens.folded(first.last)
        if word not in _SHARED_UNIT_WORDS or not isinstance(one.value, float):
            continue
        has_same_unit = first.unit in {None, second.unit}
        is_range = word in _RANGE_WORDS or tokens.folded(first.first - 1) in {"zwischen", "between"}
        if is_range and has_same_unit and one.scale == 1 and one.value < _LARGEST_SHORTENED:
            first.numeral = replace(one, value=one.value * other.scale)
        if first.unit is None and first.last == one.last:
            first.unit, first.is_measure = second.unit, second.is_measure
    return drafts
