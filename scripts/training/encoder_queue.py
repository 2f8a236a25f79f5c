"""Sentence vectors of the last batches: far more negatives than a batch holds.

A batch on a processor has a hundred pairs of like length; a reference is looked for among
thousands of all lengths, where some vectors are near to everything. After MoCo (He et al. 2020),
without its second model: the rate is small, and what is a few dozen steps old still holds.
"""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass
class Past:
    """Unit vectors [filled, width] of pairs seen before, and keys [filled, 2] of their texts."""

    source: Tensor
    target: Tensor
    keys: Tensor


class VectorQueue:
    """The last `size` pairs of vectors."""

    def __init__(self, size: int, width: int, device: torch.device) -> None:
        self.size = size
        self.past = Past(
            torch.zeros(0, width, device=device),
            torch.zeros(0, width, device=device),
            torch.zeros(0, 2, dtype=torch.long, device=device),
        )

    def push(self, new: Past) -> None:
        """Take the vectors of a batch; the oldest make room."""
        joined = [
            torch.cat([kept, own.detach().to(kept.dtype)])
            for kept, own in zip(vars(self.past).values(), vars(new).values(), strict=True)
        ]
        self.past = Past(*(rows[max(0, len(rows) - self.size) :] for rows in joined))

    def state(self) -> dict[str, Tensor]:
        """Return what a checkpoint keeps."""
        return dict(vars(self.past))

    def restore(self, state: dict[str, Tensor]) -> None:
        """Take back what `state` gave."""
        self.past = Past(**state)
