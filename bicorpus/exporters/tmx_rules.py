"""Our own check of the rules of TMX 1.4b: streaming, no DTD loaded, no entities, no network.

It exists because the standard's DTD is not ours to ship, says nothing about dates, language codes
and unit ids, and because a tree of a million units does not fit the memory that we promise.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from xml.parsers import expat

from bicorpus.exporters.tmx_elements import ELEMENTS, value_problem

# Enough to see what is wrong; a file of a million units can be wrong a million times.
MOST_PROBLEMS = 100

# Combinations of element and attributes that need no second look; corpora have some ten.
MOST_REMEMBERED = 1000

# What expat answers to an empty file and to one that is cut off: "no element found".
_NO_MORE = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]


def check_tmx(path: Path, *, units: int | None = None) -> list[str]:
    """Return what in the file breaks the rules of TMX 1.4b, as "line 12: …"; empty if nothing.

    Stricter than the standard in one thing: the XML declaration must name the encoding. With
    `units`, also compares the number of units. Stops at the first place that is not
    well-formed XML and after `MOST_PROBLEMS` problems. Raises OSError where it cannot be read.
    """
    check = _Check()
    with path.open("rb") as file:
        check.read(iter(lambda: file.read(1 << 18), b""))
    if check.finished and units is not None and check.units != units:
        check.problems.append(f"line 1: {check.units} units in the file instead of {units}")
    return check.problems


def check_blocks(blocks: Iterator[bytes]) -> list[str]:
    """Return what breaks the rules of TMX in a file that comes in blocks; see `check_tmx`."""
    check = _Check()
    check.read(blocks)
    return check.problems


class _Stop(Exception):  # noqa: N818 - no error: the way out of the parser
    """Nothing more can or need be said about the file."""


class _Place:
    """An element that is open: its name, what it held so far and, for a `seg`, its codes."""

    __slots__ = ("codes", "counts", "latest", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.latest = 0
        self.counts: dict[str, int] = {}
        self.codes: list[tuple[str, str]] = []


# Elements without children change nothing in their place, so that one for each is enough.
_LEAVES = {name: _Place(name) for name, rules in ELEMENTS.items() if not rules.children}


class _Check:
    """Walks through the file once and collects problems.

    expat and not lxml: libxml2 gives line 65535 for every element behind that line.
    """

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.units = 0
        self.finished = False
        self._stack: list[_Place] = []
        self._source_language = ""
        self._languages: set[str] = set()
        self._unit_language = ""
        self._ids = UnitIds()
        # Files repeat the same few tags with the same attributes: checked once, half the time.
        self._right: set[tuple[object, ...]] = set()
        self._has_encoding = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._skipped
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, blocks: Iterator[bytes]) -> None:
        try:
            for block in blocks:
                self._parser.Parse(block, False)
            self._parser.Parse(b"", True)
            for line, first in self._ids.repeated():
                self._say(f"the tuid of this tu is that of line {first} again", line=line)
            self.finished = True
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            if self._stack and error.code == _NO_MORE:
                reason = f'the file ends inside a "{self._stack[-1].name}"'
            self.problems.append(f"line {error.lineno}: not well-formed XML: {reason}")
        except _Stop:
            return

    def _say(self, problem: str, *, line: int | None = None) -> None:
        at = self._parser.CurrentLineNumber if line is None else line
        self.problems.append(f"line {at}: {problem}")
        if len(self.problems) >= MOST_PROBLEMS:
            self.problems.append(f"line {at}: too many problems, the rest was not checked")
            raise _Stop

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        del version, standalone
        self._has_encoding = encoding is not None

    def _doctype(self, name: str, system: str | None, public: str | None, subset: int) -> None:
        del system, public
        if name != "tmx":
            self._say(f'the DOCTYPE names "{name}" and not "tmx"')
        if subset:
            self._say("the DOCTYPE has a subset of its own, which TMX files do not need")

    def _entity(self, name: str, *rest: object) -> None:
        del rest
        # An entity bomb is refused before anything can expand.
        self._say(f'the entity "{name}" is declared; TMX files have no entities of their own')
        raise _Stop

    def _skipped(self, name: str, is_parameter: bool) -> None:
        del is_parameter
        self._say(f'the entity "&{name};" is not declared')

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._enter(name)
        rules = ELEMENTS.get(name)
        if rules is None:
            self._say(f'there is no element "{name}" in TMX 1.4')
        elif (name, *attributes.items()) not in self._right:
            self._check_attributes(name, attributes)
        self._stack.append(_LEAVES.get(name) or _Place(name))
        if name in {"prop", "seg"}:
            return
        if name == "header":
            self._source_language = attributes.get("srclang", "")
        elif name == "tu":
            self._start_unit(attributes)
        elif name == "tuv":
            self._languages.add(attributes.get("xml:lang", "").lower())
        elif name in {"bpt", "ept"}:
            self._note_code(name, attributes.get("i", ""))

    def _enter(self, name: str) -> None:
        """Check that an element `name` may stand here, and count it in its parent."""
        if not self._stack:
            if not self._has_encoding:
                self._say("the XML declaration is missing or does not name the encoding", line=1)
            if name != "tmx":
                self._say(f'the file is a "{name}" and not a "tmx"')
            return
        parent = self._stack[-1]
        rules = ELEMENTS.get(parent.name)
        if rules is None or name not in ELEMENTS:
            return
        place = rules.children.get(name)
        if place is None:
            self._say(f'a "{name}" may not stand inside a "{parent.name}"')
            return
        if place < parent.latest:
            self._say(f'this "{name}" comes too late inside its "{parent.name}"')
        else:
            parent.latest = place
        parent.counts[name] = parent.counts.get(name, 0) + 1
        if name in rules.single and parent.counts[name] == 2:
            self._say(f'a "{parent.name}" holds only one "{name}"')

    def _check_attributes(self, name: str, attributes: dict[str, str]) -> None:
        rules = ELEMENTS[name]
        before = len(self.problems)
        for missing in sorted(rules.required - attributes.keys()):
            self._say(f'"{name}" lacks the attribute "{missing}"')
        for attribute, value in attributes.items():
            if attribute not in rules.required and attribute not in rules.optional:
                self._say(f'"{name}" has no attribute "{attribute}"')
            elif problem := value_problem(attribute, value):
                self._say(f'{attribute}="{value}" of "{name}" {problem}')
        is_common = "tuid" not in attributes and len(self._right) < MOST_REMEMBERED
        if is_common and len(self.problems) == before:
            self._right.add((name, *attributes.items()))

    def _start_unit(self, attributes: dict[str, str]) -> None:
        self.units += 1
        self._languages.clear()
        self._unit_language = attributes.get("srclang", self._source_language)
        if "tuid" in attributes:
            self._ids.add(attributes["tuid"].encode(), self._parser.CurrentLineNumber)

    def _note_code(self, name: str, number: str) -> None:
        for place in reversed(self._stack):
            if place.name == "seg":
                place.codes.append((name, number))
                return

    def _end(self, name: str) -> None:
        place = self._stack.pop()
        rules = ELEMENTS.get(name)
        if rules is None:
            return
        for child in rules.needed:
            if child not in place.counts:
                self._say(f'this "{name}" has no "{child}"')
        if place.codes:
            self._check_codes(place.codes)
        if name == "tu" and self._languages:
            self._check_source_language()

    def _check_source_language(self) -> None:
        """OmegaT and Trados find the source side of a unit by its language alone."""
        language = self._unit_language
        if language != "*all*" and language.lower() not in self._languages:
            self._say(f'this tu has no tuv in its source language "{language}"')

    def _check_codes(self, codes: list[tuple[str, str]]) -> None:
        """Every `bpt` of a `seg` has its own number and one `ept` behind it, and the reverse."""
        unclosed: set[str] = set()
        used: set[str] = set()
        for name, number in codes:
            if name == "bpt":
                if number in used:
                    self._say(f'two bpt of this seg have i="{number}"')
                used.add(number)
                unclosed.add(number)
            elif number in unclosed:
                unclosed.remove(number)
            else:
                self._say(f'the ept with i="{number}" of this seg has no bpt before it')
        for number in sorted(unclosed):
            self._say(f'the bpt with i="{number}" of this seg has no ept')

    def _text(self, text: str) -> None:
        if text.isspace():
            return
        name = self._stack[-1].name
        rules = ELEMENTS.get(name)
        if rules is not None and not rules.holds_text:
            # The parser is already at the tag behind the text.
            blank_lines = text[len(text.rstrip()) :].count("\n")
            line = self._parser.CurrentLineNumber - blank_lines
            self._say(f'text "{text.strip()[:20]}" stands directly inside a "{name}"', line=line)


class UnitIds:
    """Tells repeated ids apart from new ones at 16 bytes an id.

    A set of a million id strings takes some 150 MB, more than an export may; two of a million
    different ids share their 8 byte hash with a probability of 3 in a hundred million.
    """

    def __init__(self) -> None:
        self._hashes = array("Q")
        self._lines = array("Q")

    def add(self, name: bytes, line: int) -> None:
        """Note an id and the line, or number of the unit, that has it."""
        digest = blake2b(name, digest_size=8).digest()
        self._hashes.append(int.from_bytes(digest, "big"))
        self._lines.append(line)

    def repeated(self) -> Iterator[tuple[int, int]]:
        """Yield the line of each id that was there before, and the line that had it first."""
        import numpy as np

        hashes = np.frombuffer(self._hashes, dtype=np.uint64)
        order = np.argsort(hashes, kind="stable")
        ordered = hashes[order]
        first = 0
        for position in np.flatnonzero(ordered[1:] == ordered[:-1]) + 1:
            if ordered[first] != ordered[position]:  # the second of its kind
                first = int(position) - 1
            yield self._lines[order[position]], self._lines[order[first]]
