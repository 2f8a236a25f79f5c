"""What the encoder's configuration file says, checked as it is read."""

from dataclasses import dataclass, field
from pathlib import Path

from training.settings import (
    AugmentationSettings,
    DataSettings,
    ModelSettings,
    read_file,
)


@dataclass(frozen=True)
class NoiseSettings:
    """Chances that a sentence comes in another guise, and the share of altered copies."""

    tokenised: float = 0.4  # both sides, blanks around every mark, as word gold is written
    one_tokenised: float = 0.1  # one side alone
    lower: float = 0.05  # a side
    upper: float = 0.03  # both sides
    altered: float = 0.12  # copies a pair whose English says something else


@dataclass(frozen=True)
class LossSettings:
    """How much each part of the loss counts, and where the temperatures start."""

    words: float = 1.0
    sentences: float = 0.5
    agreement: float = 0.3
    links: float = 0.0
    scale: float = 30.0
    maximum_scale: float = 60.0


@dataclass(frozen=True)
class EncoderTrainingSettings:
    """The optimiser and its schedule."""

    seed: int = 20261122
    batch_tokens: int = 2300
    queue: int = 0  # pairs of earlier batches that serve as negatives, too
    optimiser: str = "adamw"  # or "muon", for the matrices
    peak_rate: float = 5e-4
    warm_up: int = 200
    constant: int = 0
    decay_share: float = 0.5
    weight_decay: float = 0.01
    clip: float = 1.0
    average: float = 0.998
    checkpoint_minutes: float = 5.0


@dataclass(frozen=True)
class EncoderSettings:
    """A whole configuration of the encoder."""

    name: str
    model: ModelSettings
    data: DataSettings
    augmentation: AugmentationSettings
    noise: NoiseSettings
    loss: LossSettings
    training: EncoderTrainingSettings
    mix: dict[str, float] = field(default_factory=dict)

    def weight(self, corpus: str, *, news: bool) -> float:  # noqa: ARG002  -- there is one mix
        """How often each pair of `corpus` is seen in one epoch."""
        return self.mix.get(corpus, self.mix.get("other", 0.0))


SECTIONS = {
    "model": ModelSettings,
    "data": DataSettings,
    "augmentation": AugmentationSettings,
    "noise": NoiseSettings,
    "loss": LossSettings,
    "training": EncoderTrainingSettings,
}


def read_encoder_settings(path: Path) -> EncoderSettings:
    """Read a configuration file; an unknown section or setting is an error."""
    plain, made = read_file(path, SECTIONS)
    return EncoderSettings(name=plain.get("name", path.stem), mix=plain.get("mix", {}), **made)
