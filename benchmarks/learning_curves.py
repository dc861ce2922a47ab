"""Learning curves as an SVG picture of small panels."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, MARGIN, COLUMNS = 230, 150, 34, 4
STYLES = {
    "default": ("#1f5fd0", ""),
    "random": ("#7a7a7a", "2 3"),
    "EMA": ("#c4570b", "6 3"),
    "teach": ("#c4570b", "6 3"),
}

Curve = Sequence[tuple[int, float]]
"""Answers and F1."""


def plot(curves: Mapping[str, Mapping[str, Curve]], aims: Mapping[str, float]) -> str:
    """F1 against answers by strategy, a panel a task; the thin line is the task's aim."""
    rows = -(-len(curves) // COLUMNS)
    width, height = COLUMNS * (WIDTH + MARGIN) + MARGIN, rows * (HEIGHT + 2 * MARGIN) + MARGIN
    panels = [
        _panel(name, by_order, aims[name], index % COLUMNS, index // COLUMNS)
        for index, (name, by_order) in enumerate(curves.items())
    ]
    used = {strategy for of_task in curves.values() for strategy in of_task}
    shown = [(name, style) for name, style in STYLES.items() if name in used]
    legend = "".join(
        f'<line x1="{MARGIN + i * 120}" x2="{MARGIN + 30 + i * 120}" y1="16" y2="16" '
        f'stroke="{colour}" stroke-dasharray="{dashes}" stroke-width="2"/>'
        f'<text x="{MARGIN + 36 + i * 120}" y="20">{name}</text>'
        for i, (name, (colour, dashes)) in enumerate(shown)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
        f"{legend}{''.join(panels)}</svg>\n"
    )


def _panel(name: str, curves: Mapping[str, Curve], aim: float, column: int, row: int) -> str:
    left, top = MARGIN + column * (WIDTH + MARGIN), 2 * MARGIN + row * (HEIGHT + 2 * MARGIN)
    most = max(answers for curve in curves.values() for answers, _ in curve) or 1

    def place(answers: int, f1: float) -> str:
        return f"{left + WIDTH * answers / most:.1f},{top + HEIGHT * (1 - f1):.1f}"

    lines = "".join(
        f'<polyline points="{" ".join(place(*point) for point in curve)}" fill="none" '
        f'stroke-width="2" stroke="{STYLES.get(order, ("#2a8a3e", ""))[0]}" '
        f'stroke-dasharray="{STYLES.get(order, ("", "1 2"))[1]}"/>'
        for order, curve in curves.items()
    )
    enough = top + HEIGHT * (1 - aim)
    return (
        f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#ccc"/>'
        f'<line x1="{left}" x2="{left + WIDTH}" y1="{enough:.1f}" y2="{enough:.1f}" '
        f'stroke="#999" stroke-width="0.7"/>'
        f'<text x="{left}" y="{top - 6}" font-weight="bold">{escape(name)}</text>'
        f'<text x="{left - 4}" y="{top + 8}" text-anchor="end">1</text>'
        f'<text x="{left - 4}" y="{top + HEIGHT}" text-anchor="end">0</text>'
        f'<text x="{left + WIDTH}" y="{top + HEIGHT + 13}" text-anchor="end">{most} answers</text>'
        f"{lines}"
    )
