"""A small real learner for tests: asks in random order, knows the share of accepts by label.

Its name is all that a spawned child needs to import it.
"""

import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from numpy.random import default_rng

from al_desktop.core.configuration import Configuration
from al_desktop.core.errors import KnownError
from al_desktop.core.gold import Gold
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import Answer, Asked, Question, Selection, Span

TEXTS_PER_STEP = 10


class RandomLearner:
    def __init__(self, configuration: Configuration, pool: TextPool) -> None:
        self._labels = [label.key for label in configuration.labels]
        self._random = default_rng(configuration.seed)
        self._keys = list(pool.keys())
        self._seen = 0
        self._answers: dict[str, Answer] = {}
        self._shares: dict[str, float] = {}
        self.model_version = 0
        self.taught: list[int] = []
        self.gold: dict[str, Gold] = {}

    def step(self) -> Progress | None:
        if self._seen >= len(self._keys):
            return None
        self._seen = min(self._seen + TEXTS_PER_STEP, len(self._keys))
        return Progress("texts", self._seen, len(self._keys))

    def learn(
        self, answers: Sequence[tuple[Question, Answer]], gold: Sequence[tuple[str, Gold]] = ()
    ) -> None:
        self.model_version += 1
        self.taught.append(len(answers))
        self.gold = dict(gold)
        self._answers = {question.key: answer for question, answer in answers}
        for label in self._labels:
            given = [answer for question, answer in answers if question.label == label]
            accepts = sum(answer is Answer.ACCEPT for answer in given)
            self._shares[label] = (accepts + 1) / (len(given) + 2)

    def ask(self, count: int, pinned: str | None = None) -> list[Asked]:
        questions = [question for question in self._open() if pinned in (None, question.label)]
        picked = self._random.permutation(len(questions))[:count]
        return [
            Asked(
                questions[i],
                Selection(
                    "random",
                    1 / len(questions),
                    self._shares.get(questions[i].label),
                    self.model_version,
                ),
            )
            for i in picked
        ]

    def predict(self, contents: Sequence[str]) -> list[list[Span]]:
        """All labels with more accepts than not, for every text."""
        labels = [label for label in self._labels if self._shares.get(label, 0) > 0.5]
        return [[Span(0, len(content), label) for label in labels] for content in contents]

    def _open(self) -> Iterator[Question]:
        for key in self._keys[: self._seen]:
            for label in self._labels:
                question = Question(key, label)
                if question.key not in self._answers:
                    yield question


def build(configuration: Configuration, pool: TextPool, cache: Path) -> RandomLearner:
    return RandomLearner(configuration, pool)


def build_missing_model(configuration: Configuration, pool: TextPool, cache: Path) -> RandomLearner:
    raise KnownError("The model en_missing is not installed: choose another one.")


def build_broken(configuration: Configuration, pool: TextPool, cache: Path) -> RandomLearner:
    raise ZeroDivisionError("a bug of ours")


def build_printing(configuration: Configuration, pool: TextPool, cache: Path) -> RandomLearner:
    sys.stdout.write("a library is chatty\n")
    os.write(2, b"and so is its C code\n")
    return RandomLearner(configuration, pool)


def build_crashing(configuration: Configuration, pool: TextPool, cache: Path) -> RandomLearner:
    os._exit(7)


def build_stuck(configuration: Configuration, pool: TextPool, cache: Path) -> RandomLearner:
    """Holds the interpreter in one long C call, as a model's linear algebra may."""
    (cache / "stuck").write_text("soon", encoding="utf-8")
    re.match("(a+)+$", "a" * 64 + "b")
    raise AssertionError("this takes years")


def build_slow(configuration: Configuration, pool: TextPool, cache: Path) -> RandomLearner:
    """Writes its process id, then is busy for a long time."""
    (cache / "pid").write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(600)
    raise AssertionError("the process should have ended with its parent")
