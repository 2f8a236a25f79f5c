"""`bicorpus evaluate mt`: scores of translation systems on line-aligned files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bicorpus.errors import SettingsError

if TYPE_CHECKING:
    from bicorpus.evaluate.metrics import PairedTest
    from bicorpus.evaluate.mt import MtReport
    from bicorpus.evaluate.test_sets import TestSet

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option(
    "--hypothesis",
    "hypotheses",
    multiple=True,
    metavar="NAME=FILE",
    help="A system's translations, a unit a line; may be given again. Without NAME= the name of "
    "the file is the system's.",
)
@click.option(
    "--reference",
    "references",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="People's translations, a unit a line; given again, all of them count. A line may be "
    "empty where another reference has one.",
)
@click.option(
    "--source", type=_FILE, metavar="FILE", help="The source, a unit a line: the checks need it."
)
@click.option(
    "--docids",
    type=_FILE,
    metavar="FILE",
    help="The document of each line, for scores by document.",
)
@click.option(
    "--handoff",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Take all of the above from a folder that `bicorpus handoff` wrote, after proof that "
    "nothing in it changed; --hypothesis and --reference add to it.",
)
@click.option(
    "--metrics",
    default="bleu,chrf,ter",
    show_default=True,
    metavar="LIST",
    help="Which ones, with commas between them, the weightiest first. TER takes the longest.",
)
@click.option(
    "--test",
    type=click.Choice(["bs", "ar"]),
    default="bs",
    show_default=True,
    help="How systems are compared: paired bootstrap, or approximate randomisation.",
)
@click.option(
    "--resamples",
    type=int,
    metavar="N",
    help="Trials of the test: 1000 for bs and 10000 for ar, if not given; 0 for no intervals and "
    "no tests.",
)
@click.option("--seed", type=int, default=12345, show_default=True, help="The seed of the trials.")
@click.option(
    "--languages",
    metavar="PAIR",
    help="Source and target language. de-en, or those of the hand-off, if not given.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "tsv", "html"]),
    default="text",
    show_default=True,
)
@click.option(
    "-o",
    "--output",
    type=_FILE,
    metavar="FILE",
    help="Write the report to FILE instead of standard output.",
)
def mt(
    *,
    hypotheses: tuple[str, ...],
    references: tuple[Path, ...],
    source: Path | None,
    docids: Path | None,
    handoff: Path | None,
    metrics: str,
    test: PairedTest,
    resamples: int | None,
    seed: int,
    languages: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Score translation systems: BLEU, chrF2 and TER by sacreBLEU, and our checks beside them.

    All files are in UTF-8 with a unit a line, and line n of all belongs together; files whose
    lines do not fit are refused. The report has intervals by bootstrap and the significance of
    differences between systems, scores by document, by length and by what the segments hold
    (figures, negation, quotations), and how often each check found something. The HTML page has
    plots and loads nothing. See docs/evaluation.md.

    \b
    Examples:
      bicorpus evaluate mt --hypothesis ours=ours.en --reference ref.en --source source.de
      bicorpus evaluate mt --handoff handoff --format html -o report.html
      bicorpus evaluate mt --hypothesis a=a.en --hypothesis b=b.en --reference ref.en --test ar
    """
    from bicorpus.evaluate.metrics import Trials
    from bicorpus.evaluate.mt import evaluate_mt

    trials = Trials(test, resamples, seed)
    test_set, pair = _read(hypotheses, references, source, docids, handoff)
    report = evaluate_mt(
        test_set,
        metrics=[metric.strip().lower() for metric in metrics.split(",") if metric.strip()],
        trials=trials,
        languages=_pair(languages or pair),
    )
    _print("".join(_rendered(report, form)), output)


def _read(
    hypotheses: tuple[str, ...],
    references: tuple[Path, ...],
    source: Path | None,
    docids: Path | None,
    folder: Path | None,
) -> tuple[TestSet, str]:
    from bicorpus.evaluate.test_sets import read_test_set

    systems = [named_file(value, "--hypothesis") for value in hypotheses]
    known, pair = list(references), "de-en"
    if folder:
        from bicorpus.handoff.manifest import read_handoff

        found = read_handoff(folder)
        systems = [*found.hypotheses, *systems]
        known = [*([found.reference] if found.reference else []), *known]
        source, docids = source or found.source, docids or found.docids
        pair = f"{found.source_language}-{found.target_language}"
    if not systems or not known:
        missing = "no hypothesis" if not systems else "no reference"
        where = f' in "{folder}"' if folder else ""
        option = "--hypothesis NAME=FILE" if not systems else "--reference FILE"
        raise SettingsError(f"There is {missing}{where}.", next_step=f"Name one with {option}.")
    return read_test_set(systems, known, source=source, documents=docids), pair


def named_file(value: str, option: str) -> tuple[str, Path]:
    """Return the name and the path in "NAME=FILE", or the file's own name for a mere FILE."""
    name, equals, path = value.partition("=")
    # A file whose own name has an equals sign is meant where it is there.
    if not equals or Path(value).is_file():
        return Path(value).name, Path(value)
    if not name.strip() or not path:
        raise SettingsError(
            f'"{value}" names no file.', next_step=f"Write {option} NAME=FILE, or just the FILE."
        )
    return name.strip(), Path(path)


def _pair(value: str) -> tuple[str, str]:
    source, hyphen, target = value.partition("-")
    if not (hyphen and source.isalpha() and target.isalpha()):
        raise SettingsError(
            f'"{value}" is no pair of languages.', next_step="Write it as de-en, source first."
        )
    return source.lower(), target.lower()


def _rendered(report: MtReport, form: str) -> Iterator[str]:
    if form == "html":
        from bicorpus.evaluate.mt_html import report_html

        yield report_html(report)
    elif form == "json":
        from bicorpus.evaluate.mt_record import report_record

        yield json.dumps(report_record(report), ensure_ascii=False, indent=2) + "\n"
    elif form == "tsv":
        from bicorpus.evaluate.mt_record import COLUMNS, report_lines

        for line in (COLUMNS, *report_lines(report)):
            yield "\t".join(line) + "\n"
    else:
        from bicorpus.evaluate.mt_text import report_text

        for text in report_text(report):
            yield text + "\n"


def _print(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    from bicorpus.exporters.files import write_checked

    write_checked(
        output,
        lambda path: path.write_text(text, encoding="utf-8", newline="\n"),
        lambda path, _: [] if path.read_text("utf-8") == text else ["it reads otherwise"],
    )
    click.echo(f"Report written to {output}.", err=True)
