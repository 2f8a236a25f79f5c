"""What a filter can ask about a row: the tables of fields, and how each compares."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Generic, Protocol, TypeVar, get_args

from bicorpus.data import Finding, SegmentKind, Severity, Verdict
from bicorpus.exporters.claim_rows import ClaimRow
from bicorpus.exporters.rows import BeadRow, score_text

Row = TypeVar("Row")
Test = Callable[[Row], bool]

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "!=": operator.ne,
    "==": operator.eq,
    "=": operator.eq,
    ":": operator.eq,
}
_EQUALITY = (":", "=", "==", "!=")

# What a number that was not computed is called: `score:none`.
NONE = "none"


class MismatchError(ValueError):
    """A value, or an operator, that a field cannot take; the text is the end of a sentence."""

    def __init__(self, text: str, *, is_operator: bool = False) -> None:
        super().__init__(text)
        self.is_operator = is_operator


@dataclass(frozen=True, slots=True)
class Number(Generic[Row]):
    """A field with a number, or None where it was not computed."""

    get: Callable[[Row], float | None]

    def test(self, sign: str, value: str) -> Test[Row]:
        """Return the test of a row. A comparison with what was not computed does not hold."""
        get, compare = self.get, COMPARISONS[sign]
        if value.lower() == NONE and sign in _EQUALITY:
            wants_none = sign != "!="
            return lambda row: (get(row) is None) == wants_none
        try:
            limit = float(value)
        except ValueError:
            raise MismatchError(f'is compared with a number, and "{value}" is none') from None

        def holds(row: Row) -> bool:
            found = get(row)
            return found is not None and compare(found, limit)

        return holds

    def describe(self, row: Row) -> str:
        """Return what the row has, for people."""
        found = self.get(row)
        if found is None:
            return "not computed"
        return str(found) if isinstance(found, int) else score_text(found)


@dataclass(frozen=True, slots=True)
class Words(Generic[Row]):
    """A field with any number of words: `:` holds where one of them is meant, `!=` where none is.

    `choices` are all words that there are, or empty for an open set; `is_pattern` lets `*`, `?`
    and `[…]` stand for others; `form` is what a value must look like, and `example` shows it.
    """

    get: Callable[[Row], tuple[str, ...]]
    choices: tuple[str, ...] = ()
    is_pattern: bool = False
    form: str = ""
    example: str = ""

    def test(self, sign: str, value: str) -> Test[Row]:
        """Return the test of a row."""
        if sign not in _EQUALITY:
            text = f'holds words and is compared with ":" or "!=", not with "{sign}"'
            raise MismatchError(text, is_operator=True)
        if self.choices and value not in self.choices:
            raise MismatchError(f'is never "{value}", only one of: {", ".join(self.choices)}')
        if self.form and not re.fullmatch(self.form, value):
            raise MismatchError(f'is never "{value}", but such as "{self.example}"')
        get, wanted = self.get, sign != "!="
        if self.is_pattern:
            return lambda row: any(fnmatchcase(one, value) for one in get(row)) == wanted
        return lambda row: (value in get(row)) == wanted

    def describe(self, row: Row) -> str:
        """Return what the row has, for people."""
        return " ".join(self.get(row)) or "none"


class _Pair(Protocol):
    """What a bead and a claim have in common."""

    @property
    def document(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def source_text(self) -> str: ...
    @property
    def target_text(self) -> str: ...
    @property
    def score(self) -> float | None: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...


def _ratio(row: _Pair) -> float | None:
    return len(row.target_text) / len(row.source_text) if row.source_text else None


Field = Number[Any] | Words[Any]

_OF_BOTH: dict[str, Number[_Pair] | Words[_Pair]] = {
    "score": Number(lambda row: row.score),
    "source_characters": Number(lambda row: len(row.source_text)),
    "target_characters": Number(lambda row: len(row.target_text)),
    "source_words": Number(lambda row: len(row.source_text.split())),
    "target_words": Number(lambda row: len(row.target_text.split())),
    "ratio": Number(_ratio),
    "kind": Words(lambda row: (row.kind,), choices=tuple(kind.value for kind in SegmentKind)),
    "origin": Words(lambda row: (row.origin,), is_pattern=True),
    "document": Words(lambda row: (row.document,), is_pattern=True),
    "finding": Words(lambda row: tuple(finding.check for finding in row.findings)),
    "severity": Words(
        lambda row: tuple(finding.severity for finding in row.findings),
        choices=get_args(Severity),
    ),
}
_OF_BEADS: dict[str, Number[BeadRow] | Words[BeadRow]] = {
    "translation_score": Number(lambda row: row.translation_score),
    "type": Words(
        lambda row: (row.shape,), is_pattern=True, form=r"[\d*?]+-[\d*?]+", example="1-2"
    ),
    "flag": Words(lambda row: row.flags),
}
_OF_CLAIMS: dict[str, Words[ClaimRow]] = {
    # Claims of a document in the target language have no verdict.
    "verdict": Words(lambda row: (row.verdict,) if row.verdict else (), get_args(Verdict)),
    "group": Words(lambda row: (row.group,) if row.group else (), is_pattern=True),
}

BEAD_FIELDS: dict[str, Field] = {"score": _OF_BOTH["score"], **_OF_BEADS, **_OF_BOTH}
CLAIM_FIELDS: dict[str, Field] = {"score": _OF_BOTH["score"], **_OF_CLAIMS, **_OF_BOTH}
"""The fields by name. Lengths count what the file shows; `ratio` is target to source characters."""
