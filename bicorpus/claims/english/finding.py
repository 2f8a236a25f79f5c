"""The claims of an English text, in the order of the chain: words, clauses, drafts, speech."""

from __future__ import annotations

from bicorpus.claims.english.assertions import is_assertion
from bicorpus.claims.english.attributing import Draft
from bicorpus.claims.english.drafting import Reading, read_sentence
from bicorpus.claims.english.lexicon import entries
from bicorpus.claims.english.marks import is_hedged, is_negated
from bicorpus.claims.english.sentence import Sentence
from bicorpus.claims.english.speech import Speaker, attribute_speech, mark_quotations
from bicorpus.claims.english.tags import mend_tags
from bicorpus.claims.english.words import Word, cut_words, join_abbreviations, tag_words
from bicorpus.claims.finding import sentences_of_running_text
from bicorpus.data import Attribution, Claim, SegmentKind, Side, Span, Stance
from bicorpus.protocols import Lemmatizer

_HEADINGS = frozenset({SegmentKind.HEADLINE, SegmentKind.KICKER, SegmentKind.SUBHEADING})


def draft_claims(side: Side, lemmatizer: Lemmatizer) -> list[Claim]:
    """Return the claims of an English side in order of place, without quantities and names."""
    text = side.document.text
    indices = sentences_of_running_text(side)
    cut: list[list[Word]] = []
    for index in indices:
        span = side.sentences[index].span
        cut.append(join_abbreviations(cut_words(span.of(text), span.start)))
    places = [side.segments[side.sentences[index].segment].span for index in indices]
    broken = mark_quotations(text, sorted(set(places)), [word for words in cut for word in words])
    for words in cut:
        tag_words(words, lemmatizer)
        mend_tags(words)
    kinds = [side.segments[side.sentences[index].segment].kind for index in indices]
    readings = [
        read_sentence(Sentence(words, is_heading=kind in _HEADINGS))
        for words, kind in zip(cut, kinds, strict=True)
    ]
    segments = [side.sentences[index].segment for index in indices]
    speakers = attribute_speech(readings, segments, broken)
    claims = []
    for index, reading in zip(indices, readings, strict=True):
        for draft in reading.drafts:
            claim = _claim(index, reading, draft, speakers.get(id(draft)))
            if claim is not None:
                claims.append(claim)
    return sorted(claims, key=lambda claim: (claim.sentence, claim.spans))


def _claim(index: int, reading: Reading, draft: Draft, speaker: Speaker | None) -> Claim | None:
    sentence = reading.sentence
    if not is_assertion(sentence, draft):
        return None
    spans = _spans(sentence, draft)
    if not spans:
        return None
    attribution: Attribution | None = None
    stance: Stance | None = None
    hedged = is_hedged(sentence, draft.own, draft.clause)
    if speaker is not None:
        attribution = Attribution(speaker.source, speaker.cue)
        stance = "denied" if speaker.lemma in entries("denying") else "asserted"
        hedged = hedged or speaker.lemma in entries("supposing")
    return Claim(
        index,
        spans,
        attribution,
        stance,
        hedged,
        is_negated(sentence, draft.own, draft.clause),
    )


def _spans(sentence: Sentence, draft: Draft) -> tuple[Span, ...]:
    """Return the runs of the claim's words, coordinators and "that" at their edges left out."""
    included = set(draft.words)
    clause = draft.clause
    if clause.kind == "complement" and sentence.lower(clause.start) in {"that", "whether"}:
        is_pronoun = (
            clause.parent is not None
            and clause.governor is not None
            and (clause.governor.index > clause.start)
        )
        if not is_pronoun:
            included.discard(clause.start)
    runs: list[list[int]] = [[]]
    for word in range(min(included, default=0), max(included, default=-1) + 1):
        if word in included:
            runs[-1].append(word)
        elif not sentence.words[word].is_mark:
            runs.append([])
    spans = []
    for run in runs:
        kept = _trimmed(sentence, run)
        if kept:
            start, end = sentence.words[kept[0]].span.start, sentence.words[kept[-1]].span.end
            spans.append(Span(start, end))
    return tuple(spans)


def _trimmed(sentence: Sentence, run: list[int]) -> list[int]:
    """Return a run without marks and coordinators at its ends."""

    def is_edge(word: int) -> bool:
        return sentence.words[word].is_mark or sentence.tag(word) == "CJC"

    def is_so(word: int) -> bool:
        quantifies = sentence.tag(sentence.next_word(word)) in {"DT0", "AV0", "AJ0"}
        return sentence.lower(word) == "so" and not quantifies

    while run and (is_edge(run[0]) or is_so(run[0])):
        run = run[1:]
    while run and is_edge(run[-1]) and not sentence.closes_bracket(run[0], run[-1]):
        run = run[:-1]
    return run
