"""The translator: a pre-norm transformer whose three embeddings are one table."""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.settings import ModelSettings, TrainingSettings

NORM_EPSILON = 1e-5
LOGIT_ELEMENTS = 3_840_000  # logits at a time on a CPU, 15 MB: they stay in its cache


def sinusoids(length: int, width: int) -> Tensor:
    """Position table [length, width]: all sines, then all cosines, as tensor2tensor has it."""
    half = width // 2
    rates = torch.exp(torch.arange(half) * (-math.log(10000.0) / (half - 1)))
    angles = torch.arange(length)[:, None] * rates[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention; keys and values come out of one matrix, keys first."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * width)
        self.o = nn.Linear(width, width)

    def forward(
        self, queries: Tensor, memory: Tensor, mask: Tensor | None = None, causal: bool = False
    ) -> Tensor:
        """Attend from `queries` [batch, m, width] to `memory` [batch, n, width].

        `mask` [batch, 1, 1, n] is true where a memory position may be seen.
        """
        batch, length, width = queries.shape
        head_width = width // self.heads
        query = self.q(queries).view(batch, length, self.heads, head_width).transpose(1, 2)
        key, value = (
            half.view(batch, memory.shape[1], self.heads, head_width).transpose(1, 2)
            for half in self.kv(memory).chunk(2, dim=-1)
        )
        seen = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, is_causal=causal
        )
        mixed: Tensor = self.o(seen.transpose(1, 2).reshape(batch, length, width))
        return mixed


class FeedForward(nn.Module):
    """Two matrices with a rectifier between them."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.a = nn.Linear(width, inner)
        self.b = nn.Linear(inner, width)

    def forward(self, states: Tensor) -> Tensor:
        """Transform every position of `states` [batch, n, width] by itself."""
        out: Tensor = self.b(functional.relu(self.a(states), inplace=True))
        return out


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each with its norm before and a residual after."""

    def __init__(self, model: ModelSettings) -> None:
        super().__init__()
        self.n1 = nn.LayerNorm(model.width, NORM_EPSILON)
        self.sa = Attention(model.width, model.heads)
        self.n2 = nn.LayerNorm(model.width, NORM_EPSILON)
        self.ff = FeedForward(model.width, model.feed_forward)
        self.drop = nn.Dropout(model.dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """One layer over `states` [batch, n, width]."""
        normed = self.n1(states)
        states = states + self.drop(self.sa(normed, normed, mask))
        out: Tensor = states + self.drop(self.ff(self.n2(states)))
        return out


class DecoderLayer(nn.Module):
    """Causal self-attention, attention to the encoder, feed-forward."""

    def __init__(self, model: ModelSettings) -> None:
        super().__init__()
        self.n1 = nn.LayerNorm(model.width, NORM_EPSILON)
        self.sa = Attention(model.width, model.heads)
        self.n2 = nn.LayerNorm(model.width, NORM_EPSILON)
        self.ca = Attention(model.width, model.heads)
        self.n3 = nn.LayerNorm(model.width, NORM_EPSILON)
        self.ff = FeedForward(model.width, model.feed_forward)
        self.drop = nn.Dropout(model.dropout)

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor | None) -> Tensor:
        """One layer over `states` [batch, m, width], looking at `memory` [batch, n, width]."""
        normed = self.n1(states)
        states = states + self.drop(self.sa(normed, normed, causal=True))
        states = states + self.drop(self.ca(self.n2(states), memory, mask))
        out: Tensor = states + self.drop(self.ff(self.n3(states)))
        return out


class SmoothedLoss(torch.autograd.Function):
    """Label-smoothed cross-entropy of `states · tableᵀ + bias`, never holding all logits.

    Loss and gradients are made in the same pass, a few hundred rows at a time. On a CPU that
    is far faster than autograd's way, which walks through tokens x vocabulary floats six times.
    """

    @staticmethod
    def forward(  # noqa: PLR0913, PLR0917  -- autograd hands the arguments over by place
        ctx: Any, states: Tensor, table: Tensor, bias: Tensor, labels: Tensor, smoothing: float
    ) -> Tensor:
        """Return [2]: the smoothed loss and the plain one, summed over the rows."""
        entries = table.shape[0]
        state_gradient = torch.empty_like(states)
        table_gradient = torch.zeros_like(table)
        bias_gradient = torch.zeros_like(bias)
        totals = torch.zeros(2, dtype=torch.float32, device=states.device)
        rows = max(1, len(states) if states.is_cuda else LOGIT_ELEMENTS // entries)
        for start in range(0, states.shape[0], rows):
            part = states[start : start + rows]
            label = labels[start : start + rows, None]
            logits = torch.addmm(bias, part, table.t()).float()
            logits.sub_(logits.amax(dim=1, keepdim=True))
            right, sum_of_logits = logits.gather(1, label).sum(), logits.sum()
            masses = logits.exp_().sum(dim=1, keepdim=True)
            normaliser = masses.log().sum()
            plain, spread = normaliser - right, normaliser - sum_of_logits / entries
            totals += torch.stack([(1 - smoothing) * plain + smoothing * spread, plain])
            gradient = logits.div_(masses).sub_(smoothing / entries)
            gradient.scatter_add_(1, label, gradient.new_full(label.shape, smoothing - 1.0))
            gradient = gradient.to(part.dtype)
            torch.mm(gradient, table, out=state_gradient[start : start + rows])
            table_gradient.addmm_(gradient.t(), part)
            bias_gradient += gradient.sum(dim=0)
        ctx.save_for_backward(state_gradient, table_gradient, bias_gradient)
        return totals

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        """Scale the stored gradients by that of the smoothed loss; the plain one is a report."""
        states, table, bias = ctx.saved_tensors
        scale = gradients[0][0]
        return states * scale, table * scale, bias * scale, None, None


class Translator(nn.Module):
    """Encoder and decoder over one joint vocabulary; names as in the starter's weights."""

    positions: Tensor

    def __init__(self, model: ModelSettings) -> None:
        super().__init__()
        self.model = model
        self.emb = nn.Embedding(model.vocabulary, model.width)
        self.ob = nn.Parameter(torch.zeros(model.vocabulary))
        self.enc = nn.ModuleList(EncoderLayer(model) for _ in range(model.encoder_layers))
        self.en = nn.LayerNorm(model.width, NORM_EPSILON)
        self.dec = nn.ModuleList(DecoderLayer(model) for _ in range(model.decoder_layers))
        self.dn = nn.LayerNorm(model.width, NORM_EPSILON)
        self.drop = nn.Dropout(model.dropout)
        table = sinusoids(model.positions, model.width)
        self.register_buffer("positions", table, persistent=False)
        nn.init.normal_(self.emb.weight, std=model.width**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def embed(self, pieces: Tensor) -> Tensor:
        """Vectors [batch, n, width] of `pieces` [batch, n]."""
        vectors = self.emb(pieces) * math.sqrt(self.model.width)
        out: Tensor = self.drop(vectors + self.positions[: pieces.shape[1]])
        return out

    def encode(self, source: Tensor, mask: Tensor | None) -> Tensor:
        """Encode `source` [batch, n]; `mask` is true on real pieces, None if all are real."""
        states = self.embed(source)
        for layer in self.enc:
            states = layer(states, mask)
        out: Tensor = self.en(states)
        return out

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor | None) -> Tensor:
        """States [batch, m, width] that predict what follows each piece of `target`."""
        states = self.embed(target)
        for layer in self.dec:
            states = layer(states, memory, mask)
        out: Tensor = self.dn(states)
        return out

    def forward(
        self, source: Tensor, target: Tensor, labels: Tensor, training: TrainingSettings
    ) -> Tensor:
        """Sum the losses [2] (smoothed, plain) over the real labels; 0 is padding everywhere."""
        padding = source == 0
        mask = ~padding[:, None, None, :] if bool(padding.any()) else None
        states = self.decode(target, self.encode(source, mask), mask)
        real = labels != 0
        states, wanted = states[real], labels[real]
        table: Tensor = self.emb.weight
        bias: Tensor = self.ob
        if 0 < training.sampled < self.model.vocabulary - training.frequent:
            chosen, correction, wanted = self._candidates(wanted, training)
            table, bias = table[chosen], bias[chosen] + correction
        kind = torch.bfloat16 if states.is_cuda else states.dtype
        with torch.autocast(states.device.type, enabled=False):
            totals: Tensor = SmoothedLoss.apply(  # type: ignore[no-untyped-call]
                states.to(kind), table.to(kind), bias.to(kind), wanted, training.label_smoothing
            )
        return totals

    def _candidates(
        self, wanted: Tensor, training: TrainingSettings
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Choose pieces that stand for the whole vocabulary in one batch's loss.

        The frequent ones (a unigram vocabulary is sorted by frequency), those that the batch
        asks for, and a sample of the rest, each of which then counts for its share of the rest
        (importance sampling, after Jean et al. 2015). Return their numbers, what to add to
        their logits, and `wanted` as places among them.
        """
        entries, device = self.model.vocabulary, wanted.device
        certain = torch.zeros(entries, dtype=torch.bool, device=device)
        certain[: training.frequent] = True
        certain[wanted] = True
        rest = (~certain).nonzero()[:, 0]
        lot = torch.randperm(len(rest), device=device)[: training.sampled]
        chosen = torch.cat([certain.nonzero()[:, 0], rest[lot]])
        correction = torch.zeros(len(chosen), device=device)
        correction[len(chosen) - len(lot) :] = math.log(len(rest) / max(len(lot), 1))
        place = torch.zeros(entries, dtype=torch.long, device=device)
        place[chosen] = torch.arange(len(chosen), device=device)
        return chosen, correction, place[wanted]

    def logits(self, source: Tensor, target: Tensor) -> Tensor:
        """Logits [batch, m, vocabulary] for tests and scoring; no padding expected."""
        states = self.decode(target, self.encode(source, None), None)
        return functional.linear(states, self.emb.weight, self.ob)
