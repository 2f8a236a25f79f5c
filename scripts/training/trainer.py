"""The training loop: one state that can be written at any step and gone on from."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from training.network import Translator
from training.packing import Batch, Numbers, Packed, batches_of, gather
from training.schedule import Budget, learning_rate
from training.settings import ModelSettings, Settings


@dataclass
class Progress:
    """Where the training is; enough to find the next batch again."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
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


class Trainer:
    """Model, running average, optimiser and position in the data."""

    def __init__(self, settings: Settings, packed: Packed, *, device: str = "cpu") -> None:
        torch.manual_seed(settings.training.seed)
        self.settings, self.packed, self.device = settings, packed, torch.device(device)
        self.progress = Progress()
        self.model = Translator(settings.model).to(self.device)
        self.average = {name: value.clone() for name, value in self._values().items()}
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(),
            lr=settings.training.peak_rate,
            betas=(0.9, 0.98),
            eps=1e-8,
            weight_decay=settings.training.weight_decay,
            fused=True,
        )
        self._batches: list[Numbers] = []
        self._order: tuple[bool, int] | None = None

    def _values(self) -> dict[str, Tensor]:
        return {name: value.detach() for name, value in self.model.named_parameters()}

    def start_from(self, weights: Path) -> None:
        """Take the weights of a safetensors file; the optimiser starts afresh."""
        read = {name: value.float() for name, value in load_file(weights).items()}
        self.model.load_state_dict(read)
        self.average = {name: value.clone() for name, value in self._values().items()}

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {
            "settings": asdict(self.settings),
            "progress": asdict(self.progress),
            "model": self._values(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "random": torch.get_rng_state(),
        }
        beside = path.with_name(path.name + ".part")
        torch.save(state, beside)
        beside.replace(path)

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint of the same configuration."""
        state: dict[str, Any] = torch.load(path, map_location=self.device, weights_only=True)
        if state["settings"]["model"] != asdict(self.settings.model):
            raise ValueError(f'The checkpoint "{path}" is of a model of another shape.')
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.progress = Progress(**state["progress"])
        torch.set_rng_state(state["random"].cpu())

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

    def step(self, budget: Budget) -> tuple[float, float, int]:
        """One update: sum of smoothed loss, of plain loss, and the target tokens seen."""
        training, progress = self.settings.training, self.progress
        share = budget.share(seconds=progress.seconds, tokens=progress.tokens)
        progress.step += 1
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(training, step=progress.step, share=share)
        batches = [self.next_batch(share) for _ in range(training.accumulation)]
        tokens = sum(batch.tokens for batch in batches)
        sums = torch.zeros(2, device=self.device)
        for batch in batches:
            losses = self._losses(batch)
            (losses[0] / tokens).backward()  # type: ignore[no-untyped-call]
            sums += losses.detach()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), training.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._follow(min(training.average, (1 + progress.step) / (10 + progress.step)))
        progress.tokens += tokens
        smoothed, plain = sums.tolist()
        return smoothed, plain, tokens

    def _losses(self, batch: Batch) -> Tensor:
        source, target, labels = (
            torch.from_numpy(side).to(self.device, non_blocking=True)
            for side in (batch.source, batch.target, batch.labels)
        )
        with precision(self.device):
            losses: Tensor = self.model(source, target, labels, self.settings.training)
        return losses

    @torch.no_grad()
    def _follow(self, decay: float) -> None:
        names = list(self.average)
        values = self._values()
        torch._foreach_lerp_(
            [self.average[name] for name in names], [values[name] for name in names], 1 - decay
        )

    def run(
        self,
        budget: Budget,
        checkpoint: Path,
        report: Callable[[Report], None],
        *,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Train until the budget is used up, or `stopped` says so after a step; then save."""
        every = self.settings.training.checkpoint_minutes * 60
        sums, since, began = [0.0, 0.0, 0], time.monotonic(), time.monotonic()
        before = self.progress.seconds
        while budget.share(seconds=self.progress.seconds, tokens=self.progress.tokens) < 1.0:
            sums = [a + b for a, b in zip(sums, self.step(budget), strict=True)]
            now = time.monotonic()
            self.progress.seconds = before + now - began
            if stopped():
                break
            if now - since >= every:
                self.save(checkpoint)
                report(self._report(sums, now - since))
                # The report's own measurements are no training time, but they use up minutes.
                sums, since = [0.0, 0.0, 0], time.monotonic()
        self.save(checkpoint)
        if sums[2]:
            report(self._report(sums, time.monotonic() - since))

    def _report(self, sums: list[float], seconds: float) -> Report:
        smoothed, plain, tokens = sums
        return Report(
            step=self.progress.step,
            tokens=self.progress.tokens,
            minutes=self.progress.seconds / 60,
            rate=float(self.optimiser.param_groups[0]["lr"]),
            smoothed_loss=smoothed / tokens,
            loss=plain / tokens,
            tokens_a_second=tokens / seconds,
            mix="news" if self.progress.news else "broad",
        )


def averaged_model(checkpoint: Path) -> tuple[Translator, dict[str, Any]]:
    """Load a checkpoint's averaged model, with the settings and progress that it had."""
    state: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = Translator(ModelSettings(**state["settings"]["model"]))
    model.load_state_dict(state["average"])
    return model.eval(), {"settings": state["settings"], "progress": state["progress"]}


def precision(device: torch.device) -> contextlib.AbstractContextManager[Any]:
    """bfloat16 where matrices are multiplied on a GPU; plain float32 on a CPU."""
    if device.type == "cuda":
        return torch.autocast("cuda", dtype=torch.bfloat16)
    return contextlib.nullcontext()
