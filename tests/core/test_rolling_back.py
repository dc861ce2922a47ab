"""Going back to a snapshot: what the model learns from then, and again later."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.questions import Answer, Asked, Question, Selection, text_key
from al_desktop.core.queue import Queue, Ranking
from al_desktop.core.rolling_back import Learnable, cut_of, kept, known_to, rolled_back, set_aside
from al_desktop.core.session import Session
from al_desktop.core.snapshots import (
    KEPT,
    Snapshot,
    snapshot_from_json,
    snapshot_to_json,
)


@dataclass
class Store:
    stored: list[Event] = field(default_factory=list)

    def append(self, event: Event) -> int:
        self.stored.append(event)
        return len(self.stored)

    def events(self, after: int = 0):
        return enumerate(self.stored[after:], start=after + 1)


class Room:
    def __init__(self, annotator: str = "ann", log: AnswerLog | None = None) -> None:
        self.log = log if log is not None else AnswerLog()
        self.queue = Queue(self.log.is_closed)
        self.session = Session(self.log, Store(), self.queue, annotator)

    def answer(self, name: str, answer: Answer = Answer.ACCEPT) -> Event:
        asked = Asked(Question(text_key(name), "L"), Selection("random", 1.0))
        self.queue.take(Ranking(0, len(self.log), (asked,)))
        return self.session.answer(answer, 1.0).event

    def keep(self) -> str:
        snapshot = Snapshot(KEPT, 1, cut_of(self.log))
        return self.session.keep(snapshot).event.uid


def learned(log: AnswerLog) -> dict[str, Answer]:
    return {event.question.text_key: event.answer for event in Learnable(log).now().standing()}


def names(*told: str) -> dict[str, Answer]:
    return {text_key(name): Answer.ACCEPT for name in told}


def test_later_answers_are_set_aside_and_come_back() -> None:
    room = Room()
    room.answer("a")
    snapshot = room.keep()
    room.answer("b")
    room.session.roll_back(snapshot)
    assert learned(room.log) == names("a")
    assert set_aside(room.log) == 1
    assert room.log.is_answered(Question(text_key("b"), "L").key), "it is not asked again"
    room.answer("c")
    assert learned(room.log) == names("a", "c")
    [back] = rolled_back(room.log)
    room.session.take_back(back.uid)
    assert learned(room.log) == names("a", "b", "c")
    assert set_aside(room.log) == 0


def test_a_revision_is_set_aside_too() -> None:
    room = Room()
    first = room.answer("a")
    snapshot = room.keep()
    room.session.revise(first.uid, Answer.REJECT)
    assert learned(room.log) == {text_key("a"): Answer.REJECT}
    room.session.roll_back(snapshot)
    assert learned(room.log) == names("a")


def test_going_back_further_and_forward_again() -> None:
    room = Room()
    room.answer("a")
    early = room.keep()
    room.answer("b")
    late = room.keep()
    room.answer("c")
    room.session.roll_back(early)
    room.answer("d")
    after = room.keep()
    room.answer("e")
    room.session.roll_back(after)
    assert learned(room.log) == names("a", "d"), "the first roll back was in force then"
    room.session.roll_back(late)
    assert learned(room.log) == names("a", "b")
    assert len(rolled_back(room.log)) == 1


def test_what_a_snapshot_knew() -> None:
    room = Room()
    room.answer("a")
    snapshot = room.keep()
    room.answer("b")
    known = known_to(room.log, room.log[snapshot])
    assert [event.question.text_key for event in known.standing()] == [text_key("a")]


def test_what_a_colleague_did_meanwhile_is_not_set_aside() -> None:
    """Their answers were given before the roll back, but nobody here had seen them."""
    mine, theirs = Room("ann"), Room("bob")
    mine.answer("a")
    snapshot = mine.keep()
    theirs.answer("x")
    mine.answer("b")
    mine.session.roll_back(snapshot)
    for event in theirs.log:
        mine.log.append(event)
    assert learned(mine.log) == names("a", "x")


def test_snapshots_can_be_forgotten() -> None:
    room = Room()
    first, second = room.keep(), room.keep()
    assert [event.uid for event in kept(room.log)] == [second, first]
    room.session.take_back(second)
    assert [event.uid for event in kept(room.log)] == [first]
    assert not room.session.can_undo, "undo is for answers"
    with pytest.raises(ValueError, match="no such snapshot"):
        room.session.roll_back("0" * 32)


@given(st.lists(st.sampled_from(["answer", "undo", "keep", "roll back", "restore"]), max_size=25))
def test_what_is_learned_does_not_depend_on_how_the_log_came_about(steps: list[str]) -> None:
    room = Room()
    learnable = Learnable(room.log)
    snapshots: list[str] = []
    for number, step in enumerate(steps):
        if step == "answer":
            room.answer(f"{number}")
        elif step == "undo":
            room.session.undo()
        elif step == "keep":
            snapshots.append(room.keep())
        elif step == "roll back" and snapshots:
            room.session.roll_back(snapshots[number % len(snapshots)])
        elif step == "restore" and rolled_back(room.log):
            room.session.take_back(rolled_back(room.log)[0].uid)
        now = {event.uid for event in learnable.now().standing()}
        fresh = AnswerLog(reversed(list(room.log)))
        assert now == {event.uid for event in Learnable(fresh).now().standing()}


def test_snapshots_are_written_and_read() -> None:
    snapshot = Snapshot(KEPT, 3, (("ann", "0" * 32),), (("ann", "1" * 32),))
    assert snapshot_from_json(snapshot_to_json(snapshot)) == snapshot
    for broken in ({}, [], None, {**snapshot_to_json(snapshot), "reason": "?"}):
        with pytest.raises(ValueError, match="snapshot"):
            snapshot_from_json(broken)
