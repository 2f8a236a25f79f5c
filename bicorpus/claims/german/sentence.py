"""The claims of one German sentence, before its neighbours are asked who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bicorpus.claims.edges import spans_of
from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.clauses import build_clauses
from bicorpus.claims.german.complements import frame_at, tie_clauses
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.frames import find_frames
from bicorpus.claims.german.framing import tie_frames
from bicorpus.claims.german.insertions import insertions
from bicorpus.claims.german.joining import join_conditions, join_late_conditions, mark_remarks
from bicorpus.claims.german.lexicon import phrases_of, words_of
from bicorpus.claims.german.modality import is_hedged, is_negated
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.parts import cut_parts
from bicorpus.claims.german.quoting import tie_colons
from bicorpus.claims.german.repair import as_finite, find_missed_verb
from bicorpus.claims.german.saying import SPEAKING, frame_of_report, says
from bicorpus.claims.german.tagging import mend_tags
from bicorpus.claims.german.ties import Ties
from bicorpus.claims.german.verbs import finite_verbs
from bicorpus.claims.wording import Word
from bicorpus.data import Span

_ABSORBED = frozenset({Kind.INFINITIVE, Kind.CONDITION, Kind.COMPLEMENT, Kind.QUESTION})


@dataclass(slots=True)
class Draft:
    """A claim as its sentence shows it; `frame` may come from the sentences around it."""

    spans: tuple[Span, ...]
    frame: Frame | None
    hedged: bool
    negated: bool
    mood: str
    quotation: int | None
    is_main: bool


@dataclass(slots=True)
class Reading:
    """A sentence read: its claims, who speaks in it, the frames of quotations in it.

    `speaks` tells whether somebody says anything in it; `opens` is whose words begin behind its
    colon; `tells_before` who said the sentence before it, where it only tells that: "Das teilte
    die Polizei mit."
    """

    words: list[Word]
    drafts: list[Draft] = field(default_factory=list)
    speaker: Frame | None = None
    quotations: dict[int, Frame] = field(default_factory=dict)
    opens: Frame | None = None
    tells_before: Frame | None = None
    speaks: bool = False
    is_title: bool = False


def read_sentence(words: list[Word], *, is_title: bool = False) -> Reading:
    """Return the claims of the sentence with the tagged `words`.

    In a title a phrase behind a colon or dash stands for itself.
    """
    reading = Reading(words, is_title=is_title)
    if not words:
        return reading
    words, clauses, framing = _analyse(mend_tags(words), is_title=is_title)
    reading.words = words
    framed = frozenset(index for frame in framing for index in frame.indices)
    mark_remarks(words, clauses)
    join_late_conditions(words, clauses)
    ties = tie_clauses(words, clauses, framed, is_title=is_title)
    framing = tie_frames(ties, framing)
    tie_colons(ties)
    join_conditions(clauses)
    for index, _clause in enumerate(clauses):
        if _is_claim(words, clauses, index, ties):
            reading.drafts.append(_draft(words, clauses, index, ties, framed))
    reading.quotations = dict(ties.quotations)
    _open_quotation(reading)
    reading.speaks = bool(framing) or any(
        says(words, clause.indices(), clause.verb, SPEAKING) for clause in clauses
    )
    reading.speaker = _speaker(words, clauses, ties, framing)
    if clauses and all(clause.kind in {Kind.RELATIVE, Kind.ADVERBIAL} for clause in clauses[1:]):
        reading.tells_before = frame_of_report(words, clauses[0])
    if words[-1].text == ":":
        reading.opens = reading.speaker
    return reading


def _open_quotation(reading: Reading) -> None:
    """Note whose words go on where a claim ends in a quotation that is still open.

    "Er sagte, man habe „alles versucht. Es half nichts“": the next sentence is his, too.
    """
    last = next((word for word in reversed(reading.words) if not word.is_mark), None)
    if last is None or last.quotation is None or not reading.drafts:
        return
    draft = reading.drafts[-1]
    if (
        draft.frame is not None
        and draft.quotation is None
        and draft.spans
        and draft.spans[-1].end == last.end
    ):
        reading.quotations.setdefault(last.quotation, draft.frame)


def _analyse(
    words: list[Word], *, is_title: bool = False
) -> tuple[list[Word], list[Clause], list[Frame]]:
    """Return words, clauses and frames, read again where a clause shows a tagger's slip."""
    for attempt in range(3):
        framing = find_frames(words, finite_verbs(words))
        framed = frozenset(index for frame in framing for index in frame.indices)
        parts = cut_parts(words, framed)
        clauses = build_clauses(words, parts, insertions(words, parts), is_title=is_title)
        if attempt == 2:
            break
        missed = [
            index
            for clause in clauses
            if clause.verb is None
            and clause.kind is not Kind.INFINITIVE
            and (index := find_missed_verb(words, clause)) is not None
        ]
        if not missed:
            break
        words = [as_finite(word) if word.index in missed else word for word in words]
    return words, clauses, framing


def _is_claim(words: Sequence[Word], clauses: list[Clause], index: int, ties: Ties) -> bool:
    clause = clauses[index]
    if index in ties.saying or clause.is_inserted:
        return False
    if clause.kind is Kind.INFINITIVE:
        return index in ties.said
    if clause.verb is None:
        return False
    if clause.kind in _ABSORBED:
        return index in ties.said
    return not _is_no_assertion(words, clauses, clause)


def _is_no_assertion(words: Sequence[Word], clauses: list[Clause], clause: Clause) -> bool:
    """Return whether a clause asks, commands or wishes, or is a set phrase."""
    end = next(
        (word for word in words[clause.last - 1 :] if word.text in {"?", "!", "."}), words[-1]
    )
    same = words[clause.first].quotation == end.quotation
    if end.text == "?" and same:
        return True
    verb = clause.verb or 0
    is_first = clause is clauses[0] or words[clause.first].quotation is not None
    if clause.kind is Kind.MAIN and clause.is_verb_first and is_first and clause.joiner is None:
        follows = words[verb + 1].folded if verb + 1 < len(words) else ""
        if not clause.children and (
            end.text == "!" or follows == "sie" or words[verb].tag.endswith("(IMP)")
        ):
            return True
    folded = tuple(words[index].folded for index in clause.indices() if not words[index].is_mark)
    return folded in phrases_of("set_phrases")


def _draft(
    words: Sequence[Word], clauses: list[Clause], index: int, ties: Ties, framed: frozenset[int]
) -> Draft:
    clause = clauses[index]
    included = set(_included(clause, clauses, ties)) - framed - ties.left_out
    _drop_edges(words, clause, included)
    if clause.kind is Kind.COMPLEMENT and clause.opener is not None:
        included -= set(range(clause.first, clause.opener.last))
    frame = _frame_of(words, clause, clauses, ties)
    own = [place for place in clause.indices() if place not in framed]
    hedged = is_hedged(words, own, clause.verb) or (frame is not None and frame.hedges)
    return Draft(
        spans_of(words, included),
        frame,
        hedged,
        is_negated(words, own),
        ties.mood(clause),
        ties.quotation_of(clause),
        clause.kind is Kind.MAIN,
    )


def _drop_edges(words: Sequence[Word], clause: Clause, included: set[int]) -> None:
    """Leave out joining words that a clause keeps in front after a cut: "…, aber er …"."""
    if clause.kind is Kind.MAIN and included:
        first = min(included)
        if words[first].folded in words_of("coordinators") and first != clause.verb:
            included.discard(first)


def _included(clause: Clause, clauses: list[Clause], ties: Ties) -> list[int]:
    """Return the words of the clause and of the clauses that are part of it."""
    indices = clause.indices()
    for child in clause.children:
        place = clauses.index(child)
        is_part = child.kind in _ABSORBED or child.verb is None
        if is_part and place not in ties.said and place not in ties.saying:
            indices.extend(_included(child, clauses, ties))
            if child.joiner is not None:
                indices.append(child.joiner)
    return indices


def _frame_of(
    words: Sequence[Word], clause: Clause, clauses: list[Clause], ties: Ties
) -> Frame | None:
    current: Clause | None = clause
    while current is not None:
        place = clauses.index(current)
        if place in ties.frames:
            return ties.frames[place]
        if current.kind is Kind.RELATIVE and words[current.first].folded == "was":
            # "…, was Kiew bestritt" speaks about what was said.
            return None
        current = current.parent
    return None


def _speaker(
    words: Sequence[Word], clauses: list[Clause], ties: Ties, framing: Sequence[Frame]
) -> Frame | None:
    """Return who speaks on in the sentences after this one, None where nobody spoke."""
    found: Frame | None = None
    for index, clause in enumerate(clauses):
        if clause.verb is None or clause.kind not in {Kind.MAIN, Kind.ADVERBIAL}:
            continue
        if is_negated(words, clause.indices()) and index not in ties.saying:
            continue
        if ties.mood(clause) == "reported" and index not in ties.saying:
            # "Bisher habe die Regierung abgelehnt": whoever reports that speaks on.
            continue
        if index in ties.said or (index in ties.frames and index not in ties.saying):
            continue
        content = says(words, clause.indices(), clause.verb, SPEAKING)
        if content is not None and content.lemma not in words_of("thinking"):
            frame = frame_at(ties, index, content)
            if frame.source is not None or frame.takes_speaker:
                found = frame
    for frame in framing:
        if found is None and (frame.source is not None or frame.takes_speaker):
            found = frame
    return found
