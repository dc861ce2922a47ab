import pytest

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Question, Selection
from al_desktop.core.statistics import Counts, Tally


def answer(number: int, given: Answer, label: str, at_ms: int) -> Event:
    selection = Selection("audit", 0.5, audit=number % 2 == 0)
    question = Question(f"{number:032x}", label)
    return Event(uuid7(), EventKind.ANSWER, question, "ada", at_ms, given, selection=selection)


def test_counts_by_label() -> None:
    log = AnswerLog(
        [
            answer(0, Answer.ACCEPT, "A", 0),
            answer(1, Answer.REJECT, "A", 2000),
            answer(2, Answer.IGNORE, "B", 4000),
        ]
    )
    statistics = Tally(log).statistics(texts=7)
    assert statistics.texts == 7
    assert statistics.total == Counts(1, 1, 1)
    assert statistics.by_label == {"A": Counts(1, 1, 0), "B": Counts(0, 0, 1)}
    assert statistics.audit == 2
    assert statistics.pace == pytest.approx(30)


def test_a_pause_doesnt_slow_the_pace() -> None:
    times_ms = [0, 1000, 2000, 10_000_000, 10_006_000, 10_012_000]
    log = AnswerLog(answer(n, Answer.ACCEPT, "A", at_ms) for n, at_ms in enumerate(times_ms))
    assert Tally(log).statistics(0).pace == pytest.approx(10)


@pytest.mark.parametrize("times_ms", [[], [5], [5, 5], [5, 4], [0, 500_000]])
def test_no_pace_without_two_answers_in_a_row(times_ms: list[int]) -> None:
    log = AnswerLog(answer(n, Answer.ACCEPT, "A", at_ms) for n, at_ms in enumerate(times_ms))
    assert Tally(log).statistics(0).pace is None
