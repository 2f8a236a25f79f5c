"""The encoder's training: its batches, its losses, its queue of earlier vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from training.encoder_batches import PairBatch, batches_of_epoch, make_batch
from training.encoder_links import LinkTable
from training.encoder_losses import encoder_loss
from training.encoder_network import Encoder
from training.encoder_packaging import read_weights
from training.encoder_queue import VectorQueue
from training.encoder_settings import EncoderSettings
from training.learner import Learner, Place, precision
from training.packing import Numbers, Packed


@dataclass
class EncoderProgress(Place):
    """Where the training is; enough to find the next batch again."""

    pairs: int = 0
    epoch: int = 0
    batch: int = 0


@dataclass(frozen=True)
class EncoderReport:
    """What one log line tells; losses are means over the steps since the last line."""

    step: int
    pairs: int
    minutes: float
    rate: float
    words: float
    sentences: float
    agreement: float
    links: float
    scale: float
    pairs_a_second: float


class EncoderTrainer(Learner[Encoder, EncoderProgress, EncoderReport]):
    """The encoder's training."""

    settings: EncoderSettings

    def __init__(
        self,
        settings: EncoderSettings,
        packed: Packed,
        vocabulary: Any,
        *,
        teacher: LinkTable | None = None,
        device: str = "cpu",
    ) -> None:
        if settings.loss.links > 0 and teacher is None:
            raise ValueError("The setting [loss] links needs the links of a teacher.")
        torch.manual_seed(settings.training.seed)
        model = Encoder(settings.model, scale=settings.loss.scale)
        super().__init__(settings, model, EncoderProgress(), device=device)
        self.packed, self.vocabulary, self.teacher = packed, vocabulary, teacher
        self.queue = VectorQueue(settings.training.queue, settings.model.width, self.device)
        self._batches: list[Numbers] = []
        self._epoch: int | None = None

    def start_from(self, weights: Path) -> list[str]:
        """Take what fits of a translator's weights or of an encoder's folder; return the names."""
        if weights.is_dir():
            taken = self.model.start_from(read_weights(weights))
        else:
            read = {name: value.float() for name, value in load_file(weights).items()}
            taken = self.model.start_from(read)
        self.average_afresh()
        return taken

    def state(self) -> dict[str, Any]:
        """Return what a checkpoint holds, the queue included."""
        return {**super().state(), "queue": self.queue.state()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what a checkpoint holds."""
        super().restore(state)
        self.queue.restore(state["queue"])

    def next_batch(self) -> PairBatch:
        """Give the next batch; its guises are drawn afresh in every epoch."""
        progress = self.progress
        if self._epoch != progress.epoch:
            self._batches = batches_of_epoch(self.packed, self.settings, progress.epoch)
            self._epoch = progress.epoch
        if progress.batch >= len(self._batches):
            progress.epoch, progress.batch = progress.epoch + 1, 0
            return self.next_batch()
        rows = self._batches[progress.batch]
        seed = f"{self.settings.training.seed} {progress.epoch} {progress.batch}"
        progress.batch += 1
        return make_batch(
            self.packed, rows, self.vocabulary, self.settings, seed=seed, teacher=self.teacher
        )

    @property
    def seen(self) -> int:
        """Sentence pairs."""
        return self.progress.pairs

    def learn(self, share: float) -> Sequence[float]:  # noqa: ARG002  -- there is one mix
        """Return the parts of the loss, in the order of `EncoderReport`."""
        batch = self.next_batch()
        tensors = [
            torch.from_numpy(part).to(self.device)
            for part in (batch.source, batch.target, batch.same, batch.links, batch.keys)
        ]
        with precision(self.device):
            loss, parts, vectors = encoder_loss(
                self.model, tensors, self.settings.loss, self.queue.past
            )
        loss.backward()  # type: ignore[no-untyped-call]
        self.queue.push(vectors)
        self.progress.pairs += batch.pairs
        figures: list[float] = parts.tolist()
        return figures

    def tell(self, figures: list[Sequence[float]], seen: int, seconds: float) -> EncoderReport:
        """Return the mean parts of the loss of a step."""
        words, sentences, agreement, links = (
            sum(column) / len(column) for column in zip(*figures, strict=True)
        )
        return EncoderReport(
            step=self.progress.step,
            pairs=self.progress.pairs,
            minutes=self.progress.seconds / 60,
            rate=self.rate,
            words=words,
            sentences=sentences,
            agreement=agreement,
            links=links,
            scale=float(self.model.word_scale.detach().exp()),
            pairs_a_second=seen / seconds,
        )
