"""Pairs from a dictionary in the format of Ding (TU Chemnitz).

A line such as "Haus {n} | Häuser {pl} :: house | houses" has the two languages, parted by "::"; "|"
parts the entries of a word (its forms, phrases and example sentences, in the same order on both
sides) and ";" the synonyms of an entry.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path

from training.corpora import Pair, read_lines
from training.settings import SettingsError

_MARKS = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|<>|(?<!\w)/[A-Z0-9][^/ ]*/")
_ASIDE = re.compile(r"\([^()]*\)")
_WHOLE = re.compile(r"[.!?][\"“”]?$")
_EITHER_WORD = re.compile(r"([^\W\d_]+)(?:/[^\W\d_]+)+")  # he/she/it
_OR_WORD = re.compile(r"(?<=\w) / [^\s.,;:!?]+")  # his marks are decent / respectable
_SHORT = {
    "jd.": "jemand", "jdn.": "jemanden", "jdm.": "jemandem", "jds.": "jemandes",
    "etw.": "etwas", "sb.": "someone", "sb.'s": "someone's", "sth.": "something",
}  # fmt: skip
_SHORT_FORM = re.compile(
    r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(_SHORT, key=len)[::-1])) + ")"
)
_KIND = re.compile(r"\{(m|f|n|pl|adj)\}")
_PLAIN_ADJECTIVE = re.compile(r"[a-zäöüß]{4,}(?<!el)(?<!er)(?<!en)(?<![aeiou])")
_ENGLISH_WORDS = re.compile(r"[A-Za-z]{3,}(?:[ -][A-Za-z]+){0,2}")
# Usage that news does not have: a region's, old, coarse, or of the street.
_UNUSUAL = re.compile(
    r"\[(?:Ös|Schw|Süddt|Bayr|Norddt|Ostdt|Südtirol|BW|Tirol|Wien|Lux|ugs|vulg|slang|obs|veraltet"
    r"|altertümlich|archaic|dated|rare|selten|poet|pej|Sc|Austr|NZ|Ir)[^\]]*\]"
)
NOUNS = ("m", "f", "n", "pl")
_FEWEST_OF_SENTENCE = 3  # words
# Fields whose words news hardly has: thousands of birds, minerals and compounds.
_FAR = (
    "[ornith.]",
    "[zool.]",
    "[bot.]",
    "[min.]",
    "[chem.]",
    "[biochem.]",
    "[textil.]",
    "[techn.]",
)


@dataclass(frozen=True)
class Word:
    """A German word and its English: `kind` is a noun's gender ("m", "f", "n"), "pl" or "adj"."""

    german: str
    english: str
    kind: str


@dataclass(frozen=True)
class Entry:
    """An entry as printed: its German synonyms and its English ones, marks left out.

    `kinds` are the marks of the German synonyms: a noun's gender, "pl", "adj" or "". Adjectives
    have one mark behind the last of them. `far` tells of a field that news hardly has.
    """

    german: tuple[str, ...]
    kinds: tuple[str, ...]
    english: tuple[str, ...]
    far: bool

    @property
    def sentence(self) -> bool:
        """Whether the entry is an example sentence, whole on both sides."""
        return all(
            _WHOLE.search(text) and len(text.split()) >= _FEWEST_OF_SENTENCE
            for text in (*self.german, *self.english)
        )


def read_entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of a Ding file, packed with xz or not.

    Lines with unlike numbers of entries are left out, since nobody can tell which belong together.

    Raises:
        SettingsError: the file has no entries.

    """
    found = False
    for line in read_lines(path):
        if not line.startswith("#"):
            for entry in _entries(line):
                found = True
                yield entry
    if not found:
        raise SettingsError(f'{path}: no line "German :: English"; is it a Ding dictionary?')


def _entries(line: str) -> Iterator[Entry]:
    german, parted, english = line.partition(" :: ")
    sources, targets = german.split("|"), english.split("|")
    if not parted or len(sources) != len(targets):
        return
    far = any(mark in line for mark in _FAR)
    for source, target in zip(sources, targets, strict=True):
        ours, theirs = list(_synonyms(source)), [text for text, _ in _synonyms(target)]
        if ours and theirs:
            forms, kinds = zip(*ours, strict=True)
            yield Entry(forms, kinds, tuple(theirs), far)


def _synonyms(text: str) -> Iterator[tuple[str, str]]:
    """Yield the synonyms as plain text, each with its mark.

    Left out are unusual ones and those that are a part of a word ("Brutto…").
    """
    parts = text.replace("’", "'").split(";")
    for index, part in enumerate(parts):
        marks = (_KIND.search(later) for later in parts[index:])
        kind = next((mark[1] for mark in marks if mark), "")
        plain = _plain(part)
        if plain and not _UNUSUAL.search(part) and not set("…/(){}[]<>") & set(plain):
            yield plain, kind


def _plain(text: str) -> str:
    text = _MARKS.sub(" ", text)
    while (shorter := _ASIDE.sub(" ", text)) != text:
        text = shorter
    text = _EITHER_WORD.sub(r"\1", text)
    text = _OR_WORD.sub("", text)
    text = _SHORT_FORM.sub(lambda found: _SHORT[found.group()], text)
    return re.sub(r" (?=[.,;:!?])", "", " ".join(text.split()))


def sentences(entries: Iterable[Entry]) -> Iterator[Pair]:
    """Yield the example sentences."""
    for entry in entries:
        if entry.sentence:
            yield from _crossed(entry)


def phrases(entries: Iterable[Entry]) -> Iterator[Pair]:
    """Yield words and phrases, without those of fields that news hardly has."""
    for entry in entries:
        if not entry.far and not any(map(_WHOLE.search, chain(entry.german, entry.english))):
            yield from _crossed(entry)


def _crossed(entry: Entry) -> Iterator[Pair]:
    """Yield each German synonym with the first English one, which is the most usual."""
    for german in entry.german:
        yield Pair(german, entry.english[0])


def words(entries: Iterable[Entry]) -> Iterator[Word]:
    """Yield the German nouns and adjectives of one word, with each of their English words.

    Left out are adjectives with a stem of their own ("dunkel", "dunkle") or no endings ("rosa").
    """
    for entry in entries:
        for (german, kind), english in product(
            zip(entry.german, entry.kinds, strict=True), entry.english
        ):
            noun = german.isalpha() and german.istitle() and kind in NOUNS
            adjective = kind == "adj" and _PLAIN_ADJECTIVE.fullmatch(german)
            if (noun or adjective) and not entry.far and _ENGLISH_WORDS.fullmatch(english):
                yield Word(german, english, kind)
