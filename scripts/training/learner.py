"""What every long training has: an average, optimisers, a checkpoint, a budget."""

import contextlib
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import torch
from torch import Tensor, nn

from training.optimisers import Chosen, optimisers_of
from training.schedule import Budget, learning_rate
from training.settings import ModelSettings, Scheduled, SettingsError


class Optimised(Scheduled, Chosen, Protocol):
    """Training settings that the optimisers, the average and the checkpoints ask for."""

    @property
    def clip(self) -> float:
        """The greatest norm of a gradient."""
        ...

    @property
    def average(self) -> float:
        """The decay of the running average of the weights."""
        ...

    @property
    def checkpoint_minutes(self) -> float:
        """Minutes between two checkpoints."""
        ...


class Configured(Protocol):
    """A configuration of a network and its training, as a dataclass."""

    @property
    def model(self) -> ModelSettings:
        """The shape of the network."""
        ...

    @property
    def training(self) -> Optimised:
        """The optimiser and its schedule."""
        ...


@dataclass
class Place:
    """Where a training is: the steps and the time that it took so far."""

    step: int = 0
    seconds: float = 0.0


Network = TypeVar("Network", bound=nn.Module)
Where = TypeVar("Where", bound=Place)
Told = TypeVar("Told")


class Learner(ABC, Generic[Network, Where, Told]):
    """A network, its running average, its optimisers and its place: one state, written at any step.

    A kind of training says what a step is, what it has seen, and what a line of its log tells.
    """

    settings: Configured

    def __init__(
        self, settings: Configured, model: Network, progress: Where, *, device: str = "cpu"
    ) -> None:
        training = settings.training
        self.settings, self.progress, self.device = settings, progress, torch.device(device)
        self.model = model.to(self.device)
        self.average = self._copied()
        self.optimisers = optimisers_of(self.model, training)

    @property
    @abstractmethod
    def seen(self) -> int:
        """How much was learned from so far, in the unit of the budget: tokens or pairs."""

    @abstractmethod
    def learn(self, share: float) -> Sequence[float]:
        """Add up the gradients of one step, at this share of the budget; return its figures."""

    @abstractmethod
    def tell(self, figures: list[Sequence[float]], seen: int, seconds: float) -> Told:
        """Return a line of the log on the steps since the last: their figures, what was seen."""

    def run(
        self,
        budget: Budget,
        checkpoint: Path,
        report: Callable[[Told], None],
        *,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Train until the budget is used up, or `stopped` says so after a step; then save."""
        every = self.settings.training.checkpoint_minutes * 60
        began = since = time.monotonic()
        before, seen = self.progress.seconds, self.seen
        figures: list[Sequence[float]] = []
        while (share := budget.share(seconds=self.progress.seconds, tokens=self.seen)) < 1.0:
            figures.append(self.step(share))
            now = time.monotonic()
            self.progress.seconds = before + now - began
            if stopped():
                break
            if now - since >= every:
                self.save(checkpoint)
                report(self.tell(figures, self.seen - seen, now - since))
                # A report's own measurements are no training time, but they use up minutes.
                figures.clear()
                since, seen = time.monotonic(), self.seen
        self.save(checkpoint)
        if figures:
            report(self.tell(figures, self.seen - seen, time.monotonic() - since))

    def step(self, share: float) -> Sequence[float]:
        """One update; return its figures."""
        training, progress = self.settings.training, self.progress
        progress.step += 1
        rate = learning_rate(training, step=progress.step, share=share)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate
        figures = self.learn(share)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), training.clip)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        # A young average would still hold the weights that it started from.
        self._follow(min(training.average, (1 + progress.step) / (10 + progress.step)))
        return figures

    @property
    def rate(self) -> float:
        """The learning rate of the last step."""
        return float(self.optimisers[0].param_groups[0]["lr"])

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        beside = path.with_name(path.name + ".part")
        torch.save(self.state(), beside)
        beside.replace(path)

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint of a model of the same shape, trained by the same optimiser.

        Raises SettingsError where the checkpoint is of another.
        """
        state: dict[str, Any] = torch.load(path, map_location=self.device, weights_only=True)
        if state["settings"]["model"] != asdict(self.settings.model):
            raise SettingsError(f'The checkpoint "{path}" is of a model of another shape.')
        own, its = self.settings.training.optimiser, state["settings"]["training"].get("optimiser")
        if own != its or "optimisers" not in state:
            raise SettingsError(
                f'The checkpoint "{path}" is of a training with another optimiser: export it, and '
                "begin a training from its weights."
            )
        self.restore(state)

    def state(self) -> dict[str, Any]:
        """Return what a checkpoint holds."""
        return {
            "settings": asdict(self.settings),  # type: ignore[call-overload]
            "progress": asdict(self.progress),
            "model": self._values(),
            "average": self.average,
            "optimisers": [one.state_dict() for one in self.optimisers],
            "random": torch.get_rng_state(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what a checkpoint holds."""
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        for one, its in zip(self.optimisers, state["optimisers"], strict=True):
            one.load_state_dict(its)
        self.progress = type(self.progress)(**state["progress"])
        torch.set_rng_state(state["random"].cpu())

    def average_afresh(self) -> None:
        """Let the average begin at the weights as they are now."""
        self.average = self._copied()

    def _copied(self) -> dict[str, Tensor]:
        return {name: value.clone() for name, value in self._values().items()}

    def _values(self) -> dict[str, Tensor]:
        return {name: value.detach() for name, value in self.model.named_parameters()}

    @torch.no_grad()
    def _follow(self, decay: float) -> None:
        names, values = list(self.average), self._values()
        torch._foreach_lerp_(
            [self.average[name] for name in names], [values[name] for name in names], 1 - decay
        )


def averaged(
    checkpoint: Path, kind: Callable[[ModelSettings], Network]
) -> tuple[Network, dict[str, Any]]:
    """Load a checkpoint's averaged network, with the settings and progress that it had."""
    state: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = kind(ModelSettings(**state["settings"]["model"]))
    model.load_state_dict(state["average"])
    return model.eval(), {"settings": state["settings"], "progress": state["progress"]}


def precision(device: torch.device) -> contextlib.AbstractContextManager[Any]:
    """bfloat16 where matrices are multiplied on a GPU; plain float32 on a CPU."""
    if device.type == "cuda":
        return torch.autocast("cuda", dtype=torch.bfloat16)
    return contextlib.nullcontext()


def merge_weights(model: nn.Module, others: Sequence[Mapping[str, Tensor]]) -> None:
    """Replace the weights of `model` by their mean with those of `others`, by name.

    Of models trained one from the other, the mean is better than each (Wortsman et al., 2022): of
    the translator's 0.4 and what was trained on from it, by half a BLEU on newstest2015. A weight
    that another one lacks is the mean of those that have it.
    """
    with torch.no_grad():
        for name, value in model.named_parameters():
            rows = [value, *(one[name].float() for one in others if name in one)]
            value.copy_(torch.stack(rows).mean(dim=0))
