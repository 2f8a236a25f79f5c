"""What pulls translations together: words to words, sentences to sentences."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training.encoder_network import Encoder, sentence_vectors
from training.encoder_queue import Past
from training.encoder_settings import LossSettings

FAR = -1e4


def word_mask(pieces: Tensor) -> Tensor:
    """Tell where a place holds a piece of text: no padding, start or end mark."""
    return (pieces > 3) | (pieces == 1)


class BestCosines(torch.autograd.Function):
    """For each word its best cosine in every sentence of the other side.

    The gradient reaches one place in forty or so: it is scattered into one matrix and multiplied
    back, where autograd's own way compares and copies all the millions of cosines several times.
    """

    @staticmethod
    def forward(ctx: Any, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """Take unit vectors [s, n, d] and [t, m, d]; return best cosines [s, n, t], [s, t, m]."""
        width = source.shape[-1]
        flat = source.reshape(-1, width) @ target.reshape(-1, width).t()
        cosines = flat.view(*source.shape[:2], *target.shape[:2])
        forward, forward_places = cosines.max(3)
        backward, backward_places = cosines.max(1)
        ctx.save_for_backward(source, target, forward_places, backward_places)
        return forward, backward

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor]:
        """Send each gradient back to the one pair of words that was best."""
        source, target, forward_places, backward_places = ctx.saved_tensors
        forward, backward = gradients
        every = forward.new_zeros(*source.shape[:2], *target.shape[:2])
        every.scatter_(3, forward_places.unsqueeze(3), forward.unsqueeze(3))
        every.scatter_add_(1, backward_places.unsqueeze(1), backward.unsqueeze(1))
        width = source.shape[-1]
        flat = every.view(source.shape[0] * source.shape[1], -1).to(source.dtype)
        source_gradient = flat @ target.reshape(-1, width)
        target_gradient = flat.t() @ source.reshape(-1, width)
        return source_gradient.view_as(source), target_gradient.view_as(target)


def unit_words(states: Tensor, words: Tensor) -> Tensor:
    """Bring `states` [batch, n, d] to length one; zeros where no piece of text stands.

    With zeros the greatest cosine of a sentence needs no mask: a best cosine is above 0.
    """
    return functional.normalize(states, dim=-1) * words.unsqueeze(-1)


def late_interaction(
    source: Tensor, target: Tensor, source_words: Tensor, target_words: Tensor
) -> Tensor:
    """Score each source against each target [sources, targets] (after ColBERT, both ways).

    The mean over one side's words of the best cosine on the other, averaged over the sides.
    `source` [sources, n, d] and `target` [targets, m, d] come from `unit_words`.
    """
    forward, backward = BestCosines.apply(source, target)  # type: ignore[no-untyped-call]
    forward = _mean(forward, source_words[:, :, None], dim=1)
    backward = _mean(backward, target_words[None], dim=2)
    return (forward + backward) / 2


def _mean(values: Tensor, real: Tensor, *, dim: int) -> Tensor:
    weights = real.to(values.dtype)
    return (values * weights).sum(dim) / weights.sum(dim).clamp(min=1)


def contrast(scores: Tensor, same: Tensor, *, more: tuple[Tensor, Tensor] | None = None) -> Tensor:
    """Cross-entropy of each source's own target, and of each target's own source.

    `scores` [pairs, pairs + copies]; `same` marks what must not count as a negative. `more` are
    scores [pairs, past] of the sources, and of the targets, against earlier batches.
    """
    pairs = len(scores)
    true, copies = scores[:, :pairs].masked_fill(same, FAR), scores[:, pairs:]
    before, behind = more if more is not None else (scores[:, :0], scores[:, :0])
    own = torch.arange(pairs, device=scores.device)
    forward = functional.cross_entropy(torch.cat([true, copies, before], 1), own)
    backward = functional.cross_entropy(torch.cat([true.t(), behind], 1), own)
    return (forward + backward) / 2


def sentence_contrast(new: Past, copies: Tensor, scale: Tensor, same: Tensor, past: Past) -> Tensor:
    """Contrast of the vectors of a batch with each other, `copies` and those of `past`."""
    known = (new.keys[:, None] == past.keys[None]).any(2)
    more = (
        (scale * new.source @ past.target.t()).masked_fill(known, FAR),
        (scale * new.target @ past.source.t()).masked_fill(known, FAR),
    )
    targets = torch.cat([new.target, copies])
    return contrast(scale * new.source @ targets.t(), same, more=more)


def agreement(cosines: Tensor, scale: Tensor, source_words: Tensor, target_words: Tensor) -> Tensor:
    """-log of how much a softmax over targets and one over sources agree, in true pairs.

    `cosines` [pairs, n, m]. It is least where every word has one partner that has it back.
    """
    logits = cosines * scale
    forward = logits.masked_fill(~target_words[:, None], FAR).softmax(2)
    backward = logits.masked_fill(~source_words[:, :, None], FAR).softmax(1)
    both = source_words[:, :, None] & target_words[:, None]
    total = (forward * backward * both).sum((1, 2))
    smaller = torch.minimum(source_words.sum(1), target_words.sum(1)).clamp(min=1)
    return -(total / smaller).clamp(min=1e-6).log().mean()


def link_loss(
    cosines: Tensor, scale: Tensor, links: Tensor, source_words: Tensor, target_words: Tensor
) -> Tensor:
    """-log of the share that a softmax gives to a word's linked words, both ways, over all words.

    `links` [pairs, n, m]. Words without a link say nothing: the teacher may have missed theirs.
    """
    logits = cosines * scale
    forward = logits.masked_fill(~target_words[:, None], FAR).log_softmax(2)
    backward = logits.masked_fill(~source_words[:, :, None], FAR).log_softmax(1)
    forward = forward.masked_fill(~links, FAR).logsumexp(2)
    backward = backward.masked_fill(~links, FAR).logsumexp(1)
    return -(_mean_where(forward, links.any(2)) + _mean_where(backward, links.any(1))) / 2


def _mean_where(values: Tensor, real: Tensor) -> Tensor:
    return values.masked_fill(~real, 0.0).sum() / real.sum().clamp(min=1)


def encoder_loss(
    model: Encoder, batch: Sequence[Tensor], weights: LossSettings, past: Past
) -> tuple[Tensor, Tensor, Past]:
    """Return the loss, its parts [words, sentences, agreement, links], the batch's vectors.

    `batch` holds source, target, same, links and keys as `PairBatch` describes them.
    """
    source, target, same, links, keys = batch
    pairs = len(source)
    source_words, target_words = word_mask(source), word_mask(target)
    source_states, target_states = model(source), model(target)
    word_scale = model.word_scale.exp().clamp(max=weights.maximum_scale)
    sentence_scale = model.sentence_scale.exp().clamp(max=weights.maximum_scale)
    source_units = unit_words(source_states, source_words)
    target_units = unit_words(target_states, target_words)
    scores = late_interaction(source_units, target_units, source_words, target_words)
    targets = sentence_vectors(target_states, target)
    vectors = Past(sentence_vectors(source_states, source), targets[:pairs], keys)
    own = source_units @ target_units[:pairs].transpose(1, 2)
    masks = source_words, target_words[:pairs]
    parts = torch.stack(
        [
            contrast(word_scale * scores, same),
            sentence_contrast(vectors, targets[pairs:], sentence_scale, same, past),
            agreement(own, word_scale, *masks),
            link_loss(own, word_scale, links, *masks),
        ]
    )
    share = parts.new_tensor([weights.words, weights.sentences, weights.agreement, weights.links])
    return (parts * share).sum(), parts.detach(), vectors
