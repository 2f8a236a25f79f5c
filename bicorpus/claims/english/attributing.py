"""Who vouches for a claim by the clause that reports it: "X said that", "claims to have"."""

from __future__ import annotations

from dataclasses import dataclass, field

from bicorpus.claims.english.clauses import Clause, Governor
from bicorpus.claims.english.lexicon import singular, verbs
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.subjects import agent_of, owner_of, subject_of, trimmed
from bicorpus.claims.english.tagsets import GERUNDS

Range = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A claim as word indices; `said` tells whether it has an attribution.

    `own` are the words of its own clause, which hedge and negate it; `words` all of its words.
    """

    clause: Clause
    words: list[int]
    own: list[int]
    said: bool = False
    source: Range | None = None
    cue: Range | None = None
    lemma: str = ""
    inside: list[Clause] = field(default_factory=list)


def attribute(sentence: Sentence, draft: Draft) -> None:
    """Give the draft the attribution of the nearest complement that it stands in."""
    clause: Clause | None = draft.clause
    while clause is not None:
        if clause.kind == "complement" and clause.governor is not None:
            frame = clause.parent
            governor = clause.governor
            draft.said = True
            draft.cue = (governor.index, governor.index + 1)
            draft.lemma = _lemma(sentence, governor)
            if frame is not None:
                draft.source = _source(sentence, frame, governor)
            return
        clause = clause.parent


def _lemma(sentence: Sentence, governor: Governor) -> str:
    lower = sentence.lower(governor.index)
    return (
        verbs("saying").get(lower, singular(lower)) if governor.kind != "noun" else singular(lower)
    )


def _source(sentence: Sentence, frame: Clause, governor: Governor) -> Range | None:
    if governor.kind == "noun":
        owner = owner_of(sentence, governor.index)
        if owner is not None or not is_light(sentence, frame, governor):
            return owner
        if frame.group is not None and sentence.tag(frame.group.main)[:2] == "VB":
            return None
    elif frame.group is not None and not frame.group.is_passive and is_quoted(sentence, governor):
        return trimmed(sentence, frame.group.main + 1, governor.index - 1)
    elif frame.group is not None and frame.group.is_passive and governor.kind == "verb":
        is_hearer = sentence.lower(frame.group.main) not in {"convinced", "persuaded"}
        return agent_of(sentence, governor.index) if is_hearer else subject_of(sentence, frame)
    return _no_expletive(sentence, subject_of(sentence, frame))


def _no_expletive(sentence: Sentence, source: Range | None) -> Range | None:
    if source is not None and source[1] - source[0] == 1 and sentence.lower(source[0]) == "there":
        return None
    return source


def split_nonfinite(sentence: Sentence, draft: Draft) -> list[Draft]:
    """Cut "claims | to have won" and "denied | stealing" into frame and claim."""
    group = draft.clause.group
    if group is None or group.is_passive:
        return [draft]
    main = sentence.lower(group.main)
    following = sentence.next_word(group.main, over_adverbs=True)
    start = None
    if main in verbs("saying_infinitives") and sentence.tag(following) == "TO0":
        start = following
    elif main in verbs("saying_gerunds"):
        if sentence.lower(following) == "to" and sentence.tag(following + 1) in GERUNDS:
            following += 1
        start = following if sentence.tag(following) in GERUNDS else None
    elif main in verbs("accusing"):
        start = _accused(sentence, group.main, draft.words)
    if start is None:
        return [draft]
    source = subject_of(sentence, draft.clause)
    words = [word for word in draft.words if word >= start]
    own = [word for word in draft.own if word >= start]
    lemma = verbs("saying").get(main, main)
    return [Draft(draft.clause, words, own, True, source, (group.main, group.main + 1), lemma)]


def _accused(sentence: Sentence, verb: int, words: list[int]) -> int | None:
    """Return where the deed begins in "accused Russia of violating"."""
    for word in words:
        if word > verb + 1 and sentence.lower(word) == "of":
            behind = sentence.next_word(word, over_adverbs=True)
            return behind if sentence.tag(behind) in GERUNDS else None
    return None


def is_light(sentence: Sentence, clause: Clause, governor: Governor) -> bool:
    """Return whether a verb only carries its noun of saying: "voiced the suspicion"."""
    group = clause.group
    if group is None or governor.index < group.main:
        return False
    main = sentence.lower(group.main)
    return main in verbs("light_verbs") or (sentence.tag(group.main)[:2] == "VB")


def is_quoted(sentence: Sentence, governor: Governor) -> bool:
    """Return whether the saying is that of "was quoted as saying"."""
    return governor.kind == "participle" and sentence.lower(governor.index - 1) == "as"
