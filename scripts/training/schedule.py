"""How far the training is, and the learning rate that goes with it."""

import math
from dataclasses import dataclass

from training.settings import Scheduled


@dataclass(frozen=True)
class Budget:
    """The end of a training run: minutes of work or target tokens, over all its resumes."""

    minutes: float | None = None
    tokens: int | None = None

    def __post_init__(self) -> None:
        if (self.minutes is None) == (self.tokens is None):
            raise ValueError("Give the budget either in minutes or in tokens.")

    def share(self, *, seconds: float, tokens: int) -> float:
        """Tell what share of the budget is used up, from 0 to 1."""
        if self.minutes is not None:
            return min(1.0, seconds / (60 * self.minutes))
        return min(1.0, tokens / (self.tokens or 1))


def learning_rate(training: Scheduled, *, step: int, share: float) -> float:
    """Warm-up, a plateau of `constant` steps, inverse root after it; linear to zero at the end.

    `step` counts from 1; `share` is the used share of the budget.
    """
    plateau = max(training.warm_up, training.constant, 1)
    rate = training.peak_rate * min(1.0, step / max(training.warm_up, 1))
    rate *= min(1.0, math.sqrt(plateau / step))
    left = (1.0 - share) / training.decay_share if training.decay_share > 0 else 1.0
    return rate * min(1.0, left)
