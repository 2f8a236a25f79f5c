"""Tests of the optimisers of the trainings."""

from dataclasses import replace

import pytest
import torch
from torch import nn
from training.optimisers import optimisers_of, orthogonal
from training.settings import SettingsError, TrainingSettings

MUON = TrainingSettings(optimiser="muon", peak_rate=0.02, weight_decay=0.0)


@pytest.mark.parametrize("shape", [(8, 8), (24, 8), (8, 24)])
def test_all_singular_values_come_near_1_and_their_directions_stay(shape: tuple[int, int]) -> None:
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(1))
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    values = torch.logspace(0, -2, 8)
    matrix = left @ torch.diag(values) @ right
    made = left.T @ orthogonal(matrix) @ right.T
    assert ((made.diagonal() > 0.8) & (made.diagonal() < 1.2)).all()
    assert (made - torch.diag(made.diagonal())).abs().max() < 1e-4


def test_a_gradient_of_nothing_moves_nothing() -> None:
    assert not orthogonal(torch.zeros(4, 6)).any()


class Small(nn.Module):
    """Keys and values stacked, a matrix, and what is none: an embedding, a norm, biases."""

    def __init__(self) -> None:
        super().__init__()
        self.emb = nn.Embedding(5, 4)
        self.kv = nn.Linear(4, 8)
        self.norm = nn.LayerNorm(8)
        self.out = nn.Linear(8, 4)


def test_every_parameter_has_one_optimiser_and_only_matrices_of_layers_have_muon() -> None:
    model = Small()
    adamw, muon = optimisers_of(model, MUON)
    held = [[id(one) for group in some.param_groups for one in group["params"]]
            for some in (adamw, muon)]  # fmt: skip
    assert set(held[1]) == {id(model.kv.weight), id(model.out.weight)}
    assert sorted(held[0] + held[1]) == sorted(id(one) for one in model.parameters())


def test_stacked_blocks_are_made_orthogonal_one_by_one() -> None:
    model = Small()
    _, muon = optimisers_of(model, MUON)
    before = model.kv.weight.detach().clone()
    # The gradient of the values is a thousandth of that of the keys, and they move as far.
    model.kv.weight.grad = torch.cat([torch.eye(4), 0.001 * torch.eye(4)])
    muon.step()
    moved = before - model.kv.weight.detach()
    assert torch.allclose(moved[:4], moved[4:], rtol=0.2)
    assert torch.allclose(moved[:4], torch.eye(4) * 0.02 * 0.2 * 2, rtol=0.2)


def test_an_unknown_optimiser_is_told_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match='"sgd"; it may be: adamw, muon'):
        optimisers_of(Small(), replace(MUON, optimiser="sgd"))
