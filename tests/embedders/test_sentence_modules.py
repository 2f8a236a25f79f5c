"""What turns states into a text's vector: folders laid out as sentence-transformers does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy
import pytest
from safetensors.numpy import save_file

from bicorpus.embedders.loading import folder_hash
from bicorpus.embedders.pooling import Pool
from bicorpus.embedders.sentence_modules import read_modules
from bicorpus.errors import ModelError

WEIGHT = numpy.array([[1.0, 2.0], [0.0, 1.0], [3.0, 0.0]], dtype=numpy.float32)
BIAS = numpy.array([0.5, 0.0, -1.0], dtype=numpy.float32)


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), "utf-8")


def make_folder(folder: Path, *kinds: str, pooling: dict[str, Any] | None = None,
                activation: str = "torch.nn.modules.linear.Identity") -> Path:  # fmt: skip
    modules = []
    for index, kind in enumerate(kinds):
        place = "" if kind == "Transformer" else f"{index}_{kind}"
        modules.append({"path": place, "type": f"sentence_transformers.models.{kind}"})
        if kind == "Pooling":
            write(folder / place / "config.json", pooling or {"pooling_mode_mean_tokens": True})
        if kind == "Dense":
            write(folder / place / "config.json", {"activation_function": activation})
            tensors = {"linear.weight": WEIGHT, "linear.bias": BIAS}
            save_file(tensors, folder / place / "model.safetensors")
    write(folder / "modules.json", modules)
    return folder


def run(folder: Path, rows: list[list[float]]) -> list[list[float]]:
    made = numpy.array(rows)
    for step in read_modules(folder).steps:
        made = step(made)
    return [[float(value) for value in row] for row in made]


def test_a_folder_without_the_file_takes_the_mean(tmp_path: Path) -> None:
    modules = read_modules(tmp_path)

    assert (modules.pooling, modules.steps, modules.width) == (("mean",), (), None)


def test_the_steps_follow_one_another(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "Transformer", "Pooling", "Normalize", "Dense")

    # (3, 4) becomes (0.6, 0.8), and that goes through the layer: 0.6 + 1.6 + 0.5; 0.8; 1.8 - 1.
    assert run(folder, [[3.0, 4.0]]) == [pytest.approx([2.7, 0.8, 0.8])]
    assert read_modules(folder).width == 3


def test_an_activation_is_applied(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "Dense", activation="torch.nn.modules.activation.Tanh")

    assert run(folder, [[0.0, 0.0]]) == [pytest.approx([0.46212, 0.0, -0.76159], abs=1e-5)]


@pytest.mark.parametrize(
    ("settings", "pooling"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, ["first"]),
        ({"pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": False}, ["mean"]),
        ({"pooling_mode": "cls"}, ["first"]),
        ({"pooling_mode": ["mean", "max"]}, ["max", "mean"]),
        ({"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True}, ["first", "mean"]),
    ],
)
def test_poolings_of_old_and_new_folders(
    tmp_path: Path, settings: dict[str, Any], pooling: list[str]
) -> None:
    folder = make_folder(tmp_path, "Transformer", "Pooling", pooling=settings)

    assert list(read_modules(folder).pooling) == pooling


def test_a_pool_takes_windows_as_if_they_were_one() -> None:
    states = numpy.array([[1.0, -8.0], [5.0, -6.0], [0.0, -7.0]], dtype=numpy.float32)
    pool = Pool(("first", "max", "mean"), texts=2, width=2)
    pool.add(0, states[:2], starts=True)
    pool.add(0, states[2:], starts=False)

    assert pool.vectors()[0].tolist() == [1.0, -8.0, 5.0, -6.0, 2.0, -7.0]
    assert pool.vectors()[1].tolist() == [0.0] * 6
    assert pool.is_empty.tolist() == [[False], [True]]


@pytest.mark.parametrize(
    ("kinds", "pooling", "said"),
    [
        (("Transformer", "LSTM"), None, 'the module "LSTM" is not known'),
        (("Pooling",), {"pooling_mode_lasttoken": True}, 'the pooling "lasttoken" is not known'),
    ],
)
def test_what_is_not_known_is_an_error_and_no_other_vector(
    tmp_path: Path, kinds: tuple[str, ...], pooling: dict[str, Any] | None, said: str
) -> None:
    folder = make_folder(tmp_path, *kinds, pooling=pooling)

    with pytest.raises(ModelError, match=said):
        read_modules(folder)


def test_a_layer_without_its_weights_is_an_error(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "Transformer", "Pooling", "Dense")
    (folder / "2_Dense" / "model.safetensors").unlink()

    with pytest.raises(ModelError, match="cannot be followed"):
        read_modules(folder)


def test_another_layer_has_another_signature_and_the_same_states(tmp_path: Path) -> None:
    plain = make_folder(tmp_path / "plain", "Transformer", "Pooling")
    dense = make_folder(tmp_path / "dense", "Transformer", "Pooling", "Dense")

    assert read_modules(plain).signature != read_modules(dense).signature
    assert folder_hash(plain) == folder_hash(dense)
