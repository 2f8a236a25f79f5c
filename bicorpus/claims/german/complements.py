"""Ties what is said to who says it, inside one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.content import Content, in_list, read_content
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.lexicon import words_of
from bicorpus.claims.german.modality import is_negated
from bicorpus.claims.german.nouns import tie_nouns, voiced_by
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.quoting import (
    direct_quotation,
    follows_quotation,
    takes_up,
    tie_any,
    tie_heading,
    tie_insertion,
)
from bicorpus.claims.german.saying import SAYING, SPEAKING, clause_frame, says, text_before
from bicorpus.claims.german.ties import Ties, shared_subject
from bicorpus.claims.wording import Word

# "…, er wollte sich bereichern": the past of these is their Konjunktiv II, too.
_AMBIGUOUS_MOODS = frozenset({"wollte", "wollten", "sollte", "sollten"})


def tie_clauses(
    words: Sequence[Word], clauses: Sequence[Clause], framed: frozenset[int], *, is_title: bool
) -> Ties:
    """Return who says what in a sentence.

    Light verbs with a noun of saying come first ("äußerten die Vermutung"), because their verb
    may say something by itself; then what stands right behind a quotation ("…: „…“, sagte Ott"),
    which says more than the colon before it, unless it only takes up who was named there; what is
    only near a saying clause comes last.
    """
    ties = Ties(words, clauses, framed)
    tie_nouns(ties, light_only=True)
    for index, clause in enumerate(clauses):
        if clause.is_inserted and follows_quotation(ties, clause) and not takes_up(ties, index):
            tie_insertion(ties, index, clause)
    for index, clause in enumerate(clauses):
        if clause.is_inserted and index not in ties.saying:
            tie_insertion(ties, index, clause)
        elif clause.verb is not None:
            _tie(ties, index, clause)
    tie_nouns(ties)
    _tie_reported(ties)
    _tie_reasons(ties)
    if is_title:
        tie_heading(ties)
    return ties


def _tie(ties: Ties, index: int, clause: Clause) -> None:
    words = ties.words
    if index in ties.saying:
        return
    content = says(words, ties.indices(clause), clause.verb, SPEAKING)
    if content is None:
        tie_any(ties, index, clause)
        return
    asserts = any(in_list(words, ties.indices(clause), content, name) for name in SAYING)
    frame = frame_at(ties, index, content)
    if clause.opener is not None and words[clause.opener.last - 1].folded == "wie":
        _tie_manner(ties, index, clause, frame)
        return
    direct = direct_quotation(ties, index)
    if direct is not None and index in ties.said:
        # What is said in reported form first goes on word for word.
        ties.quotations[direct] = ties.frames[index]
        ties.give(direct, ties.frames[index])
        return
    if direct is not None:
        ties.saying.add(index)
        ties.quotations[direct] = frame
        ties.give(direct, frame)
        return
    if asserts and not is_negated(words, ties.indices(clause)):
        _tie_complement(ties, index, clause, frame, content)


def frame_at(ties: Ties, index: int, content: Content) -> Frame:
    """Return the frame that the clause at `index` makes with its verb `content`.

    Its subject may be that of the clause before: "Er kam und sagte, …".
    """
    clause = ties.clauses[index]
    frame = clause_frame(ties.words, clause, content)
    if frame.source is None and (text := text_before(ties.words, clause)) is not None:
        return replace(frame, source=text, takes_speaker=False)
    if frame.source is not None or not clause.is_verb_first or not index:
        return frame
    if frame.takes_speaker or (clause.joiner is None and clause.before != ","):
        return frame
    return replace(frame, source=shared_subject(ties, index))


def _tie_manner(ties: Ties, index: int, clause: Clause, frame: Frame) -> None:
    """Tie "wie die Polizei mitteilte" to the clause that it stands in."""
    target = clause.parent
    while target is not None and target.kind is Kind.INFINITIVE:
        target = target.parent
    if target is None or (clause.first > target.first and _asks(ties, target)):
        return
    ties.saying.add(index)
    ties.frames[ties.clauses.index(target)] = frame


def _asks(ties: Ties, clause: Clause) -> bool:
    """Return whether a question clause may depend on it: "versteht nicht, wie er …"."""
    asking = words_of("asking")
    return any(
        ties.words[index].lemma.lower() in asking and ties.words[index].tag[:1] in {"V", "A"}
        for index in clause.indices()
        if not ties.words[index].tag.startswith("ART")
    )


def _tie_complement(ties: Ties, index: int, clause: Clause, frame: Frame, content: Content) -> None:
    words = ties.words
    for place in range(index + 1, len(ties.clauses)):
        other = ties.clauses[place]
        if other.kind is Kind.COMPLEMENT and _hangs_on(ties, other, clause):
            ties.say(index, place, frame)
        elif other.kind is Kind.INFINITIVE and other.parent is clause:
            first = words[other.first].folded
            is_said = in_list(words, ties.indices(clause), content, "saying_infinitives")
            if first in words_of("infinitive_openers") or not is_said:
                continue
            ties.say(index, place, frame)
        elif other.kind is Kind.MAIN and _is_reported_main(ties, index, place, content.lemma):
            ties.say(index, place, frame)
            _follow(ties, place, frame)
            return


def _hangs_on(ties: Ties, complement: Clause, clause: Clause) -> bool:
    if any(ties.words[index].folded == "dafür" for index in clause.indices()):
        return False
    parent = complement.parent
    while parent is not None and parent is not clause:
        if parent.kind is not Kind.RELATIVE or _says(ties, parent):
            return False
        parent = parent.parent
    return parent is clause


def _says(ties: Ties, clause: Clause) -> bool:
    return says(ties.words, ties.indices(clause), clause.verb) is not None


def _is_reported_main(ties: Ties, index: int, place: int, lemma: str) -> bool:
    """Return whether the main clause at `place` is what the clause at `index` says."""
    clause, other = ties.clauses[index], ties.clauses[place]
    if other.joiner is not None or other.is_inserted or place in ties.frames:
        return False
    if any(_comes_between(ties, each) for each in ties.clauses[index + 1 : place]):
        return False
    if other.before == ":":
        return clause.kind is Kind.MAIN
    if other.before not in {",", "–"}:
        return False
    mood = ties.mood(other)
    verb = ties.words[other.verb].folded if other.verb is not None else ""
    if mood in {"reported", "unreal"} or verb in _AMBIGUOUS_MOODS:
        return not (other.is_verb_first and not other.children)
    starts_verb = other.is_verb_first
    return clause.kind is Kind.MAIN and not starts_verb and lemma in words_of("saying_plain")


def _comes_between(ties: Ties, clause: Clause) -> bool:
    """Return whether a clause behind that of saying has what follows for itself.

    "Er widersprach, indem er sagte, das sei falsch": the nearest clause of saying has it.
    """
    if clause.kind is Kind.ADVERBIAL:
        return _says(ties, clause)
    return clause.kind is Kind.MAIN or clause.kind is Kind.COMPLEMENT


def _follow(ties: Ties, place: int, frame: Frame) -> None:
    """Go on with the clauses behind what is said as long as they are said, too."""
    for later in range(place + 1, len(ties.clauses)):
        clause = ties.clauses[later]
        if clause.kind is not Kind.MAIN or later in ties.frames:
            continue
        mood = ties.mood(clause)
        is_glued = clause.before == "" and clause.joiner is not None
        if mood == "reported" or (mood == "unreal" and clause.before != ";") or is_glued:
            ties.frames[later] = frame
        else:
            break


def _tie_reported(ties: Ties) -> None:
    """Give a reported clause that no verb of saying governs to the subject before it."""
    for index, clause in enumerate(ties.clauses):
        if clause.kind is not Kind.MAIN or index in ties.frames or not index:
            continue
        if ties.mood(clause) != "reported" or clause.before not in {",", ":", "–", ";"}:
            continue
        place = index - 1
        while place and ties.clauses[place].kind in {Kind.ADVERBIAL, Kind.RELATIVE}:
            place -= 1  # "Sie fürchtet, sobald er aussage, werde der Druck steigen"
        before = ties.clauses[place]
        if before.kind is not Kind.MAIN or before.verb is None or place in ties.frames:
            continue
        content = read_content(ties.words, before)
        if content is not None and ties.mood(before) == "indicative":
            frame = clause_frame(ties.words, before, content)
            frame = replace(frame, source=voiced_by(ties, before) or frame.source)
            if frame.source is not None:
                ties.frames[index] = replace(frame, stance="asserted")
                ties.guessed.add(index)


def _tie_reasons(ties: Ties) -> None:
    """Give a reported clause that hangs on one of saying or judging to who says or judges.

    "Der Verein begrüßte den Beschluss, weil er den Nachwuchs stärke": the reason is the club's.
    """
    for index, clause in enumerate(ties.clauses):
        parent = clause.parent
        if clause.kind not in {Kind.ADVERBIAL, Kind.RELATIVE} or parent is None:
            continue
        if not _is_reported_form(ties, clause) or _is_framed(ties, clause):
            continue
        content = says(ties.words, ties.indices(parent), parent.verb, SPEAKING)
        if content is None and _is_reason(ties, clause):
            content = read_content(ties.words, parent)
        if content is None or in_list(ties.words, ties.indices(parent), content, "denying"):
            continue
        place = ties.clauses.index(parent)
        frame = frame_at(ties, place, content)
        if frame.source is not None and ties.mood(parent) == "indicative":
            ties.frames[index] = replace(frame, hedges=False)
            ties.guessed.add(index)


def _is_reason(ties: Ties, clause: Clause) -> bool:
    """Return whether it is "weil der Preis zu hoch sei": the reason of whoever acts."""
    is_causal = ties.words[clause.first].folded in {"weil", "da"}
    return is_causal and ties.mood(clause) == "reported"


def _is_reported_form(ties: Ties, clause: Clause) -> bool:
    """Return whether the mood reports: Konjunktiv I, or II in the plural, where I has no form."""
    mood = ties.mood(clause)
    is_plural = clause.verb is not None and ties.words[clause.verb].folded.endswith("n")
    return mood == "reported" or (mood == "unreal" and is_plural)


def _is_framed(ties: Ties, clause: Clause) -> bool:
    current: Clause | None = clause
    while current is not None:
        if ties.clauses.index(current) in ties.frames:
            return True
        current = current.parent
    return False
