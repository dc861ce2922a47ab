"""What is built on the estimates: the advice to stop, and calibrated probabilities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.calibration import log_odds
from al_desktop.core.estimation import calibration
from al_desktop.core.quality import Advice
from al_desktop.core.questions import Kind
from al_desktop.core.stopping import STABLE_CHECKS, Signals, advice, agreement
from benchmarks.trust_audits import LATE, REFRESH, Replication, truth
from benchmarks.trust_runs import EVERY, Task, runs


def calibration_errors(
    tasks: Sequence[Task], seeds: int, replications: int
) -> dict[str, tuple[float, float, float]]:
    """By task, expected calibration error (ten bins) on all judged texts of the model after 200
    answers: of its own probabilities, and calibrated on 100 audit answers; and what perfect
    probabilities would show by chance, since only so many texts are judged."""
    errors: dict[str, tuple[float, float, float]] = {}
    for task in tasks:
        raw, calibrated, chance = [], [], []
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
                probabilities = curve.probabilities(log_odds(score))
                calibrated.append(_calibration_error(probabilities, run.true))
                by_lot = random.random(len(probabilities)) < probabilities
                chance.append(_calibration_error(probabilities, by_lot))
        errors[task.name] = (
            float(np.mean(raw)),
            float(np.mean(calibrated)),
            float(np.mean(chance)),
        )
    return errors


def _calibration_error(score: NDArray[np.float64], true: NDArray[np.bool_]) -> float:
    bins = np.minimum((score * 10).astype(np.int64), 9)
    gap = np.bincount(bins, score - true, 10)
    return float(np.abs(gap).sum() / len(score))


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
