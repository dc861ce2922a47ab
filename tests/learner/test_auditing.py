"""Audit questions in the loop: their share, their texts, and that nothing is learned from them."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from random_learner import RandomLearner

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import AnswerLog
from al_desktop.core.gold import gold
from al_desktop.core.judging import Judged
from al_desktop.core.questions import (
    EVALUATION,
    Answer,
    Kind,
    Selection,
    Span,
    Text,
    text_key,
)
from al_desktop.core.queue import Queue
from al_desktop.core.rolling_back import cut_of
from al_desktop.core.session import Session
from al_desktop.core.snapshots import KEPT, Snapshot
from al_desktop.learner.auditing import Auditor, build_audited
from al_desktop.learner.loop import learning_loop
from al_desktop.learner.messages import (
    Check,
    Estimated,
    Learn,
    Pin,
    Ranked,
    Rejudge,
    Rejudged,
    ToWorker,
)
from al_desktop.learner.simulate import MemoryStore, TextList

CONFIGURATION = Configuration(
    Kind.TEXTS, (Label("A", "A"), Label("B", "B")), audit_share=0.25, reserved_share=0.3
)


class JudgedLearner(RandomLearner):
    """Gives each text a chance by its number."""

    def __init__(self, configuration: Configuration, pool: TextList) -> None:
        super().__init__(configuration, pool)
        self._judged: list[float] = []

    def judge(self, keys: Sequence[str], contents: Sequence[str]) -> None:
        self._judged += [int(content.split()[-1]) / 1000 for content in contents]

    def judged(self) -> dict[str, Judged]:
        score = np.array(self._judged, np.float32)
        return {label: Judged(np.arange(len(score)), score, score > 0.5) for label in self._labels}


class Room:
    """A loop with an auditor, and the session that answers its questions."""

    def __init__(
        self,
        configuration: Configuration = CONFIGURATION,
        texts: int = 1000,
        evaluation: frozenset[str] = frozenset(),
    ) -> None:
        contents = [f"text {number}" for number in range(texts)]
        pool = TextList([Text(text_key(content), content) for content in contents])
        self.contents = {text_key(content): content for content in contents}
        self.learner, self.auditor = build_audited(
            configuration, pool, None, lambda c, part, cache: JudgedLearner(c, part), evaluation
        )
        self.log = AnswerLog()
        self.queue = Queue(self.log.is_closed)
        store = MemoryStore()
        self.session = Session(self.log, store, self.queue, "me")
        self.inbox: deque[ToWorker] = deque()
        self.loop = learning_loop(self.learner, store, self.inbox, self.auditor)
        self.estimated: list[Estimated] = []
        self.rejudged: list[Rejudged] = []
        self.settle()

    def settle(self) -> None:
        for message in self.loop:
            if message is None:
                break
            if isinstance(message, Ranked):
                self.queue.take(message.ranking)
            if isinstance(message, Estimated):
                self.estimated.append(message)
            if isinstance(message, Rejudged):
                self.rejudged.append(message)

    def answer(self, count: int) -> list[bool]:
        """Answers questions by their number; which of them were audit questions."""
        audits = []
        for _ in range(count):
            asked = self.queue.current
            number = int(self.contents[asked.question.text_key].split()[-1])
            audits.append(asked.selection.audit)
            change = self.session.answer(
                Answer.ACCEPT if number > 500 else Answer.REJECT, seconds=1.0
            )
            showing = change.current.question if change.current else None
            self.inbox.append(Learn(change.sequence, showing))
            self.settle()
        return audits


def audited(room: Room) -> Auditor:
    assert room.auditor is not None
    return room.auditor


def test_audit_questions_are_about_reserved_texts_and_no_others_are() -> None:
    room = Room()
    room.answer(60)
    reserved = audited(room).reserved
    assert 250 < len(reserved) < 350
    for event in room.log:
        assert event.selection.audit == (event.question.text_key in reserved)
        assert 0 < event.selection.probability <= 1


def test_their_share_is_as_configured_and_they_come_at_no_fixed_distance() -> None:
    room = Room()
    audits = room.answer(200)
    assert 0.15 < sum(audits) / 200 < 0.35
    places = np.flatnonzero(audits)
    assert len(set(np.diff(places).tolist())) > 3


def test_nothing_is_learned_from_reserved_texts() -> None:
    room = Room()
    audits = room.answer(80)
    assert sum(audits) > 0
    assert room.learner.taught[-1] == 80 - sum(audits)


def test_no_question_is_asked_twice() -> None:
    room = Room()
    room.answer(150)
    keys = [event.question.key for event in room.log]
    assert len(set(keys)) == len(keys)


def test_a_block_of_audit_questions_on_demand() -> None:
    room = Room(replace(CONFIGURATION, audit_share=0.0))
    assert not any(room.answer(5))
    room.inbox.append(Check(10))
    room.settle()
    # The question on the screen stays.
    assert room.answer(12) == [False, *[True] * 10, False]
    room.inbox.append(Check(10))
    room.settle()
    assert room.answer(4) == [False, True, True, True]
    room.inbox.append(Check(0))
    room.settle()
    assert room.answer(3) == [True, False, False], "the one on the screen stays"


def test_the_model_is_judged_after_each_answer_and_found_out() -> None:
    room = Room(replace(CONFIGURATION, audit_share=0.9))
    assert room.estimated, "before any answer there is a model to judge"
    before = len(room.estimated)
    room.answer(40)
    assert len(room.estimated) == before + 40
    overall = room.estimated[-1].overall
    assert overall.answers > 25
    assert overall.f1.high > 0.9, "this model is right about all texts"
    assert {each.label for each in room.estimated[-1].labels} == {"A", "B"}


def test_a_pinned_label_is_the_only_one_checked() -> None:
    room = Room(replace(CONFIGURATION, audit_share=0.5))
    room.inbox.append(Pin("B"))
    room.settle()
    room.answer(20)
    assert {event.question.label for event in list(room.log)[1:]} == {"B"}


@pytest.mark.parametrize(
    "configuration",
    [replace(CONFIGURATION, reserved_share=0.0), replace(CONFIGURATION, reserved_most=0)],
)
def test_without_reserved_texts_nothing_is_checked(configuration: Configuration) -> None:
    room = Room(configuration)
    assert room.auditor is None
    assert not any(room.answer(20))


def test_a_small_project_reserves_nothing() -> None:
    assert Room(texts=50).auditor is None


def evaluation_set(room: Room, keys: Sequence[str]) -> None:
    """Marks these texts in full, as the import of an evaluation set does."""
    for key in keys:
        number = int(room.contents[key].split()[-1])
        spans = [Span(0, 5, label) for label in "AB" if number > 500]
        room.session.highlight(key, gold("AB", spans), 0.0, Selection(EVALUATION, 1.0, audit=True))


def test_an_evaluation_set_takes_the_place_of_the_reserved_texts() -> None:
    keys = [text_key(f"text {number}") for number in range(0, 1000, 2)]
    room = Room(evaluation=frozenset(keys))
    assert audited(room).reserved == set(keys)
    evaluation_set(room, keys)
    room.inbox.append(Learn(len(room.log)))
    room.settle()
    found = room.estimated[-1]
    assert found.evaluation == 500
    assert found.overall.answers == 1000, "both labels of each text are known"
    assert found.overall.f1.value > 0.97
    assert found.overall.f1.high - found.overall.f1.low < 0.1
    assert not any(room.answer(30)), "there is nothing left to check"
    assert all(event.question.text_key not in keys for event in room.log if event.kind == "answer")


def test_an_earlier_model_is_judged_by_the_checks_there_are_now() -> None:
    room = Room(replace(CONFIGURATION, audit_share=0.5))
    room.answer(30)
    assert dict(room.estimated[-1].cut) == {"me": max(event.uid for event in room.log)}
    learned = room.learner.taught[-1]
    kept = room.session.keep(Snapshot(KEPT, 30, room.estimated[-1].cut)).event
    room.answer(30)
    room.inbox.append(Rejudge(kept.uid))
    room.settle()
    [again] = room.rejudged
    assert again.snapshot == kept.uid
    assert again.overall.answers == room.estimated[-1].overall.answers
    assert room.learner.taught[-2] == learned, "it knew what the snapshot knew"
    assert room.learner.taught[-1] > learned, "and learned everything again"
    room.inbox.append(Rejudge("0" * 32))
    room.settle()
    assert room.rejudged[-1].overall is None


def test_what_a_roll_back_set_aside_is_not_learned() -> None:
    room = Room(replace(CONFIGURATION, audit_share=0.0))
    room.answer(10)
    kept = room.session.keep(Snapshot(KEPT, 10, cut_of(room.log))).event
    room.answer(10)
    change = room.session.roll_back(kept.uid)
    room.inbox.append(Learn(change.sequence))
    room.settle()
    assert room.learner.taught[-1] == 10
    room.answer(5)
    assert room.learner.taught[-1] == 15
