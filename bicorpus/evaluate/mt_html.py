"""A report on MT systems as one page: tables and plots, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bicorpus import __version__
from bicorpus.counted import counted
from bicorpus.evaluate.check_rates import CheckRates
from bicorpus.evaluate.metrics import LOWER_IS_BETTER
from bicorpus.evaluate.mt import Comparison, Group, MtReport
from bicorpus.evaluate.mt_text import TESTS, kept_rows, metric_title, weakest_first
from bicorpus.evaluate.plots import Bar, bar_plot, point_plot

# Okabe and Ito's colours, which the colour-blind tell apart; lighter ones on a dark page.
_STYLE = """
:root { color-scheme: light dark; --page: #fff; --ink: #1b1b1b; --faint: #c8c8c8; --row: #f4f4f4;
  --series-0: #0072b2; --series-1: #d55e00; --series-2: #008060; --series-3: #a8327d;
  --series-4: #8a6d00; --series-5: #555; }
@media (prefers-color-scheme: dark) { :root { --page: #16181a; --ink: #e8e8e8; --faint: #4a4d50;
  --row: #212427; --series-0: #56b4e9; --series-1: #ff9a4d; --series-2: #3fcf9f;
  --series-3: #e58fc4; --series-4: #f0e442; --series-5: #b5b5b5; } }
body { background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
  max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { padding: .25rem .7rem; text-align: right; border-bottom: 1px solid var(--faint); }
th:first-child { text-align: left; } tbody tr:nth-child(even) { background: var(--row); }
td { font-variant-numeric: tabular-nums; } small { white-space: nowrap; }
figure { margin: 1rem 0; } figcaption { font-weight: 600; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 13px; }
.ink { stroke: var(--ink); stroke-width: 1.5; fill: none; }
.grid { stroke: var(--faint); fill: none; }
.line { stroke-width: 2; fill: none; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.legend svg { vertical-align: -2px; }
code { overflow-wrap: anywhere; }
""" + "".join(
    f".series-{n} {{ fill: var(--series-{n}); }} .series-{n} .line, path.series-{n}.line "
    f"{{ stroke: var(--series-{n}); }}\n"
    for n in range(6)
)
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MT evaluation</title>
<style>{style}</style>
</head>
<body>
<main>
"""


def report_html(report: MtReport) -> str:
    """Return the page; the same report gives the same bytes."""
    parts = [_HEAD.replace("{style}", _STYLE), "<h1>MT evaluation</h1>\n", _summary(report)]
    parts += ["<h2>Scores</h2>\n", *_scores(report)]
    if report.comparisons:
        parts += ["<h2>Differences</h2>\n", _differences(report)]
    parts += ["<h2>By length of the segment</h2>\n", *_groups("length", report)]
    parts += ["<h2>By what the segment holds</h2>\n", *_groups("holds", report)]
    parts += _documents(report)
    if report.checks is not None:
        parts += ["<h2>Checks against the source</h2>\n", _checks(report.checks, report.lines)]
    parts += ["<h2>How it was measured</h2>\n", _method(report)]
    return "".join(parts) + "</main>\n</body>\n</html>\n"


def _summary(report: MtReport) -> str:
    notes = "".join(f"<li>{escape(note)}</li>" for note in report.notes)
    listed = f"<ul>{notes}</ul>\n" if notes else ""
    sizes = (
        counted(len(report.systems), "system"),
        counted(report.lines, "line"),
        counted(report.references, "reference"),
    )
    return f"<p>{', '.join(sizes)}.</p>\n{listed}"


def _scores(report: MtReport) -> Iterator[str]:
    rows = []
    for system, scores in report.scores.items():
        cells = []
        for metric in report.metrics:
            one = scores[metric]
            interval = ""
            if one.low is not None and one.high is not None:
                interval = f" <small>[{one.low:.1f}, {one.high:.1f}]</small>"
            cells.append(f"{one.score:.2f}{interval}")
        rows.append((escape(system), cells))
    yield _table("Scores, with 95% intervals", list(map(metric_title, report.metrics)), rows)
    for metric in report.metrics:
        bars = [
            Bar(system, scores[metric].score, scores[metric].low, scores[metric].high, number)
            for number, (system, scores) in enumerate(report.scores.items())
        ]
        yield bar_plot(metric_title(metric), bars)


def _differences(report: MtReport) -> str:
    found = {(one.system, one.baseline, one.metric): one for one in report.comparisons}
    pairs = dict.fromkeys((one.system, one.baseline) for one in report.comparisons)
    rows = [
        (
            f"{escape(system)} minus {escape(baseline)}",
            [_difference(found[system, baseline, metric]) for metric in report.metrics],
        )
        for system, baseline in pairs
    ]
    trials = report.trials
    caption = f"{TESTS[trials.test]}, {trials.count} trials, seed {trials.seed}"
    return _table(f"Differences ({caption})", list(report.metrics), rows)


def _difference(one: Comparison) -> str:
    return f"{one.difference:+.2f} <small>p = {one.p_value:.3f}</small>"


def _groups(scope: str, report: MtReport) -> Iterator[str]:
    groups = [group for group in report.groups if group.scope == scope]
    yield _group_table(groups, report, "Scores of the lines as a corpus of their own")
    for metric in report.metrics[:1]:
        bars = [
            Bar(f"{group.name}: {system}", group.scores[system][metric], series=number)
            for group in groups
            for number, system in enumerate(report.systems)
        ]
        yield bar_plot(metric_title(metric), bars)


def _documents(report: MtReport) -> Iterator[str]:
    groups = [group for group in report.groups if group.scope == "document"]
    if not groups:
        return
    groups = weakest_first(groups, report)
    metric = report.metrics[0]
    series = [
        (system, [group.scores[system][metric] for group in groups]) for system in report.systems
    ]
    yield "<h2>By document</h2>\n"
    axis = f"{len(groups)} documents, from the weakest to the best of {report.systems[0]}"
    yield point_plot(metric_title(metric), series, [group.name for group in groups], axis)
    yield "<details><summary>All documents as a table</summary>\n"
    yield _group_table(groups, report, "Scores by document")
    yield "</details>\n"


def _group_table(groups: Sequence[Group], report: MtReport, caption: str) -> str:
    columns = [(metric, system) for metric in report.metrics for system in report.systems]
    head = ["lines", *(f"{metric}<br>{escape(system)}" for metric, system in columns)]
    rows = [
        (
            escape(group.name),
            [str(group.lines)] + [f"{group.scores[system][m]:.1f}" for m, system in columns],
        )
        for group in groups
    ]
    return _table(caption, head, rows)


def _checks(checks: dict[str, CheckRates], lines: int) -> str:
    names = sorted({one.check for rates in checks.values() for one in rates.checks})
    rows: list[tuple[str, list[str]]] = [
        (
            "source figures kept, by value",
            [f"{one.figures.share:.1%} of {one.figures.asked}" for one in checks.values()],
        ),
        ("lines with no finding", [f"{one.clean.share:.1%}" for one in checks.values()]),
        *kept_rows(checks),
    ]
    for name in names:
        found = [{one.check: one for one in rates.checks}.get(name) for rates in checks.values()]
        cells = [
            f"{one.lines / lines:.1%} <small>({one.errors} errors, {one.warnings} warnings)</small>"
            if one
            else "0.0%"
            for one in found
        ]
        rows.append((f"lines with an error or warning: {escape(name)}", cells))
    bars = [
        Bar(system, 100 * rates.figures.share, series=number)
        for number, (system, rates) in enumerate(checks.items())
    ]
    plot = bar_plot("Source figures kept, in percent", bars)
    return _table("What the checks found", list(map(escape, checks)), rows) + plot


def _method(report: MtReport) -> str:
    signatures = "".join(
        f"<li>{metric}: <code>{escape(signature)}</code></li>"
        for metric, signature in report.signatures.items()
    )
    better = " and ".join(metric for metric in report.metrics if metric in LOWER_IS_BETTER)
    remark = f" Of {better}, less is better." if better else ""
    return (
        f"<p>bicorpus {__version__}; scores, intervals and tests by sacreBLEU.{remark} "
        f"Scores of a few lines vary much.</p>\n<ul>{signatures}</ul>\n"
    )


def _table(caption: str, head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Return a table; head and cells are HTML already."""
    columns = "".join(f'<th scope="col">{cell}</th>' for cell in ["", *head])
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'
        for name, cells in rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>\n<thead><tr>{columns}</tr>'
        f"</thead>\n<tbody>\n{body}</tbody></table></div>\n"
    )
