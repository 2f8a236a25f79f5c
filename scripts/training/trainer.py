"""The translator's training: its batches, its loss, its turn to news."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from training.learner import Learner, Place, precision
from training.network import Translator
from training.packing import Batch, Numbers, Packed, batches_of, gather
from training.settings import Settings


@dataclass
class Progress(Place):
    """Where the training is; enough to find the next batch again."""

    tokens: int = 0
    news: bool = False
    epoch: int = 0
    batch: int = 0


@dataclass(frozen=True)
class Report:
    """What one log line tells; losses are means over the tokens since the last line."""

    step: int
    tokens: int
    minutes: float
    rate: float
    smoothed_loss: float
    loss: float
    tokens_a_second: float
    mix: str


class Trainer(Learner[Translator, Progress, Report]):
    """The translator's training."""

    settings: Settings

    def __init__(self, settings: Settings, packed: Packed, *, device: str = "cpu") -> None:
        torch.manual_seed(settings.training.seed)
        super().__init__(settings, Translator(settings.model), Progress(), device=device)
        self.packed = packed
        self._batches: list[Numbers] = []
        self._order: tuple[bool, int] | None = None

    def start_from(self, weights: Path) -> None:
        """Take the weights of a safetensors file; the optimiser starts afresh."""
        read = {name: value.float() for name, value in load_file(weights).items()}
        self.model.load_state_dict(read)
        self.average_afresh()

    def next_batch(self, share: float) -> Batch:
        """Give the next batch; past the turn to news, the first of that mix."""
        progress = self.progress
        news = share >= 1.0 - self.settings.training.news_share
        if news and not progress.news:
            progress.news, progress.epoch, progress.batch = True, 0, 0
        if self._order == (progress.news, progress.epoch) and progress.batch >= len(self._batches):
            progress.epoch, progress.batch = progress.epoch + 1, 0
        if self._order != (progress.news, progress.epoch):
            self._order = (progress.news, progress.epoch)
            self._batches = list(
                batches_of(self.packed, self.settings, news=progress.news, epoch=progress.epoch)
            )
            if progress.batch >= len(self._batches):  # resumed at the very end of an epoch
                return self.next_batch(share)
        rows = self._batches[progress.batch]
        progress.batch += 1
        return gather(self.packed, rows)

    @property
    def seen(self) -> int:
        """Target tokens."""
        return self.progress.tokens

    def learn(self, share: float) -> Sequence[float]:
        """Return the sums of smoothed and of plain loss over the tokens of the step."""
        batches = [self.next_batch(share) for _ in range(self.settings.training.accumulation)]
        tokens = sum(batch.tokens for batch in batches)
        sums = torch.zeros(2, device=self.device)
        for batch in batches:
            losses = self._losses(batch)
            (losses[0] / tokens).backward()  # type: ignore[no-untyped-call]
            sums += losses.detach()
        self.progress.tokens += tokens
        figures: list[float] = sums.tolist()
        return figures

    def _losses(self, batch: Batch) -> Tensor:
        source, target, labels = (
            torch.from_numpy(side).to(self.device, non_blocking=True)
            for side in (batch.source, batch.target, batch.labels)
        )
        with precision(self.device):
            losses: Tensor = self.model(source, target, labels, self.settings.training)
        return losses

    def tell(self, figures: list[Sequence[float]], seen: int, seconds: float) -> Report:
        """Return the mean losses of a token."""
        smoothed, plain = (sum(column) / seen for column in zip(*figures, strict=True))
        return Report(
            step=self.progress.step,
            tokens=self.progress.tokens,
            minutes=self.progress.seconds / 60,
            rate=self.rate,
            smoothed_loss=smoothed,
            loss=plain,
            tokens_a_second=seen / seconds,
            mix="news" if self.progress.news else "broad",
        )
