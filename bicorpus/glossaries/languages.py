"""Whether the columns of a table are in the languages that they are taken to be in.

A table without a header, or with "source" and "target" over it, does not say which languages it
has: terms of another pair would be looked for, and never met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bicorpus.data import Language
from bicorpus.errors import InputError
from bicorpus.glossaries.reading import LeftOutRow
from bicorpus.terms.glossary import Term

# Of 1,300 lists of 10 to 100 German or English terms, names and countries none was taken for
# another language with this confidence; French, Italian, Dutch and Polish words are told from 20
# on in nine lists of ten. Spanish ones are not, for the detector takes them for Galician, too.
_CERTAIN = 0.9
_FEWEST_TERMS = 10
_FEWEST_LETTERS = 100


def checked_languages(
    rows: Iterable[Term | LeftOutRow], path: Path, source: Language, target: Language
) -> Iterator[Term | LeftOutRow]:
    """Yield `rows`, and raise InputError behind the last one where a column is in another language.

    Each column is judged as a whole. What is too short to tell, or could be either, is accepted.
    """
    terms: list[Term] = []
    for row in rows:
        if isinstance(row, Term):
            terms.append(row)
        yield row
    found = (
        _language([term.source for term in terms]),
        _language([form for term in terms for form in term.right]),
    )
    message = _what_is_wrong(found, source, target)
    if message:
        raise InputError(
            f'"{path}" is taken for a glossary from {source} to {target}, but {message}.',
            next_step=f"Give the right file. If this one is right, write the languages over its "
            f'columns as a first line: "{source}", "{target}".',
        )


def _what_is_wrong(
    found: tuple[Language | None, Language | None], source: Language, target: Language
) -> str | None:
    if source != target and found == (target, source):
        return "its columns are the other way round"
    from bicorpus.readers.language import describe_language

    names = ("source terms", "renderings")
    wrong = [
        (name, language)
        for name, language, wanted in zip(names, found, (source, target), strict=True)
        if language not in {None, wanted}
    ]
    told = [f"its {name} are in {describe_language(str(code))}" for name, code in wrong]
    return " and ".join(told) or None


def _language(texts: list[str]) -> Language | None:
    """Return the language of a column where that is certain."""
    text = "\n".join(texts)
    if len(texts) < _FEWEST_TERMS or sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        return None
    from bicorpus.readers.language import detect_language

    guess = detect_language(text)
    return guess.language if guess.confidence >= _CERTAIN and guess.language != "zxx" else None
