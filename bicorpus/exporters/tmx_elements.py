"""The elements of TMX 1.4b as a table: what each may hold, in which order, with which attributes.

Written from the standard's rules (LISA OSCAR, TMX 1.4b, 2005).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from bicorpus.exporters.xml_elements import LANGUAGE_TAG, Element, like, one_of

_ABOUT = frozenset({"creationdate", "creationid", "changedate", "changeid", "o-encoding"})
_USE = frozenset({"usagecount", "lastusagedate", "creationtool", "creationtoolversion", "o-tmf"})
_LANGUAGE = frozenset({"xml:lang", "lang", "o-encoding"})
_CODES = dict.fromkeys(("bpt", "ept", "ph", "it", "hi", "ut"), 0)
_SUB = {"sub": 0}

ELEMENTS: dict[str, Element] = {
    "tmx": Element(
        {"header": 0, "body": 1},
        required=frozenset({"version"}),
        needed=("header", "body"),
        single=frozenset({"header", "body"}),
    ),
    "header": Element(
        {"note": 0, "prop": 0, "ude": 0},
        required=frozenset(
            {
                "creationtool",
                "creationtoolversion",
                "segtype",
                "o-tmf",
                "adminlang",
                "srclang",
                "datatype",
            }
        ),
        optional=_ABOUT,
    ),
    "body": Element({"tu": 0}),
    "tu": Element(
        {"note": 0, "prop": 0, "tuv": 1},
        optional=_ABOUT | _USE | {"tuid", "datatype", "segtype", "srclang"},
        needed=("tuv",),
    ),
    "tuv": Element(
        {"note": 0, "prop": 0, "seg": 1},
        required=frozenset({"xml:lang"}),
        optional=_ABOUT | _USE | {"datatype"},
        needed=("seg",),
        single=frozenset({"seg"}),
    ),
    "seg": Element(_CODES, holds_text=True),
    "note": Element({}, optional=_LANGUAGE, holds_text=True),
    "prop": Element({}, required=frozenset({"type"}), optional=_LANGUAGE, holds_text=True),
    "ude": Element(
        {"map": 0}, required=frozenset({"name"}), optional=frozenset({"base"}), needed=("map",)
    ),
    "map": Element(
        {}, required=frozenset({"unicode"}), optional=frozenset({"code", "ent", "subst"})
    ),
    "bpt": Element(
        _SUB, required=frozenset({"i"}), optional=frozenset({"x", "type"}), holds_text=True
    ),
    "ept": Element(_SUB, required=frozenset({"i"}), holds_text=True),
    "ph": Element(_SUB, optional=frozenset({"x", "assoc", "type"}), holds_text=True),
    "it": Element(
        _SUB, required=frozenset({"pos"}), optional=frozenset({"x", "type"}), holds_text=True
    ),
    "hi": Element(_CODES, optional=frozenset({"x", "type"}), holds_text=True),
    "ut": Element(_SUB, optional=frozenset({"x"}), holds_text=True),
    "sub": Element(_CODES, optional=frozenset({"datatype", "type"}), holds_text=True),
}


def _is_date(value: str) -> bool:
    # strptime alone would take "2024131T..." with one digit a field.
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", value):
        return False
    try:
        datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _one_of(*choices: str) -> tuple[Callable[[str], object], str]:
    return one_of(*choices), f"must be {' or '.join(choices)}"


def _like(pattern: str, expectation: str) -> tuple[Callable[[str], object], str]:
    return like(pattern), expectation


_DATE = (_is_date, "must be a date such as 20240131T235959Z")
_NUMBER = _like("[0-9]+", "must be a whole number")
_LANGUAGE_CODE = _like(LANGUAGE_TAG, "must be a language code such as de-AT")

VALUES: dict[str, tuple[Callable[[str], object], str]] = {
    "version": _one_of("1.4"),
    "segtype": _one_of("block", "paragraph", "sentence", "phrase"),
    "pos": _one_of("begin", "end"),
    "assoc": _one_of("p", "f", "b"),
    "creationdate": _DATE,
    "changedate": _DATE,
    "lastusagedate": _DATE,
    "xml:lang": _LANGUAGE_CODE,
    "lang": _LANGUAGE_CODE,
    "adminlang": _LANGUAGE_CODE,
    "srclang": _like(rf"{LANGUAGE_TAG}|\*all\*", "must be a language code such as de-AT, or *all*"),
    "i": _NUMBER,
    "x": _NUMBER,
    "usagecount": _NUMBER,
    "tuid": _like(r"\S+", "must not be empty or hold white space"),
    "unicode": _like("#x[0-9A-Fa-f]+", "must be a code point such as #xF8FF"),
}
"""For attributes whose values have rules: a test, and what to say where it fails."""


def value_problem(attribute: str, value: str) -> str | None:
    """Return what `value` should be instead, as the end of a sentence; None where it is right."""
    if attribute not in VALUES:
        return None
    is_right, expectation = VALUES[attribute]
    return None if is_right(value) else expectation
