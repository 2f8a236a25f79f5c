"""Reads the opposites out of WordNet's files, those of words that the lexicon of the checks knows.

Fellbaum 1998; the files are in Debian's package wordnet-base. A satellite adjective is opposed,
loosely, to the opposite of the adjective that it is similar to: "swift" to "slow", as "fast" is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bicorpus.checks.lexicon import Lexicon

PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
# An opposite that was hardly ever seen is hardly ever meant; loose ones are many.
FEWEST, FEWEST_LOOSE = 2, 5
HEADER = """\
# From WordNet 3.0, with the words that the lexicon of the checks knows: WORD: opposites | loose ones, by scripts/fit_checks.py.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.
# Permission to use, copy, modify and distribute this software and database and its documentation
# for any purpose and without fee or royalty is hereby granted, provided that you agree to comply
# with the following copyright notice and statements, including the disclaimer, and that the same
# appear on ALL copies of the software, database and documentation, including modifications that
# you make for internal use or for distribution.
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS
# OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY
# MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE
# OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD
# PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS.
# The name of Princeton University or Princeton may not be used in advertising or publicity
# pertaining to distribution of the software and/or database. Title to copyright in this software,
# database and any associated documentation shall at all times remain with Princeton University
# and LICENSEE agrees to preserve same.
"""  # noqa: E501 - the first line of a list is one line

Key = tuple[str, str]


@dataclass
class Network:
    """WordNet's synsets by part of speech and offset, and what is opposed or similar to what."""

    words: dict[Key, list[str]] = field(default_factory=dict)
    opposed: list[tuple[Key, int, Key, int]] = field(default_factory=list)
    similar: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))


def read_network(folder: Path) -> Network:
    """Return what `data.noun`, `data.verb`, `data.adj` and `data.adv` in a folder say."""
    network = Network()
    for name, part in PARTS.items():
        for line in (folder / f"data.{name}").read_text("latin-1").splitlines():
            if not line.startswith("  "):  # the licence
                _read_synset(line, part, network)
    return network


def _read_synset(line: str, part: str, network: Network) -> None:
    """Add a line: offset, file, type, words (hexadecimal count), pointers (decimal count)."""
    fields = line.partition(" | ")[0].split()
    key, count = (part, fields[0]), int(fields[3], 16)
    network.words[key] = [fields[4 + 2 * at].partition("(")[0] for at in range(count)]
    start = 5 + 2 * count
    for at in range(start, start + 4 * int(fields[start - 1]), 4):
        symbol, offset, other_part, places = fields[at : at + 4]
        other = ("a" if other_part == "s" else other_part, offset)
        if symbol == "!":
            network.opposed.append((key, int(places[:2], 16) - 1, other, int(places[2:], 16) - 1))
        elif symbol == "&":
            network.similar[key].add(other)


def opposites(network: Network, lexicon: Lexicon) -> dict[str, tuple[list[str], list[str]]]:
    """Return the opposites and the loose opposites of each word, those often seen first."""
    direct: dict[str, set[str]] = defaultdict(set)
    loose: dict[str, set[str]] = defaultdict(set)
    for key, at, other, there in network.opposed:
        word, opposite = network.words[key][at], network.words[other][there]
        direct[word].add(opposite)
        for satellite in (one for near in network.similar[key] for one in network.words[near]):
            loose[satellite].add(opposite)
            loose[opposite].add(satellite)

    def count(word: str) -> int:
        entry = lexicon.entry(word, "en")
        return entry.count if entry and word.isalpha() and word.islower() else 0

    def known(words: set[str], least: int) -> list[str]:
        return sorted(
            (one for one in words if count(one) >= least), key=lambda one: (-count(one), one)
        )

    found = {}
    for word in sorted(direct | loose):
        if count(word) >= FEWEST:
            strict = known(direct[word], FEWEST)
            more = known(loose[word] - direct[word] - {word}, FEWEST_LOOSE)
            if strict or (more and count(word) >= FEWEST_LOOSE):
                found[word] = strict, more
    return found


def lines(found: dict[str, tuple[list[str], list[str]]]) -> Iterator[str]:
    """Yield the lines of the word list."""
    for word, (strict, more) in found.items():
        tail = f" | {' '.join(more)}" if more else ""
        yield f"{word}: {' '.join(strict)}{tail}"


def write(path: Path, folder: Path, lexicon: Lexicon) -> int:
    """Write the word list from WordNet's folder and return its number of words."""
    found = opposites(read_network(folder), lexicon)
    path.write_text(HEADER + "\n".join(lines(found)) + "\n", "utf-8")
    return len(found)
