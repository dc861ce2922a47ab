"""Learning and asking as a generator of short steps: no process, no clock but one to measure.

The caller owns time: it takes one step after the other, does with each message what it likes,
and waits for new messages when told that there is nothing to do. The worker process and the
simulation run this same loop.
"""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.gold import Gold
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import Learner
from al_desktop.core.questions import Answer, Asked, Question
from al_desktop.core.queue import Ranking
from al_desktop.core.rolling_back import Learnable, known_to
from al_desktop.core.sampling import UNCERTAIN
from al_desktop.core.stopping import margin
from al_desktop.learner.auditing import Auditor
from al_desktop.learner.messages import (
    Check,
    Estimated,
    FromWorker,
    Learn,
    Pin,
    Ranked,
    Rejudge,
    Rejudged,
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
    learner: Learner,
    source: EventSource,
    inbox: deque[ToWorker],
    auditor: Auditor | None = None,
) -> Iterator[FromWorker | None]:
    """Yields what there is to say; None when there is nothing to do before the next message.

    Everything stored is learned first. A `Learn` in the inbox is a nudge to read what was stored
    since; nudges that wait together cost one fit. Texts not seen yet are worked through in
    between, and the order is renewed as they come in, at a share of the time. With an auditor
    its questions are among the others, and each fit is judged once there is time. Ends on `Stop`.
    """
    loop = _Loop(learner, source, auditor)
    while loop.heed(inbox):
        yield loop.next_message(inbox)


class _Loop:
    def __init__(self, learner: Learner, source: EventSource, auditor: Auditor | None) -> None:
        self._learner = learner
        self._source = source
        self._auditor = auditor
        self._log = AnswerLog()
        self._learnable = Learnable(self._log)
        self._cut: dict[str, str] = {}
        self._rejudge: deque[str] = deque()
        self._through = 0
        self._pinned: str | None = None
        self._check_until = 0
        self._nudged = True
        self._unlearned = True
        self._unranked = True
        self._unjudged = False
        self._judged = False
        self._texts_left = True
        self._texts_read = False
        self._reserve_left = auditor is not None
        self._showing: Question | None = None
        self._rank_again_at = 0.0
        self._margins: dict[str, float] = {}

    def heed(self, inbox: deque[ToWorker]) -> bool:
        """Takes in all waiting messages; False when told to stop."""
        while inbox:
            message = inbox.popleft()
            match message:
                case Stop():
                    return False
                case Learn(_, showing):
                    self._nudged = True
                    self._showing = showing
                case Pin(label):
                    self._unranked |= label != self._pinned
                    self._pinned = label
                case Check(questions):
                    self._catch_up()
                    self._check_until = self._audit_questions() + questions if questions else 0
                    self._unranked = True
                case Rejudge(snapshot):
                    self._rejudge.append(snapshot)
                    self._nudged = True
                case Start():
                    raise ValueError("the loop has started already")
        return True

    def next_message(self, inbox: deque[ToWorker]) -> FromWorker | None:
        """The first of: an order that knows all answers, a judgement of the model, news of the
        work, nothing to do."""
        if self._nudged:
            self._catch_up()
        if self._unlearned or self._unranked:
            ranked = self._rank()
            if ranked is not None:
                return ranked
        if self._unjudged and self._auditor is not None:
            return self._judge(self._auditor)
        if self._rejudge and self._auditor is not None and self._auditor.is_ready:
            return self._judge_again(self._auditor, self._rejudge.popleft())
        if self._texts_left or self._reserve_left:
            return Working(self._work(inbox))
        return None

    def _catch_up(self) -> None:
        self._nudged = False
        for sequence, event in self._source.events(after=self._through):
            self._log.append(event)
            self._cut[event.annotator] = max(event.uid, self._cut.get(event.annotator, ""))
            self._through = sequence
            self._unlearned = True

    def _rank(self) -> Ranked | None:
        """None while the texts seen so far give nothing to ask: what is shown stays then."""
        started = time.monotonic()
        if self._unlearned:
            self._learner.learn(*self._answers(self._learnable.now()))
            self._unlearned = False
            self._unranked = True
            self._unjudged = self._auditor is not None and self._auditor.is_ready
        asked = self._ask()
        finished = not asked and not self._texts_left and not self._reserve_left
        if not asked and not finished:
            return None
        self._unranked = False
        seconds = time.monotonic() - started
        pause = max(PATIENCE_SECONDS, seconds / RANKING_SHARE)
        self._rank_again_at = time.monotonic() + pause
        version = self._learner.model_version
        return Ranked(Ranking(version, self._through, tuple(asked), finished), seconds)

    def _judge(self, auditor: Auditor) -> Estimated:
        self._unjudged = False
        if not self._judged:
            # Only now are there audit questions to ask.
            self._judged = self._unranked = True
        found = auditor.refresh(self._log, self._learner.model_version, self._margins)
        return replace(found, cut=tuple(sorted(self._cut.items())))

    def _judge_again(self, auditor: Auditor, snapshot: str) -> Rejudged:
        """Fits the model to what it knew then; the next order fits it to everything again."""
        self._unlearned = True
        if snapshot not in self._log or self._log[snapshot].snapshot is None:
            return Rejudged(snapshot, None)
        self._learner.learn(*self._answers(known_to(self._log, self._log[snapshot])))
        return Rejudged(snapshot, auditor.judge_again(self._log))

    def _ask(self) -> list[Asked]:
        """The next questions, without the one on the screen and those that gold has closed."""
        count = RANKING_LENGTH
        while True:
            offered = self._learner.ask(count, self._pinned)
            asked = [each for each in offered if self._is_open(each.question)]
            if asked or len(offered) < count:
                break
            count *= 4
        self._margins = _margins(asked)
        if self._auditor is None or not self._auditor.is_ready:
            return asked[:RANKING_LENGTH]
        first = sum(1 for _ in self._log.answered()) + (self._showing is not None)
        return self._auditor.mix(
            asked[:RANKING_LENGTH],
            self._log,
            first,
            self._pinned,
            min(max(0, self._check_until - self._audit_questions()), RANKING_LENGTH),
            self._showing,
        )

    def _is_open(self, question: Question) -> bool:
        return question != self._showing and not self._log.is_closed(question)

    def _work(self, inbox: deque[ToWorker]) -> Progress | None:
        """Works for a moment, or until a message comes or there is something new to say; None
        when all texts are done."""
        end = time.monotonic() + SLICE_SECONDS
        while (progress := self._step()) is not None:
            if inbox or self._unranked or self._unjudged or time.monotonic() >= end:
                break
        if progress is not None and time.monotonic() >= self._rank_again_at:
            self._unranked = True
        return progress

    def _step(self) -> Progress | None:
        """A step through the learner's texts and, once there are questions, one through the
        reserved ones."""
        reserved = self._read_reserved() if not (self._unranked and self._texts_left) else None
        return self._read_texts() or reserved

    def _read_texts(self) -> Progress | None:
        if not self._texts_left:
            return None
        progress = self._learner.step()
        self._texts_left = progress is not None
        if self._texts_left:
            self._texts_read = True
        elif self._texts_read:
            # What is learned may depend on the texts seen, and now it does no longer.
            self._texts_read = False
            self._unlearned = True
        return progress

    def _read_reserved(self) -> Progress | None:
        if self._auditor is None or not self._reserve_left:
            return None
        progress = self._auditor.step()
        if progress is None:
            self._reserve_left = False
            self._unjudged = True
        return progress

    def _answers(
        self, log: AnswerLog
    ) -> tuple[list[tuple[Question, Answer]], list[tuple[str, Gold]]]:
        """Answers and gold of a log that the learner may know: nothing about reserved texts."""
        reserved = self._auditor.reserved if self._auditor is not None else frozenset()
        answers: list[tuple[Question, Answer]] = []
        gold: list[tuple[str, Gold]] = []
        for event in log.standing():
            if event.question.text_key in reserved:
                continue
            if event.answer is not None:
                answers.append((event.question, event.answer))
            if event.gold is not None:
                gold.append((event.question.text_key, event.gold))
        return answers, gold

    def _audit_questions(self) -> int:
        """Those answered, and the one on the screen if it is one."""
        reserved = self._auditor.reserved if self._auditor is not None else frozenset()
        answered = sum(
            event.selection is not None and event.selection.audit for event in self._log.answered()
        )
        return answered + (self._showing is not None and self._showing.text_key in reserved)


def _margins(asked: Iterable[Asked]) -> dict[str, float]:
    """By label, how far the most uncertain of these questions are from 0.5."""
    scores: dict[str, list[float]] = {}
    for each in asked:
        if each.selection.strategy == UNCERTAIN and each.selection.score is not None:
            scores.setdefault(each.question.label, []).append(each.selection.score)
    return {label: margin(found) for label, found in scores.items()}
