"""Saying clauses: which verbs say, who speaks, and saying clauses put into what is said."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bicorpus.claims.edges import span_between
from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.content import Content, content_of, in_list
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.lexicon import table_of, words_of
from bicorpus.claims.german.modality import is_negated
from bicorpus.claims.german.openers import Kind, Opener
from bicorpus.claims.german.phrases import (
    NOMINATIVES,
    find_subject,
    first_phrase,
    phrase_end,
    starts_phrase,
)
from bicorpus.claims.german.verbs import read_finite
from bicorpus.claims.wording import Word
from bicorpus.data import Span

_RELATIVE_SUBJECTS = frozenset({"der", "die", "das", "welche", "welcher", "welches"})
_OWN_VOICES = frozenset({"ich", "wir", "man"})
_PLACES = ("aus", "von", "vom", "in", "im", "auf")
SAYING = ("saying", "supposing", "denying")
SPEAKING = (*SAYING, "speaking")


def says(
    words: Sequence[Word], indices: Sequence[int], verb: int | None, names: Sequence[str] = SAYING
) -> Content | None:
    """Return the verb of a clause that says something, None where it says nothing."""
    content = content_of(words, indices, verb)
    if content is None:
        return None
    return content if any(in_list(words, indices, content, name) for name in names) else None


def clause_frame(words: Sequence[Word], clause: Clause, content: Content) -> Frame:
    """Return the frame that a saying clause makes: its subject and its verb."""
    indices = clause.indices()
    denied = in_list(words, indices, content, "denying")
    hedges = in_list(words, indices, content, "supposing")
    cue = _cue(words, indices, content)
    source = _source(words, clause, content)
    return Frame(
        source,
        cue,
        is_first_person=is_first_person(words, source) or content.lemma in words_of("showing"),
        stance="denied" if denied else "asserted",
        hedges=hedges,
        takes_speaker=content.lemma == "heißen",
    )


def subject_span(words: Sequence[Word], clause: Clause, indices: Sequence[int]) -> Span | None:
    """Return the subject of a clause with a verb, looked for among its words at `indices`."""
    if clause.verb is None or not indices:
        return None
    opener_end = clause.opener.last if clause.opener is not None else None
    found = find_subject(words, indices, clause.verb, opener_end)
    return span_between(words, *found) if found is not None else None


def frame_of_report(words: Sequence[Word], clause: Clause) -> Frame | None:
    """Return the frame of "Das teilte die Polizei mit", which says the sentence before it.

    "Das zeigt eine Studie" argues, "Das bestritt er" denies: these are claims like any other.
    """
    first, verb = words[clause.first], clause.verb
    if clause.kind is not Kind.MAIN or verb is None or first.quotation is not None:
        return None
    if first.folded not in {"das", "dies"} or clause.first + 1 != verb:
        return None
    if read_finite(words, verb).mood != "indicative" or is_negated(words, clause.indices()):
        return None
    content = says(words, clause.indices(), verb, ("reporting",))
    if content is None:
        return None
    frame = clause_frame(words, clause, content)
    return frame if frame.source is not None else None


def is_first_person(words: Sequence[Word], source: Span | None) -> bool:
    """Return whether the source is "ich", "wir" or "man", whom a quotation around it names."""
    start = source.start if source is not None else -1
    return any(word.start == start and word.folded in _OWN_VOICES for word in words)


def _cue(words: Sequence[Word], indices: Sequence[int], content: Content) -> Span:
    place = words[content.place]
    heard = _heard(words, indices, content)
    if heard is not None:
        return Span(words[heard].start, words[heard].end)
    if content.lemma == "heißen":
        for index in (content.place - 1, content.place + 1):
            if index in indices and words[index].folded == "es":
                return span_between(words, min(index, content.place), max(index, content.place) + 1)
    return Span(place.start, place.end)


def _heard(words: Sequence[Word], indices: Sequence[int], content: Content) -> int | None:
    """Return the place of "hören" in "aus der Kaserne war zu hören", None elsewhere."""
    if content.lemma != "sein":
        return None
    verbs = {"hören", "lesen", "vernehmen", "erfahren"}
    return next((index for index in indices if words[index].folded in verbs), None)


def _source(words: Sequence[Word], clause: Clause, content: Content) -> Span | None:
    indices = clause.indices()
    # What speaks may be a text: "in dem Bericht heißt es", "aus der Studie geht hervor".
    prepositions = table_of("texts").get(content.lemma)
    if prepositions is not None and not _is_text(words, indices, content):
        prepositions = None
    if _heard(words, indices, content) is not None:
        prepositions = _PLACES
    if prepositions is not None:
        return named_behind(words, indices, prepositions)
    is_done = any(words[index].folded == "worden" for index in indices)
    is_passive = content.is_passive and (content.helper == "werden" or is_done)
    if is_passive and content.lemma != "zitieren":
        choices = ({"seitens"}, {"von", "vom"}, {"in", "im", "aus"})
        named = (named_behind(words, indices, prepositions) for prepositions in choices)
        return next(filter(None, named), None)
    return relative_subject(words, clause) or _subject(words, clause, content)


def _subject(words: Sequence[Word], clause: Clause, content: Content) -> Span | None:
    """Return the subject of a clause that says something, None where it is nobody."""
    verb = clause.verb if clause.verb is not None else content.place
    opener_end = clause.opener.last if clause.opener is not None else None
    found = find_subject(words, clause.indices(), verb, opener_end)
    if found is None and opener_end is not None and 0 < verb - opener_end <= 2:
        # "Wie t-online.de berichtet": the tagger knows no such noun.
        found = opener_end, verb
    if found is None or read_finite(words, verb).lemma == "heißen":
        return None
    if words[found[0]].folded == "es" and _is_impersonal(words, clause, content, found[1]):
        return None
    return span_between(words, *found)


def _is_impersonal(words: Sequence[Word], clause: Clause, content: Content, behind: int) -> bool:
    """Return whether "es" stands for nobody ("es zeigte sich"), not for "das Gericht"."""
    if content.helper == "werden" or content.lemma in words_of("impersonal"):
        return True
    is_reflexive = any(words[index].folded == "sich" for index in clause.indices())
    return is_reflexive or first_phrase(words, behind, clause.last) is not None


def relative_subject(words: Sequence[Word], clause: Clause) -> Span | None:
    """Return "der" in "…, der das sagte", None where the pronoun is no subject."""
    if clause.kind is not Kind.RELATIVE or clause.opener is None:
        return None
    pronoun = words[clause.opener.last - 1]
    is_bare = clause.opener.last - clause.opener.first == 1
    if not is_bare or pronoun.folded not in _RELATIVE_SUBJECTS or _is_object(words, clause.opener):
        return None
    return Span(pronoun.start, pronoun.end)


def text_before(words: Sequence[Word], clause: Clause) -> Span | None:
    """Return "ein Brief der Bank" in front of "…, in dem es heißt": the text that speaks."""
    parent = clause.parent
    if clause.kind is not Kind.RELATIVE or clause.opener is None or parent is None:
        return None
    if words[clause.first].folded not in {"in", "auf"} or clause.opener.last != clause.first + 2:
        return None
    end = clause.first
    while end and words[end - 1].is_mark:
        end -= 1
    for start in parent.indices():
        is_start = words[start].tag in {"ART", "PPOSAT", "PIAT", "PDAT"}
        if start < end and is_start and phrase_end(words, start, end) == end:
            return span_between(words, start, end)
    return None


def _is_object(words: Sequence[Word], opener: Opener) -> bool:
    """Return whether a name or pronoun behind "die" or "das" is the subject: "die Meier nannte"."""
    if words[opener.last - 1].folded == "der" or opener.last >= len(words):
        return False
    following = words[opener.last]
    return following.tag == "NE" or following.folded in NOMINATIVES


def _is_text(words: Sequence[Word], indices: Sequence[int], content: Content) -> bool:
    """Return whether the verb speaks of a text: "ergeben" only in "sich aus … ergeben"."""
    return content.lemma != "ergeben" or any(words[index].folded == "sich" for index in indices)


def named_behind(
    words: Sequence[Word], indices: Sequence[int], prepositions: Collection[str]
) -> Span | None:
    """Return the noun phrase behind one of `prepositions`."""
    last = indices[-1] + 1
    for index in indices:
        if (
            words[index].folded in prepositions
            and index + 1 < last
            and (starts_phrase(words[index + 1]) or words[index + 1].is_capital)
        ):
            return span_between(words, index + 1, phrase_end(words, index + 1, last))
    return None
