"""From a page's text to segments: what is headline, body, caption, credit, or page furniture."""

from __future__ import annotations

from bicorpus.data import Language, Segment, SegmentKind, Span
from bicorpus.segments.blocks import cut_paragraphs
from bicorpus.segments.draft import Draft
from bicorpus.segments.lexicon import fold, load_lexicon
from bicorpus.segments.pieces import Piece, cut_pieces
from bicorpus.segments.rules import RULES
from bicorpus.segments.sentences import split_sentences

__all__ = ["segment", "split_sentences"]

MERGED = frozenset({SegmentKind.LIST, SegmentKind.NAVIGATION, SegmentKind.QUOTE})


def segment(text: str, language: Language) -> tuple[Segment, ...]:
    """Return the segments of `text` in order.

    Every code point of `text` is in exactly one segment or is white space between segments; no
    segment begins or ends with white space. Nothing is edited: spans count code points of `text`.
    Raises SettingsError for a language without word lists.
    """
    lexicon = load_lexicon(language)
    draft = Draft(cut_pieces(text, cut_paragraphs(text), lexicon), lexicon)
    for rule in RULES:
        rule(draft)
    segments: list[Segment] = []
    for piece, kind in zip(draft.pieces, draft.kinds, strict=True):
        _append(segments, text, piece, kind or SegmentKind.BODY)
    return tuple(segments)


def _append(segments: list[Segment], text: str, piece: Piece, kind: SegmentKind) -> None:
    last = segments[-1] if segments else None
    if last is not None and last.kind is kind and kind in MERGED and not piece.glued:
        # Items of a run are one segment; a gap between them is a matter of style.
        segments[-1] = Segment(Span(last.span.start, piece.span.end), kind)
        return
    is_repeat = (
        last is not None
        and last.kind is kind is SegmentKind.CAPTION
        and fold(last.span.of(text)) == fold(piece.span.of(text))
    )
    segments.append(Segment(piece.span, kind, is_repeat))
