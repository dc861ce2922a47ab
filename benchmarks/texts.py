"""How fast text questions teach: learning curves on public data, beside random order, a
Prodigy-like moving average and small-text.

    python -m benchmarks.texts [--seeds 5] [--answers 300] [--tasks NAME ...] [--cache FOLDER]
                               [--small-text PYTHON] [--out FOLDER]

An oracle that knows the gold answers the pool; F1 (at the model's own threshold) and average
precision are measured on the test texts, which nothing was chosen on. All start from the same
first answers: those of the learner until it has an accept and a reject. PYTHON is an interpreter
with benchmarks/requirements-small-text.txt. Writes table.md, curves.svg and curves.json.
"""

import argparse
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

from benchmarks.texts_plot import plot
from benchmarks.texts_runs import STRATEGIES, Point, Runs
from benchmarks.texts_tasks import RARE, TASKS, Split, Task, split

ROOT = Path(__file__).resolve().parents[1]
COMPARED_AT = 100
ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Result:
    """One task: a curve a seed by strategy, the F1 of the model that knows all answers, and the
    average precision of small-text (None where it was not run)."""

    task: Task
    curves: dict[str, list[list[Point]]]
    full: float
    peer: float | None

    def mean(self, strategy: str) -> list[Point]:
        """The mean over seeds, at the numbers of answers that all have."""
        by_answers: dict[int, list[Point]] = {}
        for curve in self.curves[strategy]:
            for point in curve:
                by_answers.setdefault(point.answers, []).append(point)
        seeds = len(self.curves[strategy])
        return [
            Point(answers, fmean(p.average_precision for p in points), fmean(p.f1 for p in points))
            for answers, points in sorted(by_answers.items())
            if len(points) == seeds
        ]

    def at(self, strategy: str, answers: int) -> Point:
        return min(self.mean(strategy), key=lambda point: abs(point.answers - answers))

    def answers_until_enough(self, strategy: str) -> int | None:
        reached = (p.answers for p in self.mean(strategy) if p.f1 >= ENOUGH * self.full)
        return next(reached, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--answers", type=int, default=300)
    parser.add_argument("--tasks", nargs="*", default=[task.name for task in TASKS])
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "bench-cache")
    parser.add_argument("--small-text", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench-texts")
    arguments = parser.parse_args()
    results = []
    for task in TASKS:
        if task.name in arguments.tasks:
            results.append(measure(task, arguments))
            print(row(results[-1]), flush=True)
    arguments.out.mkdir(parents=True, exist_ok=True)
    table = "\n".join([*HEAD, *map(row, results), "", *summary(results)])
    (arguments.out / "table.md").write_text(table + "\n", encoding="utf-8")
    (arguments.out / "curves.json").write_text(as_json(results), encoding="utf-8")
    curves = {r.task.name: {s: r.mean(s) for s in STRATEGIES} for r in results}
    picture = plot(curves, {result.task.name: result.full for result in results})
    (arguments.out / "curves.svg").write_text(picture, encoding="utf-8")
    print("\n".join(["", *summary(results)]))


def measure(task: Task, arguments: argparse.Namespace) -> Result:
    curves: dict[str, list[list[Point]]] = {strategy: [] for strategy in STRATEGIES}
    full, peers = [], []
    for seed in range(arguments.seeds):
        data = split(task, seed)
        runs = Runs(task, data, seed, arguments.cache)
        for strategy in STRATEGIES:
            curves[strategy].append(runs.curve(strategy, arguments.answers))
        if arguments.small_text:
            peers.append(by_small_text(arguments.small_text, data, runs.start, seed))
        if seed < 2:
            full.append(runs.full())
    return Result(task, curves, fmean(full), fmean(peers) if peers else None)


def by_small_text(python: Path, data: Split, start: list[int], seed: int) -> float:
    """Average precision after COMPARED_AT answers."""
    given = asdict(data) | {"start": start, "answers": COMPARED_AT, "seed": seed}
    program = Path(__file__).with_name("texts_small_text.py")
    done = subprocess.run(
        [python, program], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return float(json.loads(done.stdout)["average_precision"])


HEAD = (
    "| question | accepted | full F1 | answers to 90 % of it: default / random / EMA "
    "| AP at 50 | AP at 100 | F1 at 100: default / random / EMA | small-text AP at 100 |",
    "|---|---|---|---|---|---|---|---|",
)


def row(result: Result) -> str:
    pools = [split(result.task, seed).accepted for seed in range(1)]
    share = fmean(fmean(pool) for pool in pools)
    until = " / ".join(str(result.answers_until_enough(s) or ">") for s in STRATEGIES)
    f1 = " / ".join(f"{result.at(s, COMPARED_AT).f1:.3f}" for s in STRATEGIES)
    early = " / ".join(f"{result.at(s, 50).average_precision:.3f}" for s in STRATEGIES)
    later = " / ".join(f"{result.at(s, COMPARED_AT).average_precision:.3f}" for s in STRATEGIES)
    peer = "-" if result.peer is None else f"{result.peer:.3f}"
    return (
        f"| {result.task.name} | {share:.1%} | {result.full:.3f} | {until} | {early} | {later} "
        f"| {f1} | {peer} |"
    )


def summary(results: Sequence[Result]) -> list[str]:
    """Means over the questions, rare ones apart."""
    lines = []
    for name, chosen in (
        ("rare", [r for r in results if r.task in RARE]),
        ("common", [r for r in results if r.task not in RARE]),
    ):
        if chosen:
            ap = {
                s: fmean(r.at(s, COMPARED_AT).average_precision for r in chosen) for s in STRATEGIES
            }
            known = [r for r in chosen if r.peer is not None]
            peer = f", small-text {fmean(r.peer or 0.0 for r in known):.3f}" if known else ""
            means = ", ".join(f"{strategy} {value:.3f}" for strategy, value in ap.items())
            lines.append(f"Mean AP at {COMPARED_AT} answers, {name} labels: {means}{peer}.")
    return lines


def as_json(results: Sequence[Result]) -> str:
    rows = [
        {
            "question": result.task.name,
            "full_f1": result.full,
            "small_text_ap": result.peer,
            "curves": {
                strategy: [[asdict(point) for point in curve] for curve in curves]
                for strategy, curves in result.curves.items()
            },
        }
        for result in results
    ]
    return json.dumps(rows, indent=1)


if __name__ == "__main__":
    main()
