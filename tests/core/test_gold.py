import pytest

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.gold import Gold, everything_about, gold
from al_desktop.core.questions import Answer, Question, Span

TEXT = "ab" * 16
UIDS = [f"{number:032x}" for number in range(12)]
ASPIRIN, IBUPROFEN = Question(TEXT, "DRUG", 0, 7), Question(TEXT, "DRUG", 12, 21)
FEVER = Question(TEXT, "DISEASE", 26, 31)


def answer(number: int, question: Question, given: Answer = Answer.REJECT) -> Event:
    return Event(UIDS[number], EventKind.ANSWER, question, "ada", number, given)


def highlight(
    number: int, found: Gold, annotator: str = "ada", retracts: int | None = None
) -> Event:
    return Event(
        UIDS[number],
        EventKind.HIGHLIGHT,
        everything_about(TEXT),
        annotator,
        number,
        retracts=None if retracts is None else UIDS[retracts],
        gold=found,
    )


def test_labels_and_spans_come_in_order_each_once() -> None:
    spans = [Span(12, 21, "DRUG"), Span(0, 7, "DRUG"), Span(0, 7, "DRUG")]
    assert gold(["PLACE", "DISEASE"], spans) == Gold(
        ("DISEASE", "DRUG", "PLACE"), (Span(0, 7, "DRUG"), Span(12, 21, "DRUG"))
    )
    for label, start, end in (("DRUG", 3, 3), ("DRUG", -1, 2), ("", 0, 1)):
        with pytest.raises(ValueError, match="gold"):
            gold([], [Span(start, end, label)])


def test_what_is_not_marked_is_not_there() -> None:
    found = gold(["DRUG"], [Span(0, 7, "DRUG")])
    assert found.answer(ASPIRIN) is Answer.ACCEPT
    assert found.answer(IBUPROFEN) is Answer.REJECT
    assert found.answer(FEVER) is None
    topics = gold(["SPORT", "TRADE"], [Span(0, 40, "TRADE")])
    assert topics.answer(Question(TEXT, "TRADE")) is Answer.ACCEPT
    assert topics.answer(Question(TEXT, "SPORT")) is Answer.REJECT
    assert topics.answer(Question(TEXT, "WEATHER")) is None


def test_a_highlight_closes_what_it_covers() -> None:
    log = AnswerLog([highlight(0, gold(["DRUG"], []))])
    assert log.is_closed(ASPIRIN)
    assert not log.is_closed(FEVER)
    assert not log.is_answered(ASPIRIN.key)
    assert not log.is_closed(Question("cd" * 16, "DRUG", 0, 7))
    log.append(Event(UIDS[1], EventKind.UNDO, everything_about(TEXT), "ada", 1, None, UIDS[0]))
    assert not log.is_closed(ASPIRIN)
    assert log.highlight(TEXT) is None
    assert list(log.standing()) == []


def test_a_later_highlight_says_anew_what_was_answered_but_not_what_was_settled() -> None:
    verdict = Event(UIDS[1], EventKind.SETTLE, IBUPROFEN, "lead", 1, Answer.ACCEPT)
    log = AnswerLog(
        [answer(0, ASPIRIN), verdict, answer(2, FEVER), highlight(3, gold(["DRUG"], []))]
    )
    assert [event.uid for event in log.standing()] == [UIDS[1], UIDS[2], UIDS[3]]
    assert [event.uid for event in log.answered()] == UIDS[:3]
    log.append(answer(4, ASPIRIN, Answer.ACCEPT))
    assert [event.uid for event in log.standing()] == [UIDS[4], UIDS[1], UIDS[2], UIDS[3]]


def test_each_annotator_has_one_highlight_and_the_latest_stands() -> None:
    first, second, theirs = (
        gold(["DRUG"], []),
        gold(["DRUG"], [Span(0, 7, "DRUG")]),
        gold(["A"], []),
    )
    log = AnswerLog(
        [highlight(0, first), highlight(1, theirs, "bob"), highlight(2, second, retracts=0)]
    )
    by_annotator = log.live_by_annotator(everything_about(TEXT).key)
    assert {name: event.gold for name, event in by_annotator.items()} == {
        "ada": second,
        "bob": theirs,
    }
    assert [event.gold for event in log.highlighted()] == [second]
    log.append(Event(UIDS[3], EventKind.UNDO, everything_about(TEXT), "ada", 3, None, UIDS[2]))
    assert [event.gold for event in log.highlighted()] == [theirs]
    assert not log.is_live(UIDS[2])
    assert log.is_live(UIDS[0])
