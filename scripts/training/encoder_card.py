"""The encoder's README: everything that is needed to use it and to repeat the training."""

import importlib.metadata
import json
from typing import Any

from training.optimisers import ADAMW, DESCRIPTIONS

LIBRARIES = ("torch", "transformers", "tokenizers", "sentencepiece", "numpy")
SCORES = "\n## Scores\n"

CARD = """\
# Encoder, German and English in one space ({name})

For word links (simalign) and sentence vectors. A BERT with the norms before its blocks
(`MegatronBertModel` of transformers): {shape}. Weights in half precision.

```python
from transformers import AutoModel, AutoTokenizer
model, tokenizer = AutoModel.from_pretrained(FOLDER), AutoTokenizer.from_pretrained(FOLDER)

from simalign import SentenceAligner
aligner = SentenceAligner(model=FOLDER, matching_methods="mai")  # its default layer 8 is right
```

- **Take the last states** (`last_hidden_state`, layer 8 for simalign). {trained} layers were
  trained; {idle} layers that add nothing follow them, so that simalign's default layer exists.
  bicorpus leaves them out as it loads.
- A sentence's vector is the maximum and the mean over all places of `last_hidden_state`, start and
  end mark included, side by side and brought to length one; then through the linear layer in
  `3_Dense`, which divides by what differs between translations, and to length one again.
  `SentenceTransformer(FOLDER)` does all that.
- At most {longest} pieces with the marks; the tokenizer gives the pieces of the translator's
  SentencePiece model. In a text, "<s>" is a mark for transformers unless `split_special_tokens`
  is set (bicorpus does).

## The training
By `scripts/train_encoder.py` of bicorpus, from embeddings and lower encoder layers of the starter
translator.
- {pairs:,} sentence pairs in {step:,} steps and {minutes:.0f} minutes, seed {seed}
- {optimisers}, peak rate {peak_rate}, warm-up {warm_up} steps, linear to zero over the last
  {decay_share:.0%}, batches of {batch_tokens} places of like length, average {average}
- the loss: a late-interaction contrast between the words of all pairs of a batch, a contrast of
  mean vectors (with those of the last {queue} pairs), the mutual agreement of the words of a
  pair, and the words that a statistical aligner (eflomal, run as a program apart on the training
  text) links; weights {loss}
- guises (chances): {noise}
- libraries: {libraries}
{note}
## The text: how often a pair is seen in one epoch, by corpus
{mix}

Some of the corpora are for research only, or under copyleft; see the corpora's own list for the
licence of each. No line of the WMT21, WMT22 and newstest2015 sets is among them.
"""


def write_card(
    settings: dict[str, Any], progress: dict[str, Any], *, layers: int, note: str = ""
) -> str:
    """Write the card of a model from the settings and progress that its checkpoint has.

    `note` says what they do not: that earlier stretches had other settings, for instance.
    """
    trained = settings["model"]["encoder_layers"]
    return CARD.format(
        **settings["training"],
        name=settings["name"],
        optimisers=DESCRIPTIONS[settings["training"].get("optimiser", ADAMW)],
        shape=_listed(settings["model"]),
        note=f"- {note}\n" if note else "",
        trained=trained,
        idle=layers - trained,
        longest=settings["model"]["positions"],
        pairs=progress["pairs"],
        step=progress["step"],
        minutes=progress["seconds"] / 60,
        loss=_listed(settings["loss"]),
        noise=_listed(settings["noise"]),
        mix=_listed(settings["mix"]),
        libraries=", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES),
    )


def with_scores(card: str, scores: dict[str, Any]) -> str:
    """Return `card` with the scores at its end, in place of those it may have."""
    rows = ["| word links | AER | precision | recall |", "|---|---|---|---|"]
    for method, score in scores["word_links"].items():
        figures = " | ".join(f"{value:.3f}" for value in score.values())
        rows.append(f"| {method} | {figures} |")
    found = [
        f"- {name.removeprefix('found_first_')}, nearest of all: "
        + ", ".join(f"{way} {share:.1%}" for way, share in value.items())
        for name, value in scores.items()
        if name.startswith("found_first_")
    ]
    apart = ", ".join(f"{kind} {share:.1%}" for kind, share in scores["told_apart_WMT21"].items())
    found.append(f"- WMT21, source nearer to its reference than to the same with another: {apart}")
    speed = scores["speed"]
    found.append(
        f"- {speed['pairs_a_second']} pairs a second on {speed['threads']} threads; BERT-base "
        f"of random weights: {speed['bert_base_pairs_a_second']}"
    )
    return card.partition(SCORES)[0] + SCORES + "\n".join([*rows, "", *found]) + "\n"


def _listed(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} {json.dumps(value)}" for name, value in values.items())
