"""Simulated annotators at work on one label: with the program's learner, and with a teach loop."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from numpy.random import Generator, default_rng

from al_desktop.core.gold import gold
from al_desktop.core.questions import Answer, Question, Span
from al_desktop.learner.gold import GoldText, Oracle, Scores, measure
from al_desktop.learner.simulate import TextList
from al_desktop.models.span_pool import SpanPool
from al_desktop.recipes import spans
from benchmarks.span_tasks import CACHE, Task

BATCH = 5
"""Answers before the order is made anew: the program does it after each, which takes longer."""


@dataclass(frozen=True)
class Point:
    """`ranking_ms` is CPU time from answers to the new order, the median of the last batches."""

    answers: int
    accepts: int
    f1: float
    precision: float
    recall: float
    ranking_ms: float = 0.0
    candidates: int = 0


def is_measured(answers: int) -> bool:
    """Whether a curve has a point there: the later, the wider apart."""
    return answers % (20 if answers < 200 else 50) == 0


class Session:
    """One simulated annotator at work with the program's own learner."""

    def __init__(self, task: Task, seed: int, strategy: str = "default", noise: float = 0.0):
        self.task = task
        self._random = default_rng(seed)
        self._noise = noise
        self._oracle = Oracle(task.train)
        self.configuration = task.configuration(task.draw(self._random), strategy, seed)
        texts = TextList([row.text for row in task.train])
        self.learner = spans.build(self.configuration, texts, CACHE)
        self._given: list[tuple[Question, Answer]] = []
        self._read()
        self.learner.learn(self._given)
        self._next = self.learner.ask(BATCH)
        self._seconds: list[float] = []

    @property
    def given_count(self) -> int:
        return len(self._given)

    @property
    def ranking_ms(self) -> float:
        return 1000 * median(self._seconds[-20:] or [0.0])

    def answer(self) -> bool:
        """Answers BATCH questions and learns; False when there are none."""
        asked = self._next
        for each in asked:
            truth = self._oracle.answer(each.question)
            self._given.append((each.question, mistaken(truth, self._noise, self._random)))
        started = time.process_time()
        self.learner.learn(self._given)
        self._next = self.learner.ask(BATCH)
        self._seconds.append(time.process_time() - started)
        if self._read():
            self.learner.learn(self._given)
            self._next = self.learner.ask(BATCH)
        return bool(asked)

    def _read(self) -> bool:
        """Whether texts were read that had not been, or that answers made worth another look."""
        steps = 0
        while self.learner.step() is not None:
            steps += 1
        return steps > 0

    def answer_until(self, answers: int) -> None:
        while self.given_count < answers and self.answer():
            pass

    def scores(self, test: Sequence[GoldText]) -> Scores:
        predicted = self.learner.predict([row.text.content for row in test])
        return measure(test, predicted, [self.task.label])

    def curve(self, answers: int) -> Iterator[Point]:
        more = True
        while more:
            if is_measured(self.given_count):
                found = self.scores(self.task.test)
                accepts = sum(answer is Answer.ACCEPT for _, answer in self._given)
                yield Point(
                    self.given_count,
                    accepts,
                    found.f1,
                    found.precision,
                    found.recall,
                    self.ranking_ms,
                    self.learner.candidates,
                )
            more = self.given_count < answers and self.answer()


def full_gold(task: Task) -> Scores:
    """What the same head reaches that is told all the gold of the texts it holds in memory."""
    learner = spans.build(task.configuration((), "default", 0), _texts(task), CACHE)
    told = [(row.text.key, gold([task.label], _of(row, task.label))) for row in task.train]
    for _ in range(2):
        # What is learned first says how long spans can be, and texts are read again for that.
        while learner.step() is not None:
            pass
        learner.learn([], told)
    return measure(task.test, learner.predict([r.text.content for r in task.test]), [task.label])


def candidate_recall(task: Task) -> float:
    """Of the true spans of the training texts, how many are among the candidates at all."""
    reader = spans.open_reader(task.configuration((), "default", 0), CACHE)
    pool = SpanPool(
        reader.read([r.text.key for r in task.train], [r.text.content for r in task.train])
    )
    true = [(row.text.key, span) for row in task.train for span in _of(row, task.label)]
    found = [pool.candidate(key, span.start, span.end) is not None for key, span in true]
    return sum(found) / max(len(found), 1)


def mistaken(answer: Answer, noise: float, random: Generator) -> Answer:
    """Ignores with probability `noise`, and errs with the same probability."""
    lot = random.random()
    if lot < noise:
        return Answer.IGNORE
    if lot < 2 * noise:
        return Answer.REJECT if answer is Answer.ACCEPT else Answer.ACCEPT
    return answer


def _texts(task: Task) -> TextList:
    return TextList([row.text for row in task.train])


def _of(row: GoldText, label: str) -> tuple[Span, ...]:
    return gold([label], (span for span in row.spans if span.label == label)).spans
