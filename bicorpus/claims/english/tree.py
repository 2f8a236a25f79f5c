"""The clauses of a sentence, found in one pass with a stack of those that are still open.

Each finite verb makes a clause. A verb goes to the innermost clause that has none; where all have
one, something without a sign of its own began before it: a coordinated verb, a clause without
"that", a relative clause without a pronoun, or a participle was taken for a past.
"""

from __future__ import annotations

from bisect import bisect_left

from bicorpus.claims.english import governing
from bicorpus.claims.english.clauses import Clause, Governor, Kind
from bicorpus.claims.english.groups import Group
from bicorpus.claims.english.lexicon import entries, verbs
from bicorpus.claims.english.openers import Opener, find_openers
from bicorpus.claims.english.placing import place
from bicorpus.claims.english.sentence import Sentence


class Builder:
    """Builds the clauses of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.openers = {
            index: opener
            for index, opener in find_openers(sentence).items()
            if index not in sentence.prepositions
        }
        self._verbs = sorted(sentence.groups)
        self._free = self._count_free()
        self.clauses: list[Clause] = []
        self.stack: list[Clause] = []

    def build(self) -> list[Clause]:
        """Return the clauses in order of their beginnings; raises MistaggedError."""
        self._push(Clause("main", 0))
        index = 0
        while index < len(self.sentence):
            if index in self.sentence.skipped:
                index += 1
                continue
            if opener := self.openers.get(index):
                index = self._open(index, opener)
                if opener.length:
                    continue
            if index in self.sentence.groups:
                group = self.sentence.groups[index]
                self._place(group)
                self.top.words.extend(range(index, group.main + 1))
                index = group.main + 1
                continue
            if self._restarts(index):
                self._restart(index)
            elif self.sentence.is_comma(index):
                self._comma(index)
            self.top.words.append(index)
            index += 1
        return self.clauses

    @property
    def top(self) -> Clause:
        """The innermost open clause."""
        return self.stack[-1]

    def _push(self, clause: Clause) -> None:
        self.clauses.append(clause)
        self.stack.append(clause)

    def _restarts(self, index: int) -> bool:
        """Return whether another main clause follows a mark; in headings, a phrase is one."""
        sentence = self.sentence
        if sentence.is_heading and sentence.lower(index) in {":", "–", "—", "-", ";"}:
            return True
        if sentence.is_heading and sentence.tag(index) == "QUO" and self.top.group is None:
            return self._quotes_clause(index)
        return sentence.is_hard(index) and any(first > index for first in sentence.groups)

    def _quotes_clause(self, index: int) -> bool:
        """Return whether a quotation with a verb begins: 'Heavy losses "We need help"'."""
        words = self.sentence.words
        if index + 1 >= len(words) or words[index + 1].quotation < 0:
            return False
        number = words[index + 1].quotation
        opens = index == 0 or words[index - 1].quotation != number
        return opens and any(words[first].quotation == number for first in self.sentence.groups)

    def _restart(self, index: int) -> None:
        """Begin a new main clause behind a semicolon, colon or full stop."""
        self.stack.clear()
        self._push(Clause("main", index + 1))

    def _open(self, index: int, opener: Opener) -> int:
        """Open the clause of the conjunction or pronoun at `index`; return the place behind it."""
        kind: Kind = opener.kind
        governor = None
        if kind == "that":
            kind, governor = self._that(index)
        if kind in {"fact", "condition"}:
            self._open_said(index)
        parent = self.top
        if self._is_cleft(index, kind):
            kind = "part"
        start = self._modified(index) if kind in {"fact", "condition"} else index
        after_comma = self.sentence.is_comma(self.sentence.previous_word(index))
        clause = Clause(
            kind, start, parent, governor=governor, opener=opener.length, after_comma=after_comma
        )
        clause.opener += index - start
        self._push(clause)
        parent.words = [word for word in parent.words if word < start]
        clause.words.extend(range(start, index + opener.length))
        return index + opener.length

    def _open_said(self, index: int) -> None:
        """Open what is said where it begins with a clause: "say | if banks fail, it is over"."""
        group = self.top.group
        if group is None or group.is_passive or self.left(index) < 1 or self.inside_part():
            return
        if self.sentence.next_word(group.main) != index:
            return
        if governing.takes_bare_clause(self.sentence, group.main):
            governor = governing.verb_governor(self.sentence, group.main, group.main)
            kind: Kind = "complement" if governor.says else "part"
            self._push(Clause(kind, index, self.top, governor=governor))

    def _modified(self, index: int) -> int:
        """Return where "shortly after", "two days before" or "even when" begins."""
        sentence, start = self.sentence, index
        own = set(self.top.words)
        timed = sentence.lower(index) in {"after", "before"} and start - 1 in own
        if timed and sentence.lower(start - 1) in entries("clause_times"):
            first = start - 1
            while first - 1 in own and sentence.tag(first - 1) in {"CRD", "AT0"}:
                first -= 1
            start = first if first < start - 1 or sentence.tag(start - 1) == "NN2" else start
        while start - 1 in own and sentence.lower(start - 1) in entries("clause_adverbs"):
            start -= 1
        return start

    def _is_cleft(self, index: int, kind: Kind) -> bool:
        """Return whether a clause only completes "It was last summer that", "some time before"."""
        sentence, top = self.sentence, self.top
        if top.group is None or sentence.tag(top.group.main)[:2] != "VB":
            return False
        subject = [word for word in top.words if top.start + top.opener <= word < top.group.first]
        subject = [word for word in subject if sentence.tag(word) not in {"AV0", "CJC", "QUO"}]
        pronoun = [sentence.lower(word) for word in subject]
        focus = [word for word in top.words if word > top.group.main]
        if pronoun in (["that"], ["this"], ["it"]) and not focus:
            return kind == "fact"  # "that's when I tried"
        if pronoun != ["it"]:
            return False
        lowers = [sentence.lower(word) for word in focus]
        if sentence.lower(index) in {"before", "until"}:
            return bool(set(lowers) & (entries("clause_times") | {"time", "long", "while"}))
        if kind != "relative" or not focus or sentence.is_comma(focus[-1]):
            return False
        first = sentence.tag(focus[0])
        return lowers[0] in {"only", "not", "last"} or first in {"PRP", "NP0"}

    def _that(self, index: int) -> tuple[Kind, Governor | None]:
        previous = self.sentence.previous_word(index)
        if self.sentence.lower(previous) in {"and", "or", "but"}:
            for clause in reversed(self.stack):
                if clause.kind == "complement" and clause.governor:
                    while self.top is not clause:
                        self.stack.pop()
                    self.stack.pop()
                    return "complement", clause.governor
        top = self.top
        main = top.group.main if top.group else top.start
        governor = governing.govern_that(self.sentence, top.words, main, index)
        if governor is None:
            return "relative", None
        if not governor.says or self.inside_part():
            return "part", governor
        if self.is_negated_saying(governor.index):
            return "part", governor
        return "complement", governor

    def inside_part(self) -> bool:
        """Return whether a question or condition is open, which asserts nothing."""
        return any(clause.kind in {"part", "condition"} for clause in self.stack)

    def is_negated_saying(self, verb: int) -> bool:
        """Return whether a verb of thinking or saying is negated: nobody vouches for its clause."""
        group = self.top.group
        lower = self.sentence.lower(verb)
        if group is None or not (lower in verbs("thinking") or lower in verbs("saying")):
            return False
        words = (*range(group.first, group.main + 1), group.first - 1)
        return any(self.sentence.lower(word) in entries("negators") for word in words)

    def _comma(self, index: int) -> None:
        """Close an inserted or fronted clause at its comma where an outer one waits for a verb."""
        top = self.top
        waiting = [clause for clause in self.stack if clause.group is None]
        if top.group is None or not waiting or not self.left(index + 1):
            return
        following = self.sentence.next_word(index)
        opener = self.openers.get(following)
        if opener is not None and opener.kind in {"relative", "that"}:
            return
        if self.sentence.tag(following) == "CJC":
            behind = self.sentence.next_word(following, over_adverbs=True)
            if behind in self.sentence.groups or opener is not None:
                return
        fronted = top.kind in {"fact", "condition", "complement", "part", "main"}
        if top.kind == "relative" and not top.after_comma and following not in self.sentence.groups:
            outer_fronted = any(c.kind in {"fact", "condition"} and c.group for c in self.stack)
            if not outer_fronted:
                return
        elif not (fronted or top.after_comma or following in self.sentence.groups):
            return
        while self.top.group is not None:
            self.stack.pop()

    def left(self, index: int) -> int:
        """Return how many verbs from `index` on have no opener and no coordinator of their own."""
        number = bisect_left(self._verbs, index)
        if number == len(self._verbs):
            return 0
        first = self._verbs[number]
        opened = any(word in self.openers for word in range(index, first))
        return (not opened) + self._free[number + 1]

    def _count_free(self) -> list[int]:
        """Return for each verb how many from it on have no opener and no coordinator before."""
        sentence = self.sentence
        counts = [0]
        for number in range(len(self._verbs) - 1, -1, -1):
            before = sentence.groups[self._verbs[number - 1]].main + 1 if number else 0
            gap = range(before, self._verbs[number])
            bound = any(word in self.openers or sentence.tag(word) == "CJC" for word in gap)
            counts.append(counts[-1] + (not bound))
        return counts[::-1]

    def _place(self, group: Group) -> None:
        """Give a verb to its clause, opening one where it has no sign."""
        place(self, group)
