"""Learning curves of one question about texts, by strategy, all from the same first answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.recipes.texts import build
from benchmarks.texts_tasks import Split, Task

STRATEGIES = ("default", "random", "EMA")
LABEL = "L"


@dataclass(frozen=True, slots=True)
class Point:
    answers: int
    average_precision: float
    f1: float


def is_measured(answers: int) -> bool:
    """Whether a curve has a point there: the later, the wider apart."""
    for until, apart in ((100, 5), (200, 10), (400, 20)):
        if answers <= until:
            return answers % apart == 0
    return answers % 50 == 0


class WithoutEncoder:
    """Leaves n-grams alone."""

    name = "none"
    width = 1

    def sentences(self, contents: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(contents), 1), np.float32)


class Runs:
    """One task and seed: texts are read once, then each strategy starts anew. `terms` are the
    label's, beside its name."""

    def __init__(
        self,
        task: Task,
        split: Split,
        seed: int,
        cache: Path,
        terms: tuple[str, ...] = (),
        without_encoder: bool = False,
    ) -> None:
        self._split = split
        self._seed = seed
        self._keys = [text_key(content) for content in split.pool]
        self._place = {key: place for place, key in enumerate(self._keys)}
        pool = TextList([Text(text_key(content), content) for content in split.pool])
        label = Label(LABEL, task.label, terms=terms)
        configuration = Configuration(Kind.TEXTS, (label,), language=task.language, seed=seed)
        encoder = WithoutEncoder() if without_encoder else None
        self._learner = build(configuration, pool, cache, encoder)
        while self._learner.step() is not None:
            pass
        self._learner.judge([text_key(content) for content in split.test], split.test)
        self.start = self._first_answers()

    def curve(self, strategy: str, budget: int) -> list[Point]:
        """Points from the start to the budget, and there."""
        learner = self._learner
        answered = list(self.start)
        points = []
        picks = self._picks(strategy, answered)
        while len(answered) < budget:
            if is_measured(len(answered)):
                points.append(self._point(answered))
            elif strategy != "random":
                learner.learn(self._answers(answered))
            answered.append(next(picks))
        points.append(self._point(answered))
        return points

    @property
    def first_accept(self) -> int:
        """Which question was the first to be accepted."""
        return 1 + next(i for i, place in enumerate(self.start) if self._split.accepted[place])

    def full(self) -> float:
        """F1 on the test texts of the model that knows the whole pool."""
        return self._point(list(range(len(self._keys)))).f1

    def _picks(self, strategy: str, answered: list[int]) -> Iterator[int]:
        random = np.random.default_rng(self._seed)
        by_lot = iter(random.permutation(len(self._keys)).tolist())
        if strategy == "default":
            while True:
                yield self._place[self._learner.ask(1)[0].question.text_key]
        elif strategy == "random":
            yield from (place for place in by_lot if place not in answered)
        else:
            yield from self._by_moving_average(answered, random)

    def _by_moving_average(self, answered: list[int], random: np.random.Generator) -> Iterator[int]:
        """Prodigy-like: a shuffled stream, gone through again and again; a text is asked about
        if its uncertainty is above the exponential moving average of those seen."""
        average = 0.5
        while True:
            for place in random.permutation(len(self._keys)).tolist():
                if place in answered:
                    continue
                uncertainty = 1 - 2 * abs(self._pool_scores()[place] - 0.5)
                ask = uncertainty >= average
                average += 0.1 * (uncertainty - average)
                if ask:
                    yield place

    def _pool_scores(self) -> NDArray[np.float32]:
        return self._learner._models[LABEL].scores()[self._learner._texts.slots]

    def _first_answers(self) -> list[int]:
        """By the learner itself, until there is an accept and a reject."""
        answered: list[int] = []
        self._learner.learn([])
        while len({self._split.accepted[place] for place in answered}) < 2:
            asked = self._learner.ask(1)[0]
            answered.append(self._place[asked.question.text_key])
            self._learner.learn(self._answers(answered))
        return answered

    def _point(self, answered: list[int]) -> Point:
        self._learner.learn(self._answers(answered))
        judged = self._learner.judged()[LABEL]
        truth = np.array(self._split.test_accepted)
        found = np.asarray(judged.predicted)
        f1 = 2 * int((found & truth).sum()) / max(int(found.sum() + truth.sum()), 1)
        return Point(len(answered), average_precision(np.asarray(judged.score), truth), f1)

    def _answers(self, places: list[int]) -> list[tuple[Question, Answer]]:
        return [
            (
                Question(self._keys[place], LABEL),
                Answer.ACCEPT if self._split.accepted[place] else Answer.REJECT,
            )
            for place in places
        ]


def average_precision(scores: NDArray[np.float32], truth: NDArray[np.bool_]) -> float:
    ranked = truth[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float(precision[ranked].mean())
