"""A report on MT systems as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bicorpus.counted import counted
from bicorpus.evaluate.check_rates import CheckRates
from bicorpus.evaluate.features import FEATURE_OF_CHECK
from bicorpus.evaluate.metrics import LOWER_IS_BETTER, Score
from bicorpus.evaluate.mt import Group, MtReport
from bicorpus.evaluate.tally import Accuracy

_MOST_DOCUMENTS = 10
_SCOPES = {"length": "by length", "holds": "by contents"}
TESTS = {"bs": "paired bootstrap", "ar": "approximate randomisation"}


def report_text(report: MtReport) -> Iterator[str]:
    """Yield the lines of the report, without line ends."""
    yield f"{counted(report.lines, 'line')}, {counted(report.references, 'reference')}"
    yield ""
    yield from _overall(report)
    if report.comparisons:
        yield ""
        yield from _differences(report)
    for scope, title in _SCOPES.items():
        yield ""
        groups = [group for group in report.groups if group.scope == scope]
        yield from _groups(title, groups, report)
    yield from _documents(report)
    if report.checks is not None:
        yield ""
        yield from _checks(report.checks, report.lines)
    yield ""
    for metric, signature in report.signatures.items():
        yield f"{metric}: {signature}"
    for note in report.notes:
        yield f"Note: {note}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table: the first column to the left, the others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()


def metric_title(metric: str) -> str:
    """Return the metric's name with what is better, where that is less."""
    return f"{metric} (less is better)" if metric in LOWER_IS_BETTER else metric


def _overall(report: MtReport) -> Iterator[str]:
    rows = (
        [system, *(_score(scores[metric]) for metric in report.metrics)]
        for system, scores in report.scores.items()
    )
    yield from table(["system", *map(metric_title, report.metrics)], rows)


def _score(score: Score) -> str:
    if score.low is None or score.high is None:
        return f"{score.score:.2f}"
    return f"{score.score:.2f} [{score.low:.1f} {score.high:.1f}]"


def _differences(report: MtReport) -> Iterator[str]:
    trials = report.trials
    yield f"differences ({TESTS[trials.test]}, {trials.count} trials, seed {trials.seed})"
    pairs = dict.fromkeys((one.system, one.baseline) for one in report.comparisons)
    found = {(one.system, one.baseline, one.metric): one for one in report.comparisons}
    rows = []
    for system, baseline in pairs:
        cells = [found[system, baseline, metric] for metric in report.metrics]
        figures = [f"{one.difference:+.2f} p={one.p_value:.3f}" for one in cells]
        rows.append([f"{system} - {baseline}", *figures])
    yield from table(["", *report.metrics], rows)


def _groups(title: str, groups: Sequence[Group], report: MtReport) -> Iterator[str]:
    """Yield a line a group: its lines, then a column for each metric and system."""
    head = [title, "lines"]
    head += [f"{metric} {system}" for metric in report.metrics for system in report.systems]
    rows = (
        [group.name, str(group.lines)]
        + [
            f"{group.scores[system][metric]:.1f}"
            for metric in report.metrics
            for system in report.systems
        ]
        for group in groups
    )
    yield from table(head, rows)


def _documents(report: MtReport) -> Iterator[str]:
    groups = [group for group in report.groups if group.scope == "document"]
    if not groups:
        return
    shown = weakest_first(groups, report)[:_MOST_DOCUMENTS]
    title = "by document"
    yield ""
    if len(groups) > len(shown):
        yield (
            f"the {len(shown)} of {len(groups)} documents where {report.systems[0]} has the "
            f"weakest {report.metrics[0]} (--format tsv has all)"
        )
        title = "document"
    yield from _groups(title, shown, report)


def weakest_first(groups: Iterable[Group], report: MtReport) -> list[Group]:
    """Return the groups by the first metric of the first system, the weakest first."""
    metric, system = report.metrics[0], report.systems[0]
    return sorted(
        groups,
        key=lambda group: group.scores[system][metric],
        reverse=metric in LOWER_IS_BETTER,
    )


def _checks(checks: dict[str, CheckRates], lines: int) -> Iterator[str]:
    yield "checks against the source; below: share of lines with an error or a warning"
    names = sorted({one.check for rates in checks.values() for one in rates.checks})
    rows = [["figures kept by value", *(_share(rates.figures) for rates in checks.values())]]
    rows.append(["lines with no finding", *(_share(rates.clean) for rates in checks.values())])
    rows += [[name, *cells] for name, cells in kept_rows(checks)]
    for name in names:
        found = [{one.check: one for one in rates.checks}.get(name) for rates in checks.values()]
        rows.append([name, *(f"{one.lines / lines:.1%}" if one else "0.0%" for one in found)])
    yield from table(["", *checks], rows)


def kept_rows(checks: dict[str, CheckRates]) -> Iterator[tuple[str, list[str]]]:
    """Yield for each thing that a check guards the share of lines that hold it and keep it."""
    for check, feature in FEATURE_OF_CHECK.items():
        found = [
            one.kept for rates in checks.values() for one in rates.checks if one.check == check
        ]
        kept = [one for one in found if one is not None]
        if len(kept) == len(checks):
            yield f"lines with {feature}, all kept", [_share(one) for one in kept]


def _share(accuracy: Accuracy) -> str:
    return f"{accuracy.share:.1%} of {accuracy.asked}"
