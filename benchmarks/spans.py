"""How fast span questions teach: learning curves on public data, beside random order over the same
proposals and a Prodigy-like teach loop.

    python -m benchmarks.spans [--sets food_ingredients ...] [--seeds 8] [--answers 600]
                               [--strategies default random teach] [--other-seeds 2]
                               [--noise 0.05] [--out FOLDER]

An oracle that knows the gold answers the training texts; F1 is measured on the test texts, which
nothing was chosen on. Each seed draws its own 10 terms from the training gold. Strategies other
than "default", and sets without an aim, are run with --other-seeds. Writes table.md, curves.svg and
curves.json anew after each set. Data: <repository's parent>/shared/datasets.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean, stdev

from benchmarks.learning_curves import plot
from benchmarks.span_runs import Point, Session, candidate_recall, full_gold
from benchmarks.span_tasks import ROOT, TASK, TASKS, Task
from benchmarks.span_teach import Teach

MARKS = (0, 100, 300, 600)
GOOD = 0.5
"""The F1 that questions are counted until."""
TEACH = "teach"


@dataclass(slots=True)
class Result:
    """Curves of one task by strategy, one a seed; F1 of the head that knows all gold of the texts
    in memory; share of true spans among the candidates."""

    task: Task
    full: float
    recall: float
    curves: dict[str, list[list[Point]]] = field(default_factory=dict)

    def mean(self, strategy: str) -> list[tuple[int, float]]:
        """Answers and mean F1, as far as all seeds come."""
        runs = self.curves[strategy]
        return [
            (points[0].answers, fmean(point.f1 for point in points))
            for points in zip(*runs, strict=False)
        ]

    def at(self, strategy: str, answers: int) -> list[Point]:
        """What each seed has come to by then."""
        return [
            [point for point in run if point.answers <= answers][-1]
            for run in self.curves[strategy]
            if run[-1].answers >= answers
        ]

    def answers_until_good(self, strategy: str) -> str:
        """ "> n" where the mean ends at n before."""
        curve = self.mean(strategy)
        return next((str(n) for n, f1 in curve if f1 >= GOOD), f"> {curve[-1][0]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    names = list(TASK)
    parser.add_argument("--sets", nargs="+", choices=names, default=names)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--other-seeds", type=int, default=2)
    parser.add_argument("--answers", type=int, default=600)
    parser.add_argument("--strategies", nargs="+", default=["default", "random", TEACH])
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench-spans")
    arguments = parser.parse_args()
    results: list[Result] = []
    for task in (task for task in TASKS if task.name in arguments.sets):
        result = Result(task, full_gold(task).f1, candidate_recall(task))
        results.append(result)
        for strategy in arguments.strategies:
            started = time.monotonic()
            claimed = strategy == "default" and task.wanted
            seeds = arguments.seeds if claimed else arguments.other_seeds
            result.curves[strategy] = [
                run(task, seed, strategy, arguments.noise, arguments.answers)
                for seed in range(seeds)
            ]
            print(row(result, strategy), f" {time.monotonic() - started:.0f} s", flush=True)
            write(results, arguments.out)


def run(task: Task, seed: int, strategy: str, noise: float, answers: int) -> list[Point]:
    if strategy == TEACH:
        return list(Teach(task, seed).curve(answers))
    return list(Session(task, seed, strategy, noise).curve(answers))


HEADER = (
    "| set | order | seeds | 0 | 100 | 300 | 600 | worst / mean | of full gold | P / R | "
    "accepts in the first 100 | answers until F1 .50 | candidate recall | ranking, candidates | "
    "aim |\n" + "|---" * 15 + "|\n"
)


def row(result: Result, strategy: str) -> str:
    runs = result.curves[strategy]
    last = [run[-1] for run in runs]
    f1 = [point.f1 for point in last]
    final = fmean(f1)
    share = final / result.full if result.full else 0.0
    cells = [
        result.task.name,
        strategy,
        str(len(runs)),
        *(_mean(result.at(strategy, mark)) for mark in MARKS),
        f"{min(f1) / final:.0%}" if final else "-",
        f"{share:.0%} of {_short(result.full)}",
        f"{_short(fmean(p.precision for p in last))} / {_short(fmean(p.recall for p in last))}",
        f"{fmean(point.accepts for point in result.at(strategy, 100) or last):.0f}",
        result.answers_until_good(strategy),
        _short(result.recall, 3),
        f"{fmean(p.ranking_ms for p in last):.0f} ms, {fmean(p.candidates for p in last):,.0f}",
        " / ".join(map(_short, result.task.wanted)),
    ]
    return f"| {' | '.join(cells)} |"


def write(results: Sequence[Result], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [row(result, strategy) for result in results for strategy in result.curves]
    (folder / "table.md").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    panels = {
        result.task.name: {strategy: result.mean(strategy) for strategy in result.curves}
        for result in results
    }
    aims = {result.task.name: 0.8 * result.full for result in results}
    (folder / "curves.svg").write_text(plot(panels, aims), encoding="utf-8")
    points = {
        result.task.name: {
            strategy: [[asdict(point) for point in run] for run in runs]
            for strategy, runs in result.curves.items()
        }
        for result in results
    }
    (folder / "curves.json").write_text(json.dumps(points, indent=1), encoding="utf-8")


def _mean(points: Sequence[Point]) -> str:
    f1 = [point.f1 for point in points]
    if not f1:
        return "-"
    return _short(fmean(f1), 3) + (f" ±{_short(stdev(f1), 3)}" if len(f1) > 1 else "")


def _short(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".removeprefix("0")


if __name__ == "__main__":
    main()
