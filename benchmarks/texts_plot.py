"""Learning curves as an SVG picture of small panels."""

from collections.abc import Mapping, Sequence
from html import escape

from benchmarks.texts_runs import Point

WIDTH, HEIGHT, MARGIN, COLUMNS = 230, 150, 34, 4
STYLES = {
    "default": ("#1f5fd0", ""),
    "random": ("#7a7a7a", "2 3"),
    "EMA": ("#c4570b", "6 3"),
}


def plot(curves: Mapping[str, Mapping[str, Sequence[Point]]], full: Mapping[str, float]) -> str:
    """F1 against answers, a panel a question; the thin line is 90 % of the full-data F1."""
    rows = -(-len(curves) // COLUMNS)
    width, height = COLUMNS * (WIDTH + MARGIN) + MARGIN, rows * (HEIGHT + 2 * MARGIN) + MARGIN
    panels = [
        panel(name, by_strategy, full[name], index % COLUMNS, index // COLUMNS)
        for index, (name, by_strategy) in enumerate(curves.items())
    ]
    legend = "".join(
        f'<line x1="{MARGIN + i * 120}" x2="{MARGIN + 30 + i * 120}" y1="16" y2="16" '
        f'stroke="{colour}" stroke-dasharray="{dashes}" stroke-width="2"/>'
        f'<text x="{MARGIN + 36 + i * 120}" y="20">{name}</text>'
        for i, (name, (colour, dashes)) in enumerate(STYLES.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
        f"{legend}{''.join(panels)}</svg>\n"
    )


def panel(
    name: str, curves: Mapping[str, Sequence[Point]], full: float, column: int, row: int
) -> str:
    left, top = MARGIN + column * (WIDTH + MARGIN), 2 * MARGIN + row * (HEIGHT + 2 * MARGIN)
    most = max(point.answers for points in curves.values() for point in points)

    def place(point: Point) -> str:
        return f"{left + WIDTH * point.answers / most:.1f},{top + HEIGHT * (1 - point.f1):.1f}"

    lines = "".join(
        f'<polyline points="{" ".join(map(place, points))}" fill="none" stroke-width="2" '
        f'stroke="{STYLES[strategy][0]}" stroke-dasharray="{STYLES[strategy][1]}"/>'
        for strategy, points in curves.items()
    )
    enough = top + HEIGHT * (1 - 0.9 * full)
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
