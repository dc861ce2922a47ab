"""Doubtful answers: contradicted, answered twice, given in a hurry."""

from itertools import count

from al_desktop.core.doubts import Doubt, answered_twice, contradicted, sudden_pace
from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.questions import Answer, Question, text_key

numbers = count(1)


def event(text, answer, annotator="ann", seconds=2.0, retracts=None):
    return Event(
        uid=f"{next(numbers):032x}",
        kind=EventKind.ANSWER,
        question=Question(text_key(text), "L"),
        annotator=annotator,
        at_ms=0,
        answer=answer,
        seconds=seconds,
        retracts=retracts,
    )


def test_contradicted_answers_come_worst_first():
    given = [
        event("a", Answer.ACCEPT),
        event("b", Answer.REJECT),
        event("c", Answer.ACCEPT),
        event("d", Answer.IGNORE),
        event("e", Answer.ACCEPT),
    ]
    scores = (0.05, 0.99, 0.6, 0.99)
    left_out = {each.uid: score for each, score in zip(given, scores, strict=False)}
    found = contradicted(given, left_out)
    assert [each.event for each in found] == [given[1], given[0]]
    assert found[0].reason == "without this answer the model gives 99% accept"


def test_questions_answered_twice_differently():
    first = event("a", Answer.ACCEPT)
    revised = event("a", Answer.REJECT, retracts=first.uid)
    others = [event("b", Answer.ACCEPT), event("b", Answer.ACCEPT, annotator="bob")]
    [found] = answered_twice(AnswerLog([first, revised, *others]))
    assert found.event == revised
    assert found.doubt is Doubt.TWICE


def test_a_stretch_in_a_hurry_is_found_and_a_steady_pace_is_not():
    steady = [event(f"s{number}", Answer.ACCEPT) for number in range(40)]
    assert sudden_pace(steady) == []
    hurried = [event(f"h{number}", Answer.ACCEPT, seconds=0.3) for number in range(12)]
    assert {each.event.uid for each in sudden_pace([*steady, *hurried])} == {
        each.uid for each in hurried
    }
    assert sudden_pace(hurried) == []
