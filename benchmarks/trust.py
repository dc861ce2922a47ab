"""How far the quality estimates and the stopping advice can be trusted.

Audits are replicated many times on models of growing numbers of answers (`trust_runs`): each
time other texts are reserved and other questions drawn. Writes a table for each promise of
docs/trust.md, and says which of its bars are reached.

    python -m benchmarks.trust [--replications 10] [--seeds 2] [--json]
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.audit import draw, importance
from al_desktop.core.calibration import log_odds
from al_desktop.core.estimation import Audit, calibration, draws, estimate, summarise, with_missed
from al_desktop.core.quality import Advice, Estimate
from al_desktop.core.questions import Kind
from al_desktop.core.stopping import STABLE_CHECKS, Signals, advice, agreement
from benchmarks.trust_runs import EVERY, TASKS, Checkpoint, Run, Task, runs

COUNTS = (30, 50, 100, 200)
EARLY, LATE = 60, 200
RESERVED = 0.4
"""Of the judged texts; all of them stand for the project."""
REFRESH = 10
"""Audit answers between two looks at the model, as in the program."""
PROPOSED = 0.02
HIGHLIGHTED = 10
RARE = 0.15


@dataclass(frozen=True)
class Outcome:
    """One estimate of one figure against the truth about all judged texts."""

    task: str
    kind: str
    rare: bool
    tuned: bool
    model: str
    count: int
    figure: str
    true: float
    value: float
    low: float
    high: float
    shown: bool


class Replication:
    """One choice of reserved texts, and audit questions about them as they are answered."""

    def __init__(
        self,
        run: Run,
        random: np.random.Generator,
        uniform: bool = False,
        noise: float = 0.0,
        highlighted: int = HIGHLIGHTED,
    ) -> None:
        self._run = run
        self._random = random
        self._uniform = uniform
        texts = random.permutation(run.texts)[: int(RESERVED * run.texts)]
        inside = np.zeros(run.texts, np.bool_)
        inside[texts] = True
        self.texts = len(texts)
        self.highlighted = texts[:highlighted]
        self._questions = np.flatnonzero(inside[run.text])
        wrong = random.random(len(run.true)) < noise
        self._answers = run.true ^ wrong
        self._asked: list[int] = []
        self._probability: list[float] = []

    def answer(self, model: Checkpoint, count: int) -> None:
        """Draws and answers `count` questions by one look at this model."""
        audit, shown = self.audit(model)
        if self._uniform:
            chances = np.full(len(shown), 1.0 / len(shown))
        else:
            probabilities = calibration(audit).probabilities(audit.log_odds)
            chances = importance(probabilities, audit.predicted)
        open_ = ~np.isin(shown, self._asked)
        for index, probability in draw(chances, open_, count, self._random):
            self._asked.append(int(shown[index]))
            self._probability.append(probability)

    def predicted(self, model: Checkpoint) -> frozenset[str]:
        inside = self._questions[model.predicted[self._questions]]
        return frozenset(str(question) for question in inside)

    def audit(self, model: Checkpoint) -> tuple[Audit, NDArray[np.int64]]:
        """All that is known, as this model sees it, and which questions it sees."""
        questions = self._questions
        proposed = (model.score[questions] >= PROPOSED) | model.predicted[questions]
        shown = questions[proposed] if self._run.in_text.max() > 1 else questions
        place = {int(question): index for index, question in enumerate(shown)}
        kept = [number for number, question in enumerate(self._asked) if question in place]
        asked = [self._asked[number] for number in kept]
        return (
            Audit(
                log_odds(model.score[shown].astype(np.float64)),
                model.predicted[shown],
                np.array([place[question] for question in asked], np.int64),
                self._answers[np.array(asked, np.int64)],
                np.array([self._probability[number] for number in kept]),
                max(len(shown), round(len(shown) * self._run.texts / self.texts)),
            ),
            shown,
        )

    def estimate(self, model: Checkpoint, spans: bool) -> Estimate:
        audit, shown = self.audit(model)
        if not spans:
            return estimate(audit, self._random)
        proposed = np.bincount(self._run.text[shown], self._run.true[shown], self._run.texts)
        missed = (self._run.in_text - proposed)[self.highlighted].astype(np.int64)
        found = with_missed(draws(audit, self._random), missed, self.texts, self._random)
        return summarise(found, len(audit.asked))


def truth(run: Run, model: Checkpoint) -> dict[str, float]:
    hits = int((model.predicted & run.true).sum())
    predicted, true = int(model.predicted.sum()), int(run.in_text.sum())
    return {
        "f1": 2 * hits / max(predicted + true, 1),
        "precision": hits / max(predicted, 1),
        "recall": hits / max(true, 1),
        "prevalence": float(run.true.mean()),
    }


def models(run: Run) -> dict[str, list[Checkpoint]]:
    """Which models audits are made of: one early, one late, and one that changes after every
    REFRESH audit answers, as at an audit share of a third."""
    at = [count for count in sorted(run.checkpoints) if count >= 40]
    found = {f"after {count}": [run.checkpoints[count]] for count in (EARLY, LATE) if count in at}
    found["changing"] = [run.checkpoints[count] for count in at]
    return found


def outcomes(
    tasks: Sequence[Task],
    seeds: int,
    replications: int,
    uniform: bool = False,
    noise: float = 0.0,
    highlighted: int = HIGHLIGHTED,
) -> Iterator[Outcome]:
    for task in tasks:
        spans = task.kind is Kind.SPANS
        for seed, run in enumerate(runs(task, seeds)):
            for number, (name, sequence) in enumerate(models(run).items()):
                random = np.random.default_rng([seed, number, len(task.name)])
                for _ in range(replications):
                    audit = Replication(run, random, uniform, noise, highlighted)
                    for step in range(max(COUNTS) // REFRESH):
                        model = sequence[min(step, len(sequence) - 1)]
                        audit.answer(model, REFRESH)
                        if (count := (step + 1) * REFRESH) in COUNTS:
                            found = audit.estimate(model, spans)
                            yield from _outcomes(task, run, name, count, model, found)


def _outcomes(
    task: Task, run: Run, name: str, count: int, model: Checkpoint, found: Estimate
) -> Iterator[Outcome]:
    for figure, true in truth(run, model).items():
        if task.kind is Kind.SPANS and figure == "prevalence":
            continue
        if figure == "precision" and not model.predicted.any():
            continue
        each = getattr(found, figure)
        rare = task.kind is Kind.TEXTS and float(run.true.mean()) < RARE
        yield Outcome(
            task.name, task.kind.value, rare, task.tuned, name, count, figure,
            true, each.value, each.low, each.high, found.means_something,
        )  # fmt: skip


@dataclass(frozen=True)
class Summary:
    """covered is a share; all else in units of the figure."""

    estimates: int
    covered: float
    below: float
    above: float
    bias: float
    half_width: float
    error: float


def summary(found: Iterable[Outcome]) -> Summary:
    true, value, low, high = np.array([[o.true, o.value, o.low, o.high] for o in found]).T
    slack = 1e-9
    return Summary(
        len(true),
        float(((low <= true + slack) & (true <= high + slack)).mean()),
        float((true + slack < low).mean()),
        float((true > high + slack).mean()),
        float((value - true).mean()),
        float((high - low).mean() / 2),
        float(np.sqrt(np.square(value - true).mean())),
    )


def table(found: Sequence[Outcome], key: Callable[[Outcome], object]) -> dict[str, Summary]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in found:
        groups.setdefault(str(key(outcome)), []).append(outcome)
    return {name: summary(group) for name, group in groups.items()}


def print_table(title: str, rows: dict[str, Summary]) -> None:
    print(f"\n{title}\n{'':34}estimates  covered  bias    half-width  error")
    for name, row in rows.items():
        print(
            f"{name:34}{row.estimates:9}  {row.covered:7.3f}  {row.bias:+.3f}  "
            f"{row.half_width:10.3f}  {row.error:.3f}"
        )


# The plain way


PLAIN_COUNTS = (50, 100, 200, 400, 800)


def plain_spread(tasks: Sequence[Task], seeds: int, replications: int) -> dict[int, float]:
    """1.96 standard errors (root mean square) of F1 counted on uniformly drawn answers, as
    anybody would do it, by the number of answers; of the rare labels' models after 200 answers."""
    errors: dict[int, list[float]] = {count: [] for count in PLAIN_COUNTS}
    for task in tasks:
        for seed, run in enumerate(runs(task, seeds)):
            if run.true.mean() >= RARE:
                continue
            random = np.random.default_rng([seed, 5])
            model = run.checkpoints[LATE]
            true = truth(run, model)["f1"]
            for count in PLAIN_COUNTS:
                for _ in range(replications * 10):
                    some = random.permutation(len(run.true))[:count]
                    hits = 2 * int((run.true & model.predicted)[some].sum())
                    both = int(run.true[some].sum()) + int(model.predicted[some].sum())
                    errors[count].append((hits / both if both else 0.0) - true)
    return {
        count: 1.96 * float(np.sqrt(np.square(found).mean()))
        for count, found in errors.items()
        if found
    }


# Calibration


def calibration_errors(
    tasks: Sequence[Task], seeds: int, replications: int
) -> dict[str, tuple[float, float]]:
    """By task, expected calibration error (ten bins) on all judged texts of the model after 200
    answers: of its own probabilities, and calibrated on 100 audit answers."""
    errors: dict[str, tuple[float, float]] = {}
    for task in tasks:
        raw, calibrated = [], []
        for seed, run in enumerate(runs(task, seeds)):
            model = run.checkpoints[min(LATE, max(run.checkpoints))]
            random = np.random.default_rng([seed, 7])
            for _ in range(replications):
                audit = Replication(run, random)
                for _ in range(10):
                    audit.answer(model, REFRESH)
                curve = calibration(audit.audit(model)[0])
                score = model.score.astype(np.float64)
                raw.append(_calibration_error(score, run.true))
                calibrated.append(
                    _calibration_error(curve.probabilities(log_odds(score)), run.true)
                )
        errors[task.name] = float(np.mean(raw)), float(np.mean(calibrated))
    return errors


def _calibration_error(score: NDArray[np.float64], true: NDArray[np.bool_]) -> float:
    bins = np.minimum((score * 10).astype(np.int64), 9)
    gap = np.bincount(bins, score - true, 10)
    return float(np.abs(gap).sum() / len(score))


# Stopping


@dataclass(frozen=True)
class Stop:
    """`at` answers the advice was to stop; None if never."""

    task: str
    tuned: bool
    at: int | None
    regret: float
    best_ever: float
    f1: float


def stops(tasks: Sequence[Task], seeds: int) -> Iterator[Stop]:
    """Advice every 20 answers, with one audit question in ten. Regret is the mean of the best
    three F1 from the stop on less that at the stop; `best_ever` takes the best three of all."""
    for task in tasks:
        for seed, run in enumerate(runs(task, seeds)):
            counts = sorted(run.checkpoints)
            quality = {count: truth(run, run.checkpoints[count])["f1"] for count in counts}
            audit = Replication(run, np.random.default_rng([seed, 11]))
            checks: list[frozenset[str]] = []
            stop = None
            for count in counts:
                model = run.checkpoints[count]
                audit.answer(model, EVERY // 9 if checks else counts[0] // 9)
                checks.append(audit.predicted(model))
                pairs = list(pairwise(checks))[-STABLE_CHECKS:]
                kappa = tuple(agreement(before, now, len(run.true)) for before, now in pairs)
                signals = Signals(model.accepts, model.margin, kappa)
                said = advice(signals, audit.estimate(model, task.kind is Kind.SPANS))
                if said is Advice.ENOUGH:
                    stop = count
                    break
            reached = quality[stop or counts[-1]]
            later = sorted(f1 for count, f1 in quality.items() if count >= (stop or 0))[-3:]
            ever = sorted(quality.values())[-3:]
            yield Stop(
                task.name,
                task.tuned,
                stop,
                float(np.mean(later)) - reached,
                float(np.mean(ever)) - reached,
                reached,
            )


# Cost


def refresh_ms() -> float:
    """Median time of one estimate at 2,000 reserved texts and 200 answers."""
    random = np.random.default_rng(0)
    score = random.beta(0.3, 3.0, 2000)
    asked = random.permutation(2000)[:200]
    audit = Audit(
        log_odds(score), score > 0.5, asked, random.random(200) < score[asked],
        np.full(200, 1 / 2000), 10_000,
    )  # fmt: skip
    taken = []
    for _ in range(15):
        started = time.perf_counter()
        estimate(audit)
        taken.append((time.perf_counter() - started) * 1000)
    return float(np.median(taken))


# Everything


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replications", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=2, help="runs of each task")
    parser.add_argument("--task", action="append", help="only this one; may be repeated")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    tasks = [task for task in TASKS if arguments.task is None or task.name in arguments.task]
    record = measure(tasks, arguments.seeds, arguments.replications)
    if arguments.json:
        print(json.dumps(record, indent=1))


def measure(tasks: Sequence[Task], seeds: int, replications: int) -> dict[str, object]:
    """Prints the tables and returns what is in them."""
    texts = [task for task in tasks if task.kind is Kind.TEXTS]
    spans = [task for task in tasks if task.kind is Kind.SPANS]
    found = list(outcomes(tasks, seeds, replications))
    f1 = [outcome for outcome in found if outcome.figure == "f1"]
    tables = {
        "F1 by audit answers": table(f1, lambda o: f"{o.kind} {o.count:3}"),
        "F1, seen and unseen in tuning": table(
            f1, lambda o: f"{o.kind} {'seen' if o.tuned else 'unseen'} {o.count:3}"
        ),
        "F1 by model": table(f1, lambda o: f"{o.kind} {o.model}, {o.count:3}"),
        "F1 of text labels, rare and balanced": table(
            [o for o in f1 if o.kind == "texts"],
            lambda o: f"{'rare' if o.rare else 'balanced'} {o.count:3}",
        ),
        "F1 at 100 by task": table([o for o in f1 if o.count == 100], lambda o: o.task),
        "Other figures": table(
            [o for o in found if o.figure != "f1"], lambda o: f"{o.kind} {o.figure} {o.count:3}"
        ),
        "F1, where it is shown": table(
            [o for o in f1 if o.shown], lambda o: f"{o.kind} {o.count:3}"
        ),
        "F1 of spans, no text marked in full": table(
            [
                o
                for o in outcomes(spans, seeds, max(replications // 2, 1), highlighted=0)
                if o.figure == "f1"
            ],
            lambda o: f"{o.count:3}",
        ),
        "F1, uniform draws": table(
            [
                o for o in outcomes(texts, seeds, max(replications // 2, 1), uniform=True)
                if o.figure == "f1"
            ],
            lambda o: f"{'rare' if o.rare else 'balanced'} {o.count:3}",
        ),
        "Figures where 5 % of the answers are wrong": table(
            [
                o for o in outcomes(texts, seeds, max(replications // 2, 1), noise=0.05)
                if o.count == 100
            ],
            lambda o: f"{'rare' if o.rare else 'balanced'} {o.figure}",
        ),
    }  # fmt: skip
    for title, rows in tables.items():
        print_table(title, rows)
    plain = plain_spread(texts, seeds, replications)
    print("\nCounted on uniform draws, rare labels: answers, 1.96 standard errors of F1")
    for count, spread in plain.items():
        print(f"{count:14} {spread:.3f}")
    errors = calibration_errors(texts, seeds, max(replications // 2, 1))
    print("\nCalibration error: own probabilities, after 100 audit answers")
    for name, (raw, calibrated) in errors.items():
        print(f"{name:14} {raw:.3f}  {calibrated:.3f}")
    stopped = list(stops(tasks, seeds))
    print("\nStopping advice")
    for unseen in (False, True):
        fired = [stop for stop in stopped if stop.at is not None and stop.tuned is not unseen]
        regrets = [stop.regret for stop in fired] or [0.0]
        ever = [stop.best_ever for stop in fired] or [0.0]
        print(
            f"{'unseen' if unseen else 'seen':8} {len(fired)} of "
            f"{sum(stop.tuned is not unseen for stop in stopped)} runs advised to stop; regret "
            f"mean {np.mean(regrets):.4f}, worst {max(regrets):.3f}; against the best model ever "
            f"{np.mean(ever):.4f}, {max(ever):.3f}"
        )
    milliseconds = refresh_ms()
    print(f"\nOne estimate at 2,000 reserved texts: {milliseconds:.0f} ms")
    return {
        "tables": {
            title: {name: asdict(row) for name, row in rows.items()}
            for title, rows in tables.items()
        },
        "plain": plain,
        "calibration": errors,
        "stops": [asdict(stop) for stop in stopped],
        "refresh_ms": milliseconds,
    }


if __name__ == "__main__":
    main()
