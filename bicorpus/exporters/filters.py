"""The small language that says which rows are written: `score>=0.8 and not finding:figure`.

    expression  := conjunction ("or" conjunction)*
    conjunction := negation ("and" negation)*
    negation    := "not" negation | "(" expression ")" | condition
    condition   := FIELD OPERATOR VALUE

Negations are pushed down to the conditions when the expression is read, so that every row that is
left out has at least one condition that it does not meet: its reasons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from bicorpus.errors import SettingsError
from bicorpus.exporters.claim_rows import ClaimRow
from bicorpus.exporters.filter_fields import (
    BEAD_FIELDS,
    CLAIM_FIELDS,
    COMPARISONS,
    Field,
    MismatchError,
    Test,
)
from bicorpus.exporters.rows import BeadRow

Row = BeadRow | ClaimRow

# Deeper ones are no expression of a person, and Python's stack has an end.
_DEEPEST = 50

_BLANKS = re.compile(r"\s*")
_WORD = re.compile(r"[^\s()\"'<>=!:]+")
_SIGN = re.compile("|".join(map(re.escape, sorted(COMPARISONS, key=len, reverse=True))))
_VALUE = re.compile(r"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s()\"'][^\s()\"]*)")


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison, or its opposite; `text` is what the user wrote, "not " before it."""

    text: str
    name: str
    value: str
    field: Field
    test: Test[Any]
    wanted: bool = True

    def unmet(self, row: Row) -> tuple[Condition, ...]:
        """Return the conditions that the row does not meet: this one, or none."""
        return () if self.test(row) == self.wanted else (self,)

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions, in the order in which they were written."""
        return (self,)

    def opposite(self) -> Condition:
        """Return the condition that holds where this one does not."""
        text = self.text.removeprefix("not ") if not self.wanted else f"not {self.text}"
        return replace(self, text=text, wanted=not self.wanted)

    def reason(self, row: Row) -> str:
        """Return the condition with what the row has instead: "score>=0.8 (0.3112)"."""
        return f"{self.text} ({self.field.describe(row)})"


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which all must hold, or any."""

    parts: tuple[Filter, ...]
    needs_all: bool

    def unmet(self, row: Row) -> tuple[Condition, ...]:
        """Return the conditions because of which the row does not pass; empty where it does."""
        found: tuple[Condition, ...] = ()
        for part in self.parts:
            unmet = part.unmet(row)
            if not (unmet or self.needs_all):
                return ()
            found += unmet
        return found

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions, in the order in which they were written."""
        return tuple(one for part in self.parts for one in part.conditions())

    def opposite(self) -> Group:
        """Return the group that holds where this one does not (De Morgan)."""
        return Group(tuple(part.opposite() for part in self.parts), not self.needs_all)


Filter = Condition | Group


def read_filter(text: str, fields: Mapping[str, Field] = BEAD_FIELDS) -> Filter:
    """Return the filter of beads (or of claims, with CLAIM_FIELDS) that `text` says.

    Raises SettingsError with the column, and the known fields where one is wrong.
    """
    reader = _Reader(text, fields)
    expression = reader.expression()
    if reader.word() == ")":
        raise reader.error("this bracket closes none.", "Remove it, or open one before it.")
    if reader.word():
        raise reader.error(
            f'"and" or "or" is missing before "{reader.word()}".', _quote_hint(reader.word())
        )
    return expression


def _quote_hint(word: str) -> str:
    return f'A value with blanks or brackets stands in quotes: origin:"my {word}*".'


class _Reader:
    """Reads an expression from left to right; `place` is how far it is."""

    def __init__(self, text: str, fields: Mapping[str, Field]) -> None:
        self.text = text
        self._fields = fields
        self.place = 0
        self._depth = 0

    def error(self, problem: str, next_step: str, place: int | None = None) -> SettingsError:
        """Return an error that points at `place`, or at where the reader is."""
        at = self.place if place is None else place
        shown = re.sub(r"\s", " ", self.text)
        return SettingsError(
            f"Column {at + 1} of the filter: {problem}\n  {shown}\n  {' ' * at}^\n",
            next_step=next_step,
        )

    def word(self) -> str:
        """Return the next word or sign without going beyond it; empty at the end."""
        self.place = self._behind(_BLANKS)
        found = _WORD.match(self.text, self.place)
        return found.group() if found else self.text[self.place : self.place + 1]

    def _behind(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.place)
        return found.end() if found else self.place

    def _takes(self, word: str) -> bool:
        if self.word().lower() != word:
            return False
        self.place += len(word)
        return True

    def expression(self) -> Filter:
        """Read conjunctions with "or" between them."""
        parts = [self._conjunction()]
        while self._takes("or"):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else Group(tuple(parts), needs_all=False)

    def _conjunction(self) -> Filter:
        parts = [self._negation()]
        while self._takes("and"):
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else Group(tuple(parts), needs_all=True)

    def _negation(self) -> Filter:
        self._depth += 1
        if self.word() and self._depth > _DEEPEST:
            raise self.error(f"more than {_DEEPEST} levels.", "Write it with fewer brackets.")
        try:
            if self._takes("not"):
                return self._negation().opposite()
            if self.word() == "(":
                return self._bracket()
            return self._condition()
        finally:
            self._depth -= 1

    def _bracket(self) -> Filter:
        opened = self.place
        self.place += 1
        inner = self.expression()
        if not self._takes(")"):
            if self.word():
                raise self.error(f'"and", "or" or ")" is missing before "{self.word()}".', "")
            raise self.error("this bracket is not closed.", 'Add a ")".', opened)
        return inner

    def _condition(self) -> Condition:
        name, start = self.word(), self.place
        field = self._field(name)
        self.place += len(name)
        self.place = self._behind(_BLANKS)
        sign = _SIGN.match(self.text, self.place)
        if sign is None:
            raise self.error(
                f'a comparison is missing after "{name}".',
                f"Write {name} with one of {' '.join(COMPARISONS)} and a value.",
            )
        self.place = sign.end()
        self.place = value_place = self._behind(_BLANKS)
        value = self._value(name)
        text = self.text[start : self.place]
        try:
            # The field writes bead types with a hyphen, Bitextor with a colon.
            meant = value.replace(":", "-") if name == "type" else value
            return Condition(text, name, meant, field, field.test(sign.group(), meant))
        except MismatchError as problem:
            place = sign.start() if problem.is_operator else value_place
            raise self.error(f'"{name}" {problem}.', "", place) from None

    def _field(self, name: str) -> Field:
        known = f"Known fields: {', '.join(self._fields)}."
        if name in {"", ")", "and", "or"} or not _WORD.fullmatch(name):
            what = f'instead of "{name}"' if name else "at its end"
            raise self.error(f"a condition is missing {what}.", known)
        if name in self._fields:
            return self._fields[name]
        for of, others in (("beads", BEAD_FIELDS), ("claims", CLAIM_FIELDS)):
            if name in others:
                raise self.error(f'"{name}" is a field of {of} only.', known)
        nearest = get_close_matches(name, self._fields, n=1)
        guess = f'Did you mean "{nearest[0]}"? ' if nearest else ""
        raise self.error(f'there is no field "{name}".', guess + known)

    def _value(self, name: str) -> str:
        found = _VALUE.match(self.text, self.place)
        if found is None:
            is_open = self.text[self.place : self.place + 1] in {'"', "'"}
            problem = (
                "this quote is not closed." if is_open else f'a value for "{name}" is missing.'
            )
            raise self.error(problem, "")
        self.place = found.end()
        return str(found[found.lastgroup or 0])
