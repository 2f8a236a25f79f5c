"""A sentence as the clause finder reads it: its words, verb groups and small questions on them."""

from __future__ import annotations

from bicorpus.claims.english.groups import Group, find_groups
from bicorpus.claims.english.tagsets import ADVERBS, NOMINALS, NOUNS, NP_STARTS, PERSONAL
from bicorpus.claims.english.words import Word

_COMMAS = frozenset({",", "–", "—", "--", "-", "(", ")"})
_NOMINAL_WORDS = frozenset({"all", "everything", "those", "that", "them", "him", "time"})
_DATELINE = 12
_HARD = frozenset({";", ":", ".", "?", "!", "...", "…"})


class Sentence:
    """The words of one sentence and its verb groups; `skipped` words belong to frames."""

    def __init__(self, words: list[Word], *, is_heading: bool = False) -> None:
        """Read the verb groups of `words`, whose tags are mended."""
        self.words = words
        self.is_heading = is_heading
        self.skipped: set[int] = set()
        self.prepositions: set[int] = set()
        self._settled: set[int] = set()
        self._bracketed = _bracketed(words)
        self._skip_dateline()
        self.groups: dict[int, Group] = {}
        self.regroup()

    def regroup(self) -> None:
        """Read the verb groups again, after a change of tags."""
        self.groups = find_groups(self.words)

    def _skip_dateline(self) -> None:
        """Leave out "KYIV/MOSCOW (Reuters) —" in front."""
        for index, word in enumerate(self.words[:_DATELINE]):
            if word.text in {"–", "—", "-", "--"} and index:
                self.skipped.update(range(index + 1))
                return
            if not (word.text.isupper() or word.is_mark or index in self._bracketed):
                return

    def retag(self, index: int, tag: str) -> bool:
        """Give a word another tag; False where it had its change already."""
        if index in self._settled:
            return False
        self._settled.add(index)
        self.words[index].tag = tag
        return True

    def __len__(self) -> int:
        return len(self.words)

    def lower(self, index: int) -> str:
        """Return a word in lower case; empty beyond either end."""
        return self.words[index].lower if 0 <= index < len(self.words) else ""

    def tag(self, index: int) -> str:
        """Return a word's tag; empty beyond either end."""
        return self.words[index].tag if 0 <= index < len(self.words) else ""

    def is_comma(self, index: int) -> bool:
        """Return whether a comma, dash or bracket stands at `index`."""
        return self.lower(index) in _COMMAS

    def is_hard(self, index: int) -> bool:
        """Return whether a mark that ends a clause stands at `index`."""
        return self.lower(index) in _HARD and index not in self._bracketed

    def next_word(self, index: int, *, over_adverbs: bool = False) -> int:
        """Return the index of the next word that is no quotation mark (nor an adverb)."""
        index += 1
        while index < len(self.words) and (
            self.words[index].tag == "QUO"
            or index in self.skipped
            or (over_adverbs and self.words[index].tag in ADVERBS)
        ):
            index += 1
        return index

    def previous_word(self, index: int, *, over_adverbs: bool = False) -> int:
        """Return the index of the word before that is no quotation mark (nor an adverb)."""
        index -= 1
        while index >= 0 and (
            self.words[index].tag == "QUO"
            or index in self.skipped
            or (over_adverbs and self.words[index].tag in ADVERBS)
        ):
            index -= 1
        return index

    def closes_bracket(self, start: int, end: int) -> bool:
        """Return whether the word at `end` closes a bracket opened behind `start`."""
        return self.lower(end) == ")" and any(self.lower(i) == "(" for i in range(start, end))

    def has_agent(self, verb: int) -> bool:
        """Return whether "by" and who did it follow a participle; "fell by 84%" has none."""
        return self.lower(verb + 1) == "by" and self.tag(verb + 2) not in {"CRD", "NN0"}

    def starts_noun_phrase(self, index: int) -> bool:
        """Return whether a noun phrase may begin with the word at `index`."""
        tag = self.tag(index)
        return tag in NOMINALS or tag in NP_STARTS or tag in {"AJ0", "AJC", "AJS", "EX0"}

    def juxtaposed(self, first: int, last: int, *, names: bool = False) -> int | None:
        """Return where, in `first` to `last`, a noun phrase begins right behind another.

        "the territory | it lost": a personal pronoun, determiner or name behind a noun. The last
        such place is the nearest to the verb behind. `names` takes "the threat | Russia poses".
        """
        found = None
        for index in range(first + 1, last):
            left, word = self.previous_word(index), self.words[index]
            if left < first or index in self.skipped:
                continue
            name = word.tag == "NP0" and self.tag(left) in {"NN1", "NN2"} and names
            is_nominal = (
                self.tag(left) in NOUNS
                or self.tag(left) in {"PNI", "CRD"}
                or self.lower(left) in _NOMINAL_WORDS
                or (self.tag(left) in {"AJ0", "AJS", "ORD"} and word.lower in PERSONAL)
                or (self.tag(left) == "AJS" and word.lower == "it")
            )
            if is_nominal and (
                word.lower in PERSONAL
                or (word.lower in {"it", "you"})
                or (word.tag in {"AT0", "DPS"} and word.lower != "no")
                or name
            ):
                found = index
        return found

    def after_commas(self, first: int, last: int) -> int | None:
        """Return the last place in `first` to `last` right behind a comma; None without one."""
        for index in range(last - 1, first - 1, -1):
            if self.is_comma(index) and index not in self.skipped:
                return index + 1
        return None

    def has_noun(self, first: int, last: int) -> bool:
        """Return whether a noun, pronoun or figure stands in `first` to `last`."""
        return any(
            self.tag(index) in NOMINALS
            or self.tag(index) in {"EX0", "DT0"}
            or self.lower(index) in {"more", "fewer", "less"}
            for index in range(first, last)
            if index not in self.skipped
        )


def _bracketed(words: list[Word]) -> set[int]:
    """Return the places with an open bracket before them."""
    depth, found = 0, set()
    for place, word in enumerate(words):
        if depth > 0:
            found.add(place)
        depth += (word.text == "(") - (word.text == ")")
    return found
