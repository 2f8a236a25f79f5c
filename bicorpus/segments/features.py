"""What a single line looks like, without regard to its place in the article."""

from __future__ import annotations

import re
import unicodedata

from bicorpus.segments.lexicon import Lexicon, fold

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
RULE = re.compile(r"(?:[-–—_*=~#+·•.|:]\s*){3,}|<!--.*-->|\[(?:…|\.\.\.)\]")
PAGER = re.compile(r"(?:bild |seite |page |image )?\d{1,3}\s*(?:/|von|of)\s*\d{1,3}", re.IGNORECASE)
PLAYER = re.compile(r"[▶►⏵🔊🎧📷📹➡⬇✉☎]\ufe0f?\s*\S.*")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w{2,}")
BREADCRUMB = re.compile(r"\s*(?:>|›|»|/|\||→|·)\s*")
DATE_SHAPE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.|\d{1,2}[:.]\d{2}|\d{4}-\d{2}-\d{2}|\d/\d")
TERMINAL = re.compile(rf"[.!?…:;][{re.escape(CLOSING)}]*$")
INNER_END = re.compile(rf"[.!?…][{re.escape(CLOSING)}]*\s+[{re.escape(OPENING)}]*[A-ZÄÖÜ]")
ABBREVIATED = re.compile(r"(?:\b\w|\b(?:Dr|Prof|St|Nr|Mr|Mrs|Ms|ca|bzw|vs|Jr|Sr)|\d)\.$")
INITIALS = re.compile(r"[a-zäöü]{2,4}")
# "(sic)" and the like are the author's own insertions.
NO_INITIALS = frozenset({"sic", "lol", "etc", "ff", "ebd", "vgl", "usw", "sig", "gez"})
PARTICLES = frozenset(
    "von van de der den del della di da dos du el al la le ter ten zu zur".split()
)
# No title ends with one of these: the line was torn off in the middle of a sentence.
UNFINISHED = tuple(
    f" {word}"
    for word in "der die das den dem des ein eine einen einem einer eines und oder sowie mit von "
    "für in im am the a an of and or with to".split()
)
JOINERS = frozenset({"und", "and"})
CREDIT_SMALL_WORDS = PARTICLES | JOINERS | frozenset("via für for of the by im in bei".split())
BARE_CREDIT_SMALL_WORDS = frozenset({"via", "von", "van", "de"})


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
    return not TERMINAL.search(text) or (text.endswith(":") and len(text.split()) <= 4)


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
    return text.endswith(UNFINISHED)


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
    return any(
        not ABBREVIATED.search(text[: found.start() + 1]) for found in INNER_END.finditer(text)
    )


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


def strip_label(text: str) -> str:
    """Return the line folded, without the arrows, dots and counts that pages hang on labels."""
    folded = fold(text).strip(" :…>»›→▸▶|•·-–")
    return re.sub(r"^\(?\d+\)?\s+|\s*\(?\d+\)?$", "", folded) or folded


def is_boilerplate(text: str, lexicon: Lexicon) -> bool:
    """Whether the line belongs to the page, not to the article."""
    if not any(map(str.isalnum, text)):
        return True
    if RULE.fullmatch(text) or PLAYER.fullmatch(text) or ADDRESS.fullmatch(text):
        return True
    if len(text) > 300:
        return False
    # A sentence needs a more telling cue than a label does: see Lexicon.
    is_label = is_open(text) or len(text) <= 40
    cues = lexicon.boilerplate if is_label else lexicon.boilerplate_sentences
    return bool(cues.fullmatch(fold(text)) or (is_label and cues.fullmatch(strip_label(text))))


def is_related_cue(text: str, lexicon: Lexicon) -> bool:
    """Whether links to other articles follow the line."""
    return len(text) <= 60 and bool(lexicon.related.fullmatch(strip_label(text)))


def is_navigation(text: str, lexicon: Lexicon) -> bool:
    """Whether the line is an entry of a menu, a pager or a path of sections."""
    if PAGER.fullmatch(text) or lexicon.navigation.fullmatch(strip_label(text)):
        return True
    steps = BREADCRUMB.split(fold(text))
    return (
        len(steps) > 1
        and any(
            step in lexicon.sections or (step and lexicon.navigation.fullmatch(step))
            for step in steps
        )
        and len(text) <= 80
        and all(len(step.split()) <= 3 for step in steps)
    )


def is_section(text: str, lexicon: Lexicon) -> bool:
    """Whether the line is the name of a news section."""
    return strip_label(text) in lexicon.sections


def is_date(text: str, lexicon: Lexicon) -> bool:
    """Whether the line tells a date or a time and nothing else."""
    words = [word for word in re.split(r"[\s,|•·()–—-]+", fold(text)) if word.strip(".:")]
    if not words or len(words) > 14 or not any(word[0].isdigit() for word in words):
        return False
    has_word = any(word.strip(".:") in lexicon.date_words for word in words)
    return (has_word or bool(DATE_SHAPE.search(text))) and all(
        re.fullmatch(r"\d{1,4}(?:[.:/]\d{0,4})*(?:am|pm|h|th|st|nd|rd)?", word)
        or word.strip(".:") in lexicon.date_words
        for word in words
    )


def is_name(text: str, lexicon: Lexicon) -> bool:
    """Whether the line is names of persons, the first of them beginning with a given name."""
    people = [part for part in re.split(r",|/|&|\s(?:und|and)\s", text) if part.strip()]
    if not people or len(text) > 100 or not has_name_shape(people[0].strip()):
        return False
    first = fold(people[0]).split()[0]
    is_known = first in lexicon.given_names or first.split("-")[0] in lexicon.given_names
    return is_known and all(has_name_shape(part.strip(), least=1) for part in people[1:])


def has_name_shape(text: str, *, least: int = 2) -> bool:
    """Whether the line is two to five capitalised words, as a name is."""
    words = [word.strip(".,") for word in text.split()]
    full = [word for word in words if word and word[0].isupper()]
    return least <= len(full) <= 5 and all(
        word in PARTICLES or (re.fullmatch(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*", word) and word in full)
        for word in words
    )


def is_outlet(text: str, lexicon: Lexicon) -> bool:
    """Whether the line is the name of a newsroom or an author's post."""
    words = text.split()
    return len(words) <= 4 and is_open(text) and bool(lexicon.outlets.fullmatch(fold(text)))


def is_agency_mark(text: str, lexicon: Lexicon) -> bool:
    """Whether the text is initials or agencies only: "fbu", "dpa/AFP", "mit AFP", "sda/reu"."""
    words = [word for word in re.split(r"[\s/,;+|-]+", text.strip("() .")) if word]
    marks = [word for word in words if fold(word) not in {"mit", "von", "und", "with", "and"}]
    return 0 < len(marks) <= 5 and all(
        (INITIALS.fullmatch(word) and word not in NO_INITIALS)
        or fold(word) in lexicon.agencies
        or re.fullmatch(r"[\w-]+\.(?:de|com|net|ch|at|org)", word)
        for word in marks
    )


def is_origin(text: str, lexicon: Lexicon, *, labelled: bool) -> bool:
    """Whether the text can be the origin of a picture: names and agencies, no running words.

    Without a label before it an agency must be among them.
    """
    words = [word for word in re.split(r"[\s/|,;()+&]+", text.strip(" .()[]")) if word]
    if not words or len(words) > 14 or len(text) > 120 or has_several_sentences(text):
        return False
    small = CREDIT_SMALL_WORDS if labelled else BARE_CREDIT_SMALL_WORDS
    for word in words:
        is_known = fold(word.strip(".")) in lexicon.agency_words | small
        # Signatures are short and set off by a slash: "Rhönfoto/abe"; so are handles and hosts.
        is_signature = re.search(rf"/\s?{re.escape(word)}\b|^{re.escape(word)}/", text)
        is_address = re.search(r"\.\w{2,}$|@|^picture|^imago|^images?$", word)
        if word[0].islower() and not (is_known or is_signature or is_address):
            return False
    return labelled or names_agency(text, lexicon) or " via " in text


def names_agency(text: str, lexicon: Lexicon) -> bool:
    """Whether an agency is named, as a whole word or several; a platform counts beside a slash."""
    folded = f" {fold(re.sub(r'[/|,;()+&:]', ' ', text))} "
    names = lexicon.agencies | lexicon.platforms if "/" in text else lexicon.agencies
    return any(f" {name} " in folded for name in names)


def is_byline(text: str, lexicon: Lexicon) -> bool:
    """Whether a cue or a mark says that the line names its authors; see `is_name` for bare names."""
    line = text.strip("*_ ")
    if len(line) > 150 or has_several_sentences(line):
        return False
    folded = fold(line)
    if folded.startswith(lexicon.byline_labels):
        return is_open(line) or len(line) <= 80
    for opening in lexicon.byline_openings:
        if folded.startswith(opening):
            return _names_authors(line[len(opening) :].strip(" .:"), lexicon)
    if any(folded == opening.strip() for opening in lexicon.byline_openings):
        return len(folded) > 3
    return line.startswith("(") and line.endswith(")") and is_agency_mark(line, lexicon)


def _names_authors(text: str, lexicon: Lexicon) -> bool:
    text = re.sub(r";\s*(?:\w+\s+)?(?:reporting|editing|writing)\s+by\b", ",", text)
    if is_date(text, lexicon) or is_agency_mark(text, lexicon) or is_name(text, lexicon):
        return True
    words = [word.strip(".,()") for word in re.split(r"[\s/]+", text) if word.strip(".,()")]
    if not words or words[0].islower() or len(words) > 14:
        return False
    if not all(
        word[0].isupper()
        or word in PARTICLES | JOINERS | {"mit", "in", "aus"}
        or fold(word) in lexicon.agencies
        or "." in word
        for word in words
    ):
        return False
    return has_name_shape(re.split(r",|/|\s(?:und|and)\s", text)[0]) or names_agency(text, lexicon)
