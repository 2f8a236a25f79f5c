"""From probabilities to scores: isotonic regression, its error, and a plot of it as SVG."""

from __future__ import annotations

from collections.abc import Sequence

Predictions = Sequence[tuple[float, bool]]
Table = tuple[list[float], list[float]]

# A step of the table holds at least so many predictions, so that one odd bead makes no step.
_SMALLEST_STEP = 60
_BINS = 10
_SIDE, _EDGE = 320, 48


def fit_isotonic(predictions: Predictions) -> Table:
    """Return ascending (predicted, right): what share is right of beads with this probability.

    Pool adjacent violators; the table is read with linear interpolation. No score is quite 0 or 1:
    a prediction more of either kind is added to each step (Laplace).
    """
    ordered = sorted(predictions)
    steps: list[list[float]] = []
    for start in range(0, len(ordered), _SMALLEST_STEP):
        chunk = ordered[start : start + _SMALLEST_STEP]
        steps.append(
            [sum(p for p, _ in chunk), float(sum(ok for _, ok in chunk)), float(len(chunk))]
        )
        while len(steps) > 1 and _rate(steps[-2]) >= _rate(steps[-1]):
            last = steps.pop()
            steps[-1] = [a + b for a, b in zip(steps[-1], last, strict=True)]
    predicted = [total / count for total, _, count in steps]
    right = [_rate(step) for step in steps]
    return [0.0, *predicted, 1.0], [0.0, *right, max(right[-1], 0.999)]


def _rate(step: Sequence[float]) -> float:
    return (step[1] + 0.5) / (step[2] + 1.0)


def bins(predictions: Predictions) -> list[tuple[float, float, int]]:
    """Return (mean score, share right, count) of equal widths of score, empty ones left out."""
    found = []
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = [(p, ok) for p, ok in predictions if low <= p < high or (p == high == 1.0)]
        if inside:
            count = len(inside)
            mean, right = sum(p for p, _ in inside) / count, sum(ok for _, ok in inside) / count
            found.append((mean, right, count))
    return found


def expected_error(predictions: Predictions) -> float:
    """Return the expected calibration error: the mean distance of score and share right."""
    total = max(len(predictions), 1)
    return sum(count * abs(mean - right) for mean, right, count in bins(predictions)) / total


def draw(predictions: Predictions, table: Table, *, title: str) -> str:
    """Return a reliability plot as SVG: a point a bin, its size the count; a line, the table."""
    marks = []
    for mean, right, count in bins(predictions):
        x, y = _place(mean, right)
        radius = 2 + min(count, 2000) ** 0.5 / 8
        marks += [
            f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="#1f6f8b" fill-opacity="0.6">'
            f"<title>{count} beads: predicted {mean:.2f}, right {right:.2f}</title></circle>",
            _text(x + 8, y + 14, str(count), anchor="start"),
        ]
    size = _SIDE + 2 * _EDGE
    line = " ".join(f"{x},{y}" for x, y in (_place(*point) for point in zip(*table, strict=True)))
    ends = " ".join(f"{x},{y}" for x, y in (_place(0, 0), _place(1, 1)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size + 16}" '
        'font-family="sans-serif" font-size="11">',
        _text(size / 2, 24, title),
        f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIDE}" height="{_SIDE}" fill="none" '
        'stroke="#999"/>',
        f'<polyline points="{ends}" stroke="#bbb" stroke-dasharray="4"/>',
        f'<polyline points="{line}" fill="none" stroke="#d1495b" stroke-width="1.5"/>',
        *marks,
        *_ticks(),
        _text(size / 2, size + 2, "probability (points: cross-validated beads; line: the table)"),
        f'<g transform="rotate(-90 14 {size / 2})">',
        _text(14, size / 2, "share of beads that are right"),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _place(x: float, y: float) -> tuple[float, float]:
    return round(_EDGE + x * _SIDE, 1), round(_EDGE + (1 - y) * _SIDE, 1)


def _text(x: float, y: float, text: str, *, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'


def _ticks() -> list[str]:
    marks = []
    for tick in range(6):
        x, y = _place(tick / 5, tick / 5)
        marks.append(_text(x, _EDGE + _SIDE + 18, f"{tick / 5:.1f}"))
        marks.append(_text(_EDGE - 8, y + 4, f"{tick / 5:.1f}", anchor="end"))
    return marks
