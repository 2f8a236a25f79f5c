"""Our own check of XLIFF 2.1: the core, with the modules "matches" and "metadata"; streaming.

The standard's schemas are not ours to ship, and cannot say all of its rules. Checked is which
element stands where and how often, its attributes and their values, that ids are unique in their
scope (an annotation of a target may have the id of that of its source), that references lead to
one, and that what `sm` starts ends in the same text.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from bicorpus.exporters.xliff_elements import ELEMENTS, PREFIXES, TYPES, VALUES
from bicorpus.exporters.xml_elements import Element

_XML = "http://www.w3.org/XML/1998/namespace"

MOST_PROBLEMS = 100

# Combinations of element and attributes that need no second look.
MOST_REMEMBERED = 1000

SIDES = ("source", "target")

# What stands in an element that we do not know is not looked at.
_UNKNOWN = Element(holds_text=True)


def check_xliff(path: Path, *, units: int | None = None) -> list[str]:
    """Return what breaks the rules in the file, as "line 12: …"; empty if nothing.

    With `units`, also compares their number. Stops at the first place that is not well-formed
    and after `MOST_PROBLEMS` problems. Raises OSError where the file cannot be read.
    """
    check = _Check()
    with path.open("rb") as file:
        try:
            check.parser.ParseFile(file)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            return [*check.problems, f"line {error.lineno}: not well-formed XML: {reason}"]
        except _Stop:
            return check.problems
    if units is not None and units != check.units:
        check.problems.append(f"line 1: {check.units} units in the file instead of {units}")
    return check.problems


class _Stop(Exception):  # noqa: N818 - no error: the way out of the parser
    """Nothing more need be said about the file."""


class _Place:
    """An element that is open, and what it held so far."""

    __slots__ = ("counts", "is_done", "latest", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.latest = 0
        # A segment that says that somebody translated it.
        self.is_done = False
        self.counts: dict[str, int] = {}


class _Check:
    def __init__(self) -> None:
        self.problems: list[str] = []
        self.units = 0
        self._stack: list[_Place] = []
        self._files: set[str] = set()
        self._unit_ids: set[str] = set()
        self._ids: set[str] = set()
        self._references: list[str] = []
        # The annotations of the source and of the target of a segment, and those that are open.
        self._annotations: dict[str, dict[str, str]] = {"source": {}, "target": {}}
        self._started: set[str] = set()
        self._languages: dict[str, str] = {}
        self._names: dict[str, str] = {}
        # Files repeat the same few tags with the same attributes: checked once.
        self._right: set[tuple[object, ...]] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _say(self, problem: str) -> None:
        self.problems.append(f"line {self.parser.CurrentLineNumber}: {problem}")
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Stop

    def _doctype(self, *_details: object) -> None:
        self._say("XLIFF 2 has no DOCTYPE")
        raise _Stop

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        name = self._names.get(full_name) or self._name(full_name)
        self._enter(name)
        self._stack.append(place := _Place(name))
        if name not in ELEMENTS:
            self._say(f'there is no element "{name}"')
            return
        place.is_done = attributes.get("state", "initial") != "initial"
        key = (name, *attributes.items())
        if key not in self._right:
            before = len(self.problems)
            known = {key.replace(f"{_XML} ", "xml:"): one for key, one in attributes.items()}
            self._check_attributes(name, known)
            is_common = "id" not in attributes and len(self._right) < MOST_REMEMBERED
            if is_common and len(self.problems) == before:
                self._right.add(key)
        self._note_id(name, attributes)
        self._note_annotation(name, attributes)

    def _name(self, full_name: str) -> str:
        namespace, _, local = full_name.rpartition(" ")
        name = PREFIXES.get(namespace, f"{namespace} ") + local
        if name in ELEMENTS:
            self._names[full_name] = name
        return name

    def _enter(self, name: str) -> None:
        if not self._stack:
            if name != "xliff":
                self._say(f'the file is a "{name}" and not an "xliff"')
            return
        parent = self._stack[-1]
        rules = ELEMENTS.get(parent.name, _UNKNOWN)
        place = rules.children.get(name)
        if place is None:
            self._say(f'a "{name}" may not stand inside a "{parent.name}"')
            return
        if place < parent.latest:
            self._say(f'this "{name}" comes too late inside its "{parent.name}"')
        parent.latest = max(place, parent.latest)
        parent.counts[name] = parent.counts.get(name, 0) + 1
        if name in rules.single and parent.counts[name] == 2:
            self._say(f'a "{parent.name}" holds only one "{name}"')

    def _check_attributes(self, name: str, attributes: dict[str, str]) -> None:
        rules = ELEMENTS[name]
        for missing in sorted(rules.required - attributes.keys()):
            self._say(f'"{name}" lacks the attribute "{missing}"')
        for key, value in attributes.items():
            if key not in rules.required and key not in rules.optional:
                self._say(f'"{name}" has no attribute "{key}"')
            elif key in VALUES and not VALUES[key](value):
                self._say(f'{key}="{value}" of "{name}" is not allowed')
        if name in TYPES and "type" in attributes and not TYPES[name](attributes["type"]):
            self._say(f'type="{attributes["type"]}" of "{name}" is not allowed')
        if name == "xliff":
            self._languages = attributes

    def _note_id(self, name: str, attributes: dict[str, str]) -> None:
        """Check that an id is new in its scope: the document, the file, or the unit."""
        if name == "unit":
            self.units += 1
            self._ids, self._references = set(), []
        elif name == "file":
            self._unit_ids = set()
        elif name == "mtc:match":
            self._references.append(attributes.get("ref", "#").removeprefix("#"))
        scope = {"file": self._files, "unit": self._unit_ids}.get(name, self._ids)
        own = attributes.get("id")
        if own is None or name in {"note", "mtc:match"} or name.startswith("mda:"):
            return
        if own in scope and not self._has_counterpart(name, own):
            self._say(f'the id "{own}" of this "{name}" is used before')
        scope.add(own)

    def _has_counterpart(self, name: str, own: str) -> bool:
        """Return whether an annotation in a target may have the id of the one in its source."""
        source, target = self._annotations["source"], self._annotations["target"]
        return self._side() == "target" and own not in target and source.get(own) == name

    def _side(self) -> str:
        return next((one.name for one in reversed(self._stack) if one.name in SIDES), "")

    def _note_annotation(self, name: str, attributes: dict[str, str]) -> None:
        if name == "segment":
            self._annotations = {"source": {}, "target": {}}
        elif name in {"mrk", "sm"} and (side := self._side()):
            self._annotations[side][attributes.get("id", "")] = name
        if name == "sm":
            self._started.add(attributes.get("id", ""))
        elif name == "em":
            start = attributes.get("startRef", "")
            if start not in self._started:
                self._say(f'this "em" refers to "{start}", which no "sm" before it starts')
            self._started.discard(start)

    def _end(self, _full_name: str) -> None:
        place = self._stack.pop()
        for child in ELEMENTS.get(place.name, _UNKNOWN).needed:
            if child not in place.counts:
                self._say(f'this "{place.name}" has no "{child}"')
        if place.name == "unit":
            for reference in self._references:
                if reference not in self._ids:
                    self._say(f'the match refers to "#{reference}", which is not in its unit')
        elif place.name == "segment" and place.is_done and "target" not in place.counts:
            self._say('a segment without a target has the state "initial"')
        elif place.name == "target" and "trgLang" not in self._languages:
            self._say('there is a target, but "xliff" has no attribute "trgLang"')
        if place.name in SIDES:
            for start in sorted(self._started):
                self._say(f'what the "sm" "{start}" starts has no end in this "{place.name}"')
            self._started.clear()

    def _text(self, text: str) -> None:
        if self._stack and not text.isspace():
            name = self._stack[-1].name
            if not ELEMENTS.get(name, _UNKNOWN).holds_text:
                self._say(f'text "{text.strip()[:20]}" stands directly inside a "{name}"')
