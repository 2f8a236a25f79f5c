"""Rules for pieces that show by themselves what they are; see `rules` for their order."""

from __future__ import annotations

from bicorpus.data import SegmentKind as Kind
from bicorpus.segments.cues import (
    is_agency_mark,
    is_boilerplate,
    is_byline,
    is_date,
    is_name,
    is_navigation,
    is_origin,
    is_outlet,
    is_section,
)
from bicorpus.segments.draft import Draft
from bicorpus.segments.features import (
    BULLET,
    HEADING,
    IMAGE_LINE,
    NUMBER,
    QUOTE_MARK,
    STAMP_HEADING,
    TABLE_ROW,
    is_open,
)
from bicorpus.segments.lexicon import Lexicon, fold


def by_markup(draft: Draft) -> None:
    """Images, headings, quotes, bullets, tables, live-blog stamps: signs the author set."""
    headings = 0
    for index, piece in draft.undecided():
        text = piece.text
        if IMAGE_LINE.fullmatch(text):
            draft.kinds[index] = Kind.IMAGE
        elif HEADING.match(text):
            is_first = headings == 0 and not any(map(draft.is_running, range(index)))
            draft.kinds[index] = Kind.HEADLINE if is_first else Kind.SUBHEADING
            headings += 1
        elif STAMP_HEADING.fullmatch(text) and len(text) <= 160 and not _is_topmost(draft, index):
            draft.kinds[index] = Kind.SUBHEADING
        elif QUOTE_MARK.match(text) and not piece.glued:
            draft.kinds[index] = Kind.QUOTE
        elif _is_item(draft, index) or TABLE_ROW.fullmatch(text):
            draft.kinds[index] = Kind.LIST


def _is_topmost(draft: Draft, index: int) -> bool:
    # Below a bare "Liveblog", or nothing, the first stamp is the headline.
    return index == 0 or (index == 1 and len(draft.text(0).split()) <= 2)


def _is_item(draft: Draft, index: int) -> bool:
    text = draft.text(index)
    if BULLET.match(text):
        # A dash alone may open a sentence or a signature, an arrow a link or a player; two in a
        # row are bullets.
        near = draft.text(index - 1), draft.text(index + 1)
        return text[0] not in "–—-▶►➤→»" or any(other[:1] == text[0] for other in near)
    number = NUMBER.match(text)
    if number is None:
        return False
    neighbours = (NUMBER.match(draft.text(near)) for near in (index - 1, index + 1))
    # "1. FC Union", "24. Februar": a number counts items only beside the next or last one.
    return any(near and abs(int(near[1]) - int(number[1])) == 1 for near in neighbours)


def by_cue(draft: Draft) -> None:
    """Page furniture, menus, and bylines that say so."""
    for index, piece in draft.undecided():
        if is_navigation(piece.text, draft.lexicon):
            draft.kinds[index] = Kind.NAVIGATION
        elif is_boilerplate(piece.text, draft.lexicon):
            draft.kinds[index] = Kind.BOILERPLATE
        elif is_byline(piece.text, draft.lexicon):
            draft.kinds[index] = Kind.BYLINE
        elif fold(piece.text).strip(":") in {"von", "by"} and index + 1 < len(draft.pieces):
            draft.kinds[index] = draft.kinds[index + 1] = Kind.BYLINE
    dates = [index for index, piece in draft.undecided() if is_date(piece.text, draft.lexicon)]
    for index in dates:
        # Between paragraphs a date heads what follows: chronicles, live blogs, match days. Below
        # the lead it may still be that of the article, as long as it is the only one.
        before = sum(map(draft.is_running, range(index)))
        is_between = before >= (1 if len(dates) > 1 else 2) and _goes_on(draft, index + 1)
        is_heading = is_between and draft.kind(index - 1) is not Kind.BYLINE
        draft.kinds[index] = Kind.SUBHEADING if is_heading else Kind.BYLINE
    _menus(draft)


def _goes_on(draft: Draft, index: int) -> bool:
    return index < len(draft.pieces) and draft.kinds[index] in {None, Kind.LIST}


def _menus(draft: Draft) -> None:
    """Find menus: lists of short labels that hold sections, and what stands between entries."""
    start = draft.first_running()
    for run in _runs(draft, Kind.LIST):
        items = [_item_text(draft.text(index)) for index in run]
        lexicon = draft.lexicon
        is_known = any(is_section(item, lexicon) or is_navigation(item, lexicon) for item in items)
        is_short = all(len(item.split()) <= 4 and is_open(item) for item in items)
        if (is_short and is_known) or (is_known and run[-1] < start and len(items) == 1):
            for index in run:
                draft.kinds[index] = Kind.NAVIGATION
    for index, piece in draft.undecided():
        around = draft.kind(index - 1), draft.kind(index + 1)
        if around == (Kind.NAVIGATION, Kind.NAVIGATION) and is_open(piece.text):
            draft.kinds[index] = Kind.NAVIGATION
    for index, piece in draft.undecided():
        near = (draft.text(index - 1), draft.text(index + 1))
        beside = any(is_section(text, draft.lexicon) for text in near)
        if is_section(piece.text, draft.lexicon) and (
            beside or Kind.NAVIGATION in (draft.kind(index - 1), draft.kind(index + 1))
        ):
            draft.kinds[index] = Kind.NAVIGATION


def _item_text(text: str) -> str:
    mark = BULLET.match(text) or NUMBER.match(text)
    return text[mark.end() :] if mark else text


def _runs(draft: Draft, kind: Kind) -> list[list[int]]:
    runs: list[list[int]] = []
    for index, found in enumerate(draft.kinds):
        if found is kind:
            if runs and runs[-1][-1] == index - 1:
                runs[-1].append(index)
            else:
                runs.append([index])
    return runs


def by_origin(draft: Draft) -> None:
    """Lines that tell where a picture comes from, and agencies that sign a text."""
    last = max((index for index in range(len(draft.pieces)) if draft.is_running(index)), default=-1)
    for index, piece in draft.undecided():
        text, lexicon = piece.text, draft.lexicon
        text = text.strip("()[] ")
        label = lexicon.credit_label.match(text)
        is_signed = bool(last >= 0 and index > last)
        if is_signed and is_agency_mark(text[label.end() :] if label else text, lexicon):
            draft.kinds[index] = Kind.BYLINE
        elif label and is_origin(text[label.end() :], lexicon, labelled=True):
            # "Quelle: …" below the text names the source of the text, above it of a picture.
            is_source = label[0].casefold().startswith(("quelle", "source"))
            draft.kinds[index] = Kind.BYLINE if is_signed and is_source else Kind.CREDIT
        elif is_outlet(text, lexicon) and index < draft.first_running():
            draft.kinds[index] = Kind.BYLINE
        elif is_open(text) and _is_bare_origin(text, lexicon):
            draft.kinds[index] = Kind.CREDIT


def _is_bare_origin(text: str, lexicon: Lexicon) -> bool:
    """Whether an unlabelled line is an origin: an agency's name, or a person's beside a slash."""
    if is_origin(text, lexicon, labelled=False):
        return not text[:1].islower()
    parts = text.split("/")
    return 1 < len(parts) <= 4 and any(
        len(part.split()) > 1 and is_name(part.strip(), lexicon) for part in parts
    )
