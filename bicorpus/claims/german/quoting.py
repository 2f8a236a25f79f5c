"""Direct speech in a sentence: what a saying clause around or inside it covers."""

from __future__ import annotations

from bicorpus.claims.edges import span_between
from bicorpus.claims.german.clause import Clause
from bicorpus.claims.german.content import read_content
from bicorpus.claims.german.frame import Frame
from bicorpus.claims.german.openers import Kind
from bicorpus.claims.german.phrases import phrase_end, starts_phrase
from bicorpus.claims.german.saying import SPEAKING, clause_frame, says
from bicorpus.claims.german.ties import Ties
from bicorpus.claims.names import find_names
from bicorpus.data import Span


def tie_insertion(ties: Ties, index: int, clause: Clause) -> None:
    """Tie what stands around a saying clause that was put into it."""
    content = says(ties.words, ties.indices(clause), clause.verb, SPEAKING)
    if content is None:
        return
    frame = clause_frame(ties.words, clause, content)
    ties.saying.add(index)
    _cover(ties, index, frame)


def _cover(ties: Ties, index: int, frame: Frame) -> None:
    """Give `frame` to what stands around the inserted clause at `index`."""
    quoted = _near_quotations(ties, index)
    ties.quotations.update(dict.fromkeys(quoted, frame))
    for place, other in enumerate(ties.clauses):
        if place in ties.saying or place in ties.frames:
            continue
        number = ties.quotation_of(other)
        if number is not None and number in quoted:
            ties.frames[place] = frame
        elif quoted and number is None and ties.mood(other) == "indicative":
            continue
        elif (place < index and number is None and _reaches(ties, place, index)) or (
            place > index and number is None and ties.mood(other) == "reported"
        ):
            ties.frames[place] = frame


def _reaches(ties: Ties, place: int, index: int) -> bool:
    return not any(
        ties.clauses[between].before == ";" or between in ties.saying
        for between in range(place + 1, index)
    )


def _near_quotations(ties: Ties, index: int) -> set[int]:
    clause = ties.clauses[index]
    near = (clause.first - 1, clause.first - 2, clause.last, clause.last + 1)
    found = set()
    for place in near:
        if 0 <= place < len(ties.words):
            number = ties.words[place].quotation
            if number is not None and ties.is_clausal(number):
                found.add(number)
    return found


def follows_quotation(ties: Ties, clause: Clause) -> bool:
    """Return whether the clause stands right behind a quotation that it can be the frame of."""
    before = next((w for w in reversed(ties.words[: clause.first]) if not w.is_mark), None)
    if before is None or before.quotation is None:
        return False
    outside = ties.words[clause.first].quotation != before.quotation
    return outside and ties.is_clausal(before.quotation)


def takes_up(ties: Ties, index: int) -> bool:
    """Return whether an insertion's pronoun stands for who was named in front of the colon.

    "Petra Lind sagte: „Es war voll“, betont sie.": the name is the source of the quotation.
    """
    clause = ties.clauses[index]
    content = says(ties.words, ties.indices(clause), clause.verb, SPEAKING)
    source = clause_frame(ties.words, clause, content).source if content is not None else None
    pronouns = {word.start for word in ties.words if word.folded in {"er", "sie"}}
    if source is None or source.start not in pronouns:
        return False
    quoted = _near_quotations(ties, index)
    return any(
        direct_quotation(ties, place) in quoted
        and says(ties.words, ties.indices(other), other.verb, SPEAKING) is not None
        for place, other in enumerate(ties.clauses[:index])
        if not other.is_inserted
    )


def tie_any(ties: Ties, index: int, clause: Clause) -> None:
    """Tie a quotation behind a colon to the subject of whatever clause stands in front."""
    direct = direct_quotation(ties, index)
    content = read_content(ties.words, clause)
    if clause.kind is not Kind.MAIN or index in ties.frames or ties.mood(clause) == "reported":
        return
    if direct is None or content is None or ties.words[clause.last].text != ":":
        return
    frame = clause_frame(ties.words, clause, content)
    ties.quotations[direct] = frame
    ties.give(direct, frame)


def tie_colons(ties: Ties) -> None:
    """Give a quotation behind a colon to who spoke in front of it, if only in reported form."""
    for index, word in enumerate(ties.words[:-1]):
        number = ties.words[index + 1].quotation
        if word.text != ":" or number is None or number == word.quotation:
            continue
        if number in ties.quotations or not ties.is_clausal(number):
            continue
        before = [place for place, clause in enumerate(ties.clauses) if clause.last <= index]
        told = [ties.frames[place] for place in before if place in ties.frames]
        if not told:
            named = _named(ties, index) or _main_subject(ties, index)
            told = [named] if named is not None else []
        if told:
            ties.quotations[number] = told[-1]
            ties.give(number, told[-1])


def direct_quotation(ties: Ties, index: int) -> int | None:
    """Return the quotation that begins right behind the clause, as „…“ behind a colon."""
    clause = ties.clauses[index]
    end = clause.last
    while end < len(ties.words) and ties.words[end].text in {":", ","}:
        end += 1
    if end >= len(ties.words):
        return None
    number = ties.words[end].quotation
    inside = ties.words[clause.verb or clause.first].quotation
    if number is None or number == inside or not ties.is_clausal(number):
        return None
    return number


def _main_subject(ties: Ties, colon: int) -> Frame | None:
    """Return the frame of the main clause whose last part stands in front of the colon.

    "Er zögert nicht, es zu zeigen: „…“", "Es traf den Minister, der ablehnte: „…“".
    """
    mains = [
        clause
        for clause in ties.clauses
        if clause.kind is Kind.MAIN and clause.verb is not None and clause.last < colon
    ]
    if not mains or ties.mood(mains[-1]) != "indicative":
        return None
    content = read_content(ties.words, mains[-1])
    frame = clause_frame(ties.words, mains[-1], content) if content is not None else None
    return frame if frame is not None and frame.source is not None else None


def _named(ties: Ties, colon: int) -> Frame | None:
    """Return the frame of "Meier wörtlich: „…“", a speaker without a verb."""
    for clause in ties.clauses:
        if clause.verb is not None or clause.kind is not Kind.MAIN or clause.last != colon:
            continue
        if not starts_phrase(ties.words[clause.first]):
            continue
        first, last = clause.parts[0]
        end = phrase_end(ties.words, first, last)
        rest = [i for i in range(end, last) if ties.words[i].folded in {"wörtlich", "weiter"}]
        cue = Span(ties.words[rest[0]].start, ties.words[rest[0]].end) if rest else None
        return Frame(span_between(ties.words, first, end), cue)
    return None


def tie_heading(ties: Ties) -> None:
    """Give "Merz: Wehrpflicht kommt nicht" to the person whom the heading names."""
    if not ties.clauses or ties.clauses[0].verb is not None or len(ties.clauses) < 2:
        return
    head, second = ties.clauses[0], ties.clauses[1]
    if second.before != ":" or second.verb is None or 1 in ties.frames:
        return
    span = span_between(ties.words, head.first, head.last)
    title = " ".join(word.text for word in ties.words[head.first : head.last])
    persons = [name for name in find_names(title, "de") if name.kind == "person"]
    if persons and persons[-1].span.end == len(title):
        ties.frames[1] = Frame(span, None)
