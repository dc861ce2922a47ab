"""How far the quality estimates and the stopping advice can be trusted.

Audits are replicated many times on models of growing numbers of answers (`trust_runs`): each
time other texts are reserved and other questions drawn. Writes a table for each promise of
docs/trust.md, and says which of its bars are reached.

    python -m benchmarks.trust [--replications 10] [--seeds 2] [--json]
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from al_desktop.core.calibration import log_odds
from al_desktop.core.estimation import Audit, estimate
from al_desktop.core.questions import Kind
from benchmarks.trust_advice import calibration_errors, stops
from benchmarks.trust_audits import LATE, RARE, outcomes, print_table, table, truth
from benchmarks.trust_runs import TASKS, Task, runs

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
        "The same, doubtful checks read again": table(
            [
                o for o in outcomes(
                    texts, seeds, max(replications // 2, 1), noise=0.05, reread=True
                )
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
    print("\nCalibration error: own probabilities, after 100 audit answers, and by chance alone")
    for name, (raw, calibrated, chance) in errors.items():
        print(f"{name:14} {raw:.3f}  {calibrated:.3f}  {chance:.3f}")
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
