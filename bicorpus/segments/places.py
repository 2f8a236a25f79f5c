"""Rules for pieces whose place tells what they are: captions, titles; see `rules`."""

from __future__ import annotations

from bicorpus.data import SegmentKind as Kind
from bicorpus.segments.cues import (
    has_name_shape,
    is_name,
    is_outlet,
    is_section,
)
from bicorpus.segments.draft import Draft
from bicorpus.segments.features import (
    has_several_sentences,
    is_open,
    is_question,
    is_title,
)
from bicorpus.segments.lexicon import fold
from bicorpus.segments.pieces import Piece, kicker_cut

# Measured on copied pages: longer lines are paragraphs.
LONGEST_HEADLINE = 200
LONGEST_KICKER = 50
LONGEST_CAPTION = 260


def caption(draft: Draft) -> None:
    """Lines printed twice, lines beside credits and images, lines that say that they describe."""
    for index, piece in draft.undecided():
        folded = fold(piece.text)
        is_double = len(folded) >= 15 and folded == fold(draft.text(index + 1))
        if is_double and (index > 0 or not is_open(piece.text)):
            draft.kinds[index] = draft.kinds[index + 1] = Kind.CAPTION
        elif (len(folded) <= LONGEST_CAPTION and draft.lexicon.captions.fullmatch(folded)) or (
            draft.text(index + 1).startswith(piece.text) and draft.kind(index + 1) is Kind.CAPTION
        ):
            draft.kinds[index] = Kind.CAPTION
    for index, kind in enumerate(draft.kinds):
        if kind is Kind.CREDIT and draft.kind(index - 1) is not Kind.CAPTION:
            _beside_credit(draft, index)
    for index, piece in draft.undecided():
        # A button ("Bildunterschrift anzeigen") may stand between an image and its caption.
        above = index - 2 if draft.kind(index - 1) is Kind.BOILERPLATE else index - 1
        if draft.kind(above) is Kind.IMAGE and _describes_image(draft, index, piece):
            draft.kinds[index] = Kind.CAPTION


def _beside_credit(draft: Draft, index: int) -> None:
    """Find the caption: above a labelled credit, below a bare one, as the BBC prints it."""
    piece = draft.pieces[index]
    label = draft.lexicon.credit_label.match(piece.text.lstrip("([ "))
    is_above = label is None or ("source" in label[0].casefold() and "," in label[0])
    is_tied = not piece.apart and index > 0 and draft.pieces[index - 1].apart
    order = (index + 1, index - 1) if is_above and not is_tied else (index - 1, index + 1)
    for near in order if is_above else order[:1]:
        text = draft.text(near)
        is_short = len(text) <= (160 if has_several_sentences(text) else LONGEST_CAPTION)
        if text and draft.kind(near) is None and is_short and near > 0:
            draft.kinds[near] = Kind.CAPTION
            return


def _describes_image(draft: Draft, index: int, piece: Piece) -> bool:
    """One sentence below an image is a caption unless it is the article's lead or a title."""
    if len(piece.text) > 180 or has_several_sentences(piece.text) or piece.glued:
        return False
    if is_open(piece.text) or is_question(piece.text):
        # A title stands apart from the image above it; a caption without a full stop does not.
        return not piece.apart and any(map(draft.is_running, range(index)))
    return draft.is_running(index + 1)


def top(draft: Draft) -> None:
    """Find authors, kicker and headline: the open lines before the first running text."""
    start = draft.first_running()
    titles: list[int] = []
    for index, piece in draft.undecided():
        if index < start and _is_author(draft, index, bool(titles)):
            draft.kinds[index] = Kind.BYLINE
        elif index < start and len(piece.text) <= LONGEST_HEADLINE:
            titles.append(index)
    if not titles and start < len(draft.pieces) and _is_closed_headline(draft, start):
        titles = [start]
    _name_titles(draft, titles)
    for index in range(start + 1, min(start + 3, len(draft.pieces))):
        # Below the lead, too, a name on a line of its own is the author's.
        if draft.kinds[index] is None and is_name(draft.text(index), draft.lexicon):
            draft.kinds[index] = Kind.BYLINE


def _is_author(draft: Draft, index: int, has_title: bool) -> bool:
    text, lexicon = draft.text(index).strip("*_ "), draft.lexicon
    if is_name(text, lexicon) or is_outlet(text, lexicon):
        # A name right above the title is its kicker ("Donald Trump"), not its author.
        following = draft.text(index + 1)
        is_above_title = draft.kind(index + 1) is None and _is_kicker(text, following)
        is_plain = is_title(following) and not is_name(following, lexicon)
        return has_title or not (is_above_title and is_plain)
    # A name that is on no list: shaped like one, below a title, beside a date or an author.
    is_beside = Kind.BYLINE in (draft.kind(index - 1), draft.kind(index + 1))
    is_shaped = has_name_shape(text) and len(text.split()) <= 3
    # "Luke Harding in Kyiv" is an author only there; else it may be the title of a report.
    name, placed, _ = text.partition(" in ")
    return has_title and is_beside and (is_shaped or (bool(placed) and is_name(name, lexicon)))


def _is_closed_headline(draft: Draft, index: int) -> bool:
    """Whether a sentence is the headline: short, first of all, and a byline comes next."""
    text = draft.text(index)
    is_short = len(text) <= 90 and not has_several_sentences(text)
    is_first = not any(draft.kinds[:index]) or draft.kinds[index - 1] is Kind.NAVIGATION
    return is_short and is_first and draft.kind(index + 1) is Kind.BYLINE


def _name_titles(draft: Draft, titles: list[int]) -> None:
    if Kind.HEADLINE in draft.kinds:
        headline = draft.kinds.index(Kind.HEADLINE)
    elif not titles:
        return
    else:
        kickers = _count_kickers(draft, titles)
        headline = titles[kickers]
        draft.kinds[headline] = Kind.HEADLINE
        if not kickers and _cut_kicker(draft, headline):
            titles = [index + (index >= headline) for index in titles]
            headline += 1
    for index in titles:
        if draft.kinds[index] is None:
            is_same = fold(draft.text(index)) == fold(draft.text(headline))
            after = Kind.HEADLINE if is_same else Kind.SUBHEADING
            draft.kinds[index] = Kind.KICKER if index < headline else after


def _cut_kicker(draft: Draft, index: int) -> bool:
    """Cut off a kicker that the page printed on the headline's own line."""
    piece = draft.pieces[index]
    cut = kicker_cut(piece.text, draft.lexicon)
    if cut is None or len(piece.text) != len(piece.span):
        return False
    draft.split(index, cut)
    draft.kinds[index] = Kind.KICKER
    return True


def _count_kickers(draft: Draft, titles: list[int]) -> int:
    """Return how many titles stand above the headline: a section's name, a kicker, or both."""
    texts = [draft.text(index) for index in titles]
    count = int(len(texts) > 1 and is_section(texts[0], draft.lexicon))
    return count + int(len(texts) > count + 1 and _is_kicker(texts[count], texts[count + 1]))


def _is_kicker(text: str, following: str) -> bool:
    """Whether a title of few words stands above a clearly longer one."""
    is_short = len(text) <= LONGEST_KICKER and len(text.split()) <= 5
    return is_short and 1.3 * len(text) <= len(following)
