"""Labels merged: accepted as either is accepted; nothing is lost, whoever gave it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.gold import Gold, everything_about, gold
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Kind, Question, Selection, Span
from al_desktop.core.relabelling import merged_into

TEXT = "0" * 32
DRAWN = Selection("random", 0.5, audit=True)


def answer(label: str, given_answer: Answer, end: int = 4, annotator: str = "ada") -> Event:
    question = Question(TEXT, label, 0, end)
    return Event(uuid7(), EventKind.ANSWER, question, annotator, 5, given_answer, None, 1.0, DRAWN)


def marked(found: Gold, annotator: str = "ada") -> Event:
    question = everything_about(TEXT)
    return Event(
        uuid7(),
        EventKind.HIGHLIGHT,
        question,
        annotator,
        5,
        seconds=9.0,
        selection=DRAWN,
        gold=found,
    )


def said(log: AnswerLog, label: str) -> dict[tuple[str, int | None], Answer | None]:
    return {
        (annotator, event.question.end): event.answer
        for found in log
        if found.question.label == label
        for annotator, event in log.live_by_annotator(found.question.key).items()
    }


_events = st.lists(
    st.one_of(
        st.builds(
            answer,
            st.sampled_from(["OLD", "NEW", "THIRD"]),
            st.sampled_from(Answer),
            st.integers(1, 3),
            st.sampled_from(["ada", "bob"]),
        ),
        st.builds(
            lambda labels, ends, annotator: marked(
                gold(labels, [Span(0, end, label) for label in labels for end in ends]), annotator
            ),
            st.sets(st.sampled_from(["OLD", "NEW", "THIRD"])),
            st.sets(st.integers(1, 3)),
            st.sampled_from(["ada", "bob"]),
        ),
    ),
    max_size=12,
)


@settings(max_examples=200)
@given(_events)
def test_accepted_as_either_is_accepted(events: list[Event]) -> None:
    log = AnswerLog(events)
    old, new, third = said(log, "OLD"), said(log, "NEW"), said(log, "THIRD")
    gold_before = log.live_by_annotator(everything_about(TEXT).key)
    found = list(merged_into(log, Kind.SPANS, "OLD", "NEW"))
    for event in found:
        log.append(event)
    assert said(log, "OLD") == old
    assert said(log, "THIRD") == third
    expected = new | {key: each for key, each in old.items() if each is Answer.ACCEPT}
    for annotator, event in gold_before.items():
        assert event.gold is not None
        if {"OLD", "NEW"} <= set(event.gold.labels):
            now = log.live_by_annotator(event.question.key)[annotator]
            assert now.gold is not None
            assert "OLD" not in now.gold.labels
            places = {(span.start, span.end) for span in event.gold.spans if span.label != "THIRD"}
            assert {(s.start, s.end) for s in now.gold.spans if s.label == "NEW"} == places
            assert now.selection == DRAWN
        elif "OLD" in event.gold.labels:
            ends = [span.end for span in event.gold.spans if span.label == "OLD"]
            expected |= {(annotator, end): Answer.ACCEPT for end in ends}
    assert said(log, "NEW") == expected
    assert not any(
        event.selection is not None and event.selection.audit
        for event in found
        if event.kind is EventKind.ANSWER
    )
    assert not list(merged_into(log, Kind.SPANS, "OLD", "NEW"))


def test_verdicts_are_taken_over() -> None:
    accepted = answer("OLD", Answer.ACCEPT)
    verdict = Event(uuid7(), EventKind.SETTLE, accepted.question, "lead", 6, Answer.ACCEPT)
    (taken,) = merged_into(
        AnswerLog([answer("OLD", Answer.REJECT, annotator="bob"), verdict]),
        Kind.SPANS,
        "OLD",
        "NEW",
    )
    assert (taken.kind, taken.annotator, taken.answer) == (
        EventKind.SETTLE,
        "lead",
        Answer.ACCEPT,
    )


def test_a_whole_text_marked_with_the_old_label_alone() -> None:
    event = marked(gold(["OLD"], [Span(0, 40, "OLD")]))
    (taken,) = merged_into(AnswerLog([event]), Kind.TEXTS, "OLD", "NEW")
    assert taken.question == Question(TEXT, "NEW")
    assert taken.answer is Answer.ACCEPT
