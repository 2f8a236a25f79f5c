"""The optimisers of a training: AdamW, or Muon for the matrices with AdamW for the rest."""

import math
from collections.abc import Callable
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from training.settings import SettingsError

ADAMW, MUON = "adamw", "muon"
KINDS = (ADAMW, MUON)
DESCRIPTIONS = {
    ADAMW: "AdamW (0.9, 0.98)",
    MUON: "Muon (0.95) for the matrices and AdamW (0.9, 0.98) for the rest",
}

# Five steps towards the orthogonal factor, each the best for what the one before it leaves (Amsel
# et al., 2025, "The Polar Express", for singular values from 0.001 to 1).
_POLYNOMIALS = (
    (8.28721201814563, -23.595886519098837, 17.300387312530933),
    (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
    (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
    (3.3184196573706015, -2.488488024314874, 0.51004894012372),
    (2.300652019954817, -1.6689039845747493, 0.4188073119525673),
)
# The norm is a little too great, so that rounding leaves no singular value above 1.
_MARGIN = 1.02
# Steps as long, in the root of their mean square, as AdamW's are: one rate serves both.
_LIKE_ADAMW = 0.2


class Chosen(Protocol):
    """Training settings that choose the optimiser."""

    @property
    def optimiser(self) -> str:
        """One of `KINDS`."""
        ...

    @property
    def peak_rate(self) -> float:
        """The greatest rate."""
        ...

    @property
    def weight_decay(self) -> float:
        """AdamW's weight decay."""
        ...


def optimisers_of(model: nn.Module, training: Chosen) -> list[torch.optim.Optimizer]:
    """Return the optimisers that share the parameters of a model between them.

    Raises SettingsError for a kind that is not known.
    """
    if training.optimiser not in KINDS:
        raise SettingsError(
            f'The setting "optimiser" is "{training.optimiser}"; it may be: {", ".join(KINDS)}.'
        )
    matrices: dict[str, Tensor] = {}
    if training.optimiser == MUON:
        matrices = {
            f"{name}.weight": module.weight
            for name, module in model.named_modules()
            if isinstance(module, nn.Linear)
        }
    others = [value for name, value in model.named_parameters() if name not in matrices]
    adamw = torch.optim.AdamW(
        others,
        lr=training.peak_rate,
        betas=(0.9, 0.98),
        eps=1e-8,
        weight_decay=training.weight_decay,
        fused=True,
    )
    if not matrices:
        return [adamw]
    whole = [value for name, value in matrices.items() if not _is_stacked(name)]
    stacked = [value for name, value in matrices.items() if _is_stacked(name)]
    groups = [{"params": whole, "blocks": 1}, {"params": stacked, "blocks": 2}]
    return [adamw, Muon([one for one in groups if one["params"]], rate=training.peak_rate)]


def _is_stacked(name: str) -> bool:
    """Keys and values are one matrix in the network, but two things to learn."""
    return name.split(".")[-2:] == ["kv", "weight"]


class Muon(torch.optim.Optimizer):
    """Steps along the orthogonal matrix that is nearest to the momentum (Jordan et al., 2024).

    Every direction of a matrix is learned at the same pace, the rare ones, too: what it brings the
    translator is in docs/training.md. torch.optim.Muon counts in bfloat16, which an ordinary
    processor only imitates: 15.9 s a step for the small translator's matrices against 0.5 s here.
    """

    def __init__(self, groups: Any, *, rate: float, momentum: float = 0.95) -> None:
        """Take groups with `params`, matrices, and `blocks`, how many stand above each other."""
        super().__init__(groups, {"lr": rate, "momentum": momentum, "blocks": 1})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """Move every matrix that has a gradient; return what `closure`, if any, returns."""
        with torch.enable_grad():
            loss = None if closure is None else closure()
        for group in self.param_groups:
            for matrix in group["params"]:
                if matrix.grad is not None:
                    self._move(matrix, group)
        return loss

    def _move(self, matrix: Tensor, group: dict[str, Any]) -> None:
        state, decay = self.state[matrix], group["momentum"]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(matrix)
        momentum: Tensor = state["momentum"].lerp_(matrix.grad, 1 - decay)
        ahead = torch.lerp(matrix.grad, momentum, decay)  # type: ignore[arg-type]
        for part, along in zip(
            matrix.chunk(group["blocks"]), ahead.chunk(group["blocks"]), strict=True
        ):
            length = _LIKE_ADAMW * math.sqrt(max(part.shape))
            part.add_(orthogonal(along), alpha=-group["lr"] * length)


def orthogonal(matrix: Tensor) -> Tensor:
    """Return the matrix [n, m] with all its singular values near 1; zero stays zero."""
    is_tall = matrix.shape[0] > matrix.shape[1]
    one: Tensor = matrix.T if is_tall else matrix
    one = one / (one.norm() * _MARGIN + 1e-7)
    for first, third, fifth in _POLYNOMIALS:
        square = one @ one.T
        one = first * one + (third * square + fifth * (square @ square)) @ one
    return one.T if is_tall else one
