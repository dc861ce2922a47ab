"""How fast text questions teach: learning curves on public data, beside random order, a
Prodigy-like moving average and small-text.

    python -m benchmarks.texts [--seeds 5] [--answers 300] [--tasks NAME ...] [--cache FOLDER]
                               [--small-text PYTHON] [--out FOLDER]

An oracle that knows the gold answers the pool; F1 (at the model's own threshold) and average
precision are measured on the test texts, which nothing was chosen on. All start from the same
first answers: those of the learner, by the label's name, until it has an accept and a reject.
Random order is followed for longer than the others, to see how many answers it needs. PYTHON is
an interpreter with benchmarks/requirements-small-text.txt. Writes table.md, curves.svg and
curves.json anew after each seed.
"""

import argparse
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean

from benchmarks.learning_curves import plot
from benchmarks.texts_runs import STRATEGIES, Point, Runs
from benchmarks.texts_tasks import RARE, TASKS, Task, split, telling_terms

ROOT = Path(__file__).resolve().parents[1]
COMPARED_AT = 100
ENOUGH = 0.9
RANDOM_GOES_ON = 3
"""Times as long as the other strategies."""
PLOTTED = 400


@dataclass(slots=True)
class Result:
    """One task, a value a seed: curves by strategy, the question that was the first to be
    accepted, going by the label's name alone and by terms too, the F1 of the model that knows all
    answers (seed 0 only), the average precision of small-text (empty where it was not run) and of
    the model without sentence vectors (off English)."""

    task: Task
    curves: dict[str, list[list[Point]]]
    first_accepts: list[int] = field(default_factory=list)
    first_by_terms: list[int] = field(default_factory=list)
    full: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)
    without_encoder: list[float] = field(default_factory=list)

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

    def answers_until_enough(self, strategy: str) -> str:
        """ "> n" where the curve ends at n before."""
        curve = self.mean(strategy)
        enough = ENOUGH * fmean(self.full)
        reached = (str(point.answers) for point in curve if point.f1 >= enough)
        return next(reached, f"> {curve[-1].answers}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--answers", type=int, default=300)
    parser.add_argument("--tasks", nargs="*", default=[task.name for task in TASKS])
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "bench-cache")
    parser.add_argument("--small-text", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench-texts")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    results = [
        Result(task, {strategy: [] for strategy in STRATEGIES})
        for task in TASKS
        if task.name in arguments.tasks
    ]
    for seed in range(arguments.seeds):
        starts = []
        for result in results:
            starts.append(measure(result, seed, arguments))
            print(f"seed {seed}: {result.task.name}", flush=True)
        if arguments.small_text:
            by_small_text(arguments.small_text, results, starts, seed)
        write(results, arguments.out)


def measure(result: Result, seed: int, arguments: argparse.Namespace) -> list[int]:
    """Adds one seed; returns the first answers, which all strategies start from."""
    task = result.task
    data = split(task, seed)
    runs = Runs(task, data, seed, arguments.cache)
    result.first_accepts.append(runs.first_accept)
    for strategy in STRATEGIES:
        answers = arguments.answers * (RANDOM_GOES_ON if strategy == "random" else 1)
        result.curves[strategy].append(runs.curve(strategy, min(answers, len(data.pool))))
    if not result.full:
        result.full.append(runs.full())
    by_terms = Runs(task, data, seed, arguments.cache, telling_terms(data, seed))
    result.first_by_terms.append(by_terms.first_accept)
    if task.language != "en":
        bare = Runs(task, data, seed, arguments.cache, without_encoder=True)
        curve = bare.curve("default", COMPARED_AT)
        result.without_encoder.append(curve[-1].average_precision)
    return runs.start


def by_small_text(
    python: Path, results: Sequence[Result], starts: Sequence[list[int]], seed: int
) -> None:
    """Adds the average precision after COMPARED_AT answers to each result."""
    given = [
        asdict(split(result.task, seed)) | {"start": start, "answers": COMPARED_AT, "seed": seed}
        for result, start in zip(results, starts, strict=True)
    ]
    program = Path(__file__).with_name("texts_small_text.py")
    done = subprocess.run(
        [python, program], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    for result, value in zip(results, json.loads(done.stdout), strict=True):
        result.peer.append(value)


def write(results: Sequence[Result], folder: Path) -> None:
    table = "\n".join([*HEAD, *map(row, results), "", *summary(results)])
    (folder / "table.md").write_text(table + "\n", encoding="utf-8")
    (folder / "curves.json").write_text(as_json(results), encoding="utf-8")
    curves = {
        r.task.name: {
            s: [(point.answers, point.f1) for point in r.mean(s) if point.answers <= PLOTTED]
            for s in STRATEGIES
        }
        for r in results
    }
    aims = {result.task.name: 0.9 * fmean(result.full) for result in results}
    (folder / "curves.svg").write_text(plot(curves, aims), encoding="utf-8")
    print(table, flush=True)


HEAD = (
    "| question | accepted | first accept: name / terms | full F1 "
    "| answers to 90 % of it: default / random / EMA | AP at 50 | AP at 100 "
    "| F1 at 100: default / random / EMA | small-text AP at 100 "
    "| n-grams alone AP at 100 |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def row(result: Result) -> str:
    share = fmean(split(result.task, 0).accepted)
    until = " / ".join(result.answers_until_enough(s) for s in STRATEGIES)
    f1 = " / ".join(f"{result.at(s, COMPARED_AT).f1:.3f}" for s in STRATEGIES)
    early = " / ".join(f"{result.at(s, 50).average_precision:.3f}" for s in STRATEGIES)
    later = " / ".join(f"{result.at(s, COMPARED_AT).average_precision:.3f}" for s in STRATEGIES)
    others = " | ".join(
        f"{fmean(values):.3f}" if values else "-"
        for values in (result.peer, result.without_encoder)
    )
    first = f"{max(result.first_accepts)} / {max(result.first_by_terms)}"
    return (
        f"| {result.task.name} | {share:.1%} | {first} | {fmean(result.full):.3f} | {until} "
        f"| {early} | {later} | {f1} | {others} |"
    )


def summary(results: Sequence[Result]) -> list[str]:
    """Means over the questions, rare ones apart."""
    lines = []
    for name, chosen in (
        ("rare", [r for r in results if r.task in RARE]),
        ("common", [r for r in results if r.task not in RARE]),
    ):
        if chosen:
            means = ", ".join(
                f"{s} {fmean(r.at(s, COMPARED_AT).average_precision for r in chosen):.3f}"
                for s in STRATEGIES
            )
            known = [fmean(r.peer) for r in chosen if r.peer]
            peer = f", small-text {fmean(known):.3f}" if known else ""
            lines.append(f"Mean AP at {COMPARED_AT} answers, {name} labels: {means}{peer}.")
    return lines


def as_json(results: Sequence[Result]) -> str:
    rows = [
        {
            "question": result.task.name,
            "first_accepts": result.first_accepts,
            "first_accepts_by_terms": result.first_by_terms,
            "full_f1": result.full,
            "small_text_ap": result.peer,
            "without_encoder_ap": result.without_encoder,
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
