"""The check of the TMX files that we wrote ourselves: every rule, at a twentieth of the time.

`tmx_rules` takes any file and says what is wrong with it, element by element, at 100 µs a unit
and more. Our own files have one layout, so that a pattern for a whole unit can stand for the rules
of its elements (their order, their attributes and values) and for well-formed XML: there is no
character between two units that it does not account for. What does not fit the pattern is not
called wrong here: `tmx_rules` decides and explains.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from pathlib import Path

from bicorpus.exporters.tmx_rules import check_blocks, check_tmx

# Bytes read at a time: some hundred units.
_BLOCK = 1 << 18

_BODY, _END = b"  <body>\n", b"  </body>\n</tmx>\n"
_UNIT_END = b"    </tu>\n"

_LANGUAGE = rb"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"
# Its text is looked at by blocks, which takes a third less: see _FAULTS.
_TEXT = rb"[^<]*+"
_PROP = rb'<prop type="[\w.:-]++">%s</prop>\n' % _TEXT
_SIDE = (rb'      <tuv xml:lang="(%s)">\n(?:        %s)*        <seg>%s</seg>\n      </tuv>\n') % (
    _LANGUAGE,
    _PROP,
    _TEXT,
)
_UNIT = re.compile(
    rb'    <tu tuid="(?P<id>[\w.:#-]++)"(?: segtype="(?:block|sentence|paragraph|phrase)")?'
    rb'(?: srclang="(%s)")?>\n'
    rb"(?:      %s)*(?:      <note>%s</note>\n)?%s%s    </tu>\n"
    % (_LANGUAGE, _PROP, _TEXT, _SIDE, _SIDE)
)
_SOURCE_LANGUAGE = re.compile(rb'<header [^>]*srclang="([^"]+)"')

# What no text of XML holds: control characters, references to what is not declared (of characters
# there are those that `xml_content` writes), this end of a section, U+FFFE and U+FFFF.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
_FAULTS = tuple(
    re.compile(fault)
    for fault in (rb"&(?!(?:amp|lt|gt|quot|#13|#10|#9);)", rb"\]\]>", rb"\xef\xbf[\xbe\xbf]")
)


class _Unfit(Exception):  # noqa: N818 - no error: the way over to the full check
    """The file is not of our layout, or not right."""


def check_our_tmx(path: Path, *, units: int) -> list[str]:
    """Return what in the file breaks the rules of TMX 1.4b, or that it has not `units` units.

    Gives what `tmx_rules.check_tmx` gives; a file of `write_tmx` is done faster. Raises OSError
    where it cannot be read.
    """
    try:
        found = _check(path)
    except _Unfit:
        found = -1
    return [] if found == units else check_tmx(path, units=units)


def _check(path: Path) -> int:
    """Return the number of units of a file that is right. Raises _Unfit."""
    # Hashes of the ids: a set of a million strings takes some 150 MB, more than an export may.
    # Two different ids with one hash only cost the full check.
    ids = array("q")
    # Source language and languages of the sides: the same few for all units.
    languages: set[tuple[bytes | None, ...]] = set()
    blocks = _blocks(path)
    head = next(blocks)
    # The frame without its units is a small file of its own, and goes through the full check.
    language = _SOURCE_LANGUAGE.search(head)
    if language is None or check_blocks(iter((head, _END))):
        raise _Unfit
    match = _UNIT.match
    for block in blocks:
        _refuse_faults(block)
        place = 0
        while found := match(block, place):
            place = found.end()
            ids.append(hash(found[1]))
            languages.add(found.group(2, 3, 4))
        if place != len(block):
            raise _Unfit
    for source, *sides in languages:
        if (source or language[1]).lower() not in {side.lower() for side in sides if side}:
            raise _Unfit
    if _has_repeats(ids):
        raise _Unfit
    return len(ids)


def _refuse_faults(block: bytes) -> None:
    """Raise _Unfit where a block of whole lines holds what no text of XML does, or no UTF-8."""
    if len(block.translate(None, _CONTROLS)) != len(block):
        raise _Unfit
    if any(fault.search(block) for fault in _FAULTS):
        raise _Unfit
    try:
        block.decode()
    except UnicodeDecodeError as error:
        raise _Unfit from error


def _has_repeats(hashes: array[int]) -> bool:
    import numpy as np

    ordered = np.sort(np.frombuffer(hashes, dtype=np.int64))
    return bool((ordered[1:] == ordered[:-1]).any())


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield the file up to its body, then whole units. The end of the file is compared here.

    Raises _Unfit where there is no such place.
    """
    with path.open("rb") as file:
        head, body, rest = file.read(_BLOCK).partition(_BODY)
        if not body:
            raise _Unfit
        yield head + body
        while block := file.read(_BLOCK):
            units, end, rest = (rest + block).rpartition(_UNIT_END)
            yield units + end
        units, end, rest = rest.rpartition(_UNIT_END)
        yield units + end
    if rest != _END:
        raise _Unfit
