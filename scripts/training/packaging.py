"""From trained weights to a CTranslate2 model and an Argos package."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec
from safetensors.torch import save_file
from torch import Tensor

from bicorpus.models.glosses import GLOSSES
from bicorpus.models.reverse import REVERSE
from training.network import Translator
from training.preparation import read_vocabulary

START = "<s>"  # the piece that the decoder was trained to start with
PACKED_AT = (2026, 1, 1, 0, 0, 0)  # the same bytes from the same weights


def convert(model: Translator, vocabulary_file: Path, folder: Path, *, quantization: str) -> None:
    """Write `model` as a CTranslate2 model into `folder`, replacing what is there."""
    shape = model.model
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    _embedding(spec.encoder.embeddings[0], model)
    _embedding(spec.decoder.embeddings, model)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = _numbers(model.positions)
    for made, layer in zip(spec.encoder.layer, model.enc, strict=True):
        _self_attention(made.self_attention, layer.n1, layer.sa)
        _feed_forward(made.ffn, layer.n2, layer.ff)
    for made, layer in zip(spec.decoder.layer, model.dec, strict=True):
        _self_attention(made.self_attention, layer.n1, layer.sa)
        _cross_attention(made.attention, layer.n2, layer.ca)
        _feed_forward(made.ffn, layer.n3, layer.ff)
    _norm(spec.encoder.layer_norm, model.en)
    _norm(spec.decoder.layer_norm, model.dn)
    spec.decoder.projection.weight = _numbers(model.emb.weight)
    spec.decoder.projection.bias = _numbers(model.ob)
    vocabulary = read_vocabulary(vocabulary_file)
    pieces = [vocabulary.id_to_piece(number) for number in range(vocabulary.get_piece_size())]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = START
    spec.validate()
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _numbers(tensor: Tensor) -> Any:
    return np.ascontiguousarray(tensor.detach().float().cpu().numpy())


def _linear(made: Any, *parts: Any) -> None:
    made.weight = np.concatenate([_numbers(part.weight) for part in parts])
    made.bias = np.concatenate([_numbers(part.bias) for part in parts])


def _norm(made: Any, norm: Any) -> None:
    made.gamma, made.beta = _numbers(norm.weight), _numbers(norm.bias)


def _embedding(made: Any, model: Translator) -> None:
    made.weight = _numbers(model.emb.weight)
    made.multiply_by_sqrt_depth = True


def _self_attention(made: Any, norm: Any, attention: Any) -> None:
    _norm(made.layer_norm, norm)
    _linear(made.linear[0], attention.q, attention.kv)
    _linear(made.linear[1], attention.o)


def _cross_attention(made: Any, norm: Any, attention: Any) -> None:
    _norm(made.layer_norm, norm)
    _linear(made.linear[0], attention.q)
    _linear(made.linear[1], attention.kv)
    _linear(made.linear[2], attention.o)


def _feed_forward(made: Any, norm: Any, block: Any) -> None:
    _norm(made.layer_norm, norm)
    _linear(made.linear_0, block.a)
    _linear(made.linear_1, block.b)


def write_weights(model: Translator, path: Path) -> None:
    """Write the weights in half precision under the starter's names, to train on from."""
    save_file(
        {name: value.detach().half().contiguous() for name, value in model.named_parameters()},
        path,
    )


def write_package(  # noqa: PLR0913  -- a package has these parts
    model: Translator,
    vocabulary_file: Path,
    folder: Path,
    *,
    version: str,
    readme: str,
    splitter: Path | None = None,
    reverse: Translator | None = None,
) -> Path:
    """Write `translate-de_en-VERSION.argosmodel` into `folder` and return its path.

    `splitter` is the ONNX file with which the stock Argos Translate finds sentences; without one
    it goes to the network at its first translation. `reverse` is a model of the other direction
    with the same vocabulary, for bicorpus alone. Glosses beside the vocabulary come along.
    """
    name = f"translate-de_en-{version.replace('.', '_')}"
    root = folder / name
    shutil.rmtree(root, ignore_errors=True)
    convert(model, vocabulary_file, root / "model", quantization="int8")
    shutil.copyfile(vocabulary_file, root / "sentencepiece.model")
    if reverse is not None:
        convert(reverse, vocabulary_file, root / REVERSE, quantization="int8")
    if (glosses := vocabulary_file.with_name(GLOSSES)).is_file():
        shutil.copyfile(glosses, root / GLOSSES)
    if splitter is not None:
        (root / "minisbd").mkdir()
        shutil.copyfile(splitter, root / "minisbd" / "de.onnx")
    metadata = {
        "package_version": version,
        "argos_version": "1.11",
        "from_code": "de",
        "from_name": "German",
        "to_code": "en",
        "to_name": "English",
    }
    (root / "metadata.json").write_text(json.dumps(metadata, indent=1) + "\n", encoding="utf-8")
    (root / "README.md").write_text(readme, encoding="utf-8")
    package = folder / f"{name}.argosmodel"
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), PACKED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return package
