"""The package's README: everything that is needed to repeat the training."""

import importlib.metadata
import json
from collections.abc import Sequence
from typing import Any

from training.optimisers import ADAMW, DESCRIPTIONS

LIBRARIES = ("torch", "ctranslate2", "sentencepiece", "numpy")

CARD = """\
# Translator, German to English ({name})

A transformer with layer normalisation before each block: {shape}.
Made for news. Trained by `scripts/train_translator.py` of bicorpus; the weights are the
running average of the training, quantised to int8.

{splitter}
{reverse}
## The training
- {tokens:,} target tokens in {step:,} steps and {minutes:.0f} minutes (this run alone; the
  small model goes on from earlier weights), seed {seed}
- {optimisers}, label smoothing {label_smoothing}, at most {batch_tokens} tokens a batch,
  {accumulation} batches an update, peak rate {peak_rate}, warm-up {warm_up} steps, inverse root
  after {constant} steps, linear to zero over the last {decay_share:.0%}, average {average}
- the last {news_share:.0%} on the news mix alone
{merged}- altered copies beside the pairs (chance a pair): {augmentation}
- libraries: {libraries}

## The text: how often a pair is seen in one epoch, by corpus
Broad mix: {broad}

News mix: {news}

{back_translated}Some of the corpora are for research only, or under copyleft; see the
corpora's own list for the licence of each. No line of the WMT21, WMT22 and newstest2015 sets is
among them: pairs that share a normalised line with them were left out before the training.
"""

BACK_TRANSLATED = """\
`back-translated` is English news (Reuters 1987, BBC 2004 and 2005; for research) with German that a
model of the other direction wrote: `train --reverse` and `back-translate`.

"""
REVERSE = """
`reverse/` holds a model of the other direction, with which bicorpus chooses among renderings; it
was trained by `train --reverse`, this run on {tokens:,} target tokens in {minutes:.0f} minutes.
"""
NO_SPLITTER = "It holds no sentence splitter."


def write_card(
    settings: dict[str, Any],
    progress: dict[str, Any],
    *,
    splitter: str = NO_SPLITTER,
    merged: Sequence[str] = (),
    reverse: dict[str, Any] | None = None,
) -> str:
    """Write the card of a model from the settings and progress that its checkpoint has.

    `splitter` says what the sentence splitter in the package is, and what it learnt from; `merged`
    are the names of the weights that this run's were averaged with; `reverse` is the progress of
    the model of the other direction, if the package has one.
    """
    training = settings["training"]
    return CARD.format(
        **training,
        name=settings["name"],
        optimisers=DESCRIPTIONS[training.get("optimiser", ADAMW)],
        back_translated=BACK_TRANSLATED if "back-translated" in settings["broad"] else "",
        splitter=splitter,
        reverse="" if reverse is None else _told_of(reverse),
        merged=f"- merged: the mean of this run's weights, {', '.join(merged)}\n" if merged else "",
        shape=_listed(settings["model"]),
        tokens=progress["tokens"],
        step=progress["step"],
        minutes=progress["seconds"] / 60,
        augmentation=_listed(settings["augmentation"]),
        libraries=", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES),
        broad=_listed(settings["broad"]),
        news=_listed(settings["news"]),
    )


def _told_of(reverse: dict[str, Any]) -> str:
    return REVERSE.format(tokens=reverse["tokens"], minutes=reverse["seconds"] / 60)


def _listed(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} {json.dumps(value)}" for name, value in values.items())
