"""The check of the TMX files that we wrote ourselves: every rule, at a tenth of the time.

`tmx_rules` takes any file and says what is wrong with it, element by element, at 100 µs a unit
and more. Our own files have one layout, so that a pattern for a whole unit can stand for the rules
of its elements (their order, their attributes and values), while expat vouches for well-formed
XML. What does not fit the pattern is not called wrong here: `tmx_rules` decides and explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from bicorpus.exporters.tmx_rules import UnitIds, check_blocks, check_tmx

# Bytes read at a time: some hundred units.
_BLOCK = 1 << 18

_BODY, _END = b"  <body>\n", b"  </body>\n</tmx>\n"
_UNIT_END = b"    </tu>\n"

_LANGUAGE = rb"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"
_UNIT = re.compile(
    rb'    <tu tuid="(?P<id>[^"<&\s]++)"(?: segtype="(?:block|sentence|paragraph|phrase)")?'
    rb'(?: srclang="(?P<source>%(language)s)")?>\n'
    rb'(?:      <prop type="[^"<&]++">[^<]*+</prop>\n)*+'
    rb"(?:      <note>[^<]*+</note>\n)?+"
    rb"%(side)s%(side)s    </tu>\n"
    % {
        b"language": _LANGUAGE,
        b"side": rb'      <tuv xml:lang="(%s)">\n'
        rb'(?:        <prop type="[^"<&]++">[^<]*+</prop>\n)*+'
        rb"        <seg>[^<]*+</seg>\n      </tuv>\n" % _LANGUAGE,
    }
)
_SOURCE_LANGUAGE = re.compile(rb'<header [^>]*srclang="([^"]+)"')


class _Unfit(Exception):  # noqa: N818 - no error: the way over to the full check
    """The file is not of our layout, or not right."""


def check_our_tmx(path: Path, *, units: int) -> list[str]:
    """Return what in the file breaks the rules of TMX 1.4b, or that it has not `units` units.

    Gives what `tmx_rules.check_tmx` gives; a file of `write_tmx` is done faster. Raises OSError
    where it cannot be read.
    """
    try:
        found = _check(path)
    except (_Unfit, expat.ExpatError):
        found = -1
    return [] if found == units else check_tmx(path, units=units)


def _check(path: Path) -> int:
    """Return the number of units of a file that is right. Raises _Unfit or ExpatError."""
    ids = UnitIds()
    blocks = _blocks(path)
    head = next(blocks)
    language = _SOURCE_LANGUAGE.search(head)
    # The frame without its units is a small file of its own, and goes through the full check.
    if language is None or check_blocks(iter((head, _END))):
        raise _Unfit
    count = 0
    for block in blocks:
        place = 0
        while found := _UNIT.match(block, place):
            place = found.end()
            count += 1
            source, sides = found["source"] or language[1], found.group(3, 4)
            if source.lower() not in (sides[0].lower(), sides[1].lower()):
                raise _Unfit
            ids.add(found["id"], count)
        if place != len(block):
            raise _Unfit
    if any(ids.repeated()):
        raise _Unfit
    return count


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield the file up to its body, then whole units; expat reads all of it on the way.

    The end of the file is compared here. Raises _Unfit where there is no such place.
    """
    parser = _strict_parser()
    with path.open("rb") as file:
        rest = file.read(_BLOCK)
        parser.Parse(rest, False)
        head, body, rest = rest.partition(_BODY)
        if not body:
            raise _Unfit
        yield head + body
        while block := file.read(_BLOCK):
            parser.Parse(block, False)
            units, end, rest = (rest + block).rpartition(_UNIT_END)
            yield units + end
        units, end, rest = rest.rpartition(_UNIT_END)
        yield units + end
        parser.Parse(b"", True)
    if rest != _END:
        raise _Unfit


def _strict_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse
    # Behind a DOCTYPE expat passes over an entity that nothing declares.
    parser.SkippedEntityHandler = _refuse
    return parser


def _refuse(*_details: object) -> None:
    raise _Unfit
