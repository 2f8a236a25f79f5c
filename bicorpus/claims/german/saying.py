"""Saying clauses: which verbs say, who speaks, and saying clauses put into what is said."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bicorpus.claims.edges import span_between
from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.content import Content, content_of, in_list
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.modality import is_negated
from bicorpus.claims.german.openers import Kind, Opener
from bicorpus.claims.german.phrases import NOMINATIVES, find_subject, phrase_end, starts_phrase
from bicorpus.claims.german.verbs import read_finite
from bicorpus.claims.wording import Word
from bicorpus.data import Span

_RELATIVE_SUBJECTS = frozenset({"der", "die", "das", "welche", "welcher", "welches"})
# Where what speaks is a text: "in dem Bericht heißt es", "aus der Studie geht hervor".
_TEXTS = {
    "heißen": frozenset({"in", "im", "aus", "von", "vom", "bei", "beim", "seitens", "auf"}),
    "verlauten": frozenset({"aus", "von"}),
    "stehen": frozenset({"in", "im", "auf"}),
    "hervorgehen": frozenset({"aus"}),
    "ergeben": frozenset({"aus"}),
}
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
        is_first_person=is_first_person(words, source),
        stance="denied" if denied else "asserted",
        hedges=hedges,
        takes_speaker=content.lemma == "heißen",
    )


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
    """Return whether the source is "ich" or "wir", whom a quotation around it names."""
    start = source.start if source is not None else -1
    return any(word.start == start and word.folded in {"ich", "wir"} for word in words)


def _cue(words: Sequence[Word], indices: Sequence[int], content: Content) -> Span:
    place = words[content.place]
    if content.lemma == "heißen":
        for index in (content.place - 1, content.place + 1):
            if index in indices and words[index].folded == "es":
                return span_between(words, min(index, content.place), max(index, content.place) + 1)
    return Span(place.start, place.end)


def _source(words: Sequence[Word], clause: Clause, content: Content) -> Span | None:
    indices = clause.indices()
    verb = clause.verb if clause.verb is not None else content.place
    prepositions = _TEXTS.get(content.lemma)
    if prepositions is not None and _is_text(words, indices, content):
        return named_behind(words, indices, prepositions)
    is_done = any(words[index].folded == "worden" for index in indices)
    if (
        (content.helper == "werden" or is_done)
        and content.is_passive
        and content.lemma != "zitieren"
    ):
        choices = ({"seitens"}, {"von", "vom"}, {"in", "im", "aus"})
        named = (named_behind(words, indices, prepositions) for prepositions in choices)
        return next(filter(None, named), None)
    if clause.kind is Kind.RELATIVE and clause.opener is not None:
        pronoun = words[clause.opener.last - 1]
        is_bare = clause.opener.last - clause.opener.first == 1
        if (
            is_bare
            and pronoun.folded in _RELATIVE_SUBJECTS
            and not _is_object(words, clause.opener)
        ):
            return Span(pronoun.start, pronoun.end)
    opener_end = clause.opener.last if clause.opener is not None else None
    found = find_subject(words, indices, verb, opener_end)
    if found is None and opener_end is not None and 0 < verb - opener_end <= 2:
        # "Wie t-online.de berichtet": the tagger knows no such noun.
        found = opener_end, verb
    if found is None:
        return None
    if read_finite(words, verb).lemma == "heißen" or words[found[0]].folded == "es":
        return None
    return span_between(words, *found)


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
