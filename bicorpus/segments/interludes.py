"""Rules for what stands between paragraphs of running text; see `rules` for their order."""

from __future__ import annotations

import re
from collections import Counter

from bicorpus.data import SegmentKind as Kind
from bicorpus.segments.cues import (
    is_agency_mark,
    is_name,
    is_related_cue,
)
from bicorpus.segments.draft import Draft
from bicorpus.segments.features import (
    BOLD_LINE,
    TERMINAL,
    closed_class,
    is_open,
    is_question,
    is_quoted,
    is_title,
)
from bicorpus.segments.lexicon import fold

LONGEST_SUBHEADING = 130

SPEAKER = re.compile(r"[:*]*([A-ZÄÖÜ][\w .-]{1,30}):[*]*\s")


def interlude(draft: Draft) -> None:
    """Subheadings, pull quotes, unmarked lists, late authors: open lines between running text."""
    is_interview = _is_interview([piece.text for _, piece in draft.undecided()])
    whole = fold(" ".join(piece.text for piece in draft.pieces))
    _unmarked_lists(draft)
    # Backwards, so that a title knows whether the line below it is one.
    for index, piece in reversed(list(draft.undecided())):
        text = piece.text
        if _is_pull_quote(text, whole):
            draft.kinds[index] = Kind.QUOTE
        elif _is_signature(draft, index):
            draft.kinds[index] = Kind.BYLINE
        elif _heads(draft, index) and not (is_interview and is_question(text)):
            draft.kinds[index] = Kind.SUBHEADING


def _is_interview(texts: list[str]) -> bool:
    """Whether the questions are put to somebody; else, as in explainers, they are headings."""
    questions = [text for text in texts if text.strip("*_").endswith("?") and len(text) <= 300]
    asked = list(filter(_asks_someone, questions))
    if len(asked) >= max(2, len(questions) / 2):
        return True
    # One question that begins with the name is enough, and so are answers marked with names.
    is_named = any(text.strip("*_").split()[0] in closed_class("vocatives") for text in asked)
    speakers = Counter(found[1] for text in texts if (found := SPEAKER.match(text)))
    is_marked = any(count > 1 for count in speakers.values())
    return len(questions) >= 2 and (is_named or is_marked)


def _asks_someone(text: str) -> bool:
    # Who is asked is addressed: "Frau Karimi, wann haben Sie …". A heading asks nobody.
    plain = text.strip("*_")
    words = set(re.findall(r"\w+", plain))
    is_addressed = bool(words & closed_class("address")) or bool(SPEAKER.match(plain))
    return plain.endswith("?") and is_addressed


def _heads(draft: Draft, index: int) -> bool:
    """Whether the line is a subheading: short, not closed, with text of the article after it."""
    text = draft.text(index)
    following = next(
        (
            near
            for near in range(index + 1, len(draft.pieces))
            if draft.kinds[near] not in {Kind.BOILERPLATE, Kind.IMAGE, Kind.CAPTION, Kind.CREDIT}
        ),
        None,
    )
    if index == 0 or following is None or len(text) > LONGEST_SUBHEADING or len(text.split()) > 18:
        return False
    if not any(character.isalpha() for character in text) or text.lstrip("…. ")[:1].islower():
        return False
    # Two titles in a row are a chapter's and a section's; three are a list that lost its signs.
    is_chapter = (draft.kinds[following], draft.kind(following + 1)) == (Kind.SUBHEADING, None)
    is_text = draft.is_running(following) or draft.kinds[following] in {Kind.LIST, Kind.QUOTE}
    if not (is_text or (is_chapter and draft.is_running(following + 1))):
        return False
    if BOLD_LINE.fullmatch(text) and not is_question(text):
        # Interviews set the questioner's words in bold, whole sentences with their full stop.
        return is_title(text.strip("*_"))
    if is_question(text):
        return len(text) <= 100 and not _asks_someone(text) and not is_quoted(text)
    return is_title(text)


def _is_pull_quote(text: str, whole: str) -> bool:
    """Whether the line is a quotation that the text itself holds once more."""
    if not is_quoted(text) or len(text) < 25 or not TERMINAL.search(text):
        return False
    parts = [part.strip(" .!?…") for part in re.split(r"(?<=[.!?…])\s+", fold(text[1:-1]))]
    return all(whole.count(part) > 1 for part in parts)


def _is_signature(draft: Draft, index: int) -> bool:
    """Whether an author or an agency signs below the last running text."""
    if any(map(draft.is_running, range(index + 1, len(draft.pieces)))) or index == 0:
        return False
    text = draft.text(index)
    return is_name(text, draft.lexicon) or is_agency_mark(text, draft.lexicon)


def _unmarked_lists(draft: Draft) -> None:
    """Lines without a bullet below "…:" are a list if none of them reads as a paragraph."""
    for index, piece in enumerate(draft.pieces):
        if not piece.text.endswith(":") or draft.kinds[index] not in {None, Kind.SUBHEADING}:
            continue
        run: list[int] = []
        for near in range(index + 1, len(draft.pieces)):
            text = draft.pieces[near].text
            is_item = len(text) <= 150 and (not TERMINAL.search(text) or text.endswith(";"))
            if draft.kinds[near] is not None or (draft.pieces[near].apart and run) or not is_item:
                break
            run.append(near)
        if len(run) >= 2:
            for near in run:
                draft.kinds[near] = Kind.LIST


def links(draft: Draft) -> None:
    """Titles of other articles, below a line such as "Mehr zum Thema"."""
    kinds = draft.kinds
    for index, piece in enumerate(draft.pieces):
        if kinds[index] is not Kind.BOILERPLATE or not is_related_cue(piece.text, draft.lexicon):
            continue
        run: list[int] = []
        for near in range(index + 1, len(kinds)):
            is_link = kinds[near] is Kind.SUBHEADING or (
                kinds[near] is None and (is_open(draft.text(near)) or is_question(draft.text(near)))
            )
            if not (kinds[near] is Kind.LIST or is_link):
                break
            run.append(near)
        is_at_end = not any(map(draft.is_running, range(index, len(kinds))))
        if run and not is_at_end and kinds[run[-1]] is not Kind.LIST:
            # The last title before running text heads that text: better a link translated than
            # a heading lost.
            run.pop()
        for near in run:
            kinds[near] = Kind.NAVIGATION


def keywords(draft: Draft) -> None:
    """Two or more labels that end the page below a signature or a button are its keywords."""
    run: list[int] = []
    for index in reversed(range(len(draft.pieces))):
        if draft.kinds[index] is not None or not is_title(draft.text(index)):
            break
        run.append(index)
    furniture = {Kind.BYLINE, Kind.BOILERPLATE, Kind.NAVIGATION}
    if len(run) >= 2 and draft.kind(run[-1] - 1) in furniture:
        for index in run:
            draft.kinds[index] = Kind.NAVIGATION
