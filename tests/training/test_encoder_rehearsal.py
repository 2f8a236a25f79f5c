"""A rehearsal of the encoder's training on the CPU, with sentences of our own."""

# ruff: noqa: E402  -- what the training needs may be missing; then these imports would fail

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

for library in ("torch", "safetensors", "transformers", "sentencepiece", "simalign"):
    pytest.importorskip(library, reason=f"the training needs {library}")

import numpy as np
import torch
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from train_encoder import main
from training import encoder_whitening, preparation
from training.corpora import Pair
from training.encoder_batches import batches_of_epoch, make_batch
from training.encoder_links import LinkTable, grown, join_answers, pack_links, piece_tokens
from training.encoder_losses import (
    BestCosines,
    agreement,
    contrast,
    encoder_loss,
    link_loss,
    sentence_contrast,
)
from training.encoder_network import Encoder, sentence_vectors
from training.encoder_noise import TOKEN, altered, tokenised
from training.encoder_packaging import LEAST_LAYERS, build_tokenizer, read_weights
from training.encoder_queue import Past, VectorQueue
from training.encoder_settings import EncoderSettings, NoiseSettings, read_encoder_settings
from training.encoder_trainer import EncoderTrainer
from training.learner import averaged, merge_weights
from training.packing import Packed
from training.schedule import Budget
from training.settings import SettingsError

from bicorpus.embedders.folder import FolderEmbedder

CONFIGURATION = """
name = "tiny-encoder"
[model]
encoder_layers = 2
decoder_layers = 0
width = 32
heads = 2
feed_forward = 64
vocabulary = 330
positions = 64
[data]
maximum_pieces = 60
[augmentation]
figures = 0.5
[noise]
tokenised = 0.5
lower = 0.1
upper = 0.1
altered = 0.2
[loss]
links = 0.5
[training]
seed = 7
batch_tokens = 500
queue = 40
peak_rate = 5e-3
warm_up = 10
average = 0.9
[mix]
other = 1.0
news = 2.0
"""
ODD_TEXTS = (
    "Am 6. August 2024 kostete das Brötchen 1,25 €.",
    "  viele   Leerzeichen\tund\u00a0feste  ",
    "Ein Smiley 😀 und 日本語 fehlen im Vokabular.",
    "ﬁne Ligatur, Ａ breit, weiche\u00adTrennung, null\u200bbreit",
    "“Quotes” — dashes… and ½ cups",
    "",
    " ",
    "\u200b",
)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Matrices as small as these are slower on several threads, a hundred times on a busy one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def invoke(*arguments: str | Path | int) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("encoder") / "tiny-encoder.toml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def settings(configuration: Path) -> EncoderSettings:
    return read_encoder_settings(configuration)


@pytest.fixture(scope="module")
def work(world: Path, configuration: Path, settings: EncoderSettings) -> Path:
    """The work folder after `prepare`, `text` and `links`."""
    folder = world / "encoder-work"
    files = preparation.Files(world / "parallel", world / "held_out")
    corpora, _ = preparation.load_corpora(files, settings)
    preparation.train_vocabulary(corpora, settings, world / "own.model")
    invoke(
        "prepare", "--config", configuration, "--held-out", world / "held_out", "--work", folder,
        "--parallel", world / "parallel", "--vocabulary", world / "own.model",
    )  # fmt: skip
    invoke("text", "--config", configuration, "--work", folder, "--out", folder / "text")
    german = (folder / "text" / "de.txt").read_text("utf-8").splitlines()
    english = (folder / "text" / "en.txt").read_text("utf-8").splitlines()
    # A teacher that knows figures and marks, and says so in both directions.
    answers = [
        " ".join(
            f"{first}-{second}"
            for first, word in enumerate(source.split())
            for second, other in enumerate(target.split())
            if word.translate(str.maketrans(".,", ",.")) == other or word == other == "."
        )
        for source, target in zip(german, english, strict=True)
    ]
    for name in ("forward", "backward"):
        (folder / "text" / name).write_text("\n".join(answers) + "\n", encoding="utf-8")
    invoke(
        "links", "--work", folder, "--text", folder / "text",
        "--forward", folder / "text" / "forward", "--backward", folder / "text" / "backward",
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def trained(work: Path, configuration: Path) -> Path:
    """The exported folder of a model after a few dozen steps."""
    invoke("train", "--config", configuration, "--work", work, "--pairs", 1500)
    invoke("export", "--work", work, "--out", work / "encoder-tiny", "--note", "A rehearsal.")
    return work / "encoder-tiny"


def trainer_of(work: Path, settings: EncoderSettings) -> EncoderTrainer:
    return EncoderTrainer(
        settings,
        Packed.load(work / "packed.npz"),
        preparation.read_vocabulary(work / "sentencepiece.model"),
        teacher=LinkTable.load(work / "links.npz"),
    )


def test_a_stopped_training_goes_on_bit_for_bit(
    work: Path, settings: EncoderSettings, tmp_path: Path
) -> None:
    budget = Budget(tokens=300)
    whole = trainer_of(work, settings)
    whole.run(budget, tmp_path / "whole.pt", lambda _: None)

    stops = iter([False] * 2 + [True])
    stopped = trainer_of(work, settings)
    stopped.run(budget, tmp_path / "half.pt", lambda _: None, stopped=lambda: next(stops))
    assert stopped.progress.pairs < 300
    torch.manual_seed(12345)
    resumed = trainer_of(work, settings)
    resumed.resume(tmp_path / "half.pt")
    resumed.run(budget, tmp_path / "half.pt", lambda _: None)

    assert resumed.progress.step == whole.progress.step > 3
    for name, value in whole.model.state_dict().items():
        assert torch.equal(value, resumed.model.state_dict()[name]), name
    for name, value in whole.average.items():
        assert torch.equal(value, resumed.average[name]), name


def test_what_is_exported_has_the_vectors_of_the_training(trained: Path, work: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    texts = ["Die Polizei sucht 12 Boote.", "The mayor counted 3,500 votes yesterday."]
    model, _ = averaged(work / "encoder.pt", Encoder)
    tokenizer = AutoTokenizer.from_pretrained(trained)
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    loaded = AutoModel.from_pretrained(trained, output_hidden_states=True).eval()
    with torch.no_grad():
        own = model(batch["input_ids"])
        made = loaded(**batch)
    real = batch["attention_mask"].bool()
    # Half precision keeps eleven bits: the states are a few units long.
    assert (made.last_hidden_state - own)[real].abs().max() < 2e-3 * own[real].abs().max()
    assert torch.equal(made.hidden_states[LEAST_LAYERS], made.last_hidden_state)
    vectors = FolderEmbedder(trained).embed(texts)
    wanted = sentence_vectors(own, batch["input_ids"]).numpy()
    assert np.abs(vectors - wanted).max() < 1e-3


def test_a_folder_can_be_trained_on_and_merged(
    trained: Path, work: Path, settings: EncoderSettings
) -> None:
    model, _ = averaged(work / "encoder.pt", Encoder)
    begun = Encoder(settings.model)
    taken = begun.start_from(read_weights(trained))
    left = {name for name, _ in begun.named_parameters()} - set(taken)
    assert left == {"word_scale", "sentence_scale"}
    pieces = torch.tensor([[2, 40, 41, 42, 3]])
    with torch.no_grad():
        assert torch.allclose(begun(pieces), model(pieces), atol=0.02)
        model.emb.weight += 2.0  # the mean with what it was is half of that away
        before = model.emb.weight.clone()
    merge_weights(model, [read_weights(trained)])
    assert torch.allclose(before - model.emb.weight, torch.tensor(1.0), atol=0.01)


def test_the_layer_brings_pairs_together_that_differ_by_their_language() -> None:
    lot = np.random.default_rng(3)
    said = lot.normal(size=(400, 40))
    # One direction tells the language and the length of a sentence, nothing of what is said.
    noise = 0.5 * lot.normal(size=(2, 400, 40))
    noise[:, :, 37] = lot.normal(size=(2, 400)) * 6.0
    sides = said + noise
    sources, targets = sides / np.linalg.norm(sides, axis=2, keepdims=True)
    weight, bias = encoder_whitening.fit(sources[:200], targets[:200])

    def found(left: np.ndarray, right: np.ndarray) -> float:
        nearest = (left @ right.T).argmax(axis=1)
        return float((nearest == np.arange(len(left))).mean())

    ours, theirs = ((side[200:] @ weight.T + bias) for side in (sources, targets))
    units = [side / np.linalg.norm(side, axis=1, keepdims=True) for side in (ours, theirs)]
    assert found(sources[200:], targets[200:]) < 0.7
    assert found(*units) > 0.9


def test_a_folder_with_the_layer_gives_its_vectors(trained: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(trained, tmp_path / "encoder")
    texts = ["Die Polizei sucht 12 Boote.", "The mayor counted 3,500 votes yesterday.", "Boote."]
    encoder_whitening.write_modules(folder)
    plain = FolderEmbedder(folder).embed(texts).astype(np.float64)
    assert plain.shape == (3, 2 * FolderEmbedder(trained).width)
    lot = np.random.default_rng(3)
    layer = lot.normal(size=(plain.shape[1], 5)).T, lot.normal(size=5)
    encoder_whitening.write_modules(folder, layer)
    wanted = plain @ layer[0].T + layer[1]
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert np.abs(FolderEmbedder(folder).embed(texts) - wanted).max() < 1e-4


def test_simalign_runs_it_with_its_default_layer(trained: Path) -> None:
    from simalign import SentenceAligner

    aligner = SentenceAligner(model=str(trained), matching_methods="mai")
    links = aligner.get_word_aligns(
        "Die Polizei sucht seit Montag 12 Boote .",
        "The police has been looking for 12 boats since Monday .",
    )
    assert set(links) == {"inter", "itermax", "mwmf"}
    assert (7, 10) in links["inter"]  # full stop to full stop


def test_its_folder_is_complete_and_says_how_it_was_made(trained: Path) -> None:
    names = {path.name for path in trained.iterdir()}
    assert names == {
        "README.md",
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    card = (trained / "README.md").read_text("utf-8")
    assert "seed 7" in card
    assert "news 2.0" in card
    assert "- A rehearsal." in card
    assert json.loads((trained / "tokenizer_config.json").read_text())["model_max_length"] == 64


def test_training_brings_translations_together(trained: Path, work: Path) -> None:
    from bicorpus.embedders.folder import FolderEmbedder

    german = (work / "text" / "de.txt").read_text("utf-8").splitlines()[::4]
    english = (work / "text" / "en.txt").read_text("utf-8").splitlines()[::4]
    embedder = FolderEmbedder(trained)
    nearest = (embedder.embed(german) @ embedder.embed(english).T).argmax(axis=1)
    found = np.mean([english[place] == english[line] for line, place in enumerate(nearest)])
    assert found > 0.5  # by chance one in a dozen or more


def test_evaluate_writes_scores_and_card(
    trained: Path, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training import encoder_measurement

    monkeypatch.setattr(  # a BERT-base takes longer than all other tests here
        encoder_measurement,
        "write_bert_base",
        lambda model, folder: [
            (folder / path.name).write_bytes(path.read_bytes()) for path in model.iterdir()
        ],
    )
    (tmp_path / "a.de.txt").write_text("Das Haus .\n", encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("The house .\n", encoding="utf-8")
    (tmp_path / "a.wa").write_text("a-1\t0p0 1-1 2-2\n", encoding="utf-8")
    for _ in range(2):  # again: the old scores make room for the new
        invoke(
            "evaluate", "--model", trained, "--gold", tmp_path, "--held-out", world / "held_out",
            "--output", tmp_path / "scores.json", "--threads", "1",
        )  # fmt: skip
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert scores["found_first_WMT21"] == {"de-en": 1.0, "en-de": 1.0}  # there is but one line
    assert 0 <= scores["word_links"]["inter, pieces"]["error_rate"] <= 1
    assert set(scores["told_apart_WMT21"]) == {"figure", "negation", "name"}
    assert (trained / "README.md").read_text("utf-8").count("## Scores") == 1


def test_the_tokenizer_gives_the_pieces_of_sentencepiece(work: Path) -> None:
    vocabulary = preparation.read_vocabulary(work / "sentencepiece.model")
    tokenizer = build_tokenizer(work / "sentencepiece.model")
    lines = (work / "text" / "de.txt").read_text("utf-8").splitlines()
    for text in (*ODD_TEXTS, *lines):
        assert tokenizer.encode(text, add_special_tokens=False).ids == vocabulary.encode(text)
    marked = tokenizer.encode("Haus")
    assert marked.tokens[0] == "<s>"
    assert marked.tokens[-1] == "</s>"


def test_marks_and_bytes_in_a_text_are_only_text(
    world: Path, tmp_path: Path, settings: EncoderSettings
) -> None:
    files = preparation.Files(world / "parallel", world / "held_out")
    corpora, _ = preparation.load_corpora(files, settings)
    pairs = [
        Pair(f"{pair.source} < / > {letter}", pair.target)
        for pair in corpora["news"]
        for letter in "0x41sApd"
    ]
    preparation.train_vocabulary({"news": pairs}, settings, tmp_path / "model")
    vocabulary = preparation.read_vocabulary(tmp_path / "model")
    tokenizer = build_tokenizer(tmp_path / "model")
    for text in ("<s> and </s>", "<0x41>", "<pad>s"):
        assert tokenizer.encode(text, add_special_tokens=False).ids == vocabulary.encode(text)


def test_batches_are_the_same_for_the_same_seed(work: Path, settings: EncoderSettings) -> None:
    packed = Packed.load(work / "packed.npz")
    vocabulary = preparation.read_vocabulary(work / "sentencepiece.model")
    rows = batches_of_epoch(packed, settings, 0)[0]
    teacher = LinkTable.load(work / "links.npz")
    made = [
        make_batch(packed, rows, vocabulary, settings, seed=seed, teacher=teacher)
        for seed in ("1", "1", "2")
    ]
    assert np.array_equal(made[0].source, made[1].source)
    assert np.array_equal(made[0].links, made[1].links)
    assert not np.array_equal(made[0].target, made[2].target)
    assert made[0].pairs == len(rows) < len(made[0].target)
    assert made[0].links.any()


def test_a_teacher_that_is_asked_for_must_be_there(
    work: Path, settings: EncoderSettings, configuration: Path, tmp_path: Path
) -> None:
    for name in ("packed.npz", "sentencepiece.model"):
        (tmp_path / name).write_bytes((work / name).read_bytes())
    result = CliRunner().invoke(
        main, ["train", "--config", str(configuration), "--work", str(tmp_path), "--pairs", "9"]
    )
    assert result.exit_code == 2
    assert "links.npz" in result.output


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(CONFIGURATION.replace("[loss]", "[loss]\nwordz = 1.0"), encoding="utf-8")
    with pytest.raises(SettingsError, match="wordz"):
        read_encoder_settings(path)


# The parts


def test_best_cosines_have_the_gradients_of_a_plain_maximum() -> None:
    torch.manual_seed(0)
    sides = [torch.randn(3, 4, 8).double(), torch.randn(5, 6, 8).double()]
    mine = [side.clone().requires_grad_() for side in sides]
    plain = [side.clone().requires_grad_() for side in sides]
    forward, backward = BestCosines.apply(*mine)
    cosines = torch.einsum("snd,tmd->sntm", *plain)
    assert torch.allclose(forward, cosines.amax(3))
    assert torch.allclose(backward, cosines.amax(1))
    (forward.pow(2).sum() + backward.sum()).backward()
    (cosines.amax(3).pow(2).sum() + cosines.amax(1).sum()).backward()
    for one, other in zip(mine, plain, strict=True):
        assert torch.allclose(one.grad, other.grad)


def test_a_pair_that_shares_a_side_is_no_negative() -> None:
    scores = torch.tensor([[5.0, 9.0, 0.0], [9.0, 5.0, 0.0]])
    alone = contrast(scores, torch.zeros(2, 2, dtype=torch.bool))
    shared = contrast(scores, torch.tensor([[False, True], [True, False]]))
    # Left are the own target and, for the sources, the altered copy.
    wanted = (torch.log1p(torch.exp(torch.tensor(-5.0))) + 0.0) / 2
    assert shared == pytest.approx(float(wanted), abs=1e-6)
    assert alone > 2


def test_earlier_batches_count_as_negatives_unless_they_share_a_text() -> None:
    unit = torch.eye(4)
    keys = torch.tensor([[1, 10], [2, 20]])
    new = Past(unit[:2], unit[:2], keys)
    same, none = torch.zeros(2, 2, dtype=torch.bool), torch.zeros(0, 4)
    scale = torch.tensor(10.0)

    def loss(past_keys: list[list[int]]) -> float:
        past = Past(unit[:2], unit[:2], torch.tensor(past_keys))
        return float(sentence_contrast(new, none, scale, same, past))

    assert loss([[3, 30], [4, 40]]) > 0.6  # two equal candidates: log 2
    assert loss([[1, 30], [4, 20]]) < 1e-3


def test_the_queue_keeps_the_last() -> None:
    queue = VectorQueue(3, 1, torch.device("cpu"))
    for number in range(5):
        row = torch.full((1, 1), float(number))
        queue.push(Past(row, row, torch.full((1, 2), number)))
    assert queue.past.source[:, 0].tolist() == [2.0, 3.0, 4.0]
    empty = VectorQueue(0, 1, torch.device("cpu"))
    empty.push(queue.past)
    assert len(empty.past.keys) == 0


def test_agreement_is_least_for_one_to_one() -> None:
    words = torch.ones(1, 3, dtype=torch.bool)
    scale = torch.tensor(30.0)
    crisp = agreement(torch.eye(3)[None], scale, words, words)
    blurred = agreement(torch.full((1, 3, 3), 0.5), scale, words, words)
    assert float(crisp) == pytest.approx(0.0, abs=1e-3)
    assert float(blurred) == pytest.approx(float(torch.log(torch.tensor(3.0))), abs=1e-3)


def test_link_loss_asks_for_any_linked_word_and_passes_over_the_rest() -> None:
    words = torch.ones(1, 2, dtype=torch.bool)
    scale = torch.tensor(30.0)
    links = torch.tensor([[[True, False], [False, False]]])
    right = torch.tensor([[[1.0, 0.0], [1.0, 1.0]]])
    # The first source word is right; the first target word is torn between both source words.
    loss = link_loss(right, scale, links, words, words)
    assert float(loss) == pytest.approx(float(torch.log(torch.tensor(2.0))) / 2, abs=1e-3)
    nothing = link_loss(right, scale, torch.zeros_like(links), words, words)
    assert float(nothing) == 0.0


def test_padding_changes_nothing(settings: EncoderSettings) -> None:
    torch.manual_seed(1)
    model = Encoder(settings.model).eval()
    source, target = (
        torch.tensor([[2, 10, 11, 3], [2, 20, 21, 3]]),
        torch.tensor([[2, 30, 31, 32, 3], [2, 40, 41, 42, 3]]),
    )
    past = VectorQueue(0, settings.model.width, torch.device("cpu")).past
    keys, same = torch.tensor([[1, 2], [3, 4]]), torch.zeros(2, 2, dtype=torch.bool)

    def parts(padding: int) -> torch.Tensor:
        padded = [torch.nn.functional.pad(side, (0, padding)) for side in (source, target)]
        links = torch.zeros(2, padded[0].shape[1], padded[1].shape[1], dtype=torch.bool)
        links[:, 1, 2] = True
        return encoder_loss(model, [*padded, same, links, keys], settings.loss, past)[1]

    assert torch.allclose(parts(0), parts(3), atol=1e-5)


@pytest.mark.parametrize(
    ("forward", "backward", "wanted"),
    [
        ({(0, 0)}, {(0, 0)}, {(0, 0)}),
        ({(0, 0), (1, 1)}, {(0, 0)}, {(0, 0), (1, 1)}),  # a neighbour, its words still free
        ({(0, 0), (4, 2)}, {(0, 0)}, {(0, 0)}),  # no neighbour of anything
        ({(0, 0), (0, 1), (1, 0)}, {(0, 0), (1, 1)}, {(0, 0), (0, 1), (1, 0)}),
        ({(0, 0)}, {(1, 1)}, set()),
    ],
)
def test_grow_diag(
    forward: set[tuple[int, int]], backward: set[tuple[int, int]], wanted: set[tuple[int, int]]
) -> None:
    assert grown(frozenset(forward), frozenset(backward)) == wanted


def test_a_link_table_gives_back_what_it_was_made_of(tmp_path: Path) -> None:
    links = [frozenset({(0, 1), (2, 0)}), frozenset(), frozenset({(5, 300)})]
    pack_links(np.array([3, 8, 9]), links).save(tmp_path / "links.npz")
    table = LinkTable.load(tmp_path / "links.npz")
    taught = table.of(3)
    assert taught is not None
    assert taught.tolist() == [[0, 1], [2, 0]]
    assert len(table.of(8)) == 0  # type: ignore[arg-type]
    assert len(table.of(9)) == 0  # type: ignore[arg-type]  # past what a byte holds
    assert table.of(4) is None
    assert table.of(10) is None


def test_an_aligner_can_be_measured_on_gold_that_comes_last(
    work: Path, configuration: Path, tmp_path: Path
) -> None:
    for name in ("packed.npz", "sentencepiece.model"):
        (tmp_path / name).write_bytes((work / name).read_bytes())
    (tmp_path / "a.de.txt").write_text("Das Haus .\n", encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("The house .\n", encoding="utf-8")
    (tmp_path / "a.wa").write_text("a-1\t0p0 1-1 2-2\n", encoding="utf-8")
    given = ("--work", tmp_path, "--gold", tmp_path)
    invoke("text", "--config", configuration, *given, "--out", tmp_path / "text", "--pairs", 5)
    german = (tmp_path / "text" / "de.txt").read_text("utf-8").splitlines()
    assert len(german) == 6
    assert german[-1] == "das haus ."
    (tmp_path / "forward").write_text("0-0\n" * 5 + "1-1 2-2\n", encoding="utf-8")
    (tmp_path / "backward").write_text("0-0\n" * 5 + "1-1\n", encoding="utf-8")
    told = invoke(
        "links", *given, "--text", tmp_path / "text",
        "--forward", tmp_path / "forward", "--backward", tmp_path / "backward",
    )  # fmt: skip
    assert "5 links of 5 pairs" in told
    assert "intersection: 0.333" in told  # one of two sure links: 1 - (1 + 1) / (1 + 2)
    assert "grow-diag: 0.000" in told


def test_answers_of_another_length_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "rows.npy", np.array([1, 2]))
    (tmp_path / "links").write_text("0-0\n", encoding="utf-8")
    with pytest.raises(ValueError, match="ask for 2"):
        join_answers(tmp_path, tmp_path / "links", tmp_path / "links")


@pytest.mark.parametrize("guise", [str, tokenised, str.lower])
def test_pieces_find_their_tokens_in_every_guise(work: Path, guise: object) -> None:
    vocabulary = preparation.read_vocabulary(work / "sentencepiece.model")
    text = 'Die Ministerin sagte: "Wir brauchen 3.500 Busse."'
    tokens = TOKEN.findall(text)
    pieces = vocabulary.encode(guise(text), out_type=str)  # type: ignore[operator]
    owners = piece_tokens(text, pieces)
    assert owners is not None
    assert sorted(set(owners.tolist())) == list(range(len(tokens)))
    for piece, owner in zip(pieces, owners, strict=True):
        assert piece.replace("▁", "").lower()[:1] in tokens[owner].lower()


def test_pieces_whose_letters_do_not_add_up_have_no_tokens() -> None:
    assert piece_tokens("Straße", ["▁STRASSE"]) is None
    assert piece_tokens("", []) is None


def draws() -> Iterator[random.Random]:
    for seed in range(60):
        yield random.Random(seed)


@pytest.mark.parametrize(
    ("text", "others", "wanted"),
    [
        ("It cost 7 euros", [], {f"It cost {digit} euros" for digit in "12345689"}),
        ("She was not there", [], {"She was there"}),
        ("He didn't go", [], {"He did go"}),
        ("She was there", [], {"She was not there"}),
        ("we met Anna", ["then came Peter"], {"we met Peter"}),
        ("nothing to change", ["or here"], {None}),
    ],
)
def test_altered_english_says_something_else(
    text: str, others: list[str], wanted: set[str | None]
) -> None:
    assert {altered(text, others, lot) for lot in draws()} == wanted


@given(st.text())
def test_tokens_keep_every_character_but_white_space(text: str) -> None:
    assert tokenised(text).replace(" ", "") == "".join(text.split())


def test_noise_can_be_switched_off(work: Path, settings: EncoderSettings) -> None:
    quiet = replace(
        settings,
        noise=NoiseSettings(tokenised=0, one_tokenised=0, lower=0, upper=0, altered=0),
    )
    packed = Packed.load(work / "packed.npz")
    vocabulary = preparation.read_vocabulary(work / "sentencepiece.model")
    rows = batches_of_epoch(packed, quiet, 0)[0]
    batch = make_batch(packed, rows, vocabulary, quiet, seed="1")
    start = packed.source_starts[rows[0]]
    wanted = packed.source_pieces[start : packed.source_starts[rows[0] + 1]].tolist()
    assert batch.source[0, 1 : len(wanted) + 1].tolist() == wanted
    assert len(batch.target) == batch.pairs
