"""The annotator's session without window, process and file: an oracle gives the answers.

It is the very code the window runs: the same loop, learner, queue and session, and the same lag.
The question shown after an answer comes from the order made before that answer was learned.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from al_desktop.core.configuration import Configuration
from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.protocols import Learner
from al_desktop.core.questions import Answer, Text
from al_desktop.core.queue import Queue
from al_desktop.core.session import Session
from al_desktop.learner.auditing import Auditor, build_audited
from al_desktop.learner.gold import GoldText, Oracle, Scores, measure
from al_desktop.learner.loop import learning_loop
from al_desktop.learner.messages import Estimated, Learn, Ranked, ToWorker
from al_desktop.recipes import Build, build_learner


class TextList:
    """A TextPool in memory."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = list(texts)

    def __len__(self) -> int:
        return len(self._texts)

    def keys(self) -> Sequence[str]:
        return [text.key for text in self._texts]

    def contents(self, positions: Sequence[int]) -> list[str]:
        return [self._texts[position].content for position in positions]

    def batches(self, size: int) -> Iterator[list[Text]]:
        for start in range(0, len(self._texts), size):
            yield self._texts[start : start + size]


class MemoryStore:
    """An EventStore in memory; the first event has sequence number 1."""

    def __init__(self) -> None:
        self._events: list[Event] = []

    def append(self, event: Event) -> int:
        self._events.append(event)
        return len(self._events)

    def events(self, after: int = 0) -> Iterable[tuple[int, Event]]:
        return enumerate(self._events[after:], start=after + 1)


@dataclass(frozen=True, slots=True)
class Point:
    """How good the model is on the test texts after so many answers.

    by_label   the scores of each label alone; `scores` pools them
    seconds    spent so far on asking, learning and ranking, without measuring
    estimated  what the audit answers say about the same model; None where texts are not reserved
    """

    answers: int
    accepts: int
    scores: Scores
    by_label: dict[str, Scores]
    seconds: float
    estimated: Estimated | None = None


def simulate(
    configuration: Configuration,
    train: Sequence[GoldText],
    test: Sequence[GoldText],
    answers: int,
    every: int,
    cache: Path,
    build: Build = build_learner,
) -> Iterator[Point]:
    """Answers questions about `train`, yielding a point at 0 answers, after every `every`
    answers and at the end, which is earlier than `answers` if nothing is left to ask.

    Texts are reserved and audit questions asked as the configuration says; their answers count.
    """
    started = time.monotonic()
    measuring = 0.0
    texts = TextList([row.text for row in train])
    learner, auditor = build_audited(configuration, texts, cache, build)
    # Order and scores then depend on the answers alone, not on how far a slow machine has come.
    while learner.step() is not None:
        pass
    while auditor is not None and auditor.step() is not None:
        pass
    annotator = _Annotator(learner, auditor, Oracle(train))
    labels = [label.key for label in configuration.labels]
    more = True
    while more:
        if annotator.answers % every == 0 or annotator.answers == answers:
            measuring_started = time.monotonic()
            point = _point(annotator, test, labels, measuring_started - started - measuring)
            measuring += time.monotonic() - measuring_started
            yield point
        more = annotator.answers < answers and annotator.answer()
    if annotator.answers % every and annotator.answers < answers:
        yield _point(annotator, test, labels, time.monotonic() - started - measuring)


class _Annotator:
    """The oracle at work in a session, and the loop that learns from it."""

    def __init__(self, learner: Learner, auditor: Auditor | None, oracle: Oracle) -> None:
        self.learner = learner
        self.estimated: Estimated | None = None
        self.answers = 0
        self.accepts = 0
        self._oracle = oracle
        store = MemoryStore()
        log = AnswerLog()
        self._queue = Queue(log.is_closed)
        self._session = Session(log, store, self._queue, "oracle")
        self._inbox: deque[ToWorker] = deque()
        self._loop = learning_loop(learner, store, self._inbox, auditor)
        self._learn()

    def answer(self) -> bool:
        """Answers the question on the screen, then lets the learner learn; False if none is."""
        asked = self._queue.current
        if asked is None:
            return False
        answer = self._oracle.answer(asked.question)
        change = self._session.answer(answer, seconds=0.0)
        self.answers += 1
        self.accepts += answer is Answer.ACCEPT
        showing = change.current.question if change.current else None
        self._inbox.append(Learn(change.sequence, showing))
        self._learn()
        return True

    def _learn(self) -> None:
        for message in self._loop:
            if message is None:
                break
            if isinstance(message, Ranked):
                self._queue.take(message.ranking)
            if isinstance(message, Estimated):
                self.estimated = message


def _point(
    annotator: _Annotator, test: Sequence[GoldText], labels: Sequence[str], seconds: float
) -> Point:
    predicted = annotator.learner.predict([row.text.content for row in test])
    return Point(
        annotator.answers,
        annotator.accepts,
        measure(test, predicted, labels),
        {label: measure(test, predicted, [label]) for label in labels},
        seconds,
        annotator.estimated,
    )
