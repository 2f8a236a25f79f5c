"""What a hand-off holds: its languages, systems and files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bicorpus.errors import SettingsError
from bicorpus.exporters.rows import CorpusHeader
from bicorpus.handoff.units import Unit

MANIFEST = "MANIFEST"
DOCIDS = "docids"
UNITS = "units.tsv"
WITHOUT_REFERENCE = "without_reference.tsv"
WMT = "wmt.xml"
ESA = "esa.json"
APPRAISE = "appraise.json"
# Appraise's names of languages: ISO 639-3.
APPRAISE_LANGUAGES = {
    "cs": "ces", "da": "dan", "de": "deu", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra",
    "it": "ita", "nl": "nld", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe",
    "tr": "tur", "uk": "ukr",
}  # fmt: skip
# A name stands in file names and attributes.
_NAME = re.compile(r"\w[\w.+-]*")


@dataclass(frozen=True, slots=True)
class Plan:
    """`own` is the name of the corpus's own translation, or None where it has none.

    `others` are the lines of other systems by name. `has_reference` tells whether each unit that
    is written has a reference.
    """

    header: CorpusHeader
    own: str | None
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    has_reference: bool = False

    def __post_init__(self) -> None:
        for name in self.systems:
            if not _NAME.fullmatch(name):
                raise SettingsError(
                    f'"{name}" cannot be the name of a system.',
                    next_step="Take letters, digits, dots, hyphens and underscores: it stands in "
                    "file names.",
                )
        if self.own in self.others:
            raise SettingsError(
                f'Two systems have the name "{self.own}", which is that of the corpus\'s own '
                "translation.",
                next_step="Rename one: --name is for the corpus's own.",
            )

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems in order, the corpus's own first."""
        return (*([self.own] if self.own else []), *self.others)

    @property
    def is_for_appraise(self) -> bool:
        """Whether Appraise's names of both languages are known."""
        return {self.header.source_language, self.header.target_language} <= set(APPRAISE_LANGUAGES)

    @property
    def source_file(self) -> str:
        """The name of the file of sources: "source.de"."""
        return f"source.{self.header.source_language}"

    @property
    def reference_file(self) -> str:
        """The name of the file of references: "reference.en"."""
        return f"reference.{self.header.target_language}"

    def hypothesis_file(self, system: str) -> str:
        """Return the name of a system's file: "hypothesis.NAME.en"."""
        return f"hypothesis.{system}.{self.header.target_language}"

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files, the manifest last."""
        systems = self.systems
        names = [self.source_file, DOCIDS, *map(self.hypothesis_file, systems)]
        if self.has_reference:
            names.append(self.reference_file)
        names += [UNITS, WMT]
        names += [f"{kind}.{system}.jsonl" for system in systems for kind in ("metricx", "comet")]
        names += [ESA] if systems else []
        names += [APPRAISE] if systems and self.is_for_appraise else []
        return (*names, WITHOUT_REFERENCE, MANIFEST)

    def hypotheses(self, unit: Unit, number: int) -> dict[str, str]:
        """Return what each system has for the unit in line `number` (from 1)."""
        own = {self.own: unit.target} if self.own else {}
        return own | {name: lines[number - 1] for name, lines in self.others.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a hand-off, as each file that has it must give it back."""

    docid: str
    source: str
    reference: str | None
    hypotheses: tuple[tuple[str, str], ...]


def line_of(plan: Plan, unit: Unit, number: int) -> Line:
    """Return the line of a unit."""
    reference = unit.reference if plan.has_reference else None
    return Line(unit.docid, unit.source, reference, tuple(plan.hypotheses(unit, number).items()))
