"""Mends what the tagger got wrong where the clauses show it: a clause must have a finite verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.verbs import is_nonfinite
from bicorpus.claims.wording import Word


def find_missed_verb(words: Sequence[Word], clause: Clause) -> int | None:
    """Return the word of a clause without a finite verb that must be it, None where none can.

    "dass seine Truppen das Gebiet verteidigen": the plural looks like the infinitive, and the
    third person of "versucht" like the participle.
    """
    if clause.kind is Kind.MAIN:
        return _second(words, clause)
    index = clause.last - 1
    while index > clause.first and words[index].is_mark:
        index -= 1
    word = words[index]
    before = words[index - 1] if index else None
    if before is not None and before.tag == "PTKZU":
        return None
    return index if is_nonfinite(word) and not word.is_capital else None


def _second(words: Sequence[Word], clause: Clause) -> int | None:
    """Return a verb form with more behind it than the end: "Behörden fordern mehr"."""
    first, last = clause.parts[0]
    for index in range(first + 1, last - 1):
        word = words[index]
        if word.is_capital or words[index - 1].tag == "PTKZU" or word.is_mark:
            continue
        if word.tag in {"NE", "NN", "FM"} and word.text.isalpha() and len(word.text) > 3:
            # HanTa takes rare past tenses ("zersprang") for names.
            return index
        if word.tag == "VV(INF)" and words[index - 1].tag in {"NN", "NE"}:
            return index
    return None


def as_finite(word: Word) -> Word:
    """Return the word tagged as a finite verb."""
    kind = word.tag[:2] if word.tag[:1] == "V" else "VV"
    return replace(word, tag=f"{kind}(FIN)")
