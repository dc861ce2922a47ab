from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.gold import everything_about, gold
from al_desktop.core.questions import Answer, Question, Span

TEXT = "ab" * 16
QUESTIONS = [Question(TEXT, "X", 0, 1), Question(TEXT, "X", 0, 2), everything_about(TEXT)]
GOLD = gold(["X"], [Span(0, 1, "X")])
UIDS = [f"{number:032x}" for number in range(12)]


def event(
    number: int,
    answer: Answer | None = Answer.ACCEPT,
    *,
    retracts: int | None = None,
    kind: EventKind = EventKind.ANSWER,
    annotator: str = "ada",
    question: Question = QUESTIONS[0],
) -> Event:
    target = None if retracts is None else UIDS[retracts]
    return Event(UIDS[number], kind, question, annotator, number, answer, target)


def undo(number: int, retracts: int) -> Event:
    return event(number, None, retracts=retracts, kind=EventKind.UNDO)


def test_undo_redo_and_revision() -> None:
    key = QUESTIONS[0].key
    log = AnswerLog([event(0)])
    assert log.is_answered(key)
    log.append(undo(1, 0))
    assert not log.is_answered(key)
    assert log.live(key) is None
    log.append(event(2, None, retracts=1, kind=EventKind.REDO))
    assert log.live(key) == log[UIDS[0]]
    log.append(event(3, Answer.REJECT, retracts=0))
    assert log.live(key) == log[UIDS[3]]
    assert not log.is_live(UIDS[0])
    log.append(undo(4, 3))
    assert log.live(key) == log[UIDS[0]]


def test_annotators_answer_for_themselves_and_a_verdict_wins() -> None:
    key = QUESTIONS[0].key
    log = AnswerLog([event(3, annotator="ada"), event(5, Answer.REJECT, annotator="bob")])
    assert {name: found.answer for name, found in log.live_by_annotator(key).items()} == {
        "ada": Answer.ACCEPT,
        "bob": Answer.REJECT,
    }
    assert log.live(key) == log[UIDS[5]]
    log.append(event(4, kind=EventKind.SETTLE, annotator="lead"))
    assert log.live(key) == log.verdict(key) == log[UIDS[4]]
    assert set(log.live_by_annotator(key)) == {"ada", "bob"}
    assert list(log.answered()) == [log[UIDS[4]]]
    log.append(undo(6, 4))
    assert log.verdict(key) is None
    assert log.live(key) == log[UIDS[5]]


def test_a_known_event_changes_nothing() -> None:
    log = AnswerLog([event(0), undo(1, 0)])
    log.append(event(0))
    assert [found.uid for found in log] == UIDS[:2]
    assert len(log) == 2
    assert log.since(1) == [undo(1, 0)]
    assert UIDS[0] in log
    assert UIDS[2] not in log


def test_a_long_chain_is_no_trouble() -> None:
    """Deeper than Python's stack; every second event of it stands."""
    count = 5001
    chain = [
        Event(
            f"{number:032x}",
            EventKind.ANSWER,
            QUESTIONS[0],
            "ada",
            0,
            Answer.ACCEPT,
            f"{number - 1:032x}" if number else None,
        )
        for number in range(count)
    ]
    log = AnswerLog(chain)
    assert [log.is_live(found.uid) for found in chain] == [n % 2 == 0 for n in range(count)]


_anything = st.lists(
    st.builds(
        lambda number, kind, answer, retracts, annotator, question: Event(
            UIDS[number],
            kind,
            question,
            annotator,
            0,
            answer if kind in (EventKind.ANSWER, EventKind.SETTLE) else None,
            None if retracts is None else UIDS[retracts],
            gold=GOLD if kind is EventKind.HIGHLIGHT else None,
        ),
        st.integers(0, len(UIDS) - 1),
        st.sampled_from(EventKind),
        st.sampled_from(Answer),
        st.none() | st.integers(0, len(UIDS) - 1),
        st.sampled_from(["ada", "bob"]),
        st.sampled_from(QUESTIONS),
    ),
    unique_by=lambda found: found.uid,
    max_size=len(UIDS),
)


@settings(max_examples=300)
@given(_anything, st.randoms(use_true_random=False))
def test_what_is_live_does_not_depend_on_the_order(events: list[Event], random: object) -> None:
    """Even for what no session makes: events that retract themselves, each other, in circles, or
    events about other questions."""
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one_by_one = AnswerLog()
    assert one_by_one.answers_about(TEXT) == []
    for found in shuffled:
        one_by_one.append(found)
    at_once = AnswerLog(events)
    for question in QUESTIONS:
        assert one_by_one.live(question.key) == at_once.live(question.key)
        assert one_by_one.live_by_annotator(question.key) == at_once.live_by_annotator(question.key)
        assert one_by_one.is_answered(question.key) == at_once.is_answered(question.key)
        assert one_by_one.is_closed(question) == at_once.is_closed(question)
        assert one_by_one.flags(question.key) == at_once.flags(question.key)
    assert one_by_one.highlight(TEXT) == at_once.highlight(TEXT)
    assert set(one_by_one.standing()) == set(at_once.standing())
    assert at_once.answers_about(TEXT) == list(at_once.answered())
    assert one_by_one.answers_about(TEXT) == list(one_by_one.answered())
    assert one_by_one.latest("ada", 3) == at_once.latest("ada", 3)
    stands = [*at_once.answered(), *at_once.highlighted()]
    own = [found for found in stands if found.annotator == "ada"]
    assert at_once.latest("ada", 3) == sorted(own, key=lambda found: found.uid)[::-1][:3]
    assert one_by_one.flagged() == at_once.flagged()
    for found in events:
        assert one_by_one.is_live(found.uid) == at_once.is_live(found.uid)
