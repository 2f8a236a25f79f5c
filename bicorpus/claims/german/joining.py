"""What a clause is to its neighbour where its wording, not its opener, tells: late conditions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.wording import Word

_UNREAL = frozenset({"sollte", "sollten", "hätte", "hätten", "wäre", "wären"})


def mark_remarks(words: Sequence[Word], clauses: Sequence[Clause]) -> None:
    """Make "…, was viele freut" a relative clause where nothing in front of it asks."""
    for clause in clauses:
        if clause.kind is Kind.QUESTION and _is_remark(words, clause):
            clause.kind = Kind.RELATIVE


def _is_remark(words: Sequence[Word], clause: Clause) -> bool:
    """Return whether "…, was viele freut" adds to the clause before it, and asks nothing."""
    parent = clause.parent
    if parent is None or words[clause.first].folded != "was" or parent.last > clause.first:
        return False
    asking = words_of("asking")
    return parent.kind is Kind.MAIN and not any(
        words[index].lemma.lower() in asking or words[index].folded in asking
        for index in parent.indices()
    )


def join_conditions(clauses: list[Clause]) -> None:
    """Make "Stimmt er zu, muss …" one claim: a verb-first clause in front of another."""
    for first, second in itertools.pairwise(clauses):
        if (
            first is clauses[0]
            and first.kind is second.kind is Kind.MAIN
            and first.is_verb_first
            and first.joiner is None
            and (second.is_verb_first or second.before == "–")
            and second.joiner is None
            and not second.is_inserted
            and not first.children
        ):
            first.kind = Kind.CONDITION
            first.parent = second
            second.children.append(first)


def join_late_conditions(words: Sequence[Word], clauses: list[Clause]) -> None:
    """Make "…, sollte der Rat zustimmen" part of the clause in front of it."""
    for before, clause in itertools.pairwise(clauses):
        if (
            clause.kind is before.kind is Kind.MAIN
            and clause.is_verb_first
            and not before.is_verb_first
            and clause.joiner is None
            and clause.before == ","
            and not clause.is_inserted
            and before.verb is not None
            and words[clause.first].folded in _UNREAL
            and words[clause.first + 1].tag in {"ART", "PPER", "NE", "NN", "PPOSAT", "PIS"}
            and len(clause.indices()) > 2
        ):
            clause.kind = Kind.CONDITION
            clause.parent = before
            before.children.append(clause)
