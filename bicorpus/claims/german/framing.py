"""Ties frames without a clause of their own ("laut X", ", so X") to the clauses they hold for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.saying import SPEAKING, says, subject_span
from bicorpus.claims.german.ties import Ties


def tie_frames(ties: Ties, framing: Sequence[Frame]) -> list[Frame]:
    """Give each frame to its clauses; return the frames, "nach eigenen Angaben" with its subject.

    A clause that something in the sentence says already keeps that frame.
    """
    filled = []
    for frame in framing:
        home = _home(ties.clauses, min(frame.indices))
        if home is None:
            filled.append(frame)
            continue
        if frame.takes_subject and ties.clauses[home].verb is not None:
            frame = _with_subject(ties, home, frame)  # noqa: PLW2901 - the loop's own copy
        filled.append(frame)
        if not _tie_quotation(ties, home, frame):
            _tie_home(ties, home, frame)
    return filled


def _with_subject(ties: Ties, home: int, frame: Frame) -> Frame:
    clause = ties.clauses[home]
    indices = [index for index in clause.indices() if index not in frame.indices]
    return replace(frame, source=subject_span(ties.words, clause, indices))


def _tie_quotation(ties: Ties, home: int, frame: Frame) -> bool:
    """Give ", so X" to the quotation in front of it; return whether that is all it holds for."""
    place = min(frame.indices)
    if ties.words[place].folded != "so":
        return False
    spoken = next((word for word in reversed(ties.words[:place]) if not word.is_mark), None)
    number = spoken.quotation if spoken is not None else None
    if number is None or not ties.is_clausal(number):
        return False
    ties.quotations[number] = frame
    for index, clause in enumerate(ties.clauses):
        if ties.quotation_of(clause) == number:
            ties.frames.setdefault(index, frame)
    clause = ties.clauses[home]
    return clause.kind is not Kind.MAIN or ties.quotation_of(clause) == number


def _tie_home(ties: Ties, home: int, frame: Frame) -> None:
    """Give the frame to the clause that it stands in, and to those that go on from it."""
    if home not in ties.frames or home in ties.guessed:
        ties.frames[home] = frame
    is_first = min(frame.indices) == 0 and home == 0
    for index, clause in enumerate(ties.clauses[home + 1 :], home + 1):
        shares = clause.joined_to is ties.clauses[home] and clause.is_verb_first
        told = ties.mood(clause) in {"reported", "unreal"} or is_first
        goes_on = clause.kind is Kind.MAIN and told and clause.before in {"", ",", ";"}
        if ties.mood(clause) == "indicative" and _speaks(ties, clause):
            break  # "Laut Polizei blieb es ruhig, die Veranstalter sprechen von Gewalt"
        if (shares or goes_on) and index not in ties.saying:
            ties.frames.setdefault(index, frame)


def _speaks(ties: Ties, clause: Clause) -> bool:
    return says(ties.words, ties.indices(clause), clause.verb, SPEAKING) is not None


def _home(clauses: Sequence[Clause], place: int) -> int | None:
    """Return the clause whose words hold `place`, or the last main clause before it."""
    best = None
    for index, clause in enumerate(clauses):
        if any(first <= place < last for first, last in clause.parts):
            return index
        if clause.first <= place and clause.kind is Kind.MAIN and not clause.is_inserted:
            best = index
    if best is None:
        mains = (index for index, clause in enumerate(clauses) if clause.kind is Kind.MAIN)
        return next(mains, None)
    return best
