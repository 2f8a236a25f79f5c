"""Encoders in folders: a tiny BERT of random weights made here, and the shapes that ours has."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bicorpus.embedders.folder import FolderEmbedder
from bicorpus.embedders.windows import Window, cut_windows, plan_batches
from bicorpus.errors import ModelError, SettingsError

WORDS = "der die das Haus Boot Stadt the house boat city und and . , ##s ##er ##en a b".split()  # noqa: SIM905
MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PLACES = 40
TEXTS = [
    "der Stadt und das Haus .",
    "the house",
    "",
    "boats and city",
    "das Boot , das Boot .",
    " ",
]


def write_encoder(folder: Path, *, kind: str = "bert", layers: int = 3) -> Path:
    """Write a tiny encoder with a WordPiece tokenizer, weights by lot from a fixed seed."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, MegatronBertConfig, MegatronBertModel
    from transformers import PreTrainedTokenizerFast as Fast

    vocabulary = {word: number for number, word in enumerate([*MARKS, *WORDS])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    # No model_max_length: many a folder in the wild lacks it.
    Fast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(folder)
    shape: dict[str, Any] = {
        "vocab_size": len(vocabulary),
        "hidden_size": 16,
        "num_hidden_layers": layers,
        "num_attention_heads": 2,
        "intermediate_size": 24,
        "max_position_embeddings": PLACES,
    }
    torch.manual_seed(3)
    model: Any = (
        BertModel(BertConfig(**shape))
        if kind == "bert"
        else MegatronBertModel(MegatronBertConfig(**shape))
    )
    for parameter in model.parameters():  # as they come they are too small to tell texts apart
        if parameter.dim() > 1:
            torch.nn.init.normal_(parameter, std=0.5)
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_encoder(tmp_path_factory.mktemp("encoders") / "tiny-bert")


@pytest.fixture(scope="module")
def embedder(folder: Path) -> FolderEmbedder:
    return FolderEmbedder(folder)


def test_rows_have_length_one_and_an_empty_text_has_zeros(embedder: FolderEmbedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), 16)
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths == pytest.approx([1, 1, 0, 1, 1, 0], abs=1e-6)
    assert embedder.embed([]).shape == (0, 16)


def test_a_vector_is_the_mean_over_all_places(folder: Path, embedder: FolderEmbedder) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    model.eval()
    for text in (TEXTS[0], TEXTS[3]):
        with torch.no_grad():
            states = model(**tokenizer(text, return_tensors="pt")).last_hidden_state[0]
        wanted = states.mean(0) / states.mean(0).norm()
        assert np.abs(embedder.embed([text])[0] - wanted.numpy()).max() < 1e-6


def test_the_number_of_threads_changes_no_bit(folder: Path) -> None:
    texts = [
        " ".join(["der", "Stadt", "boats", "and"][: 1 + n % 4] * (1 + n % 7)) for n in range(99)
    ]
    one = FolderEmbedder(folder, threads=1)
    three = FolderEmbedder(folder, threads=3)
    assert np.array_equal(one.embed(texts), three.embed(texts))
    assert one.signature == three.signature


def test_the_order_of_texts_matters_little(embedder: FolderEmbedder) -> None:
    forward, backward = embedder.embed(TEXTS), embedder.embed(TEXTS[::-1])
    assert np.abs(forward - backward[::-1]).max() < 1e-6


def test_nothing_of_a_long_text_is_cut(embedder: FolderEmbedder) -> None:
    long = "das Haus und " * 60
    pieces = 3 * 60
    assert pieces > 4 * PLACES
    vectors = embedder.embed([long, long + "the boat", "the boat " + long])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-6)
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-4
    assert np.abs(vectors[0] - vectors[2]).max() > 1e-4


def test_token_vectors_are_those_of_simalign(folder: Path, embedder: FolderEmbedder) -> None:
    from simalign.simalign import EmbeddingLoader

    layer = 3  # the last of three
    sentences = [["der", "Boots", "und", "Stadt"], ["the", "boats", "."]]
    loader: Any = EmbeddingLoader(model=str(folder), layer=layer)
    wanted = loader.get_embed_list(sentences).numpy()
    made = list(embedder.token_vectors(sentences))
    for own, theirs in zip(made, wanted, strict=True):
        assert np.abs(own.vectors - theirs[: len(own.vectors)]).max() < 1e-5
    assert made[0].tokens.tolist() == [0, 1, 1, 2, 3]
    assert made[1].tokens.tolist() == [0, 1, 1, 2]


def test_an_inner_layer_is_simaligns(folder: Path) -> None:
    from simalign.simalign import EmbeddingLoader

    sentence = [["das", "Haus"], ["the", "house"]]
    loader: Any = EmbeddingLoader(model=str(folder), layer=1)
    wanted = loader.get_embed_list(sentence).numpy()
    (first, second) = FolderEmbedder(folder, layer=1).token_vectors(sentence)
    assert np.abs(first.vectors - wanted[0]).max() < 1e-5
    assert np.abs(second.vectors - wanted[1]).max() < 1e-5


def test_tokens_without_pieces_and_sentences_without_tokens(embedder: FolderEmbedder) -> None:
    made = list(embedder.token_vectors([["das", " ", "Haus"], [], ["", ""]]))
    assert made[0].tokens.tolist() == [0, 2]
    assert [row.vectors.shape for row in made] == [(2, 16), (0, 16), (0, 16)]


def test_a_mark_in_a_text_is_only_text(embedder: FolderEmbedder) -> None:
    (made,) = embedder.token_vectors([["das", "[SEP]", "Haus"]])
    assert made.tokens.tolist() == [0, 1, 1, 1, 2]  # "[", "SEP" and "]"


def test_long_sentences_have_a_vector_for_every_piece(embedder: FolderEmbedder) -> None:
    tokens = ["das", "Haus", "und"] * 60
    (made,) = embedder.token_vectors([tokens])
    assert made.tokens.tolist() == list(range(180))
    assert (np.linalg.norm(made.vectors, axis=1) > 0.1).all()


def test_layers_that_add_nothing_are_left_out_without_a_difference(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    folder = write_encoder(tmp_path / "idle", kind="megatron", layers=4)
    weights = load_file(folder / "model.safetensors")
    for name in weights:
        if name.startswith(("encoder.layer.2.", "encoder.layer.3.")):
            weights[name] = torch.zeros_like(weights[name])
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    short = FolderEmbedder(folder)
    assert len(short._encoder._model.encoder.layer) == 2
    by_number = FolderEmbedder(folder, layer=4)
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    with torch.no_grad():
        states = model.eval()(**tokenizer("das Haus", return_tensors="pt")).last_hidden_state[0]
    wanted = states.mean(0) / states.mean(0).norm()
    for made in (short, by_number):
        assert np.abs(made.embed(["das Haus"])[0] - wanted.numpy()).max() < 1e-6


def test_the_signature_follows_the_files_and_the_layer(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "tiny-bert"
    shutil.copytree(folder, copy)
    first = FolderEmbedder(folder).signature
    assert FolderEmbedder(copy).signature == first
    assert FolderEmbedder(copy, layer=1).signature != first
    (copy / "README.md").write_text("A card decides nothing.", encoding="utf-8")
    assert FolderEmbedder(copy).signature == first
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | {"layer_norm_eps": 1e-3}))
    assert FolderEmbedder(copy).signature != first


def test_what_is_no_encoder_is_named(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ModelError, match='no encoder "nowhere"'):
        FolderEmbedder("nowhere")
    with pytest.raises(ModelError, match="has no"):
        FolderEmbedder(tmp_path)
    damaged = tmp_path / "damaged"
    shutil.copytree(folder, damaged)
    (damaged / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"model in .*damaged"):
        FolderEmbedder(damaged).embed(["das Haus"])
    bare = tmp_path / "bare"
    shutil.copytree(folder, bare)
    (bare / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer in .*bare"):
        FolderEmbedder(bare).embed(["das Haus"])


def test_weights_that_are_missing_are_not_made_up(folder: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    shutil.copytree(folder, tmp_path / "part")
    weights = load_file(folder / "model.safetensors")
    del weights["encoder.layer.1.output.dense.weight"]
    save_file(weights, tmp_path / "part" / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"lack .*layer\.1\.output\.dense\.weight"):
        FolderEmbedder(tmp_path / "part").embed(["das Haus"])


def test_a_layer_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(SettingsError, match='no layer "8"') as caught:
        FolderEmbedder(folder, layer=8).embed(["das Haus"])
    assert "0 to 3" in str(caught.value)


@given(length=st.integers(0, 700), longest=st.integers(2, 200))
def test_windows_tile_the_row_and_fit(length: int, longest: int) -> None:
    windows = cut_windows(0, length, longest=longest)
    kept = [place for window in windows for place in range(window.first, window.last)]
    assert kept == list(range(length))
    for window in windows:
        assert 0 < len(window) <= longest
        assert window.start <= window.first < window.last <= window.end <= length
        assert window.kept.stop - window.kept.start == window.last - window.first


def test_windows_show_what_stands_around() -> None:
    for window in cut_windows(0, 2000, longest=510):
        assert window.first == 0 or window.first - window.start >= 32
        assert window.last == 2000 or window.end - window.last >= 32


@given(st.lists(st.integers(1, 60), max_size=50), st.integers(62, 300), st.integers(1, 9))
def test_batches_hold_every_window_once_and_keep_their_limits(
    lengths: Sequence[int], places: int, most: int
) -> None:
    windows = [Window(row, 0, length, 0, length) for row, length in enumerate(lengths)]
    batches = plan_batches(windows, places=places, most=most)
    assert sorted(w.row for batch in batches for w in batch) == list(range(len(lengths)))
    assert plan_batches(windows[::-1], places=places, most=most) == batches
    for batch in batches:
        assert len(batch) <= most
        assert len(batch) == 1 or len(batch) * (max(map(len, batch)) + 2) <= places
