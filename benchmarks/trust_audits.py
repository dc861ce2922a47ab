"""Audits of models on real data, replicated: each time other texts are reserved and other questions
drawn. How often the intervals cover the truth, and how wide they are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.audit import draw, importance
from al_desktop.core.calibration import log_odds
from al_desktop.core.doubts import CHECKS_SHARE, CONTRADICTED_CHECK
from al_desktop.core.estimation import Audit, calibration, draws, estimate, summarise, with_missed
from al_desktop.core.quality import Estimate
from al_desktop.core.questions import Kind
from benchmarks.trust_runs import Checkpoint, Run, Task, runs

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

    @property
    def mistakes(self) -> int:
        """Wrong answers given so far."""
        asked = np.array(self._asked, np.int64)
        return int((self._answers[asked] != self._run.true[asked]).sum())

    def reread(self, model: Checkpoint) -> int:
        """Reads again the checks that the program would list first, and gets them right; how
        many. The model hasn't learned from any of them, so its scores are out of fold."""
        asked = np.array(self._asked, np.int64)
        given = self._answers[asked]
        score = model.score[asked].astype(np.float64)
        against = np.where(given, 1.0 - score, score)
        stands_for = 1.0 / np.array(self._probability)
        misleading = against * stands_for / stands_for.mean()
        doubtful = np.flatnonzero(against >= CONTRADICTED_CHECK)
        most = round(CHECKS_SHARE * len(asked))
        again = asked[doubtful[np.argsort(-misleading[doubtful])][:most]]
        self._answers = self._answers.copy()
        self._answers[again] = self._run.true[again]
        return len(again)

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
    reread: bool = False,
) -> Iterator[Outcome]:
    """`reread`: doubtful checks are read again before the estimate at 100."""
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
                            if reread and count == 100:
                                audit.reread(model)
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
