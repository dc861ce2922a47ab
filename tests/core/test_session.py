"""Random histories of answers, undos, redos and revisions against a plain model of them."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.gold import Gold, gold
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Asked, Question, Selection, Span
from al_desktop.core.queue import Queue, Ranking
from al_desktop.core.session import Session
from al_desktop.core.statistics import Tally

ASKED = tuple(
    Asked(Question(f"{number:032x}", "AB"[number % 2]), Selection("random", 0.5, audit=number < 3))
    for number in range(12)
)
GOLD = (gold(["A", "B"], []), gold(["A"], [Span(0, 9, "A")]), gold(["B"], [Span(0, 9, "B")]))


class Shelf:
    """A store in memory that can be out of order."""

    def __init__(self) -> None:
        self.kept: list[Event] = []
        self.broken = False

    def append(self, event: Event) -> int:
        if self.broken:
            raise OSError("the disk is full")
        self.kept.append(event)
        return len(self.kept)

    def events(self, after: int = 0) -> Iterable[tuple[int, Event]]:
        return list(enumerate(self.kept, 1))[after:]


def open_session(shelf: Shelf, annotator: str = "ada") -> tuple[Session, AnswerLog, Queue]:
    log = AnswerLog(event for _, event in shelf.events())
    queue = Queue(log.is_closed)
    queue.take(Ranking(0, 0, ASKED))
    return Session(log, shelf, queue, annotator), log, queue


def standing(log: AnswerLog) -> dict[str, Answer | None]:
    return {event.question.key: event.answer for event in log.answered()}


def marked(log: AnswerLog) -> dict[str, Gold | None]:
    return {event.question.text_key: event.gold for event in log.highlighted()}


_steps = st.lists(
    st.one_of(
        st.sampled_from(Answer),
        st.sampled_from(["undo", "redo", "restart", "break"]),
        st.tuples(st.integers(0, 11), st.sampled_from(Answer)),
        st.tuples(st.integers(0, 11), st.sampled_from(GOLD)),
        st.integers(0, 11),
    ),
    max_size=40,
)


@settings(max_examples=300)
@given(_steps)
def test_every_history_agrees_with_the_model(steps: list[object]) -> None:
    shelf = Shelf()
    session, log, queue = open_session(shelf)
    tally = Tally(log)
    answers: dict[str, Answer | Gold | None] = {}  # by question, gold by text
    done: list[tuple[str, Answer | Gold | None, Answer | Gold | None]] = []
    undone: list[tuple[str, Answer | Gold | None, Answer | Gold | None]] = []
    flagged: dict[str, None] = {}  # the latest last

    for step in steps:
        if isinstance(step, Answer):
            if queue.current is None:
                with pytest.raises(ValueError, match="no question"):
                    session.answer(step, 1.0)
                continue
            asked = queue.current
            key = asked.question.key
            assert answers.get(key) is None
            change = session.answer(step, 1.0)
            assert change.event.selection == asked.selection
            assert (change.name, change.sequence) == (step.value, len(shelf.kept))
            done.append((key, None, step))
            undone.clear()
            answers[key] = step
        elif isinstance(step, int):
            before = queue.current
            change = session.flag(ASKED[step].question, ASKED[step].selection)
            key = ASKED[step].question.key
            assert change.name == ("take the flag away" if key in flagged else "flag")
            if key in flagged:
                del flagged[key]
            else:
                flagged[key] = None
            assert queue.current == before
        elif isinstance(step, tuple) and isinstance(step[1], Gold):
            key, found = ASKED[step[0]].question.text_key, step[1]
            change = session.highlight(key, found, 1.0, Selection("random", 0.25))
            assert change.event.selection == Selection("random", 0.25)
            assert change.name == ("revise highlight" if answers.get(key) else "highlight")
            done.append((key, answers.get(key), found))
            undone.clear()
            answers[key] = found
        elif isinstance(step, tuple):
            number, answer = step
            key = ASKED[number].question.key
            old = log.live(key)
            if old is None:
                continue
            before = queue.current
            session.revise(old.uid, answer)
            assert queue.current == before
            done.append((key, answers[key], answer))
            undone.clear()
            answers[key] = answer
        elif step == "undo":
            assert session.can_undo == bool(done)
            change_or_none = session.undo()
            assert (change_or_none is None) == (not done)
            if done:
                key, before_step, after_step = done.pop()
                undone.append((key, before_step, after_step))
                answers[key] = before_step
                if before_step is None and isinstance(after_step, Answer):
                    assert queue.current is not None
                    assert queue.current.question.key == key
        elif step == "redo":
            assert session.can_redo == bool(undone)
            change_or_none = session.redo()
            assert (change_or_none is None) == (not undone)
            if undone:
                key, before_step, after_step = undone.pop()
                done.append((key, before_step, after_step))
                answers[key] = after_step
        elif step == "restart":
            session, log, queue = open_session(shelf)
            tally = Tally(log)
        else:
            shelf.broken = True
            before = queue.current
            for act in (session.undo, session.redo):
                if session.can_undo and session.can_redo:
                    with pytest.raises(OSError, match="full"):
                        act()
            if before is not None:
                with pytest.raises(OSError, match="full"):
                    session.answer(Answer.ACCEPT, 1.0)
            with pytest.raises(OSError, match="full"):
                session.highlight(ASKED[0].question.text_key, GOLD[0], 1.0)
            assert queue.current == before
            shelf.broken = False

        assert standing(log) == {
            key: answer for key, answer in answers.items() if isinstance(answer, Answer)
        }
        assert marked(log) == {
            key: found for key, found in answers.items() if isinstance(found, Gold)
        }
        assert [event.question.key for event in log.flagged()] == list(reversed(flagged))
        target = session.to_undo
        assert (target is None) == (not done)
        if target is not None:
            assert done[-1][2] == (target.gold or target.answer)
        if queue.current is not None:
            assert answers.get(queue.current.question.key) is None
        statistics = tally.statistics(texts=12)
        assert statistics.answers == sum(isinstance(each, Answer) for each in answers.values())
        assert statistics.highlights == sum(isinstance(each, Gold) for each in answers.values())
        for answer in Answer:
            assert getattr(statistics, answer.value) == list(answers.values()).count(answer)
        assert statistics.audit == sum(
            1 for asked in ASKED[:3] if answers.get(asked.question.key) is not None
        )
        assert statistics == Tally(AnswerLog(log)).statistics(texts=12)


def test_a_colleagues_answer_is_not_undone() -> None:
    shelf = Shelf()
    session, _, _ = open_session(shelf, "bob")
    session.answer(Answer.ACCEPT, 1.0)
    session, log, queue = open_session(shelf, "ada")
    assert not session.can_undo
    assert session.undo() is None
    assert queue.current is not None
    assert queue.current.question == ASKED[1].question
    assert len(log) == 1


def test_an_answer_taken_back_is_asked_again_though_a_colleague_gave_one() -> None:
    shelf = Shelf()
    session, log, queue = open_session(shelf, "ada")
    mine = session.answer(Answer.ACCEPT, 1.0).event
    theirs = Event(uuid7(), mine.kind, mine.question, "bob", 0, Answer.REJECT)
    shelf.append(theirs)
    log.append(theirs)
    session.undo()
    assert queue.current is not None
    assert queue.current.question == mine.question


def test_a_flag_is_taken_away_whoever_gave_it() -> None:
    shelf = Shelf()
    session, log, _ = open_session(shelf, "ada")
    mine = session.flag(ASKED[3].question, ASKED[3].selection).event
    theirs = Event(uuid7(), mine.kind, mine.question, "bob", 0)
    shelf.append(theirs)
    log.append(theirs)
    assert log.flags(mine.question.key) == (mine, theirs)
    assert session.flag(mine.question).name == "take the flag away"
    assert not log.flagged()
    assert not log.is_answered(mine.question.key)


def test_only_what_stands_can_be_revised() -> None:
    session, _, _ = open_session(Shelf())
    given_answer = session.answer(Answer.ACCEPT, 1.0).event
    revised = session.revise(given_answer.uid, Answer.REJECT).event
    assert revised.retracts == given_answer.uid
    with pytest.raises(ValueError, match="stands"):
        session.revise(given_answer.uid, Answer.IGNORE)
    undo = session.undo()
    assert undo is not None
    with pytest.raises(ValueError, match="stands"):
        session.revise(undo.event.uid, Answer.IGNORE)


def test_a_verdict_is_a_step_of_its_own() -> None:
    shelf = Shelf()
    session, log, queue = open_session(shelf)
    given_answer = session.answer(Answer.ACCEPT, 1.0).event
    question = given_answer.question
    current = queue.current
    with pytest.raises(ValueError, match="answered"):
        session.settle(ASKED[5].question, Answer.ACCEPT)
    first = session.settle(question, Answer.REJECT)
    assert (first.name, first.event.selection) == ("settle as reject", given_answer.selection)
    second = session.settle(question, Answer.IGNORE).event
    assert log.live(question.key) == second
    assert not log.is_live(first.event.uid)
    assert log.live_by_annotator(question.key) == {"ada": given_answer}
    session.undo()
    assert log.live(question.key) == first.event
    revised = session.revise(first.event.uid, Answer.ACCEPT).event
    assert log.verdict(question.key) == revised
    session.undo()
    session.undo()
    assert log.live(question.key) == given_answer
    assert queue.current == current
    session.redo()
    assert log.live(question.key) == first.event


def test_a_highlight_moves_on_from_the_question_it_answers() -> None:
    session, log, queue = open_session(Shelf())
    first, second = ASKED[0].question, ASKED[1].question
    session.highlight(first.text_key, GOLD[2], 20.0)
    assert queue.current == ASKED[0]  # it says nothing about the label A
    session.highlight(first.text_key, GOLD[1], 20.0)
    assert queue.current is not None
    assert queue.current.question == second
    assert log.is_closed(first)
    session.undo()
    session.undo()
    assert queue.current.question == second
    assert not log.is_closed(first)
    session.redo()
    session.redo()
    assert log.highlight(first.text_key) is not None
    assert session.to_redo is None
