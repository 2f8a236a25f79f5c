"""Builds the clauses of a German sentence from its parts: who is inside whom, what goes on where.

A stack machine over the parts from left to right. A clause without its finite verb is open: a
relative clause that was put into it ends, and the next part without an opener goes on with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.openers import Kind, Opener
from bicorpus.claims.german.parts import Part
from bicorpus.claims.german.phrases import starts_phrase
from bicorpus.claims.german.verbs import is_nonfinite, read_finite
from bicorpus.claims.wording import Word

_TITLE_MARKS = frozenset({":", "–", "—", "-", "|"})


class ClauseBuilder:
    """Takes parts in order and keeps the clauses that they make."""

    def __init__(
        self, words: Sequence[Word], insertions: frozenset[int], *, is_title: bool
    ) -> None:
        """Begin; `insertions` are finite verbs of inserted saying clauses ("…, sagte er")."""
        self._is_title = is_title
        self.words = words
        self.clauses: list[Clause] = []
        self._open: list[Clause] = []
        self._recent: Clause | None = None
        self._insertions = insertions

    def add(self, part: Part) -> None:
        """Give the part its place."""
        if part.before == ":" and part.quotation is not None:
            self._open = [each for each in self._open if each.quotation == part.quotation]
        if part.verb in self._insertions:
            clause = self._start(Kind.MAIN, part, parent=None, keep=False)
            clause.is_inserted = True
        elif part.before == "(" and part.verb is not None and not part.opener:
            self._start(Kind.MAIN, part, parent=None, keep=False)
        elif part.opener is not None:
            self._add_opened(part, part.opener)
        elif part.verb is not None:
            self._add_verb(part)
        elif self._names_speaker(part):
            self.clauses[-1].parts.append((part.first, part.last))
        else:
            self._add_phrase(part)

    def _names_speaker(self, part: Part) -> bool:
        """Return whether it goes on with an insertion: "teilte die Leiterin, | Anna Ott, | mit"."""
        if not (self.clauses and self.clauses[-1].is_inserted and part.before == ","):
            return False
        tags = [self.words[index].tag for index in range(part.first, part.last)]
        is_outside = part.quotation is None and self.clauses[0].quotation is not None
        return is_outside or set(tags) <= {"NE", "FM", "XY"} or tags == ["PTKVZ"]

    def _start(self, kind: Kind, part: Part, *, parent: Clause | None, keep: bool = True) -> Clause:
        clause = Clause(
            kind,
            [(part.first, part.last)],
            part.verb,
            part.opener,
            parent,
            part.before,
            part.joiner,
            quotation=part.quotation,
        )
        if parent is not None:
            parent.children.append(clause)
        self.clauses.append(clause)
        if keep:
            if part.joiner is not None or not part.before:
                clause.joined_to = self._recent
            self._recent = clause
            if part.verb is None and kind is not Kind.INFINITIVE:
                self._open.append(clause)
        return clause

    def _add_opened(self, part: Part, opener: Opener) -> None:
        recent = self._recent
        if opener.kind is Kind.INFINITIVE and self._continues_infinitive(part):
            return
        if self.clauses and self.clauses[-1].is_inserted and opener.kind is Kind.RELATIVE:
            recent = self.clauses[-1]
        if part.before == ":" and part.quotation is not None:
            parent = None  # „Wenn es regnet, …“ is a condition of what follows, not of "er sagte"
        elif part.joiner is not None and recent is not None and recent.kind is opener.kind:
            parent = recent.parent
        else:
            parent = recent
        self._start(opener.kind, part, parent=parent)

    def _continues_infinitive(self, part: Part) -> bool:
        """Go on with "um die Menge, die dort stand, zu zerstreuen" where it began."""
        recent = self._recent
        is_bare = self.words[part.first].tag == "PTKZU" or part.last - part.first == 1
        if recent is None or not is_bare or not recent.is_final or recent.verb is None:
            return False
        home = recent.parent
        if home is None:
            return False
        home.parts.append((part.first, part.last))
        self._recent = home
        return True

    def _add_verb(self, part: Part) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and part.before not in {":", ";"} and self._completes(top, part):
            self._complete(top, part)
            return
        recent = self._recent
        if recent is not None and self._goes_on_final(recent, part):
            self._start(recent.kind, part, parent=recent.parent)
            return
        self._open.clear()
        head = self._head_left_behind(part)
        clause = self._start(Kind.MAIN, part, parent=None)
        if head is not None:
            self._move(head, clause)
        self._adopt_fronted(clause)

    def _head_left_behind(self, part: Part) -> Clause | None:
        """Return the clause that took the beginning of this one for a phrase of its own.

        "Er sagte, der Mann, der dort wohne, sei krank": "der Mann" begins what he said.
        """
        if not part.is_verb_first or part.joiner is not None or part.before != ",":
            return None
        mains = [clause for clause in self.clauses if clause.kind is Kind.MAIN]
        home = mains[-1] if mains else None
        if home is None or home.verb is None or len(home.parts) < 2 or home.is_inserted:
            return None
        first = home.parts[-1][0]
        head = self.words[first]
        is_adverbial = head.tag.startswith(("APPR", "ADV")) and part.verb is not None
        if is_adverbial and read_finite(self.words, part.verb or 0).mood == "indicative":
            is_adverbial = False
        is_phrase = first > home.verb and (starts_phrase(head) or is_adverbial)
        return home if is_phrase else None

    def _move(self, home: Clause, clause: Clause) -> None:
        """Give the last phrase of `home`, and what hangs on it, to `clause`."""
        head = home.parts.pop()
        clause.parts.insert(0, head)
        clause.before = ","
        for child in [each for each in home.children if each.first > head[0]]:
            home.children.remove(child)
            child.parent = clause
            clause.children.append(child)
        self.clauses.remove(clause)
        place = next(
            index
            for index, each in enumerate([*self.clauses, clause])
            if each is clause or each.first > head[0]
        )
        self.clauses.insert(place, clause)

    def _completes(self, top: Clause, part: Part) -> bool:
        if top.quotation is not None and top.quotation != part.quotation and part.is_verb_first:
            # „Sicher?“ schrieben sie: what was quoted is no beginning of who quotes it.
            return False
        if top.is_final:
            contrasts = part.verb is not None and part.verb + 1 < part.last
            contrasts = contrasts and self.words[(part.verb or 0) + 1].folded == "sondern"
            return part.is_verb_last or part.is_verb_first or contrasts or not part.before
        if part.is_verb_first:
            return True
        # "Männer, Frauen und Kinder kamen": an enumeration; "Kiew – Der Krieg dauert an": none.
        joins = part.joiner is None or self.words[part.joiner].folded in {"sondern", "und", "sowie"}
        return part.before == "," and joins and not _ends_nominal(self.words, top)

    def _complete(self, top: Clause, part: Part) -> None:
        while self._open.pop() is not top:
            pass
        top.parts.append((part.first if part.joiner is None else part.joiner, part.last))
        top.verb = part.verb
        self._recent = top
        if top.kind is Kind.MAIN:
            self._adopt_fronted(top)

    def _goes_on_final(self, recent: Clause, part: Part) -> bool:
        """Return whether "und …" goes on with the verb-final clause before it."""
        if part.joiner is None or not recent.is_final or part.before:
            return False
        return part.is_verb_last or part.is_verb_first

    def _adopt_fronted(self, main: Clause) -> None:
        """Make clauses in front of `main` its own that belong to nothing yet."""
        for clause in self.clauses:
            is_orphan = clause.parent is None and clause.kind is not Kind.MAIN
            if is_orphan and clause is not main:
                clause.parent = main
                main.children.append(clause)

    def _add_phrase(self, part: Part) -> None:
        recent = self._recent
        if (
            recent is None
            or part.before == ";"
            or self._opens_speech(recent, part)
            or (self._is_title and part.before in _TITLE_MARKS)
        ):
            self._start(Kind.MAIN, part, parent=None)
            return
        if part.joiner is not None and not part.before and recent.is_final:
            # "… kam und, als es regnete, ging": the verb is still to come.
            self._start(recent.kind, part, parent=recent.parent)
            return
        home = self._open[-1] if self._open else self._home(recent, part)
        if home is None:
            self._start(Kind.MAIN, part, parent=None)
            return
        first = part.first if part.joiner is None else part.joiner
        home.parts.append((first, part.last))
        self._recent = home

    def _opens_speech(self, recent: Clause, part: Part) -> bool:
        return (
            part.before == ":"
            and part.quotation is not None
            and (part.quotation != recent.quotation)
        )

    def _home(self, recent: Clause, part: Part) -> Clause | None:
        """Return the clause that a phrase without a verb goes on with."""
        clause: Clause | None = recent
        while clause is not None and clause.is_final and clause.verb is not None:
            if part.before in {"–", "—", "("} or self._is_tail(part) or self._lists(clause, part):
                return clause
            if clause.parent is None:
                return None
            clause = clause.parent
        return clause

    def _lists(self, clause: Clause, part: Part) -> bool:
        """Return whether "…, Genf und Bern" goes on with "dass mehr kamen als nach Wien"."""
        if part.before != "," or clause.verb is None or not starts_phrase(self.words[part.first]):
            return False
        behind = self.words[clause.verb + 1 : clause.last]
        return (
            bool(behind) and behind[0].folded in {"als", "wie"} and behind[-1].tag in {"NN", "NE"}
        )

    def _is_tail(self, part: Part) -> bool:
        """Return whether a phrase adds to the clause just before it: "darunter …", "also …"."""
        head = self.words[part.first if part.joiner is None else part.joiner].folded
        return head in {"darunter", "insbesondere", "nämlich", "also", "sondern"} and not any(
            is_nonfinite(self.words[index]) for index in range(part.first, part.last)
        )


def _ends_nominal(words: Sequence[Word], clause: Clause) -> bool:
    """Return whether an open clause is a heading's phrase rather than the start of a list."""
    return words[clause.first].tag == "ADV"


def build_clauses(
    words: Sequence[Word],
    parts: Sequence[Part],
    insertions: frozenset[int],
    *,
    is_title: bool = False,
) -> list[Clause]:
    """Return the clauses of a sentence in the order in which they begin."""
    builder = ClauseBuilder(words, insertions, is_title=is_title)
    for part in parts:
        builder.add(part)
    return builder.clauses
