"""What turns the states of a text's pieces into its vector, as sentence-transformers lays it out.

A folder with `modules.json` names its steps behind the network: pooling (mean, maximum, first
piece, or several of them side by side), dense layers, normalising. LaBSE, for one, takes the first
piece through a dense layer; its plain mean is another and a worse vector. A folder without the file
means the mean.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bicorpus.embedders.pooling import ORDER, Part
from bicorpus.errors import ModelError

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Rows = NDArray[numpy.float64]

FILE = "modules.json"
Step = Callable[["Rows"], "Rows"]
_POOLINGS: dict[str, Part] = {"mean": "mean", "mean_tokens": "mean", "cls": "first",
                              "cls_token": "first", "max": "max", "max_tokens": "max"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SentenceModules:
    """The pooling, the steps behind it on float64 [texts, d], and what tells them from others."""

    pooling: tuple[Part, ...] = ("mean",)
    steps: tuple[Step, ...] = ()
    signature: str = "pool:mean"
    width: int | None = None


def read_modules(folder: Path) -> SentenceModules:
    """Return the steps of an encoder's folder.

    Raises ModelError where one is of a kind that is not known here, or its files are not whole.
    """
    if not (folder / FILE).is_file():
        return SentenceModules()
    try:
        return _follow(folder)
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise ModelError(
            f'"{folder / FILE}" cannot be followed: {reason}.',
            next_step="Save the encoder again, whole; without that file the mean is taken.",
        ) from reason


def _follow(folder: Path) -> SentenceModules:
    pooling: tuple[Part, ...] = ("mean",)
    steps: list[Step] = []
    width: int | None = None
    digest = hashlib.sha256()
    for module in json.loads((folder / FILE).read_text("utf-8")):
        kind, place = str(module["type"]).rpartition(".")[2], folder / str(module["path"])
        digest.update(kind.encode())
        if kind == "Pooling":
            pooling = _pooling(place)
        elif kind == "Dense":
            step, width = _dense(place, digest)
            steps.append(step)
        elif kind == "Normalize":
            steps.append(normalised)
        elif kind != "Transformer":
            raise ValueError(f'the module "{kind}" is not known')
    signature = f"pool:{'+'.join(pooling)},modules:{digest.hexdigest()[:12]}"
    return SentenceModules(pooling, tuple(steps), signature, width)


def normalised(rows: Rows) -> Rows:
    """Return rows of length one; zeros stay zeros."""
    import numpy

    lengths = numpy.linalg.norm(rows, axis=1, keepdims=True)
    units: Rows = rows / numpy.where(lengths > 0, lengths, 1.0)
    return units


def _pooling(place: Path) -> tuple[Part, ...]:
    settings: dict[str, Any] = json.loads((place / "config.json").read_text("utf-8"))
    chosen = settings.get("pooling_mode")
    modes = [chosen] if isinstance(chosen, str) else chosen
    if modes is None:  # as folders had it before sentence-transformers 5.4
        modes = [
            name.removeprefix("pooling_mode_")
            for name, value in settings.items()
            if name.startswith("pooling_mode_") and value
        ]
    if not modes or any(mode not in _POOLINGS for mode in modes):
        raise ValueError(f'the pooling "{", ".join(modes)}" is not known')
    return tuple(sorted({_POOLINGS[mode] for mode in modes}, key=ORDER.index))


def _dense(place: Path, digest: Any) -> tuple[Step, int]:
    import numpy
    from safetensors.numpy import load_file

    settings: dict[str, Any] = json.loads((place / "config.json").read_text("utf-8"))
    activation = str(settings.get("activation_function", "Identity")).rpartition(".")[2]
    if activation not in {"Identity", "Tanh"}:
        raise ValueError(f'the activation "{activation}" is not known')
    tensors = load_file(place / "model.safetensors")
    digest.update(activation.encode())
    weight = tensors["linear.weight"].astype(numpy.float64)
    bias = tensors.get("linear.bias", numpy.zeros(len(weight))).astype(numpy.float64)
    for part in (weight, bias):
        digest.update(part.tobytes())

    def step(rows: Rows) -> Rows:
        moved: Rows = rows @ weight.T + bias
        return numpy.tanh(moved) if activation == "Tanh" else moved

    return step, len(weight)
