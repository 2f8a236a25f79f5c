"""From the named cells of a row to a term: the field's usual names for columns, and their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bicorpus.data import Language
from bicorpus.glossaries.reading import LeftOutRow
from bicorpus.terms.glossary import Term

_LANGUAGES = {"de": ("german", "deutsch"), "en": ("english", "englisch")}
_NAMES = {
    "source": ("source", "source_term", "src", "term", "source_text", "lemma"),
    "targets": (
        "target", "target_term", "tgt", "translation", "preferred", "target_text", "rendering",
    ),
    "allowed": ("allowed", "variants", "variants_allowed", "admitted", "synonyms", "alternatives"),
    "forbidden": ("forbidden", "forbidden_translation", "deprecated", "do_not_use", "banned"),
    "part_of_speech": ("part_of_speech", "pos", "partofspeech", "word_class"),
    "domain": ("domain", "subject", "subject_field", "field", "kind", "category"),
    "note": (
        "note", "notes", "comment", "comments", "explanation", "definition",
        "translator_comments", "developer_comments", "context",
    ),
    "case": ("case", "case_sensitive", "case-sensitive", "casesensitive"),
    "flags": ("flags",),
}  # fmt: skip
_BETWEEN = re.compile(r"\s*[|;]\s*")
_BETWEEN_MANY = re.compile(r"\s*[|;,]\s*")
_YES = {"yes", "y", "true", "1", "x", "ja", "sensitive"}


def find_fields(
    header: Sequence[str], source: Language, target: Language
) -> dict[str, tuple[int, ...]] | None:
    """Return the columns of each field that a header names; None where it is no header.

    A language's code or name in a column ("en_preferred", "German") tells its side.
    """
    fields: dict[str, list[int]] = {}
    for index, name in enumerate(map(_normal, header)):
        field = _field_of(name, source, target)
        if field:
            fields.setdefault(field, []).append(index)
    if "source" not in fields or not {"targets", "allowed", "forbidden"} & fields.keys():
        return None
    return {field: tuple(indices) for field, indices in fields.items()}


def names_languages(header: Sequence[str], source: Language, target: Language) -> bool:
    """Return whether a header has a column of the source or the target language by its name."""
    tags = {tag for side in (source, target) for tag in (side, *_LANGUAGES.get(side, ()))}
    return any(_normal(name).partition("_")[0] in tags for name in header)


def _normal(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().strip('"').casefold())


def _field_of(name: str, source: Language, target: Language) -> str | None:
    for side, field in ((source, "source"), (target, "targets")):
        for tag in (side, *_LANGUAGES.get(side, ())):
            rest = name.removeprefix(f"{tag}_")
            if name == tag or re.fullmatch(rf"{tag}_[a-z]{{2}}", name):
                return field
            if rest != name:
                found = _listed(rest)
                # "de_forms_seen" is no field; "de_lemma" is the source, "en_forbidden" is its own.
                return (
                    "source"
                    if field == "source" and found == "source"
                    else (found if field == "targets" and found != "source" else None)
                )
    return _listed(name)


def _listed(name: str) -> str | None:
    return next((field for field, names in _NAMES.items() if name in names), None)


def make_term(cells: Mapping[str, Sequence[str]], place: str) -> Term | LeftOutRow:
    """Return the term in the cells of a row, by field; a row without one says what it lacks.

    Several renderings in a cell are parted by "|" or ";"; of allowed and forbidden ones by a comma,
    too. A flag "forbidden" (Weblate's) makes the target a forbidden form.
    """
    sources = [text.strip() for text in cells.get("source", ()) if text.strip()]
    if not sources:
        return LeftOutRow(place, "it has no source term")
    targets = _parted(cells.get("targets", ()), _BETWEEN)
    allowed = _parted(cells.get("allowed", ()), _BETWEEN_MANY)
    forbidden = _parted(cells.get("forbidden", ()), _BETWEEN_MANY)
    flags = " ".join(cells.get("flags", ())).casefold()
    if len(forbidden) == 1 and forbidden[0].casefold() in _YES | {"no", "n", "false", "0", "nein"}:
        # A column of yes and no: it speaks of the target in the same row.
        flags += " forbidden" if forbidden[0].casefold() in _YES else ""
        forbidden = ()
    if "forbidden" in flags:
        forbidden, targets = (*forbidden, *targets), ()
    if not targets and not allowed and not forbidden:
        return LeftOutRow(place, f'"{sources[0]}" has no target term')
    case = " ".join(cells.get("case", ())).casefold()
    return Term(
        sources[0],
        targets,
        tuple(one for one in allowed if one not in targets),
        forbidden,
        part_of_speech=" ".join(filter(None, cells.get("part_of_speech", ()))).strip(),
        domain=" ".join(filter(None, cells.get("domain", ()))).strip(),
        note="; ".join(text.strip() for text in cells.get("note", ()) if text.strip()),
        case_sensitive=case in _YES or "case-sensitive" in flags,
        origin=place,
    )


def _parted(cells: Iterable[str], mark: re.Pattern[str]) -> tuple[str, ...]:
    parts = (part.strip() for cell in cells for part in mark.split(cell))
    return tuple(dict.fromkeys(part for part in parts if part))
