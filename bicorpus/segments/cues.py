"""What a single line is by its words: furniture, names, dates, agencies; see the word lists."""

from __future__ import annotations

import re

from bicorpus.segments.features import (
    closed_class,
    has_several_sentences,
    is_open,
)
from bicorpus.segments.lexicon import Lexicon, fold

RULE = re.compile(r"(?:[-–—_*=~#+·•.|:]\s*){3,}|<!--.*-->|\[(?:…|\.\.\.)\]")
PAGER = re.compile(r"(?:bild |seite |page |image )?\d{1,3}\s*(?:/|von|of)\s*\d{1,3}", re.IGNORECASE)
PLAYER = re.compile(r"[▶►⏵🔊🎧📷📹➡⬇✉☎]\ufe0f?\s*\S.*")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w{2,}")
BREADCRUMB = re.compile(r"\s*(?:>|›|»|/|\||→|·)\s*")
DATE_SHAPE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.|\d{1,2}[:.]\d{2}|\d{4}-\d{2}-\d{2}|\d/\d")
INITIALS = re.compile(r"[a-zäöü]{2,4}")


def strip_label(text: str) -> str:
    """Return the line folded, without the arrows, dots and counts that pages hang on labels."""
    folded = fold(text).strip(" :…>»›→▸▶|•·-–")
    return re.sub(r"^\(?\d+\)?\s+|\s*\(?\d+\)?$", "", folded) or folded


def is_boilerplate(text: str, lexicon: Lexicon) -> bool:
    """Whether the line belongs to the page, not to the article."""
    if not any(map(str.isalpha, text)) and not is_date(text, lexicon):
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
    # "14:31Lesezeit": pages glue the reading time to the hour.
    spaced = re.sub(r"(?<=\d)(?=[^\W\d_]{4})", " ", fold(text))
    words = [word for word in re.split(r"[\s,|•·()–—+-]+", spaced) if word.strip(".:")]
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
        word in closed_class("name_particles")
        or (re.fullmatch(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*", word) and word in full)
        for word in words
    )


def is_outlet(text: str, lexicon: Lexicon) -> bool:
    """Whether the line is the name of a newsroom or an author's post."""
    words = text.split()
    return len(words) <= 4 and is_open(text) and bool(lexicon.outlets.fullmatch(fold(text)))


def is_agency_mark(text: str, lexicon: Lexicon) -> bool:
    """Whether the text is initials or agencies only: "fbu", "dpa/AFP", "mit AFP", "sda/reu"."""
    words = [word for word in re.split(r"[\s/,;+|()-]+", text.strip("() .")) if word]
    marks = [word for word in words if fold(word) not in closed_class("credit_words")]
    plain = [
        word
        for word in marks
        if (INITIALS.fullmatch(word) and word not in closed_class("no_initials"))
        or fold(word) in lexicon.agencies
        or re.fullmatch(r"[\w-]+\.(?:de|com|net|ch|at|org)", word)
    ]
    # "AR/haz (dpa, afp)": capitals count beside marks that are sure; "CDU/CSU" are parties.
    others = [word for word in marks if word not in plain]
    is_mixed = "/" in text and all(re.fullmatch(r"[A-ZÄÖÜ]{2,3}", word) for word in others)
    return bool(plain) and len(marks) <= 6 and (not others or is_mixed)


def is_origin(text: str, lexicon: Lexicon, *, labelled: bool) -> bool:
    """Whether the text can be the origin of a picture: names and agencies, no running words.

    Without a label before it an agency must be among them.
    """
    words = [word for word in re.split(r"[\s/|,;()+&]+", text.strip(" .()[]")) if word]
    if not words or len(words) > 14 or len(text) > 120 or has_several_sentences(text):
        return False
    small = {"via"}
    if labelled:
        small = small | closed_class("name_particles") | closed_class("credit_words")
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
    """Whether a cue or a mark says that the line names authors; see `is_name` for bare names."""
    line = text.strip("*_ ")
    if len(line) > 150 or has_several_sentences(line):
        return False
    folded = fold(line)
    for label in lexicon.byline_labels:
        if folded.startswith(label):
            # "Protokoll: So verlief die Nacht" is a title.
            rest = line[len(label) :].strip(" .:")
            return not rest or _names_authors(rest, lexicon)
    for opening in lexicon.byline_openings:
        if folded.startswith(opening):
            return _names_authors(line[len(opening) :].strip(" .:"), lexicon)
    if any(folded == opening.strip() for opening in lexicon.byline_openings):
        return len(folded) > 3
    return line.startswith("(") and line.endswith(")") and is_agency_mark(line, lexicon)


def _names_authors(text: str, lexicon: Lexicon) -> bool:
    text = re.sub(
        r";\s*(?:\w+\s+)?(?:reporting|editing|writing)\s+by\b", ",", text, flags=re.IGNORECASE
    )
    if is_date(text, lexicon) or is_agency_mark(text, lexicon) or is_name(text, lexicon):
        return True
    words = [word.strip(".,()") for word in re.split(r"[\s/]+", text) if word.strip(".,()")]
    if not words or words[0].islower() or len(words) > 14:
        return False
    if not all(
        word[0].isupper()
        or word in closed_class("name_particles") | closed_class("credit_words")
        or fold(word) in lexicon.agencies
        or "." in word
        for word in words
    ):
        return False
    return has_name_shape(re.split(r",|/|\s(?:und|and)\s", text)[0]) or names_agency(text, lexicon)
