"""Learning and asking as a generator of short steps: no process, no clock but one to measure.

The caller owns time: it takes one step after the other, does with each message what it likes,
and waits for new messages when told that there is nothing to do. The worker process and the
simulation run this same loop.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Protocol

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import Learner
from al_desktop.core.questions import Answer, Question
from al_desktop.core.queue import Ranking
from al_desktop.learner.messages import (
    FromWorker,
    Learn,
    Pin,
    Ranked,
    Start,
    Stop,
    ToWorker,
    Working,
)

RANKING_LENGTH = 30
SLICE_SECONDS = 0.2
PATIENCE_SECONDS = 1.0
RANKING_SHARE = 0.1


class EventSource(Protocol):
    """The part of an EventStore that a reader needs."""

    def events(self, after: int = 0) -> Iterable[tuple[int, Event]]: ...


def learning_loop(
    learner: Learner, source: EventSource, inbox: deque[ToWorker]
) -> Iterator[FromWorker | None]:
    """Yields what there is to say; None when there is nothing to do before the next message.

    Everything stored is learned first. A `Learn` in the inbox is a nudge to read what was stored
    since; nudges that wait together cost one fit. Texts not seen yet are worked through in
    between, and the order is renewed as they come in, at a share of the time. Ends on `Stop`.
    """
    loop = _Loop(learner, source)
    while loop.heed(inbox):
        yield loop.next_message(inbox)


class _Loop:
    def __init__(self, learner: Learner, source: EventSource) -> None:
        self._learner = learner
        self._source = source
        self._log = AnswerLog()
        self._through = 0
        self._pinned: str | None = None
        self._nudged = True
        self._unlearned = True
        self._unranked = True
        self._texts_left = True
        self._rank_again_at = 0.0

    def heed(self, inbox: deque[ToWorker]) -> bool:
        """Takes in all waiting messages; False when told to stop."""
        while inbox:
            message = inbox.popleft()
            match message:
                case Stop():
                    return False
                case Learn():
                    self._nudged = True
                case Pin(label):
                    self._unranked |= label != self._pinned
                    self._pinned = label
                case Start():
                    raise ValueError("the loop has started already")
        return True

    def next_message(self, inbox: deque[ToWorker]) -> FromWorker | None:
        """The first of: an order that knows all answers, news of the work, nothing to do."""
        if self._nudged:
            self._catch_up()
        if self._unlearned or self._unranked:
            ranked = self._rank()
            if ranked is not None:
                return ranked
        if self._texts_left:
            return Working(self._work(inbox))
        return None

    def _catch_up(self) -> None:
        self._nudged = False
        for sequence, event in self._source.events(after=self._through):
            self._log.append(event)
            self._through = sequence
            self._unlearned = True

    def _rank(self) -> Ranked | None:
        """None while the texts seen so far give nothing to ask: what is shown stays then."""
        started = time.monotonic()
        if self._unlearned:
            self._learner.learn(_answers(self._log))
            self._unlearned = False
            self._unranked = True
        asked = self._learner.ask(RANKING_LENGTH, self._pinned)
        finished = not asked and not self._texts_left
        if not asked and not finished:
            return None
        self._unranked = False
        seconds = time.monotonic() - started
        pause = max(PATIENCE_SECONDS, seconds / RANKING_SHARE)
        self._rank_again_at = time.monotonic() + pause
        version = self._learner.model_version
        return Ranked(Ranking(version, self._through, tuple(asked), finished), seconds)

    def _work(self, inbox: deque[ToWorker]) -> Progress | None:
        """Works for a moment, or until a message comes or there is something to try to ask;
        None when all texts are done."""
        end = time.monotonic() + SLICE_SECONDS
        while (progress := self._learner.step()) is not None:
            if inbox or self._unranked or time.monotonic() >= end:
                break
        if progress is None:
            self._texts_left = False
            # What is learned may depend on the texts seen, and now it does no longer.
            self._unlearned = True
        elif time.monotonic() >= self._rank_again_at:
            self._unranked = True
        return progress


def _answers(log: AnswerLog) -> list[tuple[Question, Answer]]:
    return [(event.question, event.answer) for event in log.answered() if event.answer is not None]
