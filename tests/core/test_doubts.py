"""Doubtful answers: contradicted, answered twice, given in a hurry."""

from dataclasses import replace
from itertools import count

import pytest

from al_desktop.core.doubts import (
    Doubt,
    answered_twice,
    contradicted,
    doubtful,
    influences,
    sudden_pace,
)
from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.questions import Answer, Question, Selection, text_key

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
    corrected = event("a", Answer.REJECT, retracts=first.uid)
    differing = [event("b", Answer.ACCEPT), event("b", Answer.REJECT, annotator="bob")]
    agreed = [event("c", Answer.ACCEPT), event("c", Answer.ACCEPT, annotator="bob")]
    one = event("d", Answer.ACCEPT)
    other = event("d", Answer.REJECT, retracts=one.uid)
    again = event("d", Answer.ACCEPT, retracts=other.uid)
    log = AnswerLog([first, corrected, *differing, *agreed, one, other, again])
    found = answered_twice(log)
    assert [each.event for each in found] == [differing[1], again]
    assert {each.doubt for each in found} == {Doubt.TWICE}


def check(text, answer, probability):
    asked = event(text, answer)
    return replace(asked, selection=Selection("audit", probability, audit=True))


def test_checks_come_first_by_how_much_they_stand_for():
    likely = check("a", Answer.ACCEPT, 0.1)
    unlikely = check("b", Answer.ACCEPT, 0.001)
    right = check("c", Answer.ACCEPT, 0.01)
    other = event("d", Answer.REJECT)
    scores = {likely.uid: 0.05, unlikely.uid: 0.15, right.uid: 0.7, other.uid: 0.99}
    log = AnswerLog([likely, unlikely, right, other])
    found = doubtful(log, scores)
    assert [each.event for each in found] == [unlikely, likely, other]
    assert [each.is_check for each in found] == [True, True, False]
    assert sum(influences(list(log)).values()) == pytest.approx(3)


def test_what_was_read_again_is_not_listed():
    doubted = event("a", Answer.ACCEPT)
    verdict = replace(event("a", Answer.ACCEPT), kind=EventKind.SETTLE)
    assert doubtful(AnswerLog([doubted]), {doubted.uid: 0.01})
    kept = AnswerLog([doubted, verdict])
    assert doubtful(kept, {doubted.uid: 0.01, verdict.uid: 0.01}) == []


def test_a_stretch_in_a_hurry_is_found_and_a_steady_pace_is_not():
    steady = [event(f"s{number}", Answer.ACCEPT) for number in range(40)]
    assert sudden_pace(steady) == []
    hurried = [event(f"h{number}", Answer.ACCEPT, seconds=0.3) for number in range(12)]
    assert {each.event.uid for each in sudden_pace([*steady, *hurried])} == {
        each.uid for each in hurried
    }
    assert sudden_pace(hurried) == []
