"""A tiny world of our own: sentences, a configuration, a packed file."""

import lzma
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))

CONFIGURATION = """
name = "tiny"
[model]
encoder_layers = 2
decoder_layers = 1
width = 32
heads = 2
feed_forward = 64
vocabulary = 330
dropout = 0.05
[augmentation]
joined = 0.2
figures = 0.5
capitals = 0.1
quotes = 0.5
[training]
seed = 7
batch_tokens = 300
accumulation = 2
peak_rate = 1e-2
warm_up = 20
label_smoothing = 0.1
average = 0.95
frequent = 20
sampled = 100
[mix.broad]
other = 0.5
news = 2.0
[mix.news]
news = 1.0
"""

PEOPLE = (
    ("Die Ministerin", "The minister"),
    ("Der Bürgermeister", "The mayor"),
    ("Die Polizei", "The police"),
    ("Unsere Nachbarin", "Our neighbour"),
)
DEEDS = (
    ("eröffnet morgen {} Schulen", "will open {} schools tomorrow"),
    ("zählte gestern {} Stimmen", "counted {} votes yesterday"),
    ("sucht seit Montag {} Boote", "has been looking for {} boats since Monday"),
    ('sagte: "Wir brauchen {} Busse"', 'said: "We need {} buses"'),
)
HELD_OUT = (
    "Niemand darf diesen Satz lernen, denn er gehört zur Prüfung.",
    "Nobody may learn this sentence, for it belongs to the exam.",
)


def sentences() -> list[tuple[str, str]]:
    """Pairs of our own, 4 people x 4 deeds x 3 figures."""
    return [
        (f"{who} {deed.format(figure)}.", f"{who_english} {deed_english.format(english)}.")
        for who, who_english in PEOPLE
        for deed, deed_english in DEEDS
        for figure, english in (("12", "12"), ("3.500", "3,500"), ("2,5", "2.5"))
    ]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with parallel/, held_out/ and tiny.toml, as the script expects them."""
    root = tmp_path_factory.mktemp("world")
    parallel, held_out = root / "parallel", root / "held_out"
    parallel.mkdir()
    held_out.mkdir()
    (root / "tiny.toml").write_text(CONFIGURATION, encoding="utf-8")
    pairs = sentences()
    corpora = {"news": [*pairs, pairs[0], HELD_OUT, ("", "Empty.")], "manuals": pairs[::3]}
    uses = {"news": "research", "manuals": "permissive"}
    rows = (f"{name}\t{len(pairs)}\t{uses[name]}\n" for name, pairs in corpora.items())
    (parallel / "MANIFEST.tsv").write_text("corpus\tpairs\tuse\n" + "".join(rows))
    for name, rows in corpora.items():
        with lzma.open(parallel / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            file.writelines(f"{german}\t{english}\n" for german, english in rows)
    for stem in ("newstest2021.de-en", "generaltest2022.de-en"):
        (held_out / f"{stem}.src.de").write_text(HELD_OUT[0] + "\n", encoding="utf-8")
        (held_out / f"{stem}.ref.A.en").write_text(HELD_OUT[1] + "\n", encoding="utf-8")
    (held_out / "newstest2015.docs.tsv").write_text(
        "doc\tseg\tde\ten_ref\n1\t1\tDas ist nur eine Probe.\tThis is only a rehearsal.\n",
        encoding="utf-8",
    )
    return root


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """Keep torch to one thread: on busy cores two wait for each other most of the time."""
    pytest.importorskip("torch").set_num_threads(1)
