"""How good a package is: BLEU, chrF2 and figures kept, on the held-out sets."""

import contextlib
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import sacrebleu

from bicorpus.models import read_package
from bicorpus.models.glosses import GlossedPieces, Glosses
from bicorpus.translators.argos import ArgosTranslator
from bicorpus.translators.beam_search import BEAM
from training.augmentation import FIGURE, english_form
from training.corpora import read_lines, read_table
from training.preparation import read_vocabulary

SETS = {"wmt21": "newstest2021.de-en", "wmt22": "generaltest2022.de-en"}
LINES = 32


@dataclass(frozen=True)
class Scores:
    """Scores of one set, each with the signature that makes it comparable."""

    bleu: float
    bleu_signature: str
    chrf: float
    chrf_signature: str
    figures: int
    figures_kept: float
    figures_kept_by_reference: float


class Engine:
    """A converted model and its vocabulary, for whole files."""

    def __init__(
        self, model: Path, vocabulary_file: Path, *, threads: int = 1, glossed: bool = True
    ) -> None:
        """Open a model; glosses that lie beside the vocabulary are used if `glossed`."""
        self.vocabulary: Any = read_vocabulary(vocabulary_file)
        glosses = Glosses.of_package(vocabulary_file.parent) if glossed else None
        self.sources = GlossedPieces(self.vocabulary, glosses)
        self.translator = ctranslate2.Translator(
            str(model), device="cpu", inter_threads=threads, intra_threads=1
        )

    def translate(self, lines: Sequence[str], *, beam: int) -> list[str]:
        """Translate `lines`, one by one."""
        pieces = self.sources.encode(lines)
        results = self.translator.translate_batch(
            pieces, beam_size=beam, max_batch_size=LINES, max_decoding_length=400
        )
        return [self.vocabulary.decode(result.hypotheses[0]) for result in results]


def figures_kept(sources: Sequence[str], targets: Sequence[str]) -> tuple[int, int]:
    """Figures in `sources`, and how many of them stand in `targets` with the same value."""
    asked = kept = 0
    for source, target in zip(sources, targets, strict=True):
        wanted = Counter(map(_value, FIGURE.findall(source)))
        there = Counter(map(_english_value, re.findall(r"\d+(?:[.,]\d+)*", target)))
        asked += wanted.total()
        kept += (wanted & there).total()
    return asked, kept


def _value(figure: str) -> str:
    return _english_value(english_form(figure) or figure)


def _english_value(figure: str) -> str:
    return figure.replace(",", "")


def score(sources: Sequence[str], outputs: Sequence[str], references: Sequence[str]) -> Scores:
    """Compare `outputs` with one reference."""
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    bleu_score = bleu.corpus_score(list(outputs), [list(references)])
    chrf_score = chrf.corpus_score(list(outputs), [list(references)])
    asked, kept = figures_kept(sources, outputs)
    _, kept_by_people = figures_kept(sources, references)
    return Scores(
        bleu=round(bleu_score.score, 2),
        bleu_signature=str(bleu.get_signature()),
        chrf=round(chrf_score.score, 2),
        chrf_signature=str(chrf.get_signature()),
        figures=asked,
        figures_kept=round(kept / max(asked, 1), 4),
        figures_kept_by_reference=round(kept_by_people / max(asked, 1), 4),
    )


def evaluate(package: Path, held_out: Path, *, threads: int = 1) -> dict[str, dict[str, Any]]:
    """Scores on WMT21 and WMT22, reference A: as bicorpus translates, and of the beam alone.

    The second, with the name and ", beam alone", is what the stock Argos Translate would have if it
    knew of glosses: without the choice among renderings and the second try.
    """
    with unpacked(package) as root:
        whole = ArgosTranslator(read_package(root, "folder"), threads=threads)
        bare = Engine(root / "model", root / "sentencepiece.model", threads=threads)
        ways: dict[str, Callable[[Sequence[str]], list[str]]] = {
            "": lambda lines: [one.text for one in whole.translate(lines)],
            ", beam alone": lambda lines: bare.translate(lines, beam=BEAM),
        }
        scores: dict[str, dict[str, Any]] = {}
        for name, stem in SETS.items():
            sources = read_lines(held_out / f"{stem}.src.de")
            references = read_lines(held_out / f"{stem}.ref.A.en")
            for way, translate in ways.items():
                found = score(sources, translate(sources), references)
                scores[name + way] = {**asdict(found), "beam": BEAM}
    return scores


def curve_bleu(engine: Engine, held_out: Path, *, lines: int = 300, reverse: bool = False) -> float:
    """BLEU on lines spread over newstest2015, greedy: one point of the training curve.

    `reverse` is for a model that translates into German.
    """
    source, target = ("en_ref", "de") if reverse else ("de", "en_ref")
    rows = read_table(held_out / "newstest2015.docs.tsv")
    rows = rows[:: max(1, len(rows) // lines)][:lines]
    outputs = engine.translate([row[source] for row in rows], beam=1)
    bleu = sacrebleu.BLEU().corpus_score(outputs, [[row[target] for row in rows]])
    return round(float(bleu.score), 2)


@contextlib.contextmanager
def unpacked(package: Path) -> Iterator[Path]:
    """Unpack an `.argosmodel` for a while; more or fewer than one top folder is an error."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(package) as archive:
        tops = {name.split("/", 1)[0] for name in archive.namelist()}
        if len(tops) != 1:
            raise ValueError(f'"{package}" has {len(tops)} top folders; Argos asks for one.')
        archive.extractall(folder)
        yield Path(folder) / tops.pop()
