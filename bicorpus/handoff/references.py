"""Where references come from: a corpus of people's translations, or a folder of plain files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Protocol

from bicorpus.counted import counted
from bicorpus.data import Article, Side, Span
from bicorpus.errors import InputError
from bicorpus.evaluate.test_sets import read_lines
from bicorpus.exporters.rows import BeadRow
from bicorpus.handoff.units import Piece

# Another edition of an article shares most of its sentences; other articles share a dateline.
_SAME_TEXT = 0.5


class References(Protocol):
    """Finds what the reference has for a document."""

    def pieces(self, side: Side, rows: Sequence[BeadRow]) -> list[Piece] | None:
        """Return the reference's pieces for the source document, or None where it has none."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What was seen on the way, as sentences for people."""
        ...


@dataclass(frozen=True, slots=True)
class _Known:
    """A document of the reference corpus: its sentences, and its beads by sentence index."""

    document: str
    sentences: tuple[tuple[Span, str], ...]
    beads: tuple[tuple[range, str], ...]


class CorpusReferences:
    """The targets of another corpus over the same documents.

    Documents are the same where their texts are, or else where they share half of their sentences;
    sentences are then brought together by their text.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._by_id: dict[str, _Known] = {}
        self._with: dict[str, set[str]] = defaultdict(set)
        self._added = self._other_text = 0
        for article in articles:
            if article.target is not None:
                self._add(article, article.target)

    def _add(self, article: Article, target: Side) -> None:
        source = article.source
        beads = []
        for bead in article.beads:
            texts = range(bead.target.start, bead.target.end)
            text = " ".join(map(target.sentence_text, texts))
            beads.append((range(bead.source.start, bead.source.end), text))
        known = _Known(source.document.id, _sentences(source), tuple(beads))
        self._by_id[known.document] = known
        for _, text in known.sentences:
            self._with[text].add(known.document)

    def pieces(self, side: Side, rows: Sequence[BeadRow]) -> list[Piece] | None:
        """See `References`; a bead of the reference that adds text of its own has no place."""
        known, places = self._find(side)
        if known is None:
            return None
        del rows
        pieces = []
        for number, (indices, text) in enumerate(known.beads, 1):
            if not indices:
                self._added += 1
                continue
            spans = [places[index] for index in indices if index in places]
            if len(spans) < len(indices):
                self._other_text += 1
                continue
            hull = Span(min(one.start for one in spans), max(one.end for one in spans))
            pieces.append(Piece(hull, number, text))
        return pieces

    def _find(self, side: Side) -> tuple[_Known | None, Mapping[int, Span]]:
        """Return the document, and where its sentences stand in the text of `side`."""
        known = self._by_id.get(side.document.id)
        if known is not None:
            return known, dict(enumerate(span for span, _ in known.sentences))
        own = _sentences(side)
        shared = Counter(name for _, text in own for name in self._with.get(text, ()))
        if not shared:
            return None, {}
        name, count = min(shared.items(), key=lambda one: (-one[1], one[0]))
        if count < _SAME_TEXT * len(own):
            return None, {}
        known = self._by_id[name]
        matcher = SequenceMatcher(
            None, [text for _, text in known.sentences], [text for _, text in own], autojunk=False
        )
        return known, {
            block.a + index: own[block.b + index][0]
            for block in matcher.get_matching_blocks()
            for index in range(block.size)
        }

    @property
    def notes(self) -> tuple[str, ...]:
        """See `References`."""
        said = []
        if self._added:
            said.append(
                f"{counted(self._added, 'bead')} of the reference in no unit: text that was added."
            )
        if self._other_text:
            said.append(
                f"{counted(self._other_text, 'bead')} of the reference in no unit: sentences that "
                "the corpus's edition of the text does not have."
            )
        return tuple(said)


def _sentences(side: Side) -> tuple[tuple[Span, str], ...]:
    text = side.document.text
    return tuple((one.span, " ".join(one.span.of(text).split())) for one in side.sentences)


class FolderReferences:
    """Plain files with a line for each bead of a document, named as the document's file is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_stem: dict[str, list[Path]] = defaultdict(list)
        self._unused: set[Path] = set()
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                self._unused.add(path)
                for stem in {path.stem, path.name.partition(".")[0]}:
                    self._by_stem[stem].append(path)
        self._notes: list[str] = []

    def pieces(self, side: Side, rows: Sequence[BeadRow]) -> list[Piece] | None:
        """See `References`; raises InputError where lines and beads are not equally many."""
        path = self._find(side.document.origin)
        if path is None:
            return None
        self._unused.discard(path)
        lines = read_lines(path, self._notes)
        own = [row for row in rows if row.source_span is not None]
        if len(lines) != len(own):
            raise InputError(
                f'"{path}" has {counted(len(lines), "line")}, but "{side.document.origin}" '
                f"has {counted(len(own), 'bead')} with a source.",
                next_step="Write a line for each bead of the document, as `bicorpus export "
                "--format tsv` lists them; an empty one where there is no translation.",
            )
        return [
            Piece(row.source_span, number, line)
            for number, (row, line) in enumerate(zip(own, lines, strict=True), 1)
            if row.source_span is not None
        ]

    def _find(self, origin: str) -> Path | None:
        exact = self._folder / origin
        if exact in self._unused:
            return exact
        name = Path(origin).name
        for stem in dict.fromkeys((Path(name).stem, name.partition(".")[0])):
            found = self._by_stem.get(stem, [])
            if len(found) > 1:
                raise InputError(
                    f'"{found[0]}" and "{found[1]}" are both named as "{origin}" is.',
                    next_step="Leave one file for each document in the folder.",
                )
            if found:
                return found[0]
        return None

    @property
    def notes(self) -> tuple[str, ...]:
        """See `References`."""
        said = list(dict.fromkeys(self._notes))
        if self._unused:
            example = min(self._unused).name
            said.append(
                f"{counted(len(self._unused), 'file')} of the reference named as no document is, "
                f'such as "{example}".'
            )
        return tuple(said)
