"""What the splitter's configuration file says, checked as it is read."""

from dataclasses import dataclass, field
from pathlib import Path

from training.settings import read_file


@dataclass(frozen=True)
class NetworkSettings:
    """The shape of the character network."""

    dilations: list[int]
    embedding: int = 24
    width: int = 64
    kernel: int = 5
    rarest: int = 40  # characters met less often share one number

    @property
    def reach(self) -> int:
        """How many characters are seen on either side."""
        return sum(self.dilations) * (self.kernel - 1) // 2


@dataclass(frozen=True)
class ParagraphSettings:
    """How lines become paragraphs, and the chances that a line is altered."""

    most_lines: int = 8
    longest_line: int = 500
    abbreviation: float = 0.0
    initial: float = 0.0
    number: float = 0.0
    quoted: float = 0.0
    bare: float = 0.0
    other_mark: float = 0.0
    lower: float = 0.0


@dataclass(frozen=True)
class SplitterTrainingSettings:
    """The optimiser and its schedule."""

    seed: int = 20261122
    steps: int = 9000
    rows: int = 32
    window: int = 256
    peak_rate: float = 3e-3
    warm_up: int = 200
    average: float = 0.998
    easy: float = 0.03  # weight in the loss of characters that could end no sentence


@dataclass(frozen=True)
class SplitterSettings:
    """A whole configuration of the splitter."""

    name: str
    language: str
    network: NetworkSettings
    paragraphs: ParagraphSettings
    training: SplitterTrainingSettings
    mix: dict[str, float] = field(default_factory=dict)


SECTIONS = {
    "network": NetworkSettings,
    "paragraphs": ParagraphSettings,
    "training": SplitterTrainingSettings,
}


def read_splitter_settings(path: Path) -> SplitterSettings:
    """Read a configuration file; an unknown section or setting is an error."""
    plain, made = read_file(path, SECTIONS, plain=("name", "language", "mix"))
    return SplitterSettings(
        name=plain.get("name", path.stem),
        language=plain.get("language", "de"),
        mix=plain.get("mix", {}),
        **made,
    )
