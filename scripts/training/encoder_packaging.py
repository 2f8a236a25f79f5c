"""From trained weights to a folder that transformers loads: MegatronBertModel and a tokenizer."""

import json
import math
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from torch import Tensor
from transformers import MegatronBertConfig, PreTrainedTokenizerFast

from training.encoder_network import Encoder
from training.network import NORM_EPSILON, EncoderLayer
from training.packing import END, PAD, START

# simalign takes layer 8 unless told otherwise, and fails where there are fewer. Layers that add
# nothing make up the number: the states before the last norm stay as they are, so that layer 8
# is the trained one, bit for bit, and readers who know may leave the idle ones out.
LEAST_LAYERS = 8
# Parts of a layer, and what transformers calls them.
_PLACES = {
    "n1": ["attention.ln"],
    "sa.q": ["attention.self.query"],
    "sa.kv": ["attention.self.key", "attention.self.value"],
    "sa.o": ["attention.output.dense"],
    "n2": ["ln"],
    "ff.a": ["intermediate.dense"],
    "ff.b": ["output.dense"],
}
NORMAL = 1  # the type of pieces that stand for text; others are marks and bytes
# SentencePiece does not take "<s>" or "<0x41>" in a text for a mark or a byte. `tokenizers` knows
# no types, but takes what scores best (where "<" is a piece at all).
NEVER = -200.0


def write_folder(model: Encoder, vocabulary_file: Path, folder: Path, *, readme: str) -> None:
    """Write config, weights in half precision, tokenizer and card into `folder`, made afresh."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shape = model.model
    layers = max(LEAST_LAYERS, shape.encoder_layers)
    config = MegatronBertConfig(
        architectures=["MegatronBertModel"],
        vocab_size=shape.vocabulary,
        hidden_size=shape.width,
        num_hidden_layers=layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        hidden_act="relu",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        max_position_embeddings=shape.positions,
        type_vocab_size=1,
        layer_norm_eps=NORM_EPSILON,
        pad_token_id=PAD,
        bos_token_id=START,
        eos_token_id=END,
        # The file holds half the digits; processors count with all of them.
        dtype="float32",
    )
    config.trained_layers = shape.encoder_layers
    config.save_pretrained(folder)
    save_file(_tensors(model, layers), folder / "model.safetensors", metadata={"format": "pt"})
    write_tokenizer(vocabulary_file, folder, longest=shape.positions)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    (folder / "model.safetensors").chmod(0o644)  # it is written for its owner alone


def _tensors(model: Encoder, layers: int) -> dict[str, Tensor]:
    shape = model.model
    width = shape.width
    named: dict[str, Tensor] = {
        "embeddings.word_embeddings.weight": model.emb.weight * math.sqrt(width),
        "embeddings.position_embeddings.weight": model.positions,
        "embeddings.token_type_embeddings.weight": torch.zeros(1, width),
        "encoder.ln.weight": model.en.weight,
        "encoder.ln.bias": model.en.bias,
        # Nobody trained a pooler; a missing one would be filled by lot, with a warning.
        "pooler.dense.weight": torch.eye(width),
        "pooler.dense.bias": torch.zeros(width),
    }
    idle = EncoderLayer(shape)
    for parameter in idle.parameters():
        torch.nn.init.zeros_(parameter)
    for index in range(layers):
        layer = model.enc[index] if index < len(model.enc) else idle
        named.update(_layer(layer, f"encoder.layer.{index}."))
    return {name: value.detach().half().contiguous().clone() for name, value in named.items()}


def _layer(layer: Any, prefix: str) -> dict[str, Tensor]:
    named: dict[str, Tensor] = {}
    for own, theirs in _PLACES.items():
        part = layer.get_submodule(own)
        for kind in ("weight", "bias"):
            rows = getattr(part, kind).chunk(len(theirs))
            named |= {f"{prefix}{name}.{kind}": row for name, row in zip(theirs, rows, strict=True)}
    return named


def read_weights(folder: Path) -> dict[str, Tensor]:
    """Return the weights of a folder that `write_folder` wrote, under the names of `Encoder`.

    What the folder does not hold (the temperatures) is not in it; nor are the idle layers.
    """
    named = {name: value.float() for name, value in load_file(folder / "model.safetensors").items()}
    words = named["embeddings.word_embeddings.weight"]
    found = {
        "emb.weight": words / math.sqrt(words.shape[1]),
        "en.weight": named["encoder.ln.weight"],
        "en.bias": named["encoder.ln.bias"],
    }
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    for index in range(config["trained_layers"]):
        theirs = f"encoder.layer.{index}."
        for kind in ("weight", "bias"):
            for own, parts in _PLACES.items():
                rows = [named[f"{theirs}{part}.{kind}"] for part in parts]
                found[f"enc.{index}.{own}.{kind}"] = torch.cat(rows)
    return found


def build_tokenizer(vocabulary_file: Path) -> Tokenizer:
    """Make a `tokenizers` tokenizer that gives the pieces of a SentencePiece unigram model."""
    proto = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]
    proto.ParseFromString(vocabulary_file.read_bytes())
    tokenizer = Tokenizer(
        models.Unigram(
            [
                (piece.piece, piece.score if piece.type == NORMAL else NEVER)
                for piece in proto.pieces
            ],
            unk_id=proto.trainer_spec.unk_id,
            byte_fallback=proto.trainer_spec.byte_fallback,
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap),
            normalizers.Strip(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> $B </s>",
        special_tokens=[("<s>", START), ("</s>", END)],
    )
    return tokenizer


def write_tokenizer(vocabulary_file: Path, folder: Path, *, longest: int) -> None:
    """Write the tokenizer's files; `longest` is the number of places a text may take."""
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=build_tokenizer(vocabulary_file),
        model_max_length=longest,
        pad_token="<pad>",  # noqa: S106  -- a piece, no secret
        unk_token="<unk>",  # noqa: S106
        bos_token="<s>",  # noqa: S106
        eos_token="</s>",  # noqa: S106
        model_input_names=["input_ids", "attention_mask"],
        clean_up_tokenization_spaces=False,
    )
    tokenizer.save_pretrained(folder)
    # Say it outright: some versions of transformers write names that others do not know.
    path = folder / "tokenizer_config.json"
    written = json.loads(path.read_text("utf-8"))
    written["tokenizer_class"] = "PreTrainedTokenizerFast"
    path.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
