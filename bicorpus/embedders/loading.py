"""Finding an encoder's folder and loading what is in it, with errors for people.

torch and transformers are imported here and in `folder`, when an encoder is first used.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bicorpus.embedders.sentence_modules import FILE
from bicorpus.errors import ModelError, SettingsError
from bicorpus.models import embedded_folder
from bicorpus.models.places import BROKEN_INSTALLATION

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

EMBEDDED = "encoder-de_en"
_DECIDING = {".json", ".safetensors", ".bin", ".model", ".txt"}
_HOW_TO_NAME = "Name a folder with config.json, weights and tokenizer files, as transformers saves."


def find_folder(name: str | Path) -> Path:
    """Return the folder that `name` means: a folder's path, "embedded", or an embedded name.

    Raises ModelError where there is no encoder.
    """
    embedded = embedded_folder() / (EMBEDDED if name == "embedded" else name)
    folder = embedded if embedded.is_dir() else Path(name)
    if not folder.is_dir():
        # "embedded" is the default: whoever reads this need not have named an encoder at all.
        next_step = BROKEN_INSTALLATION if name == "embedded" else _HOW_TO_NAME
        raise ModelError(f'There is no encoder "{name}".', next_step=next_step)
    if not (folder / "config.json").is_file():
        raise ModelError(f'The folder "{folder}" has no "config.json".', next_step=_HOW_TO_NAME)
    return folder


class Tokenizer:
    """The pieces of texts, and the marks that the model wants around them."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoTokenizer

        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        except Exception as reason:  # of many kinds, some of them made in Rust
            raise _unusable(folder, "tokenizer", reason) from reason
        marks = self._tokenizer("")["input_ids"]
        if len(marks) != 2:
            raise ModelError(
                f'The tokenizer in "{folder}" sets {len(marks)} marks around a text.',
                next_step="Use an encoder that sets one before and one after, as BERT does.",
            )
        self.before, self.after = (int(mark) for mark in marks)
        self.padding = int(self._tokenizer.pad_token_id or 0)
        self.longest = int(min(self._tokenizer.model_max_length, 1_000_000))

    def pieces(self, texts: list[str]) -> list[list[int]]:
        """Return the numbers of the pieces of each text, without marks."""
        if not texts:
            return []
        encoded = self._tokenizer(
            texts,
            add_special_tokens=False,
            return_attention_mask=False,
            return_token_type_ids=False,
            split_special_tokens=True,  # "<s>" in a text is three characters, no mark
            verbose=False,  # what is long goes through in windows: no reason to warn
        )
        rows: list[list[int]] = encoded["input_ids"]
        return rows


def folder_hash(folder: Path) -> str:
    """Return 12 hexadecimal digits for what decides the states: names and contents of files.

    `modules.json` is left out: it says what becomes of the states of a whole text.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in _DECIDING and path.name != FILE:
            with path.open("rb") as stream:
                sha = hashlib.file_digest(stream, "sha256").hexdigest()
            digest.update(f"{path.name}\0{sha}\n".encode())
    return digest.hexdigest()[:12]


class Encoder:
    """A loaded model, and the layer of it whose states are taken; None is the last."""

    def __init__(self, folder: Path, *, layer: int | None) -> None:
        from transformers import AutoModel
        from transformers.utils import logging

        messages: Any = logging  # not all of it carries types
        has_bar = messages.is_progress_bar_enabled()
        messages.disable_progress_bar()  # it would write over ours
        try:
            model, told = AutoModel.from_pretrained(
                folder, local_files_only=True, output_loading_info=True
            )
        except Exception as reason:  # of many kinds, some of them made in Rust
            raise _unusable(folder, "model", reason) from reason
        finally:
            if has_bar:
                messages.enable_progress_bar()
        # transformers fills what is missing by lot; nothing of ours reads the pooler.
        missing = sorted(name for name in told["missing_keys"] if "pooler" not in name)
        if missing:
            raise ModelError(
                f'The weights in "{folder}" lack "{missing[0]}" and {len(missing) - 1} more.',
                next_step="They do not fit its config.json: save the encoder again, whole.",
            )
        self._model: Any = model.float().eval()
        config = model.config
        self.layers = int(config.num_hidden_layers)
        if layer is not None and not 0 <= layer <= self.layers:
            raise SettingsError(
                f'The encoder "{folder.name}" has no layer "{layer}".',
                next_step=f"It has 0 to {self.layers}.",
            )
        self._layer = None if layer == self.layers else layer
        if self._layer is None:
            _leave_out_idle_layers(self._model)
        self.width = int(config.hidden_size)
        self.places = int(config.max_position_embeddings)
        if "roberta" in config.model_type or config.model_type == "camembert":
            # These count their positions from behind the padding's number.
            self.places -= int(config.pad_token_id) + 1

    def states(self, pieces: Any, mask: Any) -> NDArray[numpy.float32]:
        """Return the states [rows, places, d] of `pieces` [rows, places], both torch tensors."""
        import torch

        with torch.inference_mode():
            made = self._model(
                input_ids=pieces,
                attention_mask=mask,
                output_hidden_states=self._layer is not None,
            )
            if self._layer is None:
                states: Any = made.last_hidden_state
            else:
                states = made.hidden_states[self._layer]
        result: NDArray[numpy.float32] = states.numpy()
        return result


def _leave_out_idle_layers(model: Any) -> None:
    """Drop the last layers of a model with norms before its blocks that add nothing at all.

    Our encoder has them so that simalign's layer 8 exists (see its card); the result is the same.
    """
    if model.config.model_type != "megatron-bert":
        return
    layers = model.encoder.layer
    while len(layers) > 1 and _is_idle(layers[-1]):
        del layers[-1]


def _is_idle(layer: Any) -> bool:
    outputs = (layer.attention.output.dense, layer.output.dense)
    return not any(bool(part.any()) for output in outputs for part in (output.weight, output.bias))


def _unusable(folder: Path, what: str, reason: Exception) -> ModelError:
    first = (str(reason).strip() or type(reason).__name__).splitlines()[0].rstrip(".")
    return ModelError(
        f'The {what} in "{folder}" cannot be loaded: {first}.', next_step=_HOW_TO_NAME
    )
