"""The elements of XLIFF 2.1 as a table: what each may hold, in which order, with which attributes.

Written from the standard (OASIS, XLIFF 2.1, 2018): the core, with the modules "matches" and
"metadata", as far as we write them.
"""

from __future__ import annotations

from collections.abc import Callable

from bicorpus.exporters.xml_elements import LANGUAGE_TAG, Element, like, one_of

XLIFF_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
PREFIXES = {XLIFF_NAMESPACE: "", MATCHES: "mtc:", METADATA: "mda:"}


_MODULES = {"mtc:matches": 1, "mda:metadata": 1}
_INLINE = {"mrk": 0, "sm": 0, "em": 0, "cp": 0}
_SINGLE = frozenset({"mtc:matches", "mda:metadata", "notes", "skeleton"})
_TEXT = Element(_INLINE, optional=frozenset({"xml:lang", "xml:space"}), holds_text=True)
_CONTENT_OF_SEGMENT = {"source": 0, "target": 1}
_GENERAL = frozenset({"canResegment", "translate", "srcDir", "trgDir", "xml:space"})

ELEMENTS: dict[str, Element] = {
    "xliff": Element(
        {"file": 0},
        required=frozenset({"version", "srcLang"}),
        optional=frozenset({"trgLang", "xml:space"}),
        needed=("file",),
    ),
    "file": Element(
        {"skeleton": 0, "mda:metadata": 1, "notes": 2, "unit": 3},
        required=frozenset({"id"}),
        optional=_GENERAL | {"original"},
        needed=("unit",),
        single=_SINGLE,
    ),
    "unit": Element(
        {**_MODULES, "notes": 2, "segment": 3, "ignorable": 3},
        required=frozenset({"id"}),
        optional=_GENERAL | {"name", "type"},
        needed=("segment",),
        single=_SINGLE,
    ),
    "segment": Element(
        _CONTENT_OF_SEGMENT,
        optional=frozenset({"id", "canResegment", "state", "subState"}),
        needed=("source",),
        single=frozenset(_CONTENT_OF_SEGMENT),
    ),
    "ignorable": Element(
        _CONTENT_OF_SEGMENT,
        optional=frozenset({"id"}),
        needed=("source",),
        single=frozenset(_CONTENT_OF_SEGMENT),
    ),
    "source": _TEXT,
    "target": _TEXT,
    "mrk": Element(
        _INLINE,
        required=frozenset({"id"}),
        optional=frozenset({"translate", "type", "ref", "value"}),
        holds_text=True,
    ),
    "sm": Element(
        required=frozenset({"id"}), optional=frozenset({"translate", "type", "ref", "value"})
    ),
    "em": Element(required=frozenset({"startRef"})),
    "cp": Element(required=frozenset({"hex"})),
    "notes": Element({"note": 0}, needed=("note",)),
    "note": Element(
        optional=frozenset({"id", "appliesTo", "category", "priority"}), holds_text=True
    ),
    "mtc:matches": Element({"mtc:match": 0}, needed=("mtc:match",)),
    "mtc:match": Element(
        {"mda:metadata": 0, "source": 1, "target": 2},
        required=frozenset({"ref"}),
        optional=frozenset(
            {"id", "matchQuality", "matchSuitability", "origin", "reference", "similarity"}
        )
        | {"subType", "type"},
        needed=("source", "target"),
        single=frozenset({"mda:metadata", "source", "target"}),
    ),
    "mda:metadata": Element({"mda:metaGroup": 0}, optional=frozenset({"id"})),
    "mda:metaGroup": Element(
        {"mda:metaGroup": 0, "mda:meta": 0}, optional=frozenset({"id", "category", "appliesTo"})
    ),
    "mda:meta": Element(required=frozenset({"type"}), holds_text=True),
}
"""The elements that we write or are near them; others of the standard are refused here."""


_PERCENTAGE = like(r"100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?")
_LANGUAGE = like(LANGUAGE_TAG)
_USER_DEFINED = r"[^\s:]+:[^\s:]+"
_NAME_TOKEN = like(r"[\w.:·-]+")

VALUES: dict[str, Callable[[str], object]] = {
    "version": one_of("2.1"),
    "srcLang": _LANGUAGE,
    "trgLang": _LANGUAGE,
    "xml:lang": _LANGUAGE,
    "xml:space": one_of("default", "preserve"),
    "id": _NAME_TOKEN,
    "state": one_of("initial", "translated", "reviewed", "final"),
    "translate": one_of("yes", "no"),
    "canResegment": one_of("yes", "no"),
    "reference": one_of("yes", "no"),
    "appliesTo": one_of("source", "target"),
    "priority": like("[1-9]|10"),
    "matchQuality": _PERCENTAGE,
    "matchSuitability": _PERCENTAGE,
    "similarity": _PERCENTAGE,
    "ref": like("#[A-Za-z0-9._=-]+"),
    "hex": like("[0-9A-Fa-f]{4,6}"),
    "subState": like(_USER_DEFINED),
    "startRef": _NAME_TOKEN,
}
_OF_ANNOTATIONS = like(f"generic|comment|term|{_USER_DEFINED}")
TYPES = {
    "mtc:match": one_of("am", "mt", "icm", "idm", "tb", "tm", "other"),
    "mrk": _OF_ANNOTATIONS,
    "sm": _OF_ANNOTATIONS,
}
"""For the elements whose types have rules; elsewhere a type is any word."""
