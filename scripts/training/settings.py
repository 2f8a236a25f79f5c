"""What a configuration file says, checked as it is read."""

import tomllib
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Protocol


class SettingsError(ValueError):
    """A configuration file says something that the training does not know."""


@dataclass(frozen=True)
class ModelSettings:
    """The shape of the network."""

    encoder_layers: int
    decoder_layers: int
    width: int
    heads: int
    feed_forward: int
    vocabulary: int
    dropout: float = 0.0
    positions: int = 1024


@dataclass(frozen=True)
class DataSettings:
    """What is kept of the parallel text, and how the vocabulary is trained."""

    maximum_pieces: int = 120
    maximum_ratio: float = 2.5
    sentencepiece_lines: int = 1_000_000


@dataclass(frozen=True)
class AugmentationSettings:
    """Chance that a pair gets an altered copy beside it, a kind of alteration each."""

    joined: float = 0.0
    figures: float = 0.0
    capitals: float = 0.0
    quotes: float = 0.0
    nations: float = 0.0
    words: float = 0.0  # other words of the dictionary, where `prepare` has one
    glosses: float = 0.0  # no copy: the pair itself, English beside the words it has seldom


@dataclass(frozen=True)
class TrainingSettings:
    """The optimiser and its schedule."""

    seed: int = 20261122
    batch_tokens: int = 3000
    accumulation: int = 1
    optimiser: str = "adamw"  # or "muon", for the matrices
    peak_rate: float = 7e-4
    warm_up: int = 100
    constant: int = 0
    decay_share: float = 0.4
    label_smoothing: float = 0.1
    frequent: int = 0  # with `sampled` above 0, the loss looks at this many frequent pieces,
    sampled: int = 0  # at those of the batch itself, and at this many of the rest
    weight_decay: float = 0.01
    clip: float = 1.0
    average: float = 0.999
    checkpoint_minutes: float = 15.0
    news_share: float = 0.4


class Seeded(Protocol):
    """Training settings that draw by lot."""

    @property
    def seed(self) -> int:
        """What all drawing begins with."""
        ...


class Scheduled(Protocol):
    """Training settings that say how the learning rate runs."""

    @property
    def peak_rate(self) -> float:
        """The greatest rate."""
        ...

    @property
    def warm_up(self) -> int:
        """Steps up to it."""
        ...

    @property
    def constant(self) -> int:
        """The step up to which it stays."""
        ...

    @property
    def decay_share(self) -> float:
        """The share of the budget over which it falls to zero."""
        ...


class Preparation(Protocol):
    """What the preparation of the text asks of a configuration, the translator's or another."""

    @property
    def model(self) -> ModelSettings:
        """The network, for its vocabulary."""
        ...

    @property
    def data(self) -> DataSettings:
        """What is kept."""
        ...

    @property
    def augmentation(self) -> AugmentationSettings:
        """What is altered."""
        ...

    @property
    def training(self) -> Seeded:
        """The seed."""
        ...

    def weight(self, corpus: str, *, news: bool) -> float:
        """How often each pair of `corpus` is seen in one epoch."""
        ...


@dataclass(frozen=True)
class Settings:
    """A whole configuration: one file a model size."""

    name: str
    model: ModelSettings
    data: DataSettings
    augmentation: AugmentationSettings
    training: TrainingSettings
    broad: dict[str, float] = field(default_factory=dict)
    news: dict[str, float] = field(default_factory=dict)

    def weight(self, corpus: str, *, news: bool) -> float:
        """How often each pair of `corpus` is seen in one epoch of the broad or the news mix."""
        mix = self.news if news else self.broad
        return mix.get(corpus, mix.get("other", 0.0))


def read_section(kind: type[Any], name: str, values: dict[str, Any]) -> Any:
    """Make a section's dataclass of its values; an unknown or a missing setting is an error."""
    known = {item.name for item in fields(kind)}
    for key in values:
        if key not in known:
            raise SettingsError(
                f'The section [{name}] has no setting "{key}"; '
                f"it knows: {', '.join(sorted(known))}."
            )
    for item in fields(kind):
        if item.default is MISSING and item.name not in values:
            raise SettingsError(f'The section [{name}] lacks the setting "{item.name}".')
    return kind(**values)


def read_file(
    path: Path, sections: dict[str, type[Any]], *, plain: tuple[str, ...] = ("name", "mix")
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a configuration file says outside of `sections` by `plain` names, and these.

    Raises SettingsError for a section or setting that is not known, or one that is missing.
    """
    with path.open("rb") as file:
        content = tomllib.load(file)
    for key in content:
        if key not in sections and key not in plain:
            raise SettingsError(f'"{path}" has an unknown section [{key}].')
    made = {key: read_section(kind, key, content.get(key, {})) for key, kind in sections.items()}
    return {key: content[key] for key in plain if key in content}, made


SECTIONS = {
    "model": ModelSettings,
    "data": DataSettings,
    "augmentation": AugmentationSettings,
    "training": TrainingSettings,
}


def read_settings(path: Path) -> Settings:
    """Read a configuration file; an unknown section or setting is an error."""
    plain, made = read_file(path, SECTIONS)
    mix = plain.get("mix", {})
    name = plain.get("name", path.stem)
    return Settings(name=name, broad=mix.get("broad", {}), news=mix.get("news", {}), **made)
