"""The loop: learns what is stored, asks, and works through the texts in between."""

from collections import deque

import pytest
from random_learner import RandomLearner

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.gold import gold
from al_desktop.core.questions import Answer, Kind, Text, text_key
from al_desktop.core.queue import Queue
from al_desktop.core.session import Session
from al_desktop.learner.loop import RANKING_LENGTH, learning_loop
from al_desktop.learner.messages import FromWorker, Learn, Pin, Ranked, Stop, ToWorker, Working
from al_desktop.learner.simulate import MemoryStore, TextList

CONFIGURATION = Configuration(Kind.TEXTS, (Label("A", "A"), Label("B", "B")))


class Room:
    """A loop together with the session that answers its questions."""

    def __init__(self, texts: int) -> None:
        contents = [f"text {number}" for number in range(texts)]
        pool = TextList([Text(text_key(content), content) for content in contents])
        self.learner = RandomLearner(CONFIGURATION, pool)
        self.store = MemoryStore()
        self.log = AnswerLog()
        self.queue = Queue(self.log.is_closed)
        self.session = Session(self.log, self.store, self.queue, "me")
        self.inbox: deque[ToWorker] = deque()
        self.loop = learning_loop(self.learner, self.store, self.inbox)

    def settle(self) -> list[FromWorker]:
        """What the loop says until it has nothing to do."""
        said = []
        for message in self.loop:
            if message is None:
                break
            said.append(message)
            if isinstance(message, Ranked):
                self.queue.take(message.ranking)
        return said

    def answer(self, answer: Answer) -> Event:
        change = self.session.answer(answer, 1.0)
        self.inbox.append(Learn(change.sequence))
        return change.event


def rankings(said: list[FromWorker]) -> list[Ranked]:
    return [message for message in said if isinstance(message, Ranked)]


def test_asks_as_soon_as_texts_were_seen_and_again_when_all_were() -> None:
    room = Room(texts=100)
    said = room.settle()
    assert room.queue.current is not None
    assert said[-1] == rankings(said)[-1]
    assert len(rankings(said)[-1].ranking.asked) == RANKING_LENGTH
    assert Working(None) in said
    assert not room.queue.finished


def test_an_empty_order_is_not_told_while_texts_are_left() -> None:
    room = Room(texts=100)
    first = next(room.loop)
    assert isinstance(first, Working), "nothing seen, nothing to ask"


def test_gold_is_taught_in_place_of_older_answers_and_undone() -> None:
    room = Room(texts=20)
    room.settle()
    question = room.answer(Answer.ACCEPT).question
    room.settle()
    assert room.learner.taught[-1] == 1
    found = gold(["A", "B"], [])
    change = room.session.highlight(question.text_key, found, 9.0)
    room.inbox.append(Learn(change.sequence))
    room.settle()
    assert room.learner.gold == {question.text_key: found}
    assert room.learner.taught[-1] == 0
    undone = room.session.undo()
    assert undone is not None
    room.inbox.append(Learn(undone.sequence))
    room.settle()
    assert room.learner.gold == {}
    assert room.learner.taught[-1] == 1


def test_each_answer_is_learned() -> None:
    room = Room(texts=20)
    room.settle()
    for number in range(1, 6):
        room.answer(Answer.ACCEPT)
        (ranked,) = room.settle()
        assert isinstance(ranked, Ranked)
        assert ranked.ranking.learned_through == number
        assert room.learner.taught[-1] == number


def test_nudges_that_wait_together_cost_one_fit() -> None:
    room = Room(texts=20)
    room.settle()
    fits = room.learner.model_version
    for _ in range(10):
        room.answer(Answer.REJECT)
    (ranked,) = room.settle()
    assert isinstance(ranked, Ranked)
    assert ranked.ranking.learned_through == 10
    assert room.learner.model_version == fits + 1


def test_a_nudge_without_news_changes_nothing() -> None:
    room = Room(texts=20)
    room.settle()
    fits = room.learner.model_version
    room.inbox.append(Learn(0))
    assert room.settle() == []
    assert room.learner.model_version == fits


def test_undo_is_learned_as_if_the_answer_had_never_been() -> None:
    room = Room(texts=20)
    room.settle()
    room.answer(Answer.ACCEPT)
    room.answer(Answer.ACCEPT)
    room.settle()
    change = room.session.undo()
    assert change is not None
    room.inbox.append(Learn(change.sequence))
    room.settle()
    assert room.learner.taught[-1] == 1


def test_what_was_stored_before_the_start_is_learned_first() -> None:
    room = Room(texts=20)
    room.settle()
    for _ in range(3):
        room.answer(Answer.ACCEPT)
    again = RandomLearner(CONFIGURATION, TextList([]))
    next(learning_loop(again, room.store, deque()))
    assert again.taught[0] == 3


def test_all_questions_answered_is_told() -> None:
    room = Room(texts=3)
    room.settle()
    for _ in range(6):
        assert not room.queue.finished
        room.answer(Answer.ACCEPT)
        room.settle()
    assert room.queue.finished
    assert room.queue.current is None
    room.session.undo()
    assert room.queue.current is not None


def test_a_pinned_label_is_asked_alone() -> None:
    room = Room(texts=20)
    room.settle()
    room.inbox.append(Pin("B"))
    (ranked,) = room.settle()
    assert isinstance(ranked, Ranked)
    assert {asked.question.label for asked in ranked.ranking.asked} == {"B"}
    room.inbox.append(Pin("B"))
    assert room.settle() == [], "pinned already"
    room.inbox.append(Pin(None))
    (ranked,) = room.settle()
    assert isinstance(ranked, Ranked)
    assert {asked.question.label for asked in ranked.ranking.asked} == {"A", "B"}


def test_stop_ends_the_loop() -> None:
    room = Room(texts=20)
    room.settle()
    room.inbox.append(Stop())
    with pytest.raises(StopIteration):
        next(room.loop)
