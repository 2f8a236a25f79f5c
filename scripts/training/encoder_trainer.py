"""The encoder's training loop: one state that can be written at any step and gone on from."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.encoder_batches import PairBatch, batches_of_epoch, make_batch
from training.encoder_links import LinkTable
from training.encoder_losses import encoder_loss
from training.encoder_network import Encoder
from training.encoder_queue import VectorQueue
from training.encoder_settings import EncoderSettings
from training.packing import Numbers, Packed
from training.schedule import Budget, learning_rate
from training.settings import ModelSettings
from training.trainer import precision


@dataclass
class EncoderProgress:
    """Where the training is; enough to find the next batch again."""

    step: int = 0
    pairs: int = 0
    seconds: float = 0.0
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


class EncoderTrainer:
    """Model, running average, optimiser and position in the data."""

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
        self.settings, self.packed, self.vocabulary = settings, packed, vocabulary
        self.teacher, self.device = teacher, torch.device(device)
        self.progress = EncoderProgress()
        self.model = Encoder(settings.model, scale=settings.loss.scale).to(self.device)
        self.average = {name: value.clone() for name, value in self._values().items()}
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(),
            lr=settings.training.peak_rate,
            betas=(0.9, 0.98),
            eps=1e-8,
            weight_decay=settings.training.weight_decay,
            fused=True,
        )
        self.queue = VectorQueue(settings.training.queue, settings.model.width, self.device)
        self._batches: list[Numbers] = []
        self._epoch: int | None = None

    def _values(self) -> dict[str, Tensor]:
        return {name: value.detach() for name, value in self.model.named_parameters()}

    def start_from(self, weights: Path) -> list[str]:
        """Take what fits from a translator's weights; return the names."""
        taken = self.model.start_from(weights)
        self.average = {name: value.clone() for name, value in self._values().items()}
        return taken

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {
            "settings": asdict(self.settings),
            "progress": asdict(self.progress),
            "model": self._values(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "queue": self.queue.state(),
            "random": torch.get_rng_state(),
        }
        beside = path.with_name(path.name + ".part")
        torch.save(state, beside)
        beside.replace(path)

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint of a model of the same shape."""
        state: dict[str, Any] = torch.load(path, map_location=self.device, weights_only=True)
        if state["settings"]["model"] != asdict(self.settings.model):
            raise ValueError(f'The checkpoint "{path}" is of a model of another shape.')
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.queue.restore(state["queue"])
        self.progress = EncoderProgress(**state["progress"])
        torch.set_rng_state(state["random"].cpu())

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

    def step(self, budget: Budget) -> list[float]:
        """One update: the parts of its loss."""
        training, progress = self.settings.training, self.progress
        share = budget.share(seconds=progress.seconds, tokens=progress.pairs)
        progress.step += 1
        rate = learning_rate(training, step=progress.step, share=share)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
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
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), training.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._follow(min(training.average, (1 + progress.step) / (10 + progress.step)))
        self.queue.push(vectors)
        progress.pairs += batch.pairs
        values: list[float] = parts.tolist()
        return values

    @torch.no_grad()
    def _follow(self, decay: float) -> None:
        names, values = list(self.average), self._values()
        torch._foreach_lerp_(
            [self.average[name] for name in names], [values[name] for name in names], 1 - decay
        )

    def run(
        self,
        budget: Budget,
        checkpoint: Path,
        report: Callable[[EncoderReport], None],
        *,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Train until the budget is used up, or `stopped` says so after a step; then save."""
        every = self.settings.training.checkpoint_minutes * 60
        began = since = time.monotonic()
        before, pairs = self.progress.seconds, self.progress.pairs
        losses: list[list[float]] = []
        while budget.share(seconds=self.progress.seconds, tokens=self.progress.pairs) < 1.0:
            losses.append(self.step(budget))
            now = time.monotonic()
            self.progress.seconds = before + now - began
            if stopped():
                break
            if now - since >= every:
                self.save(checkpoint)
                report(self._report(losses, self.progress.pairs - pairs, now - since))
                losses.clear()
                since, pairs = time.monotonic(), self.progress.pairs
        self.save(checkpoint)
        if losses:
            seconds = time.monotonic() - since
            report(self._report(losses, self.progress.pairs - pairs, seconds))

    def _report(self, losses: list[list[float]], pairs: int, seconds: float) -> EncoderReport:
        words, sentences, agreement, links = (
            sum(column) / len(column) for column in zip(*losses, strict=True)
        )
        return EncoderReport(
            step=self.progress.step,
            pairs=self.progress.pairs,
            minutes=self.progress.seconds / 60,
            rate=float(self.optimiser.param_groups[0]["lr"]),
            words=words,
            sentences=sentences,
            agreement=agreement,
            links=links,
            scale=float(self.model.word_scale.detach().exp()),
            pairs_a_second=pairs / seconds,
        )


def averaged_encoder(checkpoint: Path) -> tuple[Encoder, dict[str, Any]]:
    """Load a checkpoint's averaged model, with the settings and progress that it had."""
    state: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = Encoder(ModelSettings(**state["settings"]["model"]))
    model.load_state_dict(state["average"])
    return model.eval(), {"settings": state["settings"], "progress": state["progress"]}
