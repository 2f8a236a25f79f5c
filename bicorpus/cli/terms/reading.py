"""What the commands on a corpus' terms read: its sentences, tagged, with links and places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bicorpus.data import Article, Language, Side, Span
from bicorpus.lemmatizers.hanta import HantaLemmatizer
from bicorpus.terms.candidates.words import TermWord, read_words
from bicorpus.terms.renderings import BeadWords


def read_corpus(folder: Path, language: Language | None = None) -> Iterator[BeadWords]:
    """Yield the beads of a corpus with their words; of an article alone, its sentences.

    With `language` only that side is read, as if it stood alone. Raises ProjectError where there
    is no corpus.
    """
    from bicorpus.store import Project

    tagger = HantaLemmatizer()
    with Project(folder, writable=False) as project:
        for number, article in enumerate(project.articles()):
            if article.failure is None:
                yield from _of_article(article, number, tagger, language)


def _of_article(
    article: Article, number: int, tagger: HantaLemmatizer, language: Language | None
) -> Iterator[BeadWords]:
    source, target = article.source, article.target
    if target is None:
        if language in (None, source.document.language):
            yield from _alone(source, number, tagger)
        return
    if language is not None:
        sides = [one for one in (source, target) if one.document.language == language]
        for side in sides:
            yield from _alone(side, number, tagger)
        return
    for index, bead in enumerate(article.beads, 1):
        yield BeadWords(
            words=_words(source, bead.source, tagger),
            language=source.document.language,
            origin=source.document.origin,
            article=number,
            number=index,
            text=source.text_of(bead.source),
            target_words=_words(target, bead.target, tagger),
            target_language=target.document.language,
            links=bead.links,
        )


def _alone(side: Side, number: int, tagger: HantaLemmatizer) -> Iterator[BeadWords]:
    for index, sentence in enumerate(side.sentences):
        segment = side.segments[sentence.segment]
        if segment.kind.is_translated and not segment.repeat:
            yield BeadWords(
                words=_words(side, Span(index, index + 1), tagger),
                language=side.document.language,
                origin=side.document.origin,
                article=number,
                number=sentence.number,
                text=side.sentence_text(index),
            )


def _words(side: Side, sentences: Span, tagger: HantaLemmatizer) -> tuple[TermWord, ...]:
    """Return the words of a range of sentences, placed in the text of the bead as links are."""
    if not sentences:
        return ()
    text = side.document.text
    first = side.sentences[sentences.start].span.start
    return tuple(
        word
        for sentence in side.sentences[sentences.start : sentences.end]
        for word in read_words(
            sentence.span.of(text),
            side.document.language,
            tagger.tag,
            start=sentence.span.start - first,
        )
    )
