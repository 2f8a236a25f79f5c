"""A rehearsal of the whole training on the CPU, with sentences of our own."""

# ruff: noqa: E402  -- what the training needs may be missing; then these imports would fail

import json
import random
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

for library in ("torch", "safetensors", "sacrebleu", "ctranslate2", "sentencepiece"):
    pytest.importorskip(library, reason=f"the training needs {library}")

import ctranslate2
import torch
from click.testing import CliRunner
from safetensors.torch import load_file, save_file
from torch.nn import functional
from train_translator import main
from training.augmentation import in_capitals, joined, with_german_quotes, with_other_figures
from training.back_translation import written_out
from training.corpora import Pair, read_pairs
from training.learner import averaged
from training.measurement import Engine, figures_kept, unpacked
from training.nations import with_other_nation
from training.network import SmoothedLoss, Translator
from training.packaging import convert
from training.packing import Packed, batches_of, gather
from training.preparation import read_vocabulary
from training.schedule import Budget, learning_rate
from training.settings import Settings, SettingsError, TrainingSettings, read_settings
from training.trainer import Trainer

from bicorpus.models.reverse import ReverseModel

BUDGET = Budget(tokens=20_000)


def invoke(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output


@pytest.fixture(scope="session")
def settings(world: Path) -> Settings:
    return read_settings(world / "tiny.toml")


@pytest.fixture(scope="session")
def work(world: Path) -> Path:
    """The work folder after `prepare`."""
    folder = world / "work"
    invoke(
        "prepare", "--config", world / "tiny.toml", "--held-out", world / "held_out",
        "--parallel", world / "parallel", "--work", folder,
    )  # fmt: skip
    return folder


def test_prepare_counts_what_it_drops(work: Path) -> None:
    counts = json.loads((work / "prepare.json").read_text())["news"]
    assert counts["in a held-out set"] == 1
    assert counts["seen before"] == 1
    assert counts["empty side"] == 1
    assert counts["kept"] == 48
    assert counts["altered copies"] > 10


def test_prepare_gives_the_same_bytes_again(world: Path, work: Path) -> None:
    before = (work / "packed.npz").read_bytes()
    invoke(
        "prepare", "--config", world / "tiny.toml", "--held-out", world / "held_out",
        "--parallel", world / "parallel", "--work", world / "again",
        "--vocabulary", work / "sentencepiece.model",
    )  # fmt: skip
    assert (world / "again" / "packed.npz").read_bytes() == before


def test_batches_hold_every_row_of_the_epoch_within_the_limit(
    work: Path, settings: Settings
) -> None:
    packed = Packed.load(work / "packed.npz")
    batches = list(batches_of(packed, settings, news=True, epoch=0))
    assert sorted(row for batch in batches for row in batch.tolist()) == [
        row for row, corpus in enumerate(packed.corpus) if packed.corpora[corpus] == "news"
    ]
    for rows in batches:
        batch = gather(packed, rows)
        assert max(batch.source.size, batch.target.size) <= settings.training.batch_tokens
        assert (
            batch.target[:, 1:][batch.labels[:, :-1] != 3]
            == batch.labels[:, :-1][batch.labels[:, :-1] != 3]
        ).all()


def train(trainer: Trainer, checkpoint: Path, *, steps: int) -> None:
    last = trainer.progress.step + steps
    trainer.run(BUDGET, checkpoint, lambda _: None, stopped=lambda: trainer.progress.step >= last)


@pytest.mark.parametrize("optimiser", ["adamw", "muon"])
def test_a_resumed_run_ends_with_the_weights_of_an_uninterrupted_one(
    work: Path, settings: Settings, tmp_path: Path, optimiser: str
) -> None:
    settings = replace(settings, training=replace(settings.training, optimiser=optimiser))
    packed = Packed.load(work / "packed.npz")
    straight = Trainer(settings, packed)
    train(straight, tmp_path / "straight.pt", steps=12)
    train(Trainer(settings, packed), tmp_path / "broken.pt", steps=5)
    torch.manual_seed(99)
    resumed = Trainer(settings, packed)
    resumed.resume(tmp_path / "broken.pt")
    train(resumed, tmp_path / "broken.pt", steps=7)
    assert resumed.progress.tokens == straight.progress.tokens
    for name, value in straight.model.state_dict().items():
        assert torch.equal(value, resumed.model.state_dict()[name]), name
    for name, value in straight.average.items():
        assert torch.equal(value, resumed.average[name]), name


def test_a_checkpoint_of_another_optimiser_is_refused(
    work: Path, settings: Settings, tmp_path: Path
) -> None:
    packed = Packed.load(work / "packed.npz")
    train(Trainer(settings, packed), tmp_path / "adamw.pt", steps=1)
    other = replace(settings, training=replace(settings.training, optimiser="muon"))
    with pytest.raises(SettingsError, match=r'adamw\.pt" is of a training with another optimiser'):
        Trainer(other, packed).resume(tmp_path / "adamw.pt")


@pytest.fixture(scope="session")
def trained(world: Path, work: Path) -> Path:
    """The work folder after a short training."""
    invoke(
        "train", "--config", world / "tiny.toml", "--held-out", world / "held_out",
        "--work", work, "--tokens", "30000",
    )  # fmt: skip
    return work


def test_back_translation_makes_another_corpus_to_train_on(world: Path, work: Path) -> None:
    reverse = world / "reverse"
    reverse.mkdir()
    for name in ("packed.npz", "sentencepiece.model"):
        (reverse / name).write_bytes((work / name).read_bytes())
    english = [f"The police counted {number} votes yesterday." for number in range(10, 50)]
    (world / "mono.en.txt").write_text("\n\n".join((*english, "Too short.", english[0])), "utf-8")
    invoke(
        "train", "--reverse", "--config", world / "tiny.toml", "--held-out", world / "held_out",
        "--work", reverse, "--tokens", "100000",
    )  # fmt: skip
    told = invoke(
        "back-translate", "--work", reverse, "--text", world / "mono.en.txt",
        "--out", world / "back-translated.tsv.xz", "--most", "30",
    )  # fmt: skip

    pairs = list(read_pairs(world / "back-translated.tsv.xz"))

    assert pairs, told
    assert {pair.target for pair in pairs} <= set(english[:30])
    # It learnt to answer in German, from English: the turned pairs.
    assert any({"Die", "Polizei"} & set(pair.source.split()) for pair in pairs)
    again = world / "again"
    invoke(
        "prepare", "--config", world / "tiny.toml", "--held-out", world / "held_out",
        "--parallel", world / "parallel", "--work", again,
        "--vocabulary", work / "sentencepiece.model", "--also", world / "back-translated.tsv.xz",
    )  # fmt: skip
    counts = json.loads((again / "prepare.json").read_text())
    assert counts["back-translated"]["kept"] == len(pairs)


def test_text_for_research_alone_can_be_left_out(world: Path, work: Path) -> None:
    options = (
        "prepare", "--config", world / "tiny.toml", "--held-out", world / "held_out",
        "--parallel", world / "parallel", "--work", world / "open",
        "--vocabulary", work / "sentencepiece.model",
    )  # fmt: skip
    invoke(*options, "--leave-out", "research")
    assert {*json.loads((world / "open" / "prepare.json").read_text())} == {"manuals"}
    result = CliRunner().invoke(main, [*map(str, options), "--leave-out", "comercial"])
    assert result.exit_code == 1
    assert 'the use "comercial"; there are permissive, research.' in result.output


def test_short_forms_of_the_wire_are_written_out() -> None:
    assert written_out("Sales rose 5 pct to 1.2 mln dlrs, or 8 cts a shr.") == (
        "Sales rose 5 percent to 1.2 million dollars, or 8 cents a share."
    )
    assert written_out("The Pct Group and mlnx stay.") == "The Pct Group and mlnx stay."


def test_training_learns_and_keeps_a_log(trained: Path) -> None:
    head, row = (trained / "log.tsv").read_text().splitlines()
    values = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert int(values["tokens"]) >= 30_000
    assert values["mix"] == "news"
    assert float(values["rate"]) < 1e-3
    assert float(values["loss"]) < 5.0  # the mean of a whole run that starts near log 330 = 5.8


def test_pytorch_and_ctranslate2_give_the_same_scores(trained: Path, tmp_path: Path) -> None:
    model, _ = averaged(trained / "checkpoint.pt", Translator)
    convert(model, trained / "sentencepiece.model", tmp_path / "m", quantization="float32")
    vocabulary = read_vocabulary(trained / "sentencepiece.model")
    source = vocabulary.encode("Die Polizei zählte gestern 12 Stimmen.")
    target = vocabulary.encode("The police counted 12 votes yesterday.")
    translator = ctranslate2.Translator(str(tmp_path / "m"), device="cpu")
    (scored,) = translator.score_batch(
        [[vocabulary.id_to_piece(piece) for piece in source]],
        [[vocabulary.id_to_piece(piece) for piece in target]],
    )
    with torch.no_grad():
        logits = model.logits(torch.tensor([[*source, 3]]), torch.tensor([[2, *target]]))
    expected = logits.log_softmax(dim=-1)[0].gather(1, torch.tensor([*target, 3])[:, None])[:, 0]
    assert scored.log_probs == pytest.approx(expected.tolist(), abs=1e-3)


def test_the_package_loads_and_translates(world: Path, trained: Path, tmp_path: Path) -> None:
    invoke("export", "--work", trained, "--out", tmp_path, "--version", "0.9")
    package = tmp_path / "translate-de_en-0_9.argosmodel"
    with zipfile.ZipFile(package) as archive:
        names = {name.removeprefix("translate-de_en-0_9/") for name in archive.namelist()}
        metadata = json.loads(archive.read("translate-de_en-0_9/metadata.json"))
        config = json.loads(archive.read("translate-de_en-0_9/model/config.json"))
    assert names == {
        "metadata.json", "README.md", "sentencepiece.model",
        "model/config.json", "model/model.bin", "model/shared_vocabulary.json",
    }  # fmt: skip
    assert (metadata["from_code"], metadata["to_code"]) == ("de", "en")
    assert config["add_source_eos"] is True
    with unpacked(package) as root:
        engine = Engine(root / "model", root / "sentencepiece.model")
        assert engine.translate(["Die Polizei zählte gestern 12 Stimmen."], beam=2)[0].strip()
    output = tmp_path / "scores.json"
    invoke("evaluate", "--held-out", world / "held_out", "--package", package, "--output", output)
    scores = json.loads(output.read_text())
    assert {*scores} == {"wmt21", "wmt21, beam alone", "wmt22", "wmt22, beam alone"}
    assert all("tok:13a" in one["bleu_signature"] for one in scores.values())


def test_a_model_of_the_other_direction_goes_into_the_package(
    world: Path, trained: Path, tmp_path: Path
) -> None:
    reverse = tmp_path / "reverse"
    reverse.mkdir()
    for name in ("packed.npz", "sentencepiece.model"):
        (reverse / name).write_bytes((trained / name).read_bytes())
    invoke(
        "train", "--reverse", "--config", world / "tiny.toml", "--held-out", world / "held_out",
        "--work", reverse, "--tokens", "30000",
    )  # fmt: skip
    options = ("export", "--work", trained, "--out", tmp_path, "--version", "0.9")
    invoke(*options, "--reverse", reverse)
    with unpacked(tmp_path / "translate-de_en-0_9.argosmodel") as root:
        assert "`reverse/` holds a model of the other direction" in (root / "README.md").read_text()
        model = ReverseModel.of_package(root)
        vocabulary = read_vocabulary(root / "sentencepiece.model")
        assert model is not None
        source, right, wrong = (
            vocabulary.encode(text, out_type=str)
            for text in (
                "Die Polizei zählte gestern 12 Stimmen.",
                "The police counted 12 votes yesterday.",
                "The river reached the school.",
            )
        )
        good, bad = model.score([(source, right), (source, wrong)])
        assert len(good) == len(source) + 1
        assert sum(good) > sum(bad)

    (reverse / "sentencepiece.model").write_bytes(b"another one")
    result = CliRunner().invoke(main, [*map(str, options), "--reverse", str(reverse)])
    assert result.exit_code == 2
    assert "has another vocabulary" in result.output


def test_written_weights_can_be_trained_on(
    trained: Path, settings: Settings, tmp_path: Path
) -> None:
    invoke("export", "--work", trained, "--out", tmp_path)
    trainer = Trainer(settings, Packed.load(trained / "packed.npz"))
    trainer.start_from(tmp_path / "weights.fp16.safetensors")
    average, _ = averaged(trained / "checkpoint.pt", Translator)
    for name, value in average.named_parameters():
        assert torch.allclose(trainer.average[name], value, atol=2e-3), name


def test_merged_weights_are_the_mean(trained: Path, tmp_path: Path) -> None:
    invoke("export", "--work", trained, "--out", tmp_path / "one")
    own = load_file(tmp_path / "one" / "weights.fp16.safetensors")
    other = tmp_path / "other.safetensors"
    save_file({name: value + 1 for name, value in own.items()}, other)
    third = tmp_path / "third.safetensors"
    save_file({name: value - 4 for name, value in own.items()}, third)
    invoke("export", "--work", trained, "--out", tmp_path, "--merge", other, "--merge", third)
    for name, value in load_file(tmp_path / "weights.fp16.safetensors").items():
        assert torch.allclose(value, own[name] - 1, atol=1e-2), name


def test_the_loss_is_that_of_pytorch_with_its_gradients() -> None:
    torch.manual_seed(1)
    states, table = torch.randn(700, 16), torch.randn(9000, 16)
    bias, labels = torch.randn(9000), torch.randint(0, 9000, (700,))
    inputs = [tensor.requires_grad_() for tensor in (states, table, bias)]
    ours = SmoothedLoss.apply(*inputs, labels, 0.1)  # type: ignore[no-untyped-call]
    gradients = torch.autograd.grad(ours[0], inputs)
    logits = functional.linear(states, table, bias)
    theirs = functional.cross_entropy(logits, labels, label_smoothing=0.1, reduction="sum")
    assert ours[0].item() == pytest.approx(theirs.item(), rel=1e-5)
    plain = functional.cross_entropy(logits, labels, reduction="sum")
    assert ours[1].item() == pytest.approx(plain.item(), rel=1e-5)
    for mine, other in zip(gradients, torch.autograd.grad(theirs, inputs), strict=True):
        assert torch.allclose(mine, other, atol=1e-3)


def test_the_sampled_loss_estimates_the_full_one(work: Path, settings: Settings) -> None:
    torch.manual_seed(3)
    model = Translator(settings.model).eval()
    packed = Packed.load(work / "packed.npz")
    batch = gather(packed, next(batches_of(packed, settings, news=False, epoch=0)))
    sides = [torch.from_numpy(side) for side in (batch.source, batch.target, batch.labels)]
    full = model(*sides, TrainingSettings())[1].item()
    drawn = TrainingSettings(frequent=50, sampled=100)
    estimates = [model(*sides, drawn)[1].item() for _ in range(20)]
    assert sum(estimates) / 20 == pytest.approx(full, rel=0.02)


def test_padding_changes_no_score(settings: Settings) -> None:
    model = Translator(settings.model).eval()
    source, target, labels = ([[9, 8, 3]], [[2, 5, 6]], [[5, 6, 3]])
    longer = [[7, 7, 7, 7, 7, 3]], [[2, 5, 5, 5, 6]], [[5, 5, 5, 6, 3]]
    exact = TrainingSettings()
    alone = model(*map(torch.tensor, (source, target, labels)), exact)
    other = model(*map(torch.tensor, longer), exact)
    padded = [
        torch.tensor([short[0] + [0] * (len(long[0]) - len(short[0])), long[0]])
        for short, long in zip((source, target, labels), longer, strict=True)
    ]
    assert torch.allclose(model(*padded, exact), alone + other, rtol=1e-4)


def test_the_rate_warms_up_and_ends_at_zero() -> None:
    training = TrainingSettings(peak_rate=1.0, warm_up=100, constant=400, decay_share=0.4)
    assert learning_rate(training, step=50, share=0.0) == pytest.approx(0.5)
    assert learning_rate(training, step=400, share=0.5) == pytest.approx(1.0)
    assert learning_rate(training, step=1600, share=0.5) == pytest.approx(0.5)
    assert learning_rate(training, step=1600, share=0.8) == pytest.approx(0.25)
    assert learning_rate(training, step=1600, share=1.0) == 0.0


@pytest.mark.parametrize(
    ("german", "english", "changes"),
    [
        ("Es kamen 320 Gäste.", "There were 320 guests.", True),
        ("Es kostet 1.250 Euro.", "It costs 1,250 euros.", True),
        ("Es sind 2,5 Prozent.", "It is 2.5 percent.", True),
        ("Am 3. Mai kamen 40.", "On May 3, 40 came.", True),
        ("Es war 2 zu 2.", "It was 2 to 2.", False),
        ("Um 14.30 Uhr.", "At 2:30 pm.", False),
        ("Drei Leute.", "Three people.", False),
    ],
)
def test_figures_change_on_both_sides_alike(german: str, english: str, changes: bool) -> None:
    for seed in range(20):
        made = with_other_figures(Pair(german, english), random.Random(seed))
        if not changes:
            assert made is None
        elif made is not None:
            asked, kept = figures_kept([made.source], [made.target])
            assert asked == kept > 0, made


class Choosing(random.Random):
    """Draws what it is told to draw."""

    def __init__(self, english: str) -> None:
        super().__init__(1)
        self.english = english

    def choice(self, seq: Any) -> Any:
        return next(one for one in seq if one.english == self.english)


@pytest.mark.parametrize(
    ("nation", "pair", "made"),
    [
        (
            "Ukrainian",
            ("Die französische Armee kam.", "The French army came."),
            ("Die ukrainische Armee kam.", "The Ukrainian army came."),
        ),
        (
            "Ukrainian",
            ("Der Italienische Bauer blieb.", "An Italian farmer stayed."),
            ("Der Ukrainische Bauer blieb.", "A Ukrainian farmer stayed."),
        ),
        (
            "Estonian",
            ("mit einem polnischen Boot", "with a Polish boat"),
            ("mit einem estnischen Boot", "with an Estonian boat"),
        ),
        ("French", ("ein französischer Koch", "a French cook"), None),
        ("Estonian", ("Die französische Armee kam.", "The army from France came."), None),
        ("Estonian", ("die japanische und die koreanische Seite", "Japan's Korean side"), None),
        ("Estonian", ("Ein französischer Koch.", "French, a French cook."), None),
        ("Estonian", ("Ein hölzerner Tisch.", "A wooden table."), None),
    ],
)
def test_nations_change_on_both_sides_or_not_at_all(
    nation: str, pair: tuple[str, str], made: tuple[str, str] | None
) -> None:
    assert with_other_nation(Pair(*pair), Choosing(nation)) == made


def test_copies_look_like_what_articles_have() -> None:
    pair = Pair('"Ja", sagte er.', "“Yes,” he said.")
    assert with_german_quotes(pair) == ("„Ja“, sagte er.", '"Yes," he said.')
    assert with_german_quotes(Pair('Ein " zu viel', 'One " too many')) is None
    assert in_capitals(Pair("Große Freude", "Great joy")) == ("GROSSE FREUDE", "GREAT JOY")
    assert joined(pair, Pair("Gut.", "Good.")) == ('"Ja", sagte er. Gut.', "“Yes,” he said. Good.")
    assert joined(pair, Pair("Ohne Ende", "No end")) is None


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[model]\nwitdh = 1", "witdh"),
        ("[trainig]", "trainig"),
        ("[model]\nwidth = 8", "encoder_layers"),
    ],
)
def test_a_wrong_configuration_is_an_error_that_names_it(
    tmp_path: Path, content: str, named: str
) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(content)
    with pytest.raises(SettingsError, match=named):
        read_settings(path)


@pytest.mark.parametrize("name", ["small", "base"])
def test_the_configurations_can_be_read(name: str) -> None:
    folder = Path(__file__).resolve().parents[2] / "scripts" / "training"
    settings = read_settings(folder / f"{name}.toml")
    assert settings.name == name
    assert settings.weight("wmt-newstest-2008-2013", news=True) > 1
