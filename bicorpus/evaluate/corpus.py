"""Scores a corpus against gold in one go: segments, sentences, beads, words and claims.

Gold and corpus need not cut the text alike: what either covers is compared by word tokens, and
offsets are carried from the annotated files into the corpus's own texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from bicorpus.counted import counted
from bicorpus.data import Article, Bead, Segment, Side, Span
from bicorpus.errors import InputError
from bicorpus.evaluate.beads import BeadScore, NumberedBead, score_beads
from bicorpus.evaluate.boundaries import BoundaryScore, score_boundaries
from bicorpus.evaluate.claims import ClaimScore, score_claims
from bicorpus.evaluate.gold import GoldArticle, GoldSentence
from bicorpus.evaluate.placed_words import score_placed_words
from bicorpus.evaluate.plain_claims import from_noun, moved
from bicorpus.evaluate.segments import score_segments
from bicorpus.evaluate.tally import Accuracy
from bicorpus.evaluate.text_maps import TextMap, map_text
from bicorpus.evaluate.words import WordScore

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class CorpusScore:
    """Scores by layer; None where the corpus or the gold has nothing of it.

    `segments_exact` and `segments_kind` count characters in segments with the right edges and
    kind, or the right kind. `notes` are sentences for people about what was not scored and why.
    """

    segments_exact: Accuracy | None = None
    segments_kind: Accuracy | None = None
    sentences: BoundaryScore | None = None
    beads: BeadScore | None = None
    words: WordScore | None = None
    claims: ClaimScore | None = None
    notes: tuple[str, ...] = ()

    def __add__(self, other: CorpusScore) -> CorpusScore:
        sums = {}
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            sums[one.name] = theirs if mine is None else mine if theirs is None else mine + theirs
        return CorpusScore(**sums)


def score_corpus(
    gold: Iterable[GoldArticle], articles: Iterable[Article]
) -> tuple[dict[str, CorpusScore], tuple[str, ...]]:
    """Return the scores of the gold's articles that are in the corpus, and notes on the others.

    An article of the gold is that document whose text has all of its sentences in order. Raises
    InputError where none is in the corpus.
    """
    wanted = list(gold)
    scores: dict[str, CorpusScore] = {}
    for article in articles:
        for one in wanted:
            if one.name in scores:
                continue
            source_map = _map(one.source, article.source)
            if source_map is not None:
                scores[one.name] = score_article(one, article, source_map)
                break
    missing = [one.name for one in wanted if one.name not in scores]
    if not scores:
        raise InputError(
            f"None of the gold's {len(wanted)} articles is in the corpus.",
            next_step="Name the gold of these documents: their texts must be the same but for "
            "white space.",
        )
    notes = [f"The gold's article {name} is not in the corpus." for name in missing]
    return dict(sorted(scores.items())), tuple(notes)


def score_article(gold: GoldArticle, article: Article, source_map: TextMap) -> CorpusScore:
    """Score one article; `source_map` carries the gold's offsets into its source text."""
    source, target = article.source, article.target
    if article.failure:
        return CorpusScore(notes=(f"{gold.name}: the article failed: {article.failure}",))
    notes: list[str] = []
    segments = score_segments(source.document.text, _segments(gold, source_map), source.segments)
    target_map = None
    if gold.target is not None and target is not None:
        target_map = _map(gold.target, target)
        if target_map is None:
            notes.append(
                f"{gold.name}: the corpus's target is not the gold's reference (a machine's "
                "translation is not): beads, words and target spans are not scored."
            )
    elif gold.target is None:
        notes.append(f"{gold.name}: the gold has no reference.")
    beads = words = None
    if target is not None and target_map is not None:
        if gold.beads is not None:
            beads = _score_beads(gold, article, (source_map, target_map), notes)
        words = _score_words(gold, article, notes)
    return CorpusScore(
        segments_exact=Accuracy(round(segments.exact * segments.characters), segments.characters),
        segments_kind=Accuracy(round(segments.kind * segments.characters), segments.characters),
        sentences=score_boundaries(
            [Span(*source_map(_edges(one))) for one in gold.source],
            [one.span for one in source.sentences],
        ),
        beads=beads,
        words=words,
        claims=_score_claims(gold, article, (source_map, target_map), notes),
        notes=tuple(notes),
    )


def _map(sentences: Sequence[GoldSentence], side: Side) -> TextMap | None:
    return map_text(((one.start, one.text) for one in sentences), side.document.text)


def _edges(sentence: GoldSentence) -> tuple[int, int]:
    return sentence.start, sentence.start + len(sentence.text)


def _segments(gold: GoldArticle, source_map: TextMap) -> Iterable[Segment]:
    for kind, sentences in gold.segments:
        start, end = _edges(sentences[0])[0], _edges(sentences[-1])[1]
        yield Segment(Span(*source_map((start, end))), kind)


_Maps = tuple[TextMap, TextMap]


def _score_beads(gold: GoldArticle, article: Article, maps: _Maps, notes: list[str]) -> BeadScore:
    """Compare beads by the words that they cover; those of text that gold leaves out are apart."""
    target = article.target
    if target is None or gold.target is None or gold.beads is None:
        return BeadScore()
    sides = (article.source, target)
    names = [
        {one.name: _words(side, [Span(*text_map(_edges(one)))]) for one in sentences}
        for side, sentences, text_map in zip(sides, (gold.source, gold.target), maps, strict=True)
    ]
    wanted = [(_of_names(names[0], bead[0]), _of_names(names[1], bead[1])) for bead in gold.beads]
    covered = [{word for bead in wanted for word in bead[side]} for side in (0, 1)]
    found = [_bead_words(bead, *sides) for bead in article.beads]
    judged = [
        bead
        for bead in found
        if covered[0].intersection(bead[0]) or covered[1].intersection(bead[1])
    ]
    if outside := len(found) - len(judged):
        notes.append(
            f"{gold.name}: {counted(outside, 'bead')} of text that the gold does not align."
        )
    return score_beads(wanted, judged)


def _of_names(words: Mapping[str, tuple[int, ...]], names: Sequence[str]) -> tuple[int, ...]:
    unknown = [name for name in names if name not in words]
    if unknown:
        raise InputError(
            f'A bead of the gold has the sentence "{unknown[0]}", which is not in its segments.',
            next_step="Repair the gold.",
        )
    return tuple(sorted(word for name in names for word in words[name]))


def _bead_words(bead: Bead, source: Side, target: Side) -> NumberedBead:
    sides = ((source, bead.source), (target, bead.target))
    first, second = (
        _words(side, [one.span for one in side.sentences[range_.start : range_.end]])
        for side, range_ in sides
    )
    return first, second


def _words(side: Side, spans: Iterable[Span]) -> tuple[int, ...]:
    """Return the offsets of the words under the spans: what a bead covers, however it is cut."""
    text = side.document.text
    return tuple(
        span.start + word.start() for span in spans for word in _WORD.finditer(span.of(text))
    )


def _score_words(gold: GoldArticle, article: Article, notes: list[str]) -> WordScore | None:
    if gold.words is None:
        notes.append(f"{gold.name}: the gold has no word links.")
        return None
    if all(bead.links is None for bead in article.beads):
        notes.append(f"{gold.name}: the corpus has no word links: it was made without them.")
        return None
    return score_placed_words(gold.name, gold.words, article, notes)


def _score_claims(
    gold: GoldArticle,
    article: Article,
    maps: tuple[TextMap, TextMap | None],
    notes: list[str],
) -> ClaimScore | None:
    if gold.claims is None:
        notes.append(f"{gold.name}: the gold has no claims.")
        return None
    if article.source.claims is None:
        notes.append(f"{gold.name}: the corpus has no claims: it was made without them.")
        return None
    links = article.claim_links
    if links is None:
        notes.append(f"{gold.name}: the corpus has no claim links: target spans are not scored.")
    target_map = maps[1] if links is not None else None
    targets = {link.source: link.target_spans for link in links or () if link.source is not None}
    found = [
        from_noun(claim, targets.get(index)) for index, claim in enumerate(article.source.claims)
    ]
    wanted = [moved(claim, maps[0], target_map) for claim in gold.claims]
    target_text = article.target.document.text if article.target and target_map else None
    return score_claims(wanted, found, article.source.document.text, target_text)
