"""Answers as an append-only log of events, and what the log says now.

An event never changes. Undo is an event that retracts an answer, redo one that retracts the undo,
and a revision is a new answer that retracts the old one. An event is live while no live event
retracts it; this holds whatever the order in which events arrive, so logs merge by union.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from al_desktop.core.questions import Answer, Question, Selection


class EventKind(StrEnum):
    ANSWER = "answer"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing an annotator did about one question.

    uid        UUIDv7 as 32 hex digits; sorts by time
    retracts   uid of the event this one takes back, if any
    answer     set for kind ANSWER only, as is `selection`
    at_ms      Unix time in milliseconds
    seconds    from showing the question to the key
    """

    uid: str
    kind: EventKind
    question: Question
    annotator: str
    at_ms: int
    answer: Answer | None = None
    retracts: str | None = None
    seconds: float = 0.0
    selection: Selection | None = None


class AnswerLog:
    """The events of a project and, for each question and annotator, the answer that is live.

    Appending costs time proportional to the events about that one question.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: dict[str, Event] = {}
        self._retractors: dict[str, list[str]] = {}
        self._by_question: dict[str, list[str]] = {}
        self._live: dict[str, dict[str, Event]] = {}
        for event in events:
            self.append(event)

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        """All events in the order of arrival."""
        return iter(self._events.values())

    def __getitem__(self, uid: str) -> Event:
        return self._events[uid]

    def append(self, event: Event) -> None:
        """Takes in an event; one that is known already changes nothing."""
        if event.uid in self._events:
            return
        self._events[event.uid] = event
        if event.retracts is not None:
            self._retractors.setdefault(event.retracts, []).append(event.uid)
        key = event.question.key
        self._by_question.setdefault(key, []).append(event.uid)
        self._settle(key)

    def is_live(self, uid: str) -> bool:
        return not any(self.is_live(by) for by in self._retractors.get(uid, ()))

    def live(self, question_key: str) -> Event | None:
        """The latest live answer to a question, whoever gave it."""
        answers = self._live.get(question_key)
        return max(answers.values(), key=lambda event: event.uid) if answers else None

    def live_by_annotator(self, question_key: str) -> dict[str, Event]:
        """Each annotator's live answer to a question."""
        return dict(self._live.get(question_key, {}))

    def answered(self) -> Iterator[Event]:
        """For each question that has a live answer, the latest one, in order of first arrival."""
        for key in self._live:
            event = self.live(key)
            if event is not None:
                yield event

    def is_answered(self, question_key: str) -> bool:
        return question_key in self._live

    def _settle(self, question_key: str) -> None:
        latest: dict[str, Event] = {}
        for uid in self._by_question[question_key]:
            event = self._events[uid]
            if event.kind is not EventKind.ANSWER or not self.is_live(uid):
                continue
            known = latest.get(event.annotator)
            if known is None or known.uid < uid:
                latest[event.annotator] = event
        if latest:
            self._live[question_key] = latest
        else:
            self._live.pop(question_key, None)
