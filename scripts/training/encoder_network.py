"""The encoder: the translator's own encoder layers, over German and English alike.

Its parts have the names and the arithmetic of the starter translator, so that its weights can be
taken over, and it maps without a remainder onto MegatronBertModel of transformers (a BERT whose
norms stand before each block).
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from training.network import NORM_EPSILON, EncoderLayer, sinusoids
from training.settings import ModelSettings


class Encoder(nn.Module):
    """Vectors for pieces; also holds the temperatures of the two contrasts, as logarithms."""

    positions: Tensor

    def __init__(self, model: ModelSettings, *, scale: float = 30.0) -> None:
        super().__init__()
        self.model = model
        self.emb = nn.Embedding(model.vocabulary, model.width)
        self.enc = nn.ModuleList(EncoderLayer(model) for _ in range(model.encoder_layers))
        self.en = nn.LayerNorm(model.width, NORM_EPSILON)
        self.word_scale = nn.Parameter(torch.tensor(math.log(scale)))
        self.sentence_scale = nn.Parameter(torch.tensor(math.log(scale)))
        table = sinusoids(model.positions, model.width)
        self.register_buffer("positions", table, persistent=False)
        nn.init.normal_(self.emb.weight, std=model.width**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, pieces: Tensor) -> Tensor:
        """Vectors [batch, n, width] of `pieces` [batch, n]; 0 is padding."""
        padding = pieces == 0
        mask = ~padding[:, None, None, :] if bool(padding.any()) else None
        states = self.emb(pieces) * math.sqrt(self.model.width)
        states = states + self.positions[: pieces.shape[1]]
        for layer in self.enc:
            states = layer(states, mask)
        out: Tensor = self.en(states)
        return out

    def start_from(self, read: Mapping[str, Tensor]) -> list[str]:
        """Take what fits of weights that were read; return the names of what was taken."""
        own = self.state_dict()
        fitting = {
            name: value
            for name, value in read.items()
            if name in own and own[name].shape == value.shape
        }
        own.update(fitting)
        self.load_state_dict(own)
        return sorted(fitting)


def sentence_vectors(states: Tensor, pieces: Tensor) -> Tensor:
    """Mean of a text's states, its marks included, as unit vectors [batch, width]."""
    real = (pieces != 0).unsqueeze(-1).to(states.dtype)
    mean = (states * real).sum(1) / real.sum(1).clamp(min=1)
    return nn.functional.normalize(mean, dim=-1)
