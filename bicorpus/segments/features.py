"""What a single line looks like, without regard to its place in the article."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bicorpus.languages import load_words
from bicorpus.segments.lexicon import CUE_LANGUAGES, cue_words

OPENING = "\"'„“”»«‚‘’›‹([*_"
CLOSING = "\"'“”«»‘’‹›)]*_"

IMAGE = re.compile(
    r"\[?!\[[^\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)(?:\]\([^()\s]*\))?"
    r"|<img\b[^>]*>"
)
IMAGE_LINE = re.compile(
    r"https?://\S+\.(?:jpe?g|png|gif|webp|svg|avif)(?:\?\S*)?"
    r"|\[(?:Bild|Foto|Image|Photo|Grafik)\b[^\]]*\]"
    # What wikis leave behind of a picture: "thumb", "195px", "mini|links".
    r"|(?:thumb|mini|miniatur|left|right|links|rechts|\d{2,4}px)(?:\|\S*)*",
    re.IGNORECASE,
)
HEADING = re.compile(r"#{1,6}\s+\S")
BOLD_LINE = re.compile(r"(\*\*|__)(?!\s)[^*_]+\1")
STAMP_HEADING = re.compile(r"(?:\+{2,3}|\*{3})\s.*\s(?:\+{2,3}|\*{3})")
QUOTE_MARK = re.compile(r">\s?")
BULLET = re.compile(r"(?:[•‣▪▫●○◦∙·■□–—*+-]|[▶►➤→»](?!\w))\s+(?=\S)")
NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
TABLE_ROW = re.compile(r"\|.*\|")
TERMINAL = re.compile(rf"[.!?…:;][{re.escape(CLOSING)}]*$")
INNER_END = re.compile(rf"[.!?…][{re.escape(CLOSING)}]*\s+[{re.escape(OPENING)}]*[A-ZÄÖÜ]")


def bare(text: str) -> str:
    """Return `text` without white space and invisible characters at its edges."""
    start, end = 0, len(text)
    while start < end and _is_invisible(text[start]):
        start += 1
    while end > start and _is_invisible(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_invisible(character: str) -> bool:
    # Byte order marks, right-to-left marks, soft hyphens and control characters say nothing
    # about a line, but white space they are not.
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}


def is_open(text: str) -> bool:
    """Whether no end of sentence closes the line, as in titles, names and labels."""
    return not TERMINAL.search(text) or (text.endswith(":") and len(text[:-1].split()) <= 4)


def is_sentence(text: str) -> bool:
    """Whether the line reads as running text: closed by a full stop, or several sentences."""
    if len(text) > 200:
        return True
    if is_open(text):
        return not is_title(text)
    if has_several_sentences(text):
        return True
    return bool(re.search(rf"[.…:;][{re.escape(CLOSING)}]*$", text))


def is_torn(text: str) -> bool:
    """Whether the line breaks off behind an article, a preposition or "und"."""
    return " " in text and text.rsplit(maxsplit=1)[-1] in closed_class("unfinished")


def is_title(text: str) -> bool:
    """Whether the line can be a title: open, and not the torn-off beginning of a paragraph."""
    if not is_open(text):
        return False
    if is_torn(text):
        return False
    # "Wolf oder Hund? Schafhalter warten auf das Labor" is a title of two sentences; behind a
    # full stop, titles stay short: "Aus und vorbei. Verein gibt auf".
    ends = (
        [found[0][0] for found in INNER_END.finditer(text)] if has_several_sentences(text) else []
    )
    return not ends or len(text) <= (80 if "." in ends else 120)


def has_several_sentences(text: str) -> bool:
    """Whether a sentence ends inside the line; abbreviations and ordinals do not end one."""
    return any(not _is_abbreviated(text[: found.start() + 1]) for found in INNER_END.finditer(text))


def _is_abbreviated(text: str) -> bool:
    """Whether the full stop at the end belongs to an abbreviation, an initial or an ordinal."""
    word = text.rsplit(maxsplit=1)[-1].lstrip(OPENING)
    stem = word.removesuffix(".")
    return stem != word and (len(stem) < 2 or stem.isdigit() or word in _abbreviations())


@cache
def _abbreviations() -> frozenset[str]:
    # The splitter's own lists: one place for a linguist to add an abbreviation.
    return frozenset(
        word
        for language in CUE_LANGUAGES
        for name in ("split_titles", "split_abbreviations")
        for word in load_words(language, name)
    )


@cache
def closed_class(name: str) -> frozenset[str]:
    """Return the list `segment_<name>` of all languages as a set; case counts."""
    return frozenset(cue_words(name))


def is_question(text: str) -> bool:
    """Whether the line is one question or exclamation, not put in quotation marks."""
    return text.endswith(("?", "!", "?**", "!**")) and not has_several_sentences(text)


def is_quoted(text: str) -> bool:
    """Whether the whole line stands in one pair of quotation marks."""
    inner = text[1:-1]
    return (
        len(text) > 2
        and text[0] in "\"„“»«‚‘'"
        and text[-1] in "\"“”«»‘’'"
        and not any(mark in inner for mark in '"„“”»«')
    )
