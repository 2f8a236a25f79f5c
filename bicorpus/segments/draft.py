"""An article on its way through the rules: its pieces and what is known of their kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bicorpus.data import SegmentKind as Kind
from bicorpus.data import Span
from bicorpus.segments.features import is_sentence
from bicorpus.segments.lexicon import Lexicon
from bicorpus.segments.pieces import Piece


class Draft:
    """An article on its way through the chain: its pieces and the kinds found so far."""

    def __init__(self, pieces: list[Piece], lexicon: Lexicon) -> None:
        self.pieces = pieces
        self.lexicon = lexicon
        self.kinds: list[Kind | None] = [piece.kind for piece in pieces]

    def undecided(self) -> Iterator[tuple[int, Piece]]:
        """Yield index and piece wherever no rule has spoken."""
        for index, piece in enumerate(self.pieces):
            if self.kinds[index] is None:
                yield index, piece

    def kind(self, index: int) -> Kind | None:
        """Return the kind at `index`, None where it is open or there is no such piece."""
        return self.kinds[index] if 0 <= index < len(self.kinds) else None

    def text(self, index: int) -> str:
        """Return the text at `index`, empty where there is no such piece."""
        return self.pieces[index].text if 0 <= index < len(self.pieces) else ""

    def is_running(self, index: int) -> bool:
        """Whether the piece is running text as far as is known."""
        if not 0 <= index < len(self.pieces):
            return False
        kind = self.kinds[index]
        return kind is Kind.BODY or (kind is None and is_sentence(self.text(index)))

    def split(self, index: int, cut: int) -> None:
        """Cut the piece at `index` in two; `cut` counts code points of its text."""
        piece = self.pieces[index]
        head, tail = piece.text[:cut].rstrip(), piece.text[cut:]
        start = piece.span.start
        self.pieces[index : index + 1] = [
            replace(piece, span=Span(start, start + len(head)), text=head),
            replace(piece, span=Span(start + cut, piece.span.end), text=tail, glued=True),
        ]
        self.kinds.insert(index, self.kinds[index])

    def first_running(self) -> int:
        """Return the index of the first piece of running text, or the number of pieces."""
        count = len(self.pieces)
        return next((index for index in range(count) if self.is_running(index)), count)
